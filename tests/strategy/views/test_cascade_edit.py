"""The cascade as check boxes: page, plain form, conflicts, losses."""

import re

import pytest
from django.urls import reverse

from organization.models import AuditEvent, Unit, User
from strategy.cascade_changes import loaded_text
from strategy.models import Dashboard, DashboardRow, Plan
from strategy.views.cascade import save
from tests import factories

TICKED = re.compile(r'name="box" value="([0-9-]+)"[^>]* checked')


@pytest.fixture
def planner(db, client) -> User:
    user = User.objects.get(username="pianificazione")
    client.force_login(user)
    return user


@pytest.fixture
def affairs(draft) -> Dashboard:
    """A second dashboard of a unit, beside the one of the small plan (RI)."""
    return factories.dashboard(
        plan=draft.plan, code="AG", position=1, unit=Unit.objects.get(slug="affari-generali")
    )


def address(plan) -> str:
    return reverse("strategy:cascade-edit", args=[plan.first_year])


def box(row: DashboardRow, dashboard: Dashboard) -> str:
    return f"{row.indicator_id}-{dashboard.pk}"


def form(draft, rows: dict[DashboardRow, list[Dashboard]], *ticked: str, **given) -> dict:
    """What the page sends: the rows as they were read, and the ticked boxes."""
    goes = {row.indicator_id: frozenset(one.pk for one in found) for row, found in rows.items()}
    dashboards = draft.plan.dashboards.cascaded().values_list("pk", flat=True)
    return {"loaded": loaded_text(dashboards, goes), "box": list(ticked)} | given


def standing(dashboard: Dashboard) -> list[str]:
    rows = dashboard.rows.order_by("position")
    return list(rows.values_list("indicator__name", flat=True))


def acts() -> int:
    return AuditEvent.objects.filter(verb="cascade.edited").count()


# Shows


def test_page_shows_a_box_for_every_indicator_and_dashboard(client, planner, draft, affairs):
    row, other = draft.add_row("N. corsi"), draft.add_row("Spesa", on=draft.strategic)
    draft.add_row("N. operative", on=draft.service)

    answer = client.get(address(draft.plan))

    text, matrix = answer.content.decode(), answer.context["form"]
    assert re.findall(r'name="box" value="([0-9-]+)"', text) == [
        box(one, dashboard) for one in (row, other) for dashboard in (affairs, draft.service)
    ]
    assert TICKED.findall(text) == [box(row, draft.service)]
    assert [(c.sign, c.short_name, c.ticks) for c in matrix.columns] == [
        ("AG", "Affari generali", 0),
        ("RI", "Registro imprese", 1),
    ]
    assert [(line.indicator, line.total) for line in matrix.lines] == [
        ("N. corsi", 1),
        ("Spesa", 0),
    ]
    assert (matrix.assigned_count, [o.heading for o in matrix.objectives]) == (
        1,
        [draft.objective.heading],
    )


def test_each_box_is_named_by_its_indicator_and_dashboard(client, planner, draft, affairs):
    row = draft.add_row("N. corsi")

    text = client.get(address(draft.plan)).content.decode()

    assert f'aria-labelledby="i{row.indicator_id} d{affairs.pk}"' in text
    assert f'id="i{row.indicator_id}">N. corsi<' in text
    assert f'id="d{affairs.pk}" aria-label="AG Affari generali"' in text


def test_a_row_with_something_of_its_own_says_so_beside_its_box(client, planner, draft):
    DashboardRow.objects.filter(pk=draft.add_row("A").pk).update(printed_name="Altro")
    draft.service.rows.update(weight="2.50")

    [line] = client.get(address(draft.plan)).context["form"].lines

    assert (line.indicator, [(b.own.weight_text, b.own.printed_name) for b in line.boxes]) == (
        "Altro",
        [("2,5", "")],
    )


def test_a_dashboard_without_sign_is_called_by_its_name(client, planner, draft):
    draft.add_row("A")
    Dashboard.objects.filter(pk=draft.service.pk).update(code="")

    [column] = client.get(address(draft.plan)).context["form"].columns

    assert column.sign == "Servizio Registro imprese"


@pytest.mark.parametrize("has_rows", [False, True])
def test_without_rows_or_dashboards_there_is_nothing_to_tick(client, planner, draft, has_rows):
    if has_rows:
        draft.add_row("A", on=draft.strategic)
        draft.service.delete()

    text = client.get(address(draft.plan)).content.decode()

    assert ('id="cascade-form"' in text, "cp-empty" in text) == (False, True)


def test_names_are_shown_as_text_not_as_markup(client, planner, draft):
    draft.add_row("<script>alert(1)</script>")

    assert "<script>alert" not in client.get(address(draft.plan)).content.decode()


@pytest.mark.parametrize("username", ["pianificazione", "oiv"])
def test_the_way_in_is_shown_to_who_may_edit(client, draft, username):
    draft.add_rows(1)
    client.force_login(User.objects.get(username=username))

    text = client.get(reverse("strategy:cascade", args=[draft.plan.first_year])).content.decode()

    assert (f'href="{address(draft.plan)}"' in text) == (username == "pianificazione")


