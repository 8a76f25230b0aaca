"""The story of agile work told by the demonstration: agreements, monthly calendars, days.

Everything is drawn with a fixed seed and marked as demonstration data. The draws do not depend on
the day the office stands on: that day only says how much of the story has happened, so that a
demonstration of February is the beginning of that of July.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from django.db import transaction

from organization import clock
from organization.enums import Role
from organization.loading import read_settings, store
from organization.models import Institution
from pola.demo_agreements import store_interests, store_texts
from pola.demo_days import Booking, Calendar, Holder, draw, tell_cases, weekdays_of
from pola.demo_history import told_events
from pola.demo_sheets import told_sheets
from pola.demo_story import ONE_DAY, Story, Told, moment
from pola.enums import AgreementState, DayState, MonthState
from pola.models import (
    ActivitySheet,
    AgileDay,
    Agreement,
    DayEvent,
    Exemption,
    MonthPlan,
    Suspension,
)
from pola.months import month_end, month_of, next_month

DAYS_A_WEEK = (1, 2, 2, 2, 3, 3)  # what agreements allow, drawn evenly


@dataclass(frozen=True)
class AgileDemo:
    """What was loaded."""

    agreements: int
    days: int


@transaction.atomic
def load_agile_demo(directory: Path) -> AgileDemo | None:
    """Agreements, calendars and days of the demonstration, once; none when they are there."""
    if Agreement.objects.filter(is_demo=True).exists():
        return None
    told = read_settings(directory / "pola" / "demo.toml")
    story = Story(told, min(clock.today(), told["last_day"]))
    drawn = _agreements(story)
    store_interests(story, drawn)
    agreements = store(Agreement, drawn, stamp=story.stamp)
    store_texts(story, agreements)
    held = {one.person.employee_number: one for one in agreements}
    suspension = _suspension(story, held[told["suspended"]["person"]])
    store(Suspension, [suspension], stamp=story.stamp)
    store(Exemption, [_exemption(story, held[told["exempted"]["person"]])], stamp=story.stamp)
    calendar = _calendar(story, agreements, suspension)
    days = _store_days(story, calendar, held)
    plans = store(MonthPlan, _month_plans(story, calendar, held), stamp=story.stamp)
    DayEvent.objects.bulk_create(told_events(story, calendar, days, plans))
    store(ActivitySheet, told_sheets(story, calendar, held), stamp=story.stamp)
    running = sum(one.state == AgreementState.RUNNING for one in agreements)
    return AgileDemo(running, len(days))


# Agreements


def _agreements(story: Story) -> list[Agreement]:
    """Those in force from the beginning, those that come later, those on their way."""
    told = story.told
    withdrawn, expired = told["withdrawn"]["person"], told["expired"]["person"]
    later = {one["person"]: one for one in told["later"]}
    first = {*told["always"], withdrawn, expired}
    top = {one.employee_number for (role, _u), one in story.leaders.items() if role in TOP}
    others = {number for group in told["requests"]["people"].values() for number in group}
    others |= {*later, *told["open"].values()}
    free = sorted(set(story.people) - first - top - others)
    random = Random(told["seed"])  # noqa: S311 - a story, not a secret
    drawn = random.sample(free, told["agreements"] - len(first))
    made = [_concluded(story, number) for number in sorted((*first, *drawn))]
    made += [
        _on_its_way(story, number, one)
        for number, one in later.items()
        if one["offered_on"] <= story.stand
    ]
    start = next_month(month_of(story.stand))
    term = {"starts_on": start, "ends_on": min(_half_a_year(start), told["renewed_to"])}
    made += [
        _agreement(story, number, state=AgreementState(state), **term)
        for state, number in told["open"].items()
    ]
    return made


TOP = frozenset({Role.SECRETARY_GENERAL.value})


def _half_a_year(start: datetime.date) -> datetime.date:
    """The last day of a first term that begins on the first of a month."""
    month = start
    for _number in range(5):
        month = next_month(month)
    return month_end(month)


def _concluded(story: Story, number: str) -> Agreement:
    """In force since the beginning: renewed, withdrawn or expired as far as it has happened."""
    told, stand = story.told, story.stand
    state, ends_on = AgreementState.RUNNING, told["ends_on"]
    if number == told["withdrawn"]["person"] and stand >= told["withdrawn"]["told_on"]:
        ends_on = told["withdrawn"]["ends_on"]
        state = AgreementState.WITHDRAWN if stand > ends_on else state
    elif number == told["expired"]["person"]:
        state = AgreementState.ENDED if stand > ends_on else state
    elif stand >= told["renewed_on"]:
        ends_on = told["renewed_to"]
    return _agreement(story, number, state=state, starts_on=told["starts_on"], ends_on=ends_on)


def _on_its_way(story: Story, number: str, one: Told) -> Agreement:
    """Comes later in the story: offered, then in force."""
    has_begun = one["starts_on"] <= story.stand
    state = AgreementState.RUNNING if has_begun else AgreementState.OFFERED
    term = {"starts_on": one["starts_on"], "ends_on": one["ends_on"]}
    return _agreement(story, number, state=state, **term)


def _agreement(
    story: Story,
    number: str,
    *,
    state: AgreementState,
    starts_on: datetime.date,
    ends_on: datetime.date,
) -> Agreement:
    random = Random(f"{story.told['seed']}-{number}-week")  # noqa: S311 - a story
    person = story.people[number]
    days = random.choice(DAYS_A_WEEK)
    return Agreement(
        person=person,
        unit=person.unit,
        counterpart=story.counterpart(person),
        state=state,
        starts_on=starts_on,
        ends_on=ends_on,
        days_per_week=days,
        weekdays=list(weekdays_of(random, days)),
        is_demo=True,
    )


def _suspension(story: Story, agreement: Agreement) -> Suspension:
    """An agreement does not hold in the days around the one the office stands on."""
    return Suspension(
        agreement=agreement,
        starts_on=story.stand - 2 * ONE_DAY,
        ends_on=story.stand + 7 * ONE_DAY,
        reason=story.told["suspended"]["reason"],
        decided_at=moment(story.stand - 3 * ONE_DAY),
        decided_by_label=str(agreement.counterpart),
    )


def _exemption(story: Story, agreement: Agreement) -> Exemption:
    return Exemption(
        agreement=agreement,
        days_per_week=story.told["exempted"]["days_per_week"],
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        reserved_reason=story.told["exempted"]["reason"],
        decided_at=moment(story.told["signed_on"]),
        decided_by_label=str(agreement.counterpart),
    )


# Days and months


def _calendar(story: Story, agreements: list[Agreement], suspension: Suspension) -> Calendar:
    """The days of everybody whose agreement was concluded."""
    holders = {}
    for one in agreements:
        if one.state in AgreementState.concluded:
            is_suspended = one == suspension.agreement
            number = one.person.employee_number
            holders[number] = Holder(
                number=number,
                weekdays=tuple(one.weekdays),
                starts_on=one.starts_on,
                ends_on=one.ends_on,
                suspended=((suspension.starts_on, suspension.ends_on),) if is_suspended else (),
            )
    institution = Institution.objects.first()
    patron = institution.patron if institution else None
    calendar = Calendar(story.told, story.stand, patron)
    draw(calendar, holders.values(), last=story.told["written_to"])
    tell_cases(calendar, holders)
    return calendar


def _store_days(story: Story, calendar: Calendar, held: dict[str, Agreement]) -> list[AgileDay]:
    """Store the days, those proposed in the place of others last."""
    bookings = calendar.bookings.values()
    plain = [_day(story, one, held) for one in bookings if one.replaces is None]
    stored = {(day.person_id, day.day): day for day in AgileDay.objects.bulk_create(plain)}
    replacing = []
    for one in bookings:
        if one.replaces is not None:
            made = _day(story, one, held)
            made.replaces = stored[made.person_id, one.replaces]
            replacing.append(made)
    return [*stored.values(), *AgileDay.objects.bulk_create(replacing)]


def _day(story: Story, one: Booking, held: dict[str, Agreement]) -> AgileDay:
    agreement = held[one.number]
    head = str(story.head(agreement.person))
    own = str(agreement.person)
    decided_by = own if one.state in (DayState.CANCELLED, DayState.DECLINED) else head
    return AgileDay(
        agreement=agreement,
        person=agreement.person,
        day=one.day,
        week=one.day - datetime.timedelta(days=one.day.weekday()),
        state=one.state,
        asked_at=moment(one.asked_on),
        asked_by_label=own if one.replaces is None else head,
        decided_at=moment(one.decided_on, 11) if one.decided_on else None,
        decided_by_label=decided_by if one.decided_on else "",
        reason=one.reason,
        is_demo=True,
    )


def _month_plans(
    story: Story, calendar: Calendar, held: dict[str, Agreement]
) -> Iterator[MonthPlan]:
    """The calendar of each person and month that has days, as it stands."""
    states: dict[tuple[str, datetime.date], set[DayState]] = {}
    for one in calendar.bookings.values():
        states.setdefault((one.number, month_of(one.day)), set()).add(one.state)
    for (number, month), found in sorted(states.items()):
        person = held[number].person
        plan = MonthPlan(person=person, month=month)
        submitted_on = calendar.submitted_on(month)
        decided_on: datetime.date | None = calendar.decided_on(month)
        if (number, month) in calendar.late:
            plan.state = MonthState.SUBMITTED
            submitted_on, decided_on = calendar.last_working(story.stand - ONE_DAY), None
        elif month < calendar.open_month:
            plan.state = MonthState.PARTLY if DayState.REFUSED in found else MonthState.APPROVED
        else:
            submitted_on = min(submitted_on, calendar.last_working(story.stand - ONE_DAY))
            decided_on = None
            if number == story.told["days"]["returned"]:
                plan.state = MonthState.RETURNED
                plan.reason = story.told["days"]["returned_reason"]
                decided_on = calendar.last_working(story.stand)
            elif number in calendar.early:
                plan.state = MonthState.SUBMITTED
        if plan.state != MonthState.DRAFT:
            plan.submitted_at, plan.submitted_by_label = moment(submitted_on, 10), str(person)
        if decided_on:
            plan.decided_at = moment(decided_on, 11)
            plan.decided_by_label = str(story.head(person))
        yield plan
