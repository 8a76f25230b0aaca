"""The drawing of the cover: a row of squares for each perspective, one for each objective. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 660
GAP = 8
HEIGHT = 98
LARGEST_ROW = 6
# From the first perspective, darkest, to the last: fill and ink.
TINTS = (
    ("#12345b", "#ffffff"),
    ("#3f6f9f", "#ffffff"),
    ("#a9c4dc", "#17202b"),
    ("#e3ebf3", "#17202b"),
)


@dataclass(frozen=True)
class CoverBox:
    """A square of the drawing and the code in it."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    ink: str
    code: str

    @property
    def text_x(self) -> float:
        """Where the code begins."""
        return self.x + 9

    @property
    def text_y(self) -> float:
        """The line on which the code stands."""
        return self.y + 25


@dataclass(frozen=True)
class Cover:
    """The whole drawing, in quarters of a millimetre."""

    height: float
    boxes: tuple[CoverBox, ...]


def cover_drawing(rows: Sequence[Sequence[str]]) -> Cover:
    """Squares as wide as the longest row needs, rows from the darkest tint to the lightest."""
    longest = max([LARGEST_ROW, *(len(row) for row in rows)])
    width = round((WIDTH - GAP * (longest - 1)) / longest, 1)
    boxes = []
    for line, row in enumerate(rows):
        fill, ink = TINTS[min(line, len(TINTS) - 1)]
        for place, code in enumerate(row):
            x, y = round(place * (width + GAP), 1), line * (HEIGHT + GAP)
            boxes.append(CoverBox(x, y, width, HEIGHT, fill, ink, code))
    return Cover(max(len(rows), 1) * (HEIGHT + GAP) - GAP, tuple(boxes))
