"""Results held against targets, for the dashboards of a plan: read once, reckoned when asked.

Five statements whatever the number of rows and of dashboards: rows, targets, results, the years
that have results, what was decided of missing ones. Everything after is arithmetic (see also:
`strategy.rollup`).
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from indicators.aggregation import Aggregate
from indicators.attainment import (
    Attainment,
    Cells,
    Direction,
    Explanation,
    attainment_of_cells,
    explanation_of_cells,
)
from indicators.bands import BandLimits
from indicators.enums import Availability, Treatment
from indicators.models import Actual, Target
from indicators.values import Value
from strategy.enums import DashboardKind
from strategy.models import Dashboard, DashboardRow, Plan, Resolution
from strategy.problems.measures import Measure
from strategy.querysets import RowQuerySet
from strategy.rollup import Score, ScoredRow, body_score, dashboard_aggregate

SCORED = (DashboardKind.STRATEGIC, *DashboardKind.cascaded)
ROW_FIELDS = (
    "pk",
    "dashboard_id",
    "indicator_id",
    "indicator__name",
    "printed_name",
    "indicator__is_project",
    "indicator__source__name",
    "weight",
    "action_id",
    "action__name",
    "action__objective_id",
    "action__objective__code",
    "action__objective__name",
    "action__objective__perspective_id",
    "action__objective__perspective__name",
)
TARGET_FIELDS = (
    "printed",
    "availability",
    "kind",
    "number",
    "polarity",
    "is_polarity_confirmed",
    "tolerance_days",
)
ACTUAL_FIELDS = (
    "printed",
    "availability",
    "kind",
    "number",
    "numerator_value",
    "denominator_value",
    "measured_on",
)


class ScoreRow(NamedTuple):
    """A row of a dashboard as it is scored."""

    row_id: int
    dashboard_id: int
    indicator_id: int
    indicator_name: str
    printed_name: str
    is_project: bool
    source: str | None
    weight: Decimal
    action_id: int
    action: str
    objective_id: int
    objective_code: str
    objective: str
    perspective_id: int
    perspective: str

    @property
    def name(self) -> str:
        """The indicator as its dashboard prints it."""
        return self.printed_name or self.indicator_name


class TargetCell(NamedTuple):
    """A target with what its result is held against."""

    printed: str
    availability: str = Availability.NOT_FILLED
    kind: str = ""
    number: Decimal | None = None
    polarity: Direction = ""
    is_polarity_confirmed: bool = False
    tolerance_days: int = 0


class ActualCell(NamedTuple):
    """A result, with the two counts of a ratio and the forecast sent with it."""

    printed: str
    availability: str = Availability.NOT_FILLED
    kind: str = ""
    number: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    measured_on: datetime.date = datetime.date.max
    forecast: str | None = ""

    def is_early(self, year: int) -> bool:
        """Measured before the end of the year."""
        return self.measured_on < datetime.date(year, 12, 31)


NO_TARGET, NO_ACTUAL = TargetCell(""), ActualCell("")
Place = tuple[int, int]  # indicator and year


@dataclass(frozen=True)
class PlanScores:
    """The rows of some dashboards of a plan with targets and results, ready to be scored.

    `decided` says what was decided of missing results, `recorded` what is recorded where a value is
    tried in its place. What was reckoned once is kept: the same indicator stands on many
    dashboards.
    """

    plan: Plan
    dashboards: Sequence[Dashboard]
    rows: Mapping[int, Sequence[ScoreRow]]
    targets: Mapping[Place, TargetCell]
    actuals: Mapping[Place, ActualCell]
    years: tuple[int, ...]
    decided: Mapping[Place, Treatment]
    recorded: Mapping[Place, ActualCell] = field(default_factory=dict)
    degrees: dict[Place, Attainment] = field(default_factory=dict, init=False)
    bodies: dict[int, Score] = field(default_factory=dict, init=False)

    @cached_property
    def limits(self) -> BandLimits:
        """From where on a degree is called what in this plan."""
        return self.plan.band_limits

    def target(self, row: ScoreRow, year: int) -> TargetCell:
        """What is expected of a row in a year."""
        return self.targets.get((row.indicator_id, year), NO_TARGET)

    def actual(self, row: ScoreRow, year: int) -> ActualCell:
        """What came out."""
        return self.actuals.get((row.indicator_id, year), NO_ACTUAL)

    def cells(self, row: ScoreRow, year: int) -> Cells:
        """Both sides of a row in a year."""
        target, actual = self.target(row, year), self.actual(row, year)
        return Cells(
            target.printed,
            target.polarity,
            target.is_polarity_confirmed,
            target.tolerance_days,
            row.is_project,
            actual.printed,
            actual.numerator,
            actual.denominator,
            actual.is_early(year),
            self.decided.get((row.indicator_id, year), ""),
        )

    def attainment(self, row: ScoreRow, year: int) -> Attainment:
        """The degree of a row in a year."""
        place = (row.indicator_id, year)
        found = self.degrees.get(place)
        if found is None:
            found = self.degrees[place] = attainment_of_cells(self.cells(row, year))
        return found

    def explanation(self, row: ScoreRow, year: int) -> Explanation:
        """The same told, in the language of the reader."""
        return explanation_of_cells(self.cells(row, year))

    def obstacle(self, row: ScoreRow, value: Value, year: int) -> str:
        """Why a value would give no degree against the target of a row; empty when it would."""
        cells = self.trying({row.indicator_id: value}, year).cells(row, year)
        cells = cells._replace(treatment="")
        if not attainment_of_cells(cells).is_unresolved:
            return ""
        return " ".join(explanation_of_cells(cells).notes)

    def scored(self, dashboard: Dashboard, year: int) -> list[ScoredRow]:
        """The rows of a dashboard, each with its degree."""
        return [
            ScoredRow(
                (row.perspective_id, row.objective_id, row.action_id),
                self.attainment(row, year),
                row.weight,
                subject=row,
            )
            for row in self.rows.get(dashboard.pk, ())
        ]

    def body(self, year: int) -> Score:
        """The score of the ente over its strategic rows, level by level."""
        if year not in self.bodies:
            self.bodies[year] = body_score(
                row
                for dashboard in self.dashboards
                if dashboard.kind == DashboardKind.STRATEGIC
                for row in self.scored(dashboard, year)
            )
        return self.bodies[year]

    def mean(self, dashboard: Dashboard, year: int) -> Aggregate:
        """The mean of a dashboard: nested for the ente, flat for the others."""
        if dashboard.kind == DashboardKind.STRATEGIC:
            return self.body(year).aggregate
        return dashboard_aggregate(self.scored(dashboard, year))

    def trying(self, values: Mapping[int, Value], year: int) -> PlanScores:
        """The same if the indicators had these results at the end of the year; nothing is saved."""
        tried = {
            (indicator_id, year): ActualCell(
                value.printed,
                value.availability,
                value.kind,
                value.number,
                measured_on=datetime.date(year, 12, 31),
            )
            for indicator_id, value in values.items()
        }
        recorded = {key: self.actuals.get(key, NO_ACTUAL) for key in tried}
        return replace(self, actuals={**self.actuals, **tried}, recorded=recorded)


def plan_scores(plan: Plan, dashboards: Sequence[Dashboard]) -> PlanScores:
    """The rows of the dashboards with their targets and results, in five statements."""
    shown = _rows(dashboards).order_by().values("indicator")
    targets = Target.objects.for_cycle(plan.first_year).filter(indicator__in=shown).order_by()
    actuals = Actual.objects.current().filter(
        indicator__in=shown, year__range=(plan.baseline_year, plan.last_year)
    )
    return PlanScores(
        plan,
        dashboards,
        rows_by_dashboard(dashboards),
        {
            (indicator, year): TargetCell._make(cells)
            for indicator, year, *cells in targets.values_list(
                "indicator_id", "year", *TARGET_FIELDS
            )
        },
        {
            (indicator, year): ActualCell._make(cells)
            for indicator, year, *cells in actuals.order_by("measured_on", "pk").values_list(
                "indicator_id", "year", *ACTUAL_FIELDS, "recording__forecast"
            )
        },
        years_with_results(plan),
        treatments(plan),
    )


def scores_of_measures(
    plan: Plan, dashboards: Sequence[Dashboard], measures: Iterable[Measure]
) -> PlanScores:
    """The same where the indicators of the plan are read already: two statements, for the rows and
    for what was decided of missing results."""
    targets: dict[Place, TargetCell] = {}
    actuals: dict[Place, ActualCell] = {}
    years: set[int] = set()
    for measure in measures:
        for year, cell in measure.targets.items():
            targets[measure.pk, year] = TargetCell(*(getattr(cell, n) for n in TARGET_FIELDS))
        for year, cell in measure.actuals.items():
            actuals[measure.pk, year] = ActualCell(*(getattr(cell, n) for n in ACTUAL_FIELDS))
            if cell.availability == Availability.STATED and not measure.is_pola_only:
                years.add(year)
    rows = rows_by_dashboard(dashboards)
    return PlanScores(
        plan, dashboards, rows, targets, actuals, tuple(sorted(years)), treatments(plan)
    )


def rows_by_dashboard(dashboards: Sequence[Dashboard]) -> dict[int, list[ScoreRow]]:
    """The rows of the dashboards in their order, in one statement."""
    rows: dict[int, list[ScoreRow]] = defaultdict(list)
    for found in _rows(dashboards).order_by("position").values_list(*ROW_FIELDS):
        row = ScoreRow._make(found)
        rows[row.dashboard_id].append(row)
    return rows


def _rows(dashboards: Sequence[Dashboard]) -> RowQuerySet:
    found: RowQuerySet = DashboardRow.objects.filter(dashboard__in=[one.pk for one in dashboards])
    return found


def treatments(plan: Plan) -> dict[Place, Treatment]:
    """What was decided of the missing results of a plan, and is in force."""
    decided = Resolution.objects.filter(plan=plan).in_force().order_by()
    return {
        (indicator, year): Treatment(treatment)
        for indicator, year, treatment in decided.values_list("indicator_id", "year", "treatment")
    }


def years_with_results(plan: Plan) -> tuple[int, ...]:
    """The years of which some scored indicator states a result, from the year before the plan.

    See also: strategy.attainment_data, the same on a snapshot.
    """
    scored = DashboardRow.objects.filter(dashboard__plan=plan, dashboard__kind__in=SCORED)
    stated = Actual.objects.current().filter(
        availability=Availability.STATED,
        indicator__in=scored.order_by().values("indicator"),
        year__range=(plan.baseline_year, plan.last_year),
    )
    return tuple(stated.order_by("year").values_list("year", flat=True).distinct())


def strategic_indicators(plan: Plan) -> frozenset[int]:
    """The indicators of the strategic dashboard: rows that show one are strategic (see also:
    RowQuerySet.with_nature)."""
    rows = DashboardRow.objects.filter(
        dashboard__plan=plan, dashboard__kind=DashboardKind.STRATEGIC
    )
    return frozenset(rows.order_by().values_list("indicator_id", flat=True))


def chosen_year(asked: str, years: Sequence[int]) -> int | None:
    """The year asked for if it has results, else the last one that has; none without results."""
    named = {str(year): year for year in years}
    return named.get(asked, years[-1] if years else None)
