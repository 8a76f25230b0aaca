"""What happens to a Relazione besides its text and its approval: begun, sent to the OIV, validated
or not, taken back to work, published."""

from __future__ import annotations

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rules import has_perm

from organization import audit
from organization.models import User
from strategy.document import LANGUAGE
from strategy.models import (
    PerformanceReport,
    Plan,
    ReportSection,
    ReportValidation,
)
from strategy.operations.closed_years import refuse_others
from strategy.operations.history import sign
from strategy.operations.lifecycle import NOTE_LENGTH
from strategy.operations.moves import required
from strategy.operations.sound_reports import refuse_overtaken, sound_edition
from strategy.report_enums import ReportAct, ReportOutcome
from strategy.report_index import INDEX
from strategy.reports.closing import standing_closing
from strategy.snapshots import sha256
from strategy.transitions import report_allows_act, report_destination

REFUSALS = {
    ReportAct.WRITE: gettext_lazy(
        "The Relazione is approved: its text is not changed any more. Take it back to work first."
    ),
    ReportAct.APPROVE: gettext_lazy("Only a draft of the Relazione can be approved."),
    ReportAct.TRANSMIT: gettext_lazy("Only an approved Relazione is sent to the OIV."),
    ReportAct.VALIDATE: gettext_lazy("The OIV decides of a Relazione that was sent to it."),
    ReportAct.REWORK: gettext_lazy(
        "Only a Relazione that is approved, or was not validated, goes back to work."
    ),
    ReportAct.PUBLISH: gettext_lazy(
        "The Relazione is published after the OIV has validated it (art. 14, D.Lgs. 150/2009)."
    ),
}


@transaction.atomic
def open_report(
    plan: Plan, year: int, *, by: User, at: datetime.datetime | None = None
) -> PerformanceReport:
    """Begin the Relazione of a closed year, with the sections of the index, still to be written.

    Refuses whoever is not of the planning office, a year that is not closed (code `open_year`) and
    one that has its Relazione already (code `exists`); records `report.opened`.
    """
    locked, at = Plan.objects.select_for_update().get(pk=plan.pk), at or timezone.now()
    if not has_perm("strategy.open_report", by, locked):
        raise PermissionDenied(_("You have no right to do this."))
    if standing_closing(locked, year) is None:
        raise ValidationError(
            _("The year %(year)s is not closed: the Relazione gives account of a closed year.")
            % {"year": year},
            code="open_year",
        )
    if locked.performance_reports.filter(year=year).exists():
        raise ValidationError(_("This year already has its Relazione."), code="exists")
    report = PerformanceReport(plan=locked, year=year, opened_at=at, opened_by_label=str(by))
    report.full_clean()
    sign(report, by=by, at=at)
    report.save(force_insert=True)
    # The titles are those of the act, whatever language the office reads in.
    with translation.override(LANGUAGE):
        _add_sections(report, by=by, at=at)
    audit.record("report.opened", target=report, by=by, at=at, after={"year": year})
    return report


def _add_sections(report: PerformanceReport, *, by: User, at: datetime.datetime) -> None:
    """The sections of the index, without a text."""
    for position, entry in enumerate(INDEX, start=1):
        section = ReportSection(
            report=report,
            slug=entry.slug,
            number=entry.number,
            title=str(entry.title),
            position=position,
            level=entry.level,
            is_required=entry.is_required,
        )
        section.full_clean(exclude=["report"])
        sign(section, by=by, at=at)
        section.save(force_insert=True)


@transaction.atomic
def transmit_report(
    report: PerformanceReport, *, by: User, at: datetime.datetime | None = None
) -> PerformanceReport:
    """Send the approved Relazione to the OIV; record `report.transmitted`.

    Refuses a Relazione whose year was opened again after the approval (code `reopened`).
    """
    locked, at = locked_report(ReportAct.TRANSMIT, report, by=by), at or timezone.now()
    refuse_overtaken(locked)
    locked.transmitted_at, locked.transmitted_by_label = at, str(by)
    return _moved(locked, ReportAct.TRANSMIT, "report.transmitted", by=by, at=at)


