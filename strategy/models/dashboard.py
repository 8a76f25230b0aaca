"""Dashboards: which indicators stand on which objective, for whom, in which order and weight."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from indicators.models import Indicator
from organization.models import Unit
from strategy.enums import DashboardKind, MapKind
from strategy.models.map import Action
from strategy.models.plan import Plan
from strategy.querysets import DashboardQuerySet, RowQuerySet


class Dashboard(models.Model):
    """The dashboard (cruscotto) of the ente, of a unit, of the Secretary General, of a dirigente.

    `heading` is the title as printed, `code` the short sign shown beside indicators (AG, SG, DIR).
    """

    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="dashboards", verbose_name=_("plan")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=DashboardKind)
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="dashboards",
        verbose_name=_("unit"),
    )
    heading = models.CharField(_("heading as printed"), max_length=160)
    code = models.CharField(_("code"), max_length=8, blank=True)
    slug = models.SlugField(_("address name"))
    position = models.PositiveSmallIntegerField(_("position"))

    objects = DashboardQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("dashboard")
        verbose_name_plural = _("dashboards")
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "slug"],
                name="%(app_label)s_%(class)s_slug_once_per_plan",
                violation_error_message=_("This plan already has a dashboard at this address."),
            ),
            models.UniqueConstraint(
                fields=["plan", "kind"],
                condition=Q(kind__in=[DashboardKind.STRATEGIC, DashboardKind.POLA]),
                name="%(app_label)s_%(class)s_one_of_the_ente_per_plan",
                violation_error_message=_("A plan has one strategic dashboard."),
            ),
            models.UniqueConstraint(
                fields=["plan", "unit"],
                condition=Q(unit__isnull=False),
                name="%(app_label)s_%(class)s_one_per_unit_and_plan",
                violation_error_message=_("This unit already has its dashboard in this plan."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[DashboardKind.STRATEGIC, DashboardKind.POLA])
                | Q(unit__isnull=False),
                name="%(app_label)s_%(class)s_cascaded_ones_have_a_unit",
                violation_error_message=_("Say whose dashboard this is."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        if self.kind == DashboardKind.STRATEGIC:
            return reverse("strategy:strategic-dashboard", args=[self.plan.first_year])
        return reverse("strategy:dashboard-detail", args=[self.plan.first_year, self.slug])

    @property
    def edit_url(self) -> str:
        """Where its cells are written in."""
        if self.kind == DashboardKind.STRATEGIC:
            return reverse("strategy:strategic-dashboard-edit", args=[self.plan.first_year])
        return reverse("strategy:dashboard-edit", args=[self.plan.first_year, self.slug])

    @property
    def sign(self) -> str:
        """The letters shown beside indicators; its name where it has none."""
        return self.code or self.title

    @property
    def chart(self) -> MapKind:
        """The tree on whose actions its rows stand."""
        return MapKind.POLA if self.kind == DashboardKind.POLA else MapKind.STRATEGY

    @property
    def title(self) -> str:
        """The name for the screen: the unit's own for a unit, else whose dashboard it is."""
        if self.kind == DashboardKind.UNIT and self.unit:
            return self.unit.name
        return str(self.get_kind_display())


class DashboardRow(models.Model):
    """One indicator standing on an action of a dashboard, with order and weight.

    The same indicator on many dashboards is many rows of one indicator: its values are those of
    the indicator. `printed_name` is filled only where a dashboard prints the name differently.
    `weight` is relative (1 by default, two decimals); monitoring years never weigh.
    """

    dashboard = models.ForeignKey(
        Dashboard, on_delete=models.CASCADE, related_name="rows", verbose_name=_("dashboard")
    )
    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, related_name="rows", verbose_name=_("action")
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="rows", verbose_name=_("indicator")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    weight = models.DecimalField(
        _("weight"),
        max_digits=6,
        decimal_places=2,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    printed_name = models.CharField(_("name as printed here"), max_length=500, blank=True)

    objects = RowQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("dashboard row")
        verbose_name_plural = _("dashboard rows")
        ordering = ["dashboard", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["dashboard", "indicator"],
                name="%(app_label)s_%(class)s_indicator_once_per_dashboard",
                violation_error_message=_("This dashboard already shows this indicator."),
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0),
                name="%(app_label)s_%(class)s_weight_above_zero",
                violation_error_message=_("A weight is above zero."),
            ),
        ]

    def __str__(self) -> str:
        return self.printed_name or str(self.indicator)
