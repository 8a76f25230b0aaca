"""The tree of the plan: perspective, objective, action; POLA's programme (5.4) uses it too."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from strategy.enums import MapKind
from strategy.models.plan import Plan
from strategy.querysets import ActionQuerySet, ObjectiveQuerySet, PerspectiveQuerySet


class Perspective(models.Model):
    """One of the four points of view of the balanced scorecard; in the POLA tree, a dimension."""

    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="perspectives", verbose_name=_("plan")
    )
    chart = models.CharField(_("tree"), max_length=10, choices=MapKind, default=MapKind.STRATEGY)
    name = models.CharField(_("name as printed"), max_length=160)
    position = models.PositiveSmallIntegerField(_("position"))

    objects = PerspectiveQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("perspective")
        verbose_name_plural = _("perspectives")
        ordering = ["plan", "-chart", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "chart", "name"],
                name="%(app_label)s_%(class)s_name_once_per_tree",
                violation_error_message=_("This plan already has a perspective of this name."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("strategy:perspective-detail", args=[self.plan.first_year, self.pk])

    @property
    def title(self) -> str:
        """The printed capitals as a heading for the screen."""
        return self.name.capitalize() if self.name.isupper() else self.name


class StrategicObjective(models.Model):
    """An objective of a perspective (1.1 ... 4.1); in the POLA tree, an area without code.

    `map_name` is the wording of the map of section 3.1 where it differs from the dashboards.
    `mission` is the national mission of the MiSE it belongs to, when the plan states one.
    """

    perspective = models.ForeignKey(
        Perspective,
        on_delete=models.PROTECT,
        related_name="objectives",
        verbose_name=_("perspective"),
    )
    code = models.CharField(_("code"), max_length=8, blank=True)
    name = models.CharField(_("name"), max_length=200)
    map_name = models.CharField(_("name on the map"), max_length=200, blank=True)
    mission = models.CharField(_("MiSE mission"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("position"))

    objects = ObjectiveQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("strategic objective")
        verbose_name_plural = _("strategic objectives")
        ordering = ["perspective", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["perspective", "code"],
                condition=~Q(code=""),
                name="%(app_label)s_%(class)s_code_once_per_perspective",
                violation_error_message=_(
                    "This perspective already has an objective with this code."
                ),
            ),
            models.UniqueConstraint(
                fields=["perspective", "name"],
                name="%(app_label)s_%(class)s_name_once_per_perspective",
                violation_error_message=_(
                    "This perspective already has an objective of this name."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.heading

    def get_absolute_url(self) -> str:
        return reverse(
            "strategy:objective-detail", args=[self.perspective.plan.first_year, self.pk]
        )

    @property
    def heading(self) -> str:
        """Code and name as the dashboards print them: 1.1 Attrattività del territorio."""
        return f"{self.code} {self.name}".strip()


class Action(models.Model):
    """What is done for an objective; in the POLA tree, an objective of the programme."""

    objective = models.ForeignKey(
        StrategicObjective,
        on_delete=models.PROTECT,
        related_name="actions",
        verbose_name=_("objective"),
    )
    name = models.CharField(_("name"), max_length=400)
    position = models.PositiveSmallIntegerField(_("position"))

    objects = ActionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["objective", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["objective", "name"],
                name="%(app_label)s_%(class)s_name_once_per_objective",
                violation_error_message=_("This objective already has this action."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
