"""The indicators of a plan with what is said of them, read once: for the checks, for the home."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from indicators.doubts import COMPARABLE, is_worse
from indicators.enums import Availability
from indicators.models import Actual, Target
from strategy.enums import DashboardKind
from strategy.models import DashboardRow, Plan

CELL = ("indicator_id", "year", "availability", "kind", "number", "printed")
EVERY_YEAR = frozenset({DashboardKind.STRATEGIC, DashboardKind.POLA})


@dataclass
class Measure:
    """An indicator of the plan with its targets and results, by year; `shown_on` are the kinds of
    its dashboards, in the order of the plan."""

    pk: int
    name: str
    source_id: int | None
    supplier_id: int | None
    supplier: str
    numerator: str
    denominator: str
    baseline_year: int
    shown_on: dict[int, str] = field(default_factory=dict)
    targets: dict[int, Any] = field(default_factory=dict)
    actuals: dict[int, Any] = field(default_factory=dict)

    @property
    def kinds(self) -> set[str]:
        """On which kinds of dashboard it stands."""
        return set(self.shown_on.values())

    @property
    def on_strategic(self) -> bool:
        """Stands on the strategic dashboard."""
        return DashboardKind.STRATEGIC in self.kinds

    @property
    def is_pola_only(self) -> bool:
        """Stands among the indicators of agile work and nowhere else."""
        return self.kinds == {DashboardKind.POLA}

    @property
    def actual(self) -> Any:
        """The result of the year before the plan, if it has a cell."""
        return self.actuals.get(self.baseline_year)

    @property
    def lacks_result(self) -> bool:
        """A target was set for the year before the plan and its result was left empty."""
        return self._is_left_empty and self._has_baseline_target

    @property
    def is_unclear(self) -> bool:
        """Target and result of the year before are both empty: not foreseen, or lost?"""
        return self._is_left_empty and not self._has_baseline_target

    @property
    def _is_left_empty(self) -> bool:
        return self.actual is not None and self.actual.availability == Availability.NOT_FILLED

    @property
    def _has_baseline_target(self) -> bool:
        target = self.targets.get(self.baseline_year)
        return target is not None and target.availability == Availability.STATED

    @property
    def figures(self) -> list[Any]:
        """The targets that are figures: those that need a polarity."""
        return [target for target in self.targets.values() if target.kind in COMPARABLE]

    @property
    def has_polarity_to_confirm(self) -> bool:
        """Some figure of its targets has a polarity that nobody has confirmed."""
        return any(not target.is_polarity_confirmed for target in self.figures)

    def asks_less(self, year: int) -> bool:
        """The target of the year is worse than the last result before it and nobody says why.

        See also: strategy.reports.cells, the same rule while the target is written.
        """
        target, last = self.targets.get(year), self.last_result(before=year)
        if target is None or last is None or target.reason:
            return False
        return is_worse(target, last, target.polarity)

    def last_result(self, *, before: int) -> Any:
        """The nearest result stated before a year, back to the year before the plan."""
        for year in range(before - 1, self.baseline_year - 1, -1):
            actual = self.actuals.get(year)
            if actual is not None and actual.availability == Availability.STATED:
                return actual
        return None

    def years_without_target(self, plan: Plan) -> list[int]:
        """The years of which a dashboard shows it and nothing is written, not even a hyphen; the
        dashboards by cascade show the first year alone (3.3)."""
        years = plan.years if self.kinds & EVERY_YEAR else [plan.first_year]
        found = ((year, self.targets.get(year)) for year in years)
        return [
            year
            for year, target in found
            if target is None or target.availability == Availability.NOT_FILLED
        ]

    def dashboard_of(self, year: int, plan: Plan) -> int:
        """The first dashboard that shows its target of a year of the plan."""
        every = [pk for pk, kind in self.shown_on.items() if kind in EVERY_YEAR]
        return every[0] if every and year != plan.first_year else next(iter(self.shown_on))


def plan_measures(plan: Plan) -> dict[int, Measure]:
    """The indicators on the dashboards of the plan by identifier, in order: three statements."""
    found: dict[int, Measure] = {}
    rows = DashboardRow.objects.filter(dashboard__plan=plan).in_order()
    for *details, dashboard_id, kind in rows.values_list(
        "indicator_id",
        "indicator__name",
        "indicator__source_id",
        "indicator__supplier_id",
        "indicator__supplier__name",
        "indicator__numerator",
        "indicator__denominator",
        "dashboard_id",
        "dashboard__kind",
    ):
        pk, name, source, supplier_id, supplier, numerator, denominator = details
        measure = found.setdefault(
            pk,
            Measure(
                pk,
                name,
                source,
                supplier_id,
                supplier or "",
                numerator,
                denominator,
                plan.baseline_year,
            ),
        )
        measure.shown_on[dashboard_id] = kind
    _add_values(plan, found)
    return found


def _add_values(plan: Plan, found: dict[int, Measure]) -> None:
    targets = Target.objects.for_cycle(plan.first_year)
    more = ("polarity", "is_polarity_confirmed", "tolerance_days", "reason")
    for target in targets.values_list(*CELL, *more, named=True):
        if target.indicator_id in found:
            found[target.indicator_id].targets[target.year] = target
    years = (plan.baseline_year, plan.last_year)
    actuals = Actual.objects.current().filter(year__range=years).order_by("measured_on", "pk")
    counts = ("numerator_value", "denominator_value", "measured_on")
    for actual in actuals.values_list(*CELL, *counts, named=True):
        if actual.indicator_id in found:
            found[actual.indicator_id].actuals[actual.year] = actual
