"""What happens to an agreement in force: suspended, ended, moved to another unit, exempted."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization import audit, clock
from organization.days import written
from organization.models import Person, Unit, User
from pola.durations import A_DAY, earliest_end, first_term, notice_days
from pola.enums import AgreementState, Letter, Party, PriorityKind, VersionState
from pola.models import (
    Agreement,
    Exemption,
    Norm,
    PriorityGround,
    Suspension,
    Withdrawal,
)
from pola.operations.agreement_days import take_away_after, take_away_suspended
from pola.operations.drafting import begin, continued_terms, new_agreement
from pola.operations.interest_doors import (
    RUNNING,
    locked_agreement,
    refuse_withdrawn,
    save_signed,
    who,
)
from pola.problems import Blocker, refuse
from pola.reports.counterparts import chart_of


@transaction.atomic
def suspend_agreement(
    agreement: Agreement,
    *,
    starts_on: datetime.date,
    ends_on: datetime.date,
    reason: str,
    by: User | None,
    at: datetime.datetime | None = None,
) -> Suspension:
    """The Chamber suspends an agreement for a short period, with the reason (art. 8); records
    `agreement.suspended` with the days alone. The days of agile work booked in it fall.

    Refuses more days than the norm, days gone by or outside the term, and days already suspended.
    """
    at = at or timezone.now()
    agreement = locked_agreement(agreement, "pola.suspend_agreement", RUNNING, by=by)
    made = Suspension(
        agreement=agreement,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason.strip(),
        decided_at=at,
        decided_by_label=who(by),
    )
    made.full_clean()
    _refuse_suspension(agreement, starts_on, ends_on)
    save_signed(made, by=by, at=at)
    take_away_suspended(made, by=by, at=at)
    after = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    audit.record("agreement.suspended", target=agreement, by=by, at=at, after=after)
    return made


def _refuse_suspension(
    agreement: Agreement, starts_on: datetime.date, ends_on: datetime.date
) -> None:
    most = Norm.objects.in_force().suspension_days
    if (ends_on - starts_on).days + 1 > most:
        words = _("a suspension lasts at most %(days)s days") % {"days": most}
        refuse([Blocker(article=8, code="suspension", reason=words)])
    if starts_on < clock.today():
        raise ValidationError({"starts_on": _("This day has gone by.")})
    if starts_on < agreement.starts_on or ends_on > agreement.ends_on:
        raise ValidationError({"ends_on": _("These days are outside the agreement.")})
    if agreement.suspensions.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise ValidationError(_("The agreement is already suspended on some of these days."))


@transaction.atomic
def withdraw_from_agreement(
    agreement: Agreement,
    *,
    party: Party,
    reason: str,
    last_day: datetime.date,
    letter: Letter | None = None,
    is_protected: bool = False,
    by: User,
    at: datetime.datetime | None = None,
) -> Withdrawal:
    """One side ends an agreement before its term (art. 8); records `agreement.withdrawn`, an act
    that the register shows to nobody: its day and the last day would give the notice.

    The notice is that of the day: 30 days; 90 when the Chamber withdraws and the worker is
    protected (`is_protected`, or known from the request); none for the causes a, b, c. Refuses an
    earlier last day, one after the present end, no reason, a second withdrawal. The agreement runs
    until the last day; the days of agile work booked after it fall.
    """
    at = at or timezone.now()
    right = "as_employee" if party is Party.EMPLOYEE else "for_the_chamber"
    agreement = locked_agreement(agreement, f"pola.withdraw_{right}", RUNNING, by=by)
    refuse_withdrawn(agreement)
    days = notice_days(
        Norm.objects.in_force(),
        party=party,
        letter=letter,
        is_protected=is_protected or is_known_protected(agreement),
    )
    made = Withdrawal(
        agreement=agreement,
        party=party,
        letter=letter or "",
        notice_days=days,
        given_on=clock.today(),
        last_day=last_day,
        reserved_reason=reason.strip(),
        decided_at=at,
        decided_by_label=who(by),
    )
    _refuse_withdrawal(agreement, made)
    made.full_clean()
    made.save(force_insert=True)
    _drop_open_text(agreement, by=by, at=at)
    agreement.ends_on = last_day
    agreement.starts_on = min(agreement.starts_on, last_day)
    if last_day <= clock.today():
        agreement.state = AgreementState.WITHDRAWN
    save_signed(agreement, by=by, at=at)
    take_away_after(agreement, by=by, at=at)
    after = {"side": str(party.label)}
    audit.record("agreement.withdrawn", target=agreement, by=by, at=at, after=after)
    return made


def is_known_protected(agreement: Agreement) -> bool:
    """Whether a request that the person sent says that the longer notice applies: for HR and for
    who signs for the Chamber, never for a page of others."""
    grounds = PriorityGround.objects.sent().filter(interest__person=agreement.person_id)
    return bool(grounds.filter(kind=PriorityKind.OWN_DISABILITY).exists())


def _refuse_withdrawal(agreement: Agreement, made: Withdrawal) -> None:
    if not made.reserved_reason:
        words = _("a withdrawal has a specific reason")
        raise ValidationError({"reason": Blocker(article=8, reason=words).text}, code="reason")
    first = earliest_end(made.given_on, made.notice_days)
    if made.last_day < first:
        words = _("with %(days)s days of notice the agreement ends on %(day)s at the earliest")
        text = words % {"days": made.notice_days, "day": written(first)}
        refuse([Blocker(article=8, code="notice", reason=text)])
    if made.last_day > agreement.ends_on:
        words = _("The agreement ends by itself on %(day)s.") % {"day": written(agreement.ends_on)}
        raise ValidationError({"last_day": words})


def _drop_open_text(agreement: Agreement, *, by: User | None, at: datetime.datetime) -> None:
    for version in agreement.versions.filter(state__in=sorted(VersionState.open)):
        version.state = VersionState.DROPPED
        save_signed(version, by=by, at=at)


@transaction.atomic
def expire_agreements(
    *, on: datetime.date | None = None, at: datetime.datetime | None = None
) -> list[Agreement]:
    """Close the agreements whose last day has gone by; records `agreement.expired` for each. A
    renewal that nobody accepted in time is dropped with it; days booked after the term fall."""
    on, at = on or clock.today(), at or timezone.now()
    over = Agreement.objects.select_for_update(of=("self",)).filter(
        state=AgreementState.RUNNING, ends_on__lt=on
    )
    closed = list(over.select_related("person", "unit", "counterpart").order_by("pk"))
    ended = set(Withdrawal.objects.filter(agreement__in=closed).values_list("agreement", flat=True))
    for agreement in closed:
        is_withdrawn = agreement.pk in ended
        agreement.state = AgreementState.WITHDRAWN if is_withdrawn else AgreementState.ENDED
        _drop_open_text(agreement, by=None, at=at)
        save_signed(agreement, by=None, at=at)
        take_away_after(agreement, by=None, at=at)
        audit.record("agreement.expired", target=agreement, by=None, at=at)
    return closed


@transaction.atomic
def change_unit(
    agreement: Agreement,
    *,
    unit: Unit,
    from_day: datetime.date,
    by: User | None,
    at: datetime.datetime | None = None,
) -> Agreement:
    """The person passes to another unit: the agreement ends on the day before, and one for the new
    unit begins to be written with its dirigente; records `agreement.moved`.

    What stands is copied, the objectives are not: they are those of the new unit. The days booked
    from that day on fall. Refuses the same unit and a day outside the agreement.
    """
    at = at or timezone.now()
    agreement = locked_agreement(agreement, "pola.change_unit_of_agreement", RUNNING, by=by)
    refuse_withdrawn(agreement)
    if unit == agreement.unit:
        raise ValidationError({"unit": _("The agreement is already of this unit.")})
    if not agreement.starts_on < from_day <= agreement.ends_on:
        raise ValidationError({"from_day": _("This day is outside the agreement.")})
    counterpart = _counterpart_in(unit, agreement)
    last = agreement.versions.filter(state=VersionState.IN_FORCE).first()
    if last is None:
        raise ValidationError(_("This agreement has no text in force."), code="state")
    length = first_term(from_day, Norm.objects.in_force())
    terms = continued_terms(last, length, with_objectives=False)
    terms = terms.with_changes(ends_on=min(length.ends_on, agreement.ends_on), is_cut=False)
    _drop_open_text(agreement, by=by, at=at)
    agreement.ends_on = from_day - A_DAY
    if agreement.ends_on < clock.today():
        agreement.state = AgreementState.ENDED
    save_signed(agreement, by=by, at=at)
    take_away_after(agreement, by=by, at=at)
    after = {"unit": str(unit), "starts_on": from_day.isoformat()}
    audit.record("agreement.moved", target=agreement, by=by, at=at, after=after)
    new = new_agreement(agreement.person, unit, counterpart, terms)
    new.continues = agreement
    begin(new, terms, by=by, at=at)
    return new


def _counterpart_in(unit: Unit, agreement: Agreement) -> Person:
    counterpart = chart_of(clock.today()).counterpart_of(agreement.person, unit.pk)
    if counterpart is None:
        raise ValidationError({"unit": _("Nobody signs for the Chamber in this unit.")})
    return counterpart


@transaction.atomic
def grant_exemption(
    agreement: Agreement,
    *,
    days_per_week: int,
    starts_on: datetime.date,
    ends_on: datetime.date,
    reserved_reason: str,
    by: User | None,
    at: datetime.datetime | None = None,
) -> Exemption:
    """Allow more days a week for some time (fragile workers, art. 4); records `exemption.granted`
    with days and dates, never the reason.

    Refuses no more days than the norm, no reason, an end before the start.
    """
    at = at or timezone.now()
    agreement = locked_agreement(agreement, "pola.grant_exemption", AgreementState.open, by=by)
    most = Norm.objects.in_force().max_days_per_week
    if days_per_week <= most:
        words = _("An exemption allows more than %(days)s days a week.") % {"days": most}
        raise ValidationError({"days_per_week": words})
    made = Exemption(
        agreement=agreement,
        days_per_week=days_per_week,
        starts_on=starts_on,
        ends_on=ends_on,
        reserved_reason=reserved_reason.strip(),
        decided_at=at,
        decided_by_label=who(by),
    )
    made.full_clean()
    made.save(force_insert=True)
    after = {
        "days": days_per_week,
        "starts_on": starts_on.isoformat(),
        "ends_on": ends_on.isoformat(),
    }
    audit.record("exemption.granted", target=agreement, by=by, at=at, after=after)
    return made
