"""What holds of every difference, whatever the plans."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy.differences import differences
from strategy.differences.matching import match, match_in_order, out_of_order
from strategy.enums import ChangeKind
from tests.strategy.differences.snapshots import plainly, plans, seen_from_the_other_side

EXAMPLES = settings(max_examples=60, deadline=None)


@pytest.mark.slow
@EXAMPLES
@given(plans())
def test_a_plan_does_not_differ_from_itself(plan):
    assert differences(plan, plan).subjects == ()


@pytest.mark.slow
@EXAMPLES
@given(plans(), plans())
def test_from_the_other_side_what_was_added_is_removed(old, new):
    there, back = differences(old, new), differences(new, old)

    assert plainly(back) == seen_from_the_other_side(there)


@pytest.mark.slow
@EXAMPLES
@given(plans(), plans())
def test_two_plans_that_differ_have_a_difference(old, new):
    assert (differences(old, new).subjects == ()) == (old == new)


@pytest.mark.slow
@EXAMPLES
@given(plans(), plans())
def test_a_filter_keeps_its_own_and_nothing_else(old, new):
    found = differences(old, new)

    by_kind = {kind: len(list(found.only(kind=kind).changes)) for kind in ChangeKind}
    assert by_kind == {kind: found.kinds()[kind] for kind in ChangeKind}
    by_part = {part: len(list(found.only(part=part).changes)) for part in found.parts()}
    assert by_part == found.parts()
    assert found.only() == found


@given(st.permutations(range(7)))
def test_what_keeps_its_order_is_the_longest_run(shuffled):
    places = list(enumerate(shuffled))
    out = out_of_order(places, [str(there) for _here, there in places])
    kept = [there for pair, (_here, there) in enumerate(places) if pair not in out]

    assert kept == sorted(kept)
    assert len(kept) == longest(shuffled)


def longest(numbers: list[int]) -> int:
    """The length of the longest run that rises, found by trying."""
    best = [1] * len(numbers)
    for at, number in enumerate(numbers):
        best[at] = 1 + max((best[b] for b in range(at) if numbers[b] < number), default=0)
    return max(best)


@given(st.lists(st.integers(0, 4)), st.lists(st.integers(0, 4)))
def test_every_thing_is_matched_once_or_left_over(old, new):
    for matching in (match(old, new, lambda n: n), match_in_order(old, new, lambda n: n)):
        here = sorted([*(one for one, _there in matching.both), *matching.removed])
        there = sorted([*(one for _here, one in matching.both), *matching.added])
        assert here == list(range(len(old)))
        assert there == list(range(len(new)))
