"""What happens to a plan between the draft and the end: heard, proposed, sent back, published,
updated, closed. Its adoption has a module of its own."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organization import audit, clock
from organization.models import User
from strategy.enums import ConsultationOutcome, ConsultedBody, PlanAct
from strategy.models import Consultation, Plan
from strategy.operations.history import sign
from strategy.operations.moves import locked_for, move, required
from strategy.operations.periods import add_default_periods
from strategy.operations.projects import open_missing_sheets
from strategy.problems import plan_problems

NOTE_LENGTH = 2000  # what the trace keeps of a reason; the whole stands with the plan
SHOWN_BLOCKERS = 3


@transaction.atomic
def open_consultation(plan: Plan, *, by: User | None, at: datetime.datetime | None = None) -> Plan:
    """Let unions, CUG and OIV be heard on the draft, or on the update."""
    plan = locked_for(PlanAct.OPEN_CONSULTATION, plan, by=by)
    return _moved(plan, PlanAct.OPEN_CONSULTATION, "plan.consultation_opened", by=by, at=at)


@transaction.atomic
def record_consultation(
    plan: Plan,
    *,
    body: ConsultedBody | str,
    held_on: datetime.date,
    outcome: ConsultationOutcome | str,
    note: str = "",
    by: User | None,
    at: datetime.datetime | None = None,
) -> Consultation:
    """Keep what a body heard on this revision said, and when.

    Refuses a day still to come and remarks that are not written.
    """
    plan = locked_for(PlanAct.RECORD_CONSULTATION, plan, by=by)
    today, at = clock.today(at), at or timezone.now()
    if held_on > today:
        raise ValidationError({"held_on": _("This day has yet to come.")})
    heard = Consultation(
        plan=plan,
        revision=plan.revision,
        body=body,
        held_on=held_on,
        outcome=outcome,
        note=note.strip(),
        recorded_at=at,
        recorded_by_label=str(by) if by else "",
    )
    heard.full_clean()
    sign(heard, by=by, at=at)
    heard.save(force_insert=True)
    audit.record(
        "plan.opinion_recorded",
        target=plan,
        by=by,
        at=at,
        after={
            "revision": plan.revision,
            "body": str(heard.get_body_display()),
            "held_on": held_on.isoformat(),
            "outcome": str(heard.get_outcome_display()),
        },
        note=heard.note[:NOTE_LENGTH],
    )
    return heard


@transaction.atomic
def propose_plan(plan: Plan, *, by: User | None, at: datetime.datetime | None = None) -> Plan:
    """Hand the plan to the Giunta: from here on it is not edited.

    Refuses a plan with blockers (code `blockers`), naming the first of them.
    """
    plan = locked_for(PlanAct.PROPOSE, plan, by=by)
    blockers = [problem for problem in plan_problems(plan) if problem.is_blocker]
    if blockers:
        words = ngettext(
            "Not proposed: %(count)s blocker is still there. %(first)s",
            "Not proposed: %(count)s blockers are still there. %(first)s",
            len(blockers),
        )
        first = " ".join(f"{one.place}: {one.text}" for one in blockers[:SHOWN_BLOCKERS])
        raise ValidationError(words % {"count": len(blockers), "first": first}, code="blockers")
    return _moved(plan, PlanAct.PROPOSE, "plan.proposed", by=by, at=at)


@transaction.atomic
def send_back_plan(
    plan: Plan, *, reason: str, by: User | None, at: datetime.datetime | None = None
) -> Plan:
    """Take a proposal back to work, with the reason: a draft again, or an update."""
    plan = locked_for(PlanAct.SEND_BACK, plan, by=by)
    reason = required(reason, _("Say why the proposal goes back to work."))
    return _moved(plan, PlanAct.SEND_BACK, "plan.sent_back", by=by, at=at, note=reason)


@transaction.atomic
def publish_plan(plan: Plan, *, by: User | None, at: datetime.datetime | None = None) -> Plan:
    """Put the adopted edition on the public page; the one before it is marked as superseded.

    The years of the plan get their monitoring periods (see also: strategy.operations.periods).
    """
    plan, at = locked_for(PlanAct.PUBLISH, plan, by=by), at or timezone.now()
    add_default_periods(plan, by=by, at=at)
    return _moved(plan, PlanAct.PUBLISH, "plan.published", by=by, at=at)


@transaction.atomic
def open_update(
    plan: Plan, *, reason: str, by: User | None, at: datetime.datetime | None = None
) -> Plan:
    """Begin to prepare the next revision, with its reason; the edition in force does not move.

    Projects that have no sheet yet get one: those of a plan older than the sheets.
    """
    plan = locked_for(PlanAct.OPEN_UPDATE, plan, by=by)
    at = at or timezone.now()
    plan.update_reason = required(reason, _("Say why the plan is updated."))
    plan.revision += 1
    opened = _moved(
        plan, PlanAct.OPEN_UPDATE, "plan.update_opened", by=by, at=at, note=plan.update_reason
    )
    open_missing_sheets(opened, by=by, at=at)
    return opened


@transaction.atomic
def close_plan(plan: Plan, *, by: User | None, at: datetime.datetime | None = None) -> Plan:
    """End the life of the plan: no further revision. Its editions stay where they are."""
    plan = locked_for(PlanAct.CLOSE, plan, by=by)
    return _moved(plan, PlanAct.CLOSE, "plan.closed", by=by, at=at)


def _moved(
    plan: Plan,
    act: PlanAct,
    verb: str,
    *,
    by: User | None,
    at: datetime.datetime | None,
    note: str = "",
) -> Plan:
    """The locked plan in its next state, with the act in the trace."""
    at = at or timezone.now()
    move(plan, act, by=by, at=at)
    after = {"revision": plan.revision}
    audit.record(verb, target=plan, by=by, at=at, after=after, note=note[:NOTE_LENGTH])
    return plan
