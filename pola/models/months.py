"""The months of agile work that were lived, as the plan prints them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from pola.querysets import AgileMonthQuerySet


class AgileMonth(models.Model):
    """A month of agile work in the whole Chamber (table 5.1.2): people at month end, days, mean.

    `potential` are the employees whose work can be done remotely, `effective` those who did it.
    The mean of days a week per worker is kept as printed.
    """

    month = models.DateField(_("month"), unique=True, help_text=_("Its first day"))
    employees = models.PositiveSmallIntegerField(_("employees"))
    potential = models.PositiveSmallIntegerField(_("employees who can work remotely"))
    effective = models.PositiveSmallIntegerField(_("effective agile workers"))
    days = models.PositiveIntegerField(_("agile days"))
    mean_days_per_week = models.CharField(_("mean days a week, as printed"), max_length=8)

    objects = AgileMonthQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("month of agile work")
        verbose_name_plural = _("months of agile work")
        ordering = ["month"]
        constraints = [
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="%(app_label)s_%(class)s_is_a_first_day",
                violation_error_message=_("A month is written as its first day."),
            ),
            models.CheckConstraint(
                condition=Q(effective__lte=F("potential")) & Q(potential__lte=F("employees")),
                name="%(app_label)s_%(class)s_effective_potential_employees",
                violation_error_message=_(
                    "Effective workers are at most the potential ones, and these the employees."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%m.%Y}"