# Does


def test_a_save_puts_and_takes_rows_and_comes_back(client, planner, draft, affairs):
    first, second = draft.add_row("A"), draft.add_row("B", on=draft.strategic)
    rows = {first: [draft.service], second: []}

    answer = client.post(
        address(draft.plan), form(draft, rows, box(first, affairs), box(second, affairs))
    )

    assert (answer.status_code, answer.url) == (302, address(draft.plan))
    assert (standing(affairs), standing(draft.service), acts()) == (["A", "B"], [], 1)


def test_the_new_rows_are_on_every_page_at_once(client, planner, draft, affairs):
    row = draft.add_row("A", on=draft.strategic)
    client.post(address(draft.plan), form(draft, {row: []}, box(row, affairs)))

    year = draft.plan.first_year
    shown = client.get(affairs.get_absolute_url()).context["groups"]
    matrix = client.get(reverse("strategy:cascade", args=[year])).context["report"]
    strategic = client.get(draft.strategic.get_absolute_url()).context["groups"]

    [line] = shown[0].objectives[0].actions[0].lines
    assert (line.indicator, line.is_strategic, line.cells[-1].printed) == ("A", True, "100")
    assert matrix.objectives[0].lines[0].signs == ("AG", "")
    assert strategic[0].objectives[0].actions[0].lines[0].codes == ("AG",)


def test_a_save_without_changes_leaves_no_act(client, planner, draft):
    row = draft.add_row("A")

    answer = client.post(
        address(draft.plan), form(draft, {row: [draft.service]}, box(row, draft.service))
    )

    assert (answer.status_code, standing(draft.service), acts()) == (302, ["A"], 0)


def test_both_sides_of_a_conflict_are_shown_and_the_person_chooses(client, planner, draft, affairs):
    row = draft.add_row("A")
    sent = form(draft, {row: []}, box(row, affairs))
    pick, saved = f"pick-{row.indicator_id}", f"saved-{row.indicator_id}"

    asked = client.post(address(draft.plan), sent)
    unanswered = client.post(address(draft.plan), sent)

    [line] = asked.context["form"].lines
    assert (line.conflict.mine, line.conflict.theirs) == ("AG", "RI")
    assert [(b.is_ticked, b.was_ticked, b.is_disputed) for b in line.boxes] == [
        (True, False, True),
        (False, False, True),
    ]
    text = asked.content.decode()
    assert (TICKED.findall(text), f'name="{pick}"' in text) == ([box(row, affairs)], True)
    assert f'name="loaded" value="{sent["loaded"]}"' in text
    assert (unanswered.status_code, standing(affairs), standing(draft.service)) == (200, [], ["A"])

    client.post(address(draft.plan), sent | {pick: "saved", saved: str(draft.service.pk)})
    assert (standing(affairs), standing(draft.service), acts()) == ([], ["A"], 0)

    client.post(address(draft.plan), sent | {pick: "mine", saved: str(draft.service.pk)})
    assert (standing(affairs), standing(draft.service), acts()) == (["A"], [], 1)


def test_a_refused_save_keeps_every_tick_and_reads_the_rest_anew(client, planner, draft, affairs):
    clash, other, theirs = (draft.add_row(name) for name in "ABC")
    rows = {clash: [], other: [draft.service], theirs: []}
    factories.dashboard_row(dashboard=affairs, action=draft.action, indicator=theirs.indicator)

    answer = client.post(
        address(draft.plan), form(draft, rows, box(clash, affairs), box(other, affairs))
    )

    lines = answer.context["form"].lines
    assert [[(b.is_ticked, b.is_changed) for b in line.boxes] for line in lines] == [
        [(True, True), (False, False)],
        [(True, True), (False, True)],
        [(True, False), (True, False)],
    ]
    assert (standing(affairs), acts()) == (["C"], 0)


def test_losses_can_be_agreed_to_one_after_the_other(client, planner, draft):
    first, second = draft.add_row("A"), draft.add_row("B")
    draft.service.rows.update(weight="2")
    sent = form(draft, {first: [draft.service], second: [draft.service]})
    losses = [
        line.losses[0].text for line in client.post(address(draft.plan), sent).context["form"].lines
    ]

    asked = client.post(address(draft.plan), sent | {"lose": losses[0]})

    lines = asked.context["form"].lines
    assert [(len(line.losses), len(line.accepted)) for line in lines] == [(0, 1), (1, 0)]
    assert f'value="{losses[0]}" checked' in asked.content.decode()
    client.post(address(draft.plan), sent | {"lose": losses})
    assert standing(draft.service) == []


def test_a_retired_indicator_is_not_sent_down(client, planner, draft, affairs):
    row = draft.add_row("A")
    row.indicator.retired_on = "2020-01-01"
    row.indicator.save()

    client.post(
        address(draft.plan),
        form(draft, {row: [draft.service]}, box(row, draft.service), box(row, affairs)),
    )

    assert (standing(affairs), acts()) == ([], 0)


