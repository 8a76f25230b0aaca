"""Rows of a dashboard added, moved, weighed, taken away."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from organization.models import AuditEvent
from strategy.enums import DashboardKind
from strategy.operations.rows import (
    WeightChange,
    WeightsRefusedError,
    add_row,
    move_row,
    remove_row,
    set_weights,
)
from tests import factories


def last_act() -> AuditEvent:
    return AuditEvent.objects.order_by("-pk").first()


def test_an_indicator_is_put_under_its_action(tree, planner):
    tree.row("1a")
    tree.row("3a")
    indicator = factories.indicator()

    row = add_row(tree.strategic, action=tree.actions["1b"], indicator=indicator, by=planner)

    assert tree.order() == ["1a", "1b", "3a"]
    row.refresh_from_db()
    assert (row.position, row.weight) == (2, Decimal(1))
    assert last_act().verb == "row.added"


@pytest.mark.parametrize("wrong", ["twice", "retired", "stranger", "pola"])
def test_what_cannot_stand_there_is_refused(tree, planner, wrong):
    indicator = tree.row("1a").indicator
    dashboard, action = tree.strategic, tree.actions["1b"]
    if wrong == "retired":
        indicator = factories.indicator(retired_on="2020-01-01")
    if wrong == "stranger":
        indicator, action = factories.indicator(), factories.action()
    if wrong == "pola":
        indicator = factories.indicator()
        dashboard = factories.dashboard(plan=tree.plan, kind=DashboardKind.POLA, slug="pola")

    with pytest.raises(ValidationError):
        add_row(dashboard, action=action, indicator=indicator, by=planner)

    assert tree.order() == ["1a"]
    assert dashboard.rows.count() == (0 if wrong == "pola" else 1)


def test_a_row_moves_among_its_own(tree, planner):
    first, second = tree.row("1a"), tree.row("1a")

    move_row(second, action=tree.actions["1a"], index=0, by=planner)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (second.position, first.position) == (1, 2)
    assert (last_act().verb, last_act().after["position"]) == ("row.moved", 1)


def test_a_row_goes_under_another_action_alone(tree, planner):
    row = tree.row("1a", weight=Decimal(5))
    tree.row("3a")
    other = tree.row("1a", on=tree.service, indicator=row.indicator)

    moved = move_row(row, action=tree.actions["3a"], by=planner)

    assert (moved.pk, moved.action, moved.weight) == (row.pk, tree.actions["3a"], Decimal(5))
    assert tree.order() == ["3a", "3a"]
    other.refresh_from_db()
    assert other.action == tree.actions["1a"]
    assert "also_on" not in last_act().after


def test_or_everywhere(tree, planner):
    row = tree.row("1a")
    tree.row("1a", on=tree.service, indicator=row.indicator)
    tree.row("2a", on=tree.service)

    move_row(row, action=tree.actions["3a"], everywhere=True, by=planner)

    assert tree.order() == ["3a"]
    assert tree.order(tree.service) == ["2a", "3a"]
    assert last_act().after["also_on"] == "ZZ"


def test_where_it_is_already_leaves_no_act(tree, planner):
    row = tree.row("1a")
    before = AuditEvent.objects.count()

    move_row(row, action=tree.actions["1a"], index=0, by=planner)

    assert AuditEvent.objects.count() == before


def test_under_its_own_action_it_stays_where_it_is(tree, planner):
    row, other = tree.row("1a"), tree.row("1a")

    move_row(row, action=tree.actions["1a"], everywhere=True, by=planner)

    positions = [one.position for one in tree.strategic.rows.order_by("position")]
    row.refresh_from_db()
    assert (row.position, positions, other.position) == (1, [1, 2], 2)


@pytest.mark.parametrize("gone", ["row", "action"])
def test_what_others_removed_meanwhile_is_said(tree, planner, gone):
    row, action = tree.row("1a"), tree.actions["3a"]
    (row if gone == "row" else action).pk = 999_999_999

    with pytest.raises(ValidationError) as refusal:
        move_row(row, action=action, by=planner)

    assert refusal.value.code == "gone"


def test_an_action_of_another_plan_is_refused(tree, planner):
    with pytest.raises(ValidationError):
        move_row(tree.row("1a"), action=factories.action(), by=planner)

    assert tree.order() == ["1a"]


def test_a_row_is_taken_off(tree, planner):
    row = tree.row("1a")
    tree.row("1a", on=tree.service, indicator=row.indicator)

    remove_row(row, by=planner)

    assert (tree.order(), tree.order(tree.service)) == ([], ["1a"])
    assert last_act().verb == "row.removed"


def change(weight: str, was: str = "1") -> WeightChange:
    return WeightChange(weight=Decimal(weight), was=Decimal(was))


def test_weights_are_saved_together(tree, planner):
    rows = [tree.row("1a"), tree.row("1b"), tree.row("2a")]
    weights = {rows[0].pk: change("60"), rows[1].pk: change("2.5"), rows[2].pk: change("1")}

    count = set_weights(tree.strategic, weights=weights, by=planner)

    assert count == 2
    found = tree.strategic.rows.order_by("position").values_list("weight", flat=True)
    assert list(found) == [Decimal(60), Decimal("2.5"), Decimal(1)]
    assert sorted(last_act().after.values()) == ["2,5", "60"]


def test_the_same_weights_leave_no_act(tree, planner):
    row = tree.row("1a")
    before = AuditEvent.objects.count()

    assert set_weights(tree.strategic, weights={row.pk: change("1")}, by=planner) == 0
    assert AuditEvent.objects.count() == before


def test_weights_changed_meanwhile_are_not_overwritten(tree, planner):
    rows = [tree.row("1a"), tree.row("1b")]
    set_weights(tree.strategic, weights={rows[0].pk: change("7")}, by=planner)

    with pytest.raises(WeightsRefusedError) as refusal:
        set_weights(
            tree.strategic, weights={rows[0].pk: change("3"), rows[1].pk: change("4")}, by=planner
        )

    assert refusal.value.saved == {rows[0].pk: Decimal(7)}
    assert sorted(tree.strategic.rows.values_list("weight", flat=True)) == [1, 7]


def test_a_row_gone_meanwhile_stops_the_save(tree, planner):
    row, gone = tree.row("1a"), tree.row("1b")
    weights = {row.pk: change("3"), gone.pk: change("4")}
    remove_row(gone, by=planner)

    with pytest.raises(WeightsRefusedError):
        set_weights(tree.strategic, weights=weights, by=planner)

    row.refresh_from_db()
    assert row.weight == 1


@pytest.mark.parametrize("weight", ["0", "-1", "100000"])
def test_a_weight_out_of_bounds_is_refused(tree, planner, weight):
    row = tree.row("1a")

    with pytest.raises(ValidationError):
        set_weights(tree.strategic, weights={row.pk: change(weight)}, by=planner)

    row.refresh_from_db()
    assert row.weight == 1


def test_only_planning(tree, bergamo):
    row = tree.row("1a")

    with pytest.raises(PermissionDenied):
        remove_row(row, by=bergamo.user("segretario"))

    assert tree.order() == ["1a"]
