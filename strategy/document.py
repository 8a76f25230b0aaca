"""The document of a plan, in order: chapters, sections, blocks, numbers, places for the index.

Everything is read from the data; templates/print/ only draws it. Tables and figures are counted
through the whole document, identifiers are words that read well when a link is read aloud.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from organization.models import Institution
from strategy.acts import Act
from strategy.block_registry import BlockView, Medium, PlanReports
from strategy.blocks import section_blocks
from strategy.cover import Cover, cover_drawing
from strategy.models import Edition, Plan, Section
from strategy.snapshots import plan_sha256, plan_snapshot, without_results

LANGUAGE = "it"
NO_TEXT = SafeString("")
DEEPEST_HEADING = 6
HEADING = re.compile(r"<(/?)h([1-6])\b")


def act_in_force(plan: Plan, *, snapshot_sha256: str) -> Act | None:
    """The act that adopted the plan as it stands at its revision, whatever results came in since;
    none when it is not an act yet, or was changed since."""
    if plan.is_draft:
        return None
    edition = plan.editions.filter(revision=plan.revision).first()
    if edition is None:
        return None
    if edition.snapshot_sha256 != snapshot_sha256:
        adopted = json.loads(edition.snapshot)
        if without_results(adopted) != without_results(plan_snapshot(plan)):
            return None
    return act_of(edition)


def act_of(edition: Edition) -> Act:
    """The act of a stored edition."""
    return Act(
        type=edition.act_type,
        number=edition.act_number,
        date=edition.act_date,
        body=edition.act_body,
    )


@dataclass(frozen=True)
class Part:
    """A section as far as it stands in the column of the text: heading, text, narrow blocks."""

    section: Section
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

    section: Section
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


@dataclass(frozen=True)
class PlanDocument:
    """The whole document, ready for the template."""

    plan: Plan
    institution: Institution | None
    act: Act | None
    is_draft: bool
    snapshot_sha256: str
    made_at: datetime.datetime
    chapters: tuple[Chapter, ...]
    earlier: tuple[str, ...] = ()

    @property
    def views(self) -> list[BlockView]:
        """Every block of the document, in order."""
        return [view for chapter in self.chapters for view in chapter.views]

    @property
    def index(self) -> list[IndexLine]:
        """Chapters with their sections, dashboards and articles."""
        return [_index_of(chapter) for chapter in self.chapters]

    @property
    def tables(self) -> list[BlockView]:
        """Blocks that hold a numbered table."""
        return [view for view in self.views if view.table_number]

    @property
    def figures(self) -> list[BlockView]:
        """Blocks that hold a numbered figure."""
        return [view for view in self.views if view.figure_number]

    @property
    def title(self) -> str:
        """The title of the file: plan, revision, institution."""
        name = f"{self.plan.title}, REV. {self.plan.revision}"
        return f"{name} - {self.institution.name}" if self.institution else name

    @property
    def revision(self) -> str:
        """The revision as it is cited."""
        return f"REV. {self.plan.revision}"

    @property
    def hash_groups(self) -> str:
        """The hash of the data in groups of eight, which a person can compare."""
        return " ".join(re.findall(".{1,8}", self.snapshot_sha256))

    @property
    def modified(self) -> str:
        """The moment of the file: midday of the act, else the moment it was made."""
        if self.act:
            noon = datetime.datetime.combine(self.act.date, datetime.time(12), datetime.UTC)
            return noon.isoformat()
        return self.made_at.isoformat()

    @property
    def title_name(self) -> str:
        """The title without its years, which the cover prints on a line of their own."""
        return self.plan.title.removesuffix(self.plan.label).strip()

    @property
    def state(self) -> str:
        """The state in a word."""
        return _("Adopted") if self.act else self.plan.get_state_display()

    @property
    def state_sentence(self) -> str:
        """The state and what it means for whoever reads a copy."""
        if self.act:
            return _("Adopted. The data are frozen at the date of the act")
        return _("%(state)s on %(day)s: not an act, it may still change") % {
            "state": self.state,
            "day": timezone.localtime(self.made_at).strftime("%d.%m.%Y"),
        }

    @property
    def cover(self) -> Cover:
        """The drawing of the cover."""
        maps = [
            view.context["perspectives"] for view in self.views if "perspectives" in view.context
        ]
        perspectives = maps[0] if maps else ()
        return cover_drawing([[o.code for o in p.objectives] for p in perspectives])

    @property
    def act_name(self) -> str:
        """The act without its date: Delibera di Giunta n. 2."""
        return str(self.act).rpartition(" del ")[0] if self.act else ""

    @property
    def act_day(self) -> str:
        """The date of the act as acts write it."""
        return str(self.act).rpartition(" del ")[2] if self.act else ""


def plan_document(
    plan: Plan, *, act: Act | None = None, snapshot_sha256: str = "", with_sections: bool = True
) -> PlanDocument:
    """The document of a plan for the paper. `act` is the one in force unless another is given;
    a document with an act is an edition, one without is a draft. The hash is that of the data as
    they stand, computed unless the caller has it."""
    snapshot_sha256 = snapshot_sha256 or plan_sha256(plan)
    act = act or act_in_force(plan, snapshot_sha256=snapshot_sha256)
    shared = PlanReports(plan)
    sections = list(plan.sections.in_order().with_blocks()) if with_sections else []
    with translation.override(LANGUAGE):
        chapters = [_chapter(group, shared) for group in _chapters(sections)]
    earlier = plan.editions.filter(revision__lt=plan.revision).defer("snapshot")
    return PlanDocument(
        plan=plan,
        institution=Institution.objects.first(),
        act=act,
        is_draft=act is None,
        snapshot_sha256=snapshot_sha256,
        made_at=timezone.now(),
        chapters=tuple(_numbered(chapters)),
        earlier=tuple(f"REV. {edition.revision}, {act_of(edition)}" for edition in earlier),
    )


def only_section(document: PlanDocument, slug: str) -> PlanDocument:
    """The same document with one section alone, whose tables and figures keep their numbers."""
    alone = [
        replace(chapter, parts=(part,), runs=tuple(_runs((part,))))
        for chapter in document.chapters
        for part in chapter.parts
        if part.section.slug == slug
    ]
    return replace(document, chapters=tuple(alone))


def plan_html(document: PlanDocument) -> str:
    """The document as one page of HTML, always in Italian."""
    with translation.override(LANGUAGE):
        return render_to_string("print/plan.html", {"document": document})


def shifted_headings(body: str, *, above: int) -> SafeString:
    """The text with its first rank of headings one below the heading above it."""
    ranks = [int(rank) for _slash, rank in HEADING.findall(body)]
    step = above + 1 - min(ranks) if ranks else 0

    def rank(match: re.Match[str]) -> str:
        return f"<{match[1]}h{min(int(match[2]) + step, DEEPEST_HEADING)}"

    # The text was cleaned when it was stored: only ranks of headings change here.
    return mark_safe(HEADING.sub(rank, body))  # noqa: S308  # cleaned HTML, see above


def _chapters(sections: Iterable[Section]) -> list[list[Section]]:
    """Sections by chapter: each chapter with the sections below it."""
    groups: list[list[Section]] = []
    for section in sections:
        if section.level == 1 or not groups:
            groups.append([])
        groups[-1].append(section)
    return groups


def _chapter(sections: list[Section], shared: PlanReports) -> Chapter:
    parts = tuple(_part(section, shared) for section in sections)
    return Chapter(sections[0], parts, ())


def _part(section: Section, shared: PlanReports) -> Part:
    views = section_blocks(
        shared.plan, section, shared=shared, medium=Medium.PRINT, level=section.level + 1
    )
    return Part(
        section=section,
        level=section.level,
        body=shifted_headings(section.body, above=section.level),
        blocks=tuple(views),
    )


def _numbered(chapters: Iterable[Chapter]) -> Iterator[Chapter]:
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
        yield replace(chapter, parts=tuple(parts), runs=tuple(_runs(parts)))


def _runs(parts: Iterable[Part]) -> Iterator[Run]:
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


def _index_of(chapter: Chapter) -> IndexLine:
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
