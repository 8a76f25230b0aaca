"""What happens to the calendar of the monitoring: periods set, moved, locked, reopened."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization import audit, clock
from organization.days import written
from organization.models import User
from strategy.models import MonitoringPeriod, Plan
from strategy.operations.history import sign
from strategy.operations.moves import required
from strategy.reports.closing import closed_words
from strategy.rules import is_planner, plan_is_monitored

# The ends of a year's periods, month and day, and the days left afterwards to enter the figures.
DEFAULT_ENDS = ((6, 30), (9, 30), (12, 31))
DAYS_TO_ENTER = datetime.timedelta(days=15)
# Further away from its figures a day of a period is a slip of the keyboard.
A_YEAR = datetime.timedelta(days=366)


def add_default_periods(
    plan: Plan, *, by: User | None, at: datetime.datetime
) -> list[MonitoringPeriod]:
    """Give each year of a plan its periods; part of its publication, which records the act.

    A year that has periods keeps them. Those of an older plan in which nothing was entered give
    way: from its first year on, the newer plan is the one that is measured.
    """
    older = MonitoringPeriod.objects.filter(
        plan__first_year__lt=plan.first_year, ends_on__year__gte=plan.first_year, recordings=None
    )
    _delete(older, by=by, at=at)
    taken = dict(MonitoringPeriod.objects.values_list("ends_on", "plan"))
    own = {day.year for day, plan_id in taken.items() if plan_id == plan.pk}
    years = [year for year in plan.years if year not in own]
    days = [datetime.date(year, *end) for year in years for end in DEFAULT_ENDS]
    ends = [day for day in days if day not in taken]
    made = [
        MonitoringPeriod(plan=plan, ends_on=end, opens_on=end, closes_on=end + DAYS_TO_ENTER)
        for end in ends
    ]
    for period in made:
        _save(period, by=by, at=at)
    return made


@transaction.atomic
def add_period(
    plan: Plan,
    *,
    ends_on: datetime.date,
    opens_on: datetime.date,
    closes_on: datetime.date,
    by: User,
    at: datetime.datetime | None = None,
) -> MonitoringPeriod:
    """Add a period to a plan, and record `period.added`.

    Refuses a day outside the plan's years and one that already has its period.
    """
    plan, at = _locked_plan(plan, by=by), at or timezone.now()
    period = MonitoringPeriod(plan=plan, ends_on=ends_on, opens_on=opens_on, closes_on=closes_on)
    _refuse_other_years(period)
    _refuse_far_days(period)
    _save(period, by=by, at=at)
    audit.record("period.added", target=period, by=by, at=at, after=_as_text(period))
    return period


@transaction.atomic
def change_period(
    period: MonitoringPeriod,
    *,
    ends_on: datetime.date,
    opens_on: datetime.date,
    closes_on: datetime.date,
    by: User,
    at: datetime.datetime | None = None,
) -> MonitoringPeriod:
    """Move the days of a period, and record `period.changed`.

    A last day in the past is not moved back into the future here: that is a reopening, with its
    reason.
    """
    [period], at = _locked([period], by=by), at or timezone.now()
    before, today = _as_text(period), clock.today()
    if closes_on > period.closes_on and period.closes_on < today:
        raise ValidationError(
            {"closes_on": _("The period is over: reopen it, saying why.")}, code="over"
        )
    if ends_on != period.ends_on and period.recordings.exists():
        raise ValidationError(
            {"ends_on": _("Figures at this day were entered: it is not moved any more.")}
        )
    period.ends_on, period.opens_on, period.closes_on = ends_on, opens_on, closes_on
    _refuse_other_years(period)
    _refuse_far_days(period)
    _save(period, by=by, at=at)
    audit.record(
        "period.changed", target=period, by=by, at=at, before=before, after=_as_text(period)
    )
    return period


@transaction.atomic
def remove_period(
    period: MonitoringPeriod, *, by: User, at: datetime.datetime | None = None
) -> None:
    """Take away a period in which nothing was entered, and record `period.removed`."""
    [period], at = _locked([period], by=by), at or timezone.now()
    if period.recordings.exists():
        raise ValidationError(_("Something was entered in this period: lock it instead."))
    audit.record("period.removed", target=period, by=by, at=at, before=_as_text(period))
    _delete(MonitoringPeriod.objects.filter(pk=period.pk), by=by, at=at)


@transaction.atomic
def open_period(
    period: MonitoringPeriod, *, by: User, at: datetime.datetime | None = None
) -> MonitoringPeriod:
    """Open today a period that was to open later, and record `period.opened`."""
    [period], at = _locked([period], by=by), at or timezone.now()
    today = clock.today()
    if period.is_locked or period.opens_on <= today:
        raise ValidationError(_("Only a period still to come is opened before its day."))
    before = _as_text(period)
    period.opens_on = today
    _refuse_far_days(period)
    _save(period, by=by, at=at)
    audit.record(
        "period.opened", target=period, by=by, at=at, before=before, after=_as_text(period)
    )
    return period


@transaction.atomic
def lock_periods(
    periods: Sequence[MonitoringPeriod], *, by: User, at: datetime.datetime | None = None
) -> list[MonitoringPeriod]:
    """Lock periods, whatever their days: nothing is entered any more; record `period.locked` of
    each. One that is locked already stays as it is."""
    at = at or timezone.now()
    changed = [period for period in _locked(periods, by=by) if not period.is_locked]
    for period in changed:
        period.is_locked = True
        _save(period, by=by, at=at)
        audit.record("period.locked", target=period, by=by, at=at)
    return changed


@transaction.atomic
def reopen_periods(
    periods: Sequence[MonitoringPeriod],
    *,
    reason: str,
    closes_on: datetime.date,
    by: User,
    at: datetime.datetime | None = None,
) -> list[MonitoringPeriod]:
    """Let figures be entered again until a day, for a reason; record `period.reopened` of each.

    Refuses an empty reason, a last day gone by, a period that is not closed, and one of a year
    that is (code `closed_year`).
    """
    locked, at, today = _locked(periods, by=by), at or timezone.now(), clock.today()
    reason = required(reason, _("Say why the period is reopened."))
    if closes_on < today:
        raise ValidationError({"closes_on": _("This day has gone by.")})
    for period in locked:
        if period.is_year_closed:
            raise ValidationError(closed_words(period.year), code="closed_year")
        if period.is_open_on(today) or today < period.opens_on:
            raise ValidationError(
                _("The period of %(day)s is not closed.") % {"day": written(period.ends_on)}
            )
        before = _as_text(period)
        period.is_locked, period.reopening_reason, period.closes_on = False, reason, closes_on
        _refuse_far_days(period)
        _save(period, by=by, at=at)
        audit.record(
            "period.reopened",
            target=period,
            by=by,
            at=at,
            before=before,
            after=_as_text(period),
            note=reason,
        )
    return locked


def _locked_plan(plan: Plan, *, by: User) -> Plan:
    """The plan as it is now, locked; refuses who is not of planning and a plan not measured."""
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    if not is_planner(by):
        raise PermissionDenied(_("You have no right to do this."))
    if not plan_is_monitored(by, locked):
        raise ValidationError(
            _("Only a plan that was adopted and is not closed is measured."), code="state"
        )
    return locked


def _locked(periods: Sequence[MonitoringPeriod], *, by: User) -> list[MonitoringPeriod]:
    """The periods, of one plan, as they are now, locked with it; refuses as above."""
    if not periods:
        raise ValidationError(_("Choose at least one period."))
    plan = _locked_plan(periods[0].plan, by=by)
    wanted = [period.pk for period in periods]
    chosen = MonitoringPeriod.objects.filter(plan=plan, pk__in=wanted).with_closed_years()
    found = list(chosen.select_for_update(of=("self",)))
    if len(found) < len(set(wanted)):
        raise ValidationError(_("A period is not there any more: look at the list again."))
    for period in found:
        period.plan = plan
    return found


def _refuse_other_years(period: MonitoringPeriod) -> None:
    if period.year not in period.plan.years:
        raise ValidationError(
            {"ends_on": _("The plan measures the years %(label)s.") % {"label": period.plan.label}}
        )


def _refuse_far_days(period: MonitoringPeriod) -> None:
    """A period opens in the year of its figures, never before it: no figure is that of a year to
    come. It closes at most a year after them or, when it is late, after today."""
    first = datetime.date(period.year, 1, 1)
    last = max(period.ends_on, clock.today()) + A_YEAR
    if period.opens_on < first:
        words = _("Too early: the figures are entered from %(day)s at the earliest.")
        raise ValidationError({"opens_on": words % {"day": written(first)}})
    if period.closes_on > last:
        words = _("Too late: the figures are entered by %(day)s at the latest.")
        raise ValidationError({"closes_on": words % {"day": written(last)}})


def _save(period: MonitoringPeriod, *, by: User | None, at: datetime.datetime) -> None:
    period.changed_at, period.changed_by_label = at, str(by) if by else ""
    period.full_clean()
    sign(period, by=by, at=at)
    period.save()


def _delete(periods: Iterable[MonitoringPeriod], *, by: User | None, at: datetime.datetime) -> None:
    for period in periods:
        sign(period, by=by, at=at)
        period.delete()


def _as_text(period: MonitoringPeriod) -> dict[str, str]:
    """The period as the trace keeps it."""
    return {
        "figures_at": period.ends_on.isoformat(),
        "opens_on": period.opens_on.isoformat(),
        "closes_on": period.closes_on.isoformat(),
    }
