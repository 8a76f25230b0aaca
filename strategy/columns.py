"""How wide the columns of a printed table are, from the texts they hold. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from documents.lettering import text_width

POINT = 25.4 / 72
SIZE = 8.4
PADDING = 3.2
FULL_WIDTH = 165
TEXT_WIDTH = 122


def column_widths(rows: Sequence[Sequence[str]], *, full: int = FULL_WIDTH) -> tuple[int, ...]:
    """Millimetres for each column, headings among the rows.

    A table that fits the text keeps its natural width; a wider one takes the whole width of the
    page, its columns between their longest word and their longest text.
    """
    columns = list(zip(*rows, strict=True))
    least = [
        max(_millimetres(word) for text in column for word in _words(text)) for column in columns
    ]
    wanted = [max(_millimetres(text) for text in column) for column in columns]
    if sum(wanted) <= TEXT_WIDTH:
        return tuple(round(width + 0.5) for width in wanted)
    return _shared_out(least, [min(width, full) for width in wanted], full)


def _words(text: str) -> list[str]:
    return text.split(" ")  # not where it must not break


def _millimetres(text: str) -> float:
    return text_width(text, SIZE) * POINT + PADDING


def _shared_out(least: list[float], wanted: list[float], full: int) -> tuple[int, ...]:
    """The room left by the longest words, given to columns as far as their texts want it."""
    room = full - sum(least)
    if room < 0:
        # The estimates are generous: each gives up its part, or the longest text would give up all.
        least, room = [need * full / sum(least) for need in least], 0
    wishes = [want - need for want, need in zip(wanted, least, strict=True)]
    total = sum(wishes)
    part = min(room / total, 1) if total > 0 else 0
    widths = [int(need + wish * part) for need, wish in zip(least, wishes, strict=True)]
    widths[0] += full - sum(widths)
    return tuple(widths)
