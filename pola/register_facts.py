"""Who is in order with the duties of agile work on a day? Facts for agreements, lists, statistics.

Each is a queryset of people: `Person` belongs to the organization, which knows nothing of courses.
"""

from __future__ import annotations

import datetime

from django.db.models import Q

from organization.models import Person, User
from organization.querysets import PersonQuerySet
from pola.models import (
    ActivityAssignment,
    Agreement,
    Equipment,
    SafetyReceipt,
    TrainingAttendance,
)
from pola.querysets import reads_register


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
    doing = ActivityAssignment.objects.running(on=on).remote().values("person")
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