def test_what_a_row_would_lose_is_asked_first(client, planner, draft):
    row = draft.add_row("A")
    draft.service.rows.update(weight="2", printed_name="Altro")
    sent = form(draft, {row: [draft.service]})

    asked = client.post(address(draft.plan), sent)

    [loss] = asked.context["form"].lines[0].losses
    text = asked.content.decode()
    assert (loss.text, standing(draft.service)) == (f"{box(row, draft.service)} 2 Altro", ["A"])
    assert f'name="lose" value="{loss.text}"' in text
    assert (f'href="#m-{row.indicator_id}"' in text, f'id="m-{row.indicator_id}"' in text) == (
        True,
        True,
    )

    client.post(address(draft.plan), sent | {"lose": loss.text})
    assert (standing(draft.service), acts()) == ([], 1)


def test_an_indicator_that_left_the_page_is_named(client, planner, draft, affairs):
    row, gone = draft.add_row("A"), draft.add_row("B", on=affairs)
    rows = {row: [draft.service], gone: []}

    answer = client.post(
        address(draft.plan),
        form(draft, rows, box(row, draft.service), box(row, affairs), box(gone, draft.service)),
    )

    [line] = answer.context["form"].lines
    assert (answer.context["review"].gone, [b.is_ticked for b in line.boxes]) == (
        ("B",),
        [True] * 2,
    )
    assert (standing(draft.service), acts()) == (["A"], 0)


def test_the_message_counts_what_was_done_and_what_others_did(client, planner, draft, affairs):
    first, second, third = (draft.add_row(name) for name in "ABC")
    rows = {first: [draft.service], second: [draft.service], third: []}
    ticked = box(first, affairs), box(second, draft.service)

    answer = client.post(address(draft.plan), form(draft, rows, *ticked), follow=True)

    [message] = answer.context["messages"]
    assert re.findall(r"\d+", str(message)) == ["1", "1", "1"]


# Who may not, wrong ways, wrong states, and how much it costs


def test_draft_is_not_found_by_the_outsider(client, employee, draft):
    row = draft.add_row("A")
    sent = form(draft, {row: [draft.service]})

    answers = [client.get(address(draft.plan)), client.post(address(draft.plan), sent)]

    assert ([a.status_code for a in answers], standing(draft.service)) == ([404, 404], ["A"])


def test_reader_may_not_edit(client, draft):
    row = draft.add_row("A")
    client.force_login(User.objects.get(username="oiv"))
    sent = form(draft, {row: [draft.service]})

    answers = [client.get(address(draft.plan)), client.post(address(draft.plan), sent)]

    assert ([a.status_code for a in answers], standing(draft.service)) == ([403, 403], ["A"])


def test_page_refuses_other_ways(client, planner, draft):
    draft.add_rows(1)

    answers = [client.put(address(draft.plan), "{}"), client.delete(address(draft.plan))]

    assert ([a.status_code for a in answers], draft.service.rows.count()) == ([405, 405], 1)


@pytest.mark.parametrize("loaded", ["", "5", "x;1:2", "5;1:2;1 2:3"])
def test_what_says_not_what_was_loaded_is_refused(client, planner, draft, loaded):
    draft.add_row("A")

    answer = client.post(address(draft.plan), {"loaded": loaded})

    assert (answer.status_code, bool(answer.context["error"])) == (400, True)
    assert (TICKED.findall(answer.content.decode()) != [], standing(draft.service)) == (True, ["A"])


def test_a_plan_that_is_not_open_says_so(client, planner, small):
    row = small.add_row("A")

    answers = [
        client.get(address(small.plan)),
        client.post(address(small.plan), form(small, {row: [small.service]})),
    ]

    assert ([a.status_code for a in answers], standing(small.service)) == ([409, 409], ["A"])


def test_a_plan_that_closes_at_the_last_moment_keeps_the_ticks(rf, planner, draft):
    row = draft.add_row("A")
    request = rf.post(address(draft.plan), form(draft, {row: [draft.service]}))
    request.user = planner
    Plan.objects.filter(pk=draft.plan.pk).update(state="proposed")

    answer = save(request, draft.plan)

    assert (answer.status_code, TICKED.findall(answer.content.decode())) == (409, [])
    assert (standing(draft.service), acts()) == (["A"], 0)


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_the_same_statements_whatever_its_size(
    client, planner, draft, django_assert_num_queries, count
):
    draft.add_rows(count)
    for number in range(count):
        factories.dashboard(plan=draft.plan, position=3 + number, code=f"X{number}")

    with django_assert_num_queries(7):
        client.get(address(draft.plan))


@pytest.mark.parametrize("count", [1, 3])
def test_a_save_takes_the_same_statements_whatever_its_size(
    client, planner, draft, affairs, django_assert_num_queries, count
):
    rows = draft.add_rows(count)
    sent = form(draft, {row: [draft.service] for row in rows}, *[box(r, affairs) for r in rows])

    with django_assert_num_queries(14):
        client.post(address(draft.plan), sent)
