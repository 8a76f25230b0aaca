"""The approval of a Relazione: with its act, what was written becomes a file that never changes."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from typing import Protocol

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.models import Build
from organization import audit, clock
from organization.models import User
from strategy.acts import Act
from strategy.models import PerformanceReport, ReportEdition, YearClosing
from strategy.operations.act_orders import (
    Order,
    keep_with_files,
    ordered_build,
    refuse_under_way,
    refuse_unnamed,
    told_of,
)
from strategy.operations.performance_reports import locked_report, move_report
from strategy.report_data import report_snapshot
from strategy.report_enums import ReportAct
from strategy.reports.closing import standing_closing
from strategy.snapshots import canonical


class ReportPdfBuilder(Protocol):
    """Whatever makes the PDF of a Relazione; with an act it makes the approved one, not a draft."""

    def __call__(self, report: PerformanceReport, *, act: Act) -> bytes:
        """The file."""


def approval_kind(report: PerformanceReport) -> str:
    """Under which kind the builds of the approval of this Relazione are kept."""
    return f"approval-{report.plan.first_year}-{report.year}"


@transaction.atomic
def request_approval(
    report: PerformanceReport,
    *,
    act: Act,
    act_file: bytes = b"",
    by: User,
    enqueue: Callable[[int, Order], object],
    at: datetime.datetime | None = None,
) -> Build:
    """Ask for the approval of the Relazione by an act: a job makes the PDF, then approves.

    Refuses an act of a day that has yet to come, what `approve_report` would refuse, and a second
    approval while one is under way (code `under_way`). Nothing is approved before the job ends.
    """
    report = locked_report(ReportAct.APPROVE, report, by=by)
    today, at = clock.today(at), at or timezone.now()
    refuse_unnamed(_edition(report, act, _closing(report)), today=today)
    _refuse_before_the_end(report, act)
    _refuse_unwritten(report)
    kind = approval_kind(report)
    refuse_under_way(kind, _("The approval of this Relazione is already under way."), at=at)
    return ordered_build(
        kind,
        {"report": report.pk},
        act=act,
        act_file=act_file,
        name=act_file_name(report),
        by=by,
        enqueue=enqueue,
        at=at,
    )


def approve_report(
    report: PerformanceReport,
    *,
    act: Act,
    act_file: bytes = b"",
    by: User,
    at: datetime.datetime | None = None,
    pdf_builder: ReportPdfBuilder,
) -> ReportEdition:
    """Make of the draft an approved Relazione: data, PDF, file of the act and their hashes.

    Refuses whoever may not approve, a year that is open again (code `open_year`), an act that is
    not later than the year (D.Lgs. 150/2009, art. 10: what is reported has ended), required
    sections without a text (code `unwritten`), and a Relazione changed while its PDF was being
    made (code `changed`), which takes long and so happens before the transaction. Records
    `report.approved` with the hashes.
    """
    with transaction.atomic():
        report = locked_report(ReportAct.APPROVE, report, by=by)
        closing = _closing(report)
        _refuse_before_the_end(report, act)
        _refuse_unwritten(report)
    data = canonical(report_snapshot(report, closing))
    pdf = pdf_builder(report, act=act)
    edition = _edition(report, act, closing)
    edition.approved_at, edition.approved_by_label = at or timezone.now(), str(by)
    keep_with_files(
        edition,
        data=data,
        pdf=(pdf_file_name(report), pdf),
        act_file=(act_file_name(report), act_file),
        keep=partial(_approve, edition, by=by),
    )
    return edition


def pdf_file_name(report: PerformanceReport) -> str:
    """The name under which the PDF is kept and downloaded."""
    return f"relazione-performance-{report.year}.pdf"


def act_file_name(report: PerformanceReport) -> str:
    """The name under which the file of its act is kept."""
    return f"atto-relazione-{report.year}.pdf"


@transaction.atomic
def _approve(edition: ReportEdition, *, by: User) -> None:
    report = locked_report(ReportAct.APPROVE, edition.report, by=by)
    if canonical(report_snapshot(report, _closing(report))) != edition.snapshot:
        raise ValidationError(
            _("The Relazione was changed while its PDF was being made: approve it again."),
            code="changed",
        )
    edition.report = report
    edition.full_clean()
    edition.save(force_insert=True)
    move_report(report, ReportAct.APPROVE, by=by, at=edition.approved_at)
    after = {"year": report.year, "number": edition.number} | told_of(edition)
    audit.record("report.approved", target=report, by=by, at=edition.approved_at, after=after)


def _refuse_before_the_end(report: PerformanceReport, act: Act) -> None:
    """No body approves the results of a year that has not ended."""
    if act.date.year <= report.year:
        words = _("The year reported ends on 31.12.%(year)s: the act is of a later day.")
        raise ValidationError({"act_date": words % {"year": report.year}})


def _edition(report: PerformanceReport, act: Act, closing: YearClosing) -> ReportEdition:
    """The edition that the act would make of the Relazione at hand."""
    return ReportEdition(
        report=report,
        number=report.editions.count() + 1,
        closing=closing,
        **act.columns,
    )


def _closing(report: PerformanceReport) -> YearClosing:
    """The closing whose figures the Relazione states; refuses a year that is open again."""
    closing = standing_closing(report.plan, report.year)
    if closing is None:
        raise ValidationError(
            _("The year %(year)s was opened again: close it before the Relazione is approved.")
            % {"year": report.year},
            code="open_year",
        )
    return closing


def _refuse_unwritten(report: PerformanceReport) -> None:
    unwritten = report.sections.unwritten()
    if not unwritten:
        return
    words = ngettext(
        "Not approved: %(count)s section still has no text: %(names)s.",
        "Not approved: %(count)s sections still have no text: %(names)s.",
        len(unwritten),
    )
    names = ", ".join(section.heading for section in unwritten)
    raise ValidationError(words % {"count": len(unwritten), "names": names}, code="unwritten")
