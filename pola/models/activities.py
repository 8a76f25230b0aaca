"""The activities of the units and who does them: the basis of who can work remotely (5.2.2)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organization.models import Person, Unit
from pola.enums import Grade
from pola.querysets import ActivityAssignmentQuerySet, ActivityQuerySet


class Activity(models.Model):
    """An activity of a unit with the grade that its mapping gave it.

    Of no unit when the plan lists it as one that nobody can do remotely. Its grade is that of its
    newest mapping.
    """

    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("unit"),
    )
    title = models.CharField(_("activity"), max_length=250)
    grade = models.CharField(_("grade"), max_length=10, choices=Grade, default=Grade.UNMAPPED)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = ActivityQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("activity of a unit")
        verbose_name_plural = _("activities of the units")
        ordering = ["unit", "position", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "title"],
                name="%(app_label)s_%(class)s_title_once_per_unit",
                violation_error_message=_("This unit already has this activity."),
            ),
            models.UniqueConstraint(
                fields=["title"],
                condition=Q(unit__isnull=True),
                name="%(app_label)s_%(class)s_listed_once",
                violation_error_message=_("The plan already lists this activity."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ActivityAssignment(models.Model):
    """Who does an activity, from a day to a day (open when empty)."""

    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("activity")
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="activity_assignments",
        verbose_name=_("person"),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = ActivityAssignmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("assignment to an activity")
        verbose_name_plural = _("assignments to activities")
        ordering = ["person", "activity", "-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_it_starts",
                violation_error_message=_("An assignment ends on or after the day it starts."),
            ),
            models.UniqueConstraint(
                fields=["person", "activity"],
                condition=Q(ends_on__isnull=True),
                name="%(app_label)s_%(class)s_open_once",
                violation_error_message=_("This person already does this activity."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.activity}"
