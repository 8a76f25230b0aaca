"""The story of each day of the demonstration, as the operations would have written it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from pola.demo_days import Calendar
from pola.demo_story import Story, moment
from pola.enums import DayAct, DayState, MonthState
from pola.models import AgileDay, DayEvent, MonthPlan
from pola.months import month_of

# What the person does; the others are acts of the head.
OWN = frozenset(
    {DayAct.ASKED, DayAct.SUBMITTED, DayAct.CANCELLED, DayAct.ACCEPTED, DayAct.DECLINED}
)
# What happened to an approved day, and to one proposed in the place of another.
AFTER_APPROVAL = frozenset({DayState.CANCELLED, DayState.REVOKED, DayState.RECALLED})
ANSWERS = {DayState.APPROVED: DayAct.ACCEPTED, DayState.DECLINED: DayAct.DECLINED}
Act = tuple[DayAct, datetime.datetime, str]


def told_events(
    story: Story, calendar: Calendar, days: Iterable[AgileDay], plans: Iterable[MonthPlan]
) -> Iterator[DayEvent]:
    """What happened to the days, act by act."""
    months = {(plan.person_id, plan.month): plan for plan in plans}
    for day in days:
        plan = months[day.person_id, month_of(day.day)]
        acts = _booked(day, plan, calendar) if day.replaces is None else _proposed(day)
        head, own = str(story.head(day.agreement.person)), str(day.agreement.person)
        for act, at, note in acts:
            yield DayEvent(day=day, act=act, at=at, by_label=own if act in OWN else head, note=note)


def _booked(day: AgileDay, plan: MonthPlan, calendar: Calendar) -> Iterator[Act]:
    """A day asked with its month."""
    yield DayAct.ASKED, day.asked_at, ""
    if day.decided_at is None:
        if plan.submitted_at:
            yield DayAct.SUBMITTED, plan.submitted_at, ""
        if plan.state == MonthState.RETURNED and plan.decided_at:
            yield DayAct.RETURNED, plan.decided_at, plan.reason
        return
    yield DayAct.SUBMITTED, moment(calendar.submitted_on(plan.month), 10), ""
    if day.state in AFTER_APPROVAL:
        yield DayAct.APPROVED, moment(calendar.decided_on(plan.month), 11), ""
    yield DayAct(day.state), day.decided_at, day.reason


def _proposed(day: AgileDay) -> Iterator[Act]:
    """A day proposed in the place of a revoked one."""
    yield DayAct.PROPOSED, day.asked_at, day.replaces.reason if day.replaces else ""
    if day.decided_at:
        yield ANSWERS[DayState(day.state)], day.decided_at, ""
