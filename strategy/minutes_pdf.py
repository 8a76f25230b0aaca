"""The minutes of the OIV on a Relazione as PDF: facts, criteria, observations, decision.

It is made by a job, like the plan, and is not the decision yet: it may be signed elsewhere and
given back. So it carries no file of data, which a PDF that is given back may not hold (see also:
documents.received_pdf).
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from documents.file_hashes import hash_groups
from documents.fingerprints import fingerprint
from documents.pdf import ProgressListener, whole_pdf
from organization.models import Institution
from strategy.acts import Act
from strategy.document import LANGUAGE
from strategy.models import Plan, ReportEdition, ReportExamination
from strategy.plan_pdf import looks
from strategy.report_enums import ReportOutcome
from strategy.reports.examinations import ExaminationSheet
from strategy.snapshots import canonical


@dataclass(frozen=True)
class MinutesDocument:
    """The minutes, ready for the template, which shares the running lines of the plan."""

    sheet: ExaminationSheet
    examination: ReportExamination
    institution: Institution | None
    act: Act | None = None

    @property
    def edition(self) -> ReportEdition:
        """The approved Relazione."""
        return self.sheet.edition

    @property
    def plan(self) -> Plan:
        """The plan of which the Relazione gives account."""
        return self.edition.report.plan

    @property
    def name(self) -> str:
        """What the foot of each page calls it."""
        return _("Minutes of the validation of the %(report)s") % {"report": self.edition.report}

    @property
    def draft_words(self) -> str:
        """Nothing stands across the pages."""
        return ""

    @property
    def revision(self) -> str:
        """The meeting, as the foot of each page says it."""
        day = self.examination.meeting_on
        return f"{day.day}.{day.month}.{day.year}" if day else ""

    @property
    def modified(self) -> str:
        """Midday of the meeting."""
        day = self.examination.meeting_on or datetime.date(self.edition.report.year, 12, 31)
        return datetime.datetime.combine(day, datetime.time(12), datetime.UTC).isoformat()

    @property
    def decision(self) -> str:
        """What the OIV decides, as a sentence."""
        return {
            ReportOutcome.VALIDATED: _("The OIV validates the Relazione."),
            ReportOutcome.WITH_REMARKS: _(
                "The OIV validates the Relazione, with the remarks above."
            ),
            ReportOutcome.NOT_VALIDATED: _(
                "The OIV does not validate the Relazione, for the reasons above."
            ),
        }[ReportOutcome(self.examination.outcome)]

    @property
    def hash_groups(self) -> str:
        """The hash of the Relazione, in groups that the eye can compare."""
        return " ".join(hash_groups(self.edition.pdf_sha256))


def minutes_kind(edition: ReportEdition) -> str:
    """Under which kind the builds of the minutes on this approval are kept."""
    return f"minutes-{edition.report.plan.first_year}-{edition.report.year}-{edition.number}"


def minutes_file_name(edition: ReportEdition) -> str:
    """The name under which the minutes are downloaded."""
    return f"verbale-oiv-{edition.report.year}.pdf"


def minutes_fingerprint(sheet: ExaminationSheet) -> str:
    """What makes two minutes the same: what is found, the Relazione, the looks."""
    return fingerprint(canonical(_data(sheet)), looks())


def build_minutes_pdf(
    sheet: ExaminationSheet, *, on_progress: ProgressListener | None = None
) -> bytes:
    """The minutes as PDF/A-3a and PDF/UA-1."""
    return whole_pdf(lambda: (minutes_html(sheet), ()), on_progress=on_progress)


def minutes_html(sheet: ExaminationSheet) -> str:
    """The minutes as one page of HTML, always in Italian."""
    examination = sheet.examination or ReportExamination(edition=sheet.edition)
    with translation.override(LANGUAGE):
        # The lines are made anew: what they say may have been read in another language.
        sheet = ExaminationSheet(sheet.edition, sheet.examination, sheet.findings)
        document = MinutesDocument(sheet, examination, Institution.objects.first())
        return render_to_string("print/minutes.html", {"document": document})


def _data(sheet: ExaminationSheet) -> dict[str, Any]:
    """What the minutes are made of, in no language."""
    examination = sheet.examination
    day = examination.meeting_on if examination else None
    return {
        "report": sheet.edition.pdf_sha256,
        "closing": sheet.edition.closing.snapshot_sha256,
        "corrected": sheet.found.corrected_count,
        "meeting_on": day.isoformat() if day else "",
        "present": examination.present if examination else "",
        "outcome": examination.outcome if examination else "",
        "notes": examination.notes if examination else "",
        "findings": {
            name: [one.answer, one.observation] for name, one in sorted(sheet.findings.items())
        },
    }
