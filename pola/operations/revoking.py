"""What happens when an approved day is revoked, moved, called back (art. 4)."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization import clock
from organization.models import User
from pola.enums import DayAct, DayState
from pola.models import AgileDay
from pola.operations.asking import hand_in, write_asked
from pola.operations.day_doors import (
    acting_for,
    locked_day,
    month_of,
    reason_or_refuse,
    record,
    refuse_stale,
    refuse_unless_own,
    tell,
)
from pola.operations.day_notices import queue_accepted, queue_recalled, queue_revoked
from pola.operations.incidents import report_recall
from pola.problems.days import approving_problems, replacing_problems, revoking_problems
from pola.problems.finding import refuse
from pola.problems.standing import Standing
from pola.quotas import monday_of


@transaction.atomic
def revoke_day(
    day: AgileDay,
    *,
    reason: str,
    by: User,
    instead: datetime.date | None = None,
    at: datetime.datetime | None = None,
) -> AgileDay:
    """Revoke an approved day for the needs of the service, with its reason, and propose another one
    in its place when it is given; record `day.revoked`.

    Refuses less than the notice of art. 4 (24 hours of the clock before the schedule of that day
    begins), whoever does not decide for the person, a day that is not approved, no reason, and
    another day that the limits do not allow.
    """
    moment, at = at or clock.now(), at or timezone.now()
    acted_for = acting_for([day.person], by)[day.person_id]
    reason = reason_or_refuse(reason)
    day, standing = locked_day(day, *([instead] if instead else []))
    if day.state != DayState.APPROVED:
        refuse_stale()
    refuse(revoking_problems(standing, day, at=moment))
    _take_away(day, standing, DayState.REVOKED, reason=reason, by=by, at=at)
    tell([day], DayAct.REVOKED, by=by, at=at, acted_for=acted_for, note=reason)
    record("day.revoked", target=day, days=[day], by=by, at=at, acted_for=acted_for)
    proposal = None
    if instead is not None:
        proposal = _propose(day, standing, instead, by=by, at=at, acted_for=acted_for)
    queue_revoked(day, proposal, at=at)
    return day


@transaction.atomic
def propose_day(
    revoked: AgileDay,
    *,
    instead: datetime.date,
    by: User,
    at: datetime.datetime | None = None,
) -> AgileDay:
    """Propose another day in the place of a revoked one; record `day.proposed`.

    Refuses whoever does not decide for the person, a day that is not revoked or has been replaced
    already, a day of a later week than the next, and one that the limits do not allow.
    """
    at = at or timezone.now()
    acted_for = acting_for([revoked.person], by)[revoked.person_id]
    revoked, standing = locked_day(revoked, instead)
    _refuse_replaced(revoked)
    proposal = _propose(revoked, standing, instead, by=by, at=at, acted_for=acted_for)
    queue_revoked(revoked, proposal, at=at)
    return proposal


@transaction.atomic
def answer_proposal(
    proposal: AgileDay,
    *,
    accept: bool,
    by: User,
    at: datetime.datetime | None = None,
) -> AgileDay:
    """Accept the day proposed, which is approved then and sent for the calendar, or decline it;
    record `day.accepted` or `day.declined`. Without an answer the person stays in the office and
    the day is not recovered.

    Refuses whoever is not the person, a proposal that does not wait, one whose day has come, and to
    accept a day that a rule stops since it was proposed.
    """
    refuse_unless_own(proposal.person, by)
    at = at or timezone.now()
    proposal, standing = locked_day(proposal)
    if proposal.state != DayState.PROPOSED:
        refuse_stale()
    if accept and proposal.day <= clock.today():
        raise ValidationError(_("The day proposed has come: it cannot be accepted."), code="past")
    if accept:
        refuse(approving_problems(standing, [proposal], today=clock.today()))
    act, state, verb = (
        (DayAct.ACCEPTED, DayState.APPROVED, "day.accepted")
        if accept
        else (DayAct.DECLINED, DayState.DECLINED, "day.declined")
    )
    proposal.state, proposal.decided_at, proposal.decided_by_label = state, at, str(by)
    proposal.full_clean()
    proposal.save(update_fields=["state", "decided_at", "decided_by_label"])
    tell([proposal], act, by=by, at=at)
    record(verb, target=proposal, days=[proposal], by=by, at=at)
    if accept:
        queue_accepted(proposal, at=at)
    return proposal


@transaction.atomic
def ask_instead(
    revoked: AgileDay,
    *,
    instead: datetime.date,
    by: User,
    at: datetime.datetime | None = None,
) -> AgileDay:
    """Ask for another day in the place of a revoked one: a proposal that waits is declined, and the
    month goes to who decides; record `days.asked`.

    Refuses whoever is not the person, a day that is not revoked or has been replaced, and one that
    the limits or the week do not allow.
    """
    refuse_unless_own(revoked.person, by)
    at = at or timezone.now()
    revoked, standing = locked_day(revoked, instead)
    for waiting in revoked.replacements.filter(state=DayState.PROPOSED):
        answer_proposal(waiting, accept=False, by=by, at=at)
        standing.live.pop(waiting.day, None)
    _refuse_replaced(revoked)
    refuse(replacing_problems(standing, revoked, instead, today=clock.today()))
    [asked] = write_asked(standing, revoked.person, [instead], by=by, at=at, replaces=revoked)
    plan = month_of(revoked.person, instead)
    others = [one for one in standing.live_in_month(plan.month) if one.state == DayState.ASKED]
    if not others:  # what is being written there is not submitted with it
        hand_in(plan, by=by, at=at)
    record("days.asked", target=plan, days=[asked], by=by, at=at)
    return asked


@transaction.atomic
def recall_day(
    day: AgileDay,
    *,
    reason: str,
    by: User,
    at: datetime.datetime | None = None,
) -> AgileDay:
    """Call somebody back to the office on the day itself, for technical or security problems that
    stop the work (art. 4): no notice is due; record `day.recalled`. The problem is reported in the
    register of incidents, unless the person has reported one that day.

    Refuses whoever does not decide for the person, a day that is not approved, another day than
    today (it is revoked then), and no reason.
    """
    given, at = at, at or timezone.now()
    acted_for = acting_for([day.person], by)[day.person_id]
    reason = reason_or_refuse(reason)
    day, standing = locked_day(day)
    if day.state != DayState.APPROVED:
        refuse_stale()
    if day.day != clock.today():
        words = _("Only on the day itself somebody is called back: a later day is revoked.")
        raise ValidationError(words, code="day")
    _take_away(day, standing, DayState.RECALLED, reason=reason, by=by, at=at)
    tell([day], DayAct.RECALLED, by=by, at=at, acted_for=acted_for, note=reason)
    record("day.recalled", target=day, days=[day], by=by, at=at, acted_for=acted_for)
    report_recall(person=day.person, reason=reason, by=by, at=given)
    queue_recalled(day, at=at)
    return day


def _take_away(
    day: AgileDay,
    standing: Standing,
    state: DayState,
    *,
    reason: str,
    by: User,
    at: datetime.datetime,
) -> None:
    """The day takes no place in its week any more."""
    day.state, day.reason = state, reason
    day.decided_at, day.decided_by_label = at, str(by)
    day.full_clean()
    day.save(update_fields=["state", "reason", "decided_at", "decided_by_label"])
    standing.live.pop(day.day)


def _refuse_replaced(revoked: AgileDay) -> None:
    live = revoked.replacements.live().exists()
    if revoked.state != DayState.REVOKED or live:
        refuse_stale()


def _propose(
    revoked: AgileDay,
    standing: Standing,
    instead: datetime.date,
    *,
    by: User,
    at: datetime.datetime,
    acted_for: str,
) -> AgileDay:
    refuse(replacing_problems(standing, revoked, instead, today=clock.today()))
    proposal = AgileDay(
        agreement=standing.agreement_on(instead),
        person=revoked.person,
        day=instead,
        week=monday_of(instead),
        state=DayState.PROPOSED,
        asked_at=at,
        asked_by_label=str(by),
        replaces=revoked,
    )
    proposal.full_clean(exclude=["week"])
    proposal.save(force_insert=True)
    tell([proposal], DayAct.PROPOSED, by=by, at=at, acted_for=acted_for, note=revoked.reason)
    record("day.proposed", target=proposal, days=[proposal], by=by, at=at, acted_for=acted_for)
    return proposal
