"""Who has to be reminded of which figures on a day: read once for each period."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from organization.enums import Role, UnitKind
from organization.models import Appointment, Delegation, Unit, User
from strategy.enums import PlanState
from strategy.models import MonitoringPeriod
from strategy.monitoring_enums import ReminderKind
from strategy.reports.desks import PLANNING
from strategy.reports.recording import load_sheet

A_WEEK = datetime.timedelta(days=7)
# A first run long after a period does not bring up what everybody has forgotten.
AT_MOST_LATE = datetime.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Item:
    """The figures that a unit still has to send in a period; `desk` is where they are entered."""

    kind: ReminderKind
    period: MonitoringPeriod
    unit: str
    desk: str
    count: int


def kind_due(period: MonitoringPeriod, day: datetime.date) -> ReminderKind | None:
    """Which reminder of a period is due on a day, if any: in its last week the second, before it
    the first, after it the one to planning."""
    if period.is_open_on(day):
        is_last_week = day >= period.closes_on - A_WEEK
        return ReminderKind.WEEK_BEFORE if is_last_week else ReminderKind.OPENED
    if period.closes_on < day <= period.closes_on + AT_MOST_LATE:
        return ReminderKind.OVERDUE
    return None


def reminders_due(day: datetime.date) -> dict[User, list[Item]]:
    """What each person has to be told on a day: who leads a unit, and who stands in, of its own
    figures; planning of those that are missing after the close."""
    periods = MonitoringPeriod.objects.with_closed_years().filter(is_year_closed=False)
    near = periods.filter(opens_on__lte=day, closes_on__gte=day - AT_MOST_LATE)
    near = near.select_related("plan").order_by("ends_on")
    due = [(one, kind) for one in near if _is_measured(one) and (kind := kind_due(one, day))]
    if not due:
        return {}
    units = {unit.pk: unit for unit in Unit.objects.all()}
    recipients = _recipients(units, day)
    found: dict[User, list[Item]] = defaultdict(list)
    for period, kind in due:
        for item, unit_id in _items(period, kind, units):
            asked = None if kind == ReminderKind.OVERDUE else unit_id
            for user in recipients[asked]:
                found[user].append(item)
    return found


def _is_measured(period: MonitoringPeriod) -> bool:
    return period.plan.state not in PlanState.over


def _items(
    period: MonitoringPeriod, kind: ReminderKind, units: dict[int, Unit]
) -> Iterator[tuple[Item, int | None]]:
    """What is missing, unit by unit; the figures of an office are those of its service."""
    sheet = load_sheet(period.plan, period, units=set(units), planning=True, proofs=False)
    missing: dict[int | None, int] = defaultdict(int)
    for line in sheet.not_sent:
        missing[_desk_of(line.supplier_id, units)] += 1
    for unit_id in sorted(missing, key=lambda pk: units[pk].position if pk else 0):
        unit = units[unit_id] if unit_id is not None else None
        desk, name = (unit.slug, unit.name) if unit else (PLANNING, "")
        yield Item(kind, period, name, desk, missing[unit_id]), unit_id


def _desk_of(unit_id: int | None, units: dict[int, Unit]) -> int | None:
    if unit_id is None or units[unit_id].kind != UnitKind.OFFICE:
        return unit_id
    return units[unit_id].parent_id


def _recipients(units: Iterable[int], day: datetime.date) -> dict[int | None, list[User]]:
    """The accounts to write to for each unit (planning under None): active, with an address."""
    accounts = {
        user.person_id: user
        for user in User.objects.filter(is_active=True).exclude(email="")
        if user.person_id is not None
    }
    people: dict[int | None, list[int]] = defaultdict(list)
    for appointment in Appointment.objects.running(on=day).order_by("pk"):
        if appointment.role in Role.leaders:
            people[appointment.unit_id].append(appointment.person_id)
        elif appointment.role == Role.PLANNER:
            people[None].append(appointment.person_id)
    for delegation in Delegation.objects.running(on=day).order_by("pk"):
        people[delegation.unit_id].append(delegation.delegate_id)
    return defaultdict(
        list,
        {
            unit_id: [accounts[pk] for pk in dict.fromkeys(found) if pk in accounts]
            for unit_id, found in people.items()
        },
    )
