"""What the calendar does to agreements: they expire, the terms of a renewal begin to hold."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from organization import audit, clock
from pola.enums import AgreementState, VersionState
from pola.models import Agreement, Withdrawal
from pola.operations.agreement_days import take_away_after
from pola.operations.drafting import put_terms_of
from pola.operations.dropping import drop_texts
from pola.operations.interest_doors import save_signed


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
        drop_texts(agreement, VersionState.open, by=None, at=at)
        save_signed(agreement, by=None, at=at)
        take_away_after(agreement, by=None, at=at)
        audit.record("agreement.expired", target=agreement, by=None, at=at)
    return closed


@transaction.atomic
def begin_renewals(
    *, on: datetime.date | None = None, at: datetime.datetime | None = None
) -> list[Agreement]:
    """The terms of renewals whose first day has come become those of their agreements; records
    `agreement.renewed` for each. Limits and notice never wait for it: they are asked of the day."""
    on, at = on or clock.today(), at or timezone.now()
    renewed = Agreement.objects.select_for_update(of=("self",)).exclude(terms_by_day=[])
    running = renewed.filter(state=AgreementState.RUNNING).select_related("person", "unit")
    begun = [one for one in running.order_by("pk") if _takes_effect(one, on)]
    for agreement in begun:
        save_signed(agreement, by=None, at=at)
        audit.record("agreement.renewed", target=agreement, by=None, at=at)
    return begun


def _takes_effect(agreement: Agreement, on: datetime.date) -> bool:
    """Put the terms of the day; false when they are there already."""
    before = _kept(agreement)
    put_terms_of(agreement, on)
    return _kept(agreement) != before


def _kept(agreement: Agreement) -> list[object]:
    names = ("days_per_week", "weekdays", "day_begins_at", "day_ends_at")
    windows = ("morning_from", "morning_to", "afternoon_from", "afternoon_to")
    return [getattr(agreement, name) for name in (*names, *windows)]
