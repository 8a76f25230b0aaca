"""Where is an indicator used, and what would miss it if it were deleted?"""

from __future__ import annotations

from dataclasses import dataclass

from indicators.models import Indicator
from strategy.models import Dashboard, DashboardRow, Plan


@dataclass(frozen=True, slots=True)
class Place:
    """A dashboard that shows an indicator, in a plan."""

    plan: Plan
    dashboard: Dashboard
    is_here: bool


@dataclass(frozen=True, slots=True)
class Usage:
    """Where an indicator is used: the dashboards of this plan and of others; results, whether
    current or corrected; figures entered and decisions on missing ones; sheets of projects; the
    first years of other plans that expect something of it."""

    places: tuple[Place, ...]
    result_count: int
    entry_count: int
    sheet_count: int
    other_cycles: tuple[int, ...]

    @property
    def here(self) -> list[Place]:
        """The dashboards of the plan at hand."""
        return [place for place in self.places if place.is_here]

    @property
    def elsewhere(self) -> list[Place]:
        """The dashboards of other plans."""
        return [place for place in self.places if not place.is_here]

    @property
    def other_plans(self) -> str:
        """The other plans that expect something of it, by their years."""
        return ", ".join(f"{year}-{year + 2}" for year in self.other_cycles)

    @property
    def may_be_deleted(self) -> bool:
        """Nothing but the rows and targets of this plan would miss it."""
        kept = self.result_count or self.entry_count or self.sheet_count
        return not (self.elsewhere or kept or self.other_cycles)


def usage_report(plan: Plan, indicator: Indicator) -> Usage:
    """Where an indicator is used, in six statements."""
    rows = DashboardRow.objects.filter(indicator=indicator).select_related(
        "dashboard__plan", "dashboard__unit"
    )
    others = indicator.targets.exclude(cycle=plan.first_year).order_by("cycle")
    return Usage(
        places=tuple(
            Place(row.dashboard.plan, row.dashboard, row.dashboard.plan_id == plan.pk)
            for row in rows.order_by("-dashboard__plan__first_year", "dashboard__position")
        ),
        result_count=indicator.actuals.count(),
        entry_count=indicator.recordings.count() + indicator.resolutions.count(),
        sheet_count=indicator.project_sheets.count(),
        other_cycles=tuple(others.values_list("cycle", flat=True).distinct()),
    )
