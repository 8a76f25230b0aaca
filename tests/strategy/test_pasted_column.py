"""Which rows a column pasted from a spreadsheet fills."""

import pytest

from strategy.monitoring_enums import EntryKind
from strategy.pasted_column import spread

VALUE, RATIO, YES_NO = EntryKind.VALUE, EntryKind.RATIO, EntryKind.YES_NO
ROWS = [(1, VALUE), (2, RATIO), (3, YES_NO), (4, EntryKind.DATE)]


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("", {}),
        ("12\n", {1: {"value": "12"}}),
        (
            "12\r\n3\t4\r\nsì\r\n28.6.2021\r\n",
            {
                1: {"value": "12"},
                2: {"numerator": "3", "denominator": "4"},
                3: {"value": "SI"},
                4: {"value": "28.6.2021"},
            },
        ),
        ("\n3 / 4", {2: {"numerator": "3", "denominator": "4"}}),
        ("\n3", {2: {"numerator": "3", "denominator": ""}}),
        ("\n\nforse", {3: {"value": "forse"}}),
        ("\n\nNo\n \n5\n6", {3: {"value": "NO"}}),
        ("\t12\tscarto", {1: {"value": "12"}}),
    ],
)
def test_a_line_for_each_row(text, filled):
    assert spread(text, ROWS).fields == filled


@pytest.mark.parametrize(
    ("text", "outside"), [("1\n2\n3\n4\n", 0), ("1\n2\n3\n4\n5\n\n6\n \t\n", 2), ("", 0)]
)
def test_the_lines_that_no_row_takes_are_counted(text, outside):
    assert spread(text, ROWS).outside == outside
