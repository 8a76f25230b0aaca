"""An office small enough to read: who asks, who decides, who checks, who must not know."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from organization.enums import Role, StaffCategory, UnitKind
from organization.models import Appointment, AuditEvent, Unit, User
from tests import factories

DAY = datetime.date(2021, 2, 15)
SECRETS = ("L. 104", "L. 68", "fragile", "maternit", "disabilit", "Nota riservata")


@dataclass
class Office:
    """An area with its service; the Secretary General above."""

    area: Unit
    service: Unit
    employee: User
    head: User
    dirigente: User
    secretary: User
    hr: User


def office() -> Office:
    """The office, whose Secretary General is the only one."""
    others = Appointment.objects.filter(role=Role.SECRETARY_GENERAL)
    others.update(ends_on=datetime.date(2021, 1, 1))
    top = factories.unit(kind=UnitKind.SECRETARY_GENERAL)
    area = factories.unit(kind=UnitKind.AREA, parent=top)
    service = factories.unit(parent=area)

    def post(unit, role=None, **given) -> User:
        made = factories.user(person=factories.person(unit=unit, **given))
        if role:
            factories.appointment(person=made.person, unit=unit, role=role)
        return made

    return Office(
        area=area,
        service=service,
        employee=post(service),
        head=post(service, Role.UNIT_HEAD),
        dirigente=post(area, Role.DIRIGENTE, category=StaffCategory.DIRIGENTI),
        secretary=post(top, Role.SECRETARY_GENERAL, category=StaffCategory.DIRIGENTI),
        hr=post(factories.unit(parent=top), Role.HR),
    )


def verbs(target) -> list[str]:
    """What was recorded about something, the oldest first."""
    return [event.verb for event in AuditEvent.objects.about(target).order_by("pk")]


def again(user: User) -> User:
    """The account as a new request reads it."""
    return User.objects.get(pk=user.pk)
