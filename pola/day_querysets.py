"""Which closures, absences, entries of the story of a day, calendars, messages."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models

from organization.enums import Role
from organization.querysets import related_model
from pola.querysets import PersonalQuerySet


class ClosureQuerySet(models.QuerySet):
    """Days on which the office is closed."""

    def visible_to(self, user: Any) -> ClosureQuerySet:
        """Every closure for whoever is signed in: everybody stays at home."""
        return self.all() if user.is_authenticated else self.none()

    def whole(self) -> ClosureQuerySet:
        """Those of the whole Chamber."""
        return self.filter(unit__isnull=True)

    def between(self, first: datetime.date, last: datetime.date) -> ClosureQuerySet:
        """Those with a day from the first to the last."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)


class AbsenceQuerySet(PersonalQuerySet):
    """Days on which people are absent; nobody says why."""

    def between(self, first: datetime.date, last: datetime.date) -> AbsenceQuerySet:
        """Those with a day from the first to the last."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)


class DayEventQuerySet(models.QuerySet):
    """What happened to the days, in order of time."""

    def visible_to(self, user: Any) -> models.QuerySet:
        """The story of the days that one reads."""
        return self.filter(day__in=related_model(self, "day").objects.visible_to(user))


class CalendarFeedQuerySet(models.QuerySet):
    """Addresses at which a calendar is read without signing in."""

    def visible_to(self, user: Any) -> models.QuerySet:
        """One's own alone: the address is a secret."""
        if not user.is_authenticated or not user.person_id:
            return self.none()
        return self.filter(owner_id=user.person_id)

    def running(self) -> CalendarFeedQuerySet:
        """Those that were not revoked."""
        return self.filter(revoked_at__isnull=True)


class DayNoticeQuerySet(models.QuerySet):
    """Messages about days."""

    def visible_to(self, user: Any) -> models.QuerySet:
        """One's own; all of them for HR, which is asked when a message does not arrive."""
        if not user.is_authenticated:
            return self.none()
        if user.holds(Role.HR):
            return self.all()
        return self.filter(person_id=user.person_id)

    def waiting(self) -> DayNoticeQuerySet:
        """Those that were not sent yet."""
        return self.filter(sent_at__isnull=True)
