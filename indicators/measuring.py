"""The rules by which a degree of attainment follows from target and result. Pure and exact.

Each rule gives percent points, which may lie below zero or beyond a hundred, and the step that a
reader can follow with pencil and paper: 3.497 / 4.000 × 100 = 87,43%. See also:
`indicators.attainment`, which decides what is measured at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from indicators.enums import AttainmentRule, TargetKind
from indicators.rounding import figure_text
from indicators.values import Value

ZERO, FULL = Fraction(0), Fraction(100)
UNITS = {TargetKind.PERCENT.value: "%", TargetKind.MONEY.value: " €"}
DECIMALS = 6
"""Decimals a value of the plan can have; a quotient that needs more is shown with two."""


@dataclass(frozen=True, slots=True)
class Found:
    """A figure and the step by which it was found."""

    value: Fraction
    step: str


def divided(numerator: Decimal, denominator: Decimal, kind: str) -> Found:
    """A ratio from its two counts, in percent points where it is a percentage."""
    is_percent = kind == TargetKind.PERCENT
    value = Fraction(numerator) / Fraction(denominator) * (100 if is_percent else 1)
    counts = " / ".join(_amount(Fraction(count), "") for count in (numerator, denominator))
    return Found(value, f"{counts}{' × 100' if is_percent else ''} = {_amount(value, kind)}")


def measure(
    rule: AttainmentRule, target: Value, actual: Value, number: Fraction, tolerance_days: int
) -> Found:
    """The degree by a rule; `number` is the figure of the result, exact where it is a ratio."""
    if rule == AttainmentRule.DATE:
        return _date(target, actual, tolerance_days)
    return _MEASURES[rule](target, actual, number)


def _higher(target: Value, _actual: Value, number: Fraction) -> Found:
    """Higher is better: C / T × 100; 84% on a target of 60% is 140."""
    return _at_least(Fraction(target.number or 0), number, target.kind)


def _lower(target: Value, _actual: Value, number: Fraction) -> Found:
    """Lower is better: (2T - C) / T × 100; half the target is 150, twice the target is 0."""
    return _at_most(Fraction(target.number or 0), number, target.kind)


def _yes_no(target: Value, actual: Value, _number: Fraction) -> Found:
    """The answer expected (SI/NO expects a SI), or the other one."""
    wanted, given = ("SI" if value.is_yes else "NO" for value in (target, actual))
    if wanted == given:
        return Found(FULL, f"{given} = {wanted} → 100%")
    return Found(ZERO, f"{given} ≠ {wanted} → 0%")


def _range(target: Value, _actual: Value, number: Fraction) -> Found:
    """Inside 100; below in proportion to the lower end, above symmetric on the upper one."""
    low, high = Fraction(target.number or 0), Fraction(target.number_to or 0)
    if number < low:
        return _at_least(low, number, target.ends)
    if number > high:
        return _at_most(high, number, target.ends)
    ends = " ≤ ".join(_amount(each, target.ends) for each in (low, number, high))
    return Found(FULL, f"{ends} → 100%")


_MEASURES: dict[AttainmentRule, Callable[[Value, Value, Fraction], Found]] = {
    AttainmentRule.HIGHER: _higher,
    AttainmentRule.LOWER: _lower,
    AttainmentRule.PROJECT: _higher,
    AttainmentRule.YES_NO: _yes_no,
    AttainmentRule.RANGE: _range,
}


def _date(target: Value, actual: Value, tolerance: int) -> Found:
    """By the day 100; later 0, or in proportion to what is left of the tolerance."""
    due, done = target.day, actual.day
    if due is None or done is None:  # a value of this kind has its day
        raise ValueError("a date without a day")
    late = (done - due).days
    if late <= 0:
        return Found(FULL, f"{_day(done)} ≤ {_day(due)} → 100%")
    if not tolerance:
        return Found(ZERO, f"{_day(done)} > {_day(due)} → 0%")
    value = Fraction(tolerance - late, tolerance) * 100
    return Found(value, f"({tolerance} - {late}) / {tolerance} × 100 = {_percent(value)}")


# Against a bound


def _at_least(goal: Fraction, number: Fraction, kind: str) -> Found:
    """Against a bound from below: in proportion to it."""
    shown, wanted = _amount(number, kind), _amount(goal, kind)
    if goal == 0:
        return _on_zero(number >= 0, f"{shown} {'≥' if number >= 0 else '<'} {wanted}")
    if goal < 0:
        return _on_negative(goal, number - goal, f"{shown} - {wanted}", kind)
    value = number / goal * 100
    return Found(value, f"{shown} / {wanted} × 100 = {_percent(value)}")


def _at_most(goal: Fraction, number: Fraction, kind: str) -> Found:
    """Against a bound from above: as far under it as it would be over it."""
    shown, wanted = _amount(number, kind), _amount(goal, kind)
    if goal == 0:
        return _on_zero(number <= 0, f"{shown} {'≤' if number <= 0 else '>'} {wanted}")
    if goal < 0:
        return _on_negative(goal, goal - number, f"{wanted} - {shown}", kind)
    value = (2 * goal - number) / goal * 100
    return Found(value, f"(2 × {wanted} - {shown}) / {wanted} × 100 = {_percent(value)}")


def _on_zero(is_reached: bool, comparison: str) -> Found:
    """A target of zero has no proportion: it is reached or not."""
    return Found(FULL, f"{comparison} → 100%") if is_reached else Found(ZERO, f"{comparison} → 0%")


def _on_negative(goal: Fraction, gain: Fraction, difference: str, kind: str) -> Found:
    """A negative target: how much better or worse, on its size."""
    value = 100 + gain / -goal * 100
    step = f"100 + ({difference}) / {_amount(-goal, kind)} × 100 = {_percent(value)}"
    return Found(value, step)


# How the numbers of a step are written


def _amount(number: Fraction, kind: str) -> str:
    """An amount of a kind, whole if its decimals end; a negative one in brackets."""
    places = DECIMALS if (number * 10**DECIMALS).denominator == 1 else 2
    text = f"{figure_text(number, places)}{UNITS.get(kind, '')}"
    return f"({text})" if number < 0 else text


def _percent(value: Fraction) -> str:
    return f"{figure_text(value)}%"


def _day(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
