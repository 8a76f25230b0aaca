"""The page of a perspective."""

import pytest
from django.urls import reverse

from strategy.models import Perspective
from tests import factories


def address(perspective: Perspective) -> str:
    return reverse(
        "strategy:perspective-detail", args=[perspective.plan.first_year, perspective.pk]
    )


def test_perspective_shows_its_objectives_and_no_other(client, employee):
    perspective = Perspective.objects.strategic().filter(plan__first_year=2021)[3]

    answer = client.get(address(perspective))

    report = answer.context["report"]
    assert [(o.code, o.indicator_count) for o in report.objectives] == [("4.1", 12)]
    assert "1.1 " not in answer.content.decode()


def test_perspective_of_the_pola_tree_is_not_found(client, employee):
    dimension = Perspective.objects.filter(plan__first_year=2021, chart="pola").first()

    assert client.get(address(dimension)).status_code == 404


def test_perspective_without_objectives_is_shown(client, employee, small):
    empty = factories.perspective(plan=small.plan, position=2)

    answer = client.get(address(empty))

    assert (answer.status_code, answer.context["report"]) == (200, None)


def test_perspective_of_another_plan_is_not_found(client, employee, small):
    perspective = small.objective.perspective

    answer = client.get(reverse("strategy:perspective-detail", args=[2021, perspective.pk]))

    assert answer.status_code == 404


def test_perspective_of_a_draft_is_not_found_by_the_outsider(client, employee, draft):
    assert client.get(address(draft.objective.perspective)).status_code == 404


def test_perspective_refuses_to_be_written_to(client, employee, small):
    assert client.post(address(small.objective.perspective)).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_perspective_takes_the_same_statements_whatever_it_holds(
    client, employee, small, django_assert_num_queries, count
):
    for _ in range(count):
        objective = factories.strategic_objective(perspective=small.objective.perspective)
        small.action = factories.action(objective=objective)
        small.add_rows(count)

    with django_assert_num_queries(7):
        client.get(address(small.objective.perspective))
