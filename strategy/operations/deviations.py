"""Why a target was missed: written for the year, with its cause and what is done about it."""

from __future__ import annotations

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rules import has_perm

from organization import audit
from organization.models import User
from strategy.models import DeviationReason, Plan
from strategy.monitoring_enums import DeviationCause
from strategy.operations.closed_years import locked_open_year
from strategy.operations.history import sign
from strategy.operations.lifecycle import NOTE_LENGTH
from strategy.operations.moves import required
from strategy.reports.closing import may_decide_of, suppliers_of
from strategy.reports.year import YearReport
from strategy.year_data import year_data


@transaction.atomic
def explain_deviation(
    plan: Plan,
    year: int,
    *,
    indicator: int,
    reason: str,
    cause: DeviationCause | str,
    corrective_action: str = "",
    seen: str = "",
    by: User,
    at: datetime.datetime | None = None,
) -> DeviationReason:
    """Write why an indicator is off target in a year; record `deviation.explained`.

    `seen` says which text was read (see also: seen_of). Refuses an empty reason, an indicator that
    is not off target, one whose figure the person does not answer for (PermissionDenied), a closed
    year, and a text that somebody else changed meanwhile (code `stale`).
    """
    plan, at = locked_open_year(plan, year), at or timezone.now()
    _refuse_others(plan, indicator, by=by)
    reason = required(reason, _("Write why the target is missed."))
    line = next(
        (x for x in YearReport(year_data(plan, year)).off_target if x.indicator_id == indicator),
        None,
    )
    if line is None:
        raise ValidationError(_("This indicator is not off target."), code="changed")
    found = DeviationReason.objects.filter(plan=plan, year=year, indicator=indicator).first()
    if seen_of(found) != seen:
        raise ValidationError(
            _("Somebody else wrote this reason meanwhile: read it, then write yours."), code="stale"
        )
    before = {"reason": found.reason} if found else {}
    told = found or DeviationReason(plan=plan, year=year, indicator_id=indicator)
    told.reason, told.cause = reason, cause
    told.corrective_action = corrective_action.strip()
    told.written_at, told.written_by = at, by
    told.full_clean()
    sign(told, by=by, at=at)
    told.save()
    after = {"year": year, "indicator": line.name, "cause": str(told.get_cause_display())}
    audit.record(
        "deviation.explained",
        target=plan,
        by=by,
        at=at,
        before=before,
        after=after,
        note=reason[:NOTE_LENGTH],
    )
    return told


def seen_of(told: DeviationReason | None) -> str:
    """By which it is noticed that somebody else wrote meanwhile."""
    return told.written_at.isoformat() if told else ""


def _refuse_others(plan: Plan, indicator: int, *, by: User) -> None:
    supplier = suppliers_of(plan, {indicator}).get(indicator)
    if not has_perm("strategy.explain_deviation", by, plan) or not may_decide_of(by, supplier):
        raise PermissionDenied(_("You have no right to do this."))
