"""The ten parameters of 5.2.2 give a grade, and say why."""

import pytest

from pola.enums import Grade
from pola.mapping import FULL_FROM, NAMES, PARAMETERS, changes, levels_of, verdict


def levels(**given: int) -> dict[str, int]:
    return dict.fromkeys(NAMES, 2) | given


def test_there_are_ten_parameters_of_which_four_are_the_conditions_of_art_2():
    letters = {one.letter: one.name for one in PARAMETERS if one.letter}

    assert len(PARAMETERS) == 10
    assert letters == {"a": "remote_part", "b": "it_work", "c": "autonomy", "d": "measures"}
    assert [one.reference for one in PARAMETERS[:3]] == ["Art. 2 a)", "Art. 2 c)", ""]
    assert [level for level, _words in PARAMETERS[0].choices] == [3, 2, 1, 0]


@pytest.mark.parametrize("name", ["remote_part", "it_work", "autonomy", "measures"])
def test_nothing_makes_up_for_a_missing_condition(name):
    found = verdict(dict.fromkeys(NAMES, 3) | {name: 0})

    assert (found.grade, found.points, len(found.reasons)) == (Grade.NONE, 27, 1)
    assert found.reasons[0].startswith("Art. 2 ")


def test_wholly_remote_from_twenty_points_on():
    low = levels(remote_part=3, peaks=1, urgency=1)

    assert (verdict(low).grade, verdict(low).points) == (Grade.PARTLY, FULL_FROM - 1)
    enough = verdict(low | {"peaks": 2})
    assert (enough.grade, len(enough.reasons)) == (Grade.FULL, 1)


def test_a_part_is_never_the_whole_and_what_holds_it_back_is_said():
    found = verdict(levels(remote_part=2, front_office=0, peaks=1))

    assert found.grade == Grade.PARTLY
    assert len(found.reasons) == 3


def test_a_review_says_what_changed():
    before = levels()

    assert changes(before, before) == ()
    [change] = changes(before, levels(peaks=3))
    peaks = next(one for one in PARAMETERS if one.name == "peaks")
    assert (change.question, change.before, change.after) == (
        peaks.question,
        peaks.levels[2],
        peaks.levels[3],
    )


@pytest.mark.parametrize("ratings", ["", "333333333", "33333333333", "3333333334", "333333333x"])
def test_ratings_that_are_not_ten_levels_are_refused(ratings):
    with pytest.raises(ValueError, match=r".*"):
        levels_of(ratings)


def test_ratings_are_read_in_the_order_of_the_plan():
    assert levels_of("3210321032")["remote_part"] == 3
    assert levels_of("3210321032")["measures"] == 2
