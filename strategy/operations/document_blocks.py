"""What happens to the generated blocks of a section: placed, said otherwise, moved, removed."""

from __future__ import annotations

import datetime
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from organization import audit
from organization.models import User
from strategy.block_registry import block_kind
from strategy.models import (
    Dashboard,
    Plan,
    ProjectSheet,
    ReferenceTable,
    Section,
    SectionBlock,
)
from strategy.operations.editing import locked_for_edit, still_there
from strategy.operations.history import sign


@transaction.atomic
def place_block(
    section: Section,
    *,
    kind: str,
    dashboard: Dashboard | None = None,
    table: ReferenceTable | None = None,
    project: ProjectSheet | None = None,
    caption: str = "",
    lead: str = "",
    source_note: str = "",
    by: User | None,
    at: datetime.datetime | None = None,
) -> SectionBlock:
    """Place a block under the text of a section, after those that are there.

    Refuses a kind that nobody builds, and one without the dashboard, table or project it shows.
    """
    at = at or timezone.now()
    plan = locked_for_edit(section.plan, by=by)
    section = still_there(plan.sections.all(), section.pk)
    block = SectionBlock(
        section=section,
        kind=kind,
        position=section.blocks.count() + 1,
        caption=caption,
        lead=lead,
        source_note=source_note,
    )
    _aim(block, plan, dashboard=dashboard, table=table, project=project)
    _save(block, by=by, at=at)
    audit.record("block.placed", target=block, by=by, at=at, after=_as_text(block))
    return block


@transaction.atomic
def change_block(
    block: SectionBlock,
    *,
    dashboard: Dashboard | None = None,
    table: ReferenceTable | None = None,
    project: ProjectSheet | None = None,
    caption: str = "",
    lead: str = "",
    source_note: str = "",
    by: User | None,
    at: datetime.datetime | None = None,
) -> SectionBlock:
    """Give a block another caption, introduction, source, dashboard, table or project; refuses
    (code `gone`) one that somebody else took away."""
    at = at or timezone.now()
    plan = locked_for_edit(block.section.plan, by=by)
    block = _as_it_is(block, plan)
    before = _as_text(block)
    block.caption, block.lead, block.source_note = caption, lead, source_note
    _aim(block, plan, dashboard=dashboard, table=table, project=project)
    _save(block, by=by, at=at)
    audit.record("block.changed", target=block, by=by, at=at, before=before, after=_as_text(block))
    return block


@transaction.atomic
def move_block(
    block: SectionBlock,
    *,
    direction: Literal["up", "down"],
    by: User | None,
    at: datetime.datetime | None = None,
) -> SectionBlock:
    """Move a block before or after its neighbour; at the end of the row nothing changes. Refuses
    as above."""
    at = at or timezone.now()
    plan = locked_for_edit(block.section.plan, by=by)
    block = _as_it_is(block, plan)
    blocks = list(block.section.blocks.select_for_update())
    index = blocks.index(block)
    target = index + (1 if direction == "down" else -1)
    if not 0 <= target < len(blocks):
        return block
    blocks.insert(target, blocks.pop(index))
    _number(blocks, by=by, at=at)
    audit.record(
        "block.moved",
        target=block,
        by=by,
        at=at,
        before={"position": index + 1},
        after={"position": target + 1},
    )
    return blocks[target]


@transaction.atomic
def remove_block(
    block: SectionBlock, *, by: User | None, at: datetime.datetime | None = None
) -> None:
    """Take a block away from its section; the data it shows stay where they are. Refuses as
    above."""
    at = at or timezone.now()
    plan = locked_for_edit(block.section.plan, by=by)
    block = _as_it_is(block, plan)
    section = block.section
    audit.record("block.removed", target=block, by=by, at=at, before=_as_text(block))
    sign(block, by=by, at=at)
    block.delete()
    _number(list(section.blocks.select_for_update()), by=by, at=at)


def _as_it_is(block: SectionBlock, plan: Plan) -> SectionBlock:
    """The block as the database has it now."""
    blocks = SectionBlock.objects.select_related("section", "table")
    found = still_there(blocks.filter(section__plan=plan), block.pk)
    found.section.plan = plan
    return found


def _aim(
    block: SectionBlock,
    plan: Plan,
    *,
    dashboard: Dashboard | None,
    table: ReferenceTable | None,
    project: ProjectSheet | None,
) -> None:
    """Say which dashboard, table or project of the plan the block shows, as its kind wants."""
    kind = block_kind(block.kind)
    if kind is None:
        raise ValidationError({"kind": _("Choose what the block shows.")})
    if kind.takes == "dashboard" and (dashboard is None or dashboard.plan_id != plan.pk):
        raise ValidationError({"dashboard": _("Choose a dashboard of this plan.")})
    if kind.takes == "table" and (table is None or table.plan_id != plan.pk):
        raise ValidationError({"table": _("Choose a table of this plan.")})
    if kind.takes == "project" and (project is None or project.plan_id != plan.pk):
        raise ValidationError({"project": _("Choose a project of this plan.")})
    arguments = {
        "dashboard": dashboard.slug if dashboard else "",
        # The indicator is the same one in the plan of the next triennium, its sheet is not.
        "project": str(project.indicator_id) if project else "",
    }
    block.argument = arguments.get(kind.takes, "")
    block.table = table if kind.takes == "table" else None


def _save(block: SectionBlock, *, by: User | None, at: datetime.datetime) -> None:
    sign(block, by=by, at=at)
    block.full_clean()
    block.save()


def _number(blocks: list[SectionBlock], *, by: User | None, at: datetime.datetime) -> None:
    """Positions from 1, in the given order; those that are right already are left alone."""
    changed = []
    for position, block in enumerate(blocks, start=1):
        if block.position != position:
            block.position = position
            changed.append(block)
    bulk_update_with_history(changed, SectionBlock, ["position"], default_user=by, default_date=at)


def _as_text(block: SectionBlock) -> dict[str, Any]:
    """The block as the trace keeps it."""
    return {
        "section": str(block.section),
        "kind": block.kind,
        "argument": block.argument or (block.table.slug if block.table else ""),
        "caption": block.caption,
        "position": block.position,
    }
