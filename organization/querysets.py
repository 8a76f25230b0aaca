"""Which units, people and appointments: every list of this app starts here."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth.models import UserManager
from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from organization import audit_phrases, clock
from organization.enums import Role, UnitKind

PERSON_NAMES = ("person__first_name__icontains", "person__last_name__icontains")
WORDS = 8  # of a search: each is a condition of the statement


def on_day(day: datetime.date | None) -> datetime.date:
    """The day asked for, the day the office stands on when none is."""
    return day or clock.today()


def related_model(queryset: models.QuerySet, name: str) -> Any:
    """The model at the other end of a relation; a queryset may not import models."""
    return queryset.model._meta.get_field(name).related_model


def holding_words(rows: models.QuerySet, text: str, *lookups: str) -> Any:
    """Rows that hold each word of a text, in whichever column: *Maria Rossi* is found in both."""
    for word in text.split()[:WORDS]:
        rows = rows.filter(reduce(or_, (Q(**{lookup: word}) for lookup in lookups)))
    return rows


class UnitQuerySet(models.QuerySet):
    """Units of the organisation chart."""

    def visible_to(self, user: Any) -> UnitQuerySet:
        """Every unit for whoever is signed in: the chart is public inside the Chamber."""
        return self.all() if user.is_authenticated else self.none()

    def in_order(self) -> UnitQuerySet:
        """Units in the order of the chart, brothers by position."""
        return self.order_by("position", "name")

    def under(self, unit: Any) -> UnitQuerySet:
        """The unit itself and all units below it."""
        return self.filter(pk__in=UnitQuerySet(self.model).ids_under(unit.pk))

    def run_from(self, roots: Collection[int]) -> UnitQuerySet:
        """The given units and their offices, which have no head of their own to ask."""
        offices = Q(parent__in=roots, kind=UnitKind.OFFICE)
        return self.filter(Q(pk__in=roots) | offices)

    def with_heads(self, *, on: datetime.date | None = None) -> UnitQuerySet:
        """The same units with whoever leads them on the day (`running_heads`)."""
        appointments = related_model(self, "appointments")
        leading = appointments.objects.running(on=on).leading().select_related("person")
        return self.prefetch_related(
            Prefetch("appointments", queryset=leading, to_attr="running_heads")
        )

    def with_people_count(self, *, on: datetime.date | None = None) -> UnitQuerySet:
        """The same units with the number of their own employees in service (`people_count`).

        See also: PersonQuerySet.in_service.
        """
        day = on_day(on)
        in_service = (
            ~Q(people__category="")
            & Q(people__hired_on__lte=day)
            & (Q(people__left_on__isnull=True) | Q(people__left_on__gt=day))
        )
        return self.annotate(people_count=Count("people", filter=in_service))

    def ids_under(self, *roots: int) -> set[int]:
        """Identifiers of the given units and of all below them, in one query."""
        children: dict[int | None, list[int]] = defaultdict(list)
        for pk, parent in self.model._default_manager.values_list("pk", "parent_id"):
            children[parent].append(pk)
        found: set[int] = set()
        waiting = list(roots)
        while waiting:
            pk = waiting.pop()
            if pk not in found:
                found.add(pk)
                waiting.extend(children[pk])
        return found


class PersonQuerySet(models.QuerySet):
    """People of the Chamber and those who work with it."""

    def employees(self) -> PersonQuerySet:
        """People with a category of employment; members of outside bodies have none."""
        return self.exclude(category="")

    def in_service(self, *, on: datetime.date | None = None) -> PersonQuerySet:
        """Employees hired by the day and not yet left."""
        day = on_day(on)
        return (
            self.employees()
            .filter(hired_on__lte=day)
            .filter(Q(left_on__isnull=True) | Q(left_on__gt=day))
        )

    def holding(
        self, role: Role, *, unit: Any = None, on: datetime.date | None = None
    ) -> PersonQuerySet:
        """People who hold the role on the day, in the unit when one is named."""
        day = on_day(on)
        running = Q(appointments__role=role, appointments__starts_on__lte=day) & (
            Q(appointments__ends_on__isnull=True) | Q(appointments__ends_on__gte=day)
        )
        if unit is not None:
            running &= Q(appointments__unit=unit)
        return self.filter(running).distinct()

    def visible_to(self, user: Any) -> PersonQuerySet:
        """Everybody for planning, HR, Secretary General, OIV and administrators; the people of
        their own units for heads and dirigenti; oneself for all."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser or user.roles & Role.people_readers:
            return self.all()
        mine = Q(pk=user.person_id)
        led = user.led_unit_ids
        return self.filter(mine | Q(unit_id__in=led)) if led else self.filter(mine)

    def with_posts(self, *, on: datetime.date | None = None) -> PersonQuerySet:
        """The same people with unit and running appointments loaded."""
        appointments = related_model(self, "appointments")
        return self.select_related("unit").prefetch_related(
            Prefetch(
                "appointments",
                queryset=appointments.objects.running(on=on).select_related("unit"),
                to_attr="running_appointments",
            )
        )


