"""The monitoring report of agile work as PDF/A-3a and PDF/UA-1, its months inside as CSV."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from documents.charts import Chart
from documents.data_file import DataFile
from documents.pdf import Content, ProgressListener, whole_pdf
from documents.tabular import csv_bytes
from organization.days import written
from organization.models import Institution
from pola.published import MONTHS_HEADER, month_cells
from pola.reports.monitoring import (
    MonitoringReport,
    days_chart,
    monitoring_report,
    workers_chart,
)
from strategy.document import LANGUAGE
from strategy.models import Plan
from strategy.open_data import CSV

HALF = 520  # units of the view box: half the width of the landscape page


@dataclass(frozen=True)
class MonitoringDocument:
    """The report ready for its template, which shares the running lines of the plan."""

    report: MonitoringReport
    institution: Institution | None

    is_draft = False
    draft_words = ""
    act = None

    @property
    def name(self) -> str:
        """What the foot of each page calls it."""
        return _("POLA monitoring %(year)s") % {"year": self.report.year}

    @property
    def revision(self) -> str:
        """The day it speaks of, as the foot says it."""
        return _("as of %(day)s") % {"day": written(self.report.today)}

    @property
    def modified(self) -> str:
        """Midday of that day."""
        noon = datetime.time(12)
        return datetime.datetime.combine(self.report.today, noon, datetime.UTC).isoformat()

    @property
    def days_chart(self) -> Chart:
        """Days month by month."""
        return days_chart(self.report.months, width=HALF)

    @property
    def workers_chart(self) -> Chart:
        """Who could and who did."""
        return workers_chart(self.report.months, width=HALF)


def build_monitoring_pdf(
    plan: Plan,
    year: int,
    *,
    today: datetime.date,
    on_progress: ProgressListener | None = None,
) -> bytes:
    """The report of a year as of a day."""

    def read() -> Content:
        document = monitoring_document(plan, year, today=today)
        return _html(document), [_months_file(document.report)]

    return whole_pdf(read, on_progress=on_progress)


def monitoring_document(plan: Plan, year: int, *, today: datetime.date) -> MonitoringDocument:
    """What the printed report says, always in Italian."""
    with translation.override(LANGUAGE):
        report = monitoring_report(plan, year, today=today)
    return MonitoringDocument(report, Institution.objects.first())


def monitoring_html(plan: Plan, year: int, *, today: datetime.date) -> str:
    """The report as a page of HTML, always in Italian."""
    return _html(monitoring_document(plan, year, today=today))


def _html(document: MonitoringDocument) -> str:
    with translation.override(LANGUAGE):
        return render_to_string("print/monitoring.html", {"document": document})


def _months_file(report: MonitoringReport) -> DataFile:
    rows = (month_cells(month) for month in report.months)
    return DataFile(
        name="pola_months.csv",
        content=csv_bytes(MONTHS_HEADER, rows),
        mime_type=CSV,
        description=f"Mesi di lavoro agile, {report.year}",
    )
