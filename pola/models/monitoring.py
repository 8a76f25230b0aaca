"""The monitoring of agile work: what each did in a month, which computed figures were taken."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from indicators.models import Actual, Indicator
from organization.days import written
from organization.models import Person
from pola.enums import SheetState, WorkGrade
from pola.monitoring_querysets import ActivitySheetQuerySet, FigureDecisionQuerySet

# What is written and how it is evaluated stays between the person, who leads and HR: the history
# and the administration keep only where a sheet stood.
WORDS = [
    "objectives",
    "output",
    "quality",
    "return_reason",
    "quantity_grade",
    "quality_grade",
    "evaluation",
]


class ActivitySheet(models.Model):
    """What a person did in a month of agile work, written by the person, evaluated by the head
    (art. 13): objectives, output, quality.

    One for each person and month. Sent, it is the head's; given back, it is the person's again;
    evaluated, it stays. Changed through `pola.operations.sheets`.
    """

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="activity_sheets", verbose_name=_("person")
    )
    month = models.DateField(_("month"), help_text=_("Its first day"))
    objectives = models.TextField(_("objectives of the month"), max_length=4000, blank=True)
    output = models.TextField(_("what was done"), max_length=4000, blank=True)
    quality = models.TextField(_("quality and difficulties"), max_length=4000, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=SheetState, default=SheetState.DRAFT
    )
    version = models.PositiveIntegerField(_("version"), default=1)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    sent_by_label = models.CharField(_("sent by"), max_length=200, blank=True)
    return_reason = models.TextField(_("why it was given back"), max_length=1000, blank=True)
    quantity_grade = models.CharField(
        _("quantity of the work"), max_length=8, choices=WorkGrade, blank=True
    )
    quality_grade = models.CharField(
        _("quality of the work"), max_length=8, choices=WorkGrade, blank=True
    )
    evaluation = models.TextField(_("evaluation"), max_length=2000, blank=True)
    evaluated_at = models.DateTimeField(_("evaluated at"), null=True, blank=True)
    evaluated_by_label = models.CharField(_("evaluated by"), max_length=200, blank=True)
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    objects = ActivitySheetQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=WORDS)

    class Meta:
        verbose_name = _("activity sheet")
        verbose_name_plural = _("activity sheets")
        ordering = ["-month", "person"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "month"],
                name="%(app_label)s_%(class)s_once_per_person_and_month",
                violation_error_message=_("This person already has a sheet for this month."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="%(app_label)s_%(class)s_is_a_first_day",
                violation_error_message=_("A month is written as its first day."),
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, sent_by_label="", state=SheetState.DRAFT)
                | (Q(sent_at__isnull=False) & ~Q(sent_by_label="")),
                name="%(app_label)s_%(class)s_sent_when_and_by_whom",
                violation_error_message=_("A sheet that was sent says when and by whom."),
            ),
            models.CheckConstraint(
                condition=~Q(state=SheetState.EVALUATED)
                & Q(evaluated_at__isnull=True, evaluated_by_label="")
                | Q(state=SheetState.EVALUATED, evaluated_at__isnull=False)
                & ~Q(evaluated_by_label="")
                & ~Q(quantity_grade="")
                & ~Q(quality_grade=""),
                name="%(app_label)s_%(class)s_evaluated_with_both_grades",
                violation_error_message=_(
                    "An evaluation says quantity and quality, when and by whom."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.month:%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("pola:sheet-detail", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        """The person may still change it."""
        return self.state == SheetState.DRAFT


class FigureDecision(models.Model):
    """What planning decided of a figure computed from agreements and days: taken as the result of
    its indicator, or declined with a reason.

    `arithmetic` is how it was computed, in words and numbers, as it was shown. Never changed.
    """

    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        related_name="figure_decisions",
        verbose_name=_("indicator"),
    )
    measured_on = models.DateField(_("measured on"))
    printed = models.CharField(_("figure"), max_length=80)
    arithmetic = models.TextField(_("how it is computed"), max_length=500)
    is_accepted = models.BooleanField(_("accepted"))
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    actual = models.ForeignKey(
        Actual,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="figure_decisions",
        verbose_name=_("result"),
    )
    decided_at = models.DateTimeField(_("decided at"))
    decided_by_label = models.CharField(_("decided by"), max_length=200)

    objects = FigureDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on a computed figure")
        verbose_name_plural = _("decisions on computed figures")
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_accepted=True, actual__isnull=False)
                | (Q(is_accepted=False, actual__isnull=True) & ~Q(reason="")),
                name="%(app_label)s_%(class)s_result_or_reason",
                violation_error_message=_(
                    "A figure that is taken has its result, one that is declined its reason."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {written(self.measured_on)}: {self.printed}"
