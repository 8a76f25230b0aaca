"""Which days of agile work does the demonstration tell of? Drawn with a seed, then settled. Pure.

What is drawn of a person does not depend on the others nor on the day the office stands on; that
day says what has been decided of it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from organization.days import is_working_day
from pola.enums import DayState
from pola.months import month_of, next_month

ONE_DAY = datetime.timedelta(days=1)
A_WEEK = datetime.timedelta(days=7)
KEPT, REFUSED, CANCELLED = 0.9, 0.02, 0.05  # shares of the usual days
SUBMITTED, WRITTEN = 0.5, 0.8  # shares of the people who think of next month early
SUBMITTED_ON, DECIDED_ON = 23, 27  # days of the month before


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Who has an agreement: his usual days, its first and last day, days on which it does not
    hold."""

    number: str
    weekdays: tuple[int, ...]
    starts_on: datetime.date
    ends_on: datetime.date
    suspended: tuple[tuple[datetime.date, datetime.date], ...] = ()

    def may_work_remotely(self, day: datetime.date) -> bool:
        """The agreement holds on the day."""
        is_suspended = any(first <= day <= last for first, last in self.suspended)
        return self.starts_on <= day <= self.ends_on and not is_suspended


@dataclass(frozen=True, kw_only=True)
class Booking:
    """A day of somebody: where it stands, when it was asked and decided, why."""

    number: str
    day: datetime.date
    state: DayState
    asked_on: datetime.date
    decided_on: datetime.date | None = None
    reason: str = ""
    replaces: datetime.date | None = None  # the revoked day in whose place it was proposed


@dataclass
class Calendar:
    """The days of everybody as they stand on a day."""

    told: Mapping[str, Any]
    stand: datetime.date
    patron: tuple[int, int] | None
    bookings: dict[tuple[str, datetime.date], Booking] = field(default_factory=dict)
    early: set[str] = field(default_factory=set)  # who has submitted the month still open
    late: set[tuple[str, datetime.date]] = field(default_factory=set)  # who added days to a month

    @property
    def open_month(self) -> datetime.date:
        """The first month of which nothing is decided yet."""
        month = month_of(self.stand)
        while self.decided_on(month) <= self.stand:
            month = next_month(month)
        return month

    def is_working(self, day: datetime.date) -> bool:
        """The office is open."""
        return is_working_day(day, patron=self.patron)

    def last_working(self, day: datetime.date) -> datetime.date:
        """The day, or the last one before it on which the office was open."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def submitted_on(self, month: datetime.date) -> datetime.date:
        """When the calendar of a month is submitted: towards the end of the month before."""
        return self.last_working((month - ONE_DAY).replace(day=SUBMITTED_ON))

    def decided_on(self, month: datetime.date) -> datetime.date:
        """When it is decided."""
        return self.last_working((month - ONE_DAY).replace(day=DECIDED_ON))

    def of(self, number: str) -> list[Booking]:
        """The days of one person, in order."""
        return [self.bookings[key] for key in sorted(self.bookings) if key[0] == number]

    def put(self, booking: Booking) -> None:
        """Add a day, or say anew where it stands."""
        self.bookings[booking.number, booking.day] = booking

    def free_day(
        self, holder: Holder, near: datetime.date, *, after: datetime.date
    ) -> datetime.date | None:
        """Another working day of the same week, after a day, that the person has not asked for."""
        monday = near - datetime.timedelta(days=near.weekday())
        days = (monday + datetime.timedelta(days=number) for number in (4, 3, 2, 1, 0))
        return next(
            (
                day
                for day in days
                if day > after
                and self.is_working(day)
                and holder.may_work_remotely(day)
                and (holder.number, day) not in self.bookings
                and (day > self.stand) == (near > self.stand)
            ),
            None,
        )


def weekdays_of(random: Random, count: int) -> tuple[int, ...]:
    """The usual days of a person."""
    return tuple(sorted(random.sample(range(5), count)))


def draw(calendar: Calendar, holders: Iterable[Holder], *, last: datetime.date) -> None:
    """Put the days of everybody into the calendar, as they stand."""
    for holder in holders:
        random = Random(f"{calendar.told['seed']}-{holder.number}")  # noqa: S311 - a story
        haste = random.random()
        if haste < SUBMITTED:
            calendar.early.add(holder.number)
        for day, fate in _drawn(holder, random, last=last):
            if calendar.is_working(day) and holder.may_work_remotely(day):
                _settle(calendar, holder.number, day, fate=fate, haste=haste)


def _drawn(
    holder: Holder, random: Random, *, last: datetime.date
) -> Iterator[tuple[datetime.date, float]]:
    """The usual days from the first year's beginning on, most of them kept, each with its fate."""
    day = holder.starts_on
    while day <= last:
        if day.weekday() in holder.weekdays:
            kept, fate = random.random(), random.random()
            if kept < KEPT:
                yield day, fate
        day += ONE_DAY


