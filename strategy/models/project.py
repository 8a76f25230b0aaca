"""Projects: the sheet of each, its activities, what came out of them (section 3.2)."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from indicators.enums import Availability, TargetKind
from indicators.models import Indicator, PrintedValue, typed_columns_match
from organization.models import Person, User
from strategy.models.plan import Plan
from strategy.querysets import ProjectActivityQuerySet, ProjectSheetQuerySet


class ProjectSheet(models.Model):
    """The sheet (scheda progetto) of an indicator that measures a project, once in each plan.

    One person answers for the project, others may answer for its activities. A sheet exists for
    every project that the plan names and is empty until planning writes its activities: none is
    ever invented. `version` counts the changes of its own facts: who saves an older one is told.
    """

    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="project_sheets", verbose_name=_("plan")
    )
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        related_name="project_sheets",
        verbose_name=_("indicator"),
    )
    responsible = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("who answers for the project"),
    )
    purpose = models.TextField(_("purpose"), blank=True, max_length=4000)
    notes = models.TextField(_("notes"), blank=True, max_length=4000)
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = ProjectSheetQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("sheet of a project")
        verbose_name_plural = _("sheets of the projects")
        ordering = ["plan", "indicator"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "indicator"],
                name="%(app_label)s_%(class)s_once_per_plan_and_indicator",
                violation_error_message=_("This project already has its sheet in this plan."),
            ),
        ]

    def __str__(self) -> str:
        return self.indicator.name

    def get_absolute_url(self) -> str:
        return reverse("strategy:project-detail", args=[self.plan.first_year, self.pk])


class ProjectActivity(PrintedValue):
    """An activity of a project, with its own target in the notation of the plan (P7).

    The columns of the value are those of its target, which must be something that can be measured.
    `weight` is relative (1 by default, two decimals); `version` counts the changes, those of the
    results too. Changed through `strategy.operations`.
    """

    sheet = models.ForeignKey(
        ProjectSheet,
        on_delete=models.CASCADE,
        related_name="activities",
        verbose_name=_("project sheet"),
    )
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=300)
    responsible = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="project_activities",
        verbose_name=_("who answers for the activity"),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    weight = models.DecimalField(
        _("weight"),
        max_digits=6,
        decimal_places=2,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = ProjectActivityQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("activity of a project")
        verbose_name_plural = _("activities of the projects")
        ordering = ["sheet", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "name"],
                name="%(app_label)s_%(class)s_name_once_per_sheet",
                violation_error_message=_("This project already has an activity of this name."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="%(app_label)s_%(class)s_has_a_name",
                violation_error_message=_("An activity needs a name."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_it_starts",
                violation_error_message=_("An activity ends on or after the day it starts."),
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0),
                name="%(app_label)s_%(class)s_weight_above_zero",
                violation_error_message=_("A weight is above zero."),
            ),
            models.CheckConstraint(
                condition=typed_columns_match(),
                name="%(app_label)s_%(class)s_typed_columns_match_kind",
                violation_error_message=_("The value does not match its kind."),
            ),
            models.CheckConstraint(
                condition=Q(availability=Availability.STATED) & ~Q(kind=TargetKind.TEXT),
                name="%(app_label)s_%(class)s_target_can_be_measured",
                violation_error_message=_("An activity needs a target that can be measured."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ActivityResult(PrintedValue):
    """What came out of an activity at a date, as who recorded it wrote it.

    A row is never changed: a correction is a new row, the last one stands, and an empty one takes
    the result back.
    """

    activity = models.ForeignKey(
        ProjectActivity,
        on_delete=models.CASCADE,
        related_name="results",
        verbose_name=_("activity of a project"),
    )
    measured_on = models.DateField(_("measured on"))
    note = models.TextField(_("note"), blank=True, max_length=2000)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="activity_results",
        verbose_name=_("recorded by"),
    )
    recorded_by_label = models.CharField(_("recorded by"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("result of an activity")
        verbose_name_plural = _("results of the activities")
        ordering = ["activity", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=typed_columns_match(),
                name="%(app_label)s_%(class)s_typed_columns_match_kind",
                violation_error_message=_("The value does not match its kind."),
            ),
            models.CheckConstraint(
                condition=Q(availability=Availability.NOT_FILLED)
                | Q(availability=Availability.STATED) & ~Q(kind=TargetKind.TEXT),
                name="%(app_label)s_%(class)s_is_a_value_or_taken_back",
                violation_error_message=_("A result is a value, or is left empty."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.printed}"
