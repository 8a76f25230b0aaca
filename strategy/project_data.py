"""What the sheets of the projects say, as plain data: the annex `projects` of a snapshot.

A sheet without activities and without facts says nothing and is left out; without any sheet that
says something there is no annex, so that such a plan has the data it had before there were sheets.
Names of people are never published: units stand in their place.
"""

from __future__ import annotations

from typing import Any

from indicators.models import as_typed
from organization.models import Person
from strategy.models import Plan, ProjectActivity, ProjectSheet

Data = dict[str, Any]


def projects_data(plan: Plan) -> Data | None:
    """`sheets` [indicator (its identifier), name, office (unit of who answers), purpose, notes,
    `activities` [id, name, office, starts_on, ends_on, weight, `target` as printed and as typed,
    `result` the same, with measured_on and note; null without]]; in three statements."""
    sheets = ProjectSheet.objects.filter(plan=plan).with_facts().with_activities().in_order()
    said = [_sheet(sheet) for sheet in sheets if _says_something(sheet)]
    return {"sheets": said} if said else None


def _says_something(sheet: ProjectSheet) -> bool:
    facts = (sheet.responsible_id, sheet.purpose, sheet.notes)
    return any(facts) or bool(sheet.activities.all())


def _sheet(sheet: ProjectSheet) -> Data:
    return {
        "indicator": str(sheet.indicator_id),
        "name": sheet.indicator.name,
        "office": _office(sheet.responsible),
        "purpose": sheet.purpose,
        "notes": sheet.notes,
        "activities": [_activity(activity) for activity in sheet.activities.all()],
    }


def _activity(activity: ProjectActivity) -> Data:
    results = list(activity.results.all())
    last = results[-1] if results and results[-1].is_stated else None
    return {
        "id": activity.pk,
        "name": activity.name,
        "office": _office(activity.responsible),
        "starts_on": activity.starts_on.isoformat(),
        "ends_on": activity.ends_on.isoformat(),
        "weight": format(activity.weight.normalize(), "f"),
        "target": as_typed(activity),
        "result": None
        if last is None
        else as_typed(last) | {"measured_on": last.measured_on.isoformat(), "note": last.note},
    }


def _office(person: Person | None) -> str:
    return person.unit.name if person and person.unit else ""
