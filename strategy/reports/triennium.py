"""What the plan of the next triennium takes over from a plan, before anything is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from indicators.enums import Availability
from indicators.models import Actual, Indicator, Target
from strategy.carriers import carriers
from strategy.enums import DashboardKind
from strategy.models import Action, DashboardRow, Plan, StrategicObjective

Targets = Mapping[int, Target]
# Dashboards that print every year of the plan; the others print its first one.
ALL_YEARS = frozenset({DashboardKind.STRATEGIC.value, DashboardKind.POLA.value})


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An indicator whose rows are not carried, and whether because it was retired."""

    indicator: Indicator
    is_retired: bool
    row_count: int


@dataclass(frozen=True)
class Forecast:
    """What is carried and what is not.

    `years_shown` says for each indicator carried which years of the new plan it prints.
    """

    plan: Plan
    rows: tuple[DashboardRow, ...]
    left_out: tuple[LeftOut, ...]
    targets: Mapping[int, Targets]
    years_shown: Mapping[int, frozenset[int]]

    @property
    def first_year(self) -> int:
        """The first year of the new plan."""
        return self.plan.first_year + 1

    @property
    def carried_years(self) -> list[int]:
        """The baseline year of the new plan, then those that both plans have."""
        return self.plan.years

    @property
    def carried_targets(self) -> list[Target]:
        """The targets that pass into the new plan, indicator by indicator."""
        return [
            self.targets[indicator][year]
            for indicator in self.years_shown
            for year in self.carried_years
            if year in self.targets[indicator]
        ]

    @property
    def targets_by_year(self) -> Counter[int]:
        """How many targets pass, year by year."""
        return Counter(target.year for target in self.carried_targets)

    @property
    def empty_cells(self) -> list[tuple[int, int]]:
        """Indicator and year of the cells that the new plan prints and nobody has set."""
        return [
            (indicator, year)
            for indicator, years in self.years_shown.items()
            for year in sorted(years)
            if year not in self.carried_years or year not in self.targets[indicator]
        ]


def forecast(plan: Plan) -> Forecast:
    """What a roll forward would carry, in two statements."""
    rows = list(
        DashboardRow.objects.filter(dashboard__plan=plan)
        .select_related("dashboard", "indicator")
        .in_order()
    )
    targets: dict[int, dict[int, Target]] = defaultdict(dict)
    shown = DashboardRow.objects.filter(dashboard__plan=plan).values("indicator")
    for target in Target.objects.for_cycle(plan.first_year).filter(indicator__in=shown):
        targets[target.indicator_id][target.year] = target
    remaining = plan.years[1:]
    counts = Counter(row.indicator_id for row in rows)
    indicators = {row.indicator_id: row.indicator for row in rows}
    left_out = {
        pk: LeftOut(indicator, indicator.retired_on is not None, counts[pk])
        for pk, indicator in indicators.items()
        if indicator.retired_on or is_ended(targets[pk], remaining)
    }
    carried = tuple(row for row in rows if row.indicator_id not in left_out)
    years: dict[int, frozenset[int]] = defaultdict(frozenset)
    for row in carried:
        years[row.indicator_id] |= years_printed(row.dashboard.kind, plan.first_year + 1)
    return Forecast(plan, carried, tuple(left_out.values()), targets, years)


def years_printed(kind: str, first_year: int) -> frozenset[int]:
    """The years of a plan that a dashboard of this kind prints targets of."""
    return frozenset(range(first_year, first_year + (3 if kind in ALL_YEARS else 1)))


def is_ended(targets: Targets, remaining: Iterable[int]) -> bool:
    """Nothing is foreseen (`-`) in any of the years that remain."""
    return all(
        year in targets and targets[year].availability == Availability.NOT_FORESEEN
        for year in remaining
    )


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the plan with how many of it are carried."""

    label: str | Promise
    count: int


def carried_parts(found: Forecast) -> list[Part]:
    """What is carried, counted."""
    plan = found.plan
    objectives = StrategicObjective.objects.filter(perspective__plan=plan)
    actions = Action.objects.filter(objective__perspective__plan=plan)
    own = [
        Part(_("Perspectives and dimensions"), plan.perspectives.count()),
        Part(_("Objectives and areas"), objectives.count()),
        Part(_("Actions"), actions.count()),
        Part(_("Dashboards"), plan.dashboards.count()),
        Part(_("Rows of the dashboards"), len(found.rows)),
        Part(_("Indicators, the same ones"), len(found.years_shown)),
        Part(_("Sections of the document"), plan.sections.count()),
        Part(_("Tables of figures"), plan.reference_tables.count()),
    ]
    return [*own, *(Part(one.label, one.count(plan)) for one in carriers())]


def baseline_count(found: Forecast) -> int:
    """How many of the indicators carried already have the result that becomes their baseline."""
    stated = Actual.objects.current().for_year(found.plan.first_year)
    shown = stated.filter(availability=Availability.STATED).values_list("indicator", flat=True)
    return len(set(shown) & set(found.years_shown))
