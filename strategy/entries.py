"""What was answered to who asks for a figure, how it is read, what stands against it? Pure.

A figure is read in the notation of the plan (`indicators.values`). A ratio is entered as two
counts and computed: per cent with two decimals, rounded half up; a zero denominator gives n.d.
(table 2.3). During the year the target is only foreseen to be reached or not; at the end of the
year, and for a target whose day is over, the figure itself is held against it.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any, Literal

from indicators.enums import Availability, NotationFault, TargetKind
from indicators.values import MAX_QUOTED, NotationError, Value, print_value, read
from strategy.monitoring_enums import DeviationCause, EntryFault, EntryKind, EntryState, Forecast
from strategy.off_target import is_off_target
from strategy.questions import Question

MAX_VALUE = 80
MAX_TEXT = 2_000
AMOUNTS = frozenset({TargetKind.NUMBER, TargetKind.PERCENT, TargetKind.MONEY})
UNREAD = {
    NotationFault.NO_SUCH_DAY: EntryFault.DAY,
    NotationFault.AMBIGUOUS_POINT: EntryFault.POINT,
    NotationFault.REVERSED_RANGE: EntryFault.KIND,
    NotationFault.TOO_LONG: EntryFault.LARGE,
}
CENT = Decimal("0.01")
NOT_AVAILABLE = Value(availability=Availability.NOT_AVAILABLE, printed="n.d.")


# What is answered


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was typed in a row, as it stands in the fields."""

    value: str = ""
    numerator: str = ""
    denominator: str = ""
    forecast: str = ""
    reason: str = ""
    cause: str = ""
    corrective_action: str = ""
    note: str = ""

    def cleaned(self) -> Answer:
        """Without the space around, without what a database cannot hold, lines ended alike."""
        return replace(self, **{name: _storable(getattr(self, name)) for name in FIELDS})

    @property
    def is_blank(self) -> bool:
        """Neither a figure nor a forecast."""
        return not (self.value or self.numerator or self.denominator or self.forecast)

    @property
    def digest(self) -> str:
        """The answer in twelve signs, to see whether somebody touched it."""
        texts = json.dumps([getattr(self, name) for name in FIELDS])
        return hashlib.sha256(texts.encode()).hexdigest()[:12]


FIELDS = tuple(field.name for field in fields(Answer))
TEXTS = ("reason", "corrective_action", "note")


def _storable(text: str) -> str:
    kept = text.replace("\x00", "").replace("\r\n", "\n").encode("utf-8", "ignore")
    return kept.decode("utf-8").strip()


