"""The PDF of a Relazione: PDF/A-3a and PDF/UA-1, the degrees and the data of its year inside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import translation

from documents.data_file import DataFile
from documents.fingerprints import fingerprint
from documents.pdf import Content, PrintError, ProgressListener, whole_pdf
from documents.tabular import csv_bytes
from organization.models import Institution
from strategy.acts import Act
from strategy.attainment_data import ATTAINMENT, HEADER, kept_attainment_rows
from strategy.document import LANGUAGE
from strategy.models import PerformanceReport
from strategy.open_data import CSV, JSON
from strategy.plan_pdf import looks
from strategy.report_data import report_snapshot
from strategy.report_document import report_document, report_html
from strategy.reports.closing import DamagedClosingError
from strategy.reports.report_year import ReportFigures
from strategy.snapshots import canonical

YEAR_DATA = "year.json"


def build_report_pdf(
    report: PerformanceReport,
    *,
    act: Act | None = None,
    on_progress: ProgressListener | None = None,
) -> bytes:
    """The whole Relazione; with an act it is the approved one, without a draft. Refuses, with
    nothing made, a closing whose stored data are not what was closed."""

    def read() -> Content:
        shared = ReportFigures(report, act=act)
        try:
            document = report_document(report, act=act, shared=shared)
        except DamagedClosingError as error:
            raise PrintError(str(error)) from error
        return report_html(document), year_files(shared.data)

    return whole_pdf(read, on_progress=on_progress)


def year_files(data: Mapping[str, Any]) -> list[DataFile]:
    """What travels inside the file: the degrees of the year, and all its data as closed."""
    return [
        attainment_file(data),
        DataFile(
            name=YEAR_DATA,
            content=canonical(dict(data)).encode(),
            mime_type=JSON,
            description=f"Dati dell'anno {data['year']}",
        ),
    ]


def attainment_file(data: Mapping[str, Any]) -> DataFile:
    """The degrees of the year, as its data keep them."""
    return DataFile(
        name=ATTAINMENT,
        content=csv_bytes(HEADER, kept_attainment_rows(data)),
        mime_type=CSV,
        description=f"Gradi di raggiungimento, {data['year']}",
    )


def report_fingerprint(report: PerformanceReport) -> str:
    """What makes two drafts of a Relazione the same: texts, closing, the years before, the steps,
    the institution, templates, code; while the year is open again, its figures as they stand."""
    shared = ReportFigures(report)
    parts = canonical(_live_parts(shared))
    if shared.closing is None:
        data = canonical(dict(shared.data))
        return fingerprint(data, canonical(report_texts(report)), parts, looks())
    data = canonical(report_snapshot(report, shared.closing))
    return fingerprint(data, report.state, parts, looks())


def _live_parts(shared: ReportFigures) -> dict[str, Any]:
    """What a draft prints besides its texts and its closing, as it prints it. Of a damaged closing
    nothing is made: the job says so."""
    institution = Institution.objects.values().first()
    with translation.override(LANGUAGE):
        try:
            trend = [[one.year, str(one.value), one.coverage, one.basis] for one in shared.trend]
        except DamagedClosingError as error:
            trend = [[str(error)]]
        return {"institution": institution, "trend": trend, "steps": shared.steps}


def report_texts(report: PerformanceReport) -> dict[str, Any]:
    """The texts alone, by the names of their sections."""
    return {section.slug: section.body for section in report.sections.in_order()}
