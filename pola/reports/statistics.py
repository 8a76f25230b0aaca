"""The months of agile work: as printed where the plan prints them, computed from there on."""

from __future__ import annotations

import datetime

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


def first_computed_month() -> datetime.date | None:
    """The month from which figures are computed: that of the first day ever asked, not before the
    printed ones end. None while nobody has asked for a day. Two statements."""
    first = AgileDay.objects.order_by("day").values_list("day", flat=True).first()
    if first is None:
        return None
    printed = AgileMonth.objects.order_by("-month").values_list("month", flat=True).first()
    return max(month_of(first), next_month(printed)) if printed else month_of(first)


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
    first = first_computed_month()
    if first is None:
        return ()
    return computed_months(first, last_month_gone_by(today), today=today)


def year_months(year: int, *, today: datetime.date) -> tuple[MonthFigures, ...]:
    """The months of a year, printed or computed, up to the one that is running."""
    printed = tuple(printed_month(month) for month in AgileMonth.objects.for_year(year))
    first = first_computed_month()
    if first is None:
        return printed
    start = max(first, datetime.date(year, 1, 1))
    last = min(month_of(today), datetime.date(year, 12, 1))
    return printed + computed_months(start, last, today=today)