# What stands against it


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is missing or wrong, at which field, in words."""

    field: str
    kind: EntryFault
    message: str

    @property
    def is_wrong(self) -> bool:
        """To be corrected, not only to be completed."""
        return self.kind not in EntryFault.unfinished


def fault(field: str, kind: EntryFault, **words: Any) -> Fault:
    """A fault with its sentence."""
    return Fault(
        field=field, kind=kind, message=str(kind.label) % words if words else str(kind.label)
    )


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """How an answer is read: the figure (None when there is none that can be read), its two counts
    and what stands in the way of sending it."""

    answer: Answer
    value: Value | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    faults: tuple[Fault, ...] = ()
    asks_reason: bool = False
    asks_cause: bool = False

    @property
    def state(self) -> EntryState:
        """The word beside the row while it is written."""
        if any(one.is_wrong for one in self.faults):
            return EntryState.WRONG
        if self.answer.is_blank:
            return EntryState.BLANK
        return EntryState.INCOMPLETE if self.faults else EntryState.READY

    @property
    def is_ready(self) -> bool:
        """It can be sent."""
        return self.state == EntryState.READY

    @cached_property
    def printed(self) -> str:
        """The figure as it will be printed; as typed while it cannot be read."""
        return self.value.printed if self.value is not None else self.answer.value

    def message(self, field: str) -> str:
        """What is said at a field."""
        return next((one.message for one in self.faults if one.field == field), "")


def judge(question: Question, answer: Answer, *, today: datetime.date) -> Judgement:
    """Read an answer and say what is wrong in it or, when nothing is, what is still missing."""
    answer = answer.cleaned()
    if unkept := tuple(_unkept(answer)):
        return Judgement(answer=answer, faults=unkept)
    found, wrong = _figure(question, answer, today)
    if wrong:
        return replace(found, faults=tuple(wrong))
    asks_reason, asks_cause = _asks(question, answer, found.value)
    found = replace(found, asks_reason=asks_reason, asks_cause=asks_cause)
    return replace(found, faults=tuple(_missing(question, found)))


def _unkept(answer: Answer) -> Iterator[Fault]:
    """Texts too long for their column, choices that nobody offered."""
    limits = {"value": MAX_VALUE, "numerator": MAX_VALUE, "denominator": MAX_VALUE}
    for name, limit in (limits | dict.fromkeys(TEXTS, MAX_TEXT)).items():
        if len(getattr(answer, name)) > limit:
            yield fault(name, EntryFault.LENGTH, limit=limit)
    for name, choices in (("forecast", Forecast), ("cause", DeviationCause)):
        chosen = getattr(answer, name)
        if chosen and chosen not in choices.values:
            yield fault(name, EntryFault.CHOICE, text=chosen[:MAX_VALUE])


def _figure(
    question: Question, answer: Answer, today: datetime.date
) -> tuple[Judgement, list[Fault]]:
    if question.entry == EntryKind.RATIO:
        return _ratio(question, answer)
    if not answer.value:
        return Judgement(answer=answer), []
    try:
        value = read(answer.value)
    except NotationError as error:
        return Judgement(answer=answer), [_unread(question, error)]
    if wrong := _refused(question, value, today):
        return Judgement(answer=answer), [wrong]
    return Judgement(answer=answer, value=value), []


def _unread(question: Question, error: NotationError) -> Fault:
    """What cannot be read is quoted beside an example of what is asked; what has two readings, or
    none in the calendar, says so."""
    kind = UNREAD.get(error.fault, EntryFault.NOTATION)
    text = error.text.strip()[:MAX_QUOTED]
    return fault("value", kind, text=text, asked=question.asked, example=question.example)


def _refused(question: Question, value: Value, today: datetime.date) -> Fault | None:
    """Why a value that can be read is not an answer to the question."""
    text = value.printed
    if value.availability == Availability.NOT_AVAILABLE:
        return None
    if value.comparator:
        return fault("value", EntryFault.BOUND, text=text, example=question.example)
    accepted = {question.kind} if question.kind else AMOUNTS | {TargetKind.DATE, TargetKind.YES_NO}
    if value.kind not in accepted:
        asked, example = question.asked, question.example
        return fault("value", EntryFault.KIND, text=text, asked=asked, example=example)
    if value.number is not None and value.number < 0 and not question.may_be_negative:
        return fault("value", EntryFault.COUNT, text=text)
    if value.day is not None:
        if value.day.year != question.ends_on.year:
            return fault("value", EntryFault.YEAR, text=text, year=question.ends_on.year)
        if value.day > today:
            return fault("value", EntryFault.FUTURE, text=text)
    return None


def _ratio(question: Question, answer: Answer) -> tuple[Judgement, list[Fault]]:
    """Two counts and what they give; `n.d.` in the numerator when the figure is not available."""
    if not (answer.numerator or answer.denominator):
        return Judgement(answer=answer), []
    if answer.numerator.lower() in ("n.d.", "n.d", "nd") and not answer.denominator:
        return Judgement(answer=answer, value=NOT_AVAILABLE), []
    counts: dict[str, Decimal | None] = {}
    faults = []
    for name in ("numerator", "denominator"):
        text = getattr(answer, name)
        counts[name] = _count(
            text, may_be_negative=name == "numerator" and question.may_be_negative
        )
        if text and counts[name] is None:
            kind = EntryFault.LARGE if _is_too_large(text) else EntryFault.COUNT
            faults.append(fault(name, kind, text=text))
        elif not text:
            faults.append(fault(name, EntryFault.HALF))
    above, below = counts["numerator"], counts["denominator"]
    if faults or above is None or below is None:
        return Judgement(answer=answer), faults
    found = Judgement(answer=answer, numerator=above, denominator=below)
    if question.is_share and 0 < below < above:
        text = f"{answer.numerator} / {answer.denominator}"
        return found, [fault("numerator", EntryFault.WHOLE, text=text)]
    value = divided(above, below, question.kind)
    if value is None:
        text = f"{answer.numerator} / {answer.denominator}"
        return found, [fault("numerator", EntryFault.LARGE, text=text)]
    return replace(found, value=value), []


def _count(text: str, *, may_be_negative: bool) -> Decimal | None:
    """A number in the notation of the plan, of zero or more unless it may be a deficit."""
    try:
        value = read(text)
    except NotationError:
        return None
    number = value.number if value.kind == TargetKind.NUMBER and not value.comparator else None
    return number if number is not None and (number >= 0 or may_be_negative) else None


def _is_too_large(text: str) -> bool:
    """A number, of more digits than the plan writes."""
    try:
        read(text)
    except NotationError as error:
        return error.fault == NotationFault.TOO_LONG
    return False


def divided(
    numerator: Decimal, denominator: Decimal, kind: TargetKind | Literal[""]
) -> Value | None:
    """What a ratio gives, as printed; n.d. when it divides by zero, None when it is too large to
    be written."""
    if denominator == 0:
        return NOT_AVAILABLE
    result = numerator / denominator * (100 if kind == TargetKind.PERCENT else 1)
    rounded = result.quantize(CENT, ROUND_HALF_UP)
    if rounded == rounded.to_integral_value():
        rounded = rounded.quantize(Decimal(1))
    try:
        value = Value(kind=TargetKind(kind or TargetKind.NUMBER), number=rounded)
    except ValueError:
        return None
    return replace(value, printed=print_value(value))


def _asks(question: Question, answer: Answer, value: Value | None) -> tuple[bool, bool]:
    """Whether the figure must say why, and whether it must say what the cause is."""
    target = question.target
    if target is None:
        return False, False
    is_unknown = value is not None and value.availability == Availability.NOT_AVAILABLE
    if question.is_due:
        if value is None:
            is_missed = question.may_be_pending and not answer.is_blank
        else:
            is_missed = is_unknown or is_off_target(
                target, value, polarity=question.polarity, tolerance_days=question.tolerance_days
            )
        return is_missed, is_missed
    return is_unknown or answer.forecast in Forecast.doubtful, False


def _missing(question: Question, found: Judgement) -> Iterator[Fault]:
    """What is still to be written before it is sent."""
    answer = found.answer
    if answer.is_blank:
        return
    if found.value is None and not question.may_be_pending:
        yield fault("value", EntryFault.MISSING)
    if wants_forecast(question, found.value) and not answer.forecast:
        yield fault("forecast", EntryFault.FORECAST)
    if found.asks_reason and not answer.reason:
        yield fault("reason", EntryFault.REASON)
    if found.asks_cause and not answer.cause:
        yield fault("cause", EntryFault.CAUSE)


def wants_forecast(question: Question, value: Value | None) -> bool:
    """During the year, of a target that is not done; of one whose day is over it says whether it
    will be done at all."""
    if question.target is None or question.is_final:
        return False
    is_done = value is not None and (value.day is not None or value.is_yes is True)
    return not is_done
