"""Activities in time as a drawing: pure geometry, one template for page, phone and paper.

A row for each activity: its name, a bar from its first day to its last (full as far as it is done,
outlined for the rest), a diamond on the day it is due, and its state in words. The words stand
where they fit and never cross the line of today.
"""

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from documents.lettering import text_width, wrap
from documents.shapes import Box, Line, Text, mask, rounded

Tone = Literal["done", "going", "late", "planned"]
PrintMonth = Callable[[datetime.date], str]

# Each on white at 5.5 or more; the words beside the bar say the same.
COLOURS: dict[Tone, str] = {
    "done": "#00613f",
    "going": "#00529e",
    "late": "#a3152f",
    "planned": "#566b7f",
}
INK, INK_2 = "#17324d", "#435a70"
STRIPE, PAPER = "#f5f7fa", "#ffffff"
TODAY, TODAY_FLAG = "#b87100", "#7a4b00"
BAR = 22
HEAD = 50
FLAG_HEIGHT = 20
DIAMOND = 5
CLEAR = 10  # between a bar and its words
EVERY = (1, 2, 3, 6, 12, 24, 60)


@dataclass(frozen=True)
class Task:
    """An activity to draw: `share` of the bar is full (0-1); `short` is said where `words` do not
    fit."""

    name: str
    starts_on: datetime.date
    ends_on: datetime.date
    due_on: datetime.date
    share: float
    tone: Tone
    words: str
    short: str


@dataclass(frozen=True)
class Layout:
    """The measures of a drawing: where bars begin and end, how wide names are, how high a row is at
    least; with `is_stacked` the name stands over its bar."""

    width: float
    left: float
    right: float
    names: float
    row: float
    size: float
    name_size: float
    leading: float
    is_stacked: bool = False


WIDE = Layout(1286, 470, 1260, 446, 44, 13.5, 14.5, 17)
NARROW = Layout(358, 8, 348, 342, 82, 13.5, 14.5, 17, is_stacked=True)
PRINT = Layout(660, 226, 648, 212, 34, 11.5, 12, 14)


@dataclass(frozen=True)
class Bar:
    """The time of an activity, and how much of it is full."""

    x: float
    y: float
    width: float
    done: float
    colour: str


@dataclass(frozen=True)
class Gantt:
    """A drawing: shapes from back to front, and the words that say it."""

    template: ClassVar[str] = "charts/gantt.svg"
    title: str
    width: float
    height: float
    stripes: tuple[Box, ...] = ()
    grid: tuple[Line, ...] = ()
    today: tuple[Line, ...] = ()
    flag: Box | None = None
    bars: tuple[Bar, ...] = ()
    diamonds: tuple[str, ...] = ()
    masks: tuple[Box, ...] = ()
    texts: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Axis:
    """Days across: whole months from the first to the last, between two ends."""

    first: datetime.date
    last: datetime.date
    left: float
    right: float

    def x(self, day: datetime.date) -> float:
        """Where a day begins."""
        span = (self.last - self.first).days + 1
        return self.left + (day - self.first).days / span * (self.right - self.left)

    def months(self) -> Iterator[datetime.date]:
        """The first day of each month."""
        day = self.first
        while day <= self.last:
            yield day
            day = next_month(day)


