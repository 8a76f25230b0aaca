"""A year as the OIV looks at it as a file of data: a line for each indicator to be measured, with
what is missing. Columns: docs/data.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from documents.tabular import csv_bytes
from strategy.line_csv import LINE_HEADER, degree_cell, evidence_cell, line_cells
from strategy.reports.oversight import OversightObjective

HEADER = (
    "year",
    "objective_code",
    "objective",
    "objective_attainment",
    *LINE_HEADER,
    "evidence",
    "corrections",
    "missing",
)


def oversight_csv(year: int, objectives: Iterable[OversightObjective]) -> bytes:
    """Every indicator of the objectives, with the codes of the data."""
    return csv_bytes(HEADER, _rows(year, objectives))


def _rows(year: int, objectives: Iterable[OversightObjective]) -> Iterator[tuple[str, ...]]:
    for objective in objectives:
        for one in objective.lines:
            yield (
                str(year),
                objective.code,
                objective.name,
                degree_cell(objective.value),
                *line_cells(one.line),
                evidence_cell(one.line),
                "; ".join(f"{each.on.isoformat()} {each.reason}" for each in one.corrections),
                " ".join(piece.value for piece in one.missing),
            )
