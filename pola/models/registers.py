"""The registers of agile work: equipment, training, safety notices, incidents (art. 9, 10, 11)."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from organization.days import written
from organization.models import Person
from pola.enums import EquipmentKind, IncidentKind
from pola.register_querysets import (
    AttendanceQuerySet,
    CourseQuerySet,
    EquipmentQuerySet,
    IncidentQuerySet,
    NoticeQuerySet,
    ReceiptQuerySet,
)


class Equipment(models.Model):
    """A PC or an access handed over to a person, from a day to the day it came back.

    Of each kind a person holds one at a time; an item of one number is with one person at a time.
    Door: pola.operations.registers.
    """

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="equipment", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=4, choices=EquipmentKind)
    number = models.CharField(
        _("inventory number"),
        max_length=60,
        blank=True,
        help_text=_("Of the PC, or the name of the access; as the inventory writes it"),
    )
    delivered_on = models.DateField(_("delivered on"))
    returned_on = models.DateField(_("returned on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=250, blank=True)

    objects = EquipmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("equipment handed over")
        verbose_name_plural = _("equipment of agile work")
        ordering = ["person", "kind", "-delivered_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True) | Q(returned_on__gte=F("delivered_on")),
                name="%(app_label)s_%(class)s_returned_after_delivered",
                violation_error_message=_("What is returned was delivered before."),
            ),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(returned_on__isnull=True),
                name="%(app_label)s_%(class)s_one_of_a_kind_per_person",
                violation_error_message=_(
                    "This person already holds one of this kind: record its return first."
                ),
            ),
            models.UniqueConstraint(
                fields=["kind", "number"],
                condition=Q(returned_on__isnull=True) & ~Q(number=""),
                name="%(app_label)s_%(class)s_number_with_one_person",
                violation_error_message=_("This number is with somebody else: record its return."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()


class TrainingCourse(models.Model):
    """A course on agile work, held on a day. Who attended stands in TrainingAttendance."""

    title = models.CharField(_("course"), max_length=200)
    held_on = models.DateField(_("held on"), help_text=_("The day on which it ended"))
    hours = models.DecimalField(
        _("hours"),
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.5"))],
    )
    provider = models.CharField(_("held by"), max_length=120, blank=True)

    objects = CourseQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("course on agile work")
        verbose_name_plural = _("courses on agile work")
        ordering = ["-held_on", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["title", "held_on"],
                name="%(app_label)s_%(class)s_once_a_day",
                violation_error_message=_("This course of that day is already recorded."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TrainingAttendance(models.Model):
    """Who attended a course: the condition of art. 11. Door: pola.operations.registers."""

    course = models.ForeignKey(
        TrainingCourse,
        on_delete=models.PROTECT,
        related_name="attendances",
        verbose_name=_("course"),
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="trainings", verbose_name=_("person")
    )

    objects = AttendanceQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("attendance of a course")
        verbose_name_plural = _("attendances of courses")
        ordering = ["course", "person"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "person"],
                name="%(app_label)s_%(class)s_once_per_person",
                violation_error_message=_("This person is already among those who attended."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.course}"


class SafetyNotice(models.Model):
    """The written information on the risks of agile work, issued every year (art. 10; L. 81/2017,
    art. 22). Who received it stands in SafetyReceipt."""

    title = models.CharField(_("safety notice"), max_length=200)
    issued_on = models.DateField(_("issued on"))

    objects = NoticeQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("safety notice")
        verbose_name_plural = _("notices on safety")
        ordering = ["-issued_on", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["title", "issued_on"],
                name="%(app_label)s_%(class)s_once_a_day",
                violation_error_message=_("This notice of that day is already recorded."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SafetyReceipt(models.Model):
    """Who received a safety notice, and when: it counts for a year. Door: pola.operations."""

    notice = models.ForeignKey(
        SafetyNotice, on_delete=models.PROTECT, related_name="receipts", verbose_name=_("notice")
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="safety_receipts", verbose_name=_("person")
    )
    received_on = models.DateField(_("received on"))

    objects = ReceiptQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("receipt of a safety notice")
        verbose_name_plural = _("receipts of safety notices")
        ordering = ["notice", "person"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "person"],
                name="%(app_label)s_%(class)s_once_per_person",
                violation_error_message=_("This person has already received the notice."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.notice}"


class Incident(models.Model):
    """An accident or a technical problem met while working remotely (art. 4 and 10).

    Accidents are read by HR and by the person alone; what they say stands nowhere else.
    Door: pola.operations.incidents.
    """

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="incidents", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=IncidentKind)
    happened_on = models.DateField(pgettext_lazy("agile work", "day"))
    happened_time = models.TimeField(_("hour"), null=True, blank=True)
    description = models.TextField(
        _("what happened"),
        max_length=2000,
        help_text=_("Where, doing what, with which consequences"),
    )
    follow_up = models.TextField(_("what was done"), max_length=2000, blank=True)
    reported_on = models.DateField(_("reported on"))
    reported_at = models.DateTimeField(_("reported at"))
    reported_by_label = models.CharField(_("reported by"), max_length=200)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("incident of agile work")
        verbose_name_plural = _("incidents of agile work")
        ordering = ["-happened_on", "-pk"]

    def __str__(self) -> str:
        return written(self.happened_on)

    @property
    def is_closed(self) -> bool:
        """Something was done about it, and is written."""
        return self.follow_up != ""
