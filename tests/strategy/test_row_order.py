"""Rows keep their order: only what moves is moved, and no objective is split."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy.row_order import Spot, beside_its_branch, with_branch, with_row


def spots(*paths: tuple[int, int, int]) -> list[Spot]:
    """Rows 1, 2, 3... on actions named by their path: 111, 112, 211..."""
    return [
        Spot(pk, path[0] * 100 + path[1] * 10 + path[2], path) for pk, path in enumerate(paths, 1)
    ]


ROWS = spots((1, 1, 1), (1, 1, 2), (1, 2, 1), (2, 1, 1), (2, 1, 1))


@pytest.mark.parametrize(
    ("path", "index", "expected"),
    [
        ((2, 1, 1), None, [1, 2, 3, 4, 5, 9]),
        ((2, 1, 1), 0, [1, 2, 3, 9, 4, 5]),
        ((2, 1, 1), 1, [1, 2, 3, 4, 9, 5]),
        ((2, 1, 1), 7, [1, 2, 3, 4, 5, 9]),
        ((1, 1, 3), None, [1, 2, 9, 3, 4, 5]),
        ((1, 2, 0), None, [1, 2, 9, 3, 4, 5]),
        ((1, 3, 1), None, [1, 2, 3, 9, 4, 5]),
        ((0, 1, 1), None, [9, 1, 2, 3, 4, 5]),
        ((3, 1, 1), None, [1, 2, 3, 4, 5, 9]),
    ],
    ids=[
        "after the rows of its action",
        "first of its action",
        "second of its action",
        "beyond the last is the end",
        "after the action before it",
        "before the action after it",
        "after the objective before it",
        "before every perspective",
        "after every perspective",
    ],
)
def test_a_row_that_arrives(path, index, expected):
    row = Spot(9, path[0] * 100 + path[1] * 10 + path[2], path)

    assert with_row(ROWS, row, index=index) == expected


def test_on_an_empty_dashboard_it_is_the_first():
    assert with_row([], Spot(9, 111, (1, 1, 1))) == [9]


def test_a_row_moves_among_its_own():
    assert with_row(ROWS, ROWS[4], index=0) == [1, 2, 3, 5, 4]
    assert with_row(ROWS, ROWS[3], index=1) == [1, 2, 3, 5, 4]
    assert with_row(ROWS, ROWS[3], index=0) == [1, 2, 3, 4, 5]


def test_the_rows_of_a_branch_follow_it():
    # The first objective now comes after the second.
    moved = spots((1, 2, 1), (1, 2, 2), (1, 1, 1), (2, 1, 1), (2, 1, 1))
    # Rows 1 and 2 stand on actions 121 and 122 of what is now objective (1, 2).
    assert with_branch(moved, {121, 122}, (1, 2)) == [3, 1, 2, 4, 5]


def test_an_order_of_its_own_is_left_alone():
    # The dashboard prints the second objective before the first; only the moved action moves.
    own = spots((1, 2, 1), (1, 1, 1), (1, 1, 2))
    assert with_branch(own, {112}, (1, 1, 0)) == [1, 3, 2]


def test_a_branch_without_rows_here_moves_nothing():
    assert with_branch(ROWS, {999}, (9, 9, 9)) == [1, 2, 3, 4, 5]


PATHS = st.tuples(*[st.integers(1, 3)] * 3)


@given(st.lists(PATHS, max_size=12), PATHS)
def test_in_tree_order_a_row_keeps_it(paths, path):
    rows = spots(*sorted(paths))
    row = Spot(99, path[0] * 100 + path[1] * 10 + path[2], path)
    by_pk = {one.pk: one for one in [*rows, row]}

    order = with_row(rows, row)

    assert sorted(order) == sorted(by_pk)
    found = [by_pk[pk].path for pk in order]
    assert found == sorted(found)


@given(st.lists(PATHS, max_size=12), PATHS)
def test_no_objective_is_split(paths, path):
    rows = spots(*sorted(paths, key=lambda one: (-one[0], -one[1], one[2])))
    row = Spot(99, path[0] * 100 + path[1] * 10 + path[2], path)
    by_pk = {one.pk: one for one in [*rows, row]}

    objectives = [by_pk[pk].path[:2] for pk in with_row(rows, row)]

    runs = [one for place, one in enumerate(objectives) if objectives[:place][-1:] != [one]]
    assert len(runs) == len(set(runs))


def test_what_moves_is_not_its_own_neighbour():
    assert beside_its_branch(ROWS, {1, 2, 3, 4, 5}, (1,)) == 0
