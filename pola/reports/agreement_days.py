"""Which booked days fall when an agreement is suspended, ends or passes to another unit, when the
office is closed, when somebody is absent."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import ngettext

from organization import clock
from pola.durations import A_DAY
from pola.models import AgileDay, Agreement

# The acts that take days away, and the field that says from when.
TAKING = {"sospensione": "starts_on", "recesso": "last_day", "servizio": "from_day"}


def booked_days(agreement: Agreement) -> list[AgileDay]:
    """The days still ahead that somebody asked, approved or proposed: one statement."""
    ahead = AgileDay.objects.live().filter(agreement=agreement, day__gte=clock.today())
    return list(ahead.order_by("day"))


def falling_days(agreement: Agreement, act: str, data: Mapping[str, Any]) -> list[AgileDay]:
    """Those that an act with these values takes away."""
    if act not in TAKING:
        return []
    first: datetime.date = data[TAKING[act]]
    last = datetime.date.max
    if act == "recesso":
        first += A_DAY
    if act == "sospensione":
        last = data["ends_on"]
    return [one for one in booked_days(agreement) if first <= one.day <= last]


def days_within(
    agreements: models.QuerySet[Agreement], first: datetime.date, last: datetime.date
) -> list[AgileDay]:
    """Those of some agreements, both ends included: one statement."""
    found = AgileDay.objects.live().filter(agreement__in=agreements).between(first, last)
    return list(found.order_by("day", "pk"))


def with_fallen(done: str, count: int) -> str:
    """What was done, and how many days fell with it."""
    words = ngettext(
        "%(count)s day of agile work fell.", "%(count)s days of agile work fell.", count
    )
    return f"{done} {words % {'count': count}}" if count else done