@transaction.atomic
def record_validation(
    report: PerformanceReport,
    *,
    outcome: ReportOutcome | str,
    notes: str = "",
    minutes: bytes = b"",
    by: User,
    at: datetime.datetime | None = None,
) -> ReportValidation:
    """Keep what the OIV decided of the Relazione it was sent, with its minutes and their hash; the
    Relazione passes to the state of the outcome; record `report.validated`.

    The last step of decide_report, its only caller. Only the OIV. Refuses remarks, or a refusal,
    without the words that say why, a Relazione whose year was opened again meanwhile (code
    `reopened`) and one that is damaged (code `damaged`).
    """
    locked, at = locked_report(ReportAct.VALIDATE, report, by=by), at or timezone.now()
    edition = sound_edition(locked)
    outcome, notes = ReportOutcome(outcome), notes.strip()
    if outcome in ReportOutcome.reasoned and not notes:
        raise ValidationError({"notes": _("Write what was remarked.")})
    decided = ReportValidation(
        edition=edition,
        outcome=outcome,
        notes=notes,
        validated_at=at,
        validated_by_label=str(by),
    )
    if minutes:
        decided.minutes_sha256 = sha256(minutes)
        name = f"verbale-oiv-{locked.year}-{edition.number}.pdf"
        decided.minutes.save(name, ContentFile(minutes), save=False)
    try:
        decided.full_clean()
        decided.save(force_insert=True)
        _moved(
            locked,
            ReportAct.VALIDATE,
            "report.validated",
            by=by,
            at=at,
            note=notes,
            outcome=outcome,
            minutes_sha256=decided.minutes_sha256,
        )
    except BaseException:
        if decided.minutes:
            decided.minutes.delete(save=False)
        raise
    return decided


@transaction.atomic
def rework_report(
    report: PerformanceReport, *, reason: str, by: User, at: datetime.datetime | None = None
) -> PerformanceReport:
    """Take a Relazione that was not validated, or is only approved, back to work with the reason:
    a draft again. What was approved and what the OIV said stay; record `report.reworked`.

    One that was sent or validated goes back only when its year was opened again since: its figures
    do not stand any more.
    """
    locked, at = locked_report(ReportAct.REWORK, report, by=by), at or timezone.now()
    reason = required(reason, _("Say why the Relazione goes back to work."))
    locked.reworked_at, locked.reworked_by_label = at, str(by)
    locked.rework_reason = reason
    locked.transmitted_at, locked.transmitted_by_label = None, ""
    return _moved(locked, ReportAct.REWORK, "report.reworked", by=by, at=at, note=reason)


@transaction.atomic
def publish_report(
    report: PerformanceReport, *, by: User, at: datetime.datetime | None = None
) -> PerformanceReport:
    """Put the validated Relazione on the public page, with its hash and its data; record
    `report.published`.

    Refuses one whose year was opened again meanwhile (code `reopened`) and one that is damaged
    (code `damaged`).
    """
    locked, at = locked_report(ReportAct.PUBLISH, report, by=by), at or timezone.now()
    sound_edition(locked)
    locked.published_at, locked.published_by_label = at, str(by)
    return _moved(locked, ReportAct.PUBLISH, "report.published", by=by, at=at)


def locked_report(
    act: ReportAct, report: PerformanceReport, *, by: User | None
) -> PerformanceReport:
    """The Relazione as it is now, locked with its plan until the transaction ends.

    Refuses a state in which the act is not possible (ValidationError with code `state`) and
    whoever may not do it (PermissionDenied): a Relazione is not loaded, somebody always acts.
    """
    plan = Plan.objects.select_for_update().get(pk=report.plan_id)
    locked: PerformanceReport = PerformanceReport.objects.select_for_update().get(pk=report.pk)
    locked.plan = plan
    if not report_allows_act(act, locked.state, is_overtaken=locked.is_overtaken):
        raise ValidationError(str(REFUSALS[act]), code="state")
    if by is None:
        raise PermissionDenied(_("You have no right to do this."))
    refuse_others(act, locked, by=by)
    return locked


def move_report(
    report: PerformanceReport,
    act: ReportAct,
    *,
    by: User,
    at: datetime.datetime,
    outcome: ReportOutcome | None = None,
) -> None:
    """Bring a locked Relazione to the state to which the act leads."""
    state = report_destination(act, report.state, outcome=outcome, is_overtaken=report.is_overtaken)
    report.state = state or report.state
    sign(report, by=by, at=at)
    report.full_clean()
    report.save()


def _moved(
    report: PerformanceReport,
    act: ReportAct,
    verb: str,
    *,
    by: User,
    at: datetime.datetime,
    note: str = "",
    outcome: ReportOutcome | None = None,
    minutes_sha256: str = "",
) -> PerformanceReport:
    """The locked Relazione in its next state, with the act in the trace."""
    move_report(report, act, by=by, at=at, outcome=outcome)
    after: dict[str, object] = {"year": report.year}
    if outcome:
        after |= {"outcome": outcome.value}
    if minutes_sha256:
        after |= {"minutes_sha256": minutes_sha256}
    audit.record(verb, target=report, by=by, at=at, after=after, note=note[:NOTE_LENGTH])
    return report
