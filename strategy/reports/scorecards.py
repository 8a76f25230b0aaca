"""A scorecard as row objects: how a unit, the Secretary General, a dirigente did in a year.

Every figure carries what explains it: the row its formula and its effect, the mean its method, its
coverage and its numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from indicators.aggregation import Aggregate, counting, without
from indicators.attainment import Attainment, Explanation
from indicators.enums import AttainmentBand, AttainmentNote
from indicators.measuring import FULL
from indicators.rounding import figure_text, percent_text
from indicators.values import Value
from strategy.band_looks import Mark, mark_of
from strategy.forecasts import NO_FORECAST, ForecastLook, forecast_look
from strategy.models import Dashboard
from strategy.reports.dashboards import ABSENT, Cell, cell_of
from strategy.reports.scores import (
    NO_ACTUAL,
    NO_TARGET,
    ActualCell,
    PlanScores,
    ScoreRow,
    TargetCell,
)
from strategy.rollup import ScoredRow, dashboard_aggregate

# Said under the printed table for all its rows.
SAID_ONCE = frozenset({AttainmentNote.POLARITY_UNCONFIRMED, AttainmentNote.CAPPED})


@dataclass(frozen=True, slots=True)
class Effect:
    """What a row does to the mean: the mean now, without the row, with its target reached."""

    now: str
    without: str
    at_target: str


@dataclass(frozen=True, slots=True)
class YearValues:
    """Target and result of a year, for the spark and for its words."""

    year: int
    target: TargetCell
    actual: ActualCell
    ink: str


class Before(NamedTuple):
    """A figure of the year before, and whether it may still change."""

    text: str
    is_provisional: bool


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A row of a scorecard with all that is said of it; `recorded` stands beside a value tried.

    Of a result of before the end of the year the forecast says how it goes, where there is one: the
    degree is held against the target of the whole year.
    """

    row: ScoreRow
    is_strategic: bool
    target: Cell
    actual: Cell
    next_target: Cell
    attainment: Attainment
    explanation: Explanation
    mark: Mark
    before: Before | None
    effect: Effect | None
    years: tuple[YearValues, ...]
    recorded: Cell | None = None
    forecast: ForecastLook = NO_FORECAST

    @property
    def degree(self) -> float | None:
        """The degree for its bar."""
        return None if self.attainment.value is None else float(self.attainment.value)

    @property
    def weight_text(self) -> str:
        """The weight of the row."""
        return figure_text(Fraction(self.row.weight))

    @property
    def contribution_text(self) -> str:
        """What the row counts in its mean."""
        return figure_text(self.attainment.contribution or Fraction(0))

    @property
    def is_polarity_to_confirm(self) -> bool:
        """Rests on a polarity that nobody has confirmed."""
        return AttainmentNote.POLARITY_UNCONFIRMED in self.attainment.notes

    @property
    def printed_reason(self) -> str:
        """The reason as it is printed beside the row: what is said once for all is left out."""
        notes = zip(self.attainment.notes, self.explanation.notes, strict=True)
        said = [sentence for note, sentence in notes if note not in SAID_ONCE]
        steps = "; ".join(self.explanation.formula)
        return " ".join([f"{steps}." if steps and said else steps, *said]).strip()

    @property
    def state_label(self) -> str:
        """Why there is no degree, in two words."""
        return str(self.attainment.state.label)


