"""What happens to the text of an agreement: written, offered, accepted by both, given back."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization import audit, clock
from organization.days import written
from organization.models import User
from pola.agreement_text import agreement_text, follow_changes, text_hash
from pola.durations import first_term
from pola.enums import AgreementState, Party, VersionState
from pola.models import Agreement, AgreementVersion, Norm
from pola.norms import Norms
from pola.operations.agreement_days import take_away_after
from pola.operations.drafting import put_renewal, put_terms
from pola.operations.interest_doors import locked_agreement, save_signed, who
from pola.problems import Blocker, Finding, refuse
from pola.problems.agreements import (
    duty_problems,
    first_day_problems,
    hire_problems,
    renewal_problems,
    terms_problems,
)
from pola.register_facts import duty_days
from pola.reports.texts import heading_of
from pola.terms import Terms, terms_from_json, terms_to_json


@transaction.atomic
def write_terms(
    version: AgreementVersion,
    *,
    terms: Terms,
    seen: str,
    by: User | None,
    at: datetime.datetime | None = None,
) -> AgreementVersion:
    """Write the contents of a text that is not offered yet; records `agreement.written`.

    `seen` says which text was read (see also: seen_of). Refuses what somebody else wrote meanwhile
    (code `stale`). Contents may be missing: only offering asks for all nine. The usual words that
    nobody touched follow the days and hours that change.
    """
    at = at or timezone.now()
    version = _locked_version(version, "pola.write_agreement", VersionState.WRITTEN, by=by)
    if seen_of(version) != seen:
        words = _("Somebody else wrote this text meanwhile: read it, then write yours.")
        raise ValidationError(words, code="stale")
    terms = follow_changes(terms_from_json(version.terms), terms, Norm.objects.in_force())
    version.terms = terms_to_json(terms)
    version.written_at, version.written_by_label = at, who(by)
    save_signed(version, by=by, at=at)
    if version.agreement.state == AgreementState.DRAFT:
        put_terms(version.agreement, terms)
        save_signed(version.agreement, by=by, at=at)
    after = {"number": version.number}
    audit.record("agreement.written", target=version.agreement, by=by, at=at, after=after)
    return version


def seen_of(version: AgreementVersion) -> str:
    """By which it is noticed that somebody else wrote meanwhile."""
    return version.written_at.isoformat()


@transaction.atomic
def offer_agreement(
    version: AgreementVersion, *, by: User | None, at: datetime.datetime | None = None
) -> AgreementVersion:
    """Fix the text with its hash and offer it to both sides; records `agreement.offered`.

    Refuses a text that lacks one of the nine contents (art. 6) or is against a rule, a first one
    whose first day has gone by, a renewal that does not follow the last day of the agreement or
    ends before it, and who has not done training or received the safety notice within a year
    (art. 10 and 11): as the registers have it, whatever the text is.
    """
    at = at or timezone.now()
    version = _locked_version(version, "pola.write_agreement", VersionState.WRITTEN, by=by)
    norms = Norm.objects.in_force()
    refuse(problems_of_text(version, norms))
    agreement = version.agreement
    version.text = agreement_text(heading_of(version), terms_from_json(version.terms), norms)
    version.text_sha256 = text_hash(version.text)
    version.state, version.return_reason = VersionState.OFFERED, ""
    version.offered_at, version.offered_by_label = at, who(by)
    save_signed(version, by=by, at=at)
    if agreement.state == AgreementState.DRAFT:
        agreement.state = AgreementState.OFFERED
        save_signed(agreement, by=by, at=at)
    after = {"number": version.number, "sha256": version.text_sha256}
    audit.record("agreement.offered", target=agreement, by=by, at=at, after=after)
    return version


def problems_of_text(version: AgreementVersion, norms: Norms) -> list[Finding]:
    """What a text still needs before it is offered."""
    agreement, terms = version.agreement, terms_from_json(version.terms)
    longest = None
    found: list[Finding] = []
    if version.number > 1:
        found += renewal_problems(terms, ends_on=agreement.ends_on)
    elif terms.starts_on is not None:
        found += first_day_problems(terms.starts_on, on=clock.today())
        found += _shared_days(agreement, terms)
        if terms.starts_on <= norms.trial_ends_on:
            longest = first_term(terms.starts_on, norms).ends_on
    exempted = max(
        agreement.exemptions.running().values_list("days_per_week", flat=True), default=0
    )
    found += terms_problems(
        terms,
        norms,
        percent=agreement.person.part_time_percent,
        longest=longest,
        exempted=exempted,
    )
    return found + eligibility_of(agreement, norms)


def _shared_days(agreement: Agreement, terms: Terms) -> list[Finding]:
    """Another agreement of the person is in force on some of these days (art. 6)."""
    held = Agreement.objects.filter(person=agreement.person_id, state=AgreementState.RUNNING)
    others = held.exclude(pk=agreement.pk).filter(ends_on__gte=terms.starts_on)
    other = others.filter(starts_on__lte=terms.ends_on or datetime.date.max).first()
    if other is None:
        return []
    words = _("another agreement is in force until %(day)s: this one begins after it")
    return [Blocker(article=6, code="overlap", reason=words % {"day": written(other.ends_on)})]


def eligibility_of(agreement: Agreement, norms: Norms) -> list[Finding]:
    """Art. 3, 10, 11: service for who comes from a request, the registers for everybody."""
    on = clock.today()
    known = duty_days(agreement, on)
    found = duty_problems(known.training_on, known.safety_on, on=on)
    if agreement.interest is None:
        return found
    return hire_problems(agreement.person.hired_on, norms, on=on) + found


@transaction.atomic
def accept_agreement(
    version: AgreementVersion, *, seen: str, by: User, at: datetime.datetime | None = None
) -> AgreementVersion:
    """One side accepts the text whose hash it has read; records `agreement.accepted`.

    When both have, the text comes into force in the place of the one before, the agreement runs as
    it says (a renewal from its first day on), days booked after its end fall, and
    `agreement.concluded` is recorded. Refuses another hash (code `stale`), a second acceptance, a
    first text whose first day has gone by (it is given back and written again), a requirement that
    the registers no longer have since it was offered (art. 10 and 11), and whoever has another
    agreement in force on some of its days (held by the database).
    """
    at = at or timezone.now()
    version = _locked_version(version, "pola.accept_agreement", VersionState.OFFERED, by=by)
    if seen != version.text_sha256:
        raise ValidationError(_("The text has changed: read it again."), code="stale")
    own = by.person_id == version.agreement.person_id
    party = Party.EMPLOYEE if own else Party.EMPLOYER
    if version.accepted_by(party):
        raise ValidationError(_("You have accepted this text already."), code="state")
    terms = terms_from_json(version.terms)
    if version.number == 1 and terms.starts_on is not None:
        refuse(first_day_problems(terms.starts_on, on=clock.today()))
    refuse(eligibility_of(version.agreement, Norm.objects.in_force()))
    setattr(version, f"{party.value}_accepted_at", at)
    setattr(version, f"{party.value}_accepted_by_label", who(by))
    save_signed(version, by=by, at=at)
    after = {"number": version.number, "sha256": version.text_sha256, "side": str(party.label)}
    audit.record("agreement.accepted", target=version.agreement, by=by, at=at, after=after)
    if all(version.accepted_by(side) for side in Party):
        _conclude(version, by=by, at=at)
    return version


def _conclude(version: AgreementVersion, *, by: User, at: datetime.datetime) -> None:
    agreement = version.agreement
    for old in agreement.versions.filter(state=VersionState.IN_FORCE):
        old.state = VersionState.REPLACED
        save_signed(old, by=by, at=at)
    version.state = VersionState.IN_FORCE
    save_signed(version, by=by, at=at)
    terms = terms_from_json(version.terms)
    if agreement.state == AgreementState.RUNNING:
        put_renewal(agreement, terms, on=clock.today())
    else:
        put_terms(agreement, terms)
    agreement.state = AgreementState.RUNNING
    save_signed(agreement, by=by, at=at)
    take_away_after(agreement, by=by, at=at)
    after = {
        "starts_on": agreement.starts_on.isoformat(),
        "ends_on": agreement.ends_on.isoformat(),
        "days": terms.days_per_week,
    }
    audit.record("agreement.concluded", target=agreement, by=by, at=at, after=after)


@transaction.atomic
def give_back_agreement(
    version: AgreementVersion, *, reason: str, by: User, at: datetime.datetime | None = None
) -> AgreementVersion:
    """Give back a text that was offered, with the reason: it is written again, both accept anew;
    records `agreement.given_back`."""
    at = at or timezone.now()
    version = _locked_version(version, "pola.accept_agreement", VersionState.OFFERED, by=by)
    if not reason.strip():
        raise ValidationError({"reason": _("Say what is to be changed.")}, code="reason")
    write_again(version, reason=reason.strip(), by=by, at=at)
    return version


def write_again(
    version: AgreementVersion, *, reason: str, by: User | None, at: datetime.datetime
) -> None:
    """The text is written again: the acceptances given fall. Call it inside the transaction of the
    act, with the agreement locked."""
    version.state, version.return_reason = VersionState.WRITTEN, reason
    for party in Party:
        setattr(version, f"{party.value}_accepted_at", None)
        setattr(version, f"{party.value}_accepted_by_label", "")
    save_signed(version, by=by, at=at)
    agreement = version.agreement
    if agreement.state == AgreementState.OFFERED:
        agreement.state = AgreementState.DRAFT
        save_signed(agreement, by=by, at=at)
    audit.record(
        "agreement.given_back", target=agreement, by=by, at=at, after={"number": version.number}
    )


def _locked_version(
    version: AgreementVersion, permission: str, state: VersionState, *, by: User | None
) -> AgreementVersion:
    """The text as it is now, its agreement locked; refuses another state of either."""
    agreement: Agreement = locked_agreement(
        version.agreement, permission, AgreementState.open, by=by
    )
    found = AgreementVersion.objects.select_for_update().get(pk=version.pk)
    found.agreement = agreement
    if found.state != state:
        words = _("This text is %(state)s: this is not done now.")
        name = str(found.get_state_display()).lower()
        raise ValidationError(words % {"state": name}, code="state")
    return found
