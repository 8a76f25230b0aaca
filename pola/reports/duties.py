"""Who lacks a duty of agile work, which mappings wait: counted, in one statement each."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from organization.models import Appointment, User
from pola.enums import Grade
from pola.models import Activity, ActivityMapping
from pola.querysets import ActivityQuerySet
from pola.register_facts import trained, with_agreement, with_safety_receipt
from pola.register_querysets import a_year_before


@dataclass(frozen=True, slots=True)
class Lacking:
    """How many agreement holders lack the course, how many the safety notice."""

    course: int
    notice: int


def holders_lacking(on: datetime.date) -> Lacking:
    """Of the people with an agreement on the day."""
    found = with_agreement(on).aggregate(
        course=Count("pk", filter=~Q(pk__in=trained(on).values("pk"))),
        notice=Count("pk", filter=~Q(pk__in=with_safety_receipt(on).values("pk"))),
    )
    return Lacking(found["course"], found["notice"])


@dataclass(frozen=True, slots=True)
class MappingsWaiting:
    """How many activities have no mapping, how many a mapping to be reviewed (5.2.3)."""

    unmapped: int
    due: int


def waiting_activities(user: User, on: datetime.date) -> ActivityQuerySet:
    """The activities without a mapping, or whose newest is a year old or older, of the units that
    the user leads and that have no nearer head."""
    mappings = ActivityMapping.objects.filter(activity=OuterRef("pk"))
    is_fresh = Exists(mappings.filter(mapped_on__gt=a_year_before(on)))
    due = Q(Exists(mappings)) & ~Q(is_fresh)
    led = Activity.objects.filter(Q(grade=Grade.UNMAPPED) | due, unit__in=user.led_unit_ids)
    return led.exclude(Exists(Appointment.objects.between(user, "unit", on=on)))


def mappings_waiting(user: User, on: datetime.date) -> MappingsWaiting:
    """Of the activities that wait for the user."""
    grades = list(waiting_activities(user, on).values_list("grade", flat=True))
    unmapped = grades.count(Grade.UNMAPPED)
    return MappingsWaiting(unmapped, len(grades) - unmapped)
