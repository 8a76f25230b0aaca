"""What happens to a plan on its way to the act: who was heard, when, with which outcome."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organization.days import written
from strategy.enums import ConsultationOutcome, ConsultedBody
from strategy.models.plan import Plan


class Consultation(models.Model):
    """What a body heard on a revision of the plan said, before the proposal.

    Trade unions and RSU are informed, CUG and OIV give an opinion. Recorded by planning through
    `strategy.operations` while the plan is in consultation; kept with the plan for ever.
    """

    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="consultations", verbose_name=_("plan")
    )
    revision = models.PositiveSmallIntegerField(_("revision"))
    body = models.CharField(_("body heard"), max_length=10, choices=ConsultedBody)
    held_on = models.DateField(_("date"))
    outcome = models.CharField(_("outcome"), max_length=12, choices=ConsultationOutcome)
    note = models.TextField(_("note"), blank=True, max_length=4000)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by_label = models.CharField(_("recorded by"), max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("consultation on the plan")
        verbose_name_plural = _("consultations on the plan")
        ordering = ["plan", "-revision", "held_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["favourable", "no_reply"]) | ~Q(note=""),
                name="%(app_label)s_%(class)s_remarks_are_written",
                violation_error_message=_("Write what was remarked."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_body_display()}, {written(self.held_on)}"
