"""The months of a calendar, each known by its first day. Pure."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator

ONE_DAY = datetime.timedelta(days=1)


def month_of(day: datetime.date) -> datetime.date:
    """The first day of its month."""
    return day.replace(day=1)


def month_end(month: datetime.date) -> datetime.date:
    """The last day of a month."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def next_month(month: datetime.date) -> datetime.date:
    """The first day of the month that follows."""
    return month_end(month) + ONE_DAY


def months_between(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    """The months from one to another, both included; none when they are the wrong way round."""
    month = month_of(first)
    while month <= last:
        yield month
        month = next_month(month)


def last_month_gone_by(today: datetime.date) -> datetime.date:
    """The month before that of the day: the latest whose figures do not move any more."""
    return month_of(month_of(today) - ONE_DAY)
