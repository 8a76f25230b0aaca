"""What happens to an expression of interest: written, sent, taken back, checked, assessed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization import audit, clock
from organization.models import Person, User
from pola.enums import AgreementState, InterestState
from pola.models import Activity, Agreement, Interest, Norm, PriorityGround
from pola.operations.drafting import open_agreement
from pola.operations.interest_doors import locked_interest, refuse_others, save_signed, who
from pola.priorities import Ground
from pola.problems import refuse
from pola.problems.agreements import eligibility_problems, request_problems
from pola.register_facts import put_duties
from pola.reports.counterparts import chart_of

WRITABLE = frozenset(
    {
        "other_activities",
        "purposes",
        "place",
        "place_detail",
        "starts_on",
        "days_per_week",
        "weekdays",
        "day_begins_at",
        "day_ends_at",
        "morning_from",
        "morning_to",
        "afternoon_from",
        "afternoon_to",
        "own_equipment",
    }
)


@transaction.atomic
def save_draft(
    person: Person,
    *,
    values: Mapping[str, Any],
    activities: Iterable[Activity] | None = None,
    grounds: Iterable[Ground] | None = None,
    note: str = "",
    by: User,
    at: datetime.datetime | None = None,
) -> Interest:
    """Keep what the employee has written so far; `values` are some of `WRITABLE`.

    Begins the request when there is none being written. Refuses another person's, and whoever has
    sent one already. Leaves no entry in the register: nothing has happened yet. `grounds`, when
    given, take the place of those there.
    """
    at = at or timezone.now()
    found = Interest.objects.select_for_update().filter(
        person=person, state__in=sorted(InterestState.open)
    )
    interest = found.first() or Interest(person=person, unit=_unit_of(person))
    refuse_others("pola.send_interest", interest, by=by)
    if interest.state != InterestState.DRAFT:
        raise ValidationError(_("Your request has been sent already."), code="state")
    for name in WRITABLE & values.keys():
        setattr(interest, name, values[name])
    interest.unit = _unit_of(person)
    save_signed(interest, by=by, at=at)
    if activities is not None:
        interest.activities.set(activities)
    if grounds is not None:
        _put_grounds(interest, grounds, note)
    return interest


def _unit_of(person: Person) -> Any:
    if person.unit is None:
        raise PermissionDenied(_("Only employees ask for agile work."))
    return person.unit


def _put_grounds(interest: Interest, grounds: Iterable[Ground], note: str) -> None:
    interest.grounds.all().delete()
    for ground in grounds:
        row = PriorityGround(
            interest=interest,
            kind=ground.kind,
            leave_ended_on=ground.leave_ended_on,
            note=note.strip(),
        )
        row.full_clean()
        row.save()


@transaction.atomic
def send_interest(interest: Interest, *, by: User, at: datetime.datetime | None = None) -> Interest:
    """Send a request to the human resources office; records `interest.sent`, without a word of the
    grounds.

    Only the employee does (art. 3). Refuses, each with its article, who was hired less than six
    months ago, who has an agreement under way, and what is missing or against the rules.
    """
    at = at or timezone.now()
    interest = locked_interest(interest, "pola.send_interest", {InterestState.DRAFT}, by=by)
    refuse(problems_of_request(interest))
    chart = chart_of(clock.today())
    interest.decider = chart.counterpart_of(interest.person, interest.unit_id)
    if interest.decider is None:
        raise ValidationError(_("Nobody decides for your unit: tell the personnel office."))
    interest.state = InterestState.SENT
    interest.sent_at, interest.sent_by_label = at, who(by)
    save_signed(interest, by=by, at=at)
    after = {"state": str(interest.get_state_display()), "days": interest.days_per_week}
    audit.record("interest.sent", target=interest, by=by, at=at, after=after)
    return interest


def problems_of_request(interest: Interest) -> list[Any]:
    """What the request still needs today: four statements."""
    on = clock.today()
    open_states = sorted(AgreementState.open)
    under_way = Agreement.objects.filter(person=interest.person_id, state__in=open_states)
    return request_problems(
        interest,
        Norm.objects.in_force(on=on),
        on=on,
        activity_count=interest.activities.count(),
        has_agreement=under_way.exists(),
    )


@transaction.atomic
def withdraw_interest(
    interest: Interest, *, by: User, at: datetime.datetime | None = None
) -> Interest:
    """Take a request back before it is decided; records `interest.withdrawn`. The reserved grounds
    are deleted: they serve nothing any more."""
    at = at or timezone.now()
    states = InterestState.waiting
    interest = locked_interest(interest, "pola.withdraw_interest", states, by=by)
    interest.state = InterestState.WITHDRAWN
    interest.grounds.all().delete()
    save_signed(interest, by=by, at=at)
    audit.record("interest.withdrawn", target=interest, by=by, at=at)
    return interest


@transaction.atomic
def check_eligibility(
    interest: Interest,
    *,
    training_on: datetime.date | None,
    safety_on: datetime.date | None,
    by: User | None,
    at: datetime.datetime | None = None,
) -> Interest:
    """Check the facts of art. 10 and 11: those of the registers, and where these lack one the day
    that HR enters. When nothing is missing the request passes to the dirigente. Records
    `interest.checked`, or `interest.incomplete` while something is missing, never what.
    """
    at = at or timezone.now()
    interest = locked_interest(interest, "pola.check_interest", InterestState.waiting, by=by)
    on = clock.today()
    interest.training_on, interest.safety_on = training_on, safety_on
    put_duties([interest], on)
    missing = eligibility_problems(interest, Norm.objects.in_force(on=on), on=on)
    interest.state = InterestState.SENT if missing else InterestState.CHECKED
    interest.checked_at = None if missing else at
    interest.checked_by_label = "" if missing else who(by)
    save_signed(interest, by=by, at=at)
    verb = "interest.incomplete" if missing else "interest.checked"
    audit.record(verb, target=interest, by=by, at=at)
    return interest


@transaction.atomic
def assess_interest(
    interest: Interest,
    *,
    criteria: tuple[bool, bool, bool],
    is_granted: bool,
    reason: str = "",
    by: User | None,
    at: datetime.datetime | None = None,
) -> Interest:
    """The dirigente answers the criteria a, b, c (art. 3) and grants or refuses; records
    `interest.granted` or `interest.refused`, without the answers.

    Granted, the request becomes the draft of an agreement; the grounds stay for who decides.
    Refuses to grant when a criterion is not met, and a refusal without its reason.
    """
    at = at or timezone.now()
    interest = locked_interest(interest, "pola.assess_interest", {InterestState.CHECKED}, by=by)
    _refuse_assessment(criteria, is_granted=is_granted, reason=reason)
    interest.criterion_a, interest.criterion_b, interest.criterion_c = criteria
    interest.decision_reason = reason.strip()
    interest.state = InterestState.GRANTED if is_granted else InterestState.REFUSED
    interest.decided_at, interest.decided_by_label = at, who(by)
    save_signed(interest, by=by, at=at)
    verb = "interest.granted" if is_granted else "interest.refused"
    audit.record(verb, target=interest, by=by, at=at)
    if is_granted:
        open_agreement(interest, by=by, at=at)
    return interest


def _refuse_assessment(criteria: tuple[bool, bool, bool], *, is_granted: bool, reason: str) -> None:
    if is_granted and not all(criteria):
        words = _("Art. 3: a request is granted when all three criteria are met.")
        raise ValidationError(words, code="criteria")
    if not is_granted and not reason.strip():
        raise ValidationError({"reason": _("Art. 3: a refusal says why.")}, code="reason")
