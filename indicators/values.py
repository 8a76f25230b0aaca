"""What does a cell of the plan say, and how is a value written in the plan's notation?

The plan prints its expected and final results as Italian offices write. Each form has one rule:

===========================  =====================================================================
Form                         Rule
===========================  =====================================================================
``4500``, ``4.500``          Point before groups of exactly three digits: thousands.
``0,77``, ``1.234,56``       Comma: always decimals.
``2.33``                     Point before the last one or two digits: decimals, since thousands go
                             by three. ``0.125``, ``1234.567`` could be either and are refused.
``-3,1``                     Minus sign (hyphen or ``−``) against the first digit.
``n. 7.693``                 A count: the number after ``n.``, never negative.
``90%``, ``153,38 %``        Number and one per cent sign.
``60% (43 dip.)``            Percentage and, in brackets, the employees that it stands for.
``1.234,56 €``, ``€ 5``      Amount in euro, sign (or ``euro``) before or after, not both.
``28.2.2021``,               Day, month and year of four digits, the same separator twice; a real
``30/6/2021``                day of the years 1900-2199. Without its year it is no date.
``entro il 30/6/2021``       Date with the comparator "by"; ``entro`` and ``entro l'`` too.
``>= 90%``, ``≤ 3``          At least, at most: before a number, percentage or amount. ``>`` and
                             ``<`` alone bind differently and are refused.
``da 2.064 a 6.192``         Range: two numbers, percentages or amounts, both alike, the lower
                             first; ``dal``, ``al`` and the like too.
``SI``, ``SÌ``, ``SI'``,     Yes or no. ``SI/NO`` is a target: the expected answer is yes.
``NO``, ``SI/NO``
``verifica``                 A word that puts off the target (``rivalutazione`` too): kind text.
``monitoraggio``             The year is observed without a target.
``n.d.``, ``n.d``, ``nd``    The figure is not available.
``-``                        Nothing is foreseen in the year; a longer dash too.
empty                        The cell was not filled in.
===========================  =====================================================================

Capital letters, surrounding, repeated and no-break spaces make no difference. A number has at
most twelve digits before the comma and six after it and no idle zero in front; a cell has at most
eighty characters. Everything else is refused, never guessed.

A cell says percentage or number; that it stands for a project or a ratio is known by the
indicator (`is_project`, `is_ratio`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal
from unicodedata import normalize

from indicators.enums import Availability, Comparator, NotationFault, TargetKind

FIGURES = "90%, 4.500, 0,77, 30.6.2021"  # what can be measured
EXAMPLES = f"{FIGURES}, monitoraggio, -"
MAX_LENGTH = 80
MAX_QUOTED = 40
MAX_WHOLE_DIGITS = 12
MAX_DECIMALS = 6
MAX_HEAD_COUNT = 999_999
FIRST_YEAR, LAST_YEAR = 1900, 2199
WORDS = frozenset({"verifica", "rivalutazione"})

# The parts of a value that have a column of their own, beside the text as printed.
TYPED = (
    "availability",
    "kind",
    "comparator",
    "number",
    "number_to",
    "day",
    "is_yes",
    "head_count",
)
AMOUNTS = frozenset({TargetKind.NUMBER, TargetKind.PERCENT, TargetKind.MONEY})
BOUNDS = frozenset({"", Comparator.AT_LEAST, Comparator.AT_MOST})


class NotationError(ValueError):
    """The text is not in the plan's notation; quotes it and shows what is accepted."""

    def __init__(self, fault: NotationFault, text: str) -> None:
        super().__init__(fault, text)
        self.fault = fault
        self.text = text

    def __str__(self) -> str:
        return self.said()

    def said(self, examples: str = EXAMPLES) -> str:
        """What is wrong, with examples of what the place accepts."""
        quoted = self.text.strip()
        if len(quoted) > MAX_QUOTED:
            quoted = f"{quoted[:MAX_QUOTED]}…"
        return str(self.fault.label) % {"text": quoted, "examples": examples}


