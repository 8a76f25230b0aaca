"""The rows of a dashboard: shown, weighed, moved, added, taken off."""

from decimal import Decimal

import pytest
from django.urls import reverse

from strategy.enums import PlanState
from strategy.models import Dashboard, Plan
from strategy.operations.rows import WeightChange, set_weights
from tests import factories


@pytest.fixture
def user(bergamo):
    return bergamo.user("pianificazione")


@pytest.fixture
def planning(client, user):
    client.force_login(user)
    return client


def at(name: str, tree, *more) -> str:
    return reverse(f"strategy:{name}", args=[tree.plan.first_year, *more])


def rows_page(tree, dashboard: Dashboard | None = None) -> str:
    return at("dashboard-rows", tree, (dashboard or tree.strategic).slug)


def test_rows_are_shown_under_their_actions(planning, tree):
    first = tree.row("1a")
    tree.row("1a")
    tree.row("3a")
    tree.row("2a", on=tree.service, indicator=first.indicator)
    factories.target(indicator=first.indicator, cycle=tree.plan.first_year)

    report = planning.get(rows_page(tree)).context["report"]

    assert [(group.action.name, group.opens) for group in report.groups] == [
        ("1a", True),
        ("3a", True),
    ]
    line = report.groups[0].lines[0]
    assert (line.index, line.is_first, line.is_last, line.is_scored) == (0, True, False, True)
    assert (line.weight, line.codes_text, line.is_strategic) == ("1", "ZZ", True)
    assert (report.scored_count, report.weight_sum) == (1, "1")


def test_weights_are_saved(planning, tree):
    rows = [tree.row("1a"), tree.row("1b")]
    given = {f"w-{rows[0].pk}": "2,5", f"was-{rows[0].pk}": "1"}
    given |= {f"w-{rows[1].pk}": "1", f"was-{rows[1].pk}": "1"}

    answer = planning.post(rows_page(tree), given)

    assert answer.status_code == 302
    found = tree.strategic.rows.order_by("position").values_list("weight", flat=True)
    assert list(found) == [Decimal("2.5"), Decimal(1)]


WRONG = ["", "dieci", "0", "0,00", "-1", "1,234", "99999", "NaN", "1e2", "1_0", "٣"]


@pytest.mark.parametrize("text", WRONG)
def test_a_weight_that_cannot_be_read_stays_on_the_page(planning, tree, text):
    row, other = tree.row("1a"), tree.row("1b")
    given = {f"w-{row.pk}": text, f"was-{row.pk}": "1"}
    given |= {f"w-{other.pk}": "4", f"was-{other.pk}": "1"}

    answer = planning.post(rows_page(tree), given)

    assert answer.status_code == 400
    lines = answer.context["report"].lines
    assert [(line.weight, line.was, line.is_wrong) for line in lines] == [
        (text, "1", True),
        ("4", "1", False),
    ]
    assert list(tree.strategic.rows.values_list("weight", flat=True)) == [1, 1]


def test_a_weight_changed_meanwhile_stands_beside_and_can_be_kept(planning, tree, user):
    row = tree.row("1a")
    change = WeightChange(weight=Decimal(7), was=Decimal(1))
    set_weights(tree.strategic, weights={row.pk: change}, by=user)
    given = {f"w-{row.pk}": "3", f"was-{row.pk}": "1"}

    answer = planning.post(rows_page(tree), given)

    line = answer.context["report"].lines[0]
    assert answer.status_code == 400
    assert (line.weight, line.saved, line.was, line.is_overtaken) == ("3", "7", "7", True)
    assert planning.post(rows_page(tree), given | {f"was-{row.pk}": line.was}).status_code == 302
    row.refresh_from_db()
    assert row.weight == 3


def test_what_was_not_typed_is_not_written_over(planning, tree, user):
    rows = [tree.row("1a"), tree.row("1b")]
    others = {row.pk: WeightChange(weight=Decimal(3), was=Decimal(1)) for row in rows}
    set_weights(tree.strategic, weights=others, by=user)
    given = {f"was-{row.pk}": "1" for row in rows}
    given |= {f"w-{rows[0].pk}": "2", f"w-{rows[1].pk}": "1"}

    lines = planning.post(rows_page(tree), given).context["report"].lines
    again = {f"was-{line.row.pk}": line.was for line in lines}
    again |= {f"w-{line.row.pk}": line.weight for line in lines}

    assert planning.post(rows_page(tree), again).status_code == 302
    found = tree.strategic.rows.order_by("position").values_list("weight", flat=True)
    assert list(found) == [Decimal(2), Decimal(3)]


def test_nothing_changed_is_said(planning, tree):
    row = tree.row("1a")

    answer = planning.post(
        rows_page(tree), {f"w-{row.pk}": "1,00", f"was-{row.pk}": "1", "w-x": "2"}, follow=True
    )

    assert [message.level_tag for message in answer.context["messages"]] == ["success"]
    assert row.history.count() == 1


@pytest.mark.parametrize(
    ("given", "order"),
    [
        ({"direction": "up"}, [2, 1, 3]),
        ({"direction": "down"}, [1, 2, 3]),
        ({"parent": "3a", "index": 0}, [1, 2, 3]),
        ({"parent": "3a", "index": 5}, [1, 3, 2]),
        ({"parent": "altro"}, [1, 2, 3]),
    ],
)
def test_rows_take_a_step_or_are_dropped(planning, tree, given, order):
    rows = [tree.row("1a"), tree.row("1a"), tree.row("3a")]
    if parent := given.get("parent"):
        action = tree.actions.get(parent)
        given = given | {"parent": str(action.pk) if action else parent}

    answer = planning.post(at("row-move", tree, tree.strategic.slug), {"item": rows[1].pk, **given})

    assert answer.status_code == 302
    found = tree.strategic.rows.order_by("position").values_list("pk", flat=True)
    assert list(found) == [rows[number - 1].pk for number in order]


