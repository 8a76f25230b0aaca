"""The document of a Relazione, in order, for the paper: the layout of the plan's, other words."""

from __future__ import annotations

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from organization import clock
from organization.days import written
from organization.models import Institution
from strategy.acts import Act
from strategy.block_registry import Medium
from strategy.document import LANGUAGE, PlanDocument
from strategy.document_layout import Chapter, Part, numbered, shifted_headings
from strategy.models import PerformanceReport, ReportSection, YearClosing
from strategy.report_blocks import report_views
from strategy.reports.report_year import ReportFigures


@dataclass(frozen=True)
class ReportDocument(PlanDocument):
    """The whole Relazione, ready for the template; `closing` is the one its figures are of."""

    report: PerformanceReport | None = None
    closing: YearClosing | None = None

    @property
    def name(self) -> str:
        """What the foot of each page calls it."""
        return str(self.report)

    @property
    def title(self) -> str:
        """The title of the file."""
        return f"{self.name} - {self.institution.name}" if self.institution else self.name

    @property
    def title_name(self) -> str:
        """The title without its year, which the cover prints on a line of its own."""
        return _("Relazione sulla performance")

    @property
    def period(self) -> str:
        """The year, as the cover prints it."""
        return str(self.report.year) if self.report else ""

    @property
    def revision(self) -> str:
        """The data it is made of, as each page says them."""
        if self.closing is None:
            return _("year not closed")
        return _("data closed on %(day)s") % {"day": written(self.closing.closed_on)}

    @property
    def draft_words(self) -> str:
        """What stands on every page of a draft; nothing on those of an approved one."""
        return _("BOZZA – not approved") if self.is_draft else ""

    @property
    def state(self) -> str:
        """The state in a word."""
        return _("Approved") if self.act else _("Draft")

    @property
    def state_sentence(self) -> str:
        """The state and what it means for whoever reads a copy."""
        if self.act:
            return _("Approved. Texts and figures are frozen at the date of the act")
        return super().state_sentence

    @property
    def cover_facts(self) -> tuple[tuple[str, str], ...]:
        """What the cover says under the title."""
        data = self.revision[:1].upper() + self.revision[1:]
        return ((_("Plan"), self.plan.label), *super().cover_facts[1:], (_("Data"), data))


def report_document(
    report: PerformanceReport, *, act: Act | None = None, shared: ReportFigures | None = None
) -> ReportDocument:
    """The document for the paper; with an act it is the approved one, without a draft."""
    shared = shared or ReportFigures(report, act=act)
    with translation.override(LANGUAGE):
        chapters = [_chapter(group, shared) for group in _by_chapter(report)]
    closing = shared.closing
    return ReportDocument(
        plan=report.plan,
        institution=Institution.objects.first(),
        act=act,
        is_draft=act is None,
        snapshot_sha256=closing.snapshot_sha256 if closing else "",
        made_at=timezone.now(),
        stands_on=clock.today(),
        chapters=tuple(numbered(chapters)),
        report=report,
        closing=closing,
    )


def report_html(document: ReportDocument) -> str:
    """The document as one page of HTML, always in Italian."""
    with translation.override(LANGUAGE):
        return render_to_string("print/report.html", {"document": document})


def _by_chapter(report: PerformanceReport) -> list[list[ReportSection]]:
    groups: list[list[ReportSection]] = []
    for section in report.sections.in_order():
        if section.level == 1:
            groups.append([])
        groups[-1].append(section)
    return groups


def _chapter(sections: list[ReportSection], shared: ReportFigures) -> Chapter:
    return Chapter(sections[0], tuple(_part(section, shared) for section in sections), ())


def _part(section: ReportSection, shared: ReportFigures) -> Part:
    views = report_views(section, shared, medium=Medium.PRINT, level=section.level + 1)
    return Part(
        section=section,
        level=section.level,
        body=shifted_headings(section.body, above=section.level),
        blocks=tuple(views),
    )
