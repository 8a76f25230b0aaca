"""How far is a result from its target? (scostamento; LG 2/2017: result minus what was planned)

Pure and exact. It is a difference in the measure of the target, not a degree: percent points,
things, euro, days. A date is late by days; a range is missed by what lies between the result and
its nearer end; yes or no, and words, have no difference. See also: `indicators.attainment`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from indicators.enums import TargetKind
from indicators.rounding import figure_text
from indicators.values import AMOUNTS, Value

DECIMALS = 6
MINUS, PLUS = "-", "+"


@dataclass(frozen=True, slots=True)
class Deviation:
    """Result minus target, in the measure `kind` says: number, percent points, euro; of a date, in
    days."""

    amount: Fraction
    kind: TargetKind | Literal[""]

    @property
    def figure(self) -> str:
        """The difference with its sign, in the notation of the plan: -1.234,5; +12; 0."""
        if not self.amount:
            return "0"
        sign = MINUS if self.amount < 0 else PLUS
        return f"{sign}{figure_text(abs(self.amount), DECIMALS)}"


def deviation(target: Value, actual: Value) -> Deviation | None:
    """How far the result is from the target; nothing where the two have no difference: another
    kind, a result that states a limit, words."""
    if actual.comparator:
        return None
    if target.kind == TargetKind.RANGE:
        return _from_range(target, actual)
    if target.kind != actual.kind:
        return None
    if target.day and actual.day:
        return Deviation(Fraction((actual.day - target.day).days), TargetKind.DATE)
    if target.kind in AMOUNTS and target.number is not None and actual.number is not None:
        return Deviation(Fraction(actual.number) - Fraction(target.number), target.kind)
    return None


def _from_range(target: Value, actual: Value) -> Deviation | None:
    """Nothing is missing inside a range; outside, what lies between the result and its end."""
    if target.ends != actual.kind:
        return None
    low, high, number = (
        Fraction(each or 0) for each in (target.number, target.number_to, actual.number)
    )
    return Deviation(number - min(max(number, low), high), target.ends)
