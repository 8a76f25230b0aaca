"""A table of figures as row objects, cells as printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from strategy.enums import RowLevel

ROW_LOOKS = {
    RowLevel.TOTAL.value: "cp-row--total",
    RowLevel.RESULT.value: "cp-row--total",
    RowLevel.DETAIL.value: "cp-row--2",
}


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table of figures: its name, its other cells, its rank."""

    level: str
    heading: str
    cells: tuple[tuple[str, bool], ...]

    @property
    def is_group(self) -> bool:
        """A heading over the rows below, without figures of its own."""
        return self.level == RowLevel.HEADING

    @property
    def classes(self) -> str:
        """The looks of the rank, on the screen and on paper."""
        return f"{self.level} {ROW_LOOKS.get(self.level, '')}".strip()


@dataclass(frozen=True, slots=True)
class TableReport:
    """A table of figures as printed, whatever it is about."""

    caption: str
    headings: tuple[tuple[str, bool], ...]
    rows: tuple[TableRow, ...]
    source_note: str = ""
    slug: str = ""


def reference_table_report(table: Any, *, caption: str = "") -> TableReport:
    """A stored table of figures, cells verbatim. Load it with `with_cells()` first."""
    columns = list(table.columns.all())
    numeric = [column.is_numeric for column in columns]
    rows = tuple(_row(row.level, row.cells, numeric) for row in table.rows.all())
    return TableReport(
        caption=caption or table.caption,
        headings=tuple((column.heading, column.is_numeric) for column in columns),
        rows=rows,
        source_note=table.source_note,
        slug=table.slug,
    )


def _row(level: str, cells: Sequence[str], numeric: Sequence[bool]) -> TableRow:
    """A row under its columns; while a column is being added or taken away some cells miss."""
    fitted = [*cells, *[""] * len(numeric)][: len(numeric)]
    return TableRow(level, fitted[0], tuple(zip(fitted[1:], numeric[1:], strict=True)))
