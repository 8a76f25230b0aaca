"""To what degree does a result attain its target? (grado di raggiungimento; plan, 3.2 and 3.3)

Pure and exact: percent points as fractions, rounded only to be shown (see also:
`indicators.rounding`). The degree is not capped: 84% on 60% is 140; what enters a mean is
`contribution`, at most 100. It is never below 0.

=====================  =============================================================================
target                 degree
=====================  =============================================================================
number, percentage,    higher is better: C / T × 100. Lower is better: (2T - C) / T × 100.
amount                 T = 0: 100 when C >= 0, or C <= 0 where lower is better; otherwise 0.
                       T < 0: the same distance on the size of T, 100 ± (C - T) / \\|T\\| × 100.
ratio                  the two counts are divided first; a zero denominator gives n.d.
project                progress / progress expected × 100, whatever the polarity
date                   on or before the day 100, later 0; with a tolerance of g days from 100 to 0
                       over g; being early gives no more than 100
SI/NO                  100 or 0
range (da a)           inside 100; below C / min × 100; above (2 max - C) / max × 100
=====================  =============================================================================

Monitoring, `-`, words, n.d. and an empty target are outside numerator and denominator. A result
that is `-`, empty or n.d. is outside the mean but inside the coverage; so is one that cannot be
compared: another kind than the target's, a limit (≥ 90%) instead of a value, no polarity. Nothing
is guessed. A comparison printed with the target (≥, ≤) says which way is better.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from indicators.enums import (
    AttainmentBand,
    AttainmentNote,
    AttainmentRule,
    AttainmentState,
    Availability,
    Comparator,
    Polarity,
    TargetKind,
)
from indicators.rounding import figure_text
from indicators.values import AMOUNTS, Value, print_value, read

FORMULA_VERSION = 1
"""Raised when the same target and result give another degree; kept with what is closed."""

ZERO, FULL = Fraction(0), Fraction(100)
CAP = FULL

Direction = Polarity | Literal[""]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetValue:
    """What is expected of an indicator in a year, and how the result is held against it.

    `tolerance_days` only serves dates; a project is measured by its progress.
    """

    value: Value
    polarity: Direction = ""
    is_polarity_confirmed: bool = True
    tolerance_days: int = 0
    is_project: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ActualValue:
    """What came out. The two counts of a ratio go together; `is_early` says that it was measured
    before the end of the year."""

    value: Value
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    is_early: bool = False


NO_ACTUAL = ActualValue(value=Value(availability=Availability.NOT_FILLED))


@dataclass(frozen=True, slots=True)
class Attainment:
    """A degree of attainment in percent points, or why there is none; `formula` holds the steps
    with the numbers in them."""

    state: AttainmentState
    rule: AttainmentRule | Literal[""] = ""
    value: Fraction | None = None
    formula: tuple[str, ...] = ()
    notes: tuple[AttainmentNote, ...] = ()

    @property
    def contribution(self) -> Fraction | None:
        """What enters a mean: at most 100."""
        return None if self.value is None else min(self.value, CAP)

    @property
    def is_expected(self) -> bool:
        """Should be measured: within the coverage."""
        return self.state != AttainmentState.OUTSIDE

    @property
    def is_early(self) -> bool:
        """Rests on a result measured before the end of the year."""
        return AttainmentNote.EARLY in self.notes


@dataclass(frozen=True, slots=True)
class Explanation:
    """A degree of attainment told: what stands on the two sides, which way is better, the rule,
    the steps with the numbers in them, and a sentence for each thing to know."""

    target: str
    actual: str
    polarity: Direction
    rule: AttainmentRule | Literal[""]
    formula: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BandLimits:
    """From where on a degree is called what, percent points: beyond above the first limit, then
    reached and partly reached from their limit up."""

    beyond: Fraction = Fraction(100)
    reached: Fraction = Fraction(90)
    partly_reached: Fraction = Fraction(70)

    def band(self, value: Fraction | None) -> AttainmentBand:
        """The word for a degree."""
        if value is None:
            return AttainmentBand.NOT_MEASURABLE
        if value > self.beyond:
            return AttainmentBand.BEYOND
        if value >= self.reached:
            return AttainmentBand.REACHED
        if value >= self.partly_reached:
            return AttainmentBand.PARTLY_REACHED
        return AttainmentBand.NOT_REACHED


DEFAULT_LIMITS = BandLimits()


def attainment(target: TargetValue, actual: ActualValue = NO_ACTUAL) -> Attainment:
    """The degree to which the result attains the target."""
    if left_out := _left_out(target.value):
        return Attainment(AttainmentState.OUTSIDE, notes=(left_out,))
    direction = direction_of(target)
    rule = _rule(target, direction)
    if missing := _missing(actual):
        return Attainment(AttainmentState.WAITING, rule, notes=(missing,))
    if obstacle := _obstacle(target, actual, direction):
        return Attainment(AttainmentState.INCOMPARABLE, rule, notes=(obstacle,))
    result, steps, remarks = _result(actual)
    found = _MEASURES[rule](target, result)
    value = max(found.value, ZERO)
    return Attainment(
        AttainmentState.MEASURED,
        rule,
        value,
        (*steps, found.step),
        (*remarks, *_remarks(target, direction, actual, found.value, rule)),
    )


@lru_cache(maxsize=16384)
def attainment_of_cells(
    target: str,
    polarity: Direction,
    is_polarity_confirmed: bool,
    tolerance_days: int,
    is_project: bool,
    actual: str,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    is_early: bool = False,
) -> Attainment:
    """The same from the cells as printed, once for each combination of them."""
    return attainment(
        TargetValue(
            value=read(target),
            polarity=polarity,
            is_polarity_confirmed=is_polarity_confirmed,
            tolerance_days=tolerance_days,
            is_project=is_project,
        ),
        ActualValue(
            value=read(actual), numerator=numerator, denominator=denominator, is_early=is_early
        ),
    )


def explain(target: TargetValue, actual: ActualValue = NO_ACTUAL) -> Explanation:
    """The degree told, for whoever asks why."""
    found = attainment(target, actual)
    needs_direction = found.rule in {AttainmentRule.HIGHER, AttainmentRule.LOWER, ""}
    is_figure = target.value.kind in AMOUNTS
    kinds = {
        "target": str(TargetKind(kind_of(target.value)).label) if target.value.kind else "",
        "actual": str(TargetKind(kind_of(actual.value)).label) if actual.value.kind else "",
    }
    return Explanation(
        target=target.value.printed or print_value(target.value),
        actual=actual.value.printed or print_value(actual.value),
        polarity=direction_of(target) if is_figure and needs_direction else "",
        rule=found.rule,
        formula=found.formula,
        notes=tuple(str(note.label) % kinds for note in found.notes),
    )


def direction_of(target: TargetValue) -> Direction:
    """Which way is better: as the sign printed with the target says, else as recorded."""
    signs: dict[str, Polarity] = {
        Comparator.AT_LEAST: Polarity.HIGHER_IS_BETTER,
        Comparator.AT_MOST: Polarity.LOWER_IS_BETTER,
    }
    return signs.get(target.value.comparator, target.polarity)


def kind_of(value: Value) -> TargetKind | Literal[""]:
    """What a value is made of: of a range, its ends."""
    return value.ends or value.kind


# What cannot be measured, and why

_LEFT_OUT = {
    Availability.NOT_FORESEEN: AttainmentNote.TARGET_NOT_FORESEEN,
    Availability.NOT_FILLED: AttainmentNote.TARGET_NOT_FILLED,
    Availability.NOT_AVAILABLE: AttainmentNote.TARGET_NOT_AVAILABLE,
    Availability.MONITORING: AttainmentNote.MONITORING,
}
_MISSING = {
    Availability.NOT_FORESEEN: AttainmentNote.ACTUAL_NOT_FORESEEN,
    Availability.NOT_FILLED: AttainmentNote.ACTUAL_NOT_FILLED,
    Availability.NOT_AVAILABLE: AttainmentNote.ACTUAL_NOT_AVAILABLE,
    Availability.MONITORING: AttainmentNote.ACTUAL_NOT_FILLED,
}


def _left_out(value: Value) -> AttainmentNote | None:
    """Why a target is outside numerator and denominator."""
    if value.kind == TargetKind.TEXT:
        return AttainmentNote.WORDS
    return _LEFT_OUT.get(value.availability)


def _missing(actual: ActualValue) -> AttainmentNote | None:
    """Why there is no result yet."""
    if actual.denominator == 0:
        return AttainmentNote.ZERO_DENOMINATOR
    return _MISSING.get(actual.value.availability)


def _obstacle(
    target: TargetValue, actual: ActualValue, direction: Direction
) -> AttainmentNote | None:
    """Why a result that is there cannot be held against the target."""
    if kind_of(target.value) != actual.value.kind:
        return AttainmentNote.DIFFERENT_KINDS
    if actual.value.comparator:
        return AttainmentNote.ACTUAL_NOT_PRECISE
    if target.value.kind in AMOUNTS and not direction and not target.is_project:
        return AttainmentNote.POLARITY_MISSING
    return None


def _rule(target: TargetValue, direction: Direction) -> AttainmentRule:
    """The rule that serves the target."""
    fixed = {
        TargetKind.DATE: AttainmentRule.DATE,
        TargetKind.YES_NO: AttainmentRule.YES_NO,
        TargetKind.RANGE: AttainmentRule.RANGE,
    }
    if target.value.kind in fixed:
        return fixed[TargetKind(target.value.kind)]
    if target.is_project:
        return AttainmentRule.PROJECT
    if direction == Polarity.LOWER_IS_BETTER:
        return AttainmentRule.LOWER
    return AttainmentRule.HIGHER


# The result, a ratio divided


@dataclass(frozen=True, slots=True)
class _Result:
    """A result as the rules take it."""

    value: Value
    number: Fraction = ZERO


def _result(actual: ActualValue) -> tuple[_Result, tuple[str, ...], tuple[AttainmentNote, ...]]:
    """The result, the step that divides its two counts, and what is to say of that."""
    value = actual.value
    if value.number is None:
        return _Result(value), (), ()
    number = Fraction(value.number)
    if actual.numerator is None or actual.denominator is None:
        return _Result(value, number), (), ()
    scale = 100 if value.kind == TargetKind.PERCENT else 1
    exact = Fraction(actual.numerator) / Fraction(actual.denominator) * scale
    times = " × 100" if scale == 100 else ""
    counts = f"{_figure(actual.numerator)} / {_figure(actual.denominator)}{times}"
    step = f"{counts} = {_amount(exact, value.kind)}"
    notes = () if exact == number else (AttainmentNote.EXACT_RATIO,)
    return _Result(value, exact), (step,), notes


# The rules


@dataclass(frozen=True, slots=True)
class _Found:
    value: Fraction
    step: str


def _higher(target: TargetValue, result: _Result) -> _Found:
    """Higher is better: C / T × 100; 84% on a target of 60% is 140."""
    return _at_least(Fraction(_number(target)), result.number, target.value.kind)


def _lower(target: TargetValue, result: _Result) -> _Found:
    """Lower is better: (2T - C) / T × 100; half the target is 150, twice the target is 0."""
    return _at_most(Fraction(_number(target)), result.number, target.value.kind)


def _date(target: TargetValue, result: _Result) -> _Found:
    """By the day 100; later 0, or in proportion to what is left of the tolerance."""
    due, done = target.value.day, result.value.day
    if due is None or done is None:  # a value of this kind has its day
        raise ValueError("a date without a day")
    late, tolerance = (done - due).days, target.tolerance_days
    if late <= 0:
        return _Found(FULL, f"{_day(done)} ≤ {_day(due)} → 100%")
    if not tolerance:
        return _Found(ZERO, f"{_day(done)} > {_day(due)} → 0%")
    value = Fraction(tolerance - late, tolerance) * 100
    return _Found(value, f"({tolerance} - {late}) / {tolerance} × 100 = {_percent(value)}")


def _yes_no(target: TargetValue, result: _Result) -> _Found:
    """The answer expected (SI/NO expects a SI), or the other one."""
    wanted, given = ("SI" if value.is_yes else "NO" for value in (target.value, result.value))
    if wanted == given:
        return _Found(FULL, f"{given} = {wanted} → 100%")
    return _Found(ZERO, f"{given} ≠ {wanted} → 0%")


def _range(target: TargetValue, result: _Result) -> _Found:
    """Inside 100; below in proportion to the lower end, above symmetric on the upper one."""
    low, high = Fraction(target.value.number or 0), Fraction(target.value.number_to or 0)
    number, kind = result.number, target.value.ends
    if number < low:
        return _at_least(low, number, kind)
    if number > high:
        return _at_most(high, number, kind)
    ends = f"{_amount(low, kind)} ≤ {_amount(number, kind)} ≤ {_amount(high, kind)}"
    return _Found(FULL, f"{ends} → 100%")


_MEASURES: dict[AttainmentRule, Callable[[TargetValue, _Result], _Found]] = {
    AttainmentRule.HIGHER: _higher,
    AttainmentRule.LOWER: _lower,
    AttainmentRule.PROJECT: _higher,
    AttainmentRule.DATE: _date,
    AttainmentRule.YES_NO: _yes_no,
    AttainmentRule.RANGE: _range,
}


def _at_least(goal: Fraction, number: Fraction, kind: str) -> _Found:
    """Against a bound from below: in proportion to it."""
    shown, wanted = _amount(number, kind), _amount(goal, kind)
    if goal == 0:
        return _on_zero(number >= 0, f"{shown} {'≥' if number >= 0 else '<'} {wanted}")
    if goal < 0:
        return _on_negative(goal, number - goal, f"{shown} - {wanted}", kind)
    value = number / goal * 100
    return _Found(value, f"{shown} / {wanted} × 100 = {_percent(value)}")


def _at_most(goal: Fraction, number: Fraction, kind: str) -> _Found:
    """Against a bound from above: as far under it as it would be over it."""
    shown, wanted = _amount(number, kind), _amount(goal, kind)
    if goal == 0:
        return _on_zero(number <= 0, f"{shown} {'≤' if number <= 0 else '>'} {wanted}")
    if goal < 0:
        return _on_negative(goal, goal - number, f"{wanted} - {shown}", kind)
    value = (2 * goal - number) / goal * 100
    return _Found(value, f"(2 × {wanted} - {shown}) / {wanted} × 100 = {_percent(value)}")


def _on_zero(is_reached: bool, comparison: str) -> _Found:
    """A target of zero has no proportion: it is reached or not."""
    return (
        _Found(FULL, f"{comparison} → 100%") if is_reached else _Found(ZERO, f"{comparison} → 0%")
    )


def _on_negative(goal: Fraction, gain: Fraction, difference: str, kind: str) -> _Found:
    """A negative target: how much better or worse, on its size."""
    value = 100 + gain / -goal * 100
    step = f"100 + ({difference}) / {_amount(-goal, kind)} × 100 = {_percent(value)}"
    return _Found(value, step)


def _remarks(
    target: TargetValue,
    direction: Direction,
    actual: ActualValue,
    value: Fraction,
    rule: AttainmentRule,
) -> tuple[AttainmentNote, ...]:
    """What must be known of a measured degree."""
    depends = rule in {AttainmentRule.HIGHER, AttainmentRule.LOWER}
    is_signed = target.value.comparator in {Comparator.AT_LEAST, Comparator.AT_MOST}
    said = {
        AttainmentNote.POLARITY_UNCONFIRMED: depends
        and not is_signed
        and not target.is_polarity_confirmed,
        AttainmentNote.COMPARATOR_DECIDES: depends
        and bool(target.polarity)
        and direction != target.polarity,
        AttainmentNote.NEGATIVE_TARGET: target.value.kind in AMOUNTS and _number(target) < 0,
        AttainmentNote.HEADS_LEFT_OUT: target.value.head_count is not None
        or actual.value.head_count is not None,
        AttainmentNote.RAISED_TO_ZERO: value < 0,
        AttainmentNote.CAPPED: value > CAP,
        AttainmentNote.EARLY: actual.is_early,
    }
    return tuple(note for note, holds in said.items() if holds)


# How the numbers of a formula are written

_UNITS = {TargetKind.PERCENT.value: "%", TargetKind.MONEY.value: " €"}
_DECIMALS = 6


def _number(target: TargetValue) -> Decimal:
    return target.value.number or Decimal(0)


def _figure(number: Decimal) -> str:
    return figure_text(Fraction(number), _DECIMALS)


def _amount(number: Fraction, kind: str) -> str:
    """An amount of a kind, whole if its decimals end; a negative one in brackets."""
    places = _DECIMALS if (number * 10**_DECIMALS).denominator == 1 else 2
    text = f"{figure_text(number, places)}{_UNITS.get(kind, '')}"
    return f"({text})" if number < 0 else text


def _percent(value: Fraction) -> str:
    return f"{figure_text(value)}%"


def _day(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
