"""The drawings of a scorecard: the spark of a row, the bands of all of them, the ente by year."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from documents.charts import Chart, bar_chart
from documents.small_charts import Segment, SparkYear, distribution, spark
from indicators.rounding import figure_text, half_up, percent_text
from indicators.values import AMOUNTS
from strategy.band_looks import Mark
from strategy.reports.body_scorecard import YearScore
from strategy.reports.scorecards import ScoreLine, YearValues
from strategy.reports.scores import ActualCell, TargetCell

LEAST_YEARS = 2  # for a trend to be drawn


def spark_of(line: ScoreLine) -> Chart | None:
    """Targets and results of a row over the years, where they are figures of one kind."""
    years = _drawn_years(line)
    kinds = {cell.kind for year in years for cell in (year.target, year.actual) if cell.printed}
    kind = next(iter(kinds & set(map(str, AMOUNTS))), "")
    return spark(
        _spark_words(years),
        [
            SparkYear(_figure(year.actual, kind), _figure(year.target, kind), year.ink)
            for year in years
        ],
    )


def _drawn_years(line: ScoreLine) -> list[YearValues]:
    """The years that have something to draw; the others would leave a hole at the ends."""
    years = list(line.years)
    while years and _is_blank(years[0]):
        del years[0]
    while years and _is_blank(years[-1]):
        del years[-1]
    return years


def _is_blank(year: YearValues) -> bool:
    return year.target.number is None and year.actual.number is None


def _figure(cell: TargetCell | ActualCell, kind: str) -> float | None:
    return float(cell.number) if cell.number is not None and cell.kind == kind else None


def _spark_words(years: Sequence[YearValues]) -> str:
    words = []
    for year in years:
        if year.target.printed:
            said = {"year": year.year, "value": year.target.printed}
            words.append(_("target %(year)s: %(value)s") % said)
        if year.actual.printed:
            said = {"year": year.year, "value": year.actual.printed}
            words.append(_("result %(year)s: %(value)s") % said)
    return ", ".join(words)


def bands_drawing(bands: Sequence[tuple[Mark, int]]) -> Chart | None:
    """How many rows lie in each band, side by side in the order of the bands."""
    words = ", ".join(f"{mark.word} {count}" for mark, count in bands if count)
    return distribution(words, [Segment(count, mark.ink) for mark, count in bands])


def trend_drawing(trend: Sequence[YearScore]) -> Chart | None:
    """The degree of the ente year by year; a single year is told by the table alone."""
    if len(trend) < LEAST_YEARS:
        return None
    return degree_bars(
        _("Attainment of the whole Chamber by year."),
        [str(score.year) for score in trend],
        [tenths(score.aggregate.value) for score in trend],
        width=440,
        height=180,
        left=48,
    )


def degree_bars(
    caption: str, labels: Sequence[str], values: Sequence[float | None], **size: Any
) -> Chart:
    """Degrees side by side, all to one decimal; the marks of the scale are whole."""
    return bar_chart(
        caption, labels, values, print_number=percent_label, print_mark=mark_label, **size
    )


def tenths(value: Fraction | None) -> float | None:
    """A degree as a drawing takes it: to one decimal; nothing where nothing is measured."""
    return None if value is None else float(half_up(value, 1))


def percent_label(value: float) -> str:
    """A degree as a drawing prints it, with one decimal as in the tables."""
    return percent_text(Fraction(str(value)))


def mark_label(value: float) -> str:
    """A mark of the scale: no zeros after the comma."""
    return f"{figure_text(Fraction(str(value)), 1)}%"
