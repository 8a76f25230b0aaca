"""Who may do what with agile work."""

from __future__ import annotations

from typing import Any

import rules

from organization.rules import is_hr

# Requests: what is asked about is an Interest.


@rules.predicate
def is_own(user: Any, thing: Any) -> bool:
    """The request, or the agreement, is the person's own."""
    return user.person_id is not None and user.person_id == thing.person_id


@rules.predicate
def decides(user: Any, interest: Any) -> bool:
    """Decides the request: the dirigente, of a dirigente the Secretary General."""
    return user.person_id is not None and user.person_id == interest.decider_id


# Agreements.


@rules.predicate
def signs_for_the_chamber(user: Any, agreement: Any) -> bool:
    """Is the counterpart: the dirigente, of a dirigente the Secretary General (art. 6)."""
    return user.person_id is not None and user.person_id == agreement.counterpart_id


@rules.predicate
def reads_reserved(user: Any, agreement: Any) -> bool:
    """Reads what may tell of the person's health: HR, who decides, the person."""
    deciding = getattr(agreement, "decider_id", None) or getattr(agreement, "counterpart_id", None)
    return user.person_id is not None and user.person_id in (agreement.person_id, deciding)


rules.add_perm("pola.send_interest", is_own)
rules.add_perm("pola.withdraw_interest", is_own)
rules.add_perm("pola.check_interest", is_hr & ~is_own)
rules.add_perm("pola.assess_interest", decides)
rules.add_perm("pola.read_reserved", is_hr | reads_reserved)
rules.add_perm("pola.write_agreement", (signs_for_the_chamber | is_hr) & ~is_own)
rules.add_perm("pola.accept_agreement", is_own | signs_for_the_chamber)
rules.add_perm("pola.renew_agreement", signs_for_the_chamber | (is_hr & ~is_own))
rules.add_perm("pola.suspend_agreement", signs_for_the_chamber | (is_hr & ~is_own))
rules.add_perm("pola.withdraw_for_the_chamber", signs_for_the_chamber | (is_hr & ~is_own))
rules.add_perm("pola.withdraw_as_employee", is_own)
rules.add_perm("pola.change_unit_of_agreement", is_hr & ~is_own)
rules.add_perm("pola.grant_exemption", signs_for_the_chamber | (is_hr & ~is_own))
rules.add_perm("pola.read_requests", is_hr)
