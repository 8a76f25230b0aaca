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

When a year is closed, what is without a degree within the coverage is excluded from it with a
reason, or counts zero (`resolved`); a degree that is there always stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

from indicators.enums import (
    AttainmentNote,
    AttainmentRule,
    AttainmentState,
    Availability,
    Comparator,
    Polarity,
    TargetKind,
    Treatment,
)
from indicators.measuring import FULL, ZERO, divided, measure
from indicators.values import AMOUNTS, Value, print_value, read

FORMULA_VERSION = 1
"""Raised when the same target and result give another degree; kept with what is closed."""

CAP = FULL
"""What a row counts at most in a mean, percent points."""

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

    @property
    def is_unresolved(self) -> bool:
        """Should be measured and is not, nor was anything decided in its place."""
        return self.state in {AttainmentState.WAITING, AttainmentState.INCOMPARABLE}

    @property
    def is_excluded(self) -> bool:
        """Should be measured, is not, and was left out of the year."""
        return AttainmentNote.EXCLUDED in self.notes

    @property
    def counts_zero(self) -> bool:
        """Should be measured, is not, and counts zero."""
        return AttainmentNote.COUNTED_ZERO in self.notes


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

    @property
    def rule_label(self) -> str:
        """The rule in words."""
        return str(AttainmentRule(self.rule).label) if self.rule else ""

    @property
    def polarity_label(self) -> str:
        """Which way is better, in words."""
        return str(Polarity(self.polarity).label) if self.polarity else ""


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
    number, steps, remarks = _number(actual)
    found = measure(rule, target.value, actual.value, number, target.tolerance_days)
    value = max(found.value, ZERO)
    return Attainment(
        AttainmentState.MEASURED,
        rule,
        value,
        (*steps, found.step),
        (*remarks, *_remarks(target, direction, actual, found.value, rule)),
    )


class Cells(NamedTuple):
    """Target and result of a row as they are stored, which is what a degree is known by; and what
    was decided where the result is missing."""

    target: str
    polarity: Direction
    is_polarity_confirmed: bool
    tolerance_days: int
    is_project: bool
    actual: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    is_early: bool = False
    treatment: Treatment | Literal[""] = ""


@lru_cache(maxsize=16384)
def values_of(cells: Cells) -> tuple[TargetValue, ActualValue]:
    """Both sides read, once for each combination of cells."""
    return (
        TargetValue(
            value=read(cells.target),
            polarity=cells.polarity,
            is_polarity_confirmed=cells.is_polarity_confirmed,
            tolerance_days=cells.tolerance_days,
            is_project=cells.is_project,
        ),
        ActualValue(
            value=read(cells.actual),
            numerator=cells.numerator,
            denominator=cells.denominator,
            is_early=cells.is_early,
        ),
    )


def resolved(found: Attainment, treatment: Treatment | Literal[""]) -> Attainment:
    """The same when something was decided in the place of a missing result.

    Excluded it is outside numerator and denominator, as zero it is inside with 0. A degree that is
    there, and what is not to be measured, stay as they are whatever was decided.
    """
    if not treatment or not found.is_unresolved:
        return found
    if treatment == Treatment.EXCLUDED:
        notes = (*found.notes, AttainmentNote.EXCLUDED)
        return Attainment(AttainmentState.OUTSIDE, found.rule, notes=notes)
    notes = (*found.notes, AttainmentNote.COUNTED_ZERO)
    return Attainment(AttainmentState.MEASURED, found.rule, ZERO, notes=notes)


@lru_cache(maxsize=16384)
def attainment_of_cells(cells: Cells) -> Attainment:
    """The degree from the cells as stored, likewise."""
    return resolved(attainment(*values_of(cells)), cells.treatment)


def explanation_of_cells(cells: Cells) -> Explanation:
    """The same told, in the language of the reader."""
    return _told(*values_of(cells), attainment_of_cells(cells))


def explain(
    target: TargetValue, actual: ActualValue = NO_ACTUAL, treatment: Treatment | Literal[""] = ""
) -> Explanation:
    """The degree told, for whoever asks why."""
    return _told(target, actual, resolved(attainment(target, actual), treatment))


def _told(target: TargetValue, actual: ActualValue, found: Attainment) -> Explanation:
    needs_direction = found.rule in _DIRECTED and target.value.kind in AMOUNTS
    return Explanation(
        target=target.value.printed or print_value(target.value),
        actual=actual.value.printed or print_value(actual.value),
        polarity=direction_of(target) if needs_direction else "",
        rule=found.rule,
        formula=found.formula,
        notes=tuple(_sentence(note, target, actual) for note in found.notes),
    )


def _sentence(note: AttainmentNote, target: TargetValue, actual: ActualValue) -> str:
    """A note in words; of two kinds that differ, it names them."""
    if note != AttainmentNote.DIFFERENT_KINDS:
        return str(note.label)
    kinds = {"target": kind_of(target.value), "actual": kind_of(actual.value)}
    return str(note.label) % {
        name: str(TargetKind(kind).label) for name, kind in kinds.items() if kind
    }


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


# The rules that depend on which way is better.
_DIRECTED = frozenset({AttainmentRule.HIGHER, AttainmentRule.LOWER})

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


# What must be known of a measured degree


def _number(
    actual: ActualValue,
) -> tuple[Fraction, tuple[str, ...], tuple[AttainmentNote, ...]]:
    """The figure of a result; of a ratio, the step that divides its counts and what to say of it.

    A day or an answer has none: zero, which its rule does not read.
    """
    number = Fraction(actual.value.number or 0)
    if actual.value.number is None or actual.numerator is None or actual.denominator is None:
        return number, (), ()
    found = divided(actual.numerator, actual.denominator, actual.value.kind)
    notes = () if found.value == number else (AttainmentNote.EXACT_RATIO,)
    return found.value, (found.step,), notes


def _remarks(
    target: TargetValue,
    direction: Direction,
    actual: ActualValue,
    value: Fraction,
    rule: AttainmentRule,
) -> tuple[AttainmentNote, ...]:
    """The remarks that hold, in their order."""
    depends = rule in _DIRECTED
    is_signed = target.value.comparator in {Comparator.AT_LEAST, Comparator.AT_MOST}
    said = {
        AttainmentNote.POLARITY_UNCONFIRMED: depends
        and not is_signed
        and not target.is_polarity_confirmed,
        AttainmentNote.COMPARATOR_DECIDES: depends
        and bool(target.polarity)
        and direction != target.polarity,
        AttainmentNote.NEGATIVE_TARGET: target.value.kind in AMOUNTS
        and (target.value.number or 0) < 0,
        AttainmentNote.HEADS_LEFT_OUT: target.value.head_count is not None
        or actual.value.head_count is not None,
        AttainmentNote.RAISED_TO_ZERO: value < 0,
        AttainmentNote.CAPPED: value > CAP,
        AttainmentNote.EARLY: actual.is_early,
    }
    return tuple(note for note, holds in said.items() if holds)
