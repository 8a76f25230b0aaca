"""Of which closing does a Relazione state the figures, and does that closing still stand?"""

from __future__ import annotations

from strategy.models import PerformanceReport, ReportEdition


def last_edition(report: PerformanceReport) -> ReportEdition | None:
    """The last approval of a Relazione, with the closing it states; none before the first."""
    editions = report.editions.select_related("closing__reopening").order_by("-number")
    edition: ReportEdition | None = editions.first()
    if edition is not None:
        edition.report = report
        edition.closing.plan = report.plan
    return edition


def stated_edition(report: PerformanceReport) -> ReportEdition | None:
    """The approval whose figures the Relazione states; none while it is a draft, which states
    those of the year."""
    return None if report.is_editable else last_edition(report)


def overtaken(edition: ReportEdition | None) -> ReportEdition | None:
    """The approval, if its year was opened again since: a page that shows it says so."""
    return edition if edition and edition.closing.is_superseded else None
