"""The end of a year of a plan: nothing is missing any more, and what came out is fixed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.attainment import FORMULA_VERSION
from organization import audit, clock
from organization.models import User
from strategy.in_force import DamagedEditionError, unadopted_words
from strategy.models import Plan, Resolution, YearClosing, YearReopening
from strategy.monitoring_enums import YearAct
from strategy.operations.closed_years import refuse_others
from strategy.operations.lifecycle import NOTE_LENGTH
from strategy.operations.moves import required
from strategy.reports.closing import (
    PendingFigure,
    closed_years,
    pending_figures,
    reported_years,
    standing_closing,
)
from strategy.reports.year import YearReport
from strategy.snapshots import canonical, sha256
from strategy.year_data import year_data

SHOWN_NAMES = 3


@transaction.atomic
def close_year(
    plan: Plan, year: int, *, by: User, at: datetime.datetime | None = None
) -> YearClosing:
    """Fix a year of a plan: values, targets, weights, bands, decisions, degrees and means, with
    their hash; lock its results; record `year.closed` with the hash.

    Refuses a year that is not over or is closed already; one whose targets, rows or weights are
    not those adopted last (code `unadopted`); one of whose figures planning still has to validate
    or return some (code `pending`); and (code `unresolved`) a result that should be there and is
    not: each has a value, is excluded with a reason approved, or counts zero.
    """
    plan, at = _locked(plan, year), at or timezone.now()
    refuse_others(YearAct.CLOSE, plan, by=by)
    if year in closed_years(plan):
        raise ValidationError(
            _("The year %(year)s is closed already.") % {"year": year}, code="closed_year"
        )
    if clock.today() <= datetime.date(year, 12, 31):
        raise ValidationError(
            _("The year %(year)s is not over: it is closed from 1 January on.") % {"year": year},
            code="early",
        )
    _refuse_unadopted(plan, year)
    _refuse_pending(pending_figures(plan, year, user=by))
    data = year_data(plan, year)
    _refuse_unresolved(plan, year, YearReport(data))
    snapshot = canonical(data)
    closing = YearClosing(
        plan=plan,
        year=year,
        number=YearClosing.objects.of_year(plan, year).count() + 1,
        closed_at=at,
        closed_by_label=str(by),
        formula_version=FORMULA_VERSION,
        snapshot=snapshot,
        snapshot_sha256=sha256(snapshot.encode()),
        indicator_ids=sorted(int(token) for token in data["results"]),
    )
    closing.full_clean()
    closing.save(force_insert=True)
    after = {
        "year": year,
        "number": closing.number,
        "snapshot_sha256": closing.snapshot_sha256,
    }
    audit.record("year.closed", target=plan, by=by, at=at, after=after)
    return closing


@transaction.atomic
def reopen_year(
    plan: Plan, year: int, *, reason: str, by: User, at: datetime.datetime | None = None
) -> YearReopening:
    """Let the results of a closed year be entered again, for a reason; record `year.reopened`.

    The closing stays as it was: the year is closed again by a new one. Refuses an empty reason and
    a year that is not closed.
    """
    plan, at = _locked(plan, year), at or timezone.now()
    refuse_others(YearAct.REOPEN, plan, by=by)
    reason = required(reason, _("Say why the year is opened again."))
    closing = standing_closing(plan, year)
    if closing is None:
        raise ValidationError(_("The year %(year)s is not closed.") % {"year": year}, code="open")
    reopening = YearReopening(
        closing=closing, reason=reason, reopened_at=at, reopened_by_label=str(by)
    )
    reopening.full_clean()
    reopening.save(force_insert=True)
    after = {"year": year, "number": closing.number}
    audit.record("year.reopened", target=plan, by=by, at=at, after=after, note=reason[:NOTE_LENGTH])
    return reopening


def _locked(plan: Plan, year: int) -> Plan:
    """The plan, locked with every other one that holds the year: no result of it is written
    before the transaction ends (see also: strategy.operations.closed_years)."""
    holding = Plan.objects.filter(first_year__range=(year - 2, year + 1)).order_by("pk")
    locked = {one.pk: one for one in holding.select_for_update()}
    found = locked.get(plan.pk)
    if found is None or year not in reported_years(found):
        raise ValidationError(_("The plan gives no account of this year."), code="year")
    return found


def _refuse_unadopted(plan: Plan, year: int) -> None:
    """A year is measured against what was adopted, as its published figures are."""
    try:
        words = unadopted_words(plan, year)
    except DamagedEditionError as error:
        raise ValidationError(str(error), code="damaged") from error
    if words:
        raise ValidationError(words, code="unadopted")


def _refuse_pending(pending: Sequence[PendingFigure]) -> None:
    """What was sent for the year is its result or was returned: once the year is closed nobody can
    validate it any more."""
    if not pending:
        return
    words = ngettext(
        "Not closed: %(count)s figure waits to be validated or returned by planning. %(names)s",
        "Not closed: %(count)s figures wait to be validated or returned by planning. %(names)s",
        len(pending),
    )
    names = "; ".join(one.name for one in pending[:SHOWN_NAMES])
    raise ValidationError(words % {"count": len(pending), "names": names}, code="pending")


def _refuse_unresolved(plan: Plan, year: int, report: YearReport) -> None:
    unresolved = report.unresolved
    if not unresolved:
        return
    waiting = Resolution.objects.of_year(plan, year).to_approve().count()
    words = ngettext(
        "Not closed: %(count)s indicator has no result and no decision. %(names)s",
        "Not closed: %(count)s indicators have no result and no decision. %(names)s",
        len(unresolved),
    )
    names = "; ".join(line.name for line in unresolved[:SHOWN_NAMES])
    said = words % {"count": len(unresolved), "names": names}
    if waiting:
        said += " " + _("Exclusions still to be approved: %(count)s.") % {"count": waiting}
    raise ValidationError(said, code="unresolved")
