"""What waits for whom about the days of agile work: one's own, and those to be decided."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from camera_perf.home_facts import Facts
from camera_perf.home_waiting import Due, Task
from organization.day_names import named
from organization.models import Appointment, Delegation, User
from pola.day_querysets import AgileDayQuerySet
from pola.enums import DayState, MonthState
from pola.models import AgileDay, MonthPlan
from pola.problems.days import in_words

UNITS_NAMED = 3  # units named one by one; the others are counted
UnitWaiting = tuple[str, str, int]  # its name, its address name, how many people of it wait


@dataclass(frozen=True, slots=True)
class WaitingDay:
    """A day ahead that waits: whose, when, how its month stands."""

    pk: int
    person_id: int
    unit: str
    unit_name: str
    day: datetime.date
    state: str
    month_state: str | None

    @property
    def month(self) -> datetime.date:
        """The first day of its month."""
        return self.day.replace(day=1)


def day_tasks(facts: Facts, on: datetime.date) -> Iterator[Task]:
    """The tasks of a person about days, in one statement."""
    user = facts.user
    if not facts.is_employed or not facts.may_find("days"):
        return
    ahead = list(_ahead(user, on))
    own = [one for one in ahead if one.person_id == user.person_id]
    yield from _to_decide([one for one in ahead if one.person_id != user.person_id])
    yield from _to_answer(own)
    yield from _to_send([one for one in own if one.state == DayState.ASKED])


def waiting_days(user: User, on: datetime.date) -> AgileDayQuerySet:
    """The own days ahead that wait, and those asked of the people that it falls to the user to
    decide: of the units led that have no nearer head, of those of a head stood in for and of their
    offices, not the head's own. See also: pola.day_rules.is_decided_above."""
    stood_in = Delegation.objects.running(on=on).filter(
        Q(unit=OuterRef("person__unit")) | Q(unit=OuterRef("person__unit__parent")),
        ~Q(head=OuterRef("person")),
        delegate_id=user.person_id,
    )
    plans = MonthPlan.objects.filter(
        person=OuterRef("person"),
        month__year=OuterRef("day__year"),
        month__month=OuterRef("day__month"),
    )
    nearer = Appointment.objects.between(user, "person__unit", on=on)
    led = Q(person__unit__in=user.led_unit_ids)
    led &= ~Q(Exists(nearer.exclude(person=OuterRef("person"))))
    decided = led | Q(Exists(stood_in))
    own = Q(person_id=user.person_id, state__in=[DayState.ASKED, DayState.PROPOSED])
    sent = Q(state=DayState.ASKED, month_state=MonthState.SUBMITTED)
    days = AgileDay.objects.filter(day__gt=on).annotate(
        month_state=Subquery(plans.values("state")[:1])
    )
    return days.filter(own | (decided & sent))


def _ahead(user: User, on: datetime.date) -> Iterator[WaitingDay]:
    found = waiting_days(user, on).order_by("day", "pk")
    fields = (
        "pk",
        "person_id",
        "person__unit__slug",
        "person__unit__short_name",
        "day",
        "state",
        "month_state",
    )
    return (WaitingDay(*row) for row in found.values_list(*fields))


def _to_answer(own: Sequence[WaitingDay]) -> Iterator[Task]:
    """Days proposed in the place of revoked ones."""
    for one in own:
        if one.state == DayState.PROPOSED:
            yield Task(
                Due.OPEN,
                _("Accept %(day)s, or not") % {"day": in_words(one.day)},
                _("It is proposed in the place of a day that was revoked."),
                reverse("pola:day-detail", args=[one.pk]),
                pgettext("verb", "Answer"),
                "it-exchange-circle",
            )


def _to_send(asked: Sequence[WaitingDay]) -> Iterator[Task]:
    """Months with days asked that were not sent, or that came back."""
    months = Counter((one.month, one.month_state) for one in asked)
    for (month, state), count in months.items():
        if state == MonthState.SUBMITTED:
            continue
        words = ngettext("%(count)s day asked", "%(count)s days asked", count) % {"count": count}
        returned = state == MonthState.RETURNED
        said = _("Change and send %(month)s again") if returned else _("Send %(month)s")
        yield Task(
            Due.OPEN,
            said % {"month": named(month, "F Y")},
            words,
            f"{reverse('pola:day-calendar')}?mese={month:%Y-%m}",
            _("Open the calendar"),
            "it-calendar",
        )


def _to_decide(asked: Sequence[WaitingDay]) -> Iterator[Task]:
    """Months that wait for who leads the unit, or stands in for its head."""
    people = {(one.month, one.unit_name, one.unit, one.person_id) for one in asked}
    found = Counter((month, name, unit) for month, name, unit, _person in people)
    for month in sorted({month for month, _name, _unit in found}):
        units = sorted((name, slug, n) for (of, name, slug), n in found.items() if of == month)
        # Who stands above many units reads the sum of the others, and is led to the first of them.
        named = units if len(units) == UNITS_NAMED + 1 else units[:UNITS_NAMED]
        others = units[len(named) :]
        for unit in named:
            yield _deciding(month, unit)
        if others:
            yield _deciding(month, *others)


def _deciding(month: datetime.date, first: UnitWaiting, *others: UnitWaiting) -> Task:
    """What waits in a unit; with others, in all of them, beginning with the first."""
    name, slug, count = first
    count += sum(people for _name, _slug, people in others)
    words = ngettext(
        "Decide the days of %(count)s person for %(month)s",
        "Decide the days of %(count)s people for %(month)s",
        count,
    )
    text = (
        _("In %(count)s other units: the first is %(unit)s, then the next.")
        if others
        else _("%(unit)s. They are approved together, or one by one.")
    )
    return Task(
        Due.OPEN,
        words % {"count": count, "month": named(month, "F Y")},
        text % {"unit": name, "count": len(others) + 1},
        f"{reverse('pola:day-team')}?unita={slug}&mese={month:%Y-%m}",
        _("Open the first one") if others else _("Open the calendar"),
        "it-calendar",
    )
