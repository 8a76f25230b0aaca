"""The strategic dashboard, those of the units, and their list."""

import pytest
from django.urls import reverse

from strategy.enums import DashboardKind
from strategy.models import Dashboard
from tests import factories

STRATEGIC = "/piano/2021/cruscotto/"
SERVICE = "/piano/2021/cruscotti/registro-imprese/"
LIST = "/piano/2021/cruscotti/"


def lines_of(answer) -> list[str]:
    return [line.indicator for line in answer.context["selection"].lines]


# The strategic dashboard


def test_strategic_dashboard_shows_every_row_with_its_years(client, employee):
    answer = client.get(STRATEGIC)

    columns = [(column.year, column.is_actual) for column in answer.context["columns"]]
    assert columns == [(2020, False), (2020, True), (2021, False), (2022, False), (2023, False)]
    assert (len(lines_of(answer)), answer.context["objective_count"]) == (58, 12)
    assert answer.content.decode().count('<th class="cp-cell-name"') == 58


def test_strategic_dashboard_groups_rows_as_the_plan_does(client, employee):
    groups = client.get(STRATEGIC).context["groups"]

    assert [group.line_count for group in groups] == [26, 15, 5, 12]


def test_filters_stay_in_the_address_and_narrow_the_rows(client, employee):
    everything = client.get(STRATEGIC).context["selection"]
    objective = next(line for line in everything.lines if line.objective_code == "4.1")

    answer = client.get(STRATEGIC, {"objective": objective.objective_id})

    selection = answer.context["selection"]
    assert {line.objective_code for line in selection.lines} == {"4.1"}
    assert (len(selection.lines), selection.total) == (12, 58)
    assert answer.content.decode().count('<th class="cp-cell-name"') == 12


def test_search_that_finds_nothing_says_how_to_go_on(client, employee):
    answer = client.get(STRATEGIC, {"q": "nessuna riga dice così"})

    assert (answer.status_code, lines_of(answer)) == (200, [])
    assert f'href="{STRATEGIC}"' in answer.content.decode()


def test_search_is_shown_as_text_not_as_markup(client, employee):
    text = client.get(STRATEGIC, {"q": "<script>alert(1)</script>"}).content.decode()

    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text


def test_a_result_carries_its_attainment_and_the_reason(client, employee):
    answer = client.get(STRATEGIC)

    text = answer.content.decode()
    marks = [line.cells[1].mark for line in answer.context["selection"].lines]
    assert sum(mark is not None for mark in marks) == 28
    assert text.count('<details class="cp-degree') == 28
    assert "3.497 / 4.000 × 100 = 87,43%" in text


def test_a_changed_value_is_shown_at_once(client, employee, small):
    row = small.add_row("N. cose")
    address = small.strategic.get_absolute_url()
    before = client.get(address).context["selection"].lines[0].cells[2].printed
    target = row.indicator.targets.get()
    target.printed = "4.500"
    target.full_clean()
    target.save()

    answer = client.get(address)

    assert before == "100"
    assert '<td class="cp-val cp-now" role="cell"' in answer.content.decode()
    assert ">4.500</td>" in answer.content.decode()


def test_plan_without_strategic_dashboard_has_no_page_for_it(client, employee):
    plan = factories.plan(state="published")

    answer = client.get(reverse("strategy:strategic-dashboard", args=[plan.first_year]))

    assert answer.status_code == 404


# The dashboard of a unit


def test_dashboard_of_a_unit_tells_operational_rows_by_a_word(client, employee):
    answer = client.get(SERVICE)

    lines = answer.context["selection"].lines
    operational = [line for line in lines if not line.is_strategic]
    text = answer.content.decode()
    assert len(lines) == 14
    assert text.count('class="cp-row--operational"') == len(operational) > 0
    assert text.count("cp-tag--operational") == len(operational)


def test_dashboard_of_a_unit_shows_its_own_year_only(client, employee):
    columns = client.get(SERVICE).context["columns"]

    assert [(c.year, c.is_actual) for c in columns] == [(2020, False), (2020, True), (2021, False)]


def test_rows_of_one_nature_can_be_asked_for(client, employee):
    natures = {
        nature: {line.is_strategic for line in found.context["selection"].lines}
        for nature in ("strategico", "operativo")
        for found in [client.get(SERVICE, {"nature": nature})]
    }

    assert natures == {"strategico": {True}, "operativo": {False}}


def test_strategic_dashboard_has_one_address(client, employee):
    answer = client.get("/piano/2021/cruscotti/strategico/")

    assert (answer.status_code, answer.url) == (302, STRATEGIC)


def test_dashboard_of_another_plan_is_not_found(client, employee, small):
    address = reverse("strategy:dashboard-detail", args=[2021, small.service.slug])

    assert client.get(address).status_code == 404


def test_empty_dashboard_says_what_to_do(client, employee, small):
    answer = client.get(small.service.get_absolute_url())

    assert (answer.status_code, lines_of(answer)) == (200, [])


# The list


def test_list_counts_the_rows_of_every_dashboard(client, employee):
    dashboards = client.get(LIST).context["dashboards"]

    assert len(dashboards) == 12
    for dashboard in dashboards:
        assert dashboard.strategic_count + dashboard.operational_count == dashboard.row_count


def test_list_holds_no_dashboard_of_another_plan(client, employee, small):
    answer = client.get(LIST)

    assert {d.plan.first_year for d in answer.context["dashboards"]} == {2021}
    assert small.service.slug not in answer.content.decode()


# Who may not, and how much it costs


def test_draft_is_not_found_by_the_outsider(client, employee, draft):
    draft.add_rows(1)
    addresses = [
        draft.strategic.get_absolute_url(),
        draft.service.get_absolute_url(),
        reverse("strategy:dashboard-list", args=[draft.plan.first_year]),
    ]

    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]


@pytest.mark.parametrize("address", [STRATEGIC, SERVICE, LIST])
def test_dashboards_refuse_to_be_written_to(client, employee, address):
    before = Dashboard.objects.count()

    assert client.post(address).status_code == 405
    assert Dashboard.objects.count() == before


@pytest.mark.parametrize("count", [1, 3])
def test_strategic_dashboard_takes_the_same_statements_whatever_its_rows(
    client, employee, small, django_assert_num_queries, count
):
    small.add_rows(count)

    with django_assert_num_queries(9):
        client.get(small.strategic.get_absolute_url())


@pytest.mark.parametrize("count", [1, 3])
def test_dashboard_of_a_unit_takes_the_same_statements_whatever_its_rows(
    client, employee, small, django_assert_num_queries, count
):
    small.add_rows(count)

    with django_assert_num_queries(9):
        client.get(small.service.get_absolute_url())


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_statements_whatever_its_dashboards(
    client, employee, small, django_assert_num_queries, count
):
    for _ in range(count):
        factories.dashboard(plan=small.plan, kind=DashboardKind.UNIT)

    with django_assert_num_queries(6):
        client.get(reverse("strategy:dashboard-list", args=[small.plan.first_year]))
