"""The sections of a Relazione as its editors see them: what is written, what is still asked."""

from __future__ import annotations

from strategy.models import PerformanceReport, ReportSection
from strategy.report_index import asked_of, blocks_of
from strategy.reports.document import Outline, OutlineLine, State


def report_sections(report: PerformanceReport) -> list[ReportSection]:
    """Every section of a Relazione in order, in one statement."""
    sections = list(report.sections.in_order())
    for section in sections:
        section.report = report
    return sections


def report_outline(report: PerformanceReport) -> Outline:
    """The sections with their state; their order is that of the index and does not change."""
    return Outline(
        tuple(
            OutlineLine(section, _state(section), frozenset(), index, has_parts=False)
            for index, section in enumerate(report_sections(report))
        )
    )


def asks_in(section: ReportSection) -> str:
    """What belongs in a section that has no text yet; nothing once it has one."""
    return "" if section.body else asked_of(section.slug)


def _state(section: ReportSection) -> State:
    if section.is_done:
        return "done"
    has_something = section.body or blocks_of(section.slug) or not section.is_required
    return "writing" if has_something else "empty"
