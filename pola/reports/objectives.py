"""Which objectives can an agreement take from the unit's dashboard? (art. 13)"""

from __future__ import annotations

from indicators.enums import Availability
from indicators.models import Target
from organization.models import Unit
from pola.reports.counterparts import Chart
from pola.terms import Objective
from strategy.in_force import DamagedEditionError, data_in_force
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
        .order_by("dashboard", "position")
    )
    nearest = next((pk for pk in above if any(r.dashboard.unit_id == pk for r in rows)), None)
    own = [row for row in rows if row.dashboard.unit_id == nearest]
    # What is only monitored, or not foreseen, is no objective: art. 13 wants it measurable.
    expected = _adopted(plan, year) if plan.is_draft else _stated(plan, year)
    return tuple(
        Objective(row.pk, row.action.name, str(row), expected[row.indicator_id])
        for row in own
        if row.indicator_id in expected
    )


def _stated(plan: Plan, year: int) -> dict[int, str]:
    """The stated targets of a year as they are printed, by indicator."""
    found = Target.objects.filter(cycle=plan.first_year, year=year)
    stated = found.filter(availability=Availability.STATED)
    return dict(stated.values_list("indicator", "printed"))


def _adopted(plan: Plan, year: int) -> dict[int, str]:
    """The same of the edition in force: what the update being prepared changes is no act yet. None
    of an edition that is damaged: nothing is given out in its place."""
    try:
        indicators = data_in_force(plan).get("indicators", {})
    except DamagedEditionError:
        return {}
    found = {int(token): one["targets"].get(str(year), {}) for token, one in indicators.items()}
    return {
        pk: target["printed"]
        for pk, target in found.items()
        if target.get("availability") == Availability.STATED
    }
