"""Days on which nobody, or one person, works: closures of the office, absences."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organization.days import written
from organization.models import Person, Unit
from pola.day_querysets import AbsenceQuerySet, ClosureQuerySet


class Closure(models.Model):
    """Days, both included, on which the Chamber or a unit with all below it is closed.

    No agile work is asked on them. Door: pola.operations.
    """

    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="closures",
        verbose_name=_("unit"),
        help_text=_("Leave it empty when the whole Chamber is closed."),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    reason = models.CharField(_("reason"), max_length=160)

    objects = ClosureQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("closure of the office")
        verbose_name_plural = _("closures of the office")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_it_starts",
                violation_error_message=_("A closure ends on or after the day it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason}, {written(self.starts_on)}-{written(self.ends_on)}"


class Absence(models.Model):
    """Days, both included, on which a person is absent from work; why is not kept (art. 4).

    No agile work is asked on them. Door: pola.operations.
    """

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="absences", verbose_name=_("person")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by_label = models.CharField(_("recorded by"), max_length=200)

    objects = AbsenceQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("absence from work")
        verbose_name_plural = _("absences from work")
        ordering = ["-starts_on", "person"]
        indexes = [models.Index(fields=["person", "ends_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_it_starts",
                violation_error_message=_("An absence ends on or after the day it starts."),
            ),
        ]

    def __str__(self) -> str:
        # Read wherever the row is named, in the register of acts too: never who nor when.
        return gettext("Absence from work")
