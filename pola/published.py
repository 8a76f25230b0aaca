"""What agile work adds to the published data: its months, the rows of its programme.

Contract: `pola_months.csv` has the months as the plan prints them, then the computed ones up to
the last gone by; `pola_programme.csv` the rows of 5.2.4 as printed. Totals of the whole Chamber:
nobody's own days are published.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from organization import clock
from pola.reports.programme import PROGRAMME_TABLE
from pola.reports.statistics import months_since_printed
from pola.statistics import MonthFigures, with_point
from strategy.in_force import since_adoption
from strategy.models import Plan
from strategy.open_data import Cells, DataSet, Snapshot, publish

MONTHS_HEADER = ("month", "employees", "potential", "effective", "days", "days_per_week")
COMPUTED = "agile_months"


@since_adoption(COMPUTED)
def computed(_plan: Plan) -> list[dict[str, Any]]:
    """The months computed from the days."""
    return [
        dict(zip(MONTHS_HEADER, month_cells(month), strict=True))
        for month in months_since_printed(today=clock.today())
    ]


def month_cells(month: MonthFigures) -> Cells:
    """A month as the file has it."""
    counts = (month.employees, month.potential, month.effective, month.days)
    mean = with_point(month.mean_days_per_week)
    return (f"{month.month:%Y-%m}", *(str(count) for count in counts), mean)


def months_header(_snapshot: Snapshot) -> Cells:
    """The columns, which are the same for every plan."""
    return MONTHS_HEADER


def months_rows(snapshot: Snapshot) -> Iterator[Cells]:
    """Printed months, then computed ones."""
    for month in snapshot["annexes"].get("agile_work", {}).get("months", []):
        counts = (str(month[name]) for name in MONTHS_HEADER[1:-1])
        yield (month["month"], *counts, with_point(month["mean_days_per_week"]))
    for row in snapshot.get("since", {}).get(COMPUTED, ()):
        yield tuple(row.values())


def programme_header(snapshot: Snapshot) -> Cells:
    """The dimension and the three years of the plan."""
    first = snapshot["plan"]["first_year"]
    return ("dimension", *(str(year) for year in range(first, first + 3)))


def programme_rows(snapshot: Snapshot) -> Iterator[Cells]:
    """Section 5.2.4: every row as printed."""
    for table in snapshot["tables"]:
        if table["slug"] == PROGRAMME_TABLE:
            yield from (tuple(row["cells"]) for row in table["rows"])


publish(
    DataSet(
        "pola_months.csv", "Mesi di lavoro agile", months_header, months_rows, tells_results=True
    )
)
publish(
    DataSet("pola_programme.csv", "Programma del lavoro agile", programme_header, programme_rows)
)
