"""What happens to an agreement in force: suspended, withdrawn from, exempted."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization import audit, clock
from organization.days import written
from organization.models import User
from pola.durations import earliest_end, notice_days
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
from pola.operations.dropping import drop_texts, put_dropped
from pola.operations.interest_doors import (
    RUNNING,
    locked_agreement,
    refuse_withdrawn,
    save_signed,
    who,
)
from pola.problems import Blocker, refuse


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
    until the last day; the days of agile work booked after it fall. When its first day comes later
    it never runs: it is dropped with its term as it was.
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
    if last_day < agreement.starts_on:
        put_dropped(agreement, by=by, at=at)
    else:
        _end_on(agreement, last_day, by=by, at=at)
    after = {"side": str(party.label)}
    audit.record("agreement.withdrawn", target=agreement, by=by, at=at, after=after)
    return made


def _end_on(
    agreement: Agreement, last_day: datetime.date, *, by: User, at: datetime.datetime
) -> None:
    drop_texts(agreement, VersionState.open, by=by, at=at)
    agreement.ends_on = last_day
    if last_day <= clock.today():
        agreement.state = AgreementState.WITHDRAWN
    save_signed(agreement, by=by, at=at)
    take_away_after(agreement, by=by, at=at)


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
        words = (
            _("with %(days)s days of notice the agreement ends on %(day)s at the earliest")
            if made.notice_days
            else _("without notice the agreement ends on the day of the act, %(day)s, or later")
        )
        text = words % {"days": made.notice_days, "day": written(first)}
        refuse([Blocker(article=8, code="notice", reason=text)])
    if made.last_day > agreement.ends_on:
        words = _("The agreement ends by itself on %(day)s.") % {"day": written(agreement.ends_on)}
        raise ValidationError({"last_day": words})


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

    Refuses an agreement not in force, no more days than the norm, no reason, an end before the
    start, days gone by or outside the agreement.
    """
    at = at or timezone.now()
    agreement = locked_agreement(agreement, "pola.grant_exemption", RUNNING, by=by)
    most = Norm.objects.in_force().max_days_per_week
    if days_per_week <= most:
        words = _("An exemption allows more than %(days)s days a week.") % {"days": most}
        raise ValidationError({"days_per_week": words})
    _refuse_exemption(agreement, starts_on, ends_on)
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


def _refuse_exemption(
    agreement: Agreement, starts_on: datetime.date, ends_on: datetime.date
) -> None:
    if starts_on < clock.today():
        raise ValidationError({"starts_on": _("This day has gone by.")})
    if starts_on < agreement.starts_on:
        words = _("The agreement begins on %(day)s.") % {"day": written(agreement.starts_on)}
        raise ValidationError({"starts_on": words})
    if ends_on > agreement.ends_on:
        words = _("The agreement ends on %(day)s.") % {"day": written(agreement.ends_on)}
        raise ValidationError({"ends_on": words})
