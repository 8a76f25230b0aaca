"""The people, their accounts, who holds which role, who stands in for whom."""

from __future__ import annotations

import datetime
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import connection, models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organization import clock
from organization.constraints import when_and_by_whom
from organization.days import written
from organization.enums import Gender, Role, StaffCategory
from organization.models.chart import Unit
from organization.querysets import (
    AccountManager,
    AppointmentQuerySet,
    DelegationQuerySet,
    PersonQuerySet,
    on_day,
)


class Person(models.Model):
    """An employee, or a member of an outside body such as the OIV (who then has no category).

    `part_time_percent` is the share of the full working time, 100 for full time.
    """

    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80)
    employee_number = models.CharField(_("employee number"), max_length=12, blank=True)
    category = models.CharField(_("category"), max_length=12, choices=StaffCategory, blank=True)
    gender = models.CharField(_("gender"), max_length=1, choices=Gender)
    part_time_percent = models.PositiveSmallIntegerField(
        _("working time, %"),
        default=100,
        validators=[MinValueValidator(10), MaxValueValidator(100)],
    )
    hired_on = models.DateField(_("hired on"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("unit"),
    )

    objects = PersonQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["last_name", "first_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(category="")
                | (Q(hired_on__isnull=False, unit__isnull=False) & ~Q(employee_number="")),
                name="%(app_label)s_%(class)s_employee_has_number_unit_and_hire_date",
                violation_error_message=_(
                    "An employee needs an employee number, a unit and a hire date."
                ),
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gt=F("hired_on")),
                name="%(app_label)s_%(class)s_left_after_hired",
                violation_error_message=_("The day of leaving comes after the day of hiring."),
            ),
            models.CheckConstraint(
                condition=Q(part_time_percent__range=(10, 100)),
                name="%(app_label)s_%(class)s_working_time_10_to_100",
                violation_error_message=_("Working time goes from 10 to 100 per cent."),
            ),
            models.UniqueConstraint(
                fields=["employee_number"],
                condition=~Q(employee_number=""),
                name="%(app_label)s_%(class)s_employee_number_unique",
                violation_error_message=_("Another person has this employee number."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"

    def get_absolute_url(self) -> str:
        return reverse("organization:person-detail", args=[self.pk])

    @property
    def is_part_time(self) -> bool:
        """Works less than the full time."""
        return self.part_time_percent < 100

    @property
    def initials(self) -> str:
        """Two letters for the round badge."""
        return f"{self.first_name[:1]}{self.last_name[:1]}".upper()


# In plain SQL, for every page asks it: the same UNION takes the ORM ten times as long to compose.
HELD = """
SELECT role, unit_id, NULL FROM {posts}
  WHERE person_id = %s AND starts_on <= %s AND (ends_on IS NULL OR ends_on >= %s)
UNION ALL
SELECT '', unit_id, head_id FROM {stood_in}
  WHERE delegate_id = %s AND starts_on <= %s AND ends_on >= %s AND taken_back_at IS NULL
  AND EXISTS (
    SELECT 1 FROM {posts} JOIN {people} ON {people}.id = {posts}.person_id
    WHERE {posts}.person_id = {stood_in}.head_id AND {posts}.unit_id = {stood_in}.unit_id
    AND {posts}.role IN ({leaders})
    AND {posts}.starts_on <= %s AND ({posts}.ends_on IS NULL OR {posts}.ends_on >= %s)
    AND ({people}.left_on IS NULL OR {people}.left_on > %s)
  )
"""


class User(AbstractUser):
    """An account. What it may do comes from the appointments of its person, day by day."""

    person = models.OneToOneField(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="user",
        verbose_name=_("person"),
    )

    objects: ClassVar[AccountManager] = AccountManager()
    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["username"]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_full_name(self) -> str:
        return str(self.person) if self.person_id else super().get_full_name()

    @cached_property
    def running_appointments(self) -> list[Appointment]:
        """Appointments in force today with their units, one query for the life of the request."""
        appointments = Appointment.objects.running().filter(person_id=self.person_id)
        return list(appointments.select_related("unit").order_by("role", "unit__position"))

    @cached_property
    def _held_today(self) -> list[tuple[str, int, int | None]]:
        """Role and unit of the appointments in force today; without role, unit and head of the
        substitutions, which last no longer than the post of the head: what every page asks, in one
        statement (see also: the two `running`)."""
        person, today = self.person, clock.today()
        if person is None or (person.left_on and person.left_on <= today):
            return []
        asked = HELD.format(
            posts=Appointment._meta.db_table,
            stood_in=Delegation._meta.db_table,
            people=Person._meta.db_table,
            leaders=", ".join(f"'{role}'" for role in sorted(Role.leaders)),
        )
        given: list[int | datetime.date] = [person.pk, today, today, person.pk, *[today] * 5]
        with connection.cursor() as cursor:
            cursor.execute(asked, given)
            return cursor.fetchall()

    @cached_property
    def held_posts(self) -> list[tuple[str, int]]:
        """Role and unit of the appointments in force today."""
        return sorted((role, unit) for role, unit, head in self._held_today if head is None)

    @cached_property
    def delegated_unit_ids(self) -> frozenset[int]:
        """The units of which the person stands in for the head today."""
        return frozenset(unit for _role, unit, head in self._held_today if head is not None)

    @cached_property
    def head_ids_stood_in_for(self) -> dict[int, frozenset[int]]:
        """The heads for whom the person stands in today, by unit with all below it."""
        found: dict[int, frozenset[int]] = {}
        for _role, root, head in self._held_today:
            if head is not None:
                for unit in Unit.objects.ids_under(root):
                    found[unit] = found.get(unit, frozenset()) | {head}
        return found

    @cached_property
    def roles(self) -> frozenset[str]:
        """Roles held today."""
        held = {role for role, _unit in self.held_posts}
        return frozenset(held | {Role.ADMINISTRATOR.value} if self.is_superuser else held)

    @cached_property
    def led_unit_ids(self) -> frozenset[int]:
        """The units the person leads today, as head or dirigente, with all below them."""
        leading = {Role.UNIT_HEAD, Role.DIRIGENTE, Role.SECRETARY_GENERAL}
        roots = [unit_id for role, unit_id in self.held_posts if role in leading]
        return frozenset(Unit.objects.ids_under(*roots)) if roots else frozenset()

    @cached_property
    def recording_unit_ids(self) -> frozenset[int]:
        """The units whose figures the person may enter today: those led and those of heads stood
        in for, with all below them."""
        return self.led_unit_ids.union(self.head_ids_stood_in_for)

    def holds(self, *roles: Role) -> bool:
        """Whether one of the roles is held today."""
        return bool(self.roles & {role.value for role in roles})


class Appointment(models.Model):
    """Who holds which role, in which unit, from which day to which day (open when empty).

    Who leads a unit does so alone in that role: the database holds it of open appointments, of all
    of them `organization.operations.appoint`, which locks the unit.
    """

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("unit")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["role", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_it_starts",
                violation_error_message=_("An appointment ends on or after the day it starts."),
            ),
            models.UniqueConstraint(
                fields=["person", "role", "unit"],
                condition=Q(ends_on__isnull=True),
                name="%(app_label)s_%(class)s_open_once_per_person_role_and_unit",
                violation_error_message=_("This person already holds this role in this unit."),
            ),
            models.UniqueConstraint(
                fields=["role", "unit"],
                condition=Q(ends_on__isnull=True)
                & Q(role__in=[Role.UNIT_HEAD, Role.SECRETARY_GENERAL, Role.DIRIGENTE]),
                name="%(app_label)s_%(class)s_one_open_leader_per_unit",
                violation_error_message=_("This unit already has someone in this role."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.unit.name}"

    def clean(self) -> None:
        """A new head does not begin before the last one has ended."""
        asked = self.role in Role.leaders and self.unit_id and self.starts_on
        if not (self._state.adding and asked):
            return
        same = Appointment.objects.filter(role=self.role, unit=self.unit_id)
        other = same.meeting(self.starts_on, self.ends_on).select_related("person").first()
        if other is None:
            return
        words = _("%(person)s is in this role from %(first)s: it passes once that one has ended.")
        if other.ends_on is not None:
            words = _("%(person)s is in this role from %(first)s to %(last)s: choose other days.")
        last = written(other.ends_on) if other.ends_on else ""
        told = {"person": other.person, "first": written(other.starts_on), "last": last}
        raise ValidationError(words % told, code="occupied")

    def is_running(self, *, on: datetime.date | None = None) -> bool:
        """In force on the day. See also: AppointmentQuerySet.running."""
        day = on_day(on)
        is_over = self.ends_on is not None and self.ends_on < day
        left_on = self.person.left_on if self.person_id else None
        has_left = left_on is not None and left_on <= day
        return self.starts_on <= day and not is_over and not has_left


class Delegation(models.Model):
    """Who stands in for the head of a unit, from a day to a day: enters its figures, decides the
    days of agile work of its people.

    Both days are included; of one unit nobody else stands in on any of them (held by
    `organization.operations`, which locks the unit: no database of ours compares rows by itself).
    It lapses with the post of the head: who leads the unit no more is stood in for by nobody.
    """

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="delegations", verbose_name=_("unit")
    )
    head = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="delegations_given",
        verbose_name=_("stands in for"),
    )
    delegate = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="delegations_received",
        verbose_name=_("substitute"),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    named_at = models.DateTimeField(_("named at"))
    named_by_label = models.CharField(_("named by"), max_length=200)
    taken_back_at = models.DateTimeField(
        _("taken back at"),
        null=True,
        blank=True,
        help_text=_("Before it began or on its first day: it is in force on no day any more"),
    )
    taken_back_by_label = models.CharField(_("taken back by"), max_length=200, blank=True)

    # Known to what was read `with_posts`.
    is_without_head = False

    objects = DelegationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("substitution")
        verbose_name_plural = _("substitutions")
        ordering = ["-starts_on", "unit"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_it_starts",
                violation_error_message=_("A substitution ends on or after the day it starts."),
            ),
            models.CheckConstraint(
                condition=~Q(delegate=F("head")),
                name="%(app_label)s_%(class)s_of_somebody_else",
                violation_error_message=_("Nobody stands in for himself."),
            ),
            when_and_by_whom("taken_back", _("A substitution taken back says when and by whom.")),
        ]

    def __str__(self) -> str:
        return f"{self.delegate}, {self.unit.name}"

    def is_running(self, *, on: datetime.date | None = None) -> bool:
        """In force on the day. See also: DelegationQuerySet.running."""
        return self._is_within(on) and not self.is_without_head

    def has_lapsed(self, *, on: datetime.date | None = None) -> bool:
        """Would be in force on the day, had the head not left the post."""
        return self._is_within(on) and self.is_without_head

    def _is_within(self, on: datetime.date | None) -> bool:
        return not self.is_taken_back and self.starts_on <= on_day(on) <= self.ends_on

    @property
    def is_taken_back(self) -> bool:
        """Ended before it had lasted a day: in force no more, kept for who reads what was done."""
        return self.taken_back_at is not None


class EstablishedPosts(models.Model):
    """Posts that an act establishes for a category of employment (section 1.2, dotazione)."""

    act = models.CharField(_("act"), max_length=120)
    position = models.PositiveSmallIntegerField(_("position of the act"), default=0)
    category = models.CharField(_("category"), max_length=12, choices=StaffCategory)
    posts = models.PositiveSmallIntegerField(_("posts"))

    class Meta:
        verbose_name = _("established posts")
        verbose_name_plural = _("established posts")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["act", "category"],
                name="%(app_label)s_%(class)s_once_per_act_and_category",
                violation_error_message=_("This act already has this category."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act}: {self.category} {self.posts}"
