"""What happens to the dashboards of a plan as such: made, named anew, put in order, removed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from organization import audit
from organization.models import User
from strategy.models import Dashboard, Plan, SectionBlock
from strategy.operations.editing import locked_for_edit, refuse_stale, still_there
from strategy.operations.history import sign
from strategy.operations.row_positions import REASON

FIELDS = ("heading", "code", "unit")


@transaction.atomic
def add_dashboard(
    plan: Plan,
    *,
    kind: str,
    fields: Mapping[str, Any],
    by: User | None,
    at: datetime.datetime | None = None,
) -> Dashboard:
    """Make an empty dashboard, after the others of the plan; its address comes from its heading.

    Refuses a second one for the same unit, for the ente or for the POLA, and one that is of nobody.
    """
    at = at or timezone.now()
    plan = locked_for_edit(plan, by=by)
    own = plan.dashboards.order_by("position")
    last = own.last()
    dashboard = Dashboard(
        plan=plan,
        kind=kind,
        position=last.position + 1 if last else 1,
        slug=_free_slug(fields["heading"], {one.slug for one in own}),
        **fields,
    )
    _save(dashboard, by=by, at=at)
    audit.record("dashboard.added", target=dashboard, by=by, at=at, after=_as_text(dashboard))
    return dashboard


@transaction.atomic
def change_dashboard(
    dashboard: Dashboard,
    *,
    fields: Mapping[str, Any],
    was: str = "",
    by: User | None,
    at: datetime.datetime | None = None,
) -> Dashboard:
    """Give a dashboard another heading, sign or unit; its address stays.

    Refuses (code `stale`) when somebody else changed it since `was` was read.
    """
    at = at or timezone.now()
    plan = locked_for_edit(dashboard.plan, by=by)
    dashboard = still_there(Dashboard.objects.select_related("unit"), dashboard.pk)
    dashboard.plan = plan
    refuse_stale(dashboard, FIELDS, was)
    before = _as_text(dashboard)
    for name in FIELDS:
        setattr(dashboard, name, fields.get(name, getattr(dashboard, name)))
    after = _as_text(dashboard)
    if after != before:
        _save(dashboard, by=by, at=at)
        audit.record(
            "dashboard.changed", target=dashboard, by=by, at=at, before=before, after=after
        )
    return dashboard


@transaction.atomic
def move_dashboard(
    dashboard: Dashboard, *, index: int, by: User | None, at: datetime.datetime | None = None
) -> Dashboard:
    """Move a dashboard among those of its plan; `index` counts without itself.

    The document prints the dashboards of the units in this order.
    """
    at = at or timezone.now()
    plan = locked_for_edit(dashboard.plan, by=by)
    moved = still_there(plan.dashboards.all(), dashboard.pk)
    rest = [one for one in plan.dashboards.order_by("position", "pk") if one.pk != moved.pk]
    order = [*rest[: max(index, 0)], moved, *rest[max(index, 0) :]]
    before = moved.position
    changed = []
    for position, one in enumerate(order, start=1):
        if one.position != position:
            one.position = position
            changed.append(one)
    bulk_update_with_history(
        changed,
        Dashboard,
        ["position"],
        default_user=by,
        default_date=at,
        default_change_reason=REASON,
    )
    if moved.position != before:
        audit.record(
            "dashboard.moved",
            target=moved,
            by=by,
            at=at,
            before={"position": before},
            after={"position": moved.position},
        )
    return moved


@transaction.atomic
def remove_dashboard(
    dashboard: Dashboard, *, by: User | None, at: datetime.datetime | None = None
) -> None:
    """Remove a dashboard without rows; refuses one that has any, or that a section of the document
    prints by its name (code `parts`)."""
    at = at or timezone.now()
    plan = locked_for_edit(dashboard.plan, by=by)
    dashboard = still_there(plan.dashboards.select_related("unit"), dashboard.pk)
    if blocks := list(blocks_that_print(dashboard)):
        raise ValidationError(
            _("“%(section)s” prints this dashboard: take its block away first.")
            % {"section": blocks[0].section},
            code="parts",
        )
    if dashboard.rows.exists():
        raise ValidationError(
            _("“%(dashboard)s” has rows: take them away first.") % {"dashboard": dashboard},
            code="parts",
        )
    audit.record("dashboard.removed", target=dashboard, by=by, at=at, before=_as_text(dashboard))
    sign(dashboard, by=by, at=at)
    dashboard.delete()


def blocks_that_print(dashboard: Dashboard) -> QuerySet[SectionBlock]:
    """The blocks of the document that print the dashboard by its name."""
    blocks = SectionBlock.objects.filter(section__plan=dashboard.plan_id, kind="dashboard")
    return blocks.filter(argument=dashboard.slug).select_related("section")


def _free_slug(heading: str, taken: set[str]) -> str:
    """An address from the heading that no dashboard of the plan has."""
    stem = slugify(heading)[:44].strip("-") or "cruscotto"
    names = [stem, *(f"{stem}-{count}" for count in range(2, len(taken) + 4))]
    return next(name for name in names if name not in taken)


def _save(dashboard: Dashboard, *, by: User | None, at: datetime.datetime) -> None:
    twins = Dashboard.objects.filter(plan=dashboard.plan_id, code=dashboard.code)
    if dashboard.code and (twin := twins.exclude(pk=dashboard.pk).first()):
        raise ValidationError(
            {"code": _("“%(dashboard)s” already has this sign.") % {"dashboard": twin}}
        )
    dashboard.full_clean()
    sign(dashboard, by=by, at=at)
    dashboard.save()


def _as_text(dashboard: Dashboard) -> dict[str, Any]:
    """The dashboard as the register keeps it."""
    said = {
        "heading": dashboard.heading,
        "code": dashboard.code,
        "unit": str(dashboard.unit or ""),
    }
    return {name: text for name, text in said.items() if text}
