"""What the page of an agreement says: is it whole, who accepted, what is missing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organization import clock
from organization.days import written
from pola.agreement_text import AgreementText, ContentLine
from pola.enums import AgreementState, Content, Party, VersionState
from pola.models import (
    Agreement,
    AgreementVersion,
    Exemption,
    Suspension,
    Withdrawal,
)
from pola.register_facts import DutyDays
from pola.reports.registers import is_current
from pola.reports.steps import moment_day
from pola.terms import terms_from_json
from strategy.word_differences import WordChange, has_changes, word_changes


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One side of a text: who, in what quality, when; whose turn it is."""

    name: str
    post: str
    day: str
    hour: str
    is_own: bool

    @property
    def is_given(self) -> bool:
        """The side has accepted."""
        return bool(self.day)


@dataclass(frozen=True, slots=True)
class Check:
    """A requirement with its article: met on a day, or not known."""

    label: str
    article: str
    detail: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A content that two texts say differently, word by word."""

    title: str
    article: str
    changes: tuple[WordChange, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to an agreement in force; why only for who may read it."""

    tone: str
    title: str
    text: str
    reason: str


def events_of(
    agreement: Agreement, withdrawal: Withdrawal | None, *, reserved: bool
) -> tuple[Event, ...]:
    """Withdrawal, suspensions and exemptions: two statements. Without `reserved` neither reasons
    nor the cause nor the length of the notice are there: the word is “deroga”."""
    found = [_withdrawal_event(withdrawal, reserved)] if withdrawal is not None else []
    if agreement.renewal_asked_at is not None:
        words = _("The employee asked for it on %(day)s; an evaluation answers (art. 6).")
        text = words % {"day": moment_day(agreement.renewal_asked_at)}
        found.append(Event("info", _("Renewal asked for"), text, ""))
    for pause in agreement.suspensions.all():
        words = _("From %(first)s to %(last)s the agreement does not hold (art. 8).")
        reason = pause.reason if reserved else ""
        found.append(Event("info", _("Suspension"), words % _span(pause), reason))
    for more in agreement.exemptions.all():
        words = _("Up to %(n)s days a week from %(first)s to %(last)s (art. 4).")
        reason = more.reserved_reason if reserved else ""
        text = words % ({"n": more.days_per_week} | _span(more))
        found.append(Event("info", _("Exemption"), text, reason))
    return tuple(found)


def _span(row: Suspension | Exemption) -> dict[str, object]:
    return {"first": written(row.starts_on), "last": written(row.ends_on)}


def _withdrawal_event(row: Withdrawal, reserved: bool) -> Event:
    parts = [
        _("The last day of the agreement is %(day)s.") % {"day": written(row.last_day)},
        _("Decided by %(side)s.") % {"side": row.get_party_display()},
    ]
    if not reserved:
        return Event("caution", _("Withdrawal"), " ".join(parts), "")
    if row.letter:
        words = _("Without notice for cause %(letter)s of art. 8.")
        parts.append(words % {"letter": row.letter})
    else:
        words = _("Notice of %(days)s days from %(given)s (art. 8).")
        parts.append(words % {"days": row.notice_days, "given": written(row.given_on)})
    return Event("caution", _("Withdrawal"), " ".join(parts), row.reserved_reason)


def acceptances(version: AgreementVersion, *, person_id: int | None) -> tuple[Acceptance, ...]:
    """Both sides of a text; `person_id` is who looks at it."""
    agreement = version.agreement
    sides = (
        (Party.EMPLOYEE, agreement.person, _("employee")),
        (Party.EMPLOYER, agreement.counterpart, _("for the Chamber")),
    )
    found = []
    for party, person, post in sides:
        moment = getattr(version, f"{party.value}_accepted_at")
        local = timezone.localtime(moment) if moment else None
        found.append(
            Acceptance(
                # Who accepted stays, whoever holds the post after.
                name=getattr(version, f"{party.value}_accepted_by_label") or str(person),
                post=post,
                day=moment_day(moment),
                hour=f"{local.hour}.{local.minute:02}" if local else "",
                is_own=person.pk == person_id,
            )
        )
    return tuple(found)


