"""Who is in order with the duties of agile work on a day? Facts for agreements, lists, statistics.

Each is a queryset of people: `Person` belongs to the organization, which knows nothing of courses.
"""

from __future__ import annotations

import datetime

from organization.models import Person
from organization.querysets import PersonQuerySet
from pola.models import ActivityAssignment, Equipment, SafetyReceipt, TrainingAttendance


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
