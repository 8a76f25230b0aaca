"""What a month is when nothing asked is left in it: as it was decided, or nobody's to decide."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from simple_history.utils import bulk_update_with_history

from organization import audit
from organization.models import User
from pola.enums import DayAct, DayState, MonthState
from pola.models import AgileDay, DayEvent, MonthPlan
from pola.months import month_end, month_of
from pola.operations.day_doors import is_waiting

Month = tuple[int, datetime.date]  # whose, its first day
FIELDS = [
    "state",
    "reason",
    "submitted_at",
    "submitted_by_label",
    "decided_at",
    "decided_by_label",
]


@dataclass(frozen=True, slots=True)
class Decision:
    """What the last decision left a month as, when, by whom, why not all of it."""

    state: MonthState
    at: datetime.datetime
    by_label: str
    reason: str = ""


def settle_months(days: Iterable[AgileDay], *, by: User | None, at: datetime.datetime) -> None:
    """The months of some days just given up or taken away, where nothing asked is left: each is as
    its last decision left it; one that was never decided waits no more and is the person's again;
    record `month.settled`. Call it inside the transaction of the act, once it has asked for other
    days."""
    plans = _without_requests({(one.person_id, month_of(one.day)) for one in days})
    decisions = _last_decisions(plans)
    settled = [plan for plan in plans if _settle(plan, decisions)]
    if not settled:
        return
    bulk_update_with_history(settled, MonthPlan, FIELDS, default_user=by, default_date=at)
    for plan in settled:
        audit.record("month.settled", target=plan, by=by, at=at)


def _settle(plan: MonthPlan, decisions: dict[Month, Decision]) -> bool:
    """Whether the month changes; what is being written, or was returned, stays as it is."""
    decision = decisions.get((plan.person_id, plan.month))
    if decision is not None:
        plan.state, plan.reason = decision.state, decision.reason
        plan.decided_at, plan.decided_by_label = decision.at, decision.by_label
    elif is_waiting(plan):
        plan.state, plan.submitted_at, plan.submitted_by_label = MonthState.DRAFT, None, ""
    else:
        return False
    plan.full_clean(validate_unique=False, validate_constraints=False)
    return True


def _without_requests(months: Collection[Month]) -> list[MonthPlan]:
    """Of some months those that are not decided and in which nothing asked is left."""
    if not months:
        return []
    people = {person_id for person_id, _month in months}
    asked = AgileDay.objects.filter(person__in=people, state=DayState.ASKED)
    waiting = {(pk, month_of(day)) for pk, day in asked.values_list("person_id", "day")}
    plans = MonthPlan.objects.filter(person__in=people, month__in={month for _pk, month in months})
    found = plans.exclude(state__in=MonthState.decided).select_related("person").order_by("pk")
    return [one for one in found if (one.person_id, one.month) in set(months) - waiting]


def _last_decisions(plans: Collection[MonthPlan]) -> dict[Month, Decision]:
    """As the story of the days tells it: what was approved and what was not at one moment."""
    if not plans:
        return {}
    months = [plan.month for plan in plans]
    told = DayEvent.objects.filter(
        day__person__in=[plan.person_id for plan in plans],
        day__day__range=(min(months), month_end(max(months))),
        act__in=[DayAct.APPROVED, DayAct.REFUSED],
    )
    found: dict[Month, Decision] = {}
    approved: set[Month] = set()
    for one in told.select_related("day").order_by("at", "pk"):
        key = one.day.person_id, month_of(one.day.day)
        before = found.get(key)
        if one.act == DayAct.REFUSED:
            state = MonthState.PARTLY if key in approved else MonthState.RETURNED
            found[key] = Decision(state, one.at, one.by_label, one.note)
            continue
        approved.add(key)
        if before is None or before.at != one.at:
            found[key] = Decision(MonthState.APPROVED, one.at, one.by_label)
    return found