def checks_of(agreement: Agreement, duties: DutyDays, *, on: datetime.date) -> tuple[Check, ...]:
    """The requirements of art. 3, 10, 11 with the day on which each was met."""
    training, safety, hired = duties.training_on, duties.safety_on, agreement.person.hired_on
    return (
        Check(
            _("Six months from hiring"),
            "Art. 3",
            _("hired on %(day)s") % {"day": written(hired)} if hired else "",
            hired is not None,
        ),
        Check(_("Training done"), "Art. 11", written(training) if training else "", bool(training)),
        Check(
            _("Safety notice received within a year"),
            "Art. 10",
            written(safety) if safety else "",
            is_current(safety, on=on),
        ),
    )


def differences(old: AgreementText, new: AgreementText) -> tuple[Difference, ...]:
    """What two texts say differently: parties, contents, place, declarations."""
    found = []
    for title, article, left, right in _pairs(old, new):
        changes = tuple(word_changes(_paragraph(left), _paragraph(right)))
        if has_changes(changes):
            found.append(Difference(title, article, changes))
    return tuple(found)


def _pairs(old: AgreementText, new: AgreementText) -> Iterator[tuple[str, str, str, str]]:
    """Title, article and words of each part in both texts."""
    parts = (_parts(old), _parts(new))
    for key in dict.fromkeys([*parts[0], *parts[1]]):
        left, right = (one.get(key, "") for one in parts)
        yield *key, left, right


def _parts(text: AgreementText) -> dict[tuple[str, str], str]:
    parts = {(_("The parties"), "Art. 6"): "\n".join(text.parties)}
    parts |= {(one.title, one.reference): one.text for one in text.contents}
    parts[_("Place of agile work"), "Art. 4"] = text.place
    parts[_("Declarations"), ""] = "\n".join(text.declarations)
    return parts


def _paragraph(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f"<p>{escaped}</p>"


def whole_count(lines: Iterable[ContentLine]) -> int:
    """How many of the nine are there."""
    return sum(line.is_whole for line in lines)


def lead_words(
    agreement: Agreement,
    version: AgreementVersion | None,
    *,
    person_id: int,
    is_stopped: bool = False,
) -> str:
    """What happens next, in one sentence, for who looks at the page; `is_stopped` when a rule stops
    the text that is being written or to be accepted."""
    match agreement.state:
        case AgreementState.DRAFT:
            missing = terms_from_json(version.terms).missing if version else tuple(Content)
            if missing:
                words = ngettext(
                    "The text is being written: %(count)s of its 9 contents is missing.",
                    "The text is being written: %(count)s of its 9 contents are missing.",
                    len(missing),
                )
                return words % {"count": len(missing)}
            if is_stopped:
                return _("The text is whole, but goes against a rule: see what to change below.")
            return _("The text is whole: it can be offered.")
        case AgreementState.OFFERED:
            if day := day_gone_by(version):
                words = _(
                    "Its first day, %(day)s, has gone by: nobody can accept this text any more. "
                    "Either side gives it back, and it is written again from another day."
                )
                return words % {"day": written(day)}
            if is_stopped:
                return _(
                    "Nobody can accept this text yet: a requirement is missing from the registers, "
                    "which the personnel office keeps."
                )
            return _waiting_words(version, person_id)
        case AgreementState.RUNNING:
            term = {"first": written(agreement.starts_on), "last": written(agreement.ends_on)}
            if agreement.starts_on > clock.today():
                return _("Signed: it begins on %(first)s and ends on %(last)s.") % term
            return _("In force from %(first)s to %(last)s.") % term
        case AgreementState.DROPPED:
            return _("It was not concluded.")
        case _ if agreement.ends_on == clock.today():
            return _("It ends today.")
        case _:
            return _("It ended on %(day)s.") % {"day": written(agreement.ends_on)}


def day_gone_by(version: AgreementVersion | None) -> datetime.date | None:
    """The first day of a first text that was offered and not accepted in time (art. 6)."""
    if version is None or version.state != VersionState.OFFERED or version.number > 1:
        return None
    starts_on = terms_from_json(version.terms).starts_on
    return starts_on if starts_on is not None and starts_on < clock.today() else None


def _waiting_words(version: AgreementVersion | None, person_id: int) -> str:
    if version is None:
        return ""
    missing = [one for one in acceptances(version, person_id=person_id) if not one.is_given]
    if len(missing) == 1 and missing[0].is_own:
        return _("Only your acceptance is missing.")
    if any(one.is_own for one in missing):
        return _("Both acceptances are missing, yours too.")
    names = get_text_list([one.name for one in missing], _("and"))
    return _("It waits for the acceptance of %(names)s.") % {"names": names}
