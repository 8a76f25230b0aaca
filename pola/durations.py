"""Until when does an agreement last, and what notice does its end need? Pure (art. 1, 3, 6, 8)."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass

from pola.enums import Letter, Party
from pola.norms import Norms

A_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Term:
    """The days of an agreement, both included; cut when the trial ends before."""

    starts_on: datetime.date
    ends_on: datetime.date
    months: int
    is_cut: bool


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later, the last of the month when it is not there."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def first_term(starts_on: datetime.date, norms: Norms) -> Term:
    """Six months from the first day, cut at the end of the trial (art. 1 and 6)."""
    return term(starts_on, norms.first_term_months, norms)


def term(starts_on: datetime.date, months: int, norms: Norms) -> Term:
    """So many months from the first day, cut at the end of the trial.

    ValueError when the trial is over by then.
    """
    if starts_on > norms.trial_ends_on:
        raise ValueError(starts_on)
    whole = add_months(starts_on, months) - A_DAY
    ends_on = min(whole, norms.trial_ends_on)
    return Term(starts_on, ends_on, months, is_cut=ends_on < whole)


def admitted_from(hired_on: datetime.date, norms: Norms) -> datetime.date:
    """From which day who was hired, or came by mobility, may ask (art. 3)."""
    return add_months(hired_on, norms.months_from_hire)


def notice_days(
    norms: Norms, *, party: Party, letter: Letter | None = None, is_protected: bool = False
) -> int:
    """The days of notice (art. 8): none for the causes a, b, c of the Chamber; the longer term when
    the Chamber withdraws from the agreement of a worker protected by law; else the ordinary one."""
    if letter is not None:
        return 0
    if party is Party.EMPLOYER and is_protected:
        return norms.notice_days_disabled
    return norms.notice_days


def earliest_end(given_on: datetime.date, days: int) -> datetime.date:
    """The first day on which an agreement may end: so many days after the notice."""
    return given_on + datetime.timedelta(days=days)
