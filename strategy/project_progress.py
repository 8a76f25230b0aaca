"""How far is a project, and how much of what the year asks for is that? Pure.

Two numbers, never mixed (section 3.2 of the plan; rule P7):

- **progress** (stato di avanzamento) is the mean of what its activities have attained, each by its
  own target and by its weight: sum of w·r over sum of w, in percent points, 0-100;
- **attainment** (grado di raggiungimento) is the progress against the target of the year: a project
  whose target is 30% and whose progress is 30% has attained 100.

What an activity attains (table 2.3): figures C/T·100, a target with ≤ (2T - C)/T·100; a date 100
when it is kept and 0 when it is not; yes or no 100 or 0; a range 100 inside it. Below zero counts
zero, above 100 counts 100, an activity of which nothing was recorded counts zero. Of an activity
whose target is a day, a percentage says how far it is before it ends.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from indicators.attainment import ActualValue, TargetValue, attainment
from indicators.enums import AttainmentRule, Availability, Polarity, TargetKind
from indicators.measuring import measure
from indicators.values import Value
from strategy.enums import ActivityFault, ActivityState

ZERO, HUNDRED = Decimal(0), Decimal(100)
CENT = Decimal("0.01")
# Targets of a project that its progress can speak to, besides days and yes or no.
SPOKEN_TO = frozenset({TargetKind.PERCENT, ""})
YES = Value(kind=TargetKind.YES_NO, is_yes=True)


@dataclass(frozen=True, kw_only=True)
class Work:
    """An activity as the numbers see it: target, last result and its day, weight, dates."""

    target: Value
    result: Value | None
    measured_on: datetime.date | None
    weight: Decimal
    starts_on: datetime.date
    ends_on: datetime.date

    @property
    def due_on(self) -> datetime.date:
        """The day by which it must be finished: its target when that is a day, else its end."""
        return self.target.day or self.ends_on

    @property
    def finished_on(self) -> datetime.date | None:
        """The day on which it was finished; none while it is not."""
        if self.result is None:
            return None
        if self.target.day is not None:
            return self.result.day
        return self.measured_on if attained(self.target, self.result) >= HUNDRED else None

    @property
    def contribution(self) -> Decimal:
        """What it brings to the progress, 0-100."""
        if self.result is None:
            return ZERO
        return min(attained(self.target, self.result), HUNDRED)


# What may be written


def fault_of_target(target: Value) -> ActivityFault | None:
    """What stands against the target of an activity: it must be possible to measure it."""
    is_stated = target.availability == Availability.STATED and target.kind != TargetKind.TEXT
    return None if is_stated else ActivityFault.UNMEASURABLE


def fault_of_result(target: Value, result: Value, *, today: datetime.date) -> ActivityFault | None:
    """What stands against the result of an activity: it is written as its target is."""
    if result.availability != Availability.STATED or result.kind not in _kinds_of(target):
        return ActivityFault.KIND
    if result.comparator or ("/" in result.printed and result.is_yes is not None):
        return ActivityFault.BOUND
    if result.day is not None and result.day > today:
        return ActivityFault.FUTURE
    if target.day is not None and result.number is not None and result.number >= HUNDRED:
        return ActivityFault.WITHOUT_DAY
    return None


def _kinds_of(target: Value) -> set[str]:
    """The kinds in which a result of this target is written."""
    if target.kind == TargetKind.DATE:
        return {TargetKind.DATE, TargetKind.PERCENT}
    return {target.ends if target.kind == TargetKind.RANGE else target.kind}


# What an activity attains


def attained(target: Value, result: Value) -> Decimal:
    """How much of a target a result attains, percent, not below zero and without upper limit.

    By the rules of every target (see also: `indicators.attainment`); without a sign, higher is
    better. Of a target that is a day, a percentage says how far the activity is.
    """
    if target.kind == TargetKind.DATE and result.number is not None:
        return max(result.number, ZERO)
    expected = TargetValue(value=target, polarity=Polarity.HIGHER_IS_BETTER)
    found = attainment(expected, ActualValue(value=result)).value
    return ZERO if found is None else _decimal(found)


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)


# Where an activity stands


def activity_state(work: Work, *, today: datetime.date) -> ActivityState:
    """Finished, late, under way or to begin, as it is on a day."""
    finished = work.finished_on
    if finished is not None:
        is_kept = work.target.day is None or finished <= work.target.day
        return ActivityState.DONE if is_kept else ActivityState.DONE_LATE
    if today > work.due_on:
        return ActivityState.LATE
    if today < work.starts_on and work.result is None:
        return ActivityState.TO_COME
    return ActivityState.UNDER_WAY


def days_late(work: Work, *, today: datetime.date) -> int:
    """By how many days it is late; none while it is not."""
    if activity_state(work, today=today) != ActivityState.LATE:
        return 0
    return (today - work.due_on).days


# The two numbers


def progress(works: Sequence[Work]) -> Decimal | None:
    """The mean of the contributions by weight, percent; none without activities."""
    weights = sum((work.weight for work in works), ZERO)
    if not weights:
        return None
    return sum((work.weight * work.contribution for work in works), ZERO) / weights


def project_finished_on(works: Sequence[Work]) -> datetime.date | None:
    """The day on which the last of the activities was finished; none while one is not."""
    days = [day for work in works if (day := work.finished_on) is not None]
    return max(days) if works and len(days) == len(works) else None


def project_attainment(target: Value | None, works: Sequence[Work]) -> Decimal | None:
    """The progress against the target of the project, percent, without upper limit.

    A target of words, hyphen or monitoring, and one in figures that are no percentage, are not
    measured. A target that is a day, or SI, is measured once every activity is finished.
    """
    if target is None or fault_of_target(target) is not None:
        return None
    value = progress(works)
    if target.kind == TargetKind.PERCENT and value is not None:
        # Exact: it is rounded only to be shown.
        found = measure(AttainmentRule.PROJECT, target, target, Fraction(value), 0)
        return max(_decimal(found.value), ZERO)
    reached = proposal(target, works)
    return None if reached is None else attained(target, reached)


def proposal(target: Value | None, works: Sequence[Work]) -> Value | None:
    """What the indicator of the project would receive from its activities, in the kind of its
    target; none while they do not say it."""
    value = progress(works)
    finished = project_finished_on(works)
    kind = target.kind if target is not None else ""
    if value is None:
        return None
    if kind in SPOKEN_TO:
        return Value(kind=TargetKind.PERCENT, number=rounded(value))
    if kind == TargetKind.DATE and finished is not None:
        return Value(kind=TargetKind.DATE, day=finished)
    return YES if kind == TargetKind.YES_NO and finished is not None else None


def rounded(value: Decimal) -> Decimal:
    """Two decimals, halves up; none where it is whole: 30, 82.50."""
    cents = value.quantize(CENT, ROUND_HALF_UP)
    return Decimal(int(cents)) if cents == cents.to_integral_value() else cents
