"""Who may do what with a plan."""

from __future__ import annotations

from typing import Any

import rules

from organization.enums import Role
from organization.rules import is_administrator, is_planner, is_secretary_general
from strategy.enums import PlanAct, PlanState
from strategy.transitions import acts_possible

__all__ = ["ACTORS", "is_planner", "plan_allows", "plan_is_editable"]


@rules.predicate
def plan_is_editable(user: Any, plan: Any) -> bool:
    """The plan is a draft, in consultation or being updated."""
    return plan is not None and plan.state in PlanState.editable


@rules.predicate
def plan_is_continuable(user: Any, plan: Any) -> bool:
    """The plan is published, being updated or closed: the next triennium may be made of it."""
    return plan is not None and plan.state in PlanState.continuable


@rules.predicate
def plan_is_monitored(user: Any, plan: Any) -> bool:
    """The plan was adopted once and is not closed: what came out of it is recorded."""
    if plan is None or plan.state in PlanState.over:
        return False
    return plan.state in PlanState.in_force or plan.revision > 0


@rules.predicate
def reads_drafts(user: Any) -> bool:
    """Reads a plan before it is adopted: who prepares it and who is heard on it."""
    return bool(user.is_authenticated and user.roles & Role.drafts_readers)


def plan_allows(act: PlanAct) -> Any:
    """A predicate: the act is possible in the state of the plan."""

    @rules.predicate(name=f"plan_allows_{act.value}")
    def predicate(user: Any, plan: Any) -> bool:
        return plan is not None and act in acts_possible(plan.state)

    return predicate


rules.add_perm("strategy.build_pdf", rules.is_authenticated)
rules.add_perm("strategy.read_checks", reads_drafts)
rules.add_perm("strategy.edit_plan", is_planner & plan_is_editable)
rules.add_perm("strategy.read_reminders", is_planner | is_administrator)
rules.add_perm("strategy.edit_periods", is_planner & plan_is_monitored)
rules.add_perm("strategy.roll_plan_forward", is_planner & plan_is_continuable)

# Who does which act in the life of a plan.
ACTORS = {
    PlanAct.OPEN_CONSULTATION: is_planner,
    PlanAct.RECORD_CONSULTATION: is_planner,
    PlanAct.PROPOSE: is_planner,
    PlanAct.SEND_BACK: is_planner | is_secretary_general,
    PlanAct.ADOPT: is_secretary_general,
    PlanAct.PUBLISH: is_planner | is_secretary_general,
    PlanAct.OPEN_UPDATE: is_planner,
    PlanAct.CLOSE: is_secretary_general,
}
for _act, _actors in ACTORS.items():
    rules.add_perm(f"strategy.{_act.value}", _actors & plan_allows(_act))