class PersonalDataQuerySet(models.QuerySet):
    """Tax codes, births, birthplaces."""

    def visible_to(self, user: Any) -> PersonalDataQuerySet:
        """All of them for HR, for nobody else."""
        return self.all() if user.is_authenticated and user.holds(Role.HR) else self.none()


class AccountManager(UserManager):
    """Accounts, each loaded with its person: every page shows the name."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().select_related("person")


class AppointmentQuerySet(models.QuerySet):
    """Who holds which role, where, from and to."""

    def running(self, *, on: datetime.date | None = None) -> AppointmentQuerySet:
        """Appointments in force on the day; who has left the Chamber holds none any more."""
        day = on_day(on)
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
            Q(person__left_on__isnull=True) | Q(person__left_on__gt=day),
            starts_on__lte=day,
        )

    def meeting(self, first: datetime.date, last: datetime.date | None) -> AppointmentQuerySet:
        """Appointments in force on some day from the first to the last (no last: without end)."""
        begun = self if last is None else self.filter(starts_on__lte=last)
        return begun.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=first),
            Q(person__left_on__isnull=True) | Q(person__left_on__gt=first),
        )

    def leading(self) -> AppointmentQuerySet:
        """Appointments of those who lead a unit."""
        return self.filter(role__in=Role.leaders)

    def between(
        self, user: Any, unit: str, *, on: datetime.date | None = None
    ) -> AppointmentQuerySet:
        """Who leads the unit that stands at a path of the outer row, or one of the two above it,
        below the posts of the user: what waits there waits for them first."""
        posts = {held for role, held in user.held_posts if role in Role.leaders}
        above = Q()
        for path in (unit, f"{unit}__parent", f"{unit}__parent__parent"):
            above |= Q(unit=OuterRef(path))
        return self.running(on=on).leading().filter(above, unit__in=user.led_unit_ids - posts)

    def ended(self, *, on: datetime.date | None = None) -> AppointmentQuerySet:
        """Appointments whose last day came before the day. See also: running."""
        return self.filter(ends_on__lt=on_day(on))

    def latest_first(self) -> AppointmentQuerySet:
        """Appointments with their unit, the newest first."""
        return self.select_related("unit").order_by("-starts_on", "role")


class DelegationQuerySet(models.QuerySet):
    """Who stands in for the head of a unit, from and to."""

    def running(self, *, on: datetime.date | None = None) -> DelegationQuerySet:
        """Substitutions in force on the day; who has left the Chamber stands in for nobody, and
        nobody for who has left the post."""
        day = on_day(on)
        standing = self.between(day, day).of_heads(on=day)
        return standing.filter(Q(delegate__left_on__isnull=True) | Q(delegate__left_on__gt=day))

    def of_heads(self, *, on: datetime.date | None = None) -> DelegationQuerySet:
        """Substitutions whose head leads the unit on the day."""
        return self.filter(self._head_leads(on))

    def with_posts(self, *, on: datetime.date | None = None) -> DelegationQuerySet:
        """The same substitutions, each knowing whether its head does not lead the unit on the day
        (`is_without_head`)."""
        return self.annotate(is_without_head=~self._head_leads(on))

    def _head_leads(self, on: datetime.date | None) -> Exists:
        appointments = related_model(related_model(self, "unit").objects.all(), "appointments")
        leading = appointments.objects.running(on=on).leading()
        return Exists(leading.filter(person=OuterRef("head"), unit=OuterRef("unit")))

    def between(self, first: datetime.date, last: datetime.date) -> DelegationQuerySet:
        """Substitutions in force on some day from the first to the last; those that were taken back
        are so on none."""
        standing = self.filter(taken_back_at__isnull=True)
        return standing.filter(starts_on__lte=last, ends_on__gte=first)

    def visible_to(self, user: Any) -> DelegationQuerySet:
        """All of them for planning, HR, Secretary General, OIV and administrators; for the others
        those of the units they lead and those they are part of."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser or user.roles & Role.people_readers:
            return self.all()
        mine = Q(delegate_id=user.person_id) | Q(head_id=user.person_id)
        return self.filter(mine | Q(unit_id__in=user.led_unit_ids))

    def with_people(self) -> DelegationQuerySet:
        """The same substitutions with unit and people loaded, the newest first."""
        return self.select_related("unit", "head", "delegate").order_by("-starts_on", "-pk")


class AuditEventQuerySet(models.QuerySet):
    """The trace of what was done, newest first."""

    def visible_to(self, user: Any) -> AuditEventQuerySet:
        """The trace, without the reserved acts, for planning, Secretary General, OIV and
        administrators; else nothing."""
        if user.is_authenticated and (user.is_superuser or user.roles & Role.trace_readers):
            return self.open_to_all()
        return self.none()

    def open_to_all(self) -> AuditEventQuerySet:
        """Without the acts whose very moment, or whose object, tells what is reserved."""
        return self.exclude(verb__in=sorted(audit_phrases.RESERVED))

    def about(self, target: models.Model) -> AuditEventQuerySet:
        """What was done to one object."""
        return self.filter(target_type=target._meta.label_lower, target_id=str(target.pk))
