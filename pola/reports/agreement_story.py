"""The story of an agreement: every act on it and on its request, when and by whom."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from organization.audit_phrases import phrase
from organization.models import AuditEvent
from pola.enums import InterestState, Party, VersionState
from pola.models import Agreement, AgreementEvaluation, AgreementVersion, Interest, Suspension
from pola.reports.story import StoryEntry

Told = tuple[str, datetime.datetime | None, str, dict[str, Any]]
ICONS = {
    "interest.sent": "it-mail",
    "interest.checked": "it-check",
    "interest.granted": "it-check-circle",
    "agreement.offered": "it-upload",
    "agreement.concluded": "it-file-signed",
    "agreement.accepted": "it-check",
    "agreement.withdrawn": "it-close-circle",
    "interest.refused": "it-close-circle",
}


def story_of(
    agreement: Agreement,
    versions: Iterable[AgreementVersion] = (),
    evaluations: Iterable[AgreementEvaluation] = (),
    suspensions: Iterable[Suspension] = (),
    *,
    reserved: bool,
) -> tuple[StoryEntry, ...]:
    """Every act on the agreement, its request and the one it continues, the newest first; what was
    loaded as it stood tells it by its rows. The register never says why: neither does this. Without
    `reserved` the acts whose moment tells what is reserved are not there: the day of a withdrawal
    and the last day give the notice."""
    targets = {("pola.agreement", str(agreement.pk))}
    if agreement.interest_id:
        targets.add(("pola.interest", str(agreement.interest_id)))
    if agreement.continues_id:
        targets.add(("pola.agreement", str(agreement.continues_id)))
    events = AuditEvent.objects.filter(
        target_type__in={kind for kind, _pk in targets}, target_id__in={pk for _kind, pk in targets}
    )
    if not reserved:
        events = events.open_to_all()
    recorded = [one for one in events if (one.target_type, one.target_id) in targets]
    told = [
        *(_of_request(agreement.interest) if agreement.interest else ()),
        *(
            (("agreement.evaluated", one.evaluated_at, one.evaluated_by_label, {}))
            for one in evaluations
        ),
        *(
            (("agreement.suspended", one.decided_at, one.decided_by_label, {}))
            for one in suspensions
        ),
        *(
            act
            for version in sorted(versions, key=lambda one: one.number)
            for act in _of_text(version)
        ),
    ]
    every = [*recorded, *_by_rows(told, recorded)]
    return tuple(story_entry(one) for one in sorted(every, key=lambda one: one.at, reverse=True))


def _of_request(interest: Interest) -> Iterator[Told]:
    """When a request was sent, checked, decided."""
    yield "interest.sent", interest.sent_at, interest.sent_by_label, {}
    yield "interest.checked", interest.checked_at, interest.checked_by_label, {}
    is_granted = interest.state == InterestState.GRANTED
    verb = "interest.granted" if is_granted else "interest.refused"
    yield verb, interest.decided_at, interest.decided_by_label, {}


def _of_text(version: AgreementVersion) -> Iterator[Told]:
    """When a text was offered, accepted by each side, by both."""
    said = {"number": version.number, "sha256": version.text_sha256}
    yield "agreement.offered", version.offered_at, version.offered_by_label, said
    moments = []
    for party in Party:
        at = getattr(version, f"{party.value}_accepted_at")
        moments.append((at, getattr(version, f"{party.value}_accepted_by_label")))
        yield "agreement.accepted", *moments[-1], said
    if version.state in (VersionState.IN_FORCE, VersionState.REPLACED):
        yield "agreement.concluded", *sorted(moments, key=lambda one: one[0])[-1], {}


def _by_rows(told: Iterable[Told], recorded: Iterable[AuditEvent]) -> list[AuditEvent]:
    """The acts that the register does not have, the latest first: of an act that it has, the row
    holds the same moment."""
    known = {(one.verb, one.at) for one in recorded}
    return [
        AuditEvent(verb=verb, at=at, actor_label=who, after=after)
        for verb, at, who, after in reversed(list(told))
        if at is not None and (verb, at) not in known
    ]


def story_entry(event: AuditEvent) -> StoryEntry:
    """An act in words."""
    local = timezone.localtime(event.at)
    number = event.after.get("number")
    words = [
        event.actor_label,
        *([_("text no. %(number)s") % {"number": number}] if number else []),
    ]
    if sha256 := event.after.get("sha256"):
        words.append(f"SHA-256 {sha256[:12]}")
    return StoryEntry(
        when=f"{local.day}.{local.month}.{local.year}, {local.hour}.{local.minute:02}",
        title=str(phrase(event.verb)),
        text=", ".join(words),
        icon_name=ICONS.get(event.verb, "it-clock"),
    )
