"""The months of agile work: as printed where the plan prints them, computed from there on."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from organization.models import Person
from pola.models import ActivityAssignment, AgileDay, AgileMonth
from pola.months import last_month_gone_by, month_end, month_of, months_between, next_month
from pola.querysets import counted_on, in_service
from pola.statistics import MonthFigures, computed_month


def printed_month(month: AgileMonth) -> MonthFigures:
    """A month as the plan prints it."""
    return MonthFigures(
        month=month.month,
        employees=month.employees,
        potential=month.potential,
        effective=month.effective,
        days=month.days,
        mean_days_per_week=month.mean_days_per_week,
        is_printed=True,
    )


@dataclass(frozen=True, slots=True)
class KnownMonths:
    """The months that the plan prints, in order, and the month of the first day ever asked."""

    printed: tuple[MonthFigures, ...]
    asked: datetime.date | None

    @property
    def first_computed(self) -> datetime.date | None:
        """The month from which figures are computed: the first asked, not before the printed ones
        end. None while nobody has asked for a day."""
        if self.asked is None or not self.printed:
            return self.asked
        return max(self.asked, next_month(self.printed[-1].month))

    def years(self, *, today: datetime.date) -> tuple[int, ...]:
        """From the first year of which something is known to the running one."""
        known = [one.month.year for one in self.printed[:1]]
        if self.asked:
            known.append(self.asked.year)
        return tuple(range(min([*known, today.year]), today.year + 1))

    def chosen_year(self, asked: str, *, today: datetime.date) -> int:
        """The year asked for if it is one of them, else the running one."""
        return {str(year): year for year in self.years(today=today)}.get(asked, today.year)


def known_months() -> KnownMonths:
    """What is known of the months: two statements."""
    first = AgileDay.objects.order_by("day").values_list("day", flat=True).first()
    printed = tuple(printed_month(month) for month in AgileMonth.objects.order_by("month"))
    return KnownMonths(printed, month_of(first) if first else None)


def computed_months(
    first: datetime.date, last: datetime.date, *, today: datetime.date
) -> tuple[MonthFigures, ...]:
    """The figures of the months from one to another, in three statements however many they are.

    A month that is not over counts the days gone by, and its people as of today.
    """
    months = list(months_between(first, last))
    if not months:
        return ()
    ends = {month: min(month_end(month), today) for month in months}
    days = sorted(set(ends.values()))
    employees = counted_on(days, Person.objects.employees(), in_service, "pk")
    potential = ActivityAssignment.objects.all().potential_on(days)
    lived = AgileDay.objects.lived(on=today).between(months[0], month_end(months[-1]))
    worked = lived.by_month(months)
    return tuple(
        computed_month(
            month,
            employees=employees[ends[month]],
            potential=potential[ends[month]],
            worked=worked[month],
            is_running=month_end(month) >= today,
        )
        for month in months
    )


def months_since_printed(*, today: datetime.date) -> tuple[MonthFigures, ...]:
    """Every computed month up to the last one gone by: what is published."""
    first = known_months().first_computed
    if first is None:
        return ()
    return computed_months(first, last_month_gone_by(today), today=today)


def year_months(
    year: int, *, today: datetime.date, known: KnownMonths | None = None
) -> tuple[MonthFigures, ...]:
    """The months of a year, printed or computed, up to the one that is running."""
    known = known or known_months()
    printed = tuple(one for one in known.printed if one.month.year == year)
    first = known.first_computed
    if first is None:
        return printed
    start = max(first, datetime.date(year, 1, 1))
    last = min(month_of(today), datetime.date(year, 12, 1))
    return printed + computed_months(start, last, today=today)
