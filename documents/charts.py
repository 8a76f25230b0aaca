"""How a series of figures becomes a drawing: pure geometry, one template for page and print.

Series in, shapes out. Sizes are in units of the view box; in print one unit is a quarter of a
millimetre, so that 660 units are the width of the text. The first words of every drawing are its
finding and its values, which is what a reader who does not see it hears.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from documents.lettering import text_width
from documents.shapes import (
    BLUE,
    DOT,
    GAP,
    INK,
    LABEL,
    LIGHT,
    NAVY,
    Box,
    Line,
    PrintNumber,
    Scale,
    Text,
    Value,
    column,
    figure,
    grid_lines,
    hatch,
    make_scale,
    mark_labels,
    mask,
    rounded,
    undusted,
)


@dataclass(frozen=True)
class Series:
    """A named row of figures, one for each label; None is a figure that is missing."""

    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Chart:
    """A drawing: shapes from back to front, and the words that say it."""

    template: ClassVar[str] = "charts/chart.svg"
    kind: str
    title: str
    width: float
    height: float
    grid: tuple[Line, ...] = ()
    boxes: tuple[Box, ...] = ()
    area: str = ""
    path: str = ""
    dots: tuple[tuple[float, float], ...] = ()
    strokes: tuple[Line, ...] = ()
    masks: tuple[Box, ...] = ()
    texts: tuple[Text, ...] = ()


def bar_chart(
    finding: str,
    labels: Sequence[str],
    values: Sequence[Value],
    *,
    print_number: PrintNumber = str,
    print_mark: PrintNumber | None = None,
    accents: Sequence[int] = (),
    width: float = 660,
    height: float = 176,
    left: float = 180,
) -> Chart:
    """Columns side by side with their figures; `left` is the first column of a table below. The
    marks of the scale are printed as the figures, or in their own way."""
    scale = make_scale(values, top=24, bottom=height - 26)
    step = (width - left) / max(len(labels), 1)
    boxes, texts = [], []
    for index, (label, value) in enumerate(zip(labels, values, strict=True)):
        middle = left + step * (index + 0.5)
        texts.append(Text(rounded(middle), rounded(height - 8), label))
        if value is None:
            continue
        fill = NAVY if index in accents else BLUE
        boxes.append(column(scale, middle, min(step * 0.6, 60), value, fill))
        texts.append(figure(scale, middle, value, print_number))
    return Chart(
        kind="bar",
        title=spoken(finding, labels, (Series("", tuple(values)),), print_number),
        width=width,
        height=height,
        grid=grid_lines(scale, left, width),
        boxes=tuple(boxes),
        masks=tuple(mask(text) for text in texts if text.weight == 600),
        texts=(*texts, *mark_labels(scale, left - GAP, print_mark or print_number)),
    )


def grouped_bars(
    finding: str,
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    stacked: bool = False,
    print_number: PrintNumber = str,
    width: float = 660,
    height: float = 230,
    left: float = 48,
) -> Chart:
    """Columns of several series, beside or on top of each other; the second series is hatched."""
    values = _stack_totals(series) if stacked else [v for row in series for v in row.values]
    scale = make_scale(values, top=50, bottom=height - 26)
    step = (width - left) / max(len(labels), 1)
    boxes: list[Box] = []
    texts: list[Text] = []
    for index, label in enumerate(labels):
        middle = left + step * (index + 0.5)
        texts.append(Text(rounded(middle), rounded(height - 8), label))
        group = _stacked_group if stacked else _side_group
        group_boxes, group_texts = group(scale, middle, step, index, series, print_number)
        boxes += group_boxes
        texts += group_texts
    keys, names = _legend(series, left)
    return Chart(
        kind="stacked" if stacked else "grouped",
        title=spoken(finding, labels, series, print_number),
        width=width,
        height=height,
        grid=grid_lines(scale, left, width),
        boxes=(*boxes, *keys),
        masks=tuple(mask(text) for text in texts if text.weight == 600),
        texts=(*texts, *names, *mark_labels(scale, left - GAP, print_number)),
    )


def line_chart(
    finding: str,
    labels: Sequence[str],
    values: Sequence[Value],
    *,
    print_number: PrintNumber = str,
    area: bool = True,
    start: float | None = None,
    every: int = 4,
    width: float = 660,
    height: float = 220,
    left: float = 56,
) -> Chart:
    """A line with the figure at each turning point; `start` cuts the axis, the caption says so."""
    scale = make_scale(values, top=26, bottom=height - 26, start=start)
    right = width - 30
    step = (right - left - 14) / max(len(labels) - 1, 1)
    xs = [rounded(left + 14 + step * index) for index in range(len(values))]
    points = [
        None if value is None else (x, scale.y(value)) for x, value in zip(xs, values, strict=True)
    ]
    turns = turning_points(values)
    figures = _turn_figures(scale, xs, values, turns, (left, width), print_number)
    years = [
        Text(rounded(left + 14 + step * index), rounded(height - 8), label)
        for index, label in enumerate(labels)
        if _is_labelled(index, len(labels), every)
    ]
    return Chart(
        kind="line",
        title=spoken(finding, labels, (Series("", tuple(values)),), print_number),
        width=width,
        height=height,
        grid=grid_lines(scale, left, width),
        area=_area(points, scale.bottom) if area else "",
        path=_path(points),
        dots=tuple((xs[index], scale.y(values[index] or 0)) for index in turns),
        masks=tuple(mask(text) for text in figures),
        texts=(*figures, *years, *mark_labels(scale, left - GAP, print_number)),
    )


def turning_points(values: Sequence[Value], *, prominence: float = 0.06) -> tuple[int, ...]:
    """First, last, and each peak or hollow that differs enough from the one kept before it."""
    known = [index for index, value in enumerate(values) if value is not None]
    if len(known) < 3:
        return tuple(known)
    figures = {index: float(values[index] or 0) for index in known}
    least = (max(figures.values()) - min(figures.values())) * prominence
    turns = [known[0]]
    for before, here, after in zip(known, known[1:], known[2:], strict=False):
        rise, fall = figures[here] - figures[before], figures[after] - figures[here]
        is_turn = rise * fall < 0
        if (
            is_turn
            and abs(figures[here] - figures[turns[-1]]) >= least
            and min(abs(rise), abs(fall)) > 0
        ):
            turns.append(here)
    return (*turns, known[-1])


def spoken(
    finding: str, labels: Sequence[str], series: Sequence[Series], print_number: PrintNumber
) -> str:
    """The finding, then every figure with its label: what the drawing says aloud."""
    parts = []
    for row in series:
        pairs = ", ".join(
            f"{label} {print_number(value)}"
            for label, value in zip(labels, row.values, strict=True)
            if value is not None
        )
        parts.append(f"{row.name}: {pairs}" if row.name else pairs)
    return f"{finding} {'; '.join(parts)}.".strip()


def _stack_totals(series: Sequence[Series]) -> list[Value]:
    return [sum(v or 0 for v in values) for values in zip(*(s.values for s in series), strict=True)]


_FILLS = ((NAVY, "none"), ("#ffffff", NAVY), (BLUE, "none"), (LIGHT, NAVY))
_HATCHED = 1


def _series_box(number: int, box: Box) -> Box:
    fill, stroke = _FILLS[number % len(_FILLS)]
    strokes = hatch(box) if number % len(_FILLS) == _HATCHED else ""
    return Box(box.x, box.y, box.width, box.height, fill, stroke, strokes)


def _side_group(
    scale: Scale,
    middle: float,
    step: float,
    index: int,
    series: Sequence[Series],
    print_number: PrintNumber,
) -> tuple[list[Box], list[Text]]:
    """Columns side by side; no figures above them where they would run into each other."""
    width = min(step * 0.72 / len(series), 34)
    known = [value for row in series if (value := row.values[index]) is not None]
    has_room = all(text_width(print_number(one), LABEL) <= width + 2 for one in known)
    boxes, texts = [], []
    for number, row in enumerate(series):
        value = row.values[index]
        if value is None:
            continue
        centre = middle + (number - (len(series) - 1) / 2) * width
        boxes.append(_series_box(number, column(scale, centre, width - 3, value, BLUE)))
        if has_room or len(known) == 1:
            texts.append(figure(scale, centre, value, print_number))
    return boxes, texts


def _stacked_group(
    scale: Scale,
    middle: float,
    step: float,
    index: int,
    series: Sequence[Series],
    print_number: PrintNumber,
) -> tuple[list[Box], list[Text]]:
    width = min(step * 0.5, 56)
    boxes, total = [], 0.0
    for number, row in enumerate(series):
        value = row.values[index]
        if not value:
            continue
        low, high = scale.y(total), scale.y(total + value)
        box = Box(rounded(middle - width / 2), high, rounded(width), rounded(low - high))
        boxes.append(_series_box(number, box))
        total += value
    return boxes, [figure(scale, middle, undusted(total), print_number)]


def _legend(series: Sequence[Series], left: float) -> tuple[list[Box], list[Text]]:
    keys, names, x = [], [], left
    for number, row in enumerate(series):
        keys.append(_series_box(number, Box(rounded(x), 4, 14, 14)))
        names.append(Text(rounded(x + 20), 16, row.name, "start", fill=INK))
        x += 20 + text_width(row.name, LABEL) + 24
    return keys, names


Points = Sequence[tuple[float, float] | None]


def _path(points: Points) -> str:
    """A stroke through the points; a missing one interrupts it."""
    parts, is_down = [], False
    for point in points:
        if point is not None:
            parts.append(f"{'L' if is_down else 'M'}{point[0]} {point[1]}")
        is_down = point is not None
    return "".join(parts)


def _area(points: Points, bottom: float) -> str:
    known = [point for point in points if point is not None]
    if len(known) < 2 or len(known) < len(points):
        return ""
    return f"{_path(known)}L{known[-1][0]} {rounded(bottom)}L{known[0][0]} {rounded(bottom)}Z"


def _is_labelled(index: int, count: int, every: int) -> bool:
    """Each n-th label and the last one, unless they would touch."""
    last = count - 1
    return index == last or (index % every == 0 and last - index >= max(every / 2, 1))


def _turn_figures(
    scale: Scale,
    xs: Sequence[float],
    values: Sequence[Value],
    turns: Sequence[int],
    bounds: tuple[float, float],
    print_number: PrintNumber,
) -> list[Text]:
    figures = []
    for index in turns:
        value = values[index] or 0
        words = print_number(value)
        level = scale.y(value)
        y = level + LABEL + 6 if _is_hollow(values, index) else level - 9
        half = text_width(words, LABEL) / 2
        x = min(max(xs[index], bounds[0] + half + 2), bounds[1] - half - 2)
        y, lowest = max(y, LABEL), scale.bottom - 4
        if y > lowest:
            # No room under the line: beside the dot, which it would hide behind.
            y, x = lowest, _beside(xs[index], half + DOT + GAP, bounds[1])
        figures.append(Text(rounded(x), rounded(y), words, weight=600, fill=INK))
    return figures


def _beside(x: float, distance: float, end: float) -> float:
    """A place to the right of a point, or to its left where the drawing ends."""
    return x + distance if x + 2 * distance <= end else x - distance


def _is_hollow(values: Sequence[Value], index: int) -> bool:
    here = float(values[index] or 0)
    around = [values[i] for i in (index - 1, index + 1) if 0 <= i < len(values)]
    return all(value is not None and value > here for value in around) and bool(around)
