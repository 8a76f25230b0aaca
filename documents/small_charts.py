"""Drawings that stand in a row of a table or over one: pure geometry, in view box units.

A spark says in a glance whether results kept up with targets; a degree bar how far a degree is from
a hundred; a distribution how many there are of each sort. Each stands beside its figures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from documents.charts import Chart
from documents.lettering import text_width
from documents.shapes import Box, Line, Text, Value, rounded

PAPER_INK = "#17324d"
EDGE = "#b9c6d2"
FULL_SCALE = 170
COUNT_SIZE = 14


@dataclass(frozen=True)
class SparkYear:
    """A year of a spark: what came out and in which colour, what was wanted."""

    actual: Value = None
    target: Value = None
    fill: str = PAPER_INK


def spark(
    title: str, years: Sequence[SparkYear], *, width: float = 84, height: float = 26
) -> Chart | None:
    """Bars for the results, a stroke over each for its target, dashed where there is no result
    yet. Nothing to draw without a figure."""
    figures = [float(n) for year in years for n in (year.actual, year.target) if n is not None]
    if not figures:
        return None
    low, high = min(0.0, *figures), max(0.0, *figures)
    floor, ceiling = height - 2, 4.0
    span = (high - low) or 1

    def level(value: float) -> float:
        return rounded(floor - (value - low) / span * (floor - ceiling))

    step = width / len(years)
    boxes, strokes = [], []
    for index, year in enumerate(years):
        left, room = index * step, step - 8
        if year.actual is not None:
            top, bottom = sorted((level(float(year.actual)), level(0)))
            inner = room * 0.66
            x = left + 4 + (room - inner) / 2
            # A result of nothing is still seen.
            boxes.append(
                Box(rounded(x), top, rounded(inner), max(rounded(bottom - top), 1), year.fill)
            )
        if year.target is not None:
            y = level(float(year.target))
            ends = (rounded(left + 4), y, rounded(left + 4 + room), y)
            dash = "" if year.actual is not None else "4 2"
            strokes.append(Line(*ends, PAPER_INK, 2, dash))
    return Chart(
        kind="spark",
        title=title,
        width=width,
        height=height,
        grid=(Line(0, level(0), width, level(0), EDGE),),
        boxes=tuple(boxes),
        strokes=tuple(strokes),
    )


@dataclass(frozen=True)
class DegreeBar:
    """A degree on a scale up to 170, with a notch at a hundred and an arrow when it goes beyond
    the scale; it repeats the figure beside it and is not read aloud."""

    template: ClassVar[str] = "charts/degree_bar.svg"
    filled: float
    fill: str
    is_beyond: bool
    width: float = 200
    height: float = 12
    notch: float = rounded(200 * 100 / FULL_SCALE)


def degree_bar(value: float, fill: str) -> DegreeBar:
    """The bar of a degree in percent points."""
    shown = min(max(value, 0), FULL_SCALE)
    return DegreeBar(rounded(200 * shown / FULL_SCALE), fill, value > FULL_SCALE)


@dataclass(frozen=True)
class Segment:
    """How many there are of one sort, and its colour."""

    count: int
    fill: str


def distribution(
    title: str, segments: Sequence[Segment], *, width: float = 480, height: float = 26
) -> Chart | None:
    """Segments side by side, as wide as their counts and never narrower than their figure."""
    present = [segment for segment in segments if segment.count]
    if not present:
        return None
    least = [text_width(str(segment.count), COUNT_SIZE) + 12 for segment in present]
    room = width - 2 * (len(present) - 1) - sum(least)
    total = sum(segment.count for segment in present)
    boxes, texts, x = [], [], 0.0
    for segment, needed in zip(present, least, strict=True):
        wide = needed + room * segment.count / total
        boxes.append(Box(rounded(x), 0, rounded(wide), height, segment.fill))
        middle = rounded(x + wide / 2)
        texts.append(
            Text(middle, 18, str(segment.count), size=COUNT_SIZE, weight=700, fill="#ffffff")
        )
        x += wide + 2
    return Chart(
        kind="distribution",
        title=title,
        width=width,
        height=height,
        boxes=tuple(boxes),
        texts=tuple(texts),
    )
