"""What the OIV writes: notes on a year, and what it found of a Relazione it was sent."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from indicators.models import Indicator
from organization.models import User
from strategy.models.closing import YEARS
from strategy.models.map import StrategicObjective
from strategy.models.plan import Plan
from strategy.models.report import ReportEdition, ReportValidation
from strategy.oversight_enums import CriterionAnswer, ValidationCriterion
from strategy.oversight_querysets import (
    CriterionFindingQuerySet,
    OversightNoteQuerySet,
    ReportExaminationQuerySet,
)
from strategy.report_enums import ReportOutcome


class OversightNote(models.Model):
    """A note of the OIV on a year of a plan, on one of its objectives or indicators, or the answer
    to one by planning or by the Secretary General.

    Its text never changes: what is wrong is withdrawn with the reason, stays readable, and is
    written anew. `subject_label` keeps what it is about as it was called then. Written through
    `strategy.operations.oversight`.
    """

    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="oversight_notes", verbose_name=_("plan")
    )
    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    objective = models.ForeignKey(
        StrategicObjective,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="oversight_notes",
        verbose_name=_("objective"),
    )
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="oversight_notes",
        verbose_name=_("indicator"),
    )
    subject_label = models.CharField(_("on what"), max_length=400, blank=True)
    text = models.TextField(_("text"), max_length=4000)
    answers = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name=_("answers to"),
    )
    written_at = models.DateTimeField(_("written at"))
    written_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="oversight_notes",
        verbose_name=_("written by"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="withdrawn_oversight_notes",
        verbose_name=_("withdrawn by"),
    )
    withdrawal_reason = models.TextField(_("why it was withdrawn"), blank=True, max_length=2000)

    objects = OversightNoteQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("note of the OIV")
        verbose_name_plural = _("notes of the OIV")
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="%(app_label)s_%(class)s_says_something",
                violation_error_message=_("Write the note."),
            ),
            models.CheckConstraint(
                condition=Q(objective__isnull=True) | Q(indicator__isnull=True),
                name="%(app_label)s_%(class)s_on_one_thing",
                violation_error_message=_("A note is about an objective or about an indicator."),
            ),
            models.CheckConstraint(
                condition=Q(
                    withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawal_reason=""
                )
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawal_reason=""),
                name="%(app_label)s_%(class)s_withdrawn_by_with_a_reason",
                violation_error_message=_("What is withdrawn says who, when and why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_label or self.year}: {self.text[:60]}"

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Never: what is wrong is withdrawn."""
        raise ValidationError(_("A note is never deleted: it is withdrawn."))

    @property
    def is_withdrawn(self) -> bool:
        """Was taken back."""
        return self.withdrawn_at is not None


class ReportExamination(models.Model):
    """What the OIV found of a Relazione it was sent, criterion by criterion, and what it is about
    to decide: the content of the minutes.

    Changed by the OIV until it has decided, then never again. See also: ReportValidation, which
    is the decision; the doors are those of `strategy.operations.examinations`.
    """

    edition = models.OneToOneField(
        ReportEdition,
        on_delete=models.PROTECT,
        related_name="examination",
        verbose_name=_("approved Relazione"),
    )
    meeting_on = models.DateField(_("day of the meeting"), null=True, blank=True)
    present = models.CharField(_("who was there"), max_length=300, blank=True)
    outcome = models.CharField(_("outcome"), max_length=16, choices=ReportOutcome, blank=True)
    notes = models.TextField(_("overall observations"), blank=True, max_length=10_000)
    saved_at = models.DateTimeField(_("saved at"))
    saved_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="report_examinations",
        verbose_name=_("saved by"),
    )

    objects = ReportExaminationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("examination of a Relazione")
        verbose_name_plural = _("examinations of Relazioni")
        ordering = ["-saved_at"]

    def __str__(self) -> str:
        return f"{self.edition}: {self.get_outcome_display() or '–'}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Until the OIV has decided; then never again."""
        refuse_decided(self.edition_id)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Likewise."""
        refuse_decided(self.edition_id)
        return super().delete(*args, **kwargs)


class CriterionFinding(models.Model):
    """What the OIV found of one criterion of the validation; empty until it is answered."""

    examination = models.ForeignKey(
        ReportExamination,
        on_delete=models.CASCADE,
        related_name="findings",
        verbose_name=_("examination"),
    )
    criterion = models.CharField(_("criterion"), max_length=12, choices=ValidationCriterion)
    answer = models.CharField(_("answer"), max_length=8, choices=CriterionAnswer, blank=True)
    observation = models.TextField(_("observation"), blank=True, max_length=2000)

    objects = CriterionFindingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("finding on a criterion")
        verbose_name_plural = _("findings on criteria")
        ordering = ["examination", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["examination", "criterion"],
                name="%(app_label)s_%(class)s_once_per_examination",
                violation_error_message=_("This criterion is answered already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_criterion_display()}: {self.get_answer_display() or '–'}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As its examination: until the OIV has decided."""
        refuse_decided(self.examination.edition_id)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Likewise."""
        refuse_decided(self.examination.edition_id)
        return super().delete(*args, **kwargs)


def refuse_decided(edition_id: int) -> None:
    """Refuse what would change the examination of an approval the OIV has decided of."""
    if ReportValidation.objects.filter(edition_id=edition_id).exists():
        raise ValidationError(
            _("The OIV has decided: its examination does not change any more."), code="decided"
        )
