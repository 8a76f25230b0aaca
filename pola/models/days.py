"""The days of agile work and the monthly calendar in which they are asked (art. 4 and 5)."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from organization.constraints import when_and_by_whom
from organization.days import written
from organization.models import Person
from pola.day_querysets import AgileDayQuerySet, MonthPlanQuerySet
from pola.enums import DayState, MonthState
from pola.models.agreements import Agreement


class AgileDay(models.Model):
    """A whole day of agile work of one person; `week` is the Monday of its week.

    Of each person and day one at most is live (asked, approved or proposed), held by the database;
    the days of a week are at most those of the rule of that day (door: pola.operations, which locks
    the agreement). `replaces` is the revoked day in whose place it was proposed.
    """

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="days", verbose_name=_("agreement")
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="agile_days", verbose_name=_("person")
    )
    day = models.DateField(pgettext_lazy("agile work", "day"))
    week = models.DateField(_("week"), editable=False)
    state = models.CharField(_("state"), max_length=10, choices=DayState, default=DayState.ASKED)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by_label = models.CharField(_("asked by"), max_length=200)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by_label = models.CharField(_("decided by"), max_length=200, blank=True)
    reason = models.TextField(_("reason"), max_length=500, blank=True)
    replaces = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replacements",
        verbose_name=_("in the place of"),
    )
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    objects = AgileDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("day of agile work")
        verbose_name_plural = _("days of agile work")
        ordering = ["day", "person"]
        indexes = [
            models.Index(fields=["person", "week"]),
            models.Index(fields=["day", "state"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "day"],
                condition=Q(state__in=sorted(DayState.live)),
                name="%(app_label)s_%(class)s_one_live_per_person_and_day",
                violation_error_message=_("This day is already asked or approved."),
            ),
            models.CheckConstraint(
                condition=Q(week__lte=F("day")),
                name="%(app_label)s_%(class)s_week_begins_before_the_day",
                violation_error_message=_("The week of a day begins on its Monday."),
            ),
            when_and_by_whom("decided", _("A decision says when and by whom.")),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {written(self.day)}"

    @property
    def is_live(self) -> bool:
        """Asked, approved or proposed. See also: AgileDayQuerySet.live."""
        return self.state in DayState.live

    def counts_on(self, today: datetime.date) -> bool:
        """Takes one of the days of its week and month: approved, or can still be; once its day has
        come silence is not an approval. See also: `pola.problems.days.approving_problems`."""
        return self.is_live and (self.state == DayState.APPROVED or self.day > today)


class MonthPlan(models.Model):
    """The calendar of a person for a month: written, submitted, decided by the head (art. 5)."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="month_plans", verbose_name=_("person")
    )
    month = models.DateField(_("month"), help_text=_("Its first day"))
    state = models.CharField(
        _("state"), max_length=10, choices=MonthState, default=MonthState.DRAFT
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    submitted_by_label = models.CharField(_("submitted by"), max_length=200, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by_label = models.CharField(_("decided by"), max_length=200, blank=True)
    reason = models.TextField(_("reason"), max_length=500, blank=True)

    objects = MonthPlanQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("monthly calendar")
        verbose_name_plural = _("monthly calendars")
        ordering = ["-month", "person"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "month"],
                name="%(app_label)s_%(class)s_once_per_person_and_month",
                violation_error_message=_("This person already has a calendar for this month."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="%(app_label)s_%(class)s_is_a_first_day",
                violation_error_message=_("A month is written as its first day."),
            ),
            when_and_by_whom("submitted", _("A submission says when and by whom.")),
            when_and_by_whom("decided", _("A decision says when and by whom.")),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.month:%m.%Y}"
