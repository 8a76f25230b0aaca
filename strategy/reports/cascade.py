"""The cascade as row objects: who answers for what, by objective and by indicator."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from strategy.enums import DashboardKind
from strategy.models import Dashboard, DashboardRow, Plan
from strategy.reports.dashboards import (
    Line,
    dashboard_report,
    group_lines,
)


@dataclass(frozen=True, slots=True)
class CascadeLine:
    """One strategic indicator and, for each cascaded dashboard, its sign where it goes there."""

    line: Line
    signs: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many dashboards it goes down to."""
        return sum(1 for sign in self.signs if sign)


@dataclass(frozen=True, slots=True)
class CascadeCount:
    """How many rows one dashboard has on an objective."""

    code: str
    n: int


@dataclass(frozen=True, slots=True)
class CascadeObjective:
    """One objective: its indicators, and how many rows each dashboard has on it."""

    pk: int
    heading: str
    lines: tuple[CascadeLine, ...]
    numbered: tuple[CascadeCount, ...]


@dataclass(frozen=True, slots=True)
class CascadeReport:
    """The matrix: dashboards across, objectives and their indicators down."""

    dashboards: tuple[Dashboard, ...]
    objectives: tuple[CascadeObjective, ...]

    @property
    def line_count(self) -> int:
        """Strategic indicators in the matrix."""
        return sum(len(objective.lines) for objective in self.objectives)

    @property
    def assigned_count(self) -> int:
        """Strategic indicators that go down to at least one dashboard."""
        return sum(1 for o in self.objectives for line in o.lines if line.total)


def cascade_report(plan: Plan) -> CascadeReport:
    """Where every strategic indicator goes, and how many rows each dashboard has by objective."""
    dashboards = tuple(plan.dashboards.cascaded().from_the_top().select_related("unit", "plan"))
    strategic = plan.dashboards.filter(kind=DashboardKind.STRATEGIC).select_related("plan").first()
    lines = dashboard_report(strategic).lines if strategic else ()
    assigned: dict[int, set[int]] = defaultdict(set)
    counts: dict[tuple[int, int], int] = defaultdict(int)
    rows = DashboardRow.objects.filter(dashboard__in=[d.pk for d in dashboards])
    for dashboard_id, indicator_id, objective_id in rows.values_list(
        "dashboard_id", "indicator_id", "action__objective_id"
    ):
        assigned[indicator_id].add(dashboard_id)
        counts[objective_id, dashboard_id] += 1
    objectives = tuple(
        CascadeObjective(
            pk=group.pk,
            heading=group.heading,
            lines=tuple(
                CascadeLine(
                    line,
                    tuple(
                        d.sign if d.pk in assigned[line.indicator_id] else "" for d in dashboards
                    ),
                )
                for action in group.actions
                for line in action.lines
            ),
            numbered=tuple(CascadeCount(d.sign, counts[group.pk, d.pk]) for d in dashboards),
        )
        for perspective in group_lines(lines)
        for group in perspective.objectives
    )
    return CascadeReport(dashboards, objectives)
