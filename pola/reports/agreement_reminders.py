"""Who has to be told that which agreement is about to end: the person, who signs, HR (art. 6)."""

from __future__ import annotations

import datetime

from organization.enums import Role
from organization.models import Appointment, User
from pola.enums import AgreementState
from pola.models import Agreement, Norm, Withdrawal


def expiring(on: datetime.date) -> list[Agreement]:
    """Agreements in force whose last day comes within the days of the norm, without those from
    which one side has withdrawn or that another unit follows; the first to end first."""
    days = Norm.objects.in_force(on=on).expiry_reminder_days
    found = Agreement.objects.ending_between(on, on + datetime.timedelta(days=days))
    withdrawn = Withdrawal.objects.values("agreement")
    following = Agreement.objects.exclude(state=AgreementState.DROPPED).exclude(continues=None)
    left = found.exclude(pk__in=withdrawn).exclude(pk__in=following.values("continues"))
    people = left.select_related("person", "unit", "counterpart")
    return list(people.order_by("ends_on", "person__last_name"))


def expiries_due(on: datetime.date) -> dict[User, list[Agreement]]:
    """The agreements that each account has to be told of on a day."""
    agreements = expiring(on)
    if not agreements:
        return {}
    people = {one.person_id for one in agreements} | {one.counterpart_id for one in agreements}
    offices = Appointment.objects.running(on=on).filter(role=Role.HR).values_list("person")
    office = {pk for (pk,) in offices}
    accounts = User.objects.filter(is_active=True, person__in=people | office).exclude(email="")
    found: dict[User, list[Agreement]] = {}
    for user in accounts.order_by("pk"):
        found[user] = [
            one
            for one in agreements
            if user.person_id in {one.person_id, one.counterpart_id} | office
        ]
    return found
