"""Who may change the rules of agile work, map its activities, keep its registers."""

from __future__ import annotations

from typing import Any

import rules

from organization.enums import Role
from organization.rules import is_dirigente, is_hr, is_planner, is_secretary_general


@rules.predicate
def leads_activity(user: Any, activity: Any) -> bool:
    """Leads the unit of the activity; one that the plan lists belongs to no unit."""
    return activity is not None and activity.unit_id in user.led_unit_ids


@rules.predicate
def activity_is_listed(user: Any, activity: Any) -> bool:
    """The plan lists the activity as one that nobody does remotely (5.2.2)."""
    return activity is not None and activity.unit_id is None


@rules.predicate
def is_the_person(user: Any, person: Any) -> bool:
    """The person is the user's own."""
    return person is not None and user.person_id == person.pk


@rules.predicate
def leads_somebody(user: Any) -> bool:
    """Leads a unit today."""
    return bool(user.is_authenticated and user.roles & Role.leaders)


decides_for_the_chamber = is_dirigente | is_secretary_general
# Of the listed activities no head decides alone: the mapping was made by the dirigenti.
maps_activity = leads_activity | (activity_is_listed & decides_for_the_chamber)
sets_norms = is_planner | is_hr
keeps_registers = is_hr

rules.add_perm("pola.set_norm", sets_norms)
rules.add_perm("pola.add_activity", leads_somebody)
rules.add_perm("pola.map_activity", maps_activity)
rules.add_perm("pola.assign_activity", maps_activity | is_hr)
rules.add_perm("pola.keep_registers", keeps_registers)
rules.add_perm("pola.report_incident", is_the_person | is_hr)
rules.add_perm("pola.record_consultation", is_planner | is_hr)
rules.add_perm("pola.notify_ministry", is_hr)
