"""The story of the demonstration: who was heard on REV. 0, and the update being prepared."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from camera_perf.loading import noon
from organization import audit
from organization.loading import found, read_settings
from organization.models import User
from strategy.cell_changes import CellChange, CellKey
from strategy.enums import PlanState
from strategy.models import Action, Consultation, Dashboard, DashboardRow, Plan
from strategy.operations import open_update
from strategy.operations.cells import save_cells
from strategy.operations.document import write_section
from strategy.operations.editing import locked_for_edit
from strategy.operations.history import sign

Told = dict[str, Any]


@transaction.atomic
def tell_first_consultation(directory: Path) -> int:
    """Who was heard on the loaded plan before it was proposed; how many opinions. Told once."""
    told, plan, planner = _read(directory)
    heard = told["heard"]
    if plan.consultations.exists():
        return 0
    opened, proposed = noon(heard["opened_on"]), noon(heard["proposed_on"])
    after = {"revision": plan.revision}
    audit.record("plan.consultation_opened", target=plan, by=planner, at=opened, after=after)
    for opinion in heard["opinions"]:
        _tell_opinion(plan, opinion, by=planner)
    audit.record("plan.proposed", target=plan, by=planner, at=proposed, after=after)
    return len(heard["opinions"])


def _tell_opinion(plan: Plan, opinion: Told, *, by: User) -> None:
    """An opinion of before the load: the plan is loaded as proposed, when opinions are recorded no
    more."""
    at = noon(opinion["held_on"])
    heard = Consultation(
        plan=plan,
        revision=plan.revision,
        recorded_at=at,
        recorded_by_label=str(by),
        **opinion,
    )
    heard.full_clean()
    sign(heard, by=by, at=at)
    heard.save(force_insert=True)
    after = {
        "revision": heard.revision,
        "body": str(heard.get_body_display()),
        "held_on": heard.held_on.isoformat(),
        "outcome": str(heard.get_outcome_display()),
    }
    audit.record("plan.opinion_recorded", target=plan, by=by, at=at, after=after, note=heard.note)


@transaction.atomic
def open_demo_update(directory: Path) -> Plan | None:
    """The update in progress: opened with its reason, with the first changes in it. Done once."""
    told, plan, planner = _read(directory)
    if plan.state != PlanState.PUBLISHED or plan.revision:
        return None
    update = told["update"]
    plan = open_update(plan, reason=update["reason"], by=planner, at=noon(update["opened_on"]))
    dashboards = {one.slug: one for one in plan.dashboards.select_related("plan", "unit")}
    for saved in update["cells"]:
        _save(found(dashboards, saved["dashboard"], place=directory), saved, by=planner)
    for row in update["rows"]:
        _add_row(found(dashboards, row["dashboard"], place=directory), row, by=planner)
    for text in update["texts"]:
        _write(plan, text, by=planner)
    return plan


def _save(dashboard: Dashboard, saved: Told, *, by: User) -> None:
    """Targets of one dashboard, changed in one save."""
    names = {target["indicator"] for target in saved["targets"]}
    rows = dashboard.rows.filter(indicator__name__in=names).select_related("indicator")
    indicators = {row.indicator.name: row.indicator for row in rows}
    changes = []
    for target in saved["targets"]:
        indicator = found(indicators, target["indicator"], place=dashboard)
        held = indicator.targets.get(cycle=dashboard.plan.first_year, year=target["year"])
        changes.append(
            CellChange(
                key=CellKey(is_actual=False, indicator_id=indicator.pk, year=target["year"]),
                text=target["text"],
                was=held.printed,
                reason=target.get("reason", ""),
            )
        )
    save_cells(dashboard, changes=changes, by=by, at=noon(saved["saved_on"]))


def _add_row(dashboard: Dashboard, row: Told, *, by: User) -> None:
    """An indicator of the strategic dashboard, taken onto the dashboard of a service."""
    at: datetime.datetime = noon(row["added_on"])
    plan = locked_for_edit(dashboard.plan, by=by)
    strategic = DashboardRow.objects.get(
        dashboard__plan=plan, dashboard__slug="strategico", indicator__name=row["indicator"]
    )
    action = Action.objects.get(objective__perspective__plan=plan, name=row["action"])
    last = dashboard.rows.order_by("-position").values_list("position", flat=True).first() or 0
    added = DashboardRow(
        dashboard=dashboard, action=action, indicator=strategic.indicator, position=last + 1
    )
    added.full_clean()
    sign(added, by=by, at=at)
    added.save(force_insert=True)
    audit.record("row.added", target=added, by=by, at=at, after={"dashboard": dashboard.heading})


def _write(plan: Plan, text: Told, *, by: User) -> None:
    """One sentence of a section, written anew."""
    section = plan.sections.get(slug=text["section"])
    body = section.body.replace(text["old"], text["new"])
    write_section(section, body=body, version=section.version, by=by, at=noon(text["written_on"]))


def _read(directory: Path) -> tuple[Told, Plan, User]:
    """The story, its plan as it is now, and who tells it."""
    told = read_settings(directory / "update.toml")
    first_year = read_settings(directory / "plan.toml")["first_year"]
    plan = Plan.objects.select_for_update().get(first_year=first_year)
    return told, plan, User.objects.get(username=told["planner"])
