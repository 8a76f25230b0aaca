"""How the ente does: indicator, action, objective, perspective, ente, mean of means. Pure.

Domain rule: the degree of the ente is the nested mean over the strategic indicators, an action
counting as much as its neighbours however many indicators it has. A level without any measured
indicator is outside the mean above it, and its rows stay inside the coverage.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from indicators.aggregation import Aggregate, aggregate, as_part, flat_mean, part
from indicators.attainment import Attainment
from indicators.bands import BandLimits
from indicators.enums import AggregationMethod
from strategy.enums import ScoreLevel

NESTED = AggregationMethod.NESTED
BRANCH = (ScoreLevel.PERSPECTIVE, ScoreLevel.OBJECTIVE, ScoreLevel.ACTION)

# The limits of the bands as a snapshot of a plan says them; editions of the first days say none.
UNSAID_LIMITS = {"beyond_above": "100", "reached_from": "90", "partly_reached_from": "70"}


def limits_of(plan: Mapping[str, Any]) -> BandLimits:
    """The limits of the bands by which a plan, as data, is judged."""
    return BandLimits(*(Fraction(plan.get(name, said)) for name, said in UNSAID_LIMITS.items()))


@dataclass(frozen=True, slots=True)
class ScoredRow:
    """A row of a dashboard with its degree: by which perspective, objective and action it stands,
    and what else its reader wants to find again (`subject`)."""

    path: tuple[Hashable, Hashable, Hashable]
    attainment: Attainment
    weight: Decimal = Decimal(1)
    subject: Any = None


@dataclass(frozen=True, slots=True)
class Score:
    """A level with its mean; below it other levels, or the rows of an action."""

    level: ScoreLevel
    key: Hashable
    aggregate: Aggregate
    children: tuple[Score, ...] = ()
    rows: tuple[ScoredRow, ...] = ()

    def every(self, level: ScoreLevel) -> Iterator[Score]:
        """The scores of a level below this one, or this one, in order."""
        if self.level == level:
            yield self
        for child in self.children:
            yield from child.every(level)


def body_score(rows: Iterable[ScoredRow]) -> Score:
    """The score of the ente, level by level, in the order of the rows."""
    return _score(ScoreLevel.BODY, None, tuple(rows), BRANCH)


def dashboard_aggregate(rows: Iterable[ScoredRow]) -> Aggregate:
    """The mean over the rows of a unit, of the Secretary General, of a dirigente (3.3, 4)."""
    return flat_mean(part(row.attainment, row.weight) for row in rows)


def _score(
    level: ScoreLevel, key: Hashable, rows: tuple[ScoredRow, ...], below: Sequence[ScoreLevel]
) -> Score:
    if not below:
        mean = aggregate((part(row.attainment, row.weight) for row in rows), NESTED)
        return Score(level, key, mean, rows=rows)
    step = len(BRANCH) - len(below)
    children = tuple(
        _score(below[0], child, members, below[1:])
        for child, members in _grouped(rows, lambda row: row.path[step])
    )
    return Score(
        level, key, aggregate((as_part(child.aggregate) for child in children), NESTED), children
    )


def _grouped(
    rows: Iterable[ScoredRow], key: Callable[[ScoredRow], Hashable]
) -> list[tuple[Hashable, tuple[ScoredRow, ...]]]:
    """Rows by key, in the order in which the keys first come."""
    groups: dict[Hashable, list[ScoredRow]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return [(key, tuple(members)) for key, members in groups.items()]
