"""The days approved away from the office, as the attendance system takes them (art. 7).

Those to come are there too: the file of a month can be taken before it begins. An agile day counts
as full service: no meal voucher, no overtime, no travel allowance.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import F, Q

from documents.tabular import Value, hours_and_minutes
from pola.dated_norms import DatedNorms
from pola.models import AgileDay, Norm
from pola.quotas import day_minutes

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
    """A day of a person with the minutes of the own working time."""

    employee_number: str
    day: datetime.date
    minutes: int

    @property
    def length(self) -> datetime.timedelta:
        """The own working time of the day."""
        return datetime.timedelta(minutes=self.minutes)

    @property
    def hours(self) -> str:
        """Hours and minutes, as the attendance system reads them: 7:12."""
        return hours_and_minutes(self.length)

    @property
    def cells(self) -> tuple[Value, ...]:
        """The line as the file holds it."""
        return (self.employee_number, self.day, self.length, NO, NO, NO)


def export_lines(month: datetime.date) -> list[ExportLine]:
    """The approved days of a month by employee number, in two statements: of who is in service on
    the day; the hours are those of the rule of each day, in proportion to the part time of the
    person. See also: PersonQuerySet.in_service."""
    norms = DatedNorms(Norm.objects.values_list("key", "printed", "starts_on"))
    has_left = Q(person__left_on__lte=F("day"))
    days = AgileDay.objects.approved().in_month(month).exclude(has_left)
    rows = days.order_by("person__employee_number", "day").values_list(
        "person__employee_number", "day", "person__part_time_percent"
    )
    return [
        ExportLine(number, day, day_minutes(norms.on(day), percent=percent))
        for number, day, percent in rows
    ]
