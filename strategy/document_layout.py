"""How a printed document is laid out: chapters, sections, stretches of text, numbers, index.

The same for the plan and for the Relazione sulla performance. Tables and figures are counted
through the whole document; blocks that have pages of their own interrupt the column of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from strategy.block_registry import BlockView

NO_TEXT = SafeString("")
DEEPEST_HEADING = 6
HEADING = re.compile(r"<(/?)h([1-6])\b")


class Headed(Protocol):
    """What stands at the head of a part: a section of the plan, a part of the Relazione."""

    @property
    def slug(self) -> str:
        """The name of the place."""

    @property
    def number(self) -> str:
        """The number as printed; empty without one."""

    @property
    def title(self) -> str:
        """The heading."""

    @property
    def is_annex(self) -> bool:
        """Stands after the chapters."""


@dataclass(frozen=True)
class Part:
    """A section as far as it stands in the column of the text: heading, text, narrow blocks."""

    section: Headed
    level: int
    body: SafeString = NO_TEXT
    blocks: tuple[BlockView, ...] = ()
    has_heading: bool = True


@dataclass(frozen=True)
class Run:
    """A stretch of a chapter: parts one after the other, or one block with pages of its own."""

    parts: tuple[Part, ...] = ()
    wide: BlockView | None = None


@dataclass(frozen=True)
class Chapter:
    """A chapter, or an annex, with its stretches in order."""

    section: Headed
    parts: tuple[Part, ...]
    runs: tuple[Run, ...]

    @property
    def number(self) -> str:
        """The number as its opening prints it: 3, Annex 1."""
        number = self.section.number
        if not self.section.is_annex:
            return number
        return _("Annex %(number)s") % {"number": number.lstrip("A")}

    @property
    def views(self) -> Iterator[BlockView]:
        """Every block of the chapter, in order."""
        for part in self.parts:
            yield from part.blocks


@dataclass(frozen=True)
class IndexLine:
    """A line of the index: number, title, the place it points at."""

    number: str
    title: str
    slug: str
    lines: tuple[IndexLine, ...] = field(default=())
    is_annex: bool = False


def shifted_headings(body: str, *, above: int) -> SafeString:
    """The text with its first rank of headings one below the heading above it."""
    ranks = [int(rank) for _slash, rank in HEADING.findall(body)]
    step = above + 1 - min(ranks) if ranks else 0

    def rank(match: re.Match[str]) -> str:
        return f"<{match[1]}h{min(int(match[2]) + step, DEEPEST_HEADING)}"

    # The text was cleaned when it was stored: only ranks of headings change here.
    return mark_safe(HEADING.sub(rank, body))  # noqa: S308  # cleaned HTML, see above


def numbered(chapters: Iterable[Chapter]) -> Iterator[Chapter]:
    """The chapters with tables and figures counted through all of them, then laid in stretches."""
    tables = figures = 0
    for chapter in chapters:
        parts = []
        for part in chapter.parts:
            views = []
            for view in part.blocks:
                tables += view.holds_table
                figures += view.figure is not None
                views.append(
                    replace(
                        view,
                        table_number=tables if view.holds_table else 0,
                        figure_number=figures if view.figure is not None else 0,
                    )
                )
            parts.append(replace(part, blocks=tuple(views)))
        yield replace(chapter, parts=tuple(parts), runs=tuple(runs_of(parts)))


def runs_of(parts: Iterable[Part]) -> Iterator[Run]:
    """Parts in the column of the text, interrupted by the blocks that have their own pages."""
    open_parts: list[Part] = []
    for part in parts:
        views = list(part.blocks)
        if views and views[0].takes_text:
            if open_parts:
                yield Run(tuple(open_parts))
            open_parts = []
            yield Run(wide=replace(views[0], opening=part))
            del views[0]
            rest = replace(part, body=NO_TEXT, has_heading=False)
        else:
            rest = part
        while wide := next((view for view in views if view.is_wide), None):
            place = views.index(wide)
            if rest.has_heading or place:
                open_parts.append(replace(rest, blocks=tuple(views[:place])))
            if open_parts:
                yield Run(tuple(open_parts))
            open_parts = []
            yield Run(wide=wide)
            rest = replace(rest, body=NO_TEXT, has_heading=False)
            views = views[place + 1 :]
        if rest.has_heading or views:
            open_parts.append(replace(rest, blocks=tuple(views)))
    if open_parts:
        yield Run(tuple(open_parts))


def index_of(chapter: Chapter) -> IndexLine:
    first = chapter.section
    lines: list[IndexLine] = []
    for part in chapter.parts:
        section = part.section
        if section is not first:
            lines.append(IndexLine(section.number, section.title, section.slug))
        lines.extend(
            IndexLine(anchor.number, anchor.title, anchor.slug)
            for view in part.blocks
            for anchor in view.anchors
        )
    return IndexLine(chapter.number, first.title, first.slug, tuple(lines), first.is_annex)
