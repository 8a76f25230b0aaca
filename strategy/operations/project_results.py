"""What comes out of the activities of a project, and what its indicator receives from them."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from indicators.enums import Availability
from indicators.models import Actual
from indicators.values import read
from organization import audit, clock
from organization.models import User
from strategy.models import ActivityResult, ProjectActivity, ProjectSheet
from strategy.operations.closed_years import refuse_closed
from strategy.operations.history import sign
from strategy.operations.project_doors import (
    locked_project,
    read_or_refuse,
    refuse_stale,
    save_activity,
    the_activity,
)
from strategy.project_progress import fault_of_result
from strategy.reports.projects import calculation, loaded_sheet, proposed_result

NOTE_LENGTH = 4000


@transaction.atomic
def record_activity_result(
    activity: ProjectActivity,
    *,
    printed: str,
    measured_on: datetime.date,
    note: str = "",
    version: int,
    by: User | None,
    at: datetime.datetime | None = None,
) -> ActivityResult:
    """Record what came out of an activity at a date, in the notation of the plan, as a new row.

    Planning does it, who answers for the project or leads the unit that supplies its figure, and
    who answers for the activity. An empty text takes the last result back. Refuses a text that is
    not in the notation, a result in another form than the target, a day still to come, and what
    somebody else recorded meanwhile (code `stale`). Records `activity.result_recorded`.
    """
    today, at = clock.today(at), at or timezone.now()
    permission = "strategy.record_activity_result"
    sheet = locked_project(activity.sheet, permission, asked=activity, by=by)
    activity = the_activity(sheet, activity)
    refuse_stale(activity, version)
    _refuse_result(activity, printed, today=today)
    if measured_on > today:
        raise ValidationError({"measured_on": _("This day has yet to come.")})
    last = activity.results.last()
    result = ActivityResult(
        activity=activity,
        measured_on=measured_on,
        note=note.strip(),
        recorded_at=at,
        recorded_by_label=str(by) if by else "",
    )
    result.printed = printed.strip()
    result.full_clean()
    result.save(force_insert=True)
    save_activity(activity, by=by, at=at)
    audit.record(
        "activity.result_recorded",
        target=sheet,
        by=by,
        at=at,
        before={"result": last.printed if last else ""},
        after={"result": result.printed, "measured_on": measured_on.isoformat()},
        note="\n".join(filter(None, (activity.name, result.note[:1000]))),
    )
    return result


def _refuse_result(activity: ProjectActivity, printed: str, *, today: datetime.date) -> None:
    result = read_or_refuse(printed.strip())
    if result.availability == Availability.NOT_FILLED:
        return
    fault = fault_of_result(read(activity.printed), result, today=today)
    if fault is not None:
        words = str(fault.label) % {"target": activity.printed}
        raise ValidationError({"printed": words})


@transaction.atomic
def record_project_result(
    sheet: ProjectSheet,
    *,
    seen: str,
    by: User | None,
    at: datetime.datetime | None = None,
) -> Actual:
    """Write what the activities say as the result of the project's indicator, in the first year of
    the plan, with the calculation in its note; records `project.result_recorded`.

    `seen` is the value that the person was shown: refuses another one (code `stale`), activities
    that say nothing yet, a closed year (code `closed_year`), and a result that stands already (code
    `same`). A result of the same day is corrected by a new row that supersedes it.
    """
    today, at = clock.today(at), at or timezone.now()
    locked = locked_project(sheet, "strategy.record_project_result", by=by)
    plan = locked.plan
    sheet = loaded_sheet(plan, locked.pk)
    printed = proposed_result(sheet)
    if not printed:
        raise ValidationError(_("The activities do not say a result yet."), code="empty")
    if printed != seen:
        words = _("The activities have changed meanwhile: they now say %(printed)s.")
        raise ValidationError(words % {"printed": printed}, code="stale")
    year = plan.first_year
    if today.year < year:
        raise ValidationError(_("The year %(year)s has yet to begin.") % {"year": year})
    refuse_closed([(sheet.indicator_id, year)])
    measured_on = min(datetime.date(year, 12, 31), today)
    current = Actual.objects.current().filter(indicator=sheet.indicator_id, year=year)
    last = current.select_for_update().order_by("measured_on").last()
    if last is not None and last.printed == printed:
        raise ValidationError(_("The indicator has this result already."), code="same")
    with override("it"):
        note = calculation(sheet)[:NOTE_LENGTH]
    result = Actual(indicator_id=sheet.indicator_id, year=year, measured_on=measured_on, note=note)
    if last is not None and last.measured_on >= measured_on:
        result.measured_on, result.supersedes = last.measured_on, last
        last.is_current = False
        sign(last, by=by, at=at)
        last.save(update_fields=["is_current"])
    result.take(read(printed))
    result.full_clean()
    sign(result, by=by, at=at)
    result.save(force_insert=True)
    audit.record(
        "project.result_recorded",
        target=sheet,
        by=by,
        at=at,
        before={"result": last.printed if last else ""},
        after={"result": printed, "year": year, "measured_on": result.measured_on.isoformat()},
        note=note[:2000],
    )
    return result
