"""Which figures does the plan print, in its tables and on its indicators, and where?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from indicators.records import IndicatorRecord
from indicators.values import Value, read


@dataclass(frozen=True, kw_only=True)
class TableRecord:
    """A table of figures as printed: headings, rows, the rank of each row."""

    slug: str
    caption: str
    source_note: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    levels: Sequence[str]
    numeric: frozenset[int]

    def column(self, heading: str) -> int:
        """The place of a column; a heading that is not there is a ValueError."""
        return list(self.headings).index(heading)

    def number(self, row: Sequence[str], heading: str) -> Decimal:
        """The number that a cell states; nothing stated counts as nothing."""
        return read(row[self.column(heading)]).number or Decimal(0)

    def cell(self, name: str, heading: str) -> str:
        """The text of the cell in the row of a name."""
        return {row[0]: row for row in self.rows}[name][self.column(heading)]


@dataclass(frozen=True)
class Figures:
    """All that the plan prints as figures."""

    tables: Mapping[str, TableRecord]
    indicators: Mapping[str, IndicatorRecord]

    def value(self, cell: Mapping[str, str]) -> Value:
        """The value of a cell named as in `checks.toml`."""
        if "table" in cell:
            return read(self.tables[cell["table"]].cell(cell["row"], cell["column"]))
        what, _, year = cell["cell"].partition("_")
        record = self.indicators[cell["indicator"]]
        return (record.targets if what == "target" else record.actuals)[int(year)]

    def place(self, cell: Mapping[str, str]) -> str:
        """Where the cell stands, in words."""
        if "table" in cell:
            return f"{self.tables[cell['table']].caption}, {cell['row']}, {cell['column']}"
        return f"{cell['indicator']}, {cell['cell'].rpartition('_')[2]}"


Check = Mapping[str, Any]  # one entry of `checks.toml`
