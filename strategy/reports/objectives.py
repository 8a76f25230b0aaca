"""An objective as row objects: every dashboard that has rows on it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from strategy.models import Dashboard, Plan, StrategicObjective
from strategy.reports.dashboards import (
    ActionGroup,
    Column,
    dashboard_reports,
    group_lines,
)


@dataclass(frozen=True, slots=True)
class ObjectivePlace:
    """A dashboard that has rows on the objective, with those rows."""

    dashboard: Dashboard
    columns: tuple[Column, ...]
    actions: tuple[ActionGroup, ...]

    @property
    def line_count(self) -> int:
        """How many rows the dashboard has on the objective."""
        return sum(len(action.lines) for action in self.actions)


def objective_report(plan: Plan, objective: StrategicObjective) -> tuple[ObjectivePlace, ...]:
    """Every dashboard that has rows on the objective, the strategic one first."""
    on_objective = Q(rows__action__objective=objective)
    dashboards = list(
        plan.dashboards.filter(on_objective)
        .distinct()
        .select_related("plan", "unit")
        .order_by("position")
    )
    places = []
    for report in dashboard_reports(dashboards):
        lines = [line for line in report.lines if line.objective_id == objective.pk]
        actions = group_lines(lines)[0].objectives[0].actions
        places.append(ObjectivePlace(report.dashboard, report.columns, actions))
    return tuple(places)
