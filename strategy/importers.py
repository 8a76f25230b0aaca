"""The plan from its files: tree, dashboards, rows. What the document says: document_importers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indicators.models import Indicator
from organization.doubts import Doubt
from organization.loading import LoadError, Record, Stamp, found, read_records, store
from organization.models import Unit
from strategy.doubts import name_doubts
from strategy.enums import DashboardKind, MapKind, PlanState
from strategy.models import (
    Action,
    Dashboard,
    DashboardRow,
    Perspective,
    Plan,
    ProjectSheet,
    StrategicObjective,
)

Branch = tuple[str, str]  # tree and code of the objective; of an area of POLA, its name


@dataclass(frozen=True, kw_only=True)
class RowRecord:
    """One row of a dashboard: the branch it hangs from and the indicator it shows."""

    branch: Branch
    action: str
    indicator: str
    printed_name: str

    @property
    def tree(self) -> str:
        """The tree of the branch."""
        return self.branch[0]


@dataclass(frozen=True, kw_only=True)
class PlanFiles:
    """What the files of the plan say about tree and dashboards, before anything is stored."""

    tree: list[Record]
    dashboards: list[Record]
    rows: dict[str, list[RowRecord]]


def read_plan(directory: Path) -> PlanFiles:
    """Read the files of tree, dashboards and rows."""
    dashboards = read_records(directory / "dashboards.csv")
    return PlanFiles(
        tree=read_records(directory / "map.csv"),
        dashboards=dashboards,
        rows={line["slug"]: _read_rows(directory, line) for line in dashboards},
    )


def _read_rows(directory: Path, dashboard: Record) -> list[RowRecord]:
    if dashboard["kind"] == DashboardKind.POLA:
        path, tree, objective, action = "pola/rows.csv", MapKind.POLA, "area", "objective"
    else:
        path = f"rows/{dashboard['slug']}.csv"
        tree, objective, action = MapKind.STRATEGY, "objective_code", "action"
    return [
        RowRecord(
            branch=(tree.value, line[objective]),
            action=line[action],
            indicator=line["indicator"],
            printed_name=line["printed_name"],
        )
        for line in read_records(directory / path)
    ]


def import_plan(
    files: PlanFiles,
    settings: Mapping[str, Any],
    indicators: Mapping[str, Mapping[str, Indicator]],
    *,
    stamp: Stamp,
) -> tuple[Plan, list[Doubt]]:
    """Store the plan as proposed to the Giunta: tree, actions in the order met, dashboards, rows,
    sheets of the projects.

    `indicators` are those of each tree by name.
    """
    plan = store(
        Plan,
        [
            Plan(
                first_year=settings["first_year"],
                title=settings["title"],
                revision=settings["revision"],
                reference_date=settings["reference_date"],
                figure_checks=settings["figure_checks"],
                state=PlanState.PROPOSED,
            )
        ],
        stamp=stamp,
    )[0]
    objectives = _store_tree(plan, files.tree, stamp=stamp)
    actions = _store_actions(files.rows.values(), objectives, stamp=stamp)
    dashboards = _store_dashboards(plan, files.dashboards, stamp=stamp)
    store(
        DashboardRow,
        [
            DashboardRow(
                dashboard=dashboards[slug],
                action=actions[row.branch, row.action],
                indicator=found(dict(indicators[row.tree]), row.indicator, place=slug),
                position=position,
                printed_name=row.printed_name,
            )
            for slug, rows in files.rows.items()
            for position, row in enumerate(rows, start=1)
        ],
        stamp=stamp,
    )
    _store_project_sheets(plan, files.rows.values(), indicators, stamp=stamp)
    return plan, plan_doubts(files)


def _store_project_sheets(
    plan: Plan,
    dashboards: Iterable[list[RowRecord]],
    indicators: Mapping[str, Mapping[str, Indicator]],
    *,
    stamp: Stamp,
) -> None:
    """A sheet for every project that a dashboard names, still without activities: those only
    planning knows."""
    shown = {indicators[row.tree][row.indicator] for rows in dashboards for row in rows}
    projects = sorted((one for one in shown if one.is_project), key=lambda one: one.pk)
    sheets = [ProjectSheet(plan=plan, indicator=project) for project in projects]
    store(ProjectSheet, sheets, stamp=stamp)


def plan_doubts(files: PlanFiles) -> list[Doubt]:
    """What the rows of the dashboards leave open."""
    headings = {line["slug"]: line["heading"] for line in files.dashboards}
    return name_doubts(
        (headings[slug], row.indicator, row.printed_name)
        for slug, rows in files.rows.items()
        for row in rows
    )


def _store_tree(
    plan: Plan, records: list[Record], *, stamp: Stamp
) -> dict[Branch, StrategicObjective]:
    """Perspectives, then objectives by branch, both in the order of the file."""
    perspectives: dict[tuple[str, str], Perspective] = {}
    objectives: dict[Branch, StrategicObjective] = {}
    for record in records:
        chart = record["chart"]
        perspective = perspectives.setdefault(
            (chart, record["perspective"]),
            Perspective(
                plan=plan,
                chart=chart,
                name=record["perspective"],
                position=1 + sum(tree == chart for tree, _name in perspectives),
            ),
        )
        objectives[chart, record["objective_code"] or record["objective"]] = StrategicObjective(
            perspective=perspective,
            code=record["objective_code"],
            name=record["objective"],
            map_name=record["map_name"],
            mission=record["mission"],
            position=1 + sum(other.perspective is perspective for other in objectives.values()),
        )
    store(Perspective, perspectives.values(), stamp=stamp)
    store(StrategicObjective, objectives.values(), stamp=stamp)
    return objectives


def _store_actions(
    dashboards: Iterable[list[RowRecord]],
    objectives: dict[Branch, StrategicObjective],
    *,
    stamp: Stamp,
) -> dict[tuple[Branch, str], Action]:
    """The actions of every row, each once, in the order in which the dashboards show them."""
    actions: dict[tuple[Branch, str], Action] = {}
    last: dict[Branch, int] = {}
    for row in (row for rows in dashboards for row in rows):
        if (row.branch, row.action) in actions:
            continue
        last[row.branch] = last.get(row.branch, 0) + 1
        actions[row.branch, row.action] = Action(
            objective=found(objectives, row.branch, place=row.action),
            name=row.action,
            position=last[row.branch],
        )
    store(Action, actions.values(), stamp=stamp)
    return actions


def _store_dashboards(plan: Plan, records: list[Record], *, stamp: Stamp) -> dict[str, Dashboard]:
    units = {unit.slug: unit for unit in Unit.objects.all()}
    dashboards = {
        record["slug"]: Dashboard(
            plan=plan,
            kind=record["kind"],
            unit=found(units, record["unit"], place="dashboards.csv") if record["unit"] else None,
            heading=record["heading"],
            code=record["code"],
            slug=record["slug"],
            position=position,
        )
        for position, record in enumerate(records, start=1)
    }
    if len(dashboards) != len(records):
        raise LoadError("dashboards.csv: slug")
    store(Dashboard, dashboards.values(), stamp=stamp)
    return dashboards
