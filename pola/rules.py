"""Who may do what with agile work: rules, activities and registers; requests and agreements."""

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


@rules.predicate
def holds_the_post(user: Any, thing: Any) -> bool:
    """Leads the unit of the request, or of the agreement, as its dirigente today, or is the
    Secretary General: who passes to another post decides, signs and reads no more there."""
    if user.holds(Role.SECRETARY_GENERAL):
        return True
    return user.holds(Role.DIRIGENTE) and thing.unit_id in user.led_unit_ids


# Requests: what is asked about is an Interest.


@rules.predicate
def is_own(user: Any, thing: Any) -> bool:
    """The request, or the agreement, is the person's own."""
    return user.person_id is not None and user.person_id == thing.person_id


@rules.predicate
def is_decider(user: Any, interest: Any) -> bool:
    """Is named to decide the request: the dirigente, of a dirigente the Secretary General."""
    return user.person_id is not None and user.person_id == interest.decider_id


decides = is_decider & holds_the_post


# Agreements.


@rules.predicate
def is_counterpart(user: Any, agreement: Any) -> bool:
    """Is the counterpart: the dirigente, of a dirigente the Secretary General (art. 6)."""
    return user.person_id is not None and user.person_id == agreement.counterpart_id


signs_for_the_chamber = is_counterpart & holds_the_post


@rules.predicate
def decides_or_signs(user: Any, thing: Any) -> bool:
    """Decides the request, or signs the agreement, today."""
    right = decides if hasattr(thing, "decider_id") else signs_for_the_chamber
    return bool(right.test(user, thing))


# What may tell of the person's health: HR, who decides or signs today, the person.
reads_reserved = is_hr | is_own | decides_or_signs

rules.add_perm("pola.send_interest", is_own)
rules.add_perm("pola.withdraw_interest", is_own)
rules.add_perm("pola.check_interest", is_hr & ~is_own)
rules.add_perm("pola.assess_interest", decides)
rules.add_perm("pola.read_reserved", reads_reserved)
rules.add_perm("pola.write_agreement", (signs_for_the_chamber | is_hr) & ~is_own)
rules.add_perm("pola.accept_agreement", is_own | signs_for_the_chamber)
rules.add_perm("pola.drop_agreement", is_own | signs_for_the_chamber | is_hr)
rules.add_perm("pola.ask_renewal", is_own)
# Who signs has seen the work of the person: nobody else evaluates it (art. 6).
rules.add_perm("pola.renew_agreement", signs_for_the_chamber)
rules.add_perm("pola.suspend_agreement", signs_for_the_chamber | (is_hr & ~is_own))
rules.add_perm("pola.withdraw_for_the_chamber", signs_for_the_chamber | (is_hr & ~is_own))
rules.add_perm("pola.withdraw_as_employee", is_own)
rules.add_perm("pola.change_unit_of_agreement", is_hr & ~is_own)
rules.add_perm("pola.grant_exemption", signs_for_the_chamber | (is_hr & ~is_own))
rules.add_perm("pola.read_requests", is_hr)
