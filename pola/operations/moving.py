"""A person passes to another unit: one agreement ends, another one begins to be written."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization import audit, clock
from organization.models import Person, Unit, User
from pola.durations import A_DAY
from pola.enums import AgreementState, VersionState
from pola.models import Agreement, Norm
from pola.operations.agreement_days import take_away_after
from pola.operations.drafting import begin, continued_terms, new_agreement, term_or_refuse
from pola.operations.dropping import drop_texts
from pola.operations.interest_doors import (
    RUNNING,
    locked_agreement,
    refuse_moved,
    refuse_withdrawn,
    save_signed,
)
from pola.reports.counterparts import chart_of
from pola.reports.texts import text_of_day


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

    What stands on that day is copied, the objectives are not: they are those of the new unit. The
    days booked from that day on fall; those of the new unit are booked once its agreement is
    concluded, which may be before that day. Refuses the same unit, a day outside the agreement,
    past or after the trial (art. 1), and a second change while the first one stands.
    """
    at = at or timezone.now()
    agreement = locked_agreement(agreement, "pola.change_unit_of_agreement", RUNNING, by=by)
    refuse_withdrawn(agreement)
    refuse_moved(agreement)
    if unit == agreement.unit:
        raise ValidationError({"unit": _("The agreement is already of this unit.")})
    if not agreement.starts_on < from_day <= agreement.ends_on:
        raise ValidationError({"from_day": _("This day is outside the agreement.")})
    if from_day < clock.today():
        words = _("The days before today were worked under this agreement: choose today or later.")
        raise ValidationError({"from_day": words})
    counterpart = _counterpart_in(unit, agreement)
    held = text_of_day(agreement.versions.order_by("-number"), from_day)
    if held is None:
        raise ValidationError(_("This agreement has no text in force."), code="state")
    length = term_or_refuse(from_day, Norm.objects.in_force())
    terms = continued_terms(held, length, with_objectives=False)
    terms = terms.with_changes(ends_on=min(length.ends_on, agreement.ends_on), is_cut=False)
    _end_before(agreement, from_day, by=by, at=at)
    after = {"unit": str(unit), "starts_on": from_day.isoformat()}
    audit.record("agreement.moved", target=agreement, by=by, at=at, after=after)
    new = new_agreement(agreement.person, unit, counterpart, terms)
    new.continues = agreement
    begin(new, terms, by=by, at=at)
    return new


def _end_before(
    agreement: Agreement, day: datetime.date, *, by: User | None, at: datetime.datetime
) -> None:
    """The day before is the last one; a renewal asked for or being written falls."""
    drop_texts(agreement, VersionState.open, by=by, at=at)
    agreement.ends_on, agreement.renewal_asked_at = day - A_DAY, None
    if agreement.ends_on < clock.today():
        agreement.state = AgreementState.ENDED
    save_signed(agreement, by=by, at=at)
    take_away_after(agreement, by=by, at=at)


def _counterpart_in(unit: Unit, agreement: Agreement) -> Person:
    counterpart = chart_of(clock.today()).counterpart_of(agreement.person, unit.pk)
    if counterpart is None:
        raise ValidationError({"unit": _("Nobody signs for the Chamber in this unit.")})
    return counterpart
