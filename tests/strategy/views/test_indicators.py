"""The list of indicators and the page of one."""

import pytest
from django.urls import reverse

from indicators.models import Indicator
from organization.models import User
from strategy.enums import PlanState
from strategy.models import Plan
from tests import factories

LIST = "/piano/2021/indicatori/"


def address(plan, indicator: Indicator) -> str:
    return reverse("strategy:indicator-detail", args=[plan.first_year, indicator.pk])


def names(answer) -> list[str]:
    return [row.record.name for row in answer.context["table"].rows]


# The list


def test_list_holds_every_indicator_of_the_plan_once(client, employee):
    paginator = client.get(LIST).context["table"].paginator

    assert paginator.count == 191


def test_list_counts_the_dashboards_of_an_indicator(client, employee, small):
    small.add_row("N. condivise")

    answer = client.get(reverse("strategy:indicator-list", args=[small.plan.first_year]))

    assert [row.record.dashboard_count for row in answer.context["table"].rows] == [2]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("condivise", ["N. condivise"]),
        ("CONDIVISE n.", ["N. condivise"]),
        ("registro priamo", ["N. operative"]),
        ("  ", ["N. condivise", "N. operative"]),
        ("altro", []),
    ],
)
def test_list_finds_all_words_in_name_or_source(client, employee, small, query, found):
    small.add_row("N. condivise")
    row = small.add_row("N. operative", on=small.service)
    row.indicator.source = factories.source(name="Priamo, registro")
    row.indicator.save()

    answer = client.get(
        reverse("strategy:indicator-list", args=[small.plan.first_year]), {"q": query}
    )

    assert sorted(names(answer)) == found


# One indicator


def test_indicator_shows_years_and_places(client, employee, small):
    row = small.add_row("N. condivise")

    report = client.get(address(small.plan, row.indicator)).context["report"]

    first = small.plan.first_year
    assert [(y.year, y.target.printed, y.actual.printed) for y in report.years] == [
        (first - 1, "", "90"),
        (first, "100", ""),
        (first + 1, "", ""),
        (first + 2, "", ""),
    ]
    assert [(p.dashboard.slug, p.row is not None) for p in report.placements] == [
        ("strategico", True),
        (small.service.slug, True),
    ]


@pytest.mark.parametrize(
    ("username", "state", "leads"),
    [
        ("pianificazione", PlanState.UPDATING, True),
        ("pianificazione", PlanState.PUBLISHED, False),
        ("dipendente", PlanState.UPDATING, False),
    ],
)
def test_planning_goes_on_to_the_cells_while_they_are_open(client, small, username, state, leads):
    row = small.add_row("N. condivise")
    Plan.objects.filter(pk=small.plan.pk).update(state=state, revision=1, update_reason="Target.")
    client.force_login(User.objects.get(username=username))

    page = client.get(address(small.plan, row.indicator)).text

    cell = f"#t{row.indicator_id}-{small.plan.first_year}"
    ways = [f"{small.strategic.get_absolute_url()}modifica/{cell}"]
    ways.append(f"{small.service.get_absolute_url()}modifica/{cell}")
    assert [way for way in ways if f'href="{way}"' in page] == (ways if leads else [])


def test_indicator_shows_its_history(client, employee, small):
    row = small.add_row("N. condivise")
    row.indicator.name = "N. corretto"
    row.indicator.save()

    history = client.get(address(small.plan, row.indicator)).context["history"]

    assert "da «N. condivise» a «N. corretto»" in history[0].text


def test_indicator_of_another_plan_is_not_found(client, employee, small):
    row = small.add_row("N. condivise")

    answer = client.get(reverse("strategy:indicator-detail", args=[2021, row.indicator_id]))

    assert answer.status_code == 404


def test_indicator_of_a_draft_is_not_found_by_the_outsider(client, employee, draft):
    row = draft.add_row("N. riservate")
    listed = reverse("strategy:indicator-list", args=[draft.plan.first_year])

    answers = [client.get(listed), client.get(address(draft.plan, row.indicator))]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "riservate" not in "".join(answer.content.decode() for answer in answers)


def test_indicators_refuse_to_be_written_to(client, employee, small):
    row = small.add_row("N. condivise")

    answers = [client.post(LIST), client.post(address(small.plan, row.indicator))]

    assert [answer.status_code for answer in answers] == [405, 405]
    assert Indicator.objects.get(pk=row.indicator_id).name == "N. condivise"


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_statements_whatever_its_size(
    client, employee, small, django_assert_num_queries, count
):
    small.add_rows(count)

    with django_assert_num_queries(7):
        client.get(reverse("strategy:indicator-list", args=[small.plan.first_year]))


@pytest.mark.parametrize("count", [1, 3])
def test_indicator_takes_the_same_statements_wherever_it_stands(
    client, employee, small, django_assert_num_queries, count
):
    row = small.add_row("N. condivise")
    for number in range(count):
        place = factories.dashboard(plan=small.plan, position=3 + number)
        factories.dashboard_row(dashboard=place, action=small.action, indicator=row.indicator)

    with django_assert_num_queries(13):
        client.get(address(small.plan, row.indicator))
