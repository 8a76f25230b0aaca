"""From where on a degree of attainment is called what: the limits of a plan, frozen with it."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from organization import audit
from organization.models import User
from strategy.models import Plan
from strategy.operations.editing import locked_for_edit
from strategy.operations.history import sign

LIMITS = ("beyond_above", "reached_from", "partly_reached_from")


@transaction.atomic
def set_band_limits(
    plan: Plan,
    *,
    beyond_above: Decimal,
    reached_from: Decimal,
    partly_reached_from: Decimal,
    by: User | None,
    at: datetime.datetime | None = None,
) -> Plan:
    """Set the limits of the bands, percent points; the trace keeps those of before.

    Refuses limits that do not go up, and a plan that is proposed or adopted: its limits are part
    of what was deliberated. Limits that are already so are left alone, without a trace.
    """
    at = at or timezone.now()
    plan = locked_for_edit(plan, by=by)
    wanted = dict(zip(LIMITS, (beyond_above, reached_from, partly_reached_from), strict=True))
    before = {name: getattr(plan, name) for name in LIMITS}
    if before == wanted:
        return plan
    for name, value in wanted.items():
        setattr(plan, name, value)
    plan.full_clean(validate_unique=False)
    sign(plan, by=by, at=at)
    plan.save(update_fields=[*LIMITS, "changed_at"])
    audit.record(
        "bands.set",
        target=plan,
        by=by,
        at=at,
        before={name: str(value) for name, value in before.items()},
        after={name: str(value) for name, value in wanted.items()},
    )
    return plan
