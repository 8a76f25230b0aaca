"""The place of a new row: where its branch is, in the order of the strategic dashboard."""

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy.row_places import Branch, Order, place

# Perspective, objective, action, indicator: two perspectives, three objectives, four actions.
STRATEGIC = [
    Branch(1, 10, 100, 1),
    Branch(1, 10, 100, 2),
    Branch(1, 10, 101, 3),
    Branch(1, 11, 110, 4),
    Branch(2, 20, 200, 5),
    Branch(2, 20, 200, 6),
]
ORDER = Order(STRATEGIC)
OPERATIONAL = Branch(1, 10, 100, 90)
OTHER_ACTION = Branch(1, 10, 109, 91)
OTHER_OBJECTIVE = Branch(1, 19, 190, 92)
OTHER_PERSPECTIVE = Branch(9, 90, 900, 93)
one, two, three, four, five, six = STRATEGIC


@pytest.mark.parametrize(
    ("rows", "new", "expected"),
    [
        ([], one, 0),
        ([one, OPERATIONAL], two, 2),
        ([one, three], two, 1),
        ([two, OPERATIONAL], one, 0),
        ([OPERATIONAL], one, 1),
        ([one, OTHER_ACTION, four], three, 2),
        ([three, four], one, 0),
        ([one, OTHER_OBJECTIVE, five], four, 2),
        ([four, five], one, 0),
        ([one, OTHER_PERSPECTIVE], five, 2),
        ([five, OTHER_PERSPECTIVE], one, 0),
        ([OTHER_PERSPECTIVE], one, 1),
    ],
    ids=[
        "alone",
        "after-its-action",
        "after-its-action-before-the-next",
        "before-what-follows-in-its-action",
        "after-operational-rows",
        "after-its-objective",
        "before-what-follows-in-its-objective",
        "after-its-perspective",
        "before-what-follows-in-its-perspective",
        "in-the-order-of-perspectives",
        "before-a-later-perspective",
        "after-what-the-ente-lacks",
    ],
)
def test_place(rows, new, expected):
    assert place(rows, new, ORDER) == expected


def runs(rows: list[Branch], depth: int) -> int:
    """How many headings of a level a dashboard prints."""
    return len([key for key, _rows in groupby(rows, lambda row: row[:depth])])


branches = st.builds(
    lambda perspective, objective, action, indicator: Branch(
        perspective,
        perspective * 10 + objective,
        perspective * 100 + objective * 10 + action,
        indicator,
    ),
    *(st.integers(1, 3),) * 3,
    st.integers(1, 99),
)


@given(st.lists(branches, max_size=12), st.lists(branches, max_size=12), branches)
def test_no_heading_is_ever_split(rows, strategic, new):
    """Whatever the order of a dashboard, a new row adds a heading only where there was none."""
    strategic = [*strategic, new]
    index = place(rows, new, Order(strategic))

    after = [*rows[:index], new, *rows[index:]]

    for depth in (1, 2, 3):
        is_there = any(row[:depth] == new[:depth] for row in rows)
        assert runs(after, depth) == runs(rows, depth) + (not is_there)


@given(st.lists(branches, max_size=12, unique_by=lambda row: row.indicator_id))
def test_rows_added_one_by_one_stand_as_on_the_strategic_dashboard(found):
    strategic = sorted(found)
    order, rows = Order(strategic), []

    for new in reversed(strategic):
        rows.insert(place(rows, new, order), new)

    assert rows == strategic