def gantt(
    finding: str,
    tasks: Sequence[Task],
    *,
    span: tuple[datetime.date, datetime.date],
    print_month: PrintMonth,
    layout: Layout = WIDE,
    today: datetime.date | None = None,
    today_words: str = "",
) -> Gantt:
    """The activities from top to bottom over the months of `span`, or more when they need them; a
    day of today outside those months is not drawn."""
    axis = _axis(tasks, span, layout)
    now = axis.x(today) if today and axis.first <= today <= axis.last else None
    rows = list(_rows(tasks, layout))
    height = (rows[-1][1] + rows[-1][2]) if rows else HEAD
    drawn = [
        _task(task, axis, layout, y=bar_y, now=now, ground=_ground(number))
        for number, (task, (_lines, top, tall)) in enumerate(zip(tasks, rows, strict=True))
        for bar_y in [_bar_y(layout, top, tall)]
    ]
    names = [text for row in rows for text in _name(layout, row[0], top=row[1], height=row[2])]
    grid, months = _months(axis, layout, print_month, bottom=height)
    flag, flag_words = _flag(now, today_words, layout)
    return Gantt(
        title=finding,
        width=layout.width,
        height=rounded(height),
        stripes=tuple(
            Box(0, rounded(top), layout.width, rounded(tall), STRIPE)
            for number, (_lines, top, tall) in enumerate(rows)
            if _ground(number) == STRIPE
        ),
        grid=grid,
        today=tuple(_today(now, layout, rows, height)),
        flag=flag,
        bars=tuple(bar for bar, _mark, _text in drawn),
        diamonds=tuple(mark for _bar, mark, _text in drawn),
        masks=tuple(
            replace(mask(text), fill=_ground(number))
            for number, (bar, _mark, text) in enumerate(drawn)
            if not _is_inside(text, bar)
        ),
        texts=(*months, *flag_words, *names, *(text for _bar, _mark, text in drawn)),
    )


def next_month(day: datetime.date) -> datetime.date:
    """The first day of the month after."""
    return (day.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)


def _axis(tasks: Sequence[Task], span: tuple[datetime.date, datetime.date], layout: Layout) -> Axis:
    days = [day for task in tasks for day in (task.starts_on, task.ends_on, task.due_on)]
    first, last = min([span[0], *days]), max([span[1], *days])
    end = next_month(last) - datetime.timedelta(days=1)
    return Axis(first.replace(day=1), end, layout.left, layout.right)


def _rows(tasks: Sequence[Task], layout: Layout) -> Iterator[tuple[tuple[str, ...], float, float]]:
    """The lines of each name, the top of its row and its height."""
    top: float = HEAD
    for task in tasks:
        lines = wrap(task.name, layout.names, layout.name_size)
        text = len(lines) * layout.leading
        tall = text + BAR + 26 if layout.is_stacked else text + 10
        tall = max(tall, layout.row)
        yield lines, top, tall
        top += tall


def _ground(number: int) -> str:
    """Every other row has a tint."""
    return PAPER if number % 2 else STRIPE


def _bar_y(layout: Layout, top: float, tall: float) -> float:
    """The top of the bar in its row: under the name, or in the middle beside it."""
    return top + tall - BAR - 10 if layout.is_stacked else top + (tall - BAR) / 2


def _name(layout: Layout, lines: Sequence[str], *, top: float, height: float) -> list[Text]:
    first = top + layout.leading + 3
    if not layout.is_stacked:
        # The middle of the lines stands at the middle of the row.
        first = top + (height - (len(lines) - 1) * layout.leading) / 2 + layout.name_size * 0.35
    x = 4 if layout.is_stacked else 8
    return [
        Text(x, rounded(first + at * layout.leading), line, "start", layout.name_size, 400, INK)
        for at, line in enumerate(lines)
    ]


def _months(
    axis: Axis, layout: Layout, print_month: PrintMonth, *, bottom: float
) -> tuple[tuple[Line, ...], tuple[Text, ...]]:
    """A line at each month and the names of as many of them as fit."""
    months = list(axis.months())
    labels = [print_month(month) for month in months]
    widest = max(text_width(label, layout.size) for label in labels) + CLEAR
    each = (axis.right - axis.left) / len(months)
    every = next((step for step in EVERY if step * each >= widest), EVERY[-1])
    xs = [rounded(axis.x(month)) for month in months]
    grid = () if layout.is_stacked else tuple(Line(x, HEAD - 20, x, bottom) for x in xs)
    gap = 0 if layout.is_stacked else 4
    texts = tuple(
        Text(rounded(xs[at] + gap), HEAD - 7, labels[at], "start", layout.size, 400, INK_2)
        for at in range(0, len(months), every)
    )
    return grid, texts


