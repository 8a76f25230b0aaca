"""How the text of an agreement begins: from a request, from the text before, in another unit."""

from __future__ import annotations

import datetime
from typing import cast

from django.utils.translation import gettext as _

from organization import audit, clock
from organization.days import written
from organization.models import Person, Unit, User
from pola.agreement_text import default_terms
from pola.contact_windows import Window
from pola.durations import Term, first_term
from pola.enums import AgreementState
from pola.models import Agreement, AgreementVersion, Interest, Norm
from pola.norms import Norms
from pola.operations.interest_doors import save_signed, who
from pola.problems import Blocker, refuse
from pola.reports.texts import terms_of_day
from pola.terms import TEXTS, Terms, terms_from_json, terms_to_json


def open_agreement(
    interest: Interest, *, by: User | None, at: datetime.datetime
) -> AgreementVersion:
    """The draft that a granted request becomes; its first day is not one gone by. Refuses one after
    the trial (art. 1)."""
    norms = Norm.objects.in_force()
    asked = interest.starts_on or clock.today()
    length = term_or_refuse(max(asked, clock.today()), norms)
    terms = Terms(
        starts_on=length.starts_on,
        ends_on=length.ends_on,
        is_cut=length.is_cut,
        days_per_week=interest.days_per_week,
        weekdays=tuple(interest.weekdays),
        day_begins_at=interest.day_begins_at,
        day_ends_at=interest.day_ends_at,
        morning=Window(interest.morning_from, interest.morning_to),
        afternoon=Window(interest.afternoon_from, interest.afternoon_to),
        place=place_words(interest),
    )
    terms = default_terms(terms, norms, own_equipment=interest.own_equipment)
    agreement = new_agreement(interest.person, interest.unit, interest.decider, terms)
    agreement.interest = interest
    return begin(agreement, terms, by=by, at=at)


def term_or_refuse(starts_on: datetime.date, norms: Norms) -> Term:
    """The first duration from a day on; refused when the trial is over by then (art. 1)."""
    if starts_on > norms.trial_ends_on:
        words = _("the trial ends on %(day)s") % {"day": written(norms.trial_ends_on)}
        refuse([Blocker(article=1, code="trial", reason=words)])
    return first_term(starts_on, norms)


def place_words(interest: Interest) -> str:
    """The place as the agreement says it."""
    label = str(interest.get_place_display())
    return ", ".join(filter(None, (label, interest.place_detail.strip())))


def new_agreement(
    person: Person, unit: Unit, counterpart: Person | None, terms: Terms
) -> Agreement:
    """An agreement being written, as its terms say."""
    agreement = Agreement(person=person, unit=unit, counterpart=counterpart)
    put_terms(agreement, terms)
    agreement.state = AgreementState.DRAFT
    return agreement


def begin(
    agreement: Agreement, terms: Terms, *, by: User | None, at: datetime.datetime
) -> AgreementVersion:
    """Save the agreement with its first text; records `agreement.begun`."""
    save_signed(agreement, by=by, at=at)
    version = next_version(agreement, terms, by=by, at=at)
    audit.record("agreement.begun", target=agreement, by=by, at=at)
    return version


def next_version(
    agreement: Agreement, terms: Terms, *, by: User | None, at: datetime.datetime
) -> AgreementVersion:
    """One more text of the agreement, being written."""
    last = agreement.versions.order_by("-number").first()
    version = AgreementVersion(
        agreement=agreement,
        number=last.number + 1 if last else 1,
        terms=terms_to_json(terms),
        written_at=at,
        written_by_label=who(by),
    )
    save_signed(version, by=by, at=at)
    return version


def put_terms(agreement: Agreement, terms: Terms) -> None:
    """What of the terms the agreement itself keeps, for the days to be booked."""
    if terms.starts_on is not None and terms.ends_on is not None:
        agreement.starts_on, agreement.ends_on = terms.starts_on, terms.ends_on
    _put_days(agreement, terms)


def _put_days(agreement: Agreement, terms: Terms) -> None:
    agreement.days_per_week, agreement.weekdays = terms.days_per_week, list(terms.weekdays)
    agreement.day_begins_at, agreement.day_ends_at = terms.day_begins_at, terms.day_ends_at
    if terms.morning.start is not None and terms.morning.end is not None:
        agreement.morning_from, agreement.morning_to = terms.morning.start, terms.morning.end
    agreement.afternoon_from, agreement.afternoon_to = terms.afternoon.start, terms.afternoon.end


def put_renewal(agreement: Agreement, terms: Terms, *, on: datetime.date) -> None:
    """What a renewal brings: the new last day at once, the rest from its first day on. It was
    offered, so that both days are there."""
    first_day, last_day = cast(datetime.date, terms.starts_on), cast(datetime.date, terms.ends_on)
    kept = agreement.terms_by_day or [terms_to_json(terms_of_day(agreement, on))]
    first = first_day.isoformat()
    earlier = [one for one in kept if one["starts_on"] < first]
    agreement.terms_by_day = [*earlier, terms_to_json(_days_alone(terms))]
    agreement.ends_on = last_day
    put_terms_of(agreement, on)


def put_terms_of(agreement: Agreement, day: datetime.date) -> None:
    """The terms that hold on a day become those of the agreement."""
    terms = agreement.terms_on(day)
    if terms is not None:
        _put_days(agreement, terms_from_json(terms))


def _days_alone(terms: Terms) -> Terms:
    """The same terms without objectives and words: the texts have them."""
    return terms.with_changes(objectives=(), **dict.fromkeys(TEXTS, ""))


def continued_terms(version: AgreementVersion, length: Term, *, with_objectives: bool) -> Terms:
    """The terms of a text with another duration, for the text that comes after it."""
    terms = terms_from_json(version.terms).with_changes(
        starts_on=length.starts_on, ends_on=length.ends_on, is_cut=length.is_cut
    )
    return terms if with_objectives else terms.with_changes(objectives=())