@dataclass(frozen=True, slots=True)
class MeanReport:
    """A mean as it is shown: figure and band, method, coverage, its numbers, the year before."""

    mark: Mark
    aggregate: Aggregate
    method: str
    before: Before | None = None

    @property
    def formula(self) -> str:
        """The mean with its numbers in it."""
        return self.aggregate.formula


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The scorecard of a dashboard in a year: `mean` and `bands` as recorded, rows and `would_be`
    with the values tried, if any. `lines` are within the coverage, `outside` not to be measured."""

    dashboard: Dashboard
    year: int
    mean: MeanReport
    bands: tuple[tuple[Mark, int], ...]
    lines: tuple[ScoreLine, ...]
    outside: tuple[ScoreLine, ...]
    would_be: MeanReport | None = None


def count_bands(bands: Iterable[AttainmentBand]) -> tuple[tuple[Mark, int], ...]:
    """Bands in their order with how many there are of each."""
    counts = Counter(bands)
    return tuple((Mark(band), counts[band]) for band in AttainmentBand)


def scorecard(
    scores: PlanScores,
    dashboard: Dashboard,
    year: int,
    *,
    strategic: frozenset[int] = frozenset(),
    tried: Mapping[int, Value] | None = None,
) -> Scorecard:
    """The scorecard of a dashboard of units, Secretary General or dirigente, in plan order."""
    shown = scores.trying(tried, year) if tried else scores
    rows = shown.scored(dashboard, year)
    mean = dashboard_aggregate(rows)
    recorded = scores.scored(dashboard, year) if tried else rows
    before = before_of(_mean_before(scores, dashboard, year))
    lines = score_lines(shown, rows, year, mean, strategic=strategic)
    return Scorecard(
        dashboard,
        year,
        _shown(dashboard_aggregate(recorded) if tried else mean, scores, before),
        count_bands(
            scores.limits.band(row.attainment.value)
            for row in recorded
            if row.attainment.is_expected
        ),
        tuple(line for line in lines if line.attainment.is_expected),
        tuple(line for line in lines if not line.attainment.is_expected),
        _shown(mean, scores, before) if tried else None,
    )


def mean_report(scores: PlanScores, dashboard: Dashboard, year: int) -> MeanReport:
    """The mean of a dashboard, beside that of the year before."""
    before = before_of(_mean_before(scores, dashboard, year))
    return _shown(scores.mean(dashboard, year), scores, before)


def _shown(found: Aggregate, scores: PlanScores, before: Before | None) -> MeanReport:
    return MeanReport(mark_of(found.value, scores.limits), found, str(found.method.label), before)


def _mean_before(scores: PlanScores, dashboard: Dashboard, year: int) -> Aggregate | None:
    """The mean of the year before, if it has results."""
    return scores.mean(dashboard, year - 1) if year - 1 in scores.years else None


def before_of(mean: Aggregate | None) -> Before | None:
    """How the mean of the year before is told."""
    if mean is None:
        return None
    return Before(_percent(mean.value), mean.value is not None and mean.is_provisional)


def score_lines(
    scores: PlanScores,
    rows: Iterable[ScoredRow],
    year: int,
    mean: Aggregate | None = None,
    *,
    strategic: frozenset[int] = frozenset(),
) -> list[ScoreLine]:
    """Scored rows with what is said of them; their effect is on the mean, when one is given."""
    return [_line(scores, scored, year, mean, strategic) for scored in rows]


def _line(
    scores: PlanScores,
    scored: ScoredRow,
    year: int,
    mean: Aggregate | None,
    strategic: frozenset[int],
) -> ScoreLine:
    row, found = scored.subject, scored.attainment
    recorded = scores.recorded.get((row.indicator_id, year))
    actual = scores.actual(row, year)
    return ScoreLine(
        row=row,
        is_strategic=row.indicator_id in strategic,
        target=_cell(scores.target(row, year)),
        actual=_cell(actual),
        next_target=_cell(scores.target(row, year + 1)),
        attainment=found,
        explanation=scores.explanation(row, year),
        mark=mark_of(found.value, scores.limits),
        before=_degree_before(scores, row, year),
        effect=effect_of(mean, found, Fraction(row.weight)) if mean else None,
        years=_years(scores, row, year),
        recorded=None if recorded is None else _cell(recorded),
        forecast=forecast_look(actual.forecast if actual.is_early(year) else ""),
    )


def _degree_before(scores: PlanScores, row: ScoreRow, year: int) -> Before | None:
    """The degree of the year before, if there is one."""
    before = scores.attainment(row, year - 1).value if year - 1 in scores.years else None
    if before is None:
        return None
    return Before(_percent(before), scores.actual(row, year - 1).is_early(year - 1))


def effect_of(mean: Aggregate, found: Attainment, weight: Fraction) -> Effect | None:
    """What a row does to its mean; nothing where it cannot do anything."""
    if not found.is_expected:
        return None
    value = found.contribution
    if value is None:
        return Effect(_percent(mean.value), "", _percent(counting(mean, None, FULL, weight)))
    at_target = "" if value == FULL else _percent(counting(mean, value, FULL, weight))
    return Effect(_percent(mean.value), _percent(without(mean, value, weight)), at_target)


def _percent(value: Fraction | None) -> str:
    return "" if value is None else percent_text(value)


def _cell(cell: TargetCell | ActualCell) -> Cell:
    """A value as the tables show it; one that the plan has no cell for is absent."""
    if cell is NO_TARGET or cell is NO_ACTUAL:
        return ABSENT
    return cell_of(cell.printed, cell.availability, cell.kind)


def _years(scores: PlanScores, row: ScoreRow, year: int) -> tuple[YearValues, ...]:
    """The years from the one before the plan to the one after the year, as far as it goes."""
    last = min(year + 1, scores.plan.last_year)
    return tuple(
        YearValues(
            each,
            scores.target(row, each),
            scores.actual(row, each),
            mark_of(scores.attainment(row, each).value, scores.limits).ink,
        )
        for each in range(scores.plan.baseline_year, last + 1)
    )


def worst_first(lines: Iterable[ScoreLine]) -> tuple[ScoreLine, ...]:
    """The least attained first; those without a degree after the measured ones."""
    return tuple(
        sorted(lines, key=lambda line: (line.attainment.value is None, line.attainment.value or 0))
    )