@dataclass(frozen=True, kw_only=True)
class Value:
    """What one cell says. Only what the notation can write exists; the rest is a ValueError.

    ``ends`` says what the two ends of a range are, ``word`` which word puts off the target.
    ``printed`` is the cell verbatim and takes no part in comparisons: ``4500`` and ``4.500`` are
    the same value.
    """

    availability: Availability = Availability.STATED
    kind: TargetKind | Literal[""] = ""
    comparator: Comparator | Literal[""] = ""
    number: Decimal | None = None
    number_to: Decimal | None = None
    ends: TargetKind | Literal[""] = ""
    day: date | None = None
    is_yes: bool | None = None
    head_count: int | None = None
    word: str = ""
    printed: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if _filled(self) not in _SHAPES.get((self.availability, self.kind), ()):
            raise ValueError(f"not a value of kind {self.kind or self.availability}: {self!r}")
        if not _is_within_bounds(self):
            raise ValueError(f"out of the bounds of the notation: {self!r}")


def _shapes(*shapes: str) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(shape.split()) for shape in shapes)


_SHAPES: dict[tuple[Availability, TargetKind | Literal[""]], frozenset[frozenset[str]]] = {
    (Availability.NOT_FORESEEN, ""): _shapes(""),
    (Availability.NOT_FILLED, ""): _shapes(""),
    (Availability.NOT_AVAILABLE, ""): _shapes(""),
    (Availability.MONITORING, ""): _shapes(""),
    (Availability.STATED, TargetKind.NUMBER): _shapes("number", "number comparator"),
    (Availability.STATED, TargetKind.MONEY): _shapes("number", "number comparator"),
    (Availability.STATED, TargetKind.PERCENT): _shapes(
        "number",
        "number comparator",
        "number head_count",
        "number comparator head_count",
    ),
    (Availability.STATED, TargetKind.RANGE): _shapes("number number_to ends"),
    (Availability.STATED, TargetKind.DATE): _shapes("day", "day comparator"),
    (Availability.STATED, TargetKind.YES_NO): _shapes("is_yes"),
    (Availability.STATED, TargetKind.TEXT): _shapes("word"),
}
_PARTS = ("comparator", "number", "number_to", "ends", "day", "is_yes", "head_count", "word")


def _filled(value: Value) -> frozenset[str]:
    """The parts of a value that say something."""
    return frozenset(part for part in _PARTS if getattr(value, part) not in (None, ""))


def _is_within_bounds(value: Value) -> bool:
    """Whether each part can be written, and the range goes upwards."""
    numbers = [number for number in (value.number, value.number_to) if number is not None]
    return (
        all(_is_writable(number) for number in numbers)
        and numbers == sorted(numbers)
        and value.ends in {"", *AMOUNTS}
        and value.comparator in ({"", Comparator.BY} if value.day else BOUNDS)
        and (value.day is None or FIRST_YEAR <= value.day.year <= LAST_YEAR)
        and (value.head_count is None or 0 <= value.head_count <= MAX_HEAD_COUNT)
        and value.word in {"", *WORDS}
    )


def _is_writable(number: Decimal) -> bool:
    return (
        number.is_finite()
        and number.adjusted() < MAX_WHOLE_DIGITS
        and int(number.as_tuple().exponent) >= -MAX_DECIMALS
    )


# Reading


def read(text: str) -> Value:
    """The value that a cell states, or NotationError when it is unknown or has two readings."""
    if len(text) > MAX_LENGTH:
        raise NotationError(NotationFault.TOO_LONG, text)
    # NFC joins an i and its accent written apart; lower and not casefold, which would take ſ for s.
    written = " ".join(normalize("NFC", text).lower().split())
    try:
        value = _read_written(written)
    except _ReadingError as error:
        raise NotationError(error.fault, text) from None
    return replace(value, printed=text)


class _ReadingError(Exception):
    """What is written has no single reading; `read` tells it with the whole text."""

    def __init__(self, fault: NotationFault) -> None:
        super().__init__(fault)
        self.fault = fault


