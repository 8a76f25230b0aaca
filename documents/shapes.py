"""The shapes drawings are made of and the axis they stand on: pure, in view box units."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from documents.lettering import text_width

Value = float | None
PrintNumber = Callable[[float], str]

INK = "#17202b"
GREY = "#4a5662"
NAVY = "#12345b"
BLUE = "#7fa3c8"
LIGHT = "#dbe6f0"
AMBER = "#7a4b00"
LABEL = 13
DOT = 3.5
GAP = 6


@dataclass(frozen=True)
class Text:
    """A line of letters; `anchor` is the SVG word for the end that `x` fixes."""

    x: float
    y: float
    text: str
    anchor: str = "middle"
    size: float = LABEL
    weight: int = 400
    fill: str = GREY


@dataclass(frozen=True)
class Line:
    """A straight stroke; `dash` is an SVG dash pattern or empty."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str = LIGHT
    width: float = 1
    dash: str = ""


@dataclass(frozen=True)
class Box:
    """A filled rectangle; `hatch` is the path of its strokes, so that a photocopy tells it."""

    x: float
    y: float
    width: float
    height: float
    fill: str = BLUE
    stroke: str = "none"
    hatch: str = ""


@dataclass(frozen=True)
class Scale:
    """A vertical axis: the figures at its ends, its marks, and where it stands."""

    low: float
    high: float
    marks: tuple[float, ...]
    top: float
    bottom: float

    def y(self, value: float) -> float:
        span = self.high - self.low
        return rounded(self.bottom - (value - self.low) / span * (self.bottom - self.top))


def rounded(value: float) -> float:
    """One decimal, and an integer where it is one: no drawing needs more."""
    tenth = round(value, 1)
    return int(tenth) if tenth == int(tenth) else tenth


def make_scale(
    values: Sequence[Value], *, top: float, bottom: float, start: float | None = None
) -> Scale:
    """The axis that holds the figures, with round marks; `start` cuts it below its first mark."""
    known = [float(value) for value in values if value is not None] or [0.0]
    low, high = min(0.0, *known), max(0.0, *known)
    if start is not None:
        low, high = min(start, *known), max(start, *known)
    if high <= low:
        high = low + (abs(low) or 1)
    step = round_step((high - low) / 4)
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    marks = [undusted(index * step) for index in range(first, last + 1)]
    if start is not None and marks[0] < low:
        # The axis begins where it is cut, and the round mark next to it would touch.
        marks = [low, *(mark for mark in marks if mark >= low + step / 2)]
    return Scale(low=marks[0], high=marks[-1], marks=tuple(marks), top=top, bottom=bottom)


def undusted(value: float) -> float:
    """Free of the dust of binary fractions, integers as integers."""
    clean = float(f"{value:.12g}")
    return int(clean) if clean == int(clean) else clean


def round_step(rough: float) -> float:
    """The next step of the series 1, 2, 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * part for part in (1, 2, 5, 10) if power * part >= rough * 0.999)


def grid_lines(scale: Scale, left: float, right: float) -> tuple[Line, ...]:
    return tuple(
        Line(left, scale.y(mark), right, scale.y(mark), GREY if mark == 0 else LIGHT)
        for mark in scale.marks
    )


def mark_labels(scale: Scale, x: float, print_number: PrintNumber) -> tuple[Text, ...]:
    return tuple(
        Text(rounded(x), rounded(scale.y(mark) + 4), print_number(mark), "end", 12)
        for mark in scale.marks
    )


def column(scale: Scale, middle: float, width: float, value: float, fill: str) -> Box:
    top, bottom = sorted((scale.y(value), scale.y(max(scale.low, 0))))
    return Box(rounded(middle - width / 2), top, rounded(width), rounded(bottom - top), fill)


def figure(scale: Scale, middle: float, value: float, print_number: PrintNumber) -> Text:
    y = scale.y(value) - GAP if value >= 0 else scale.y(value) + LABEL + 1
    return Text(rounded(middle), rounded(y), print_number(value), weight=600, fill=INK)


def mask(text: Text) -> Box:
    """White paper under a figure, so that no grid line crosses it."""
    width = text_width(text.text, text.size) + 4
    start = {"start": 2.0, "middle": width / 2, "end": width - 2}[text.anchor]
    return Box(
        rounded(text.x - start),
        rounded(text.y - text.size),
        rounded(width),
        rounded(text.size + 3),
        "#ffffff",
    )


def hatch(box: Box, *, step: float = 5) -> str:
    """Strokes at 45 degrees inside a box, as an SVG path; no pattern, hence no name to clash."""
    parts = []
    reach = step
    while reach < box.width + box.height:
        x1, y1 = min(reach, box.width), max(reach - box.width, 0)
        x2, y2 = max(reach - box.height, 0), min(reach, box.height)
        start = f"M{rounded(box.x + x1)} {rounded(box.y + y1)}"
        parts.append(f"{start}L{rounded(box.x + x2)} {rounded(box.y + y2)}")
        reach += step
    return "".join(parts)
