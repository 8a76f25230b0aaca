"""A Relazione that was sent to the OIV, and an examination that is complete."""

from __future__ import annotations

import datetime
from typing import Any

from organization.models import User
from strategy.acts import Act
from strategy.models import (
    PerformanceReport,
    ReportEdition,
    ReportExamination,
    ReportValidation,
)
from strategy.operations import approve_report, close_year, open_report, transmit_report
from strategy.operations.examinations import Finding, decide_report, seen_of
from strategy.oversight_enums import ValidationCriterion

AT = datetime.datetime(2013, 6, 1, 10, tzinfo=datetime.UTC)
ACT = Act(type="Delibera", number="7", date=datetime.date(2013, 5, 30), body="Giunta")
COMPLETE: dict[str, Any] = {
    "meeting_on": datetime.date(2013, 6, 20),
    "present": "Irene Segnalibro",
    "outcome": "with_remarks",
    "notes": "Mancano le evidenze di un indicatore.",
    "findings": {one.value: Finding("yes") for one in ValidationCriterion}
    | {"method": Finding("observed", "Un indicatore non ha evidenze.")},
}


def sent_report(year: Any, *, planner: User, secretary: User) -> PerformanceReport:
    """The Relazione of the year, closed, approved and sent to the OIV."""
    close_year(year.plan, year.year, by=secretary, at=AT)
    report = open_report(year.plan, year.year, by=planner, at=AT)
    report.sections.filter(is_required=True).update(body="<p>Testo.</p>")
    approve_report(
        report, act=ACT, by=secretary, at=AT, pdf_builder=lambda *_args, **_more: b"%PDF"
    )
    return transmit_report(report, by=planner, at=AT)


def decide(report: PerformanceReport, *, by: User, **more: Any) -> ReportValidation:
    """The OIV decides on the examination as it stands, which it has read."""
    found = ReportExamination.objects.filter(edition__report=report)
    return decide_report(report, seen=seen_of(found.last()), by=by, **more)


def sent_edition(report: PerformanceReport) -> ReportEdition:
    """The approval that the OIV examines."""
    edition = report.editions.select_related("closing").get()
    edition.report = report
    return edition


def typed(**changed: str) -> dict[str, str]:
    """The complete examination as it is typed."""
    findings = COMPLETE["findings"]
    fields = {f"answer_{name}": one.answer for name, one in findings.items()}
    fields |= {f"observation_{name}": one.observation for name, one in findings.items()}
    own = {"meeting_on": "2013-06-20", "seen": ""}
    texts = {name: COMPLETE[name] for name in ("present", "outcome", "notes")}
    return fields | own | texts | changed
