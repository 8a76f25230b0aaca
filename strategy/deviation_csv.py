"""The deviations of a year as a file of data: a line for each indicator. Columns: docs/data.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from documents.tabular import csv_bytes
from strategy.line_csv import LINE_HEADER, evidence_cell, line_cells
from strategy.reports.year_lines import YearLine

HEADER = (
    "year",
    "objective_code",
    "objective",
    *LINE_HEADER,
    "written_by",
    "written_on",
    "evidence",
)


def deviations_csv(year: int, lines: Iterable[YearLine]) -> bytes:
    """Every line, whole, with the codes of the data."""
    return csv_bytes(HEADER, _rows(year, lines))


def _rows(year: int, lines: Iterable[YearLine]) -> Iterator[tuple[str, ...]]:
    for line in lines:
        told = line.told
        yield (
            str(year),
            line.objective_code,
            line.objective,
            *line_cells(line),
            told.written_by if told else "",
            told.written_on.isoformat() if told else "",
            evidence_cell(line),
        )
