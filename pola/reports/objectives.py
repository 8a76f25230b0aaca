"""Which objectives can an agreement take from the unit's dashboard? (art. 13)"""

from __future__ import annotations

from organization.models import Unit
from pola.reports.counterparts import Chart
from pola.terms import Objective
from strategy.models import DashboardRow, Plan


def objectives_for(unit: Unit, chart: Chart, *, year: int) -> tuple[Objective, ...]:
    """The measurable rows of the dashboard of the unit, else of the one it is part of, with the
    target of the year as it is printed; of the plan in force in that year."""
    running = Plan.objects.in_force().filter(first_year__range=(year - 2, year))
    plan = running.order_by("-first_year").first()
    if plan is None:
        return ()
    above = [one.pk for one in chart.above(unit.pk)]
    rows = list(
        DashboardRow.objects.filter(dashboard__plan=plan, dashboard__unit__in=above)
        .select_related("dashboard", "action", "indicator")
        .prefetch_related("indicator__targets")
        .order_by("dashboard", "position")
    )
    nearest = next((pk for pk in above if any(r.dashboard.unit_id == pk for r in rows)), None)
    found = (_objective(r, plan, year) for r in rows if r.dashboard.unit_id == nearest)
    return tuple(one for one in found if one is not None)


def _objective(row: DashboardRow, plan: Plan, year: int) -> Objective | None:
    # What is only monitored, or not foreseen, is no objective: art. 13 wants it measurable.
    targets = {(one.cycle, one.year): one for one in row.indicator.targets.all()}
    target = targets.get((plan.first_year, year))
    if target is None or not target.is_stated:
        return None
    return Objective(row.pk, row.action.name, str(row), target.printed)
