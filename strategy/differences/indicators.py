"""Indicators with their words, targets and results. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from indicators.values import TYPED
from strategy.differences.changes import (
    Change,
    Snapshot,
    Subject,
    fields_changed,
    one_sided,
    text,
    whole,
)
from strategy.differences.matching import Matching, match
from strategy.enums import ChangeKind, PlanPart

WORDS = (
    "name",
    "definition",
    "numerator",
    "denominator",
    "unit_of_measure",
    "is_project",
    "measurement_area",
    "source",
    "supplier",
)
ADDED_WORDS = ("definition", "source", "supplier")


class Column(NamedTuple):
    """Targets or results: where the snapshot keeps them, what else is said of a cell, which of
    these are words written for this very cell."""

    field: str
    key: str
    facts: tuple[str, ...]
    words: str


COLUMNS = (
    Column(
        "target",
        "targets",
        ("polarity", "is_polarity_confirmed", "tolerance_days", "reason"),
        "reason",
    ),
    Column(
        "actual",
        "actuals",
        ("measured_on", "numerator_value", "denominator_value", "note"),
        "note",
    ),
)


@dataclass(frozen=True)
class IndicatorMatching:
    """The indicators of both sides, matched; each has one token whatever its side calls it."""

    matching: Matching[tuple[str, Snapshot]]
    old_tokens: Mapping[str, str]
    new_tokens: Mapping[str, str]


def match_indicators(old: Snapshot, new: Snapshot) -> IndicatorMatching:
    """Indicators by identifier, else by name."""
    matching = match(
        list(old["indicators"].items()),
        list(new["indicators"].items()),
        lambda one: one[0],
        lambda one: one[1]["name"],
    )
    tokens: list[dict[str, str]] = [
        {key: f"-{key}" for key in old["indicators"]},
        {key: f"+{key}" for key in new["indicators"]},
    ]
    for (here, _old), (there, _new) in matching.pairs:
        tokens[0][here] = tokens[1][there] = "=".join(sorted((here, there)))
    return IndicatorMatching(matching, *tokens)


def indicator_changes(
    old: Snapshot, new: Snapshot, indicators: IndicatorMatching
) -> Iterator[Subject]:
    """What changed in the cells, then in the words of the indicators."""
    before, now = _places(old), _places(new)
    rank_before, rank_now = _rank(before), _rank(now)
    words: list[Subject] = []
    matching = indicators.matching
    for (_here, was), (key, is_now) in sorted(
        matching.pairs, key=lambda pair: rank_now(pair[1][0])
    ):
        if was == is_now:
            continue
        place, link = now.get(key, ""), ("indicator", key)
        if cells := _cells(was, is_now):
            yield Subject(PlanPart.CELLS, place, is_now["name"], tuple(cells), link)
        if said := fields_changed(was, is_now, WORDS):
            words.append(Subject(PlanPart.INDICATORS, place, is_now["name"], tuple(said), link))
    for kind, ends, places, rank in (
        (ChangeKind.ADDED, [matching.new[at] for at in matching.added], now, rank_now),
        (ChangeKind.REMOVED, [matching.old[at] for at in matching.removed], before, rank_before),
    ):
        for key, data in sorted(ends, key=lambda one: rank(one[0])):
            link = ("indicator", key) if kind == ChangeKind.ADDED else ("", "")
            place = places.get(key, "")
            if cells := _cells_of_one(kind, data):
                yield Subject(PlanPart.CELLS, place, data["name"], tuple(cells), link)
            said = whole(kind, "indicator", data["name"], data, ADDED_WORDS)
            words.append(Subject(PlanPart.INDICATORS, place, data["name"], tuple(said), link))
    yield from words


def _places(snapshot: Snapshot) -> dict[str, str]:
    """Where each indicator stands: codes of the objectives, then of the dashboards; in the order
    of the plan."""
    found: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for dashboard in snapshot["dashboards"]:
        for row in dashboard["rows"]:
            objectives, dashboards = found.setdefault(row["indicator"], ({}, {}))
            objectives[row["objective_code"]] = None
            dashboards[dashboard["code"] or dashboard["heading"]] = None
    return {
        key: " · ".join(filter(None, (", ".join(filter(None, one)) for one in where)))
        for key, where in found.items()
    }


def _rank(places: Mapping[str, str]) -> Callable[[str], int]:
    """The place of an indicator in the order of the plan; those that stand nowhere come last."""
    ranks = {key: rank for rank, key in enumerate(places)}
    return lambda key: ranks.get(key, len(ranks))


def _cells(old: Snapshot, new: Snapshot) -> list[Change]:
    """Year by year, the target before the result."""
    years = sorted({year for side in (old, new) for c in COLUMNS for year in side[c.key]})
    return [
        change
        for year in years
        for column in COLUMNS
        if old[column.key].get(year) != new[column.key].get(year)
        for change in _cell(column, year, old[column.key].get(year), new[column.key].get(year))
    ]


def _cell(
    column: Column, year: str, old: Snapshot | None, new: Snapshot | None
) -> Iterator[Change]:
    """A cell with what is said of it. One that is not there equals one not filled in."""
    was, is_now = old or {}, new or {}
    before, now = was.get("printed", ""), is_now.get("printed", "")
    if before != now:
        sides = (None if old is None else before, None if new is None else now)
        yield Change(ChangeKind.CHANGED, column.field, *sides, year)
    elif old and new and typed(old) != typed(new):
        yield Change(ChangeKind.CHANGED, f"{column.field}_value", typed(old), typed(new), year)
    facts = column.facts if old and new else (column.words,)
    yield from fields_changed(was, is_now, facts, detail=year)


def typed(cell: Snapshot) -> str:
    """The value that a cell means."""
    return " ".join(text(cell[name]) for name in TYPED if cell[name] not in (None, ""))


def _cells_of_one(kind: ChangeKind, data: Snapshot) -> list[Change]:
    """The cells that an indicator brought, or took away."""
    years = sorted({year for column in COLUMNS for year in data[column.key]})
    return [
        one_sided(kind, column.field, data[column.key][year]["printed"], year)
        for year in years
        for column in COLUMNS
        if data[column.key].get(year, {}).get("printed")
    ]
