"""What happens to the index of the document: sections added, renamed, moved, removed.

Numbers follow the place: each change counts all sections anew and keeps the history of those whose
place or number is another.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from organization import audit
from organization.models import User
from strategy.models import Plan, Section
from strategy.operations.editing import locked_for_edit, still_there
from strategy.operations.history import sign
from strategy.reports.document import section_places
from strategy.section_tree import Place, TreeError, moved, numbered
from strategy.word_differences import text_lines

# Addresses of the pages that change the document stand where the names of sections stand.
RESERVED = frozenset({"modifica"})
COUNTED = "0"  # any number says that the section is counted; the place says which it is
REASON = "order"


@transaction.atomic
def add_section(
    plan: Plan,
    *,
    title: str,
    parent: Section | None = None,
    slug: str = "",
    is_numbered: bool = True,
    is_annex: bool = False,
    by: User | None,
    at: datetime.datetime | None = None,
) -> Section:
    """Add a chapter, an annex or a part of a section at the end of its siblings.

    Without `slug` the address is made from the title. Refuses a fourth level, an address that the
    plan has already, and (code `gone`) a parent that somebody else removed.
    """
    at = at or timezone.now()
    plan = locked_for_edit(plan, by=by)
    sections = _sections(plan)
    parent = still_there(plan.sections.all(), parent.pk) if parent else None
    section = Section(
        plan=plan,
        parent=parent,
        title=title,
        slug=slug or _free_slug(title, {one.slug for one in sections}),
        number=COUNTED if is_numbered else "",
        is_annex=is_annex and parent is None,
        level=1 + (parent.level if parent else 0),
        position=len(sections) + 1,
    )
    _check(section)
    sign(section, by=by, at=at)
    section.save(force_insert=True)
    _arrange([*sections, section], section.pk, parent=parent, index=len(sections), by=by, at=at)
    section.refresh_from_db()
    audit.record("section.added", target=section, by=by, at=at, after=_as_text(section))
    return section


@transaction.atomic
def rename_section(
    section: Section,
    *,
    title: str,
    slug: str,
    is_numbered: bool,
    summary: str = "",
    key_figure: str = "",
    key_figure_caption: str = "",
    by: User | None,
    at: datetime.datetime | None = None,
) -> Section:
    """Give a section another title, address, summary or key figure, or count it no more.

    Its number is that of its place. Refuses (code `gone`) one that somebody else removed.
    """
    at = at or timezone.now()
    plan = locked_for_edit(section.plan, by=by)
    section = still_there(plan.sections.all(), section.pk)
    before = _as_text(section)
    section.title, section.slug = title, slug
    section.summary = summary
    section.key_figure, section.key_figure_caption = key_figure, key_figure_caption
    section.number = (section.number or COUNTED) if is_numbered else ""
    _check(section)
    sign(section, by=by, at=at)
    section.save()
    _keep(_sections(plan), numbered, by=by, at=at)
    section.refresh_from_db()
    audit.record(
        "section.renamed", target=section, by=by, at=at, before=before, after=_as_text(section)
    )
    return section


@transaction.atomic
def move_section(
    section: Section,
    *,
    parent: Section | None,
    index: int,
    by: User | None,
    at: datetime.datetime | None = None,
) -> Section:
    """Move a section with all that is below it; `index` counts among the parts of the new parent.

    Refuses a place inside itself, a fourth level, an annex inside a chapter, and (code `gone`) a
    section or a parent that somebody else removed.
    """
    at = at or timezone.now()
    plan = locked_for_edit(section.plan, by=by)
    section = still_there(plan.sections.all(), section.pk)
    parent = still_there(plan.sections.all(), parent.pk) if parent else None
    sections = _sections(plan)
    before = next(one for one in sections if one.pk == section.pk)
    was = _as_text(before)
    _arrange(sections, section.pk, parent=parent, index=index, by=by, at=at)
    section = Section.objects.select_related("plan").get(pk=section.pk)
    audit.record("section.moved", target=section, by=by, at=at, before=was, after=_as_text(section))
    return section


@transaction.atomic
def remove_section(
    section: Section, *, by: User | None, at: datetime.datetime | None = None
) -> None:
    """Remove a section with its text and its blocks; refuses one that has parts, and (code `gone`)
    one that somebody else removed.

    Its versions stay in the history, its act in the trace.
    """
    at = at or timezone.now()
    plan = locked_for_edit(section.plan, by=by)
    section = still_there(plan.sections.all(), section.pk)
    sections = _sections(plan)
    if any(one.parent_id == section.pk for one in sections):
        raise ValidationError(
            _("“%(section)s” has parts: move them or remove them first.")
            % {"section": section.heading},
            code="parts",
        )
    audit.record("section.removed", target=section, by=by, at=at, before=_as_text(section))
    sign(section, by=by, at=at)
    section.delete()
    _keep([one for one in sections if one.slug != section.slug], numbered, by=by, at=at)


def word_count(section: Section) -> int:
    """How many words would go with the section."""
    return sum(len(line.split()) for line in text_lines(section.body))


def _sections(plan: Plan) -> list[Section]:
    return list(Section.objects.filter(plan=plan).in_order().select_for_update())


def _arrange(
    sections: Sequence[Section],
    pk: int,
    *,
    parent: Section | None,
    index: int,
    by: User | None,
    at: datetime.datetime,
) -> None:
    """Put a section at a place and keep what this changes."""
    parent_pk = parent.pk if parent else None

    def arranged(places: Sequence[Place]) -> tuple[Place, ...]:
        return moved(places, pk, parent=parent_pk, index=index)

    try:
        _keep(sections, arranged, by=by, at=at)
    except TreeError as error:
        raise ValidationError(_refusal(error.reason), code=error.reason) from error


def _refusal(reason: str) -> str:
    if reason == "annex":
        return _("An annex stands on its own: it cannot be part of a chapter.")
    if reason == "deep":
        return _("The document has three levels: chapter, section, part.")
    return _("A section cannot be part of itself.")


def _keep(
    sections: Sequence[Section], arranged: Any, *, by: User | None, at: datetime.datetime
) -> None:
    """Keep parent, level, number and position of every section that has others than before."""
    by_pk = {section.pk: section for section in sections}
    changed = []
    for position, place in enumerate(arranged(section_places(sections)), start=1):
        section = by_pk[place.pk]
        new = (place.parent, place.level, place.number, position)
        if new == (section.parent_id, section.level, section.number, section.position):
            continue
        section.parent_id, section.level, section.number, section.position = new
        section.clean_fields(exclude=["plan", "parent", "body"])
        changed.append(section)
    bulk_update_with_history(
        changed,
        Section,
        ["parent", "level", "number", "position"],
        default_user=by,
        default_date=at,
        default_change_reason=REASON,
    )


def _check(section: Section) -> None:
    if section.slug in RESERVED:
        raise ValidationError({"slug": _("This word is the address of another page.")})
    section.full_clean()


def _free_slug(title: str, taken: set[str]) -> str:
    """An address from the title that no section of the plan has."""
    stem = slugify(title)[:70].strip("-") or "sezione"
    names = [stem, *(f"{stem}-{count}" for count in range(2, len(taken) + 4))]
    return next(name for name in names if name not in taken | RESERVED)


def _as_text(section: Section) -> dict[str, Any]:
    """The section as the trace keeps it."""
    return {
        "number": section.number,
        "title": section.title,
        "slug": section.slug,
        "position": section.position,
        "level": section.level,
    }
