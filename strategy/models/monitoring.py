"""When the figures of a plan are entered."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from strategy.enums import PeriodState
from strategy.models.plan import Plan
from strategy.querysets import PeriodQuerySet


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
        return f"{self.plan.label}, {self.ends_on:%d.%m.%Y}"

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
        if self.is_locked or day > self.closes_on:
            return PeriodState.CLOSED
        if day < self.opens_on:
            return PeriodState.TO_COME
        return PeriodState.REOPENED if self.reopening_reason else PeriodState.OPEN

    def is_open_on(self, day: datetime.date) -> bool:
        """Figures can be entered on the day."""
        return self.state_on(day) in PeriodState.writable
