"""A year as the OIV looks at it as a file of data: a line for each indicator to be measured, with
what is missing. Columns: docs/data.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from documents.tabular import csv_bytes
from indicators.rounding import half_up
from strategy.reports.oversight import OversightLine, OversightObjective

HEADER = (
    "year",
    "objective_code",
    "objective",
    "objective_attainment",
    "indicator",
    "dashboards",
    "supplier",
    "source",
    "target",
    "actual",
    "deviation",
    "attainment",
    "band",
    "decision",
    "reason",
    "cause",
    "corrective_action",
    "evidence",
    "corrections",
    "missing",
)


def oversight_csv(year: int, objectives: Iterable[OversightObjective]) -> bytes:
    """Every indicator of the objectives, with the codes of the data."""
    return csv_bytes(HEADER, _rows(year, objectives))


def _rows(year: int, objectives: Iterable[OversightObjective]) -> Iterator[tuple[str, ...]]:
    for objective in objectives:
        degree = _degree(objective.value)
        for one in objective.lines:
            yield (str(year), objective.code, objective.name, degree, *_cells(one))


def _cells(one: OversightLine) -> tuple[str, ...]:
    line, told = one.line, one.line.told
    return (
        line.name,
        " ".join(line.codes),
        line.supplier,
        line.source,
        line.target.printed,
        line.actual.printed,
        line.difference,
        _degree(line.value),
        line.mark.band.value,
        line.treatment.value if line.treatment else "",
        told.reason if told else "",
        told.cause.value if told and told.cause else "",
        told.corrective_action if told else "",
        "; ".join(proof.name for proof in line.proofs),
        "; ".join(f"{each.on.isoformat()} {each.reason}" for each in one.corrections),
        " ".join(piece.value for piece in one.missing),
    )


def _degree(value: Fraction | None) -> str:
    return "" if value is None else f"{half_up(value, 2)}"
