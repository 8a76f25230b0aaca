"""The door of the projects: the lock, the right, the version, and how an activity is saved."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from rules import has_perm

from indicators.values import FIGURES, NotationError, Value, read
from organization.models import User
from strategy.models import Plan, ProjectActivity, ProjectSheet
from strategy.operations.history import sign
from strategy.project_progress import fault_of_result, fault_of_target
from strategy.rules import is_planner, records_results, schedules_activities

FAR = 10  # years before and after the plan
# Who may do it at all, whatever the state of the plan: they are told of the state, others are not.
ACTORS = {
    "strategy.change_project": is_planner,
    "strategy.schedule_activity": schedules_activities,
    "strategy.record_activity_result": records_results,
}


def locked_project(
    sheet: ProjectSheet,
    permission: str,
    *,
    asked: ProjectActivity | None = None,
    by: User | None,
) -> ProjectSheet:
    """The sheet as it is now, its plan locked until the transaction ends.

    Refuses whoever may not do this with the sheet, or with the activity asked about
    (PermissionDenied), and a plan whose state does not allow it (ValidationError, code `state`).
    `by` is None for a load.
    """
    plan = Plan.objects.select_for_update().get(pk=sheet.plan_id)
    found = ProjectSheet.objects.with_facts().get(pk=sheet.pk)
    found.plan = plan
    if by is None:
        return found
    thing: Any = found if asked is None else the_activity(found, asked)
    if not ACTORS[permission].test(by, thing):
        raise PermissionDenied(_("You have no right to do this."))
    if not has_perm(permission, by, thing):
        raise ValidationError(
            _("The plan is %(state)s: this is not done now.")
            % {"state": str(plan.get_state_display()).lower()},
            code="state",
        )
    return found


def the_activity(sheet: ProjectSheet, activity: ProjectActivity) -> ProjectActivity:
    """The activity as it is now; refuses one that is not there any more (code `gone`)."""
    found = sheet.activities.select_related("responsible").filter(pk=activity.pk).first()
    if found is None:
        raise ValidationError(
            _("This activity has been removed by somebody else meanwhile."), code="gone"
        )
    found.sheet = sheet
    return found


def refuse_stale(held: ProjectSheet | ProjectActivity, version: int) -> None:
    """Refuse who has not seen the last change, naming who made it and when."""
    if held.version == version:
        return
    made = held.history.filter(version=held.version).select_related("history_user__person")
    record = made.order_by("history_id").first()
    moment = timezone.localtime(record.history_date)
    words = _("%(who)s changed it on %(day)s at %(hour)s, while you were writing.")
    raise ValidationError(
        words
        % {
            "who": record.history_user or record.history_change_reason or _("the system"),
            "day": f"{moment.day}.{moment.month}.{moment.year}",
            "hour": f"{moment.hour}.{moment:%M}",
        },
        code="stale",
    )


def save_sheet(sheet: ProjectSheet, *, by: User | None, at: datetime.datetime) -> None:
    """Check and save the facts of a sheet as a new version."""
    sheet.version += 1
    sheet.full_clean()
    sign(sheet, by=by, at=at)
    sheet.save()


def save_activity(activity: ProjectActivity, *, by: User | None, at: datetime.datetime) -> None:
    """Check and save an activity as a new version; its target must be one that can be measured, in
    the form of the result that stands."""
    if activity.pk:
        activity.version += 1
    _refuse_target(activity)
    if activity.ends_on < activity.starts_on:
        raise ValidationError({"ends_on": _("An activity ends on or after the day it starts.")})
    _refuse_far(activity)
    others = activity.sheet.activities.exclude(pk=activity.pk)
    if others.filter(name=activity.name).exists():
        raise ValidationError({"name": _("This project already has an activity of this name.")})
    activity.full_clean()
    sign(activity, by=by, at=at)
    activity.save()


def _refuse_far(activity: ProjectActivity) -> None:
    """A year mistyped would draw a century: days lie within ten years of the plan."""
    plan = activity.sheet.plan
    years = range(plan.first_year - FAR, plan.last_year + FAR + 1)
    days = {"starts_on": activity.starts_on, "ends_on": activity.ends_on}
    target = read(activity.printed).day
    for field, day in {**days, "printed": target or activity.ends_on}.items():
        if day.year not in years:
            words = _("%(year)s is far from the plan %(plan)s.")
            raise ValidationError({field: words % {"year": day.year, "plan": plan.label}})


def _refuse_target(activity: ProjectActivity) -> None:
    target = read_or_refuse(activity.printed)
    if fault := fault_of_target(target):
        raise ValidationError({"printed": str(fault.label)})
    result = activity.results.last() if activity.pk else None
    if result is None or not result.is_stated:
        return
    # A day still to come was refused when it was recorded.
    if fault_of_result(target, read(result.printed), today=datetime.date.max):
        raise ValidationError(
            {
                "printed": _("The result recorded, “%(result)s”, does not speak to this target.")
                % {"result": result.printed}
            }
        )


def read_or_refuse(printed: str) -> Value:
    """The value that a text states; refuses one that is not in the notation of the plan."""
    try:
        return read(printed)
    except NotationError as error:
        raise ValidationError({"printed": error.said(FIGURES)}) from error


def activity_facts(activity: ProjectActivity, *names: str) -> dict[str, Any]:
    """The facts of an activity as the trace keeps them, or some of them."""
    facts = {
        "name": activity.name,
        "responsible": str(activity.responsible or ""),
        "starts_on": activity.starts_on.isoformat(),
        "ends_on": activity.ends_on.isoformat(),
        "target": activity.printed,
        "weight": format(activity.weight.normalize(), "f"),
    }
    return {name: facts[name] for name in names or facts}
