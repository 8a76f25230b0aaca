"""Why a result misses its target, written where its recording does not say it."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from indicators.models import Indicator
from organization.models import User
from strategy.models.plan import Plan
from strategy.monitoring_enums import DeviationCause


class DeviationReason(models.Model):
    """Why an indicator is off target in a year, with its cause and what is done about it.

    What was sent with a recorded figure stands by itself; this is written when it says nothing, or
    when the year has no periods (the one before the triennium), and comes before it. Until the
    year is closed it is changed through `strategy.operations.explain_deviation`.
    """

    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="deviation_reasons", verbose_name=_("plan")
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        related_name="deviation_reasons",
        verbose_name=_("indicator"),
    )
    reason = models.TextField(_("reason of the deviation"), max_length=2000)
    cause = models.CharField(_("cause of the deviation"), max_length=12, choices=DeviationCause)
    corrective_action = models.TextField(_("corrective action"), blank=True, max_length=2000)
    written_at = models.DateTimeField(_("written at"))
    written_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="deviation_reasons",
        verbose_name=_("written by"),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("reason of a deviation")
        verbose_name_plural = _("reasons of deviations")
        ordering = ["plan", "year", "indicator"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "year", "indicator"],
                name="%(app_label)s_%(class)s_once_per_indicator_and_year",
                violation_error_message=_("This deviation already has its reason."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="%(app_label)s_%(class)s_is_written",
                violation_error_message=_("Write why the target is missed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}, {self.year}: {self.get_cause_display()}"
