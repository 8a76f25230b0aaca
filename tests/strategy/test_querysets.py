"""Which plans and actions a person may read, and who may edit a plan."""

import pytest
from django.contrib.auth.models import AnonymousUser

from strategy.enums import PlanState
from strategy.models import Action, Plan
from tests import factories


@pytest.fixture
def plans(db):
    return {state: factories.plan(state=state) for state in PlanState}


def test_plans_in_force_have_an_adopted_edition(plans):
    found = Plan.objects.in_force().filter(pk__in=[plan.pk for plan in plans.values()])

    assert {plan.state for plan in found} == PlanState.in_force


@pytest.mark.parametrize("state", [PlanState.CONSULTATION, PlanState.PROPOSED])
def test_a_plan_stays_in_force_while_its_update_is_heard(db, state):
    plan = factories.plan(state=state, revision=1, update_reason="Nuovi atti")

    assert Plan.objects.in_force().filter(pk=plan.pk).exists()


def test_a_stranger_reads_no_plan(plans):
    assert not Plan.objects.visible_to(AnonymousUser()).exists()


def test_actions_follow_their_plan(bergamo):
    draft = factories.plan(state=PlanState.DRAFT)
    perspective = factories.perspective(plan=draft)
    objective = factories.strategic_objective(perspective=perspective)
    action = factories.action(objective=objective)

    def reads(username):
        visible = Action.objects.visible_to(bergamo.user(username))
        return visible.filter(pk=action.pk).exists()

    assert (reads("pianificazione"), reads("dipendente")) == (True, False)


@pytest.mark.parametrize("state", PlanState)
def test_planning_edits_only_what_is_not_settled(bergamo, plans, state):
    plan = plans[state]

    assert bergamo.user("pianificazione").has_perm("strategy.edit_plan", plan) == (
        state in PlanState.editable
    )
    assert not bergamo.user("oiv").has_perm("strategy.edit_plan", plan)
