"""The doors of the days: agreements locked, who may decide and for whom, the story kept.

Every operation on days locks the agreements of the people first, in one order, and reads the days
after: what races it waits, and then finds things as they stand.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from rules import has_perm

from organization import audit
from organization.days import written
from organization.models import Person, User
from pola.enums import DayAct, MonthState
from pola.models import AgileDay, DayEvent, MonthPlan
from pola.months import month_end
from pola.operations.interest_doors import who
from pola.problems.standing import Standing, standings_of


def locked_standings(
    people: Iterable[Person], days: Collection[datetime.date]
) -> dict[int, Standing]:
    """How each person stands in the months of some days, the agreements locked."""
    units = {person.pk: person.unit_id for person in people}
    return standings_of(units, min(days).replace(day=1), month_end(max(days)), lock=True)


def locked_standing(person: Person, days: Collection[datetime.date]) -> Standing:
    """How a person stands in the months of some days, the agreements locked."""
    return locked_standings([person], days)[person.pk]


def locked_day(day: AgileDay, *others: datetime.date) -> tuple[AgileDay, Standing]:
    """A day as it is now and how its person stands in its month, the agreements locked; and in the
    months of other days."""
    standing = locked_standing(day.person, [day.day, *others])
    now = AgileDay.objects.select_related("person", "agreement", "replaces").get(pk=day.pk)
    return now, standing


# Who


def refuse_unless_own(person: Person, by: User) -> None:
    """Days are asked, given up and answered by the person alone."""
    if not has_perm("pola.ask_days", by, person):
        raise PermissionDenied(_("Only the person asks for these days."))


def acting_for(people: Iterable[Person], by: User) -> dict[int, str]:
    """For which head each person's days are decided: nobody when the unit is led by who decides.

    Refuses whoever neither leads the unit nor stands in for its head today, whoever decides for
    himself, and a substitute who would decide for the head stood in for.
    """
    people = list(people)
    if not all(has_perm("pola.decide_days", by, person) for person in people):
        raise PermissionDenied(_("The days of this person are decided by somebody else."))
    heads = _heads_stood_in_for(by)
    found = {}
    for person in people:
        stood_in = heads.get(person.unit_id, []) if person.unit_id not in by.led_unit_ids else []
        found[person.pk] = next((str(head) for head in stood_in if head.pk != person.pk), "")
    return found


def _heads_stood_in_for(by: User) -> dict[int | None, list[Person]]:
    """The heads stood in for, by unit, with all units below; no statement where there are none."""
    by_unit = by.head_ids_stood_in_for
    heads = Person.objects.in_bulk(list(frozenset().union(*by_unit.values())))
    return {unit: [heads[pk] for pk in sorted(pks)] for unit, pks in by_unit.items()}


# The month


def month_of(person: Person, day: datetime.date) -> MonthPlan:
    """The calendar of the person for the month of a day, made when there is none; its agreements
    are locked already. A month just begun has no history yet: its first act tells it."""
    month = day.replace(day=1)
    plan = next(iter(MonthPlan.objects.filter(person=person, month=month).order_by()), None)
    if plan is None:
        [plan] = MonthPlan.objects.bulk_create([MonthPlan(person=person, month=month)])
    plan.person = person
    return plan


def refuse_stale() -> None:
    """Say that the days are not as they were seen."""
    words = _("Something changed meanwhile: look at the days again. Nothing was decided.")
    raise ValidationError(words, code="stale")


def is_waiting(plan: MonthPlan) -> bool:
    """The calendar waits for who decides."""
    return plan.state == MonthState.SUBMITTED


# The trace


def tell(
    days: Iterable[AgileDay],
    act: DayAct,
    *,
    by: User | None,
    at: datetime.datetime,
    acted_for: str = "",
    note: str = "",
) -> None:
    """Add to the story of each day what happened."""
    DayEvent.objects.bulk_create(
        DayEvent(
            day=one,
            act=act,
            at=at,
            by_label=who(by),
            acted_for_label=acted_for,
            note=note,
        )
        for one in days
    )


def record(
    verb: str,
    *,
    target: MonthPlan | AgileDay,
    days: Sequence[AgileDay],
    by: User,
    at: datetime.datetime,
    acted_for: str = "",
) -> None:
    """One act of the trace for several days of a person: reserved, since the register of acts has
    readers who do not read these days. The reason stands in the story of the day alone, which the
    person and who decides read."""
    after = {"days": ", ".join(written(one.day) for one in sorted(days, key=lambda d: d.day))}
    if acted_for:
        after["acted_for"] = acted_for
    audit.record(verb, target=target, by=by, at=at, after=after)


def reason_or_refuse(reason: str) -> str:
    """The reason without blanks around it; without one nothing is done."""
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": _("Say why: the person reads it.")}, code="reason")
    return reason[:500]
