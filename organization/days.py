"""Days as an Italian office counts and writes them. Pure.

National holidays are those of L. 260/1949 and its changes, kept by the package `holidays`; the
feast of the patron saint is the office's own. Nobody is written to in the hours of rest nor on a
day on which the office is closed; where no rule fixes other hours they are from 19.30 to 7.30.
"""

from __future__ import annotations

import datetime
from functools import cache

from holidays import country_holidays

FRIDAY = 4
REST_BEGINS, REST_ENDS = datetime.time(19, 30), datetime.time(7, 30)


def written(day: datetime.date) -> str:
    """The day as the offices write it: 30.6.2021."""
    return f"{day.day}.{day.month}.{day.year}"


def holidays(year: int, *, patron: tuple[int, int] | None = None) -> frozenset[datetime.date]:
    """The holidays of a year; `patron` is month and day of the patron saint."""
    own = {datetime.date(year, *patron)} if patron else set()
    return national_holidays(year) | own


@cache
def national_holidays(year: int) -> frozenset[datetime.date]:
    """The holidays of a year in the whole country."""
    return frozenset(country_holidays("IT", years=year))


def is_working_day(day: datetime.date, *, patron: tuple[int, int] | None = None) -> bool:
    """The office is open: from Monday to Friday, without the holidays."""
    return day.weekday() <= FRIDAY and day not in holidays(day.year, patron=patron)


def is_quiet(
    moment: datetime.datetime,
    *,
    patron: tuple[int, int] | None = None,
    begins: datetime.time = REST_BEGINS,
    ends: datetime.time = REST_ENDS,
) -> bool:
    """Nobody is written to: the moment, in the time of the office, is one of rest."""
    is_rest = _is_between(moment.time(), begins, ends)
    return is_rest or not is_working_day(moment.date(), patron=patron)


def _is_between(hour: datetime.time, begins: datetime.time, ends: datetime.time) -> bool:
    """From an hour, included, to another, across midnight when the second comes first."""
    if begins <= ends:
        return begins <= hour < ends
    return hour >= begins or hour < ends
