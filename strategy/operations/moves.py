"""What every act in the life of a plan has in common: the lock, the state, the right, the move."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from organization.models import User
from organization.operations import refuse_unless_permitted
from strategy.enums import PlanAct, PlanState
from strategy.models import Plan
from strategy.operations.history import sign
from strategy.transitions import destination

REFUSALS = {
    PlanAct.OPEN_CONSULTATION: gettext_lazy("Only a draft or an update goes into consultation."),
    PlanAct.RECORD_CONSULTATION: gettext_lazy(
        "Opinions are recorded while the plan is in consultation."
    ),
    PlanAct.PROPOSE: gettext_lazy("Only a plan in consultation or an update can be proposed."),
    PlanAct.SEND_BACK: gettext_lazy("Only a proposed plan can be sent back."),
    PlanAct.ADOPT: gettext_lazy("Only a proposed plan can be adopted."),
    PlanAct.PUBLISH: gettext_lazy("Only an adopted plan can be published."),
    PlanAct.OPEN_UPDATE: gettext_lazy("Only a published plan can be updated."),
    PlanAct.CLOSE: gettext_lazy("Only a published plan can be closed."),
}


def locked_for(act: PlanAct, plan: Plan, *, by: User | None) -> Plan:
    """The plan as it is now, locked until the transaction ends.

    Refuses a state in which the act is not possible (ValidationError with code `state`) and
    whoever may not do it (PermissionDenied). `by` is None for a load.
    """
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    next_state(act, locked)
    refuse_unless_permitted(f"strategy.{act.value}", locked, by)
    return locked


def next_state(act: PlanAct, plan: Plan) -> PlanState:
    """The state to which the act leads the plan; refuses with code `state` where it leads to
    none."""
    state = destination(act, plan.state, revision=plan.revision)
    if state is None:
        raise ValidationError(str(REFUSALS[act]), code="state")
    return state


def move(plan: Plan, act: PlanAct, *, by: User | None, at: datetime.datetime) -> None:
    """Bring a locked plan to the state to which the act leads."""
    plan.state = next_state(act, plan)
    sign(plan, by=by, at=at)
    plan.full_clean(validate_unique=False)
    plan.save(update_fields=["state", "revision", "update_reason", "changed_at"])


def required(text: str, message: str) -> str:
    """A text that must be there, without blanks around it; refuses an empty one with the
    message."""
    if not text.strip():
        raise ValidationError({"reason": message})
    return text.strip()