_YES = Value(kind=TargetKind.YES_NO, is_yes=True)
_NO = Value(kind=TargetKind.YES_NO, is_yes=False)
_FIXED: dict[str, Value] = {
    "": Value(availability=Availability.NOT_FILLED),
    **dict.fromkeys("-–—−", Value(availability=Availability.NOT_FORESEEN)),
    **dict.fromkeys(("n.d.", "n.d", "nd"), Value(availability=Availability.NOT_AVAILABLE)),
    "monitoraggio": Value(availability=Availability.MONITORING),
    **dict.fromkeys(("si", "sì", "sí", "si'", "si’", "si/no", "sì/no", "sí/no"), _YES),
    "no": _NO,
    **{word: Value(kind=TargetKind.TEXT, word=word) for word in WORDS},
}
_COMPARATORS: dict[str | None, Comparator | Literal[""]] = {
    None: "",
    ">=": Comparator.AT_LEAST,
    "≥": Comparator.AT_LEAST,
    "<=": Comparator.AT_MOST,
    "≤": Comparator.AT_MOST,
}
_UNITS = {
    "": TargetKind.NUMBER,
    "%": TargetKind.PERCENT,
    "€": TargetKind.MONEY,
    "euro": TargetKind.MONEY,
}

_DATE = re.compile(
    r"(?P<by>entro (?:il |l['’] ?)?)?"
    r"(?P<day>[0-9]{1,2})(?P<separator>[./])(?P<month>[0-9]{1,2})(?P=separator)(?P<year>[0-9]{4})"
)
_RANGE = re.compile(r"da(?: |l |ll['’] ?)(?P<low>.+?) a(?: |l |ll['’] ?)(?P<high>.+)")
_COUNT = re.compile(r"n\. ?(?P<numeral>[0-9.,]+)")
_BOUNDED = re.compile(
    r"(?P<comparator>>=|≥|<=|≤)? ?(?P<amount>[^(]+?)"
    r"(?: ?\((?P<heads>[0-9.]+) dip(?:\.|endenti|endente)?\))?"
)
_AMOUNT = re.compile(
    r"(?P<before>€ ?|euro )?(?P<numeral>[-−]?[0-9][0-9.,]*)(?P<after> ?%| ?€| ?euro)?"
)
_ITALIAN_NUMERAL = re.compile(r"-?(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,[0-9]+)?")
_POINTED_NUMERAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]{1,2}")
_AMBIGUOUS_NUMERAL = re.compile(r"-?(?:0|[1-9][0-9]{3,})\.[0-9]{3}")


def _read_written(written: str) -> Value:
    if (fixed := _FIXED.get(written)) is not None:
        return fixed
    for form, reader in _READERS:
        if (match := form.fullmatch(written)) is not None:
            return reader(match)
    raise _ReadingError(NotationFault.UNREADABLE)


def _read_date(match: re.Match[str]) -> Value:
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        raise _ReadingError(NotationFault.NO_SUCH_DAY) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _ReadingError(NotationFault.NO_SUCH_DAY)
    if match["by"]:
        return Value(kind=TargetKind.DATE, comparator=Comparator.BY, day=day)
    return Value(kind=TargetKind.DATE, day=day)


def _read_range(match: re.Match[str]) -> Value:
    (ends, low), (high_kind, high) = _read_amount(match["low"]), _read_amount(match["high"])
    if ends != high_kind:
        raise _ReadingError(NotationFault.UNREADABLE)
    if low > high:
        raise _ReadingError(NotationFault.REVERSED_RANGE)
    return Value(kind=TargetKind.RANGE, ends=ends, number=low, number_to=high)


def _read_count(match: re.Match[str]) -> Value:
    return Value(kind=TargetKind.NUMBER, number=_read_numeral(match["numeral"]))


