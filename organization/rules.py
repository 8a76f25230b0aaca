"""Who may, as sentences: the base predicates that the other rules combine."""

from __future__ import annotations

from typing import Any

import rules

from organization.enums import Role


def holds(*roles: Role) -> Any:
    """A predicate: the user holds one of the roles today."""
    names = "_or_".join(role.value for role in roles)

    @rules.predicate(name=f"holds_{names}")
    def predicate(user: Any) -> bool:
        return bool(user.is_authenticated and user.holds(*roles))

    return predicate


is_planner = holds(Role.PLANNER)
is_secretary_general = holds(Role.SECRETARY_GENERAL)
is_dirigente = holds(Role.DIRIGENTE)
is_unit_head = holds(Role.UNIT_HEAD)
is_hr = holds(Role.HR)
is_oiv = holds(Role.OIV)
is_administrator = holds(Role.ADMINISTRATOR)


@rules.predicate
def reads_trace(user: Any) -> bool:
    """Reads what was done by whom: planning, Secretary General, OIV, administrators."""
    return bool(user.is_authenticated and user.roles & Role.trace_readers)


@rules.predicate
def reads_everybody(user: Any) -> bool:
    """Sees every person: planning, HR, Secretary General, OIV, administrators."""
    return bool(user.is_authenticated and user.roles & Role.people_readers)


@rules.predicate
def leads_unit(user: Any, unit: Any) -> bool:
    """Leads the unit today, as its head or above it."""
    return unit is not None and unit.pk in user.led_unit_ids


rules.add_perm("organization.delegate", leads_unit)
rules.add_perm("organization.read_trace", reads_trace)
rules.add_perm("organization.read_everybody", reads_everybody)
rules.add_perm("organization.appoint", is_administrator | is_hr)
rules.add_perm("organization.end_appointment", is_administrator | is_hr)
