"""The document of a plan, in order: chapters, sections, blocks, numbers, places for the index.

Everything is read from the data; templates/print/ only draws it. Tables and figures are counted
through the whole document, identifiers are words that read well when a link is read aloud.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from documents.file_hashes import hash_groups
from organization import clock
from organization.days import written
from organization.models import Institution
from strategy.acts import Act
from strategy.block_registry import BlockView, Medium, PlanReports
from strategy.blocks import section_blocks
from strategy.cover import Cover, cover_drawing
from strategy.document_layout import (
    Chapter,
    IndexLine,
    Part,
    index_of,
    numbered,
    runs_of,
    shifted_headings,
)
from strategy.models import Edition, Plan, Section
from strategy.snapshots import plan_sha256, plan_snapshot, without_results

LANGUAGE = "it"


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
class PlanDocument:
    """The whole document, ready for the template."""

    plan: Plan
    institution: Institution | None
    act: Act | None
    is_draft: bool
    snapshot_sha256: str
    made_at: datetime.datetime
    stands_on: datetime.date  # the day the office stands on: the one that a draft tells
    chapters: tuple[Chapter, ...]
    earlier: tuple[str, ...] = ()

    @property
    def views(self) -> list[BlockView]:
        """Every block of the document, in order."""
        return [view for chapter in self.chapters for view in chapter.views]

    @property
    def index(self) -> list[IndexLine]:
        """Chapters with their sections, dashboards and articles."""
        return [index_of(chapter) for chapter in self.chapters]

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
        return " ".join(hash_groups(self.snapshot_sha256))

    @property
    def modified(self) -> str:
        """The moment of the file: midday of the act, else the moment it was made."""
        if self.act:
            noon = datetime.datetime.combine(self.act.date, datetime.time(12), datetime.UTC)
            return noon.isoformat()
        return self.made_at.isoformat()

    @property
    def name(self) -> str:
        """What the foot of each page calls it."""
        return self.plan.title

    @property
    def draft_words(self) -> str:
        """What stands on every page of a draft; nothing on those of an edition."""
        return _("BOZZA – not adopted") if self.is_draft else ""

    @property
    def title_name(self) -> str:
        """The title without its years, which the cover prints on a line of their own."""
        return self.plan.title.removesuffix(self.plan.label).strip()

    @property
    def period(self) -> str:
        """The years, as the cover prints them."""
        return self.plan.label

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
            "day": written(self.stands_on),
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
    def cover_facts(self) -> tuple[tuple[str, str], ...]:
        """What the cover says under the title."""
        return ((_("Revision"), self.revision), *act_facts(self.act, self.state, self.stands_on))


def act_facts(act: Act | None, state: str, stands_on: datetime.date) -> tuple[tuple[str, str], ...]:
    """The act and its date for the cover; of a draft, its state and the day it tells."""
    if act is None:
        return ((_("State"), state), (_("As of"), written(stands_on)))
    name, _del, date = str(act).rpartition(" del ")
    return ((_("Approved by"), name), (_("Date"), date))


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
        stands_on=clock.today(),
        chapters=tuple(numbered(chapters)),
        earlier=tuple(f"REV. {edition.revision}, {act_of(edition)}" for edition in earlier),
    )


def only_section(document: PlanDocument, slug: str) -> PlanDocument:
    """The same document with one section alone, whose tables and figures keep their numbers."""
    alone = [
        replace(chapter, parts=(part,), runs=tuple(runs_of((part,))))
        for chapter in document.chapters
        for part in chapter.parts
        if part.section.slug == slug
    ]
    return replace(document, chapters=tuple(alone))


def plan_html(document: PlanDocument) -> str:
    """The document as one page of HTML, always in Italian."""
    with translation.override(LANGUAGE):
        return render_to_string("print/plan.html", {"document": document})


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
