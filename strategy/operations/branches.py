"""What happens to the tree of the plan: perspectives, objectives and actions, added, named anew,
moved, removed.

What moves keeps its rows, its history and its address; on the dashboards its rows follow.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from organization import audit
from organization.models import User
from strategy.branches import (
    Branch,
    children_of,
    fields_of,
    kind_of,
    parent_of,
    plan_of,
    root_of,
    siblings_of,
)
from strategy.enums import MapKind
from strategy.models import Action, Perspective, Plan, StrategicObjective
from strategy.operations.editing import locked_for_edit, refuse_stale, still_there
from strategy.operations.history import sign
from strategy.operations.row_positions import REASON, follow_branch


@transaction.atomic
def add_branch(branch: Branch, *, by: User | None, at: datetime.datetime | None = None) -> Branch:
    """Add a perspective to a plan, an objective to a perspective, an action to an objective, after
    its siblings.

    `branch` is not saved yet and names its parent. Refuses a name its parent already has, and a
    code another objective of the plan has.
    """
    at = at or timezone.now()
    plan = locked_for_edit(plan_of(branch), by=by)
    last = siblings_of(branch).order_by("position").last()
    branch.position = last.position + 1 if last else 1
    _save(branch, plan, by=by, at=at)
    audit.record(f"{kind_of(branch)}.added", target=branch, by=by, at=at, after=_as_text(branch))
    return branch


@transaction.atomic
def change_branch(
    branch: Branch,
    *,
    fields: Mapping[str, str],
    parent: Perspective | StrategicObjective | None = None,
    was: str = "",
    by: User | None,
    at: datetime.datetime | None = None,
) -> Branch:
    """Give a branch other words (name, and of an objective code, name on the map, mission) and, if
    asked, another parent, after whose branches it then stands; all or nothing.

    `was` is the fingerprint of the words that were read: refuses (code `stale`) when somebody else
    changed them meanwhile. Refuses names and codes that are taken where it will stand.
    """
    at = at or timezone.now()
    plan = locked_for_edit(plan_of(branch), by=by)
    branch = _as_it_is(branch, plan)
    refuse_stale(branch, fields_of(branch), was)
    before, place = _as_text(branch), _place_text(branch)
    for name in fields_of(branch):
        setattr(branch, name, fields.get(name, getattr(branch, name)))
    moves = parent is not None and parent != parent_of(branch)
    if moves:
        _give_to(branch, parent, plan)
    after = _as_text(branch)
    if after != before or moves:
        _save(branch, plan, by=by, at=at)
    if after != before:
        verb = f"{kind_of(branch)}.changed"
        audit.record(verb, target=branch, by=by, at=at, before=before, after=after)
    if moves:
        _settle(branch, plan, siblings_of(branch).count(), was=place, by=by, at=at)
    return branch


@transaction.atomic
def move_branch(
    branch: Branch,
    *,
    parent: Perspective | StrategicObjective | None = None,
    index: int,
    by: User | None,
    at: datetime.datetime | None = None,
) -> Branch:
    """Move a branch among its siblings, or to another parent of the same tree, with all that is on
    it; `index` counts among the siblings it will have, without itself.

    On every dashboard its rows follow. Refuses a parent of another plan or tree, and one that
    already has a branch of this name.
    """
    at = at or timezone.now()
    plan = locked_for_edit(plan_of(branch), by=by)
    branch = _as_it_is(branch, plan)
    before = _place_text(branch)
    if parent is not None:
        _give_to(branch, parent, plan)
    _settle(branch, plan, index, was=before, by=by, at=at)
    return branch


def _settle(
    branch: Branch,
    plan: Plan,
    index: int,
    *,
    was: dict[str, Any],
    by: User | None,
    at: datetime.datetime,
) -> None:
    """Put a branch at a place among its siblings; its rows follow; recorded if it did move."""
    siblings = [
        one for one in siblings_of(branch).order_by("position", "pk") if one.pk != branch.pk
    ]
    siblings.insert(max(index, 0), branch)
    _keep_places(siblings, branch, by=by, at=at)
    after = _place_text(branch)
    if after != was:
        follow_branch(plan, _actions_of(branch), path_of(branch), by=by, at=at)
        verb = f"{kind_of(branch)}.moved"
        audit.record(verb, target=branch, by=by, at=at, before=was, after=after)


@transaction.atomic
def remove_branch(branch: Branch, *, by: User | None, at: datetime.datetime | None = None) -> None:
    """Remove a branch on which nothing stands; refuses one that has branches or rows of its own.

    Its history stays, and its act in the register.
    """
    at = at or timezone.now()
    plan = locked_for_edit(plan_of(branch), by=by)
    branch = _as_it_is(branch, plan)
    if children_of(branch).exists():
        raise ValidationError(
            _("“%(branch)s” is not empty: move or remove first what stands on it.")
            % {"branch": branch},
            code="parts",
        )
    audit.record(f"{kind_of(branch)}.removed", target=branch, by=by, at=at, before=_as_text(branch))
    sign(branch, by=by, at=at)
    branch.delete()


def path_of(branch: Branch) -> tuple[int, ...]:
    """The place of a branch in its tree, from the perspective down."""
    parent = parent_of(branch)
    return (*(path_of(parent) if parent else ()), branch.position)


def _as_it_is(branch: Branch, plan: Plan) -> Branch:
    """The branch as the database has it now."""
    things: Any = type(branch)._default_manager.all()
    found: Branch = still_there(things, branch.pk)
    root_of(found).plan = plan
    return found


def _give_to(branch: Branch, parent: Any, plan: Plan) -> None:
    """Hang a branch under another parent, which must still be there."""
    parent = still_there(type(parent)._default_manager.all(), parent.pk)
    if isinstance(branch, StrategicObjective) and isinstance(parent, Perspective):
        fits = (parent.plan_id, parent.chart) == (plan.pk, branch.perspective.chart)
        branch.perspective = parent
    elif isinstance(branch, Action) and isinstance(parent, StrategicObjective):
        own, other = branch.objective.perspective, parent.perspective
        fits = (other.plan_id, other.chart) == (plan.pk, own.chart)
        branch.objective = parent
    else:
        fits = False
    if not fits:
        raise ValidationError(
            _("“%(branch)s” cannot stand there.") % {"branch": branch}, code="place"
        )


def _keep_places(
    siblings: list[Branch], moved: Branch, *, by: User | None, at: datetime.datetime
) -> None:
    """Number the siblings from 1; of the one that moved keep also its parent."""
    places = {one.pk: one.position for one in siblings}
    for position, one in enumerate(siblings, start=1):
        one.position = position
    moved.full_clean()
    sign(moved, by=by, at=at, reason=REASON)
    moved.save()
    others = [one for one in siblings if one is not moved and places[one.pk] != one.position]
    bulk_update_with_history(
        others,
        type(moved),
        ["position"],
        default_user=by,
        default_date=at,
        default_change_reason=REASON,
    )


def _actions_of(branch: Branch) -> set[int]:
    """The actions of a branch, itself if it is one."""
    if isinstance(branch, Action):
        return {branch.pk}
    actions = Action.objects.all()
    if isinstance(branch, StrategicObjective):
        return set(actions.filter(objective=branch).values_list("pk", flat=True))
    return set(actions.filter(objective__perspective=branch).values_list("pk", flat=True))


def _save(branch: Branch, plan: Plan, *, by: User | None, at: datetime.datetime) -> None:
    if isinstance(branch, StrategicObjective) and branch.code:
        twin = StrategicObjective.objects.filter(perspective__plan=plan, code=branch.code)
        if found := twin.exclude(pk=branch.pk).first():
            raise ValidationError(
                {"code": _("“%(objective)s” already has this code.") % {"objective": found}}
            )
    branch.full_clean()
    sign(branch, by=by, at=at)
    branch.save()


def _as_text(branch: Branch) -> dict[str, Any]:
    """The branch as the register keeps it."""
    return {name: getattr(branch, name) for name in fields_of(branch) if getattr(branch, name)}


def _place_text(branch: Branch) -> dict[str, Any]:
    parent = parent_of(branch)
    where = str(parent) if parent else str(MapKind(root_of(branch).chart).label)
    return {"part_of": where, "position": branch.position}