def _flag(now: float | None, words: str, layout: Layout) -> tuple[Box | None, tuple[Text, ...]]:
    """The words over the line of today, inside the drawing."""
    if now is None:
        return None, ()
    width = text_width(words, layout.size) + 16
    x = min(max(now - width / 2, 0), layout.width - width)
    box = Box(rounded(x), 2, rounded(width), FLAG_HEIGHT, TODAY_FLAG)
    y = 2 + FLAG_HEIGHT / 2 + layout.size * 0.35
    return box, (
        Text(rounded(x + width / 2), rounded(y), words, "middle", layout.size, 600, PAPER),
    )


def _today(
    now: float | None,
    layout: Layout,
    rows: Sequence[tuple[tuple[str, ...], float, float]],
    height: float,
) -> Iterator[Line]:
    """The line of today, not through the names of the months: whole under them, or only across the
    bars where names stand between them."""
    if now is None:
        return
    x = rounded(now)
    top = 2 + FLAG_HEIGHT
    yield _dashed(x, top, top + 4)
    if not layout.is_stacked:
        yield _dashed(x, HEAD, height)
        return
    for _lines, row_top, tall in rows:
        y = _bar_y(layout, row_top, tall)
        yield _dashed(x, y - 7, y + BAR + 7)


def _dashed(x: float, top: float, bottom: float) -> Line:
    return Line(x, rounded(top), x, rounded(bottom), TODAY, 2, "5 3")


def _task(
    task: Task, axis: Axis, layout: Layout, *, y: float, now: float | None, ground: str
) -> tuple[Bar, str, Text]:
    """Bar, diamond and words of an activity."""
    x = axis.x(task.starts_on)
    end = axis.x(task.ends_on + datetime.timedelta(days=1))
    width = max(end - x, 3)
    share = min(max(task.share, 0), 1)
    bar = Bar(rounded(x), rounded(y), rounded(width), rounded(width * share), COLOURS[task.tone])
    due = axis.x(task.due_on + datetime.timedelta(days=1))
    mark = f"M{rounded(due)} {rounded(y - DIAMOND)}l5 5-5 5-5-5z"
    place = _Room(axis.left, axis.right, now, layout.size, first=min(x, due), last=max(end, due))
    empty = (x + width * share, end if due >= end else min(end, due - DIAMOND))
    at, anchor, words = place.find((task.words, task.short), empty=empty)
    baseline = rounded(y + BAR / 2 + layout.size * 0.35)
    return bar, mark, Text(at, baseline, words, anchor, layout.size, 600, COLOURS[task.tone])


@dataclass(frozen=True)
class _Room:
    """Where the words of a bar may stand: between two ends, on neither side of today at once."""

    left: float
    right: float
    now: float | None
    size: float
    first: float
    last: float

    def find(self, texts: Sequence[str], *, empty: tuple[float, float]) -> tuple[float, str, str]:
        """Where the first of the texts that fits begins or ends: after the bar, after today, inside
        the part of the bar that is empty, before it, before today."""
        for text in texts:
            width = text_width(text, self.size)
            after = self.last + CLEAR
            starts = [after, *([self.now + 8] if self.now and self.now >= self.last - 8 else [])]
            for x in starts:
                if self._is_free(x, x + width):
                    return rounded(x), "start", text
            inside = empty[1] - 8
            ends = [inside] if inside - width >= empty[0] + 4 else []
            ends.append(self.first - CLEAR)
            ends += [self.now - 8] if self.now and self.now <= self.first else []
            for x in ends:
                if self._is_free(x - width, x):
                    return rounded(x), "end", text
        return rounded(self.right), "end", texts[-1]

    def _is_free(self, start: float, end: float) -> bool:
        is_crossed = self.now is not None and start - 3 < self.now < end + 3
        return self.left <= start and end <= self.right + 8 and not is_crossed


def _is_inside(text: Text, bar: Bar) -> bool:
    return text.anchor == "end" and bar.x < text.x < bar.x + bar.width
