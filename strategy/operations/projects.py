"""What happens to the sheets of the projects: opened, changed; their activities added, changed,
moved, removed, rescheduled."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from indicators.models import Indicator
from organization import audit
from organization.days import written
from organization.models import Person, User
from strategy.models import Plan, ProjectActivity, ProjectSheet
from strategy.operations.editing import locked_for_edit
from strategy.operations.history import sign
from strategy.operations.project_doors import (
    activity_facts,
    locked_project,
    refuse_stale,
    save_activity,
    save_sheet,
    the_activity,
)

MOST_ACTIVITIES = 100
NOTE_LENGTH = 2000


@transaction.atomic
def open_project_sheets(
    plan: Plan,
    *,
    project: Indicator | None = None,
    by: User | None,
    at: datetime.datetime | None = None,
) -> list[ProjectSheet]:
    """Open the sheet, still empty, of every project that the plan names and that has none.

    An indicator given becomes a project first: it must stand on a dashboard of the plan. Records
    `project.opened` once for all of them.
    """
    at = at or timezone.now()
    plan = locked_for_edit(plan, by=by)
    if project is not None:
        _become_project(plan, project, by=by, at=at)
    return open_missing_sheets(plan, by=by, at=at)


def open_missing_sheets(
    plan: Plan, *, by: User | None, at: datetime.datetime
) -> list[ProjectSheet]:
    """The same as part of another act, whose lock and right are checked by it."""
    sheets = make_missing_sheets(plan, like={}, by=by, at=at)
    if sheets:
        names = "\n".join(str(sheet) for sheet in sheets)
        after = {"sheets": len(sheets)}
        audit.record(
            "project.opened", target=plan, by=by, at=at, after=after, note=names[:NOTE_LENGTH]
        )
    return sheets


def make_missing_sheets(
    plan: Plan, *, like: Mapping[int, ProjectSheet], by: User | None, at: datetime.datetime
) -> list[ProjectSheet]:
    """The sheets that are missing, made without a trace; `like` are sheets, by indicator, whose
    responsible and purpose the new ones take."""
    projects = Indicator.objects.filter(is_project=True, rows__dashboard__plan=plan)
    missing = projects.exclude(project_sheets__plan=plan).distinct().order_by("pk")
    opened = [ProjectSheet(plan=plan, indicator=project) for project in missing]
    for sheet in opened:
        if held := like.get(sheet.indicator_id):
            sheet.responsible, sheet.purpose = held.responsible, held.purpose
    sheets: list[ProjectSheet] = bulk_create_with_history(
        opened, ProjectSheet, default_user=by, default_date=at
    )
    return sheets


def _become_project(
    plan: Plan, indicator: Indicator, *, by: User | None, at: datetime.datetime
) -> None:
    found = Indicator.objects.select_for_update().get(pk=indicator.pk)
    if not found.rows.filter(dashboard__plan=plan).exists():
        raise ValidationError(_("This indicator stands on no dashboard of the plan."))
    if not found.is_project:
        found.is_project = True
        sign(found, by=by, at=at)
        found.save(update_fields=["is_project"])


@transaction.atomic
def change_sheet(
    sheet: ProjectSheet,
    *,
    responsible: Person | None,
    purpose: str,
    notes: str,
    version: int,
    by: User | None,
    at: datetime.datetime | None = None,
) -> ProjectSheet:
    """Say who answers for a project, what it is for, what is to be known; records
    `project.changed`. Refuses facts that somebody else changed meanwhile (code `stale`)."""
    at = at or timezone.now()
    sheet = locked_project(sheet, "strategy.change_project", by=by)
    refuse_stale(sheet, version)
    before = _sheet_facts(sheet)
    sheet.responsible, sheet.purpose, sheet.notes = responsible, purpose.strip(), notes.strip()
    if _sheet_facts(sheet) != before:
        save_sheet(sheet, by=by, at=at)
        audit.record(
            "project.changed", target=sheet, by=by, at=at, before=before, after=_sheet_facts(sheet)
        )
    return sheet


@transaction.atomic
def add_activity(
    sheet: ProjectSheet,
    *,
    name: str,
    starts_on: datetime.date,
    ends_on: datetime.date,
    printed: str,
    weight: Decimal = Decimal(1),
    responsible: Person | None = None,
    by: User | None,
    at: datetime.datetime | None = None,
) -> ProjectActivity:
    """Add an activity after those that are there; records `activity.added`.

    Refuses a target that cannot be measured, an end before the start, a weight that is not above
    zero, a second activity of the same name.
    """
    at = at or timezone.now()
    sheet = locked_project(sheet, "strategy.change_project", by=by)
    activities = list(sheet.activities.order_by("position", "pk"))
    if len(activities) >= MOST_ACTIVITIES:
        most = _("A sheet holds at most %(most)s activities.") % {"most": MOST_ACTIVITIES}
        raise ValidationError(most)
    activity = ProjectActivity(sheet=sheet, position=1 + _last(activities))
    _describe(activity, name, printed, starts_on, ends_on, weight, responsible)
    save_activity(activity, by=by, at=at)
    after = activity_facts(activity)
    audit.record("activity.added", target=sheet, by=by, at=at, after=after, note=activity.name)
    return activity


@transaction.atomic
def change_activity(
    activity: ProjectActivity,
    *,
    name: str,
    starts_on: datetime.date,
    ends_on: datetime.date,
    printed: str,
    weight: Decimal,
    responsible: Person | None,
    version: int,
    by: User | None,
    at: datetime.datetime | None = None,
) -> ProjectActivity:
    """Give an activity another name, target, dates, weight, responsible; records
    `activity.changed`. Refuses what `add_activity` refuses, a target in another form than the
    result that stands, and what somebody else changed meanwhile (code `stale`)."""
    at = at or timezone.now()
    sheet = locked_project(activity.sheet, "strategy.change_project", by=by)
    activity = the_activity(sheet, activity)
    refuse_stale(activity, version)
    before = activity_facts(activity)
    _describe(activity, name, printed, starts_on, ends_on, weight, responsible)
    if activity_facts(activity) != before:
        save_activity(activity, by=by, at=at)
        after = activity_facts(activity)
        audit.record(
            "activity.changed",
            target=sheet,
            by=by,
            at=at,
            before=before,
            after=after,
            note=activity.name,
        )
    return activity


@transaction.atomic
def reschedule_activity(
    activity: ProjectActivity,
    *,
    starts_on: datetime.date,
    ends_on: datetime.date,
    reason: str,
    version: int,
    by: User | None,
    at: datetime.datetime | None = None,
) -> ProjectActivity:
    """Move an activity in time, with the reason; records `activity.rescheduled`.

    Who answers for the project does it too, at any time while the plan runs; the target stays.
    """
    at = at or timezone.now()
    sheet = locked_project(activity.sheet, "strategy.schedule_activity", by=by)
    activity = the_activity(sheet, activity)
    refuse_stale(activity, version)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the dates change.")})
    before = activity_facts(activity, "starts_on", "ends_on")
    activity.starts_on, activity.ends_on = starts_on, ends_on
    after = activity_facts(activity, "starts_on", "ends_on")
    if after != before:
        save_activity(activity, by=by, at=at)
        audit.record(
            "activity.rescheduled",
            target=sheet,
            by=by,
            at=at,
            before=before,
            after=after,
            note=f"{activity.name}\n{reason.strip()}",
        )
    return activity


@transaction.atomic
def move_activity(
    activity: ProjectActivity,
    *,
    direction: Literal["up", "down"],
    by: User | None,
    at: datetime.datetime | None = None,
) -> ProjectActivity:
    """Move an activity before or after its neighbour; records `activity.moved`. At the end of the
    list nothing changes."""
    at = at or timezone.now()
    sheet = locked_project(activity.sheet, "strategy.change_project", by=by)
    activities = list(sheet.activities.order_by("position", "pk"))
    activity = the_activity(sheet, activity)
    index = activities.index(activity)
    target = index + (1 if direction == "down" else -1)
    if not 0 <= target < len(activities):
        return activity
    activities.insert(target, activities.pop(index))
    _number(activities, by=by, at=at)
    audit.record(
        "activity.moved",
        target=sheet,
        by=by,
        at=at,
        before={"position": index + 1},
        after={"position": target + 1},
        note=activity.name,
    )
    return activities[target]


@transaction.atomic
def remove_activity(
    activity: ProjectActivity, *, by: User | None, at: datetime.datetime | None = None
) -> None:
    """Take an activity and its results off the sheet; records `activity.removed` with all of
    them."""
    at = at or timezone.now()
    sheet = locked_project(activity.sheet, "strategy.change_project", by=by)
    activity = the_activity(sheet, activity)
    results = [
        f"{result.printed or '-'} ({written(result.measured_on)}, {result.recorded_by_label})"
        for result in activity.results.all()
    ]
    before = activity_facts(activity) | {"results": "; ".join(results)}
    sign(activity, by=by, at=at)
    activity.delete()
    audit.record(
        "activity.removed",
        target=sheet,
        by=by,
        at=at,
        before=before,
        after=dict.fromkeys(before, ""),
        note=activity.name,
    )


def _describe(
    activity: ProjectActivity,
    name: str,
    printed: str,
    starts_on: datetime.date,
    ends_on: datetime.date,
    weight: Decimal,
    responsible: Person | None,
) -> None:
    activity.name, activity.printed = " ".join(name.split()), printed.strip()
    activity.starts_on, activity.ends_on = starts_on, ends_on
    activity.weight, activity.responsible = weight, responsible


def _last(activities: list[ProjectActivity]) -> int:
    return max((activity.position for activity in activities), default=0)


def _number(activities: list[ProjectActivity], *, by: User | None, at: datetime.datetime) -> None:
    """Positions from 1, in the given order; those that are right already are left alone."""
    changed = []
    for position, activity in enumerate(activities, start=1):
        if activity.position != position:
            activity.position = position
            changed.append(activity)
    bulk_update_with_history(
        changed, ProjectActivity, ["position"], default_user=by, default_date=at
    )


def _sheet_facts(sheet: ProjectSheet) -> dict[str, Any]:
    """The facts of a sheet as the trace keeps them."""
    return {
        "responsible": str(sheet.responsible or ""),
        "purpose": sheet.purpose,
        "notes": sheet.notes,
    }
