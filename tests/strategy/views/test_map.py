"""The strategy map."""

import pytest

from strategy.models import Plan
from tests import factories

MAP = "/piano/2021/mappa/"


def test_map_shows_perspectives_objectives_and_counts(client, employee):
    answer = client.get(MAP)

    perspectives = answer.context["perspectives"]
    assert [len(perspective.objectives) for perspective in perspectives] == [6, 3, 2, 1]
    assert [perspective.indicator_count for perspective in perspectives] == [26, 15, 5, 12]
    assert [o.code for p in perspectives for o in p.objectives] == [
        "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2.1", "2.2", "2.3", "3.1", "3.2", "4.1"
    ]  # fmt: skip
    assert (answer.context["objective_count"], answer.context["indicator_count"]) == (12, 58)


def test_drawing_and_list_say_the_same(client, employee):
    answer = client.get(MAP)

    text = answer.content.decode()
    for perspective in answer.context["perspectives"]:
        for objective in perspective.objectives:
            # Twice in the drawing (laptop and phone), once in the list.
            assert text.count(f'href="{objective.url}"') == 3


def test_address_of_the_plan_is_the_map(client, employee):
    assert client.get("/piano/2021/").context["objective_count"] == 12


def test_objectives_of_other_plans_stay_out(client, employee, small):
    small.add_rows(1)

    answer = client.get(MAP)

    assert answer.context["objective_count"] == 12
    assert small.objective.name not in answer.content.decode()


def test_empty_plan_says_what_to_do(client, employee, small):
    small.service.delete()
    small.strategic.delete()
    small.action.delete()
    small.objective.delete()

    answer = client.get(small.plan.get_absolute_url())

    assert (answer.status_code, answer.context["perspectives"]) == (200, ())


def test_draft_is_not_found_by_the_outsider(client, employee, draft):
    answer = client.get(draft.plan.get_absolute_url())

    assert answer.status_code == 404
    assert draft.plan.title not in answer.content.decode()


def test_map_refuses_to_be_written_to(client, employee):
    assert client.post(MAP).status_code == 405
    assert Plan.objects.get(first_year=2021).title == "Piano della Performance 2021-2023"


@pytest.mark.parametrize("count", [1, 3])
def test_map_takes_the_same_statements_whatever_stands_on_it(
    client, employee, small, django_assert_num_queries, count
):
    for _ in range(count):
        objective = factories.strategic_objective(perspective=small.objective.perspective)
        small.action = factories.action(objective=objective)
        small.add_rows(count)

    with django_assert_num_queries(6):
        client.get(small.plan.get_absolute_url())
