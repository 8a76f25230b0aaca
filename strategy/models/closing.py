"""How a year of a plan is closed: what was decided of missing results, the closing, a reopening."""

from __future__ import annotations

import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from indicators.enums import Treatment
from indicators.models import Indicator
from organization.days import written
from organization.models import Kept, User
from strategy.models.acted import KeptData
from strategy.models.plan import Plan
from strategy.monitoring_enums import ResolutionState
from strategy.monitoring_querysets import ResolutionQuerySet, YearClosingQuerySet

YEARS = (MinValueValidator(2000), MaxValueValidator(2100))


class Resolution(models.Model):
    """What is decided of an indicator that should be measured in a year and is not.

    An exclusion is proposed with its reason by planning or by the head of the unit that supplies
    the figure, and counts once the Secretary General, another person, has approved it. Counting
    zero needs nobody's approval. One decision stands at a time; a result that comes in later
    takes its place by itself. Changed through `strategy.operations.resolutions`.
    """

    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="resolutions", verbose_name=_("plan")
    )
    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        related_name="resolutions",
        verbose_name=_("indicator"),
    )
    treatment = models.CharField(_("what is decided"), max_length=8, choices=Treatment)
    reason = models.TextField(_("reason"), blank=True, max_length=2000)
    state = models.CharField(_("state"), max_length=9, choices=ResolutionState)
    proposed_at = models.DateTimeField(_("proposed at"))
    proposed_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="proposed_resolutions",
        verbose_name=_("proposed by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decided_resolutions",
        verbose_name=_("decided by"),
    )

    objects = ResolutionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("decision on a missing result")
        verbose_name_plural = _("decisions on missing results")
        ordering = ["plan", "year", "proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "year", "indicator"],
                condition=Q(state__in=["proposed", "in_force"]),
                name="%(app_label)s_%(class)s_one_stands_per_indicator_and_year",
                violation_error_message=_("Something is already decided of this indicator."),
            ),
            models.CheckConstraint(
                condition=~Q(treatment=Treatment.EXCLUDED) | ~Q(reason=""),
                name="%(app_label)s_%(class)s_exclusion_has_its_reason",
                violation_error_message=_("Say why the indicator is excluded from the year."),
            ),
            models.CheckConstraint(
                condition=~Q(treatment=Treatment.EXCLUDED, state="in_force")
                | Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by")),
                name="%(app_label)s_%(class)s_exclusion_approved_by_another",
                violation_error_message=_(
                    "An exclusion is approved by somebody else than who proposed it."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(treatment=Treatment.ZERO) | Q(state__in=["in_force", "withdrawn"]),
                name="%(app_label)s_%(class)s_zero_is_not_proposed",
                violation_error_message=_("Counting zero needs no approval."),
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="%(app_label)s_%(class)s_decision_at_and_by_together",
                violation_error_message=_("A decision has its moment and its person."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}, {self.year}: {self.get_treatment_display()}"


class YearClosing(KeptData):
    """A year of a plan as it was closed: every value, weight, band and mean, never changed again.

    The snapshot is canonical JSON (strategy.year_data); `indicator_ids` are the indicators whose
    results of the year are locked by it. A year closed again after a reopening is a new closing;
    the old one stays. Made only by `strategy.operations.close_year`; the database refuses changes
    and deletions.
    """

    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="closings", verbose_name=_("plan")
    )
    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    number = models.PositiveSmallIntegerField(_("number of the closing"))
    closed_at = models.DateTimeField(_("closed at"))
    closed_by_label = models.CharField(_("closed by"), max_length=200)
    formula_version = models.PositiveSmallIntegerField(_("version of the formulas"))
    indicator_ids = models.JSONField(_("indicators closed"), default=list, blank=True)

    objects = YearClosingQuerySet.as_manager()

    class Meta:
        verbose_name = _("closing of a year")
        verbose_name_plural = _("closings of years")
        ordering = ["plan", "-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "year", "number"],
                name="%(app_label)s_%(class)s_number_once_per_plan_and_year",
                violation_error_message=_("This year has already been closed."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="%(app_label)s_%(class)s_numbered_from_one",
                violation_error_message=_("Closings are numbered from one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan.label}, {self.year} ({self.number})"

    def get_absolute_url(self) -> str:
        return reverse("strategy:year-closing", args=[self.plan.first_year, self.year])

    @property
    def closed_on(self) -> datetime.date:
        """The day of the closing."""
        return timezone.localdate(self.closed_at)

    @property
    def is_superseded(self) -> bool:
        """The year was opened again after it; see also: YearClosingQuerySet.standing."""
        return hasattr(self, "reopening")


class YearReopening(Kept):
    """Why a closed year was opened again, by whom and when: its results can be entered anew.

    The closing stays as it was; the year is closed again by a new one. Never changed or deleted.
    """

    closing = models.OneToOneField(
        YearClosing, on_delete=models.PROTECT, related_name="reopening", verbose_name=_("closing")
    )
    reason = models.TextField(_("reason"), max_length=4000)
    reopened_at = models.DateTimeField(_("reopened at"))
    reopened_by_label = models.CharField(_("reopened by"), max_length=200)

    class Meta:
        verbose_name = _("reopening of a year")
        verbose_name_plural = _("reopenings of years")
        ordering = ["reopened_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="%(app_label)s_%(class)s_has_its_reason",
                violation_error_message=_("Say why the year is opened again."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.closing}, {written(self.reopened_at)}"
