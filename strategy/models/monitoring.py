"""When the figures of a plan are entered, what was entered, and its proofs."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import PurePath
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from indicators.models import Actual, Indicator, PrintedValue, typed_columns_match
from indicators.values import read
from organization.days import written
from organization.models import Person, Unit, User
from strategy.entries import FIELDS, MAX_TEXT, MAX_VALUE, Answer
from strategy.models.plan import Plan
from strategy.monitoring_enums import (
    DeviationCause,
    Forecast,
    PeriodState,
    RecordingState,
    ReminderKind,
)
from strategy.monitoring_querysets import EvidenceQuerySet, PeriodQuerySet, RecordingQuerySet


class MonitoringPeriod(models.Model):
    """The days on which the figures at a date (`ends_on`, 30 June) are entered for a plan.

    It opens by itself on `opens_on` and closes after `closes_on`, both days included; planning
    may lock it before, and reopens it only with a reason and a new last day. One period for a day
    in the whole Chamber: of two plans that share a year the newer one measures it. Changed through
    `strategy.operations.periods`.
    """

    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="periods", verbose_name=_("plan")
    )
    ends_on = models.DateField(_("figures at"), unique=True)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    is_locked = models.BooleanField(_("locked"), default=False)
    reopening_reason = models.TextField(_("reason of the reopening"), blank=True, max_length=2000)
    changed_at = models.DateTimeField(_("last changed"))
    changed_by_label = models.CharField(_("changed by"), max_length=200, blank=True)

    # Known to what was read `with_closed_years`.
    is_year_closed = False

    objects = PeriodQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("period of the monitoring")
        verbose_name_plural = _("periods of the monitoring")
        ordering = ["ends_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="%(app_label)s_%(class)s_closes_after_it_opens",
                violation_error_message=_("A period closes on or after the day it opens."),
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("ends_on")),
                name="%(app_label)s_%(class)s_closes_after_its_figures",
                violation_error_message=_("A period closes on or after the day of its figures."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan.label}, {written(self.ends_on)}"

    @property
    def year(self) -> int:
        """The year whose figures are entered."""
        return self.ends_on.year

    @property
    def is_final(self) -> bool:
        """The figures are those of the whole year."""
        return (self.ends_on.month, self.ends_on.day) == (12, 31)

    def state_on(self, day: datetime.date) -> PeriodState:
        """Whether figures can be entered on the day. See also: PeriodQuerySet.open_on."""
        if self.is_locked or self.is_year_closed or day > self.closes_on:
            return PeriodState.CLOSED
        if day < self.opens_on:
            return PeriodState.TO_COME
        return PeriodState.REOPENED if self.reopening_reason else PeriodState.OPEN

    def is_open_on(self, day: datetime.date) -> bool:
        """Figures can be entered on the day."""
        return self.state_on(day) in PeriodState.writable


class Recording(PrintedValue):
    """The figure of an indicator in a period, from its draft to its validation.

    A draft keeps what was typed, also what cannot be read yet; what is sent can be read. Planning
    returns it with a reason or validates it, never who entered it; its validation writes the
    result (`indicators.Actual`). A validated figure is not changed: a correction is a new row that
    supersedes it, with a reason, and is then the current one of its period. `supplier` is the unit
    that supplied it (none: planning), `acted_for` the head for whom somebody else entered it,
    `submitted_for` the one for whom somebody else sent it, `version` counts the changes, so that
    nobody overwrites what he has not seen. Changed through `strategy.operations.recording` and
    `strategy.operations.validation`.
    """

    period = models.ForeignKey(
        MonitoringPeriod,
        on_delete=models.PROTECT,
        related_name="recordings",
        verbose_name=_("period of the monitoring"),
    )
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        related_name="recordings",
        verbose_name=_("indicator"),
    )
    supplier = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recordings",
        verbose_name=_("unit that supplies the figure"),
    )
    state = models.CharField(
        _("state"), max_length=12, choices=RecordingState, default=RecordingState.DRAFT
    )
    version = models.PositiveIntegerField(_("version"), default=1)
    numerator = models.CharField(_("numerator as typed"), max_length=MAX_VALUE, blank=True)
    denominator = models.CharField(_("denominator as typed"), max_length=MAX_VALUE, blank=True)
    numerator_value = models.DecimalField(
        _("numerator"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    denominator_value = models.DecimalField(
        _("denominator"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    forecast = models.CharField(
        _("forecast for 31 December"), max_length=8, choices=Forecast, blank=True
    )
    reason = models.TextField(_("reason of the deviation"), blank=True, max_length=MAX_TEXT)
    cause = models.CharField(
        _("cause of the deviation"), max_length=12, choices=DeviationCause, blank=True
    )
    corrective_action = models.TextField(_("corrective action"), blank=True, max_length=MAX_TEXT)
    note = models.TextField(_("note"), blank=True, max_length=MAX_TEXT)
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="recordings", verbose_name=_("entered by")
    )
    acted_for = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recordings_made_for",
        verbose_name=_("acted for"),
    )
    submitted_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recordings_submitted",
        verbose_name=_("sent by"),
    )
    submitted_for = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recordings_sent_for",
        verbose_name=_("sent for"),
    )
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recordings_reviewed",
        verbose_name=_("reviewed by"),
    )
    return_reason = models.TextField(_("why it was returned"), blank=True, max_length=MAX_TEXT)
    is_current = models.BooleanField(_("current"), default=True)
    supersedes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name=_("corrects"),
    )
    correction_reason = models.TextField(
        _("reason of the correction"), blank=True, max_length=MAX_TEXT
    )
    actual = models.OneToOneField(
        Actual,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recording",
        verbose_name=_("result"),
    )

    objects = RecordingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("recorded figure")
        verbose_name_plural = _("recorded figures")
        ordering = ["period", "indicator", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "indicator"],
                condition=Q(is_current=True),
                name="%(app_label)s_%(class)s_one_current_per_period_and_indicator",
                violation_error_message=_("This indicator already has its figure in this period."),
            ),
            models.CheckConstraint(
                condition=typed_columns_match(),
                name="%(app_label)s_%(class)s_typed_columns_match_kind",
                violation_error_message=_("The value does not match its kind."),
            ),
            models.CheckConstraint(
                condition=Q(numerator_value__isnull=True, denominator_value__isnull=True)
                | Q(numerator_value__isnull=False, denominator_value__isnull=False),
                name="%(app_label)s_%(class)s_numerator_and_denominator_together",
                violation_error_message=_("Numerator and denominator go together."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="%(app_label)s_%(class)s_sent_by_somebody",
                violation_error_message=_("What is sent is sent by somebody."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "validated"])
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="%(app_label)s_%(class)s_reviewed_by_somebody",
                violation_error_message=_("What is reviewed is reviewed by somebody."),
            ),
            models.CheckConstraint(
                condition=~Q(state="validated")
                | (~Q(reviewed_by=F("entered_by")) & ~Q(reviewed_by=F("submitted_by"))),
                name="%(app_label)s_%(class)s_not_validated_by_who_entered_it",
                violation_error_message=_("Who entered a figure does not validate it."),
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(return_reason=""),
                name="%(app_label)s_%(class)s_returned_with_a_reason",
                violation_error_message=_("Say why the figure is returned."),
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(correction_reason=""),
                name="%(app_label)s_%(class)s_corrected_with_a_reason",
                violation_error_message=_("Say why the validated figure is corrected."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}, {self.period_id}: {self.printed}"

    def clean(self) -> None:
        """What was sent can be read; a draft may not."""
        try:
            super().clean()
        except ValidationError:
            if self.state != RecordingState.DRAFT:
                raise
            self.take(replace(read(""), printed=self.printed))

    @property
    def answer(self) -> Answer:
        """What was typed, as it stands in the fields."""
        typed = {name: getattr(self, name) for name in FIELDS if name != "value"}
        value = "" if self.numerator or self.denominator else self.printed
        return Answer(value=value, **typed)

    @property
    def is_sent_by_another(self) -> bool:
        """Sent by somebody else than who entered it."""
        return self.submitted_by_id not in (None, self.entered_by_id)

    @property
    def is_writable(self) -> bool:
        """Who supplies it may still change it."""
        return self.state in RecordingState.writable


def evidence_path(evidence: Evidence, name: str) -> str:
    """Where a proof is kept: under a name that says nothing, one folder for each figure."""
    return f"evidence/{evidence.recording_id}/{uuid4().hex}{PurePath(name).suffix.lower()}"


class Evidence(models.Model):
    """A file that proves a figure: inspected when it comes, kept with its SHA-256, given out only
    to those who may see the figure and always to be saved, never opened in the browser. The
    correction of a figure has entries of its own, of the same stored files."""

    recording = models.ForeignKey(
        Recording,
        on_delete=models.PROTECT,
        related_name="evidence",
        verbose_name=_("recorded figure"),
    )
    file = models.FileField(_("file"), upload_to=evidence_path, max_length=200)
    name = models.CharField(_("name of the file"), max_length=120)
    content_type = models.CharField(_("kind of file"), max_length=100)
    size = models.PositiveIntegerField(_("size, bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    uploaded_at = models.DateTimeField(_("added at"))
    uploaded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="evidence", verbose_name=_("added by")
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("proof of a figure")
        verbose_name_plural = _("proofs of figures")
        ordering = ["recording", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recording", "sha256"],
                name="%(app_label)s_%(class)s_once_per_recording",
                violation_error_message=_("This file is there already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Reminder(models.Model):
    """A reminder that was sent to somebody about a period: the same one is not sent twice.

    `due_on` is the day on which the period closes as it was when it was sent: a period that is
    reopened reminds anew. Written by `strategy.operations.reminders` together with the sending.
    """

    period = models.ForeignKey(
        MonitoringPeriod,
        on_delete=models.CASCADE,
        related_name="reminders",
        verbose_name=_("period of the monitoring"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=ReminderKind)
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="reminders", verbose_name=_("sent to")
    )
    due_on = models.DateField(_("the period closes on"))
    subject = models.CharField(_("subject"), max_length=200)
    sent_at = models.DateTimeField(_("sent at"))

    class Meta:
        verbose_name = _("reminder sent")
        verbose_name_plural = _("reminders sent")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "kind", "user", "due_on"],
                name="%(app_label)s_%(class)s_sent_once",
                violation_error_message=_("This reminder was sent already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.user}"
