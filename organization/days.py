"""Days as an Italian office counts and writes them. Pure.

National holidays are those of L. 260/1949 and its changes, with Saint Francis from 2026 on
(L. 151/2025); the feast of the patron saint is the office's own. Nobody is written to between 19.30
and 7.30 (art. 5 of the guidelines of agile work) nor on a day on which the office is closed.
"""

from __future__ import annotations

import datetime

FIXED = ((1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26))
SAINT_FRANCIS, SINCE = (10, 4), 2026
FRIDAY = 4
REST_BEGINS, REST_ENDS = datetime.time(19, 30), datetime.time(7, 30)


def written(day: datetime.date) -> str:
    """The day as the offices write it: 30.6.2021."""
    return f"{day.day}.{day.month}.{day.year}"


def easter(year: int) -> datetime.date:
    """Easter Sunday of the Gregorian calendar (the method of Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return datetime.date(year, month, day + 1)


def holidays(year: int, *, patron: tuple[int, int] | None = None) -> frozenset[datetime.date]:
    """The holidays of a year; `patron` is month and day of the patron saint."""
    fixed = [*FIXED, *([SAINT_FRANCIS] if year >= SINCE else []), *([patron] if patron else [])]
    sunday = easter(year)
    days = {datetime.date(year, month, day) for month, day in fixed}
    return frozenset(days | {sunday, sunday + datetime.timedelta(days=1)})


def is_working_day(day: datetime.date, *, patron: tuple[int, int] | None = None) -> bool:
    """The office is open: from Monday to Friday, without the holidays."""
    return day.weekday() <= FRIDAY and day not in holidays(day.year, patron=patron)


def is_quiet(moment: datetime.datetime, *, patron: tuple[int, int] | None = None) -> bool:
    """Nobody is written to: the moment, in the time of the office, is one of rest."""
    is_rest = not REST_ENDS <= moment.time() < REST_BEGINS
    return is_rest or not is_working_day(moment.date(), patron=patron)
