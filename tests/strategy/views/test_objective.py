"""The page of a strategic objective."""

import pytest
from django.urls import reverse

from strategy.models import StrategicObjective
from tests import factories


def address(objective: StrategicObjective) -> str:
    year = objective.perspective.plan.first_year
    return reverse("strategy:objective-detail", args=[year, objective.pk])


def test_objective_shows_its_rows_on_every_dashboard(client, employee, small):
    small.add_row("N. condivise")
    small.add_row("N. operative", on=small.service)

    answer = client.get(address(small.objective))

    places = [
        (place.dashboard.slug, [line.indicator for a in place.actions for line in a.lines])
        for place in answer.context["report"]
    ]
    assert places == [
        ("strategico", ["N. condivise"]),
        (small.service.slug, ["N. condivise", "N. operative"]),
    ]


def test_objective_shows_no_row_of_another_one(client, employee, small):
    small.add_row("N. mie")
    small.action = factories.action(
        objective=factories.strategic_objective(perspective=small.objective.perspective)
    )
    small.add_row("N. altrui")

    text = client.get(address(small.objective)).content.decode()

    assert ("N. mie" in text, "N. altrui" in text) == (True, False)


def test_objective_without_rows_says_so(client, employee, small):
    answer = client.get(address(small.objective))

    assert (answer.status_code, answer.context["report"]) == (200, ())


def test_objective_of_another_plan_is_not_found(client, employee, small):
    answer = client.get(reverse("strategy:objective-detail", args=[2021, small.objective.pk]))

    assert answer.status_code == 404


def test_objective_of_a_draft_is_not_found_by_the_outsider(client, employee, draft):
    assert client.get(address(draft.objective)).status_code == 404


def test_objective_refuses_to_be_written_to(client, employee, small):
    assert client.post(address(small.objective)).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_objective_takes_the_same_statements_whatever_it_holds(
    client, employee, small, django_assert_num_queries, count
):
    small.add_rows(count)

    with django_assert_num_queries(12):
        client.get(address(small.objective))
