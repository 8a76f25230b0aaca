"""The grid of a dashboard: page, plain form, the server's reading, the save."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import timezone

from indicators.models import Actual, Target
from organization.models import AuditEvent, User
from strategy.enums import DashboardKind, PlanState
from strategy.models import Dashboard, DashboardRow, Plan
from strategy.reports.grid import grid_columns
from strategy.templatetags.grid import column_name
from strategy.views.cells import edit, form_changes
from tests import factories

YEAR = 2011


@pytest.fixture
def planner(db, client) -> User:
    user = User.objects.get(username="pianificazione")
    client.force_login(user)
    return user


@pytest.fixture
def board(db) -> Dashboard:
    """The strategic dashboard of a draft whose years are all over."""
    plan = factories.plan(first_year=YEAR)
    return factories.dashboard(plan=plan, kind=DashboardKind.STRATEGIC, slug="strategico")


def add_row(board: Dashboard, name: str = "N. cose", printed: str = "9") -> DashboardRow:
    indicator = factories.indicator(name=name)
    factories.target(indicator=indicator, cycle=YEAR, printed=printed)
    factories.actual(indicator=indicator, year=YEAR - 1, printed="5")
    return factories.dashboard_row(
        dashboard=board, indicator=indicator, position=board.rows.count() + 1
    )


def grid(board: Dashboard) -> str:
    return f"{board.get_absolute_url()}modifica/"


def check(board: Dashboard) -> str:
    return reverse("strategy:dashboard-check", args=[board.plan.first_year, board.slug])


def cell(row: DashboardRow, text: str, was: str = "9", **given) -> dict[str, str]:
    return {"key": f"t{row.indicator_id}-{YEAR}", "text": text, "was": was} | given


def send(client, address: str, *cells: dict[str, str]):
    return client.post(address, json.dumps({"cells": cells}), content_type="application/json")


def texts(board: Dashboard) -> list[str]:
    found = Target.objects.filter(indicator__rows__dashboard=board)
    return list(found.order_by("indicator_id").values_list("printed", flat=True))


def acts() -> int:
    return AuditEvent.objects.filter(verb="targets.edited").count()


# Shows


def test_grid_shows_every_row_and_the_results_of_years_begun(client, planner, board):
    row = add_row(board)

    answer = client.get(grid(board))

    columns = [column_name(column) for column in answer.context["report"].columns]
    text = answer.content.decode()
    assert columns == ["t2010", "a2010", "t2011", "a2011", "t2012", "a2012", "t2013", "a2013"]
    assert text.count(f'data-i="{row.indicator_id}"') == 1
    assert (text.count('class="cp-val cp-edit'), text.count('class="cp-val cp-shut')) == (7, 1)


def test_results_of_years_to_come_are_not_asked_for(board):
    columns = grid_columns(board, board.plan, this_year=2011)

    assert [c.year for c in columns if c.is_actual] == [2010, 2011]
    assert grid_columns(board, board.plan, this_year=2009) == tuple(
        c for c in columns if not c.is_actual
    )


def test_grid_of_a_unit_shows_its_own_year(client, planner, board):
    service = factories.dashboard(plan=board.plan)
    add_row(service)

    columns = client.get(grid(service)).context["report"].columns

    assert [column_name(c) for c in columns] == ["t2010", "a2010", "t2011", "a2011"]


def test_strategic_grid_has_one_address(client, planner, board):
    address = reverse("strategy:dashboard-edit", args=[YEAR, board.slug])

    answer = client.get(address)

    assert (answer.status_code, answer.url) == (302, grid(board))


def test_empty_dashboard_has_no_grid_and_says_what_to_do(client, planner, board):
    text = client.get(grid(board)).content.decode()

    assert ('id="grid-form"' in text, reverse("strategy:cascade", args=[YEAR]) in text) == (
        False,
        True,
    )


def test_names_are_shown_as_text_not_as_markup(client, planner, board):
    add_row(board, "<script>alert(1)</script>")

    answers = [client.get(grid(board)), client.get(grid(board) + "?modulo=1")]

    assert ["<script>alert" in a.content.decode() for a in answers] == [False, False]


@pytest.mark.parametrize("kind", [DashboardKind.STRATEGIC, DashboardKind.UNIT])
def test_the_way_to_the_grid_is_shown_to_who_may_edit(client, planner, board, kind):
    page = board if kind == DashboardKind.STRATEGIC else factories.dashboard(plan=board.plan)
    link = f'href="{grid(page)}"'

    shown = client.get(page.get_absolute_url()).content.decode()
    Plan.objects.filter(pk=board.plan_id).update(state=PlanState.PROPOSED)
    proposed = client.get(page.get_absolute_url()).content.decode()

    assert (link in shown, link in proposed) == (True, False)


def test_the_reader_is_not_shown_the_way_to_the_grid(client, board):
    client.force_login(User.objects.get(username="oiv"))

    assert f'href="{grid(board)}"' not in client.get(board.get_absolute_url()).content.decode()


# Reads and saves what the page sends


def test_what_is_being_written_is_read_and_not_saved(client, planner, board):
    row = add_row(board)

    answer = send(client, check(board), cell(row, "4.500"), cell(add_row(board), "novanta"))

    fine, wrong = answer.json()["cells"]
    assert fine == {
        "key": f"t{row.indicator_id}-{YEAR}",
        "reading": "numero 4.500",
        "polarity": fine["polarity"],
    }
    assert (wrong["fault"], "«novanta»" in wrong["message"]) == ("notation", True)
    assert (texts(board), acts()) == (["9", "9"], 0)


def test_sent_cells_are_saved_in_one_go(client, planner, board):
    first, second = add_row(board), add_row(board)

    answer = send(client, grid(board), cell(first, "10"), cell(second, "11"))

    assert answer.json()["saved"] == {
        f"t{first.indicator_id}-{YEAR}": "10",
        f"t{second.indicator_id}-{YEAR}": "11",
    }
    assert (texts(board), acts()) == (["10", "11"], 1)


def test_one_wrong_cell_is_told_and_nothing_is_saved(client, planner, board):
    first, second = add_row(board), add_row(board)

    answer = send(client, grid(board), cell(first, "novanta"), cell(second, "11")).json()

    assert [c.get("fault") for c in answer["cells"]] == ["notation", None]
    assert ("saved" in answer, bool(answer["refused"])) == (False, True)
    assert (texts(board), acts()) == (["9", "9"], 0)


@pytest.mark.parametrize(
    "body", [" ", "[", "[]", '{"cells": []}', "[" * 100_000, '{"cells": [{"key": "t1"}]}']
)
@pytest.mark.parametrize("address", [grid, check])
def test_what_is_no_list_of_cells_is_refused(client, planner, board, body, address):
    add_row(board)

    answer = client.post(address(board), body, content_type="application/json")

    assert (answer.status_code, set(answer.json())) == (400, {"error"})
    assert acts() == 0


# The plain form


def fields(row: DashboardRow, text: str, was: str = "9", **given) -> dict[str, str]:
    name = f"t{row.indicator_id}-{YEAR}"
    more = {f"{key}-{name}": value for key, value in given.items()}
    return {name: text, "loaded": json.dumps({name: was}), **more}


def form(board: Dashboard) -> str:
    return grid(board) + "?modulo=1"


def test_form_has_a_field_for_each_open_cell(client, planner, board):
    row = add_row(board)

    text = client.get(form(board)).content.decode()

    assert text.count("<input name=") == 7
    assert f'<input name="t{row.indicator_id}-2011" value="9" aria-label="N. cose, ' in text
    assert 'name="t' + f'{row.indicator_id}-2010"' not in text


def test_form_saves_the_changed_fields_and_comes_back(client, planner, board):
    row = add_row(board)

    answer = client.post(form(board), fields(row, "10"))

    assert (answer.status_code, answer.url) == (302, form(board))
    assert (texts(board), acts()) == (["10"], 1)


def test_form_without_changes_saves_nothing(client, planner, board):
    row = add_row(board)

    answer = client.post(form(board), fields(row, "9"))

    assert (answer.status_code, texts(board), acts()) == (302, ["9"], 0)


def test_form_keeps_what_was_typed_beside_its_error(client, planner, board):
    row = add_row(board)

    answer = client.post(form(board), fields(row, "novanta"))

    text = answer.content.decode()
    assert (answer.status_code, 'value="novanta"' in text, 'aria-invalid="true"' in text) == (
        200,
        True,
        True,
    )
    assert f'id="m-t{row.indicator_id}-{YEAR}"' in text
    assert (texts(board), acts()) == (["9"], 0)


def test_form_shows_both_texts_of_a_conflict_and_lets_choose(client, planner, board):
    row = add_row(board, printed="12")

    asked = client.post(form(board), fields(row, "10")).content.decode()
    unanswered = client.post(form(board), fields(row, "10", saved="12"))
    assert (f'name="pick-t{row.indicator_id}-{YEAR}"' in asked, texts(board)) == (True, ["12"])
    assert (unanswered.status_code, texts(board)) == (200, ["12"])

    client.post(form(board), fields(row, "10", saved="12", pick="saved"))
    assert texts(board) == ["12"]
    client.post(form(board), fields(row, "10", saved="12", pick="mine"))
    assert texts(board) == ["10"]


def test_form_asks_why_and_takes_the_answer(client, planner, board):
    row = add_row(board)

    asked = client.post(form(board), fields(row, "4")).content.decode()
    client.post(form(board), fields(row, "4", reason="meno corsi"))

    assert (f'name="reason-t{row.indicator_id}-{YEAR}"' in asked, texts(board)) == (True, ["4"])
    assert Target.objects.get(indicator=row.indicator).reason == "meno corsi"


def test_form_of_a_long_dashboard_has_pages(client, planner, board):
    for number in range(101):
        add_row(board, f"N. {number}")

    pages = [client.get(f"{grid(board)}?modulo={page}") for page in ("1", "2", "9", "x", "²")]

    assert [page.context["form"].number for page in pages] == [1, 2, 2, 1, 1]
    assert [page.content.decode().count("<input name=") for page in pages[:2]] == [700, 7]


@pytest.mark.parametrize("loaded", ["", "[", "[]", '{"t1-2011": 9}'])
def test_a_damaged_list_of_loaded_texts_counts_as_none(loaded):
    [made] = form_changes({"t1-2011": "9", "loaded": loaded, "altro": "1"})

    assert (made.was, made.text) == ("", "9")


# Who may not, wrong ways, wrong states, and how much it costs


def test_draft_is_not_found_by_the_outsider(client, board):
    row = add_row(board)
    client.force_login(User.objects.get(username="dipendente"))

    answers = [
        client.get(grid(board)),
        send(client, grid(board), cell(row, "10")),
        send(client, check(board), cell(row, "10")),
    ]

    assert ([a.status_code for a in answers], texts(board)) == ([404, 404, 404], ["9"])


def test_reader_may_not_edit(client, board):
    row = add_row(board)
    client.force_login(User.objects.get(username="oiv"))

    answers = [
        client.get(grid(board)),
        send(client, grid(board), cell(row, "10")),
        send(client, check(board), cell(row, "10")),
    ]

    assert ([a.status_code for a in answers], texts(board)) == ([403, 403, 403], ["9"])


def test_grid_refuses_other_ways(client, planner, board):
    row = add_row(board)

    answers = [
        client.put(grid(board), "{}"),
        client.delete(grid(board)),
        client.get(check(board)),
    ]

    assert ([a.status_code for a in answers], texts(board)) == ([405, 405, 405], ["9"])
    assert row.indicator.actuals.count() == 1


def test_a_plan_that_is_not_open_says_so(client, planner, board):
    row = add_row(board)
    Plan.objects.filter(pk=board.plan_id).update(state=PlanState.PROPOSED)

    answers = [
        client.get(grid(board)),
        send(client, grid(board), cell(row, "10")),
        client.post(form(board), fields(row, "10")),
        send(client, check(board), cell(row, "10")),
    ]

    assert ([a.status_code for a in answers], texts(board)) == ([409] * 4, ["9"])


@pytest.mark.parametrize("is_form", [False, True], ids=["grid", "form"])
def test_a_plan_that_closes_at_the_last_moment_says_so(rf, planner, board, is_form):
    row = add_row(board)
    Plan.objects.filter(pk=board.plan_id).update(state=PlanState.PROPOSED)
    body = json.dumps({"cells": [cell(row, "10")]})
    request = (
        rf.post(form(board), fields(row, "10"))
        if is_form
        else rf.post(grid(board), body, content_type="application/json")
    )
    request.user = planner

    answer = edit(request, board)

    assert (answer.status_code, texts(board), acts()) == (200 if is_form else 409, ["9"], 0)
    assert ('value="10"' in answer.content.decode()) == is_form


def test_dashboard_of_another_plan_is_not_found(client, planner, board):
    other = factories.dashboard(plan=factories.plan())

    address = reverse("strategy:dashboard-edit", args=[YEAR, other.slug])

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("page", [grid, form])
def test_grid_takes_the_same_statements_whatever_its_rows(
    client, planner, board, django_assert_num_queries, count, page
):
    for number in range(count):
        add_row(board, f"N. {number}")
    factories.actual(year=timezone.localdate().year)

    with django_assert_num_queries(11):
        client.get(page(board))
    assert Actual.objects.filter(indicator__rows__dashboard=board).count() == count


@pytest.mark.parametrize("count", [1, 3])
def test_check_takes_the_same_statements_whatever_its_cells(
    client, planner, board, django_assert_num_queries, count
):
    rows = [add_row(board, f"N. {number}") for number in range(count)]

    with django_assert_num_queries(9):
        send(client, check(board), *[cell(row, "10") for row in rows])


def test_grid_asks_at_once_for_every_module_it_is_made_of(client, planner, board):
    add_row(board)
    modules = Path(finders.find("js")).glob("grid*.js")

    page = client.get(grid(board)).content.decode()

    asked = re.findall(r'<link rel="modulepreload" href="/static/js/([^"]+)">', page)
    assert sorted(asked) == sorted(module.name for module in modules)
