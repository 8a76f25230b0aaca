"""The document as its editors see it: the index with what is done, the versions of a section."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _

from strategy.models import Plan, ReportSection, Section
from strategy.section_tree import Direction, Place, TreeError, moved, step

State = Literal["done", "writing", "empty"]


@dataclass(frozen=True)
class OutlineLine:
    """A section in the index of the editors; `ways` are the moves that are possible from here."""

    section: Section | ReportSection
    state: State
    ways: frozenset[Direction]
    index: int
    has_parts: bool

    @property
    def is_done(self) -> bool:
        """Marked as done."""
        return self.state == "done"

    @property
    def is_empty(self) -> bool:
        """Neither text nor blocks nor parts."""
        return self.state == "empty"


@dataclass(frozen=True)
class Outline:
    """The index of the editors."""

    lines: tuple[OutlineLine, ...]

    @property
    def done_count(self) -> int:
        """How many sections are marked as done."""
        return sum(line.is_done for line in self.lines)


def outline_report(plan: Plan) -> Outline:
    """Every section of a plan in order, in one statement, with its state and possible moves."""
    sections = list(Section.objects.filter(plan=plan).in_order().with_contents())
    for section in sections:
        section.plan = plan
    places = section_places(sections)
    parents = {section.parent_id for section in sections}
    counts: dict[int | None, int] = {}
    lines = []
    for section in sections:
        index = counts.setdefault(section.parent_id, 0)
        counts[section.parent_id] += 1
        has_parts = section.pk in parents
        lines.append(
            OutlineLine(
                section,
                _state(section, has_parts=has_parts),
                _ways(places, section.pk),
                index,
                has_parts,
            )
        )
    return Outline(tuple(lines))


def section_places(sections: Sequence[Section]) -> tuple[Place, ...]:
    """The sections as the tree knows them."""
    return tuple(
        Place(one.pk, one.parent_id, one.number, one.is_annex, one.level) for one in sections
    )


def _state(section: Any, *, has_parts: bool) -> State:
    if section.is_done:
        return "done"
    return "writing" if section.has_content or has_parts else "empty"


def _ways(places: Sequence[Place], pk: int) -> frozenset[Direction]:
    """The moves of one step that the tree allows."""
    found: set[Direction] = set()
    directions: tuple[Direction, ...] = ("up", "down", "in", "out")
    for direction in directions:
        target = step(places, pk, direction)
        if target is None:
            continue
        try:
            moved(places, pk, parent=target[0], index=target[1])
        except TreeError:
            continue
        found.add(direction)
    return frozenset(found)


@dataclass(frozen=True)
class Version:
    """A version of the text of a section; `editions` are those that were adopted with it."""

    pk: int
    number: int
    at: datetime.datetime
    who: str
    is_restored: bool
    is_present: bool
    editions: tuple[str, ...] = ()


def section_versions(section: Section | ReportSection) -> list[Version]:
    """The versions of the text, newest first, in two statements and without reading the texts."""
    # The record that wrote a version is its first: later ones moved, renamed, marked the section.
    records = {
        record.version: record
        for record in section.history.defer("body").order_by("-history_date", "-history_id")
    }
    # Nobody wrote what a Relazione began with: its sections came with it.
    began = section.report.opened_by_label if isinstance(section, ReportSection) else ""
    adopted: dict[int, list[str]] = {}
    for name, at in _editions(section):
        before = [number for number, record in records.items() if record.history_date <= at]
        if before:
            adopted.setdefault(max(before), []).append(name)
    return [
        Version(
            pk=record.history_id,
            number=number,
            at=record.edited_at or record.history_date,
            who=record.edited_by_label or began,
            is_restored=record.history_change_reason == "restored",
            is_present=number == section.version,
            editions=tuple(adopted.get(number, ())),
        )
        for number, record in sorted(records.items(), reverse=True)
    ]


def _editions(section: Section | ReportSection) -> Iterator[tuple[str, datetime.datetime]]:
    """The editions of the plan, or the approvals of the Relazione, with their moments."""
    if isinstance(section, ReportSection):
        approvals = section.report.editions.order_by("number")
        for number, at in approvals.values_list("number", "approved_at"):
            yield _("approval %(number)s") % {"number": number}, at
        return
    editions = section.plan.editions.order_by("revision")
    for revision, at in editions.values_list("revision", "adopted_at"):
        yield f"REV. {revision}", at
