"""An indicator of a year, as the files of the deviations and of the OIV write it."""

from __future__ import annotations

from fractions import Fraction

from indicators.rounding import half_up
from strategy.reports.year_lines import YearLine

LINE_HEADER = (
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
)


def line_cells(line: YearLine) -> tuple[str, ...]:
    """The line, whole, with the codes of the data."""
    told = line.told
    return (
        line.name,
        " ".join(line.codes),
        line.supplier,
        line.source,
        line.target.printed,
        line.actual.printed,
        line.difference,
        degree_cell(line.value),
        line.mark.band.value,
        line.treatment.value if line.treatment else "",
        told.reason if told else line.decided,
        told.cause.value if told and told.cause else "",
        told.corrective_action if told else "",
    )


def evidence_cell(line: YearLine) -> str:
    """The names of what proves its result."""
    return "; ".join(proof.name for proof in line.proofs)


def degree_cell(value: Fraction | None) -> str:
    """A degree with two decimals; nothing where there is none."""
    return "" if value is None else f"{half_up(value, 2)}"
