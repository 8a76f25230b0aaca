"""The Chamber, its units, its people, who holds which role, and the trace of what was done."""

from __future__ import annotations

import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organization.enums import Gender, Role, StaffCategory, UnitKind
from organization.querysets import (
    AccountManager,
    AppointmentQuerySet,
    AuditEventQuerySet,
    PersonQuerySet,
    UnitQuerySet,
    on_day,
)


class Institution(models.Model):
    """The body that runs this installation, one row: a Chamber of Commerce as it signs its acts.

    The IPA code is the one of the national index of public administrations.
    """

    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=80)
    address = models.CharField(_("address"), max_length=200, blank=True)
    postal_code = models.CharField(
        _("postal code"), max_length=5, blank=True, validators=[RegexValidator(r"^\d{5}$")]
    )
    city = models.CharField(_("city"), max_length=80, blank=True)
    province = models.CharField(_("province"), max_length=2, blank=True)
    ipa_code = models.CharField(_("IPA code"), max_length=20, blank=True)
    tax_code = models.CharField(_("tax code"), max_length=16, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    logo = models.ImageField(_("logo"), upload_to="institution/", blank=True)

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institution")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if Institution.objects.exclude(pk=self.pk).exists():
            raise ValidationError(_("An installation serves one institution, already recorded."))


class Unit(models.Model):
    """A box of the organisation chart: Secretary General, area, service, office, special agency.

    A tree: only the Chamber itself stands at the root.
    """

    name = models.CharField(_("name"), max_length=160)
    short_name = models.CharField(_("short name"), max_length=40)
    code = models.CharField(
        _("code"), max_length=8, blank=True, help_text=_("Two or three letters")
    )
    slug = models.SlugField(_("address name"), unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    mission = models.TextField(_("what it does"), blank=True, max_length=1000)

    objects = UnitQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="%(app_label)s_%(class)s_not_part_of_itself",
                violation_error_message=_("A unit cannot be part of itself."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=False) | Q(kind=UnitKind.BODY),
                name="%(app_label)s_%(class)s_only_the_chamber_at_the_root",
                violation_error_message=_("Say which unit this one is part of."),
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=~Q(code=""),
                name="%(app_label)s_%(class)s_code_unique",
                violation_error_message=_("Another unit has this code."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organization:unit-detail", args=[self.slug])

    def clean(self) -> None:
        if self.pk and self.parent_id in Unit.objects.ids_under(self.pk):
            raise ValidationError({"parent": _("A unit cannot stand below one of its own parts.")})


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
    def held_posts(self) -> list[tuple[str, int]]:
        """Role and unit of the appointments in force today: what every page asks, at its least."""
        if not self.person_id:
            return []
        appointments = Appointment.objects.running().filter(person_id=self.person_id)
        return sorted(appointments.order_by().values_list("role", "unit_id"))

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

    def holds(self, *roles: Role) -> bool:
        """Whether one of the roles is held today."""
        return bool(self.roles & {role.value for role in roles})


class Appointment(models.Model):
    """Who holds which role, in which unit, from which day to which day (open when empty)."""

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

    def is_running(self, *, on: datetime.date | None = None) -> bool:
        """In force on the day. See also: AppointmentQuerySet.running."""
        day = on_day(on)
        is_over = self.ends_on is not None and self.ends_on < day
        left_on = self.person.left_on if self.person_id else None
        has_left = left_on is not None and left_on <= day
        return self.starts_on <= day and not is_over and not has_left


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


class AuditEvent(models.Model):
    """One act done by somebody: proposed, adopted, recorded, returned...

    Append only and without foreign keys, so that it survives what it tells of. The only door is
    `organization.audit.record`; the database refuses changes and deletions.
    """

    at = models.DateTimeField(_("when"))
    actor_id = models.CharField(_("who, identifier"), max_length=40, blank=True)
    actor_label = models.CharField(_("who"), max_length=200)
    verb = models.CharField(_("what"), max_length=60)
    target_type = models.CharField(_("on what, type"), max_length=100)
    target_id = models.CharField(_("on what, identifier"), max_length=40)
    target_label = models.CharField(_("on what"), max_length=300)
    before = models.JSONField(_("before"), default=dict, blank=True)
    after = models.JSONField(_("after"), default=dict, blank=True)
    note = models.TextField(_("note"), blank=True, max_length=2000)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="auditevent_target"),
            models.Index(fields=["-at"], name="auditevent_newest"),
        ]

    def __str__(self) -> str:
        day = timezone.localdate(self.at)
        return f"{day:%d.%m.%Y} {self.actor_label}: {self.verb} {self.target_label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise ValidationError(_("The trace of what was done is never changed."))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ValidationError(_("The trace of what was done is never deleted."))

    @property
    def who(self) -> str:
        """The person as named on that day; what nobody did, the system did by itself."""
        return self.actor_label if self.actor_id else gettext("the system")
