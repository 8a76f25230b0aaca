"""What the OIV writes on a year, and what it is answered: notes that stay as they were written."""

from __future__ import annotations

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rules import has_perm

from indicators.models import Indicator
from organization import audit
from organization.models import User
from strategy.models import OversightNote, Plan, StrategicObjective
from strategy.operations.history import sign
from strategy.operations.lifecycle import NOTE_LENGTH
from strategy.reports.closing import reported_years

LABEL_LENGTH = 400


@transaction.atomic
def write_note(
    plan: Plan,
    year: int,
    *,
    text: str,
    objective: StrategicObjective | None = None,
    indicator: Indicator | None = None,
    by: User,
    at: datetime.datetime | None = None,
) -> OversightNote:
    """Write a note of the OIV on a year, or on an objective or an indicator in it; record
    `oversight.noted`.

    Only the OIV. Refuses an empty note and a year of which the plan gives no account. A closed
    year takes notes too: they are not results.
    """
    _refuse_unless("strategy.write_oversight_note", plan, by=by)
    if year not in reported_years(plan):
        raise ValidationError(_("The plan gives no account of this year."), code="year")
    about = objective or indicator
    note = OversightNote(
        plan=plan,
        year=year,
        objective=objective,
        indicator=indicator,
        subject_label=str(about or "")[:LABEL_LENGTH],
        text=_said(text),
    )
    return _kept(note, "oversight.noted", by=by, at=at)


@transaction.atomic
def answer_note(
    note: OversightNote, *, text: str, by: User, at: datetime.datetime | None = None
) -> OversightNote:
    """Answer a note of the OIV; record `oversight.answered`.

    Only planning and the Secretary General. Refuses an empty answer, a note that was withdrawn
    meanwhile (code `withdrawn`) and one that is itself an answer.
    """
    _refuse_unless("strategy.answer_oversight_note", note.plan, by=by)
    locked = _locked(note)
    if locked.answers_id is not None:
        raise ValidationError(_("An answer is not answered: write to the note."), code="answer")
    answer = OversightNote(
        plan=note.plan,
        year=locked.year,
        objective_id=locked.objective_id,
        indicator_id=locked.indicator_id,
        subject_label=locked.subject_label,
        text=_said(text),
        answers=locked,
    )
    return _kept(answer, "oversight.answered", by=by, at=at)


@transaction.atomic
def withdraw_note(
    note: OversightNote, *, reason: str, by: User, at: datetime.datetime | None = None
) -> OversightNote:
    """Take a note or an answer back with the reason; it stays readable as withdrawn; record
    `oversight.withdrawn`. Only who wrote it, once."""
    locked, at = _locked(note), at or timezone.now()
    if locked.written_by_id != by.pk:
        raise PermissionDenied(_("You have no right to do this."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the note is withdrawn.")})
    locked.withdrawn_at, locked.withdrawn_by = at, by
    locked.withdrawal_reason = reason.strip()
    locked.full_clean()
    sign(locked, by=by, at=at)
    locked.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    _record("oversight.withdrawn", locked, note=locked.withdrawal_reason, by=by, at=at)
    return locked


def _refuse_unless(right: str, plan: Plan, *, by: User) -> None:
    if not has_perm(right, by, plan):
        raise PermissionDenied(_("You have no right to do this."))


def _locked(note: OversightNote) -> OversightNote:
    """The note as it is now, until the transaction ends; refuses one that was withdrawn."""
    locked: OversightNote = OversightNote.objects.select_for_update().get(pk=note.pk)
    if locked.is_withdrawn:
        raise ValidationError(_("This note was withdrawn meanwhile."), code="withdrawn")
    return locked


def _said(text: str) -> str:
    if not text.strip():
        raise ValidationError({"text": _("Write the note.")})
    return text.strip()


def _kept(
    note: OversightNote, verb: str, *, by: User, at: datetime.datetime | None
) -> OversightNote:
    note.written_at, note.written_by = at or timezone.now(), by
    note.full_clean()
    sign(note, by=by, at=note.written_at)
    note.save(force_insert=True)
    _record(verb, note, note=note.text, by=by, at=note.written_at)
    return note


def _record(verb: str, about: OversightNote, *, note: str, by: User, at: datetime.datetime) -> None:
    after = {"year": about.year} | ({"about": about.subject_label} if about.subject_label else {})
    audit.record(verb, target=about.plan, by=by, at=at, after=after, note=note[:NOTE_LENGTH])
