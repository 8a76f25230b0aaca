"""The published degrees of attainment, `attainment.csv`: made of a snapshot and of nothing else.

One line for each indicator, action, objective, perspective, for the ente and for each dashboard
of units, Secretary General and dirigente, in every year that has a result. Degrees of indicators
are not capped, means count each row at most 100. Every edition can say it, also one adopted
before the file existed: its data hold targets, results and weights.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from indicators.aggregation import Aggregate
from indicators.attainment import Attainment, Cells, attainment_of_cells
from indicators.enums import AttainmentState, Availability
from indicators.rounding import half_up
from strategy.enums import DashboardKind, ScoreLevel
from strategy.rollup import Score, ScoredRow, body_score, dashboard_aggregate

Data = Mapping[str, Any]
Texts = tuple[str, ...]

ATTAINMENT = "attainment.csv"
HEADER = ("year", "level", "code", "name", "method", "measured", "total", "attainment")
SCORED = frozenset({DashboardKind.STRATEGIC, *DashboardKind.cascaded})
LEVELS = (ScoreLevel.ACTION, ScoreLevel.OBJECTIVE, ScoreLevel.PERSPECTIVE, ScoreLevel.BODY)


def attainment_header(_snapshot: Data) -> Texts:
    """The columns, which are the same for every plan."""
    return HEADER


def attainment_rows(snapshot: Data) -> Iterator[Texts]:
    """Every line, year by year."""
    for year in years_with_results(snapshot):
        yield from _year(snapshot, year)


def kept_attainment_rows(data: Data) -> Iterator[Texts]:
    """Every line of a year whose data keep its degrees (strategy.year_data): those of a closed year
    are read as they were closed, not computed anew."""
    year = data["year"]
    for token, row in scored_indicators(data).items():
        yield _kept_indicator(year, data["indicators"][token], row, data["results"][token])
    for level, code, name, score in _kept_scores(data):
        yield _kept_line(year, level, code, name, score)


def _kept_scores(data: Data) -> Iterator[tuple[ScoreLevel, str, str, Data]]:
    """Level, code, name and mean of all that has one, in the order of the file."""
    body = data["body"]
    objectives = [one for perspective in body["perspectives"] for one in perspective["objectives"]]
    for one in objectives:
        for action in one["actions"]:
            yield ScoreLevel.ACTION, one["code"], action["name"], action["score"]
    for one in objectives:
        yield ScoreLevel.OBJECTIVE, one["code"], one["name"], one["score"]
    for perspective in body["perspectives"]:
        yield ScoreLevel.PERSPECTIVE, "", perspective["name"], perspective["score"]
    yield ScoreLevel.BODY, "", data["institution"]["name"], body["score"]
    for dashboard in data["dashboards"]:
        if dashboard["kind"] in DashboardKind.cascaded:
            score = data["scores"][dashboard["slug"]]
            yield ScoreLevel.DASHBOARD, dashboard["code"], dashboard["heading"], score


def years_with_results(snapshot: Data) -> list[int]:
    """The years of which some scored indicator states a result, from the year before the plan."""
    found = {
        int(year)
        for token in scored_indicators(snapshot)
        for year, actual in snapshot["indicators"][token]["actuals"].items()
        if actual["availability"] == Availability.STATED
    }
    return sorted(found)


def _year(snapshot: Data, year: int) -> Iterator[Texts]:
    indicators = {
        token: attainment_in(snapshot["indicators"][token], year)
        for token in scored_indicators(snapshot)
    }
    for token, row in scored_indicators(snapshot).items():
        yield _indicator_line(year, snapshot["indicators"][token], row, indicators[token])
    body = body_score(scored_rows(strategic_rows(snapshot), indicators))
    for level in LEVELS:
        for score in body.every(level):
            yield _line(year, level, *_named(snapshot, score), score.aggregate)
    for dashboard in snapshot["dashboards"]:
        if dashboard["kind"] in DashboardKind.cascaded:
            mean = dashboard_aggregate(scored_rows(dashboard["rows"], indicators))
            name = (dashboard["code"], dashboard["heading"])
            yield _line(year, ScoreLevel.DASHBOARD, *name, mean)


def attainment_in(indicator: Data, year: int) -> Attainment:
    """The degree of an indicator of a snapshot in a year; a cell that is not there is empty. What
    was decided of a missing result takes its place."""
    target = indicator["targets"].get(str(year), {})
    actual = indicator["actuals"].get(str(year), {})
    numerator, denominator = (actual.get(f"{name}_value") for name in ("numerator", "denominator"))
    decided = indicator.get("resolutions", {}).get(str(year), {})
    cells = Cells(
        target.get("printed", ""),
        target.get("polarity", ""),
        target.get("is_polarity_confirmed", False),
        target.get("tolerance_days", 0),
        indicator["is_project"],
        actual.get("printed", ""),
        None if numerator is None else Decimal(numerator),
        None if denominator is None else Decimal(denominator),
        actual.get("measured_on", "9999") < datetime.date(year, 12, 31).isoformat(),
        decided.get("treatment", ""),
    )
    return attainment_of_cells(cells)


def scored_indicators(snapshot: Data) -> dict[str, Data]:
    """The indicators of the scored dashboards, each with the first row that shows it."""
    found: dict[str, Data] = {}
    for dashboard in snapshot["dashboards"]:
        if dashboard["kind"] in SCORED:
            for row in dashboard["rows"]:
                found.setdefault(row["indicator"], row)
    return found


def strategic_rows(snapshot: Data) -> list[Data]:
    """The rows of the strategic dashboard."""
    return [
        row
        for dashboard in snapshot["dashboards"]
        if dashboard["kind"] == DashboardKind.STRATEGIC
        for row in dashboard["rows"]
    ]


def scored_rows(rows: Iterable[Data], indicators: Mapping[str, Attainment]) -> Iterator[ScoredRow]:
    for row in rows:
        objective = (row["objective_code"], row["objective"])
        yield ScoredRow(
            (row["perspective"], objective, row["action"]),
            indicators[row["indicator"]],
            Decimal(row["weight"]),
            subject=row,
        )


def _named(snapshot: Data, score: Score) -> tuple[str, str]:
    """Code and printed name of a level: an action stands under the code of its objective."""
    if score.level == ScoreLevel.BODY:
        return ("", snapshot["institution"]["name"])
    first = next(_rows_below(score)).subject
    if score.level == ScoreLevel.PERSPECTIVE:
        return ("", first["perspective"])
    return (first["objective_code"], first[score.level.value])


def _rows_below(score: Score) -> Iterator[ScoredRow]:
    yield from score.rows
    for child in score.children:
        yield from _rows_below(child)


def _indicator_line(year: int, indicator: Data, row: Data, found: Attainment) -> Texts:
    return (
        str(year),
        ScoreLevel.INDICATOR.value,
        row["objective_code"],
        indicator["name"],
        str(found.rule),
        str(int(found.state == AttainmentState.MEASURED)),
        str(int(found.is_expected)),
        _degree(found.value),
    )


def _kept_indicator(year: int, indicator: Data, row: Data, result: Data) -> Texts:
    state = AttainmentState(result["state"])
    return (
        str(year),
        ScoreLevel.INDICATOR.value,
        row["objective_code"],
        indicator["name"],
        result["rule"],
        str(int(state == AttainmentState.MEASURED)),
        str(int(state != AttainmentState.OUTSIDE)),
        result["degree"],
    )


def _kept_line(year: int, level: ScoreLevel, code: str, name: str, score: Data) -> Texts:
    counts = (str(score["measured"]), str(score["total"]))
    return (str(year), level.value, code, name, score["method"], *counts, score["degree"])


def _line(year: int, level: ScoreLevel, code: str, name: str, mean: Aggregate) -> Texts:
    return (
        str(year),
        level.value,
        code,
        name,
        mean.method.value,
        str(mean.measured),
        str(mean.total),
        _degree(mean.value),
    )


def _degree(value: Fraction | None) -> str:
    """Two decimals and a point; nothing where nothing is measured."""
    return "" if value is None else f"{half_up(value, 2)}"
