"""The page before a roll forward, and the one of what is left to decide."""

import pytest
from django.urls import reverse

from organization.models import User
from strategy.enums import PlanState
from strategy.models import DashboardRow, Plan
from strategy.operations import roll_plan_forward


def address(plan: Plan, name: str = "plan-roll-forward") -> str:
    return reverse(f"strategy:{name}", args=[plan.first_year])


@pytest.fixture
def planner(db, client) -> User:
    user = User.objects.get(username="pianificazione")
    client.force_login(user)
    return user


def test_the_page_says_what_is_carried_and_makes_nothing(client, planner, small) -> None:
    small.add_rows(2)

    answer = client.get(address(small.plan))

    label = f"{small.plan.first_year + 1}-{small.plan.first_year + 3}"
    assert answer.status_code == 200
    assert f"Crea il piano {label}" in answer.content.decode()
    assert not Plan.objects.filter(first_year=small.plan.first_year + 1).exists()


def test_a_post_makes_the_plan_and_leads_to_what_is_to_decide(client, planner, small) -> None:
    small.add_rows(2)

    answer = client.post(address(small.plan), follow=True)

    new = Plan.objects.get(first_year=small.plan.first_year + 1)
    assert answer.redirect_chain == [(address(new, "plan-decisions"), 302)]
    html = answer.content.decode()
    assert f"Il piano {new.label} è stato creato." in html
    assert "Target da fissare" in html


def test_a_plan_that_exists_already_is_shown_and_not_made_again(client, planner, small) -> None:
    new = roll_plan_forward(small.plan, by=planner)

    shown = client.get(address(small.plan))
    refused = client.post(address(small.plan))

    assert (shown.status_code, refused.status_code) == (200, 409)
    assert new.get_absolute_url() in shown.content.decode()
    assert f"Il piano {new.label} esiste già." in refused.content.decode()
    assert '<button class="btn btn-primary" type="submit">' not in refused.content.decode()


def test_another_state_is_said(client, planner, draft) -> None:
    assert client.get(address(draft.plan)).status_code == 409
    assert client.post(address(draft.plan)).status_code == 409
    assert Plan.objects.filter(continues=draft.plan).count() == 0


def test_a_reader_may_not_and_a_stranger_finds_nothing(client, employee, small) -> None:
    assert client.get(address(small.plan)).status_code == 403
    assert client.post(address(small.plan)).status_code == 403
    Plan.objects.filter(pk=small.plan.pk).update(state=PlanState.DRAFT)
    assert client.get(address(small.plan)).status_code == 404


@pytest.mark.parametrize("method", ["put", "delete"])
def test_other_methods_are_refused(client, planner, small, method) -> None:
    assert getattr(client, method)(address(small.plan)).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same(client, planner, small, count, django_assert_num_queries) -> None:
    small.add_rows(count)

    with django_assert_num_queries(17):
        client.get(address(small.plan))


# What is left to decide


def test_everything_decided_is_said(client, planner, small) -> None:
    small.action.delete()
    plan = roll_plan_forward(small.plan, by=planner)
    for body in ("unions", "cug", "oiv"):
        plan.consultations.create(
            revision=0,
            body=body,
            held_on="2050-01-10",
            outcome="favourable",
            recorded_at="2050-01-10T10:00Z",
        )

    answer = client.get(address(plan, "plan-decisions"))

    assert "Tutto è deciso" in answer.content.decode()


def test_what_was_not_carried_is_for_information(client, planner, small) -> None:
    small.add_row("N. cose ritirate").indicator.__class__.objects.filter(
        name="N. cose ritirate"
    ).update(retired_on="2050-01-01")
    plan = roll_plan_forward(small.plan, by=planner)

    html = client.get(address(plan, "plan-decisions")).content.decode()

    assert "Per conoscenza" in html
    assert "N. cose ritirate" in html


def test_a_reader_is_led_to_no_page_of_the_planning_office(client, planner, small) -> None:
    small.add_row("N. cose rimaste")
    plan = roll_plan_forward(small.plan, by=planner)
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.CONSULTATION)
    DashboardRow.objects.filter(dashboard__plan=plan).delete()
    page, editors = address(plan, "plan-decisions"), f'href="{address(plan, "structure")}"'
    client.force_login(planner)

    assert editors in client.get(page).content.decode()
    client.force_login(User.objects.get(username="dirigente"))
    answer = client.get(page)

    assert "Azioni senza indicatori" in answer.content.decode()
    assert editors not in answer.content.decode()


def test_a_plan_made_of_no_other_has_no_such_page(client, planner, small) -> None:
    assert client.get(address(small.plan, "plan-decisions")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_decisions_cost_the_same(client, planner, small, count, django_assert_num_queries) -> None:
    small.add_rows(count)
    plan = roll_plan_forward(small.plan, by=planner)

    with django_assert_num_queries(15):
        client.get(address(plan, "plan-decisions"))
