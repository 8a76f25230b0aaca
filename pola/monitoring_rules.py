"""Who may do what in the monitoring of agile work."""

from __future__ import annotations

from typing import Any

import rules


@rules.predicate
def evaluates(user: Any, sheet: Any) -> bool:
    """Leads the person who wrote the sheet, and is somebody else."""
    is_own = user.person_id == sheet.person_id
    return sheet.person.unit_id in user.led_unit_ids and not is_own


@rules.predicate
def writes(user: Any, sheet: Any) -> bool:
    """It is the person's own sheet."""
    return user.person_id is not None and user.person_id == sheet.person_id
