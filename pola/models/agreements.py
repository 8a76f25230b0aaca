"""The individual agreement of agile work: who, from when to when, how many days, when reached."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from simple_history.models import HistoricalRecords

from organization import clock
from organization.days import written
from organization.models import Person, Unit
from pola.enums import AgreementState
from pola.overlaps import NoOverlap
from pola.querysets import AgreementQuerySet, ExemptionQuerySet


class Agreement(models.Model):
    """The agreement between an employee and the Chamber (art. 6), as it holds today.

    Its days are inclusive; a withdrawal or an earlier end moves `ends_on`. `weekdays` are the usual
    days of agile work, 0 for Monday. `day_begins_at` is the hour at which the person's own schedule
    begins: the 24 hours of a revocation are counted back from it. Once renewed, `terms_by_day` says
    what holds from which day on. Of each person no two agreements in force share a day (held by the
    database): that of a new unit is concluded while the old one still runs. Door: pola.operations.
    """

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="agreements", verbose_name=_("person")
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="agreements", verbose_name=_("unit")
    )
    counterpart = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="agreements_countersigned",
        verbose_name=_("signs for the Chamber"),
        help_text=_("The dirigente; the Secretary General for a dirigente (art. 6)"),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=AgreementState, default=AgreementState.DRAFT
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    days_per_week = models.PositiveSmallIntegerField(
        _("days a week at most"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    weekdays = models.JSONField(
        _("usual days"), default=list, blank=True, help_text=_("0 is Monday, 4 is Friday")
    )
    day_begins_at = models.TimeField(_("the day begins at"), default=datetime.time(8))
    day_ends_at = models.TimeField(_("the day ends at"), default=datetime.time(16, 30))
    morning_from = models.TimeField(_("reached in the morning from"), default=datetime.time(9))
    morning_to = models.TimeField(_("reached in the morning to"), default=datetime.time(12))
    afternoon_from = models.TimeField(
        _("reached in the afternoon from"), default=datetime.time(14, 30), null=True, blank=True
    )
    afternoon_to = models.TimeField(
        _("reached in the afternoon to"), default=datetime.time(15, 30), null=True, blank=True
    )
    interest = models.OneToOneField(
        "pola.Interest",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agreement",
        verbose_name=_("expression of interest"),
    )
    continues = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="continued_by",
        verbose_name=_("continues, after a change of unit"),
    )
    renewal_asked_at = models.DateTimeField(
        _("renewal asked at"),
        null=True,
        blank=True,
        help_text=_("By the employee; empty once an evaluation has answered (art. 6)"),
    )
    terms_by_day = models.JSONField(
        _("terms by first day"),
        default=list,
        blank=True,
        help_text=_("Of each text that was concluded, once there are two; the oldest first"),
    )
    drop_reason = models.TextField(_("why it was not concluded"), max_length=1000, blank=True)
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    objects = AgreementQuerySet.as_manager()
    # Why it was not concluded may tell of the person's health: it stands in this row alone.
    history = HistoricalRecords(excluded_fields=["drop_reason"])

    class Meta:
        verbose_name = _("agreement of agile work")
        verbose_name_plural = _("agreements of agile work")
        ordering = ["-starts_on", "person"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_it_starts",
                violation_error_message=_("An agreement ends on or after the day it starts."),
            ),
            models.CheckConstraint(
                condition=Q(days_per_week__range=(1, 5)),
                name="%(app_label)s_%(class)s_days_a_week_1_to_5",
                violation_error_message=_("An agreement allows from 1 to 5 days a week."),
            ),
            models.CheckConstraint(
                condition=~Q(counterpart=F("person")),
                name="%(app_label)s_%(class)s_with_somebody_else",
                violation_error_message=_("Nobody signs for the Chamber his own agreement."),
            ),
            NoOverlap(
                owner="person",
                starts="starts_on",
                ends="ends_on",
                state=AgreementState.RUNNING.value,
                name="pola_agreement_one_running_on_a_day",
                violation_error_message=_(
                    "This person already has an agreement in force on some of these days."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {written(self.starts_on)}-{written(self.ends_on)}"

    def get_absolute_url(self) -> str:
        return reverse("pola:agreement-detail", args=[self.pk])

    @property
    def is_over(self) -> bool:
        """Expired, withdrawn or never concluded."""
        return self.state not in AgreementState.open

    @property
    def state_words(self) -> str:
        """The state in words: one that has still to begin is signed, and not yet in force."""
        if self.state == AgreementState.RUNNING and not self.has_begun:
            words = pgettext("agreement", "signed, begins on %(day)s")
            return words % {"day": written(self.starts_on)}
        return str(self.get_state_display())

    @property
    def has_begun(self) -> bool:
        """Its first day has come."""
        return self.starts_on <= clock.today()

    @property
    def is_followed(self) -> bool:
        """The agreement of another unit continues it, on its way or concluded: one statement."""
        return self.following is not None

    @property
    def following(self) -> Agreement | None:
        """The agreement of another unit that continues this one: one statement."""
        standing = self.continued_by.exclude(state=AgreementState.DROPPED)
        return standing.select_related("person", "unit", "counterpart").first()

    def covers(self, day: datetime.date) -> bool:
        """Concluded and in its term on the day. See also: AgreementQuerySet.covering."""
        return self.state in AgreementState.concluded and self.starts_on <= day <= self.ends_on

    def terms_on(self, day: datetime.date) -> dict[str, Any] | None:
        """The terms that hold on a day, as `terms_by_day` keeps them; none while the first text is
        the only one: then the fields say them."""
        begun = [one for one in self.terms_by_day if one["starts_on"] <= day.isoformat()]
        return begun[-1] if begun else None

    def days_per_week_on(self, day: datetime.date) -> int:
        """How many days the week of a day may have."""
        terms = self.terms_on(day)
        return terms["days_per_week"] if terms else self.days_per_week

    def day_begins_at_on(self, day: datetime.date) -> datetime.time:
        """The hour at which the person's own schedule begins on a day."""
        terms = self.terms_on(day)
        return datetime.time.fromisoformat(terms["day_begins_at"]) if terms else self.day_begins_at

    def clean(self) -> None:
        days = self.weekdays
        if not isinstance(days, list) or any(day not in range(5) for day in days):
            raise ValidationError({"weekdays": _("The usual days go from Monday to Friday.")})