def _read_bounded(match: re.Match[str]) -> Value:
    kind, number = _read_amount(match["amount"])
    comparator = _COMPARATORS[match["comparator"]]
    if match["heads"] is None:
        return Value(kind=kind, comparator=comparator, number=number)
    heads = _read_numeral(match["heads"])
    if kind != TargetKind.PERCENT or heads.as_tuple().exponent != 0:
        raise _ReadingError(NotationFault.UNREADABLE)
    if heads > MAX_HEAD_COUNT:
        raise _ReadingError(NotationFault.TOO_LONG)
    return Value(kind=kind, comparator=comparator, number=number, head_count=int(heads))


def _read_amount(written: str) -> tuple[TargetKind, Decimal]:
    """A number, a percentage or an amount in euro, without comparator."""
    match = _AMOUNT.fullmatch(written)
    if match is None:
        raise _ReadingError(NotationFault.UNREADABLE)
    signs = ((match["before"] or "") + (match["after"] or "")).strip()
    if signs not in _UNITS:
        raise _ReadingError(NotationFault.UNREADABLE)
    return _UNITS[signs], _read_numeral(match["numeral"])


def _read_numeral(numeral: str) -> Decimal:
    numeral = numeral.replace("−", "-")
    if _ITALIAN_NUMERAL.fullmatch(numeral):
        number = Decimal(numeral.replace(".", "").replace(",", "."))
    elif _POINTED_NUMERAL.fullmatch(numeral):
        number = Decimal(numeral)
    elif _AMBIGUOUS_NUMERAL.fullmatch(numeral):
        raise _ReadingError(NotationFault.AMBIGUOUS_POINT)
    else:
        raise _ReadingError(NotationFault.UNREADABLE)
    if not _is_writable(number):
        raise _ReadingError(NotationFault.TOO_LONG)
    return number


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Value]], ...] = (
    (_DATE, _read_date),
    (_RANGE, _read_range),
    (_COUNT, _read_count),
    (_BOUNDED, _read_bounded),
)


# Printing

_MARKS = {
    Availability.NOT_FORESEEN: "-",
    Availability.NOT_FILLED: "",
    Availability.NOT_AVAILABLE: "n.d.",
    Availability.MONITORING: "monitoraggio",
}
_BOUND_SIGNS: dict[str, str] = {"": "", Comparator.AT_LEAST: "≥ ", Comparator.AT_MOST: "≤ "}
_UNIT_SIGNS: dict[str, str] = {TargetKind.PERCENT: "%", TargetKind.MONEY: " €"}
_SEPARATORS = str.maketrans(",.", ".,")
_ELIDED_DAYS = frozenset({1, 8, 11})


def print_value(value: Value) -> str:
    """The value in the one notation we write ourselves; `read` gives the same value back."""
    if value.availability != Availability.STATED:
        return _MARKS[value.availability]
    if value.day is not None:
        return _print_date(value.day, is_deadline=bool(value.comparator))
    if value.is_yes is not None:
        return "SI" if value.is_yes else "NO"
    if value.number is None:
        return value.word
    if value.number_to is not None:
        low, high = (_print_amount(end, value.ends) for end in (value.number, value.number_to))
        return f"da {low} a {high}"
    heads = "" if value.head_count is None else f" ({_print_numeral(value.head_count)} dip.)"
    bound = _BOUND_SIGNS[value.comparator]
    return f"{bound}{_print_amount(value.number, value.kind)}{heads}"


def _print_date(day: date, *, is_deadline: bool) -> str:
    printed = f"{day.day}.{day.month}.{day.year}"
    if not is_deadline:
        return printed
    article = "l'" if day.day in _ELIDED_DAYS else "il "
    return f"entro {article}{printed}"


def _print_amount(number: Decimal, kind: TargetKind | Literal[""]) -> str:
    return f"{_print_numeral(number)}{_UNIT_SIGNS.get(kind, '')}"


def _print_numeral(number: Decimal | int) -> str:
    """All the digits that the number has, thousands by three: 36.20 gives ``36,20``."""
    return f"{Decimal(number):,f}".translate(_SEPARATORS)
