"""What happens when days are asked, given up, submitted with their month (art. 4 and 5)."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization import clock
from organization.models import Person, User
from pola.enums import DayAct, DayState, MonthState
from pola.models import AgileDay, MonthPlan
from pola.months import month_end
from pola.operations.day_doors import (
    locked_standing,
    month_of,
    record,
    refuse_unless_own,
    tell,
)
from pola.operations.settling import settle_months
from pola.problems.days import asking_problems, submitting_problems
from pola.problems.finding import Finding, refuse
from pola.problems.standing import Standing
from pola.quotas import days_between, monday_of


@dataclass(frozen=True, slots=True)
class Asked:
    """The days that were asked, what a weekly pattern left out with the reason, and how many of its
    days the person had already."""

    days: tuple[AgileDay, ...]
    left_out: tuple[Finding, ...] = ()
    had: int = 0


@transaction.atomic
def ask_days(
    *,
    person: Person,
    days: Collection[datetime.date],
    by: User,
    is_pattern: bool = False,
    at: datetime.datetime | None = None,
) -> Asked:
    """Ask for some days together: they wait in the calendar of their month until it is submitted;
    record `days.asked`.

    Refuses all of them when a rule stops one (no agreement, not a working day, past, too far ahead,
    asked already, the limit of week or month), and whoever asks for somebody else. A weekly pattern
    leaves out the days that a rule stops, and says which; those that the person has already are no
    rule's doing. A month that was decided is open again.
    """
    refuse_unless_own(person, by)
    at = at or timezone.now()
    if not days:
        raise ValidationError(_("Choose at least one day."), code="none")
    standing = locked_standing(person, days)
    found = asking_problems(standing, days, today=clock.today())
    if is_pattern:
        stopped = {one.day for one in found}
        days = [day for day in days if day not in stopped]
    else:
        refuse(found)
    made = write_asked(standing, person, days, by=by, at=at)
    for month in sorted({one.day.replace(day=1) for one in made}):
        plan = month_of(person, month)
        if plan.state in MonthState.decided:
            plan.state = MonthState.DRAFT
            plan.save(update_fields=["state"])
        kept = [one for one in made if one.day.replace(day=1) == month]
        record("days.asked", target=plan, days=kept, by=by, at=at)
    left_out = tuple(one for one in found if one.code != "taken")
    return Asked(tuple(made), left_out, had=len(found) - len(left_out))


def write_asked(
    standing: Standing,
    person: Person,
    days: Collection[datetime.date],
    *,
    by: User,
    at: datetime.datetime,
    replaces: AgileDay | None = None,
) -> list[AgileDay]:
    """Write days that no rule stops, with the beginning of their story."""
    made = AgileDay.objects.bulk_create(
        AgileDay(
            agreement=standing.agreement_on(day),
            person=person,
            day=day,
            week=monday_of(day),
            state=DayState.ASKED,
            asked_at=at,
            asked_by_label=str(by),
            replaces=replaces,
        )
        for day in sorted(set(days))
    )
    tell(made, DayAct.ASKED, by=by, at=at)
    return made


@transaction.atomic
def cancel_days(
    *,
    person: Person,
    days: Collection[datetime.date],
    by: User,
    at: datetime.datetime | None = None,
) -> list[AgileDay]:
    """Give up the days asked or approved among some days, from today on; record `days.cancelled`.
    A month in which nothing asked is left is as it was decided, and waits no more.

    What is not used is not carried to another week (art. 4). Refuses whoever gives up the days of
    somebody else, and a choice in which there is no day to give up.
    """
    at = at or timezone.now()
    found = _give_up(person, days, by=by, at=at)
    settle_months(found, by=by, at=at)
    return found


def _give_up(
    person: Person, days: Collection[datetime.date], *, by: User, at: datetime.datetime
) -> list[AgileDay]:
    refuse_unless_own(person, by)
    if not days:
        raise ValidationError(_("Choose at least one day."), code="none")
    standing = locked_standing(person, days)
    found = given_up(standing, days)
    if not found:
        raise ValidationError(_("There is no day to give up here."), code="none")
    AgileDay.objects.filter(pk__in=[one.pk for one in found]).update(state=DayState.CANCELLED)
    tell(found, DayAct.CANCELLED, by=by, at=at)
    record("days.cancelled", target=month_of(person, found[0].day), days=found, by=by, at=at)
    return found


def given_up(standing: Standing, days: Collection[datetime.date]) -> list[AgileDay]:
    """The days of a choice that can be given up: asked or approved, not gone by."""
    states, today = {DayState.ASKED, DayState.APPROVED}, clock.today()
    live = [standing.live[day] for day in sorted(set(days)) if day in standing.live]
    return [one for one in live if one.state in states and one.day >= today]


@transaction.atomic
def change_days(
    *,
    person: Person,
    ask: Collection[datetime.date],
    give_up: Collection[datetime.date],
    by: User,
    at: datetime.datetime | None = None,
) -> Asked:
    """Give up some days and ask for others at once, as the calendar of a month is written: both
    happen or none does."""
    at = at or timezone.now()
    gone = _give_up(person, give_up, by=by, at=at) if give_up else []
    done = ask_days(person=person, days=ask, by=by, at=at) if ask else Asked(())
    settle_months(gone, by=by, at=at)
    return done


@transaction.atomic
def submit_month(
    *,
    person: Person,
    month: datetime.date,
    by: User,
    at: datetime.datetime | None = None,
) -> MonthPlan:
    """Hand the days asked of a month to who decides them; record `month.submitted`.

    Refuses whoever submits for somebody else, a month already submitted, one without days asked,
    and one with more days than its weeks or the month allow, as after an act that narrowed them.
    """
    refuse_unless_own(person, by)
    at = at or timezone.now()
    standing = locked_standing(person, [month, month_end(month)])
    waiting = [one for one in standing.live_in_month(month) if one.state == DayState.ASKED]
    if not waiting:
        raise ValidationError(_("There is no day to submit in this month."), code="none")
    plan = month_of(person, month)
    if plan.state == MonthState.SUBMITTED:
        raise ValidationError(_("This month is submitted already."), code="state")
    refuse(submitting_problems(standing, waiting, today=clock.today()))
    hand_in(plan, by=by, at=at)
    tell(waiting, DayAct.SUBMITTED, by=by, at=at)
    record("month.submitted", target=plan, days=waiting, by=by, at=at)
    return plan


def hand_in(plan: MonthPlan, *, by: User, at: datetime.datetime) -> None:
    """The month waits for who decides it."""
    plan.state = MonthState.SUBMITTED
    plan.submitted_at, plan.submitted_by_label = at, str(by)
    plan.decided_at, plan.decided_by_label, plan.reason = None, "", ""
    plan.full_clean()
    plan.save()


def range_of(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """Every day of a range, refused when it ends before it begins or is longer than a year."""
    if last < first:
        raise ValidationError({"last": _("The last day comes on or after the first.")})
    if last > first + datetime.timedelta(days=366):
        raise ValidationError({"last": _("At most a year at a time: choose a nearer day.")})
    return days_between(first, last)
