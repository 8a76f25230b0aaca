"""Who was heard or acted on the plan of agile work, when, with which outcome (5.3)."""

from __future__ import annotations

from pathlib import PurePath
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organization.days import written
from pola.enums import ConsultationPhase, ConsultedActor
from pola.register_querysets import AgileConsultationQuerySet


def consultation_path(consultation: AgileConsultation, name: str) -> str:
    """Where the file of a consultation is kept: under a name that says nothing."""
    return f"consultations/{uuid4().hex}{PurePath(name).suffix.lower()}"


class AgileConsultation(models.Model):
    """A step of an actor of 5.3: held on a day, with its outcome and its file; never changed.

    The consultation of a revision of the plan (unions, CUG, OIV) is another thing and stands with
    the plan; here also who decides and who is concerned have their steps, also once agile work
    runs. Door: pola.operations.consultations.
    """

    actor = models.CharField(_("who"), max_length=18, choices=ConsultedActor)
    phase = models.CharField(_("phase"), max_length=8, choices=ConsultationPhase)
    held_on = models.DateField(_("date"))
    outcome = models.TextField(
        _("outcome"), max_length=2000, help_text=_("What was said, asked or decided, in short")
    )
    file = models.FileField(_("file"), upload_to=consultation_path, max_length=200, blank=True)
    file_name = models.CharField(_("name of the file"), max_length=120, blank=True)
    content_type = models.CharField(_("kind of file"), max_length=100, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by_label = models.CharField(_("recorded by"), max_length=200)

    objects = AgileConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation on agile work")
        verbose_name_plural = _("consultations on agile work")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome=""),
                name="%(app_label)s_%(class)s_outcome_is_written",
                violation_error_message=_("Write the outcome."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_actor_display()}, {written(self.held_on)}"
