"""Who may do what with a plan."""

from __future__ import annotations

from typing import Any

import rules

from organization.rules import is_planner, is_secretary_general
from strategy.enums import PlanState


@rules.predicate
def plan_is_editable(user: Any, plan: Any) -> bool:
    """The plan is a draft, in consultation or being updated."""
    return plan is not None and plan.state in PlanState.editable


@rules.predicate
def plan_is_proposed(user: Any, plan: Any) -> bool:
    """The plan has been proposed to the Giunta."""
    return plan is not None and plan.state == PlanState.PROPOSED


@rules.predicate
def plan_is_adopted(user: Any, plan: Any) -> bool:
    """The plan has been adopted and waits to be published."""
    return plan is not None and plan.state == PlanState.ADOPTED


rules.add_perm("strategy.build_pdf", rules.is_authenticated)
rules.add_perm("strategy.edit_plan", is_planner & plan_is_editable)
rules.add_perm("strategy.publish_plan", (is_planner | is_secretary_general) & plan_is_adopted)
rules.add_perm("strategy.adopt_plan", is_secretary_general & plan_is_proposed)