class Suspension(models.Model):
    """Short days on which an agreement does not hold, both included (art. 8); who has
    `pola.read_reserved` on the agreement reads why."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="suspensions", verbose_name=_("agreement")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    reason = models.TextField(_("reason"), max_length=1000)
    decided_at = models.DateTimeField(_("decided at"))
    decided_by_label = models.CharField(_("decided by"), max_length=200)

    # The reason may tell of the person's health: it stands in this row alone.
    history = HistoricalRecords(excluded_fields=["reason"])

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_it_starts",
                violation_error_message=_("A suspension ends on or after the day it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{written(self.starts_on)}-{written(self.ends_on)}"


class Exemption(models.Model):
    """A dated exemption from the days a week (fragile workers, art. 4).

    Its reason is special-category data: who has `pola.read_reserved` on the agreement reads it (HR,
    who signs for the Chamber, the person); elsewhere only the days a week are asked and the word is
    “deroga”.
    """

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="exemptions", verbose_name=_("agreement")
    )
    days_per_week = models.PositiveSmallIntegerField(
        _("days a week at most"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    reserved_reason = models.TextField(_("reserved reason"), max_length=1000)
    decided_at = models.DateTimeField(_("decided at"))
    decided_by_label = models.CharField(_("decided by"), max_length=200)

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("exemption")
        verbose_name_plural = _("exemptions")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_it_starts",
                violation_error_message=_("An exemption ends on or after the day it starts."),
            ),
            models.CheckConstraint(
                condition=Q(days_per_week__range=(1, 5)),
                name="%(app_label)s_%(class)s_days_a_week_1_to_5",
                violation_error_message=_("An exemption allows from 1 to 5 days a week."),
            ),
        ]

    def __str__(self) -> str:
        return f"{written(self.starts_on)}-{written(self.ends_on)}"
