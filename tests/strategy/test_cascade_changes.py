"""The matrix of the cascade as a form sends it: read strictly, nothing decided that nobody saw."""

import pytest

from strategy.cascade_changes import (
    Assignment,
    BoxKey,
    TicksError,
    ids_text,
    loaded_text,
    ticks_from,
)

LOADED = "5 7;12:5;13:"


def sent(*boxes: str, **given: list[str]) -> dict[str, list[str]]:
    return {"loaded": [LOADED], "box": list(boxes)} | given


def as_pairs(ticks) -> list[tuple[int, set[int], set[int]]]:
    return [(one.indicator_id, set(one.wanted), set(one.was)) for one in ticks.assignments]


def test_a_box_is_named_and_read_back():
    assert str(BoxKey.read("12-5")) == "12-5"


@pytest.mark.parametrize(
    "name", ["", "12", "12-", "012-5", "12-0", "12-5 ", "1٢-5", f"{'9' * 19}-5"]
)
def test_what_names_no_box(name):
    assert BoxKey.read(name) is None


def test_what_a_page_is_loaded_with_travels_in_one_text():
    assert loaded_text([7, 5], {12: frozenset({5}), 13: frozenset()}) == LOADED
    assert ids_text([]) == ""


def test_ticks_are_read_beside_what_was_loaded():
    ticks = ticks_from(sent("12-7", "13-5", "13-7", lose=["12-5 2 "]))

    assert as_pairs(ticks) == [(12, {7}, {5}), (13, {5, 7}, set())]
    assert (ticks.dashboards, ticks.accepted) == ({5, 7}, {"12-5 2 "})
    assert [one.indicator_id for one in ticks.changed] == [12, 13]


def test_boxes_that_were_not_on_the_page_are_not_ticked():
    ticks = ticks_from(sent("12-5", "12-9", "99-5", "12-5-7"))

    assert as_pairs(ticks) == [(12, {5}, {5}), (13, set(), set())]
    assert ticks.changed == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ({7}, {5})),
        ({"pick-12": ["mine"], "saved-12": ["5 7"]}, ({7}, {5, 7})),
        ({"pick-12": ["saved"], "saved-12": ["5 7"]}, ({5, 7}, {5, 7})),
        ({"pick-12": ["saved"], "saved-12": [""]}, (set(), set())),
        ({"pick-12": ["both"], "saved-12": ["5 7"]}, ({7}, {5})),
    ],
    ids=["unanswered", "mine", "theirs", "theirs-empty", "unknown"],
)
def test_of_a_conflict_the_person_says_which_side_stays(given, expected):
    [assignment, _other] = ticks_from(sent("12-7", **given)).assignments

    assert (assignment.wanted, assignment.was) == expected


@pytest.mark.parametrize(
    "loaded",
    [
        [],
        [""],
        ["5 7"],
        ["5 7;"],
        ["5 7;x:5"],
        ["5,7;12:5"],
        ["5 7;12:5 "],
        ["5 7;12 13:5"],
        ["5 7;:5"],
        [f"5 7;{'9' * 19}:5"],
    ],
)
def test_a_damaged_list_of_what_was_loaded_is_refused(loaded):
    with pytest.raises(TicksError):
        ticks_from(sent("12-7", loaded=loaded))


def test_a_damaged_other_side_of_a_conflict_is_refused():
    with pytest.raises(TicksError):
        ticks_from(sent("12-7", **{"pick-12": ["mine"], "saved-12": ["5;7"]}))


@pytest.mark.parametrize(
    ("wanted", "was", "saved", "clashes"),
    [
        ({5}, {5}, {7}, False),
        ({7}, {5}, {5}, False),
        ({7}, {5}, {7}, False),
        ({7}, {5}, {5, 7}, True),
        ({5, 7}, {5}, set(), True),
    ],
    ids=["untouched", "theirs-is-what-was-read", "same-wish", "one-more", "taken-away"],
)
def test_two_who_change_one_indicator_clash_unless_they_want_the_same(wanted, was, saved, clashes):
    one = Assignment(indicator_id=12, wanted=frozenset(wanted), was=frozenset(was))

    assert one.clashes_with(frozenset(saved)) is clashes
