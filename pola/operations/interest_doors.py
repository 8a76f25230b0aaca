"""The door of requests and agreements: the lock, the right, the state."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from rules import has_perm

from organization.models import User
from pola.enums import AgreementState
from pola.models import Agreement, Interest, Withdrawal
from strategy.operations.history import sign

RUNNING = frozenset({AgreementState.RUNNING.value})


def refuse_others(permission: str, thing: models.Model, *, by: User | None) -> None:
    """A load acts for nobody (`by` is None); a person needs the right at the moment of the act."""
    if by is not None and not has_perm(permission, by, thing):
        raise PermissionDenied(_("You have no right to do this."))


def locked_interest(
    interest: Interest, permission: str, states: Collection[str], *, by: User | None
) -> Interest:
    """The request as it is now, locked until the transaction ends.

    Refuses whoever may not do this (PermissionDenied) and another state (code `state`).
    """
    requests = Interest.objects.select_for_update(of=("self",)).with_people()
    found: Interest = requests.get(pk=interest.pk)
    refuse_others(permission, found, by=by)
    if found.state not in states:
        words = _("The request is %(state)s: this is not done now.")
        state = str(found.get_state_display()).lower()
        raise ValidationError(words % {"state": state}, code="state")
    return found


def locked_agreement(
    agreement: Agreement, permission: str, states: Collection[str], *, by: User | None
) -> Agreement:
    """The agreement as it is now, likewise."""
    every = Agreement.objects.select_for_update(of=("self",))
    found: Agreement = every.select_related("person", "unit", "counterpart").get(pk=agreement.pk)
    refuse_others(permission, found, by=by)
    if found.state not in states:
        words = _("The agreement is %(state)s: this is not done now.")
        state = str(found.get_state_display()).lower()
        raise ValidationError(words % {"state": state}, code="state")
    return found


def refuse_withdrawn(agreement: Agreement) -> None:
    """Nothing more is agreed once one side has withdrawn (code `state`)."""
    if Withdrawal.objects.filter(agreement=agreement).exists():
        raise ValidationError(_("One side has withdrawn from this agreement."), code="state")


def refuse_moved(agreement: Agreement) -> None:
    """Nothing more is agreed once the person passes to another unit (code `state`)."""
    if agreement.is_followed:
        words = _("An agreement of another unit already follows this one.")
        raise ValidationError(words, code="state")


def save_signed(row: Any, *, by: User | None, at: datetime.datetime, **how: Any) -> None:
    """Check the whole row and save it, its history signed; what another act took meanwhile is told
    in words, not by the database."""
    row.full_clean()
    sign(row, by=by, at=at)
    try:
        with transaction.atomic():
            row.save(**how)
    except IntegrityError:
        row.validate_constraints()  # another act was quicker: its row is seen now
        raise


def who(by: User | None) -> str:
    """Who acts, as the rows keep it."""
    return str(by) if by else "camera_perf"
