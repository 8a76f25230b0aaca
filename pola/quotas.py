"""How many days of agile work may a person have, which days, until when? Pure.

A week goes from Monday to Sunday, across the months. Norms, calendar and the day it is are given.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from organization.days import FRIDAY, holidays
from pola.months import month_end
from pola.norms import Norms

WEEK = datetime.timedelta(days=7)
ONE_DAY = datetime.timedelta(days=1)
WORKING_DAYS = 5
Span = tuple[datetime.date, datetime.date]


def monday_of(day: datetime.date) -> datetime.date:
    """The Monday of the week of a day."""
    return day - datetime.timedelta(days=day.weekday())


def days_between(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """Every day from the first to the last, both included."""
    return [first + ONE_DAY * number for number in range((last - first).days + 1)]


def weeks_of(month: datetime.date) -> list[datetime.date]:
    """The Mondays of the weeks that have a day in the month."""
    first, last = monday_of(month), monday_of(month_end(month))
    return [first + WEEK * number for number in range((last - first).days // 7 + 1)]


def pattern_days(
    first: datetime.date, last: datetime.date, weekdays: Collection[int]
) -> list[datetime.date]:
    """The days of a weekly pattern from a day to a day; 0 is Monday."""
    return [day for day in days_between(first, last) if day.weekday() in weekdays]


# Which days


class Closed(StrEnum):
    """Why a day is not one of work in the office or at home."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    CLOSURE = "closure"
    ABSENCE = "absence"
    SUSPENSION = "suspension"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """The days on which a person works: without Saturdays, Sundays, holidays, the patron saint,
    closures of the office, absences; suspended days are worked, in the office."""

    patron: tuple[int, int] | None = None
    closures: tuple[Span, ...] = ()
    absences: tuple[Span, ...] = ()
    suspensions: tuple[Span, ...] = ()
    _holidays: dict[int, frozenset[datetime.date]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def why_closed(self, day: datetime.date) -> Closed | None:
        """Why no agile work is done on the day, none when it can be."""
        if day.weekday() > FRIDAY:
            return Closed.WEEKEND
        if day in self._feasts(day.year):
            return Closed.HOLIDAY
        for reason, spans in (
            (Closed.CLOSURE, self.closures),
            (Closed.ABSENCE, self.absences),
            (Closed.SUSPENSION, self.suspensions),
        ):
            if any(first <= day <= last for first, last in spans):
                return reason
        return None

    def worked_days(self, monday: datetime.date) -> int:
        """How many days of the week are worked, in the office or not."""
        week = days_between(monday, monday + datetime.timedelta(days=FRIDAY))
        return sum(self.why_closed(day) in (None, Closed.SUSPENSION) for day in week)

    def _feasts(self, year: int) -> frozenset[datetime.date]:
        if year not in self._holidays:
            self._holidays[year] = holidays(year, patron=self.patron)
        return self._holidays[year]


def horizon(today: datetime.date, norms: Norms) -> datetime.date:
    """The last day that can be asked today."""
    return today + WEEK * norms.horizon_weeks


def submission_deadline(month: datetime.date, norms: Norms) -> datetime.date:
    """The day by which the calendar of a month is submitted, in the month before it."""
    before = (month - ONE_DAY).replace(day=1)
    return min(before + ONE_DAY * (max(norms.submission_day, 1) - 1), month_end(before))


# How many days


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekLimit:
    """The days of agile work that a week allows, and which rule says so: the article 4, the
    agreement (art. 6) when it is narrower, the prevalence of presence, a “deroga” (art. 4)."""

    days: int
    article: int = 4
    is_of_agreement: bool = False
    is_exempted: bool = False
    is_of_presence: bool = False


def week_limit(
    norms: Norms, *, agreed: int, exempted: int | None = None, worked_days: int = WORKING_DAYS
) -> WeekLimit:
    """The limit of a week for who agreed so many days; an exemption takes the place of both."""
    if exempted is not None:
        return WeekLimit(days=exempted, is_exempted=True)
    limit = WeekLimit(days=norms.max_days_per_week)
    if agreed < limit.days:
        limit = WeekLimit(days=agreed, article=6, is_of_agreement=True)
    if norms.presence_prevails:
        fewer = max((worked_days - 1) // 2, 0)  # fewer days at home than in the office
        if fewer < limit.days:
            limit = WeekLimit(days=fewer, is_of_presence=True)
    return limit


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekUse:
    """The days of a week: approved, waiting for an answer (asked or proposed), the limit."""

    monday: datetime.date
    limit: WeekLimit
    approved: int = 0
    waiting: int = 0
    worked_days: int = WORKING_DAYS

    @property
    def taken(self) -> int:
        """Days that count against the limit."""
        return self.approved + self.waiting

    @property
    def left(self) -> int:
        """Days that may still be asked; what is not used is not carried to another week."""
        return max(self.limit.days - self.taken, 0)

    @property
    def is_full(self) -> bool:
        """No other day may be asked."""
        return self.left == 0

    @property
    def is_beyond(self) -> bool:
        """More days than the limit, as after an act that narrowed it."""
        return self.taken > self.limit.days

    def lacks_least(self, norms: Norms) -> bool:
        """Fewer days than the least, in a week worked enough for the least to count."""
        if self.worked_days < norms.least_worked_days:
            return False
        return self.taken < min(norms.min_days_per_week, self.limit.days)


def exceeds_month(taken: int, norms: Norms) -> bool:
    """Whether so many days of a month are beyond its limit, if the act has set one."""
    return bool(norms.max_days_per_month) and taken > norms.max_days_per_month


def day_minutes(norms: Norms, *, percent: int) -> int:
    """The minutes of a day of work: a fifth of the week, in proportion to a part time that is
    spread over all its days."""
    week = norms.week_hours * 60 * percent
    return (week + 50 * WORKING_DAYS) // (100 * WORKING_DAYS)


def least_present(people: int, norms: Norms) -> int:
    """How many people at least stay in the office, rounded up; who is alone in a unit has no
    presence to share with anybody."""
    return 0 if people == 1 else -(-people * norms.min_cover // 100)


# Revocation and another day in its place


def latest_revocation(
    day: datetime.date,
    begins_at: datetime.time,
    hours: int,
    zone: datetime.tzinfo,
) -> datetime.datetime:
    """The last moment at which a day can be revoked: so many hours of the clock before the schedule
    of that day begins, also across the change to or from summer time."""
    return _begins(day, begins_at, zone) - datetime.timedelta(hours=hours)


def notice_given(
    at: datetime.datetime, day: datetime.date, begins_at: datetime.time, zone: datetime.tzinfo
) -> datetime.timedelta:
    """The time from a moment to the beginning of the day's schedule."""
    return _begins(day, begins_at, zone) - at


def _begins(
    day: datetime.date, begins_at: datetime.time, zone: datetime.tzinfo
) -> datetime.datetime:
    local = datetime.datetime.combine(day, begins_at, tzinfo=zone)
    return local.astimezone(datetime.UTC)


def may_replace(revoked: datetime.date, other: datetime.date) -> bool:
    """Whether a day may stand in the place of a revoked one: of the same week or of the next, since
    a day is not carried further; the limit of its own week holds anyway."""
    return monday_of(other) - monday_of(revoked) in (datetime.timedelta(0), WEEK)


def grouped(days: Iterable[datetime.date]) -> dict[datetime.date, list[datetime.date]]:
    """The days by the Monday of their week, in order."""
    found: dict[datetime.date, list[datetime.date]] = {}
    for day in sorted(set(days)):
        found.setdefault(monday_of(day), []).append(day)
    return found
