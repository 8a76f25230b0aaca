"""How well does a group attain its targets? Means of degrees of attainment and their coverage.

Plan, 3.2 and 3.3: the dashboard of a unit shows the mean of what its rows attain; those of the
Secretary General and of a dirigente likewise. Pure and exact (see also: `indicators.attainment`).
Each row counts at most 100. What is without a result, or cannot be compared, is outside the mean
and inside the coverage; what is not to be measured is outside both. A missing result of which the
closing of the year decides is excluded, outside both and counted apart, or inside with 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from indicators.attainment import Attainment
from indicators.enums import AggregationMethod, AttainmentState
from indicators.rounding import figure_text, percent_text

ONE = Fraction(1)
SHOWN_TERMS = 6
"""Terms of a mean written one by one; longer sums are written as their total."""


@dataclass(frozen=True, slots=True)
class Part:
    """What enters a mean: percent points of at most 100, or nothing; its weight; how many rows
    behind it are measured, early and to be measured, excluded, counted zero."""

    value: Fraction | None
    weight: Fraction = ONE
    measured: int = 1
    total: int = 1
    early: int = 0
    excluded: int = 0
    zeroed: int = 0


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A mean in percent points, or nothing where nothing is measured; of `total` rows that should
    be measured `measured` are, `early` of them before the end of the year. `terms` are the values
    that enter it with their weights, which add up to `weight`. `zeroed` rows count zero for want of
    a result; `excluded` ones, in no other number, are left out with a reason."""

    method: AggregationMethod
    value: Fraction | None
    measured: int
    total: int
    early: int = 0
    terms: tuple[tuple[Fraction, Fraction], ...] = ()
    weight: Fraction = Fraction(0)
    excluded: int = 0
    zeroed: int = 0

    @property
    def missing(self) -> int:
        """How many rows should be measured and are not."""
        return self.total - self.measured

    @property
    def is_provisional(self) -> bool:
        """May still change: a row is not measured, or was before the end of the year."""
        return self.measured < self.total or self.early > 0

    @property
    def formula(self) -> str:
        """The mean with its numbers in it; empty where there is none."""
        return mean_formula(self.terms, self.value)


def part(found: Attainment, weight: Decimal | Fraction = ONE) -> Part | None:
    """A row as part of a mean; nothing when it is not to be measured."""
    if found.is_excluded:
        return Part(None, Fraction(weight), measured=0, total=0, excluded=1)
    if not found.is_expected:
        return None
    is_measured = found.state == AttainmentState.MEASURED
    return Part(
        found.contribution,
        Fraction(weight),
        measured=int(is_measured),
        early=int(is_measured and found.is_early),
        zeroed=int(found.counts_zero),
    )


def as_part(found: Aggregate, weight: Fraction = ONE) -> Part:
    """A mean as part of the mean above it."""
    counts = (found.measured, found.total, found.early, found.excluded, found.zeroed)
    return Part(found.value, weight, *counts)


def aggregate(parts: Iterable[Part | None], method: AggregationMethod) -> Aggregate:
    """The weighted mean of the parts that have a value, and the coverage of all of them."""
    present = [one for one in parts if one is not None]
    terms = tuple((one.value, one.weight) for one in present if one.value is not None)
    return Aggregate(
        method,
        weighted_mean(terms),
        measured=sum(one.measured for one in present),
        total=sum(one.total for one in present),
        early=sum(one.early for one in present),
        terms=terms,
        weight=exact_sum([weight for _value, weight in terms]),
        excluded=sum(one.excluded for one in present),
        zeroed=sum(one.zeroed for one in present),
    )


def flat_mean(parts: Iterable[Part | None]) -> Aggregate:
    """The mean of the rows of a dashboard; weighted when weights are given."""
    present = [one for one in parts if one is not None]
    is_weighted = len({one.weight for one in present if one.total}) > 1
    return aggregate(present, AggregationMethod.WEIGHTED if is_weighted else AggregationMethod.FLAT)


def weighted_mean(terms: Sequence[tuple[Fraction, Fraction]]) -> Fraction | None:
    """Σ(value × weight) / Σ weight, exact; nothing without terms."""
    if not terms:
        return None
    weight = exact_sum([weight for _value, weight in terms])
    return exact_sum([value * weight for value, weight in terms]) / weight


def exact_sum(numbers: Sequence[Fraction]) -> Fraction:
    """The sum by halves: denominators grow only as far as they must, so that thousands of odd
    fractions add up in no time."""
    if len(numbers) <= 2:
        return sum(numbers, Fraction(0))
    middle = len(numbers) // 2
    return exact_sum(numbers[:middle]) + exact_sum(numbers[middle:])


def mean_formula(terms: Sequence[tuple[Fraction, Fraction]], value: Fraction | None) -> str:
    """How a mean comes about: (100 + 90 + 100) / 3 = 96,7%."""
    if value is None:
        return ""
    is_weighted = len({weight for _value, weight in terms}) > 1
    weights = [weight if is_weighted else ONE for _value, weight in terms]
    values = [number for number, _weight in terms]
    if len(terms) > SHOWN_TERMS:
        products = [number * weight for number, weight in zip(values, weights, strict=True)]
        above = figure_text(exact_sum(products))
    elif is_weighted:
        pairs = zip(weights, values, strict=True)
        above = " + ".join(f"{figure_text(w)} × {figure_text(number)}" for w, number in pairs)
    else:
        above = " + ".join(map(figure_text, values))
    if " + " in above:
        above = f"({above})"
    return f"{above} / {figure_text(exact_sum(weights))} = {percent_text(value)}"


def without(found: Aggregate, value: Fraction, weight: Fraction = ONE) -> Fraction | None:
    """The mean if a row that counts in it with this value were not there."""
    if found.value is None or found.weight == weight:
        return None
    return (found.value * found.weight - value * weight) / (found.weight - weight)


def counting(
    found: Aggregate, value: Fraction | None, new: Fraction, weight: Fraction = ONE
) -> Fraction:
    """The mean if a row counted `new` instead of its value, or of nothing."""
    before = (found.value or Fraction(0)) * found.weight
    if value is None:
        return (before + new * weight) / (found.weight + weight)
    return (before + (new - value) * weight) / found.weight