@pytest.mark.parametrize("item", ["", "x", "0"])
def test_a_row_that_is_not_there_is_said(planning, tree, item):
    address = at("row-move", tree, tree.strategic.slug)

    answer = planning.post(address, {"item": item, "direction": "up"}, follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


# Added by search


def test_indicators_are_searched_those_of_the_plan_first(planning, tree):
    here = tree.row("1a", indicator=factories.indicator(name="Prove rare qui")).indicator
    factories.indicator(name="Prove rare altrove")
    factories.indicator(name="Prove rare ritirate", retired_on="2020-01-01")
    factories.indicator(name="Altre prove")

    answer = planning.get(at("row-add", tree, tree.service.slug), {"q": " rare  prove "})

    found = answer.context["found"]
    assert [(one.indicator.name, one.is_retired, one.stands_here) for one in found] == [
        (here.name, False, False),
        ("Prove rare altrove", False, False),
        ("Prove rare ritirate", True, False),
    ]
    assert found[0].codes_text == tree.strategic.title


def test_no_search_finds_nothing(planning, tree):
    assert planning.get(at("row-add", tree, tree.service.slug)).context["found"] is None


def test_the_chosen_one_is_put_on_the_dashboard(planning, tree):
    indicator = tree.row("1a").indicator
    address = at("row-add", tree, tree.service.slug)

    answer = planning.post(address, {"action": tree.actions["3a"].pk, "indicator": indicator.pk})

    assert answer.url == rows_page(tree, tree.service)
    row = tree.service.rows.get()
    assert (row.indicator, row.action) == (indicator, tree.actions["3a"])


@pytest.mark.parametrize("wrong", ["action", "indicator", "nothing", "twice"])
def test_what_cannot_be_put_there_is_said(planning, tree, wrong):
    indicator = tree.row("3a", on=tree.service).indicator
    given = {"action": tree.actions["3a"].pk, "indicator": indicator.pk}
    if wrong == "nothing":
        del given["indicator"]
    elif wrong != "twice":
        given[wrong] = "x"

    answer = planning.post(at("row-add", tree, tree.service.slug), given)

    assert answer.status_code == 400
    assert answer.context["problem"]
    assert tree.service.rows.count() == 1


# Moved to another action, taken off


def test_a_row_goes_under_another_action_everywhere(planning, tree):
    row = tree.row("1a")
    other = tree.row("1a", on=tree.service, indicator=row.indicator)
    address = at("row-edit", tree, row.pk)
    assert planning.get(address).context["others"] == [other]

    planning.post(address, {"action": tree.actions["2a"].pk, "everywhere": "on"})

    other.refresh_from_db()
    row.refresh_from_db()
    assert row.action == other.action == tree.actions["2a"]


def test_alone_nothing_else_is_asked(planning, tree):
    form = planning.get(at("row-edit", tree, tree.row("1a").pk)).context["form"]

    assert list(form.fields) == ["action"]


def test_an_action_of_another_plan_is_refused(planning, tree):
    row = tree.row("1a")

    answer = planning.post(at("row-edit", tree, row.pk), {"action": factories.action().pk})

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["action"])


def test_a_row_is_taken_off_after_asking(planning, tree):
    row = tree.row("1a")
    other = tree.row("1a", on=tree.service, indicator=row.indicator)
    address = at("row-remove", tree, row.pk)
    assert list(planning.get(address).context["elsewhere"]) == [other]

    planning.post(address)

    assert (tree.strategic.rows.count(), tree.service.rows.count()) == (0, 1)


def test_a_row_of_another_plan_is_not_found(planning, tree):
    stranger = factories.dashboard_row()

    answers = [planning.get(at(name, tree, stranger.pk)) for name in ("row-edit", "row-remove")]

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize("name", ["dashboard-rows", "row-add", "indicator-add"])
@pytest.mark.parametrize(
    ("who", "state", "expected"),
    [
        ("dipendente", PlanState.DRAFT, 404),
        ("oiv", PlanState.DRAFT, 403),
        ("pianificazione", PlanState.ADOPTED, 409),
    ],
    ids=["stranger", "reader", "locked"],
)
def test_refused(client, bergamo, tree, name, who, state, expected):
    Plan.objects.filter(pk=tree.plan.pk).update(state=state)
    client.force_login(bergamo.user(who))

    assert client.get(at(name, tree, "strategico")).status_code == expected


def test_a_move_is_posted(planning, tree):
    assert planning.get(at("row-move", tree, "strategico")).status_code == 405


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_rows_cost_the_same(planning, tree, item_count, django_assert_num_queries):
    for _number in range(item_count):
        tree.row("1a")

    with django_assert_num_queries(9):
        planning.get(rows_page(tree))


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_search_costs_the_same(planning, tree, item_count, django_assert_num_queries):
    for number in range(item_count):
        tree.row("1a", indicator=factories.indicator(name=f"Trovabile {number}"))

    with django_assert_num_queries(9):
        planning.get(at("row-add", tree, tree.service.slug), {"q": "trovabile"})


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_save_of_weights_costs_the_same(planning, tree, item_count, django_assert_num_queries):
    rows = [tree.row("1a") for _number in range(item_count)]
    given = {f"w-{row.pk}": "5" for row in rows} | {f"was-{row.pk}": "1" for row in rows}

    with django_assert_num_queries(12):
        planning.post(rows_page(tree), given)
