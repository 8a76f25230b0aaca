"""Who is in order with the duties of agile work on a day? Facts for agreements, lists, statistics.

Each is a queryset of people: `Person` belongs to the organization, which knows nothing of courses.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from organization.models import Person, User
from organization.querysets import PersonQuerySet
from pola.models import (
    ActivityAssignment,
    Agreement,
    Equipment,
    Interest,
    SafetyReceipt,
    TrainingAttendance,
)
from pola.querysets import reads_register


@dataclass(frozen=True, slots=True)
class Duties:
    """What the registers know of a person on a day: the newest course attended, the newest receipt
    that is valid, what is held."""

    training: TrainingAttendance | None = None
    receipt: SafetyReceipt | None = None
    equipment: tuple[Equipment, ...] = ()

    def put_in(self, interest: Interest) -> None:
        """Put what the registers know in a request that waits, in the place of what was typed; what
        they lack stays as it was typed. Saves nothing."""
        interest.training_on = self.training_on or interest.training_on
        interest.safety_on = self.safety_on or interest.safety_on

    @property
    def training_on(self) -> datetime.date | None:
        """The day of the course, as the register has it."""
        return self.training.course.held_on if self.training else None

    @property
    def safety_on(self) -> datetime.date | None:
        """The day of the receipt, as the register has it."""
        return self.receipt.received_on if self.receipt else None


def duties_of(
    people: Sequence[int], on: datetime.date | None = None, *, with_equipment: bool = False
) -> dict[int, Duties]:
    """What the registers know of some people on a day: a statement for each register."""
    courses = TrainingAttendance.objects.done(on=on).filter(person__in=people)
    receipts = SafetyReceipt.objects.valid(on=on).filter(person__in=people)
    held = Equipment.objects.held(on=on).filter(person__in=people if with_equipment else ())
    attended = courses.select_related("course").order_by("course__held_on", "pk")
    training = {one.person_id: one for one in attended}
    received = receipts.select_related("notice").order_by("received_on", "pk")
    receipt = {one.person_id: one for one in received}
    items: dict[int, list[Equipment]] = {}
    for one in held.order_by("kind"):
        items.setdefault(one.person_id, []).append(one)
    return {
        pk: Duties(training.get(pk), receipt.get(pk), tuple(items.get(pk, ()))) for pk in people
    }


def put_duties(interests: Sequence[Interest], on: datetime.date | None = None) -> None:
    """Put what the registers know in requests that wait: two statements. See also: put_in."""
    known = duties_of([one.person_id for one in interests], on)
    for one in interests:
        known[one.person_id].put_in(one)


@dataclass(frozen=True, slots=True)
class DutyDays:
    """When the training was done and the safety notice received, as far as it is known."""

    training_on: datetime.date | None = None
    safety_on: datetime.date | None = None


def duty_days(agreement: Agreement, on: datetime.date | None = None) -> DutyDays:
    """What the registers know of who makes an agreement, with what HR typed in the request where
    they lack it: two statements."""
    known = duties_of([agreement.person_id], on)[agreement.person_id]
    asked = agreement.interest
    return DutyDays(
        known.training_on or (asked.training_on if asked else None),
        known.safety_on or (asked.safety_on if asked else None),
    )


def trained(on: datetime.date | None = None) -> PersonQuerySet:
    """Those who attended a course on agile work by the day (art. 11)."""
    attended = TrainingAttendance.objects.done(on=on).values("person")
    people: PersonQuerySet = Person.objects.filter(pk__in=attended)
    return people


def with_safety_receipt(on: datetime.date | None = None) -> PersonQuerySet:
    """Those who received a safety notice in the year before the day (art. 10)."""
    received = SafetyReceipt.objects.valid(on=on).values("person")
    people: PersonQuerySet = Person.objects.filter(pk__in=received)
    return people


def equipment_held(on: datetime.date | None = None) -> PersonQuerySet:
    """Those who hold a PC or an access on the day (art. 9). What each holds:
    `Equipment.objects.held(on=day).filter(person=person)`."""
    holding = Equipment.objects.held(on=on).values("person")
    people: PersonQuerySet = Person.objects.filter(pk__in=holding)
    return people


def remote_workers(on: datetime.date | None = None) -> PersonQuerySet:
    """Those with an activity that can be done remotely on the day: the potential agile workers."""
    doing = ActivityAssignment.objects.running(on=on).remote(on=on).values("person")
    people: PersonQuerySet = Person.objects.in_service(on=on).filter(pk__in=doing)
    return people


def with_agreement(on: datetime.date | None = None) -> PersonQuerySet:
    """Those with an agreement whose term holds the day."""
    covered = Agreement.objects.covering(on=on).values("person")
    people: PersonQuerySet = Person.objects.filter(pk__in=covered)
    return people


def register_people(user: User, on: datetime.date | None = None) -> PersonQuerySet:
    """The people in service whose registers one reads: all for HR, oneself and those led else."""
    people: PersonQuerySet = Person.objects.in_service(on=on)
    if reads_register(user):
        return people
    return people.filter(Q(pk=user.person_id) | Q(unit_id__in=user.led_unit_ids))
