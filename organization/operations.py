"""What happens when somebody is appointed, and when the appointment ends."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from organization.audit import record
from organization.enums import Role
from organization.models import Appointment, Person, Unit, User


def refuse_unless_permitted(permission: str, target: models.Model, by: User | None) -> None:
    """A load acts for nobody (`by` is None); a person needs the right at the moment of the act."""
    if by is not None and not by.has_perm(permission, target):
        raise PermissionDenied(_("You have no right to do this."))


def _as_text(appointment: Appointment) -> dict[str, Any]:
    """The appointment as the trace keeps it."""
    return {
        "person": str(appointment.person),
        "role": appointment.role,
        "unit": appointment.unit.slug,
        "starts_on": appointment.starts_on.isoformat(),
        "ends_on": appointment.ends_on.isoformat() if appointment.ends_on else "",
    }


@transaction.atomic
def appoint(
    *,
    person: Person,
    role: Role,
    unit: Unit,
    starts_on: datetime.date,
    ends_on: datetime.date | None = None,
    by: User | None,
    at: datetime.datetime | None = None,
) -> Appointment:
    """Give a person a role in a unit from a day on, and record `appointment.made`.

    Refuses whoever may not appoint, a person who has left by that day, a role the person already
    holds there, and a second head of the same unit.
    """
    refuse_unless_permitted("organization.appoint", person, by)
    if person.left_on is not None and person.left_on <= starts_on:
        raise ValidationError({"person": _("This person has left by that day.")})
    appointment = Appointment(
        person=person, role=role, unit=unit, starts_on=starts_on, ends_on=ends_on
    )
    appointment.full_clean()
    appointment.save(force_insert=True)
    record("appointment.made", target=appointment, by=by, at=at, after=_as_text(appointment))
    return appointment


@transaction.atomic
def end_appointment(
    *,
    appointment: Appointment,
    ends_on: datetime.date,
    by: User | None,
    at: datetime.datetime | None = None,
) -> Appointment:
    """Set the last day of an open appointment, and record `appointment.ended`.

    Refuses whoever may not, one that already has its last day, and a last day before the first.
    """
    refuse_unless_permitted("organization.end_appointment", appointment, by)
    before = Appointment.objects.select_related("person", "unit").get(pk=appointment.pk)
    if before.ends_on is not None:
        raise ValidationError({"ends_on": _("This appointment already has its last day.")})
    appointment.ends_on = ends_on
    appointment.full_clean()
    appointment.save(update_fields=["ends_on"])
    record(
        "appointment.ended",
        target=appointment,
        by=by,
        at=at,
        before=_as_text(before),
        after=_as_text(appointment),
    )
    return appointment
