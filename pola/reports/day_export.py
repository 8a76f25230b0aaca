"""The days worked away from the office, as the attendance system takes them (art. 7).

An agile day counts as full service: no meal voucher, no overtime, no travel allowance.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from documents.tabular import Value, csv_bytes, xlsx_bytes
from pola.models import AgileDay

HEADER = (
    "matricola",
    "data",
    "ore_teoriche",
    "buono_pasto",
    "straordinario",
    "trasferta",
)
NO = "no"


@dataclass(frozen=True, slots=True)
class ExportLine:
    """A day of a person with the hours of the own schedule."""

    employee_number: str
    day: datetime.date
    hours: Decimal

    @property
    def cells(self) -> tuple[Value, ...]:
        """The line as the file holds it."""
        return (self.employee_number, self.day, self.hours, NO, NO, NO)


def export_lines(month: datetime.date) -> list[ExportLine]:
    """The approved days of a month by employee number, in one statement."""
    days = AgileDay.objects.approved().in_month(month)
    rows = days.order_by("person__employee_number", "day").values_list(
        "person__employee_number", "day", "agreement__daily_hours"
    )
    return [ExportLine(*row) for row in rows]


def export_csv(lines: Collection[ExportLine]) -> bytes:
    """The file of a month: comma, dates as 2021-02-09, hours with a decimal point."""
    return csv_bytes(HEADER, [line.cells for line in lines])


def export_xlsx(month: datetime.date, lines: Collection[ExportLine]) -> bytes:
    """The same as a sheet, with dates and hours as such."""
    return xlsx_bytes(f"Giornate agili {month:%m-%Y}", HEADER, [line.cells for line in lines])
