"""What happens when an act changes a rule of agile work, or a value to come is taken back."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization import audit, clock
from organization.models import User
from organization.operations import refuse_unless_permitted
from pola.enums import NormKey
from pola.models import Norm
from pola.problems.finding import refuse
from pola.problems.norms import norm_problems, withdrawal_problems
from strategy.operations.editing import still_there
from strategy.operations.history import sign


@transaction.atomic
def set_norm(
    *,
    key: NormKey,
    printed: str,
    starts_on: datetime.date,
    act: str,
    by: User,
    at: datetime.datetime | None = None,
) -> Norm:
    """Give a rule a value from a day on, and record `norm.set`.

    Refuses whoever is neither of planning nor of HR, a value that is not read, a day that has one
    already, a day gone by from which on something was decided, and a value that contradicts
    another rule.
    """
    norm = Norm(key=key, printed=printed.strip(), starts_on=starts_on, act=act)
    refuse_unless_permitted("pola.set_norm", norm, by)
    at = at or timezone.now()
    _lock_values()
    norm.full_clean()
    refuse(norm_problems(NormKey(key), norm.printed, starts_on, today=clock.today()))
    before = Norm.objects.filter(key=key, starts_on__lt=starts_on).order_by("-starts_on").first()
    sign(norm, by=by, at=at)
    norm.save(force_insert=True)
    audit.record(
        "norm.set",
        target=norm,
        by=by,
        at=at,
        before={"value": before.printed} if before else None,
        after=_as_text(norm),
    )
    return norm


@transaction.atomic
def withdraw_norm(norm: Norm, *, by: User, at: datetime.datetime | None = None) -> None:
    """Take back a value that is not in force yet, and record `norm.withdrawn`.

    Refuses whoever may not set one, a value already in force (another act replaces it), one without
    which two rules contradict each other, and (code `gone`) one taken back already.
    """
    _lock_values()
    norm = still_there(Norm.objects.all(), norm.pk)
    refuse_unless_permitted("pola.set_norm", norm, by)
    if norm.starts_on <= clock.today():
        raise ValidationError(
            _("This value is in force or was: a new value replaces it, it is not taken back.")
        )
    refuse(withdrawal_problems(norm))
    at = at or timezone.now()
    audit.record("norm.withdrawn", target=norm, by=by, at=at, before=_as_text(norm))
    sign(norm, by=by, at=at)
    norm.delete()


def _lock_values() -> None:
    """Whoever sets or takes back a value waits for the one before: no value contradicts another
    that was set at the same moment."""
    list(Norm.objects.order_by("pk").select_for_update(no_key=True).values_list("pk"))


def _as_text(norm: Norm) -> dict[str, str]:
    """The value as the trace keeps it."""
    return {
        "value": norm.printed,
        "starts_on": norm.starts_on.isoformat(),
        "act": norm.act,
    }