def _settle(
    calendar: Calendar, number: str, day: datetime.date, *, fate: float, haste: float
) -> None:
    month = month_of(day)
    submitted_on, decided_on = calendar.submitted_on(month), calendar.decided_on(month)
    booked = Booking(number=number, day=day, state=DayState.ASKED, asked_on=submitted_on)
    if decided_on <= calendar.stand:
        calendar.put(_decided(calendar, booked, decided_on, fate))
    elif month == calendar.open_month and haste < WRITTEN:
        asked_on = min(submitted_on, calendar.last_working(calendar.stand - ONE_DAY))
        calendar.put(replace(booked, asked_on=asked_on))


def _decided(
    calendar: Calendar, booked: Booking, decided_on: datetime.date, fate: float
) -> Booking:
    if fate < REFUSED:
        reason = calendar.told["days"]["refused_reason"]
        return replace(booked, state=DayState.REFUSED, decided_on=decided_on, reason=reason)
    given_up_on = calendar.last_working(booked.day - ONE_DAY)
    if fate < CANCELLED and given_up_on <= calendar.stand:
        return replace(booked, state=DayState.CANCELLED, decided_on=given_up_on)
    return replace(booked, state=DayState.APPROVED, decided_on=decided_on)


def tell_cases(calendar: Calendar, holders: Mapping[str, Holder]) -> None:
    """A few days to which something happened: revoked and another one proposed, which was taken,
    declined, or waits for an answer; called back to the office; a month that can still be asked
    for; days asked late, of a month that the heads have yet to decide."""
    told, stand = calendar.told["days"], calendar.stand
    employee = told["employee"]
    friday = stand + datetime.timedelta(days=4 - min(stand.weekday(), 4))
    for booking in calendar.of(employee):
        if booking.day > friday:
            del calendar.bookings[employee, booking.day]
    _revoke(calendar, holders[employee], stand - 5 * A_WEEK, DayState.APPROVED)
    _revoke(calendar, holders[told["declined"]], stand - 4 * A_WEEK, DayState.DECLINED)
    _revoke(calendar, holders[told["proposed"]], stand + 3 * ONE_DAY, DayState.PROPOSED)
    _recall(calendar, told["recalled"], stand - 2 * A_WEEK)
    for number in told["late"]:
        _ask_late(calendar, number, friday)


def _revoke(calendar: Calendar, holder: Holder, since: datetime.date, state: DayState) -> None:
    """Revoke the first approved day from a day on for which another one can be proposed."""
    for booking in calendar.of(holder.number):
        if booking.state == DayState.APPROVED and booking.day >= since:
            latest = min(booking.day - 2 * ONE_DAY, calendar.stand - ONE_DAY)
            revoked_on = calendar.last_working(latest)
            other = calendar.free_day(holder, booking.day, after=revoked_on)
            if other:
                _replace(calendar, booking, other, state, revoked_on)
                return


def _replace(
    calendar: Calendar,
    booking: Booking,
    other: datetime.date,
    state: DayState,
    revoked_on: datetime.date,
) -> None:
    reason = calendar.told["days"]["revoked_reason"]
    calendar.put(replace(booking, state=DayState.REVOKED, decided_on=revoked_on, reason=reason))
    calendar.put(
        Booking(
            number=booking.number,
            day=other,
            state=state,
            asked_on=revoked_on,
            decided_on=None if state == DayState.PROPOSED else revoked_on,
            replaces=booking.day,
        )
    )


def _recall(calendar: Calendar, number: str, since: datetime.date) -> None:
    """Call somebody back to the office on the first approved day from a day on."""
    approved = (one for one in calendar.of(number) if one.state == DayState.APPROVED)
    day = next(one for one in approved if one.day >= since)
    reason = calendar.told["days"]["recalled_reason"]
    calendar.put(replace(day, state=DayState.RECALLED, decided_on=day.day, reason=reason))


def _ask_late(calendar: Calendar, number: str, friday: datetime.date) -> None:
    """The days of the running month after this week were asked on the working day before."""
    asked_on = calendar.last_working(calendar.stand - ONE_DAY)
    for one in calendar.of(number):
        is_later = one.day > friday and one.day < calendar.open_month
        if is_later and one.state == DayState.APPROVED:
            late = replace(one, state=DayState.ASKED, asked_on=asked_on, decided_on=None)
            calendar.put(late)
            calendar.late.add((number, month_of(one.day)))
