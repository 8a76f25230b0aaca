"""Which days of agile work, months, closures, absences, entries of the story of a day, calendars,
messages."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, Sum

from organization.enums import Role
from organization.querysets import on_day, related_model
from pola.enums import DayAct, DayState, MonthState
from pola.months import month_end
from pola.querysets import DecidedQuerySet, PersonalQuerySet
from pola.statistics import Totals


class AgileDayQuerySet(DecidedQuerySet):
    """Days of agile work."""

    def visible_to(self, user: Any) -> models.QuerySet:
        """One's own; of the others, as for every row that is decided, what they told."""
        readable = super().visible_to(user)
        if not user.is_authenticated:
            return readable
        return readable.filter(Q(person_id=user.person_id) | self._told())

    def told_to_others(self) -> AgileDayQuerySet:
        """Without the days asked in a month that is still being written: nobody else's business."""
        return self.filter(self._told())

    def _told(self) -> Q:
        months = related_model(self, "person")._meta.get_field("month_plans").related_model
        submitted = months.objects.submitted().filter(
            person=OuterRef("person"),
            month__year=OuterRef("day__year"),
            month__month=OuterRef("day__month"),
        )
        return ~Q(state=DayState.ASKED) | Q(Exists(submitted))

    def live(self) -> AgileDayQuerySet:
        """Asked, approved or proposed: the one of its date. See also: AgileDay.counts_on."""
        return self.filter(state__in=sorted(DayState.live))

    def approved(self) -> AgileDayQuerySet:
        """Approved and neither revoked nor cancelled: worked remotely once gone by."""
        return self.filter(state=DayState.APPROVED)

    def lived(self, *, on: datetime.date | None = None) -> AgileDayQuerySet:
        """Approved and gone by on the day: days worked remotely."""
        return self.approved().filter(day__lt=on_day(on))

    def between(self, first: datetime.date, last: datetime.date) -> AgileDayQuerySet:
        """Days from the first to the last, both included."""
        return self.filter(day__range=(first, last))

    def by_month(self, months: Collection[datetime.date]) -> dict[datetime.date, Totals]:
        """How many people have days in each of the months, and how many days: one statement.

        Counted person by person, then added up: the database need not sort the days.
        """
        held = {f"in_{month:%Y%m}": month for month in months}
        of_people = self.order_by().values("person_id")
        counts = {
            name: Count("pk", filter=Q(day__range=(month, month_end(month))))
            for name, month in held.items()
        }
        people = {
            f"people_{name}": Count("person_id", filter=Q(**{f"{name}__gt": 0})) for name in held
        }
        days = {f"days_{name}": Sum(name, default=0) for name in held}
        found = of_people.annotate(**counts).aggregate(**people, **days) if held else {}
        return {
            month: Totals(effective=found[f"people_{name}"], days=found[f"days_{name}"])
            for name, month in held.items()
        }

    def with_taken_away(self) -> models.QuerySet:
        """Each with the key, if there is one, of the entry of its story by which something from
        outside took it away: an office closed, an absence, the end of an agreement."""
        taken = FilteredRelation("events", condition=Q(events__act=DayAct.TAKEN))
        return self.annotate(taken=taken, taken_pk=F("taken__pk"))

    def in_month(self, month: datetime.date) -> AgileDayQuerySet:
        """Days of the month whose first day is given."""
        return self.filter(day__year=month.year, day__month=month.month)


class MonthPlanQuerySet(DecidedQuerySet):
    """Monthly calendars of the people."""

    def submitted(self) -> MonthPlanQuerySet:
        """Those that wait for who decides."""
        return self.filter(state=MonthState.SUBMITTED)


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
