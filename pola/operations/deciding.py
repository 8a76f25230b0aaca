"""What happens when the month of somebody is approved, whole or in part, or returned (art. 5)."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping
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
from pola.months import month_end
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


@dataclass
class BulkOutcome:
    """What became of the months of a unit: approved or returned, and left with the reason in
    words."""

    done: list[MonthPlan] = field(default_factory=list)
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
    record `month.approved`, or `days.refused` where none is. A month of which nothing is approved
    comes back to the person. What was asked after the page was read still waits.

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
        state = _decided(standing, plan, chosen, refused)
        _close([plan], state, by=by, at=at, reason=reason if refused else "")
    verb, told = ("month.approved", chosen) if chosen else ("days.refused", refused)
    record(verb, target=plan, days=told, by=by, at=at, acted_for=acted_for)
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
    acted_for = acting_for([plan.person], by)
    reason = reason_or_refuse(reason)
    standing, plan = _locked(plan)
    if not is_waiting(plan):
        refuse_stale()
    _return_all({plan: _waiting(standing, plan)}, acted_for, reason=reason, by=by, at=at)
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
    acted_for = _acting_for_all(plans, by)
    chosen, left = _sorted_out(plans, seen, why_left=_why_not_approved)
    _approve_all(chosen, acted_for, by=by, at=at)
    return BulkOutcome(list(chosen), sum(map(len, chosen.values())), left)


@transaction.atomic
def return_in_bulk(
    plans: Collection[MonthPlan],
    *,
    reason: str,
    seen: Mapping[int, Collection[int]],
    by: User,
    at: datetime.datetime | None = None,
) -> BulkOutcome:
    """Give the months of several people back with one reason, as they were seen; record
    `month.returned` for each, with a message to the person.

    A month that changed meanwhile is left as it is and comes back with the reason. Refuses
    everything when there is no reason, or when one person is decided by somebody else.
    """
    at = at or timezone.now()
    acted_for = _acting_for_all(plans, by)
    reason = reason_or_refuse(reason)
    chosen, left = _sorted_out(plans, seen, why_left=_why_changed)
    _return_all(chosen, acted_for, reason=reason, by=by, at=at)
    return BulkOutcome(list(chosen), sum(map(len, chosen.values())), left)


Chosen = dict[MonthPlan, list[AgileDay]]
WhyLeft = Callable[[MonthPlan, Standing, list[AgileDay], Collection[int]], str]


def _acting_for_all(plans: Collection[MonthPlan], by: User) -> dict[int, str]:
    if not plans:
        raise ValidationError(_("Choose at least one person."), code="none")
    return acting_for([plan.person for plan in plans], by)


def _sorted_out(
    plans: Collection[MonthPlan], seen: Mapping[int, Collection[int]], *, why_left: WhyLeft
) -> tuple[Chosen, list[tuple[MonthPlan, str]]]:
    """The months to decide with the days asked of each, and those left with the reason; the
    agreements locked."""
    months = [day for plan in plans for day in (plan.month, month_end(plan.month))]
    standings = locked_standings([plan.person for plan in plans], months)
    chosen: Chosen = {}
    left = []
    found = MonthPlan.objects.filter(pk__in=[plan.pk for plan in plans])
    for plan in found.select_related("person").order_by("person__last_name", "pk"):
        standing = standings[plan.person_id]
        waiting = _waiting(standing, plan)
        words = why_left(plan, standing, waiting, seen.get(plan.pk, ()))
        if words:
            left.append((plan, words))
        else:
            chosen[plan] = waiting
    return chosen, left


def _why_changed(
    plan: MonthPlan, _standing: Standing, waiting: list[AgileDay], seen: Collection[int]
) -> str:
    """Why a month is not decided as it was seen; nothing when it is as it was."""
    if not is_waiting(plan) or {one.pk for one in waiting} != set(seen) or not waiting:
        return _("it changed meanwhile: look at its days again")
    return ""


def _why_not_approved(
    plan: MonthPlan, standing: Standing, waiting: list[AgileDay], seen: Collection[int]
) -> str:
    """Why a month is not approved with the others; nothing when it can be."""
    changed = _why_changed(plan, standing, waiting, seen)
    if changed:
        return changed
    problems = approving_problems(standing, waiting, today=clock.today())
    return "; ".join(one.text for one in problems)


def _approve_all(
    chosen: Chosen, acted_for: Mapping[int, str], *, by: User, at: datetime.datetime
) -> None:
    for head, days in _by_head(chosen, acted_for).items():
        _decide(days, DayState.APPROVED, by=by, at=at, acted_for=head)
    _close(list(chosen), MonthState.APPROVED, by=by, at=at)
    for plan, days in chosen.items():
        head = acted_for[plan.person_id]
        record("month.approved", target=plan, days=days, by=by, at=at, acted_for=head)
        queue_approved(plan.person, days, [], reason="", at=at)


def _return_all(
    chosen: Chosen,
    acted_for: Mapping[int, str],
    *,
    reason: str,
    by: User,
    at: datetime.datetime,
) -> None:
    for head, days in _by_head(chosen, acted_for).items():
        tell(days, DayAct.RETURNED, by=by, at=at, acted_for=head, note=reason)
    _close(list(chosen), MonthState.RETURNED, by=by, at=at, reason=reason)
    for plan, days in chosen.items():
        head = acted_for[plan.person_id]
        record("month.returned", target=plan, days=days, by=by, at=at, acted_for=head)
        queue_returned(plan, days, reason=reason, at=at)


def _by_head(chosen: Chosen, acted_for: Mapping[int, str]) -> dict[str, list[AgileDay]]:
    """The days of several months by the head for whom they are decided."""
    found: dict[str, list[AgileDay]] = {}
    for plan, days in chosen.items():
        found.setdefault(acted_for[plan.person_id], []).extend(days)
    return dict(sorted(found.items()))


def _locked(plan: MonthPlan) -> tuple[Standing, MonthPlan]:
    """A month as it is now, and how its person stands, the agreements locked."""
    days = [plan.month, month_end(plan.month)]
    standing = locked_standings([plan.person], days)[plan.person_id]
    return standing, MonthPlan.objects.select_related("person").get(pk=plan.pk)


def _waiting(standing: Standing, plan: MonthPlan) -> list[AgileDay]:
    """The days asked of the month."""
    taken = standing.live_in_month(plan.month)
    return [one for one in taken if one.state == DayState.ASKED]


def _decided(
    standing: Standing,
    plan: MonthPlan,
    chosen: Collection[AgileDay],
    refused: Collection[AgileDay],
) -> MonthState:
    """How a month stands once these days are decided: returned where none of it is approved."""
    if not refused:
        return MonthState.APPROVED
    live = standing.live_in_month(plan.month)
    if chosen or any(one.state == DayState.APPROVED for one in live):
        return MonthState.PARTLY
    return MonthState.RETURNED


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
