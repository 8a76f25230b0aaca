"""A difference as a file of data: one line for each change. Columns: docs/data.md."""

from __future__ import annotations

from collections.abc import Iterator

from documents.tabular import csv_bytes
from strategy.differences import Difference
from strategy.reports.difference_words import HTML
from strategy.word_differences import text_lines

HEADER = ("part", "kind", "place", "subject", "field", "detail", "old", "new")


def difference_csv(difference: Difference) -> bytes:
    """Every change, whole, with the codes of the data; texts without their marks."""
    return csv_bytes(HEADER, _rows(difference))


def _rows(difference: Difference) -> Iterator[tuple[str, ...]]:
    for subject in difference.subjects:
        for change in subject.changes:
            sides = (_plain(change.field, side) for side in (change.old, change.new))
            yield (
                subject.part.value,
                change.kind.value,
                subject.place,
                subject.name,
                change.field,
                change.detail,
                *sides,
            )


def _plain(field: str, text: str | None) -> str:
    """The text of a side: nothing where the thing did not exist; `kind` tells it from empty."""
    return "\n".join(text_lines(text)) if text and field in HTML else text or ""
