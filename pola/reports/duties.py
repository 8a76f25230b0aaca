"""Who lacks a duty of agile work, which mappings wait: counted, in one statement each."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

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


def waiting_activities(units: Collection[int], on: datetime.date) -> ActivityQuerySet:
    """The activities of some units without a mapping, or whose newest is a year old or older."""
    mappings = ActivityMapping.objects.filter(activity=OuterRef("pk"))
    is_fresh = Exists(mappings.filter(mapped_on__gt=a_year_before(on)))
    due = Q(Exists(mappings)) & ~Q(is_fresh)
    return Activity.objects.filter(Q(grade=Grade.UNMAPPED) | due, unit__in=units)


def mappings_waiting(units: Collection[int], on: datetime.date) -> MappingsWaiting:
    """Of the activities of some units."""
    grades = list(waiting_activities(units, on).values_list("grade", flat=True))
    unmapped = grades.count(Grade.UNMAPPED)
    return MappingsWaiting(unmapped, len(grades) - unmapped)
