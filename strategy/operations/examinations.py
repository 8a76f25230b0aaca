"""How the OIV examines a Relazione it was sent, prints the minutes, and decides."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Build
from documents.operations import Enqueue, request_build
from organization import audit, clock
from organization.models import User
from strategy.minutes_pdf import minutes_fingerprint, minutes_kind
from strategy.models import (
    CriterionFinding,
    PerformanceReport,
    ReportExamination,
    ReportValidation,
)
from strategy.operations.history import sign
from strategy.operations.performance_reports import locked_report, record_validation
from strategy.operations.sound_reports import approved_edition, sound_edition
from strategy.oversight_enums import ValidationCriterion
from strategy.problems.examinations import examination_problems
from strategy.report_enums import ReportAct
from strategy.reports.examinations import ExaminationSheet, examination_sheet
from strategy.snapshots import sha256


class Finding(NamedTuple):
    """What is answered of a criterion."""

    answer: str = ""
    observation: str = ""


@transaction.atomic
def save_examination(
    report: PerformanceReport,
    *,
    meeting_on: datetime.date | None = None,
    present: str = "",
    outcome: str = "",
    notes: str = "",
    findings: Mapping[str, Finding],
    seen: str = "",
    by: User,
    at: datetime.datetime | None = None,
) -> ReportExamination:
    """Keep what the OIV found so far of the Relazione it was sent; record `examination.saved`.

    Only the OIV, until it has decided. Refuses what somebody else saved meanwhile (code `stale`);
    `seen` says which version was read (see also: seen_of). Nothing needs to be complete yet.
    """
    locked, at = locked_report(ReportAct.VALIDATE, report, by=by), at or timezone.now()
    edition = approved_edition(locked)
    found = ReportExamination.objects.filter(edition=edition).first()
    if seen_of(found) != seen:
        raise ValidationError(
            _("Somebody else saved the examination meanwhile: read it, then write yours."),
            code="stale",
        )
    examination = found or ReportExamination(edition=edition)
    examination.meeting_on, examination.present = meeting_on, present.strip()
    examination.outcome, examination.notes = outcome, notes.strip()
    examination.saved_at, examination.saved_by = at, by
    examination.full_clean()
    sign(examination, by=by, at=at)
    examination.save()
    for criterion in ValidationCriterion:
        _keep_finding(examination, criterion, findings.get(criterion, Finding()), by=by, at=at)
    # Not the outcome: until the decision only the OIV knows it.
    audit.record("examination.saved", target=locked, by=by, at=at, after={"year": locked.year})
    return examination


def seen_of(examination: ReportExamination | None) -> str:
    """By which it is noticed that somebody else saved meanwhile."""
    return examination.saved_at.isoformat() if examination else ""


@transaction.atomic
def request_minutes(
    report: PerformanceReport,
    *,
    by: User,
    enqueue: Enqueue,
    at: datetime.datetime | None = None,
) -> Build:
    """Ask for the PDF of the minutes as the examination stands; a job makes it.

    Only the OIV, until it has decided. Refuses an examination that is not complete (code
    `incomplete`), a year opened again meanwhile (code `reopened`), a Relazione that is damaged
    (code `damaged`). Unchanged minutes are not made twice.
    """
    locked = locked_report(ReportAct.VALIDATE, report, by=by)
    sheet = examination_sheet(sound_edition(locked))
    _refuse_incomplete(sheet, today=clock.today(at))
    return request_build(
        kind=minutes_kind(sheet.edition),
        fingerprint=minutes_fingerprint(sheet),
        by=str(by),
        enqueue=enqueue,
        at=at,
    )


@transaction.atomic
def decide_report(
    report: PerformanceReport,
    *,
    seen: str,
    signed: bytes = b"",
    by: User,
    at: datetime.datetime | None = None,
) -> ReportValidation:
    """Decide of the Relazione as the examination says, with its minutes: those signed, else those
    that were made of the examination as it stands.

    Refuses an examination that somebody saved meanwhile (code `stale`; see also: seen_of), one that
    is not complete (code `incomplete`), a decision without minutes (code `minutes`), a year opened
    again meanwhile (code `reopened`) and a Relazione that is damaged (code `damaged`). See also:
    record_validation, which keeps the decision and records it.
    """
    locked = locked_report(ReportAct.VALIDATE, report, by=by)
    sheet = examination_sheet(sound_edition(locked))
    if seen_of(sheet.examination) != seen:
        raise ValidationError(
            _("Somebody else saved the examination meanwhile: read it, then decide."), code="stale"
        )
    _refuse_incomplete(sheet, today=clock.today(at))
    minutes = signed or made_minutes(sheet)
    if not minutes or sheet.examination is None:
        raise ValidationError(
            _("Make the PDF of the minutes first, or upload the signed one."), code="minutes"
        )
    return record_validation(
        locked,
        outcome=sheet.examination.outcome,
        notes=sheet.examination.notes,
        minutes=minutes,
        by=by,
        at=at,
    )


def made_build(sheet: ExaminationSheet) -> Build | None:
    """The finished minutes of the examination as it stands."""
    same = Build.objects.of(minutes_kind(sheet.edition), minutes_fingerprint(sheet))
    build: Build | None = same.done().first()
    return build


def made_minutes(sheet: ExaminationSheet) -> bytes:
    """The file of the finished minutes, if it is there and is what was made; nothing otherwise."""
    build = made_build(sheet)
    if build is None or not build.file.storage.exists(str(build.file.name)):
        return b""
    with build.file.open("rb") as file:
        content = bytes(file.read())
    return content if sha256(content) == build.sha256 else b""


def _refuse_incomplete(sheet: ExaminationSheet, *, today: datetime.date) -> None:
    """Refuse an examination that is not complete, field by field."""
    examination = sheet.examination or ReportExamination(edition=sheet.edition)
    approved_on = sheet.edition.act_date
    wrong = examination_problems(examination, sheet.findings, approved_on=approved_on, today=today)
    if wrong:
        at_fields = defaultdict(list)
        for lack in wrong:
            at_fields[lack.field].append(ValidationError(lack.words, code="incomplete"))
        raise ValidationError(at_fields)


def _keep_finding(
    examination: ReportExamination,
    criterion: ValidationCriterion,
    finding: Finding,
    *,
    by: User,
    at: datetime.datetime,
) -> None:
    """The finding on a criterion, saved where it changed."""
    kept = examination.findings.filter(criterion=criterion).first() or CriterionFinding(
        examination=examination, criterion=criterion
    )
    said = (finding.answer, finding.observation.strip())
    if kept.pk and (kept.answer, kept.observation) == said:
        return
    kept.answer, kept.observation = said
    kept.full_clean()
    sign(kept, by=by, at=at)
    kept.save()
