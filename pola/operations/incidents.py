"""What happens when somebody reports an accident or a problem, and when HR writes what was done.

The trace says that there is a report and of which day: not of whom, not what (accidents tell of
health).
"""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization import audit, clock
from organization.models import Person, User
from organization.operations import refuse_unless_permitted
from pola.enums import IncidentKind
from pola.models import Incident


@transaction.atomic
def report_incident(
    *,
    person: Person,
    kind: IncidentKind | str,
    happened_on: datetime.date,
    happened_time: datetime.time | None = None,
    description: str,
    by: User,
    at: datetime.datetime | None = None,
) -> Incident:
    """Report what happened to oneself, or to somebody as HR; the trace keeps nothing of it.

    Refuses whoever is neither the person nor of HR, and a day to come.
    """
    refuse_unless_permitted("pola.report_incident", person, by)
    return _write(
        person=person,
        kind=kind,
        happened_on=happened_on,
        happened_time=happened_time,
        description=description,
        by=by,
        at=at,
    )


def report_recall(
    *, person: Person, reason: str, by: User, at: datetime.datetime | None = None
) -> Incident:
    """Somebody is called back today for a problem that stops the work (art. 4): it is in the
    register, reported by who calls back unless the person did. Call it inside the recall, which
    checks the right."""
    there = Incident.objects.technical_of(person, clock.today()).first()
    if there is not None:
        return there
    return _write(
        person=person,
        kind=IncidentKind.TECHNICAL,
        happened_on=clock.today(),
        happened_time=None,
        description=reason,
        by=by,
        at=at,
    )


def _write(
    *,
    person: Person,
    kind: IncidentKind | str,
    happened_on: datetime.date,
    happened_time: datetime.time | None,
    description: str,
    by: User,
    at: datetime.datetime | None,
) -> Incident:
    if happened_on > clock.today():
        raise ValidationError({"happened_on": _("This day has yet to come.")})
    incident = Incident(
        person=person,
        kind=kind,
        happened_on=happened_on,
        happened_time=happened_time,
        description=description,
        reported_on=clock.today(at),
        reported_at=at or timezone.now(),
        reported_by_label=str(by),
    )
    incident.full_clean()
    incident.save(force_insert=True)
    audit.record("incident.reported", target=incident, by=None, at=at)
    return incident


@transaction.atomic
def follow_incident(
    incident: Incident, *, follow_up: str, by: User, at: datetime.datetime | None = None
) -> Incident:
    """Write what was done about a report, and record `incident.followed`.

    Refuses whoever is not of HR.
    """
    incident = Incident.objects.select_for_update().get(pk=incident.pk)
    refuse_unless_permitted("pola.keep_registers", incident, by)
    if not follow_up.strip():
        raise ValidationError({"follow_up": _("Write what was done.")})
    incident.follow_up = follow_up
    incident.full_clean()
    incident.save(update_fields=["follow_up"])
    audit.record("incident.followed", target=incident, by=by, at=at)
    return incident
