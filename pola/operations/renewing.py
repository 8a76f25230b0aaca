"""An agreement goes on: the employee asks for the renewal, the Chamber evaluates and renews."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization import audit
from organization.days import written
from organization.models import User
from pola.durations import A_DAY, Term
from pola.enums import VersionState
from pola.models import Agreement, AgreementEvaluation, AgreementVersion, Norm
from pola.operations.drafting import continued_terms, next_version
from pola.operations.interest_doors import (
    RUNNING,
    locked_agreement,
    refuse_moved,
    refuse_withdrawn,
    save_signed,
    who,
)
from pola.problems import Blocker, refuse
from pola.problems.agreements import renewal_end_problems


@transaction.atomic
def ask_renewal(
    agreement: Agreement, *, by: User, at: datetime.datetime | None = None
) -> Agreement:
    """The employee asks who signs for the Chamber for the renewal; records
    `agreement.renewal_asked`. It waits until an evaluation answers it (art. 6).

    Refuses an agreement from which one side withdraws or that another unit follows, one whose new
    text is on its way, one that lasts as long as the trial (art. 1), one that has still to begin:
    its effects are what is evaluated (art. 6). A second asking changes nothing.
    """
    at = at or timezone.now()
    agreement = locked_agreement(agreement, "pola.ask_renewal", RUNNING, by=by)
    refuse_withdrawn(agreement)
    refuse_moved(agreement)
    if agreement.renewal_asked_at is not None:
        return agreement
    _refuse_text_on_its_way(agreement)
    _refuse_not_begun(agreement)
    _text_to_renew(agreement)
    _refuse_renewal(agreement, agreement.ends_on + A_DAY)
    _put_asked(agreement, at, by=by, at=at)
    audit.record("agreement.renewal_asked", target=agreement, by=by, at=at)
    return agreement


def _refuse_not_begun(agreement: Agreement) -> None:
    if not agreement.has_begun:
        words = _("the agreement begins on %(day)s: its renewal is asked for from that day on")
        day = written(agreement.starts_on)
        refuse([Blocker(article=6, code="begun", reason=words % {"day": day})])


def _put_asked(
    agreement: Agreement,
    asked_at: datetime.datetime | None,
    *,
    by: User | None,
    at: datetime.datetime,
) -> None:
    if agreement.renewal_asked_at != asked_at:
        agreement.renewal_asked_at = asked_at
        save_signed(agreement, by=by, at=at)


def _text_to_renew(agreement: Agreement) -> AgreementVersion:
    """The text that a renewal continues."""
    last = agreement.versions.filter(state=VersionState.IN_FORCE).first()
    if last is None:
        raise ValidationError(_("This agreement has no text in force."), code="state")
    return last


def _refuse_text_on_its_way(agreement: Agreement) -> None:
    """A renewal is on its way: nobody asks for another one, and no evaluation contradicts it."""
    if agreement.versions.filter(state__in=sorted(VersionState.open)).exists():
        words = _(
            "The text of a renewal is already on its way: who is against it gives it back, or does "
            "not accept it."
        )
        raise ValidationError(words, code="state")


@transaction.atomic
def renew_agreement(
    agreement: Agreement,
    *,
    ends_on: datetime.date,
    effects: str,
    complexity: str,
    is_positive: bool,
    by: User | None,
    at: datetime.datetime | None = None,
) -> AgreementVersion | None:
    """Evaluate what an agreement did (art. 6) and, when the outcome is favourable, begin the text
    of its renewal; records `agreement.evaluated`, never the outcome.

    The new text has the objectives and terms of the one in force and follows its last day; what
    the employee asked is answered. Refuses an evaluation without words, one whatever its outcome
    while the text of a renewal is on its way, an agreement from which one side withdraws or that
    another unit follows, an end before the present one or after the trial (art. 1).
    """
    at = at or timezone.now()
    agreement = locked_agreement(agreement, "pola.renew_agreement", RUNNING, by=by)
    refuse_withdrawn(agreement)
    refuse_moved(agreement)
    _refuse_text_on_its_way(agreement)
    evaluation = AgreementEvaluation(
        agreement=agreement,
        is_positive=is_positive,
        effects=effects.strip(),
        complexity=complexity.strip(),
        evaluated_at=at,
        evaluated_by_label=who(by),
    )
    evaluation.full_clean()
    evaluation.save(force_insert=True)
    audit.record("agreement.evaluated", target=agreement, by=by, at=at)
    _put_asked(agreement, None, by=by, at=at)
    if not is_positive:
        return None
    _refuse_renewal(agreement, ends_on)
    length = Term(agreement.ends_on + A_DAY, ends_on, 0, is_cut=False)
    terms = continued_terms(_text_to_renew(agreement), length, with_objectives=True)
    return next_version(agreement, terms, by=by, at=at)


def _refuse_renewal(agreement: Agreement, ends_on: datetime.date) -> None:
    trial_ends_on = Norm.objects.in_force().trial_ends_on
    if ends_on > trial_ends_on:
        words = _("the trial ends on %(day)s: no agreement lasts longer")
        refuse([Blocker(article=1, code="trial", reason=words % {"day": written(trial_ends_on)})])
    refuse(renewal_end_problems(ends_on, ends_on=agreement.ends_on))
