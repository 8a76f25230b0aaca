"""Perspectives, objectives and actions added, named anew, moved, removed; their rows follow."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from organization.models import AuditEvent
from strategy.branches import fields_of
from strategy.enums import MapKind, PlanState
from strategy.fingerprints import fingerprint
from strategy.models import Action, Perspective, Plan, StrategicObjective
from strategy.operations.branches import add_branch, change_branch, move_branch, remove_branch
from tests import factories


def last_act() -> AuditEvent:
    return AuditEvent.objects.order_by("-pk").first()


def names(branches) -> list[str]:
    return [branch.name for branch in branches.order_by("position")]


def test_branches_are_added_after_their_siblings(tree, planner):
    perspective = add_branch(Perspective(plan=tree.plan, name="C"), by=planner)
    objective = add_branch(
        StrategicObjective(perspective=perspective, code="9", name="Nove"), by=planner
    )
    action = add_branch(Action(objective=tree.objectives["1"], name="1c"), by=planner)

    assert (perspective.position, objective.position, action.position) == (3, 1, 3)
    assert names(tree.objectives["1"].actions) == ["1a", "1b", "1c"]
    acts = AuditEvent.objects.order_by("-pk").values_list("verb", "after")[:3]
    assert list(acts) == [
        ("action.added", {"name": "1c"}),
        ("objective.added", {"code": "9", "name": "Nove"}),
        ("perspective.added", {"name": "C"}),
    ]
    assert action.history.get().history_user == planner


@pytest.mark.parametrize(
    ("branch", "field"),
    [
        (lambda tree: Perspective(plan=tree.plan, name="A"), "__all__"),
        (lambda tree: Perspective(plan=tree.plan, name=""), "name"),
        (
            lambda tree: StrategicObjective(
                perspective=tree.perspectives["B"], code="1", name="Uno"
            ),
            "code",
        ),
        (lambda tree: Action(objective=tree.objectives["1"], name="1a"), "__all__"),
        (lambda tree: Action(objective=tree.objectives["1"], name="x" * 401), "name"),
    ],
    ids=["same name", "no name", "code of another perspective", "same action", "too long"],
)
def test_what_cannot_be_added_is_refused(tree, planner, branch, field):
    before = AuditEvent.objects.count()

    with pytest.raises(ValidationError) as refusal:
        add_branch(branch(tree), by=planner)

    assert list(refusal.value.error_dict) == [field]
    assert AuditEvent.objects.count() == before


def test_words_are_changed(tree, planner):
    objective = change_branch(
        tree.objectives["1"], fields={"name": "Primo", "mission": "Missione 11"}, by=planner
    )

    assert (objective.code, objective.name, objective.mission) == ("1", "Primo", "Missione 11")
    assert (last_act().before, last_act().after) == (
        {"code": "1", "name": "Obiettivo 1"},
        {"code": "1", "name": "Primo", "mission": "Missione 11"},
    )


def test_the_same_words_leave_no_act(tree, planner):
    before = AuditEvent.objects.count()

    change_branch(tree.perspectives["A"], fields={"name": "A"}, by=planner)

    assert AuditEvent.objects.count() == before


def test_its_own_code_is_not_taken(tree, planner):
    assert change_branch(tree.objectives["1"], fields={"name": "Altro"}, by=planner).code == "1"
    with pytest.raises(ValidationError) as refusal:
        change_branch(tree.objectives["1"], fields={"code": "3"}, by=planner)
    assert list(refusal.value.error_dict) == ["code"]


def test_nothing_is_written_over_what_was_not_seen(tree, planner):
    action = tree.actions["1a"]
    seen = fingerprint(action, fields_of(action))
    change_branch(action, fields={"name": "di altri"}, was=seen, by=planner)

    with pytest.raises(ValidationError) as refusal:
        change_branch(action, fields={"name": "mio"}, was=seen, by=planner)

    assert refusal.value.code == "stale"
    action.refresh_from_db()
    assert action.name == "di altri"


def test_an_objective_moves_with_its_rows(tree, planner):
    for name in ("1a", "1b", "2a", "3a"):
        tree.row(name)
    tree.row("1b", on=tree.service)
    tree.row("2a", on=tree.service)

    moved = move_branch(tree.objectives["2"], index=0, by=planner)

    assert moved.position == 1
    assert names(tree.perspectives["A"].objectives) == ["Obiettivo 2", "Obiettivo 1"]
    assert tree.order() == ["2a", "1a", "1b", "3a"]
    assert tree.order(tree.service) == ["2a", "1b"]
    assert (last_act().verb, last_act().before, last_act().after) == (
        "objective.moved",
        {"part_of": "A", "position": 2},
        {"part_of": "A", "position": 1},
    )


def test_an_action_goes_to_another_objective_with_history(tree, planner):
    row = tree.row("1a")
    tree.row("3a")

    moved = move_branch(tree.actions["1a"], parent=tree.objectives["3"], index=9, by=planner)

    assert (moved.objective, moved.position) == (tree.objectives["3"], 2)
    assert names(tree.objectives["1"].actions) == ["1b"]
    assert tree.order() == ["3a", "1a"]
    row.refresh_from_db()
    assert [record.position for record in row.history.all()] == [2, 1]


def test_words_and_parent_change_together_or_not_at_all(tree, planner):
    factories.action(objective=tree.objectives["3"], name="taken", position=2)
    action = tree.actions["1a"]
    before = AuditEvent.objects.count()

    with pytest.raises(ValidationError):
        change_branch(action, fields={"name": "taken"}, parent=tree.objectives["3"], by=planner)
    action.refresh_from_db()
    assert (action.name, action.objective, AuditEvent.objects.count()) == (
        "1a",
        tree.objectives["1"],
        before,
    )

    # The name is taken where it stands, free where it goes.
    moved = change_branch(action, fields={"name": "1b"}, parent=tree.objectives["3"], by=planner)
    assert (moved.name, moved.objective, moved.position) == ("1b", tree.objectives["3"], 3)
    verbs = AuditEvent.objects.order_by("-pk").values_list("verb", flat=True)[:2]
    assert list(verbs) == ["action.moved", "action.changed"]


def test_what_others_removed_meanwhile_is_said(tree, planner):
    action = tree.actions["3a"]
    remove_branch(action, by=planner)
    action.pk = 999_999_999

    with pytest.raises(ValidationError) as refusal:
        change_branch(action, fields={"name": "x"}, by=planner)

    assert refusal.value.code == "gone"


def test_a_perspective_moves_with_everything(tree, planner):
    for name in ("1a", "2a", "3a"):
        tree.row(name)

    move_branch(tree.perspectives["A"], index=1, by=planner)

    assert names(tree.plan.perspectives) == ["B", "A"]
    assert tree.order() == ["3a", "1a", "2a"]


def test_an_objective_goes_to_another_perspective(tree, planner):
    tree.row("3a")
    tree.row("1a")

    move_branch(tree.objectives["1"], parent=tree.perspectives["B"], index=0, by=planner)

    assert names(tree.perspectives["B"].objectives) == ["Obiettivo 1", "Obiettivo 3"]
    assert tree.order() == ["1a", "3a"]


def test_where_it_is_already_leaves_no_act(tree, planner):
    before = AuditEvent.objects.count()

    move_branch(tree.objectives["1"], index=0, by=planner)

    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize(
    ("branch", "parent"),
    [
        ("action", "perspective"),
        ("action", "stranger"),
        ("objective", "pola"),
        ("perspective", "perspective"),
    ],
)
def test_a_place_of_another_sort_plan_or_tree_is_refused(tree, planner, branch, parent):
    branches = {
        "action": tree.actions["1a"],
        "objective": tree.objectives["1"],
        "perspective": tree.perspectives["A"],
    }
    parents = {
        "perspective": tree.perspectives["B"],
        "stranger": factories.strategic_objective(),
        "pola": factories.perspective(plan=tree.plan, chart=MapKind.POLA),
    }

    with pytest.raises(ValidationError) as refusal:
        move_branch(branches[branch], parent=parents[parent], index=0, by=planner)

    assert refusal.value.code == "place"


def test_a_name_the_new_parent_has_is_refused(tree, planner):
    factories.action(objective=tree.objectives["3"], name="1a", position=2)

    with pytest.raises(ValidationError):
        move_branch(tree.actions["1a"], parent=tree.objectives["3"], index=0, by=planner)

    tree.actions["1a"].refresh_from_db()
    assert tree.actions["1a"].objective == tree.objectives["1"]


def test_an_empty_branch_is_removed(tree, planner):
    pk = tree.actions["3a"].pk

    remove_branch(tree.actions["3a"], by=planner)
    remove_branch(tree.objectives["3"], by=planner)
    remove_branch(tree.perspectives["B"], by=planner)

    assert names(tree.plan.perspectives) == ["A"]
    assert Action.history.filter(id=pk).latest().history_type == "-"
    assert (last_act().verb, last_act().before) == ("perspective.removed", {"name": "B"})


@pytest.mark.parametrize("kind", ["perspectives", "objectives", "actions"])
def test_what_holds_something_is_not_removed(tree, planner, kind):
    tree.row("1a")
    branch = getattr(tree, kind)[{"perspectives": "A", "objectives": "1", "actions": "1a"}[kind]]

    with pytest.raises(ValidationError) as refusal:
        remove_branch(branch, by=planner)

    assert refusal.value.code == "parts"
    assert type(branch).objects.filter(pk=branch.pk).exists()


def test_only_planning_and_only_a_plan_in_preparation(tree, planner, bergamo):
    with pytest.raises(PermissionDenied):
        move_branch(tree.objectives["1"], index=1, by=bergamo.user("responsabile"))
    Plan.objects.filter(pk=tree.plan.pk).update(state=PlanState.PROPOSED)

    with pytest.raises(ValidationError) as refusal:
        add_branch(Perspective(plan=tree.plan, name="C"), by=planner)

    assert refusal.value.code == "state"
