"""The desk at which a text is written: the section, its plan, the addresses of its pages.

The same pages write the sections of the plan and those of a Relazione; what differs is here.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from strategy.block_registry import (
    BlockContext,
    BlockView,
    PlanReports,
    block_kind,
    build_block,
)
from strategy.models import Plan, ReportSection, Section, SectionBlock
from strategy.report_blocks import ReportFigures, labelled_blocks
from strategy.report_index import asked_of
from strategy.reports.document import Outline, outline_report
from strategy.reports.report_sections import report_outline


@dataclass(frozen=True)
class PlacedBlock:
    """A block as the editor shows it: whole when it is small, by name when it is not; `stored` is
    there when it was placed by hand and can be moved, said otherwise, taken away."""

    label: str | Promise
    caption: str
    views: list[BlockView]
    stored: SectionBlock | None = None


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where a section is written. An address that its document has not is empty."""

    plan: Plan
    section: Section | ReportSection
    save_url: str
    done_url: str
    versions_url: str
    picture_url: str
    preview_url: str
    document_url: str
    document_name: str
    locked_words: str
    asks: str = ""
    presence_url: str = ""
    order_url: str = ""
    rename_url: str = ""
    remove_url: str = ""
    block_url: str = ""

    @property
    def edit_url(self) -> str:
        """The page with the editor."""
        return self.section.edit_url

    def version_url(self, pk: int) -> str:
        """The page of a version."""
        return f"{self.versions_url}{pk}/"

    def outline(self) -> Outline:
        """The index of the document, with what is done."""
        if isinstance(self.section, ReportSection):
            return report_outline(self.section.report)
        return outline_report(self.plan)

    def blocks(self) -> list[PlacedBlock]:
        """What is generated under the text."""
        if isinstance(self.section, ReportSection):
            shared = ReportFigures(self.section.report)
            return [
                PlacedBlock(label, "", _small(views))
                for label, views in labelled_blocks(self.section, shared)
            ]
        plan_reports = PlanReports(self.plan)
        return [_placed(stored, plan_reports) for stored in self.section.blocks.all()]


def _placed(stored: SectionBlock, shared: PlanReports) -> PlacedBlock:
    views = build_block(BlockContext(shared, stored, level=3))
    kind = block_kind(stored.kind)
    return PlacedBlock(kind.label if kind else stored.kind, stored.caption, _small(views), stored)


def _small(views: list[BlockView]) -> list[BlockView]:
    """The views of a block that is shown whole; none for one with dashboards, or sheets of rows."""
    is_large = any(view.dashboards or "sheets" in view.context for view in views)
    return [] if is_large else views


def plan_desk(section: Section) -> Desk:
    """The desk of a section of the plan."""
    year = section.plan.first_year

    def page(name: str) -> str:
        return reverse(f"strategy:{name}", args=[year, section.slug])

    return Desk(
        plan=section.plan,
        section=section,
        save_url=page("section-save"),
        done_url=page("section-done"),
        versions_url=page("section-versions"),
        picture_url=reverse("strategy:picture-add", args=[year]),
        preview_url=page("section-pdf"),
        document_url=reverse("strategy:document", args=[year]),
        document_name=_("Document"),
        locked_words=_(
            "Not saved: the plan is not open for changes any more. The text is safe in this tab."
        ),
        presence_url=page("section-presence"),
        order_url=reverse("strategy:document-edit", args=[year]),
        rename_url=page("section-rename"),
        remove_url=page("section-remove"),
        block_url=page("block-add"),
    )


def report_desk(section: ReportSection) -> Desk:
    """The desk of a section of a Relazione, whose index and blocks are given."""
    report = section.report
    return Desk(
        plan=report.plan,
        section=section,
        save_url=section.page_url("report-section-save"),
        done_url=section.page_url("report-section-done"),
        versions_url=section.page_url("report-section-versions"),
        picture_url=reverse(
            "strategy:report-picture-add", args=[report.plan.first_year, report.year]
        ),
        preview_url=reverse("strategy:report-pdf", args=[report.plan.first_year, report.year]),
        document_url=report.get_absolute_url(),
        document_name=str(report),
        locked_words=_(
            "Not saved: the Relazione is not open for changes any more. The text is safe in this "
            "tab."
        ),
        asks=asked_of(section.slug),
    )
