"""What may be moved where in the index, and the numbers it then has."""

import pytest

from strategy.section_tree import Place, TreeError, moved, numbered, step

# 1 Premessa (not counted), 2 chapter "1" with 3 "1.1" (4 "1.1.1") and 5 "1.2", 6 chapter "2", 7 A1
PLACES = (
    Place(1, None),
    Place(2, None, "1"),
    Place(3, 2, "1.1", level=2),
    Place(4, 3, "1.1.1", level=3),
    Place(5, 2, "1.2", level=2),
    Place(6, None, "2"),
    Place(7, None, "A1", is_annex=True),
)


def numbers(places) -> list[tuple[int, str]]:
    return [(place.pk, place.number) for place in places]


def test_numbers_are_those_of_the_places():
    assert numbered(PLACES) == PLACES


def test_the_numbers_of_the_loaded_plan_are_those_of_its_places(bergamo):
    sections = list(bergamo.plan.sections.in_order())
    places = [Place(s.pk, s.parent_id, s.number, s.is_annex, s.level) for s in sections]

    assert list(numbered(places)) == places


def test_parts_of_what_is_not_counted_are_not_counted():
    assert numbers(numbered([Place(1, None), Place(2, 1, "x")])) == [(1, ""), (2, "")]


def test_a_chapter_moves_with_all_that_is_below_it():
    after = moved(PLACES, 2, parent=None, index=2)

    assert numbers(after) == [
        (1, ""),
        (6, "1"),
        (2, "2"),
        (3, "2.1"),
        (4, "2.1.1"),
        (5, "2.2"),
        (7, "A1"),
    ]


def test_a_section_becomes_a_chapter_and_a_chapter_a_section():
    assert [(p.pk, p.level) for p in moved(PLACES, 3, parent=None, index=9)][-2:] == [
        (3, 1),
        (4, 2),
    ]
    assert dict(numbers(moved(PLACES, 6, parent=2, index=0)))[6] == "1.1"


@pytest.mark.parametrize(
    ("pk", "parent", "reason"),
    [(2, 4, "self"), (2, 2, "self"), (7, 2, "annex"), (3, 5, "deep"), (2, 6, "deep")],
)
def test_places_that_are_refused(pk, parent, reason):
    with pytest.raises(TreeError) as refusal:
        moved(PLACES, pk, parent=parent, index=0)

    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("pk", "direction", "expected"),
    [
        (1, "up", None),
        (1, "down", (None, 1)),
        (7, "down", None),
        (5, "up", (2, 0)),
        (5, "in", (3, 1)),
        (3, "in", None),
        (5, "out", (None, 2)),
        (6, "out", None),
    ],
)
def test_steps(pk, direction, expected):
    assert step(PLACES, pk, direction) == expected
