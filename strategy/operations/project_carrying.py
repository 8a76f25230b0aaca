"""The sheets of the projects pass into the plan of the next triennium, with the activities that go
on: those that end in a year of the new plan, and the result that stands of each."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext_lazy as _
from simple_history.utils import bulk_create_with_history

from indicators.values import TYPED
from organization.models import User
from strategy.carriers import carrier
from strategy.models import ActivityResult, Plan, ProjectActivity, ProjectSheet
from strategy.operations.projects import make_missing_sheets

KEPT = ("printed", *TYPED)
RESULT = (*KEPT, "measured_on", "note", "recorded_at", "recorded_by_id", "recorded_by_label")
ACTIVITY = (*KEPT, "name", "responsible_id", "starts_on", "ends_on", "weight")


def sheet_count(plan: Plan) -> int:
    """How many sheets a plan has."""
    return ProjectSheet.objects.filter(plan=plan).count()


@carrier("project_sheets", label=_("Project sheets"), count=sheet_count)
def carry_project_sheets(old: Plan, new: Plan, *, by: User | None, at: datetime.datetime) -> None:
    """A sheet for every project of the new plan, with the facts it had and its open activities."""
    before = {
        sheet.indicator_id: sheet
        for sheet in ProjectSheet.objects.filter(plan=old).with_facts().with_activities()
    }
    sheets = make_missing_sheets(new, like=before, by=by, at=at)
    going_on = [
        (activity, sheet)
        for sheet in sheets
        if (held := before.get(sheet.indicator_id)) is not None
        for activity in held.activities.all()
        if activity.ends_on.year >= new.first_year
    ]
    copies = [
        ProjectActivity(
            sheet=sheet, position=activity.position, **{n: getattr(activity, n) for n in ACTIVITY}
        )
        for activity, sheet in going_on
    ]
    created = bulk_create_with_history(copies, ProjectActivity, default_user=by, default_date=at)
    standing = [
        (copy, results[-1])
        for copy, (activity, _sheet) in zip(created, going_on, strict=True)
        if (results := list(activity.results.all())) and results[-1].is_stated
    ]
    ActivityResult.objects.bulk_create(
        ActivityResult(activity=copy, **{name: getattr(result, name) for name in RESULT})
        for copy, result in standing
    )
