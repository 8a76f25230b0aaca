"""What happens when the month of somebody is approved, whole or in part, or returned (art. 5)."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from organization import clock
from organization.models import User
from pola.enums import DayAct, DayState, MonthState
from pola.models import AgileDay, MonthPlan
from pola.operations.day_doors import (
    acting_for,
    is_waiting,
    locked_standings,
    reason_or_refuse,
    record,
    refuse_stale,
    tell,
)
from pola.operations.day_notices import queue_approved, queue_returned
from pola.problems.days import approving_problems
from pola.problems.finding import refuse
from pola.problems.standing import Standing
from pola.quotas import month_end


@dataclass
class BulkOutcome:
    """What became of the months of a unit: approved, and left with the reason in words."""

    approved: list[MonthPlan] = field(default_factory=list)
    days: int = 0
    left: list[tuple[MonthPlan, str]] = field(default_factory=list)


@transaction.atomic
def decide_month(
    plan: MonthPlan,
    *,
    approve: Collection[int],
    seen: Collection[int],
    by: User,
    reason: str = "",
    at: datetime.datetime | None = None,
) -> MonthPlan:
    """Approve some of the days seen in a month, the others are not approved, with the reason;
    record `month.approved`. What was asked after the page was read still waits.

    Refuses whoever does not decide for the person, a month that does not wait, days that are not as
    they were seen, a day that a rule stops, and no reason for what is not approved.
    """
    at = at or timezone.now()
    acted_for = acting_for([plan.person], by)[plan.person_id]
    standing, plan = _locked(plan)
    asked = {one.pk: one for one in _waiting(standing, plan)}
    if (
        not is_waiting(plan)
        or not seen
        or not set(seen) <= asked.keys()
        or set(approve) - set(seen)
    ):
        refuse_stale()
    chosen = [asked[pk] for pk in asked if pk in approve]
    refused = [asked[pk] for pk in asked if pk in seen and pk not in approve]
    refuse(approving_problems(standing, chosen, today=clock.today()))
    if refused:
        reason = reason_or_refuse(reason)
    _decide(chosen, DayState.APPROVED, by=by, at=at, acted_for=acted_for)
    _decide(refused, DayState.REFUSED, by=by, at=at, acted_for=acted_for, note=reason)
    if len(asked) == len(seen):
        state = MonthState.PARTLY if refused else MonthState.APPROVED
        _close([plan], state, by=by, at=at, reason=reason if refused else "")
    record(
        "month.approved",
        target=plan,
        days=chosen,
        by=by,
        at=at,
        acted_for=acted_for,
    )
    queue_approved(plan.person, chosen, refused, reason=reason, at=at)
    return plan


@transaction.atomic
def return_month(
    plan: MonthPlan,
    *,
    reason: str,
    by: User,
    at: datetime.datetime | None = None,
) -> MonthPlan:
    """Give a month back to the person with the reason: its days stay asked and can be changed;
    record `month.returned`.

    Refuses whoever does not decide for the person, a month that does not wait, and no reason.
    """
    at = at or timezone.now()
    acted_for = acting_for([plan.person], by)[plan.person_id]
    reason = reason_or_refuse(reason)
    standing, plan = _locked(plan)
    if not is_waiting(plan):
        refuse_stale()
    waiting = _waiting(standing, plan)
    _close([plan], MonthState.RETURNED, by=by, at=at, reason=reason)
    tell(waiting, DayAct.RETURNED, by=by, at=at, acted_for=acted_for, note=reason)
    record(
        "month.returned",
        target=plan,
        days=waiting,
        by=by,
        at=at,
        acted_for=acted_for,
    )
    queue_returned(plan, waiting, reason=reason, at=at)
    return plan


@transaction.atomic
def approve_in_bulk(
    plans: Collection[MonthPlan],
    *,
    seen: Mapping[int, Collection[int]],
    by: User,
    at: datetime.datetime | None = None,
) -> BulkOutcome:
    """Approve whole the months of several people, as they were seen; record `month.approved` for
    each. The days are judged and written together, in the same statements for few and for many;
    each person has an act in the register and a message.

    `seen` are the days of each month by its key. A month that changed meanwhile, or of which a rule
    stops a day, is left as it is and comes back with the reason. Refuses everything when one person
    is decided by somebody else.
    """
    at = at or timezone.now()
    outcome = BulkOutcome()
    plans = list(plans)
    if not plans:
        raise ValidationError(_("Choose at least one person."), code="none")
    acted_for = acting_for([plan.person for plan in plans], by)
    months = [day for plan in plans for day in (plan.month, month_end(plan.month))]
    standings = locked_standings([plan.person for plan in plans], months)
    chosen: dict[MonthPlan, list[AgileDay]] = {}
    found = MonthPlan.objects.filter(pk__in=[plan.pk for plan in plans])
    for plan in found.select_related("person").order_by("person__last_name", "pk"):
        waiting = _waiting(standings[plan.person_id], plan)
        words = _why_left(plan, standings[plan.person_id], waiting, seen.get(plan.pk, ()))
        if words:
            outcome.left.append((plan, words))
        else:
            chosen[plan] = waiting
    _approve_all(chosen, acted_for, by=by, at=at)
    outcome.approved = list(chosen)
    outcome.days = sum(len(days) for days in chosen.values())
    return outcome


def _approve_all(
    chosen: Mapping[MonthPlan, list[AgileDay]],
    acted_for: Mapping[int, str],
    *,
    by: User,
    at: datetime.datetime,
) -> None:
    for words in sorted({acted_for[plan.person_id] for plan in chosen}):
        days = [
            one
            for plan, kept in chosen.items()
            if acted_for[plan.person_id] == words
            for one in kept
        ]
        _decide(days, DayState.APPROVED, by=by, at=at, acted_for=words)
    _close(list(chosen), MonthState.APPROVED, by=by, at=at)
    for plan, days in chosen.items():
        acted = acted_for[plan.person_id]
        record("month.approved", target=plan, days=days, by=by, at=at, acted_for=acted)
        queue_approved(plan.person, days, [], reason="", at=at)


def _why_left(
    plan: MonthPlan, standing: Standing, waiting: list[AgileDay], seen: Collection[int]
) -> str:
    """Why a month is not approved with the others; nothing when it can be."""
    if not is_waiting(plan) or {one.pk for one in waiting} != set(seen) or not waiting:
        return _("it changed meanwhile: look at its days again")
    problems = approving_problems(standing, waiting, today=clock.today())
    return "; ".join(one.text for one in problems)


def _locked(plan: MonthPlan) -> tuple[Standing, MonthPlan]:
    """A month as it is now, and how its person stands, the agreements locked."""
    days = [plan.month, month_end(plan.month)]
    standing = locked_standings([plan.person], days)[plan.person_id]
    return standing, MonthPlan.objects.select_related("person").get(pk=plan.pk)


def _waiting(standing: Standing, plan: MonthPlan) -> list[AgileDay]:
    """The days asked of the month."""
    taken = standing.taken_in_month(plan.month)
    return [one for one in taken if one.state == DayState.ASKED]


def _decide(
    days: Collection[AgileDay],
    state: DayState,
    *,
    by: User,
    at: datetime.datetime,
    acted_for: str,
    note: str = "",
) -> None:
    if not days:
        return
    AgileDay.objects.filter(pk__in=[one.pk for one in days]).update(
        state=state, decided_at=at, decided_by_label=str(by), reason=note
    )
    act = DayAct.APPROVED if state == DayState.APPROVED else DayAct.REFUSED
    tell(days, act, by=by, at=at, acted_for=acted_for, note=note)


def _close(
    plans: list[MonthPlan],
    state: MonthState,
    *,
    by: User,
    at: datetime.datetime,
    reason: str = "",
) -> None:
    for plan in plans:
        plan.state, plan.reason = state, reason
        plan.decided_at, plan.decided_by_label = at, str(by)
        plan.full_clean(validate_unique=False, validate_constraints=False)
    fields = ["state", "reason", "decided_at", "decided_by_label"]
    bulk_update_with_history(plans, MonthPlan, fields, default_user=by, default_date=at)
