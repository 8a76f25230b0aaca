"""Where a request and its agreement stand, and what happens next, as steps with their day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from organization.days import written
from pola.enums import AgreementState, InterestState, Party
from pola.models import Agreement, AgreementVersion, Interest


@dataclass(frozen=True, slots=True)
class Step:
    """One step: done, the one at hand, or still to come."""

    label: str
    detail: str
    look: str

    @property
    def icon_name(self) -> str:
        """The sign that says the same without colour."""
        icons = {"done": "it-check-circle", "now": "it-clock", "no": "it-close-circle"}
        return icons.get(self.look, "it-minus-circle")


def moment_day(moment: datetime.datetime | None) -> str:
    """The day of a moment as the offices write it; nothing when it has not come."""
    return written(timezone.localdate(moment)) if moment else ""


def steps_of(
    interest: Interest | None, agreement: Agreement | None, version: AgreementVersion | None
) -> tuple[Step, ...]:
    """From the expression of interest to the agreement in force: five steps."""
    return (
        _sent(interest, agreement),
        _checked(interest, agreement),
        _assessed(interest, agreement),
        _accepted(agreement, version),
        _running(agreement),
    )


def _sent(interest: Interest | None, agreement: Agreement | None) -> Step:
    label = _("Expression of interest")
    if interest is None:
        return Step(label, "", "done" if agreement else "now")
    if interest.state == InterestState.DRAFT:
        return Step(label, _("being written"), "now")
    if interest.state == InterestState.WITHDRAWN:
        return Step(label, _("taken back"), "no")
    return Step(label, moment_day(interest.sent_at), "done")


def _checked(interest: Interest | None, agreement: Agreement | None) -> Step:
    label = _("Requirements")
    if agreement is not None:
        return Step(label, moment_day(interest.checked_at if interest else None), "done")
    if interest is None or interest.state in (InterestState.DRAFT, InterestState.WITHDRAWN):
        return Step(label, _("training and safety, checked by the personnel office"), "")
    if interest.state == InterestState.SENT:
        return Step(label, _("at the personnel office"), "now")
    return Step(label, moment_day(interest.checked_at), "done")


def _assessed(interest: Interest | None, agreement: Agreement | None) -> Step:
    label = _("Assessment")
    if agreement is not None:
        return Step(label, moment_day(interest.decided_at if interest else None), "done")
    if interest is not None and interest.state == InterestState.CHECKED:
        return Step(label, _("criteria a, b, c: %(name)s") % {"name": interest.decider}, "now")
    if interest is not None and interest.state == InterestState.REFUSED:
        return Step(label, _("refused, %(day)s") % {"day": moment_day(interest.decided_at)}, "no")
    return Step(label, _("criteria a, b, c, by the dirigente"), "")


def _accepted(agreement: Agreement | None, version: AgreementVersion | None) -> Step:
    label = _("Acceptance")
    if agreement is None or version is None:
        return Step(label, _("of both sides"), "")
    count = sum(version.accepted_by(party) for party in Party)
    if count == len(Party):
        moments = (version.employee_accepted_at, version.employer_accepted_at)
        last = max(moment for moment in moments if moment is not None)
        return Step(label, moment_day(last), "done")
    if agreement.state == AgreementState.DRAFT:
        return Step(label, _("the text is being written"), "now")
    look = "now" if agreement.state in AgreementState.open else "no"
    return Step(label, _("%(count)s of 2") % {"count": count}, look)


def _running(agreement: Agreement | None) -> Step:
    label = _("In force")
    if agreement is None or agreement.state in (AgreementState.DRAFT, AgreementState.OFFERED):
        return Step(label, "", "")
    words = {"first": written(agreement.starts_on), "last": written(agreement.ends_on)}
    span = _("%(first)s-%(last)s") % words
    match agreement.state:
        case AgreementState.RUNNING:
            return Step(label, span, "now")
        case AgreementState.DROPPED:
            return Step(label, _("not concluded"), "no")
        case _:
            return Step(label, span, "done")
