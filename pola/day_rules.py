"""Who may ask, decide, read, export days of agile work: predicates on the object at hand."""

from __future__ import annotations

from typing import Any

import rules

from organization.enums import Role
from organization.rules import is_administrator, is_hr

# Who reads the calendar of every unit, besides those who lead it or stand in for its head.
PRESENCE_READERS = frozenset(
    {Role.HR.value, Role.SECRETARY_GENERAL.value, Role.ADMINISTRATOR.value}
)


@rules.predicate
def is_own(user: Any, person: Any) -> bool:
    """The days are one's own."""
    return person is not None and person.pk == user.person_id


@rules.predicate
def reads_presence(user: Any) -> bool:
    """Reads the calendar of every unit."""
    return bool(user.is_authenticated and (user.is_superuser or user.roles & PRESENCE_READERS))


@rules.predicate
def runs_unit(user: Any, unit: Any) -> bool:
    """Leads the unit today, or stands in for who leads it."""
    return unit is not None and unit.pk in user.recording_unit_ids


@rules.predicate
def runs_unit_of(user: Any, person: Any) -> bool:
    """Leads the unit of the person today, or stands in for who leads it."""
    return person is not None and person.unit_id in user.recording_unit_ids


@rules.predicate
def is_decided_above(user: Any, person: Any) -> bool:
    """The person is oneself, or the head for whom one stands in, and nobody else's substitute:
    whoever stands above decides."""
    if is_own(user, person):
        return True
    if person is None or person.unit_id in user.led_unit_ids:
        return False
    return user.head_ids_stood_in_for.get(person.unit_id) == {person.pk}


rules.add_perm("pola.ask_days", is_own)
rules.add_perm("pola.decide_days", runs_unit_of & ~is_decided_above)
rules.add_perm("pola.read_team", reads_presence | runs_unit)
rules.add_perm("pola.read_presence", reads_presence)
rules.add_perm("pola.export_days", is_hr)
rules.add_perm("pola.keep_absences", is_hr)
rules.add_perm("pola.close_office", is_hr | is_administrator)
