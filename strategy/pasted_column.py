"""Which rows does a column pasted from a spreadsheet fill? Pure.

One line for each row, from the row it is pasted in downwards; an empty line leaves its row alone.
A ratio takes two cells of a line, or one written as `12 / 30`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from strategy.monitoring_enums import EntryKind

YES_NO = {"si": "SI", "sì": "SI", "s": "SI", "x": "SI", "no": "NO", "n": "NO"}


@dataclass(frozen=True)
class Spread:
    """The fields that a column fills, by indicator, and how many of its lines no row takes."""

    fields: Mapping[int, Mapping[str, str]]
    outside: int = 0


def spread(text: str, rows: Sequence[tuple[int, EntryKind]]) -> Spread:
    """The fields of the rows that the lines of a text fill; lines beyond the last row are left out
    and, unless they are empty, counted."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    found = {}
    for (indicator_id, entry), line in zip(rows, lines, strict=False):
        cells = [cell.strip() for cell in line.split("\t")]
        if fields := _fields(entry, [cell for cell in cells if cell]):
            found[indicator_id] = fields
    return Spread(found, sum(bool(line.strip()) for line in lines[len(rows) :]))


def _fields(entry: EntryKind, cells: list[str]) -> dict[str, str]:
    if not cells:
        return {}
    if entry != EntryKind.RATIO:
        text = cells[0]
        return {"value": YES_NO.get(text.lower(), text) if entry == EntryKind.YES_NO else text}
    if len(cells) == 1 and "/" in cells[0]:
        cells = [part.strip() for part in cells[0].split("/", 1)]
    return {"numerator": cells[0], "denominator": cells[1] if len(cells) > 1 else ""}
