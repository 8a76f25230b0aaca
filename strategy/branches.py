"""The branches of the plan's tree as one sort of thing: perspective, objective, action."""

from __future__ import annotations

from typing import Any

from strategy.enums import BranchKind
from strategy.models import Action, Perspective, Plan, StrategicObjective

Branch = Perspective | StrategicObjective | Action

MODELS: dict[BranchKind, type[Branch]] = {
    BranchKind.PERSPECTIVE: Perspective,
    BranchKind.OBJECTIVE: StrategicObjective,
    BranchKind.ACTION: Action,
}
PATHS = {
    BranchKind.PERSPECTIVE: "plan",
    BranchKind.OBJECTIVE: "perspective__plan",
    BranchKind.ACTION: "objective__perspective__plan",
}
# The words of the addresses.
SLUGS = {
    BranchKind.PERSPECTIVE: "prospettiva",
    BranchKind.OBJECTIVE: "obiettivo",
    BranchKind.ACTION: "azione",
}
# What may be said of a branch by who prepares the plan, in the order of a form.
FIELDS = {
    BranchKind.PERSPECTIVE: ("name",),
    BranchKind.OBJECTIVE: ("code", "name", "map_name", "mission"),
    BranchKind.ACTION: ("name",),
}


def kind_of(branch: Branch) -> BranchKind:
    """What a branch is."""
    return next(kind for kind, model in MODELS.items() if isinstance(branch, model))


def fields_of(branch: Branch) -> tuple[str, ...]:
    """The fields in which its words stand."""
    return FIELDS[kind_of(branch)]


def branches_of(plan: Plan, kind: BranchKind) -> Any:
    """The branches of a kind in a plan, as they stand in the tree."""
    return MODELS[kind]._default_manager.filter(**{PATHS[kind]: plan})


def parent_of(branch: Any) -> Perspective | StrategicObjective | None:
    """What a branch is part of; nothing for a perspective."""
    if isinstance(branch, Action):
        return branch.objective
    return branch.perspective if isinstance(branch, StrategicObjective) else None


def root_of(branch: Branch) -> Perspective:
    """The perspective a branch hangs under, itself if it is one."""
    if isinstance(branch, Action):
        return branch.objective.perspective
    return branch.perspective if isinstance(branch, StrategicObjective) else branch


def plan_of(branch: Branch) -> Plan:
    """The plan a branch belongs to."""
    return root_of(branch).plan


def siblings_of(branch: Branch) -> Any:
    """The branches with the same parent, itself among them."""
    if isinstance(branch, Action):
        return Action.objects.filter(objective=branch.objective)
    if isinstance(branch, StrategicObjective):
        return StrategicObjective.objects.filter(perspective=branch.perspective)
    return Perspective.objects.filter(plan=branch.plan, chart=branch.chart)


def children_of(branch: Branch) -> Any:
    """What stands on a branch: objectives, actions, rows of dashboards."""
    if isinstance(branch, Action):
        return branch.rows
    return branch.actions if isinstance(branch, StrategicObjective) else branch.objectives
