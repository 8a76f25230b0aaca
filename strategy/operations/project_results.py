"""What comes out of the activities of a project."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.enums import Availability
from indicators.values import read
from organization import audit, clock
from organization.models import User
from strategy.models import ActivityResult, ProjectActivity
from strategy.operations.project_doors import (
    locked_project,
    read_or_refuse,
    refuse_stale,
    save_activity,
    the_activity,
)
from strategy.project_progress import fault_of_result


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
        recorded_by=by,
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
