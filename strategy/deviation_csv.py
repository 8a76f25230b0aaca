"""The deviations of a year as a file of data: a line for each indicator. Columns: docs/data.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from documents.tabular import csv_bytes
from indicators.rounding import half_up
from strategy.reports.year_lines import YearLine

HEADER = (
    "year",
    "objective_code",
    "objective",
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
            line.name,
            " ".join(line.codes),
            line.supplier,
            line.source,
            line.target.printed,
            line.actual.printed,
            line.difference,
            "" if line.value is None else f"{half_up(line.value, 2)}",
            line.mark.band.value,
            line.treatment.value if line.treatment else "",
            told.reason if told else "",
            told.cause.value if told and told.cause else "",
            told.corrective_action if told else "",
            told.written_by if told else "",
            told.written_on.isoformat() if told else "",
            "; ".join(proof.name for proof in line.proofs),
        )
