"""The door through which every change of a plan's content passes."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from organization.models import User
from strategy.enums import PlanState
from strategy.models import Plan
from strategy.rules import is_planner


def locked_for_edit(plan: Plan, *, by: User | None) -> Plan:
    """The plan as it is now, locked until the transaction ends.

    Refuses whoever is not of the planning office (PermissionDenied) and a plan that is proposed or
    adopted (ValidationError with code `state`). `by` is None for a load. Call it first, inside the
    transaction of the change.
    """
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    if by is not None and not is_planner(by):
        raise PermissionDenied(_("You have no right to do this."))
    if locked.state not in PlanState.editable:
        raise ValidationError(
            _("The plan is %(state)s: it is not changed any more. Open an update first.")
            % {"state": str(locked.get_state_display()).lower()},
            code="state",
        )
    return locked
