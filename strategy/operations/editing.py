"""The door through which every change of a plan's content passes: the lock, what is still there,
what was seen."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from organization.models import User
from strategy.enums import PlanState
from strategy.fingerprints import fingerprint
from strategy.models import Plan
from strategy.rules import is_planner

M = TypeVar("M", bound=Model)


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


def still_there(things: QuerySet[M], pk: int | None) -> M:
    """The thing as the database has it now; refuses (code `gone`) what somebody else removed."""
    found = things.filter(pk=pk).first()
    if found is None:
        raise ValidationError(
            _("It was removed by somebody else meanwhile: look at the page again."), code="gone"
        )
    return found


def refuse_stale(thing: Any, fields: tuple[str, ...], was: str) -> None:
    """Refuse (code `stale`) to write over what somebody else wrote since it was read; without
    `was` it is not asked."""
    if was and was != fingerprint(thing, fields):
        raise ValidationError(
            _(
                "Changed by somebody else while you were writing: what stands now is written "
                "above the form. Save again to keep yours."
            ),
            code="stale",
        )
