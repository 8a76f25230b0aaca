"""What happens when a step of an actor of agile work is written down (5.3)."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization import audit, clock
from organization.models import User
from organization.operations import refuse_unless_permitted
from pola.enums import ConsultationPhase, ConsultedActor
from pola.models import AgileConsultation
from strategy.evidence import Received


@transaction.atomic
def record_consultation(
    *,
    actor: ConsultedActor | str,
    phase: ConsultationPhase | str,
    held_on: datetime.date,
    outcome: str,
    file: Received | None = None,
    by: User,
    at: datetime.datetime | None = None,
) -> AgileConsultation:
    """Write down what an actor said or decided, with its file, and record
    `agile_consultation.recorded`.

    Refuses whoever is neither of planning nor of HR, and a day to come.
    """
    consultation = AgileConsultation(
        actor=actor,
        phase=phase,
        held_on=held_on,
        outcome=outcome,
        recorded_at=at or timezone.now(),
        recorded_by_label=str(by),
    )
    refuse_unless_permitted("pola.record_consultation", consultation, by)
    if held_on > clock.today():
        raise ValidationError({"held_on": _("This day has yet to come.")})
    consultation.full_clean()
    if file is not None:
        consultation.file_name, consultation.content_type = file.name, file.content_type
        consultation.sha256 = file.sha256
        consultation.file.save(file.name, ContentFile(file.content), save=False)
    consultation.save(force_insert=True)
    after = {"held_on": held_on.isoformat(), "outcome": outcome}
    audit.record("agile_consultation.recorded", target=consultation, by=by, at=at, after=after)
    return consultation
