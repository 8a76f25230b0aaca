"""Which mappings, equipment, courses, notices, incidents, consultations."""

from __future__ import annotations

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Count, Q

from organization.enums import Role
from organization.querysets import on_day
from pola.enums import IncidentKind
from pola.querysets import PersonalQuerySet, belongs_to, reads_register


def a_year_before(day: datetime.date) -> datetime.date:
    """The same day of the year before, 28 February for the 29th: a notice is given every year
    (L. 81/2017, art. 22)."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)


class SharedQuerySet(models.QuerySet):
    """Rows that name no person."""

    def visible_to(self, user: Any) -> Self:
        """Every row for whoever is signed in."""
        return self.all() if user.is_authenticated else self.none()


class ActivityMappingQuerySet(SharedQuerySet):
    """Mappings of the activities."""


def seen_count(user: Any, relation: str) -> Count:
    """How many rows of a relation are of people whom the user reads."""
    if reads_register(user):
        return Count(relation)
    return Count(relation, filter=belongs_to(user, f"{relation}__"))


class CourseQuerySet(SharedQuerySet):
    """Courses on agile work."""

    def with_count(self, user: Any) -> models.QuerySet:
        """The same courses with how many attended among the people whom one reads."""
        return self.annotate(people_count=seen_count(user, "attendances"))


class NoticeQuerySet(SharedQuerySet):
    """Safety notices."""

    def with_count(self, user: Any) -> models.QuerySet:
        """The same notices with how many received them among the people whom one reads."""
        return self.annotate(people_count=seen_count(user, "receipts"))


class AgileConsultationQuerySet(SharedQuerySet):
    """Steps of the actors of agile work (5.3)."""


class EquipmentQuerySet(PersonalQuerySet):
    """What was handed over for agile work."""

    def held(self, *, on: datetime.date | None = None) -> EquipmentQuerySet:
        """Delivered by the day and not returned before it. See also: facts.equipment_held."""
        day = on_day(on)
        return self.filter(
            Q(returned_on__isnull=True) | Q(returned_on__gt=day), delivered_on__lte=day
        )


class AttendanceQuerySet(PersonalQuerySet):
    """Who attended which course."""

    def done(self, *, on: datetime.date | None = None) -> AttendanceQuerySet:
        """Of courses held by the day: they count from then on (art. 11)."""
        return self.filter(course__held_on__lte=on_day(on))


class ReceiptQuerySet(PersonalQuerySet):
    """Who received which safety notice."""

    def valid(self, *, on: datetime.date | None = None) -> ReceiptQuerySet:
        """Received by the day, and less than a year before it (art. 10)."""
        day = on_day(on)
        return self.filter(received_on__lte=day, received_on__gt=a_year_before(day))


class IncidentQuerySet(models.QuerySet):
    """Accidents and technical problems."""

    def visible_to(self, user: Any) -> models.QuerySet:
        """Everything for HR, one's own for everybody; technical problems also as other rows about
        a person. Accidents tell of health: nobody else reads them."""
        if not user.is_authenticated:
            return self.none()
        if user.holds(Role.HR):
            return self.all()
        technical = Q(kind=IncidentKind.TECHNICAL)
        if not reads_register(user):
            technical &= belongs_to(user)
        return self.filter(technical | Q(person_id=user.person_id))

    def technical_of(self, person: Any, day: datetime.date) -> IncidentQuerySet:
        """Technical or security problems that a person met on a day."""
        return self.filter(person=person, kind=IncidentKind.TECHNICAL, happened_on=day)

    def open(self) -> IncidentQuerySet:
        """Those of which nothing was written that was done about them."""
        return self.filter(follow_up="")
