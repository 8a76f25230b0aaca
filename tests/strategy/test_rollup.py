"""The ente as a mean of means; the dashboards as a flat one."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.attainment import ActualValue, TargetValue, attainment
from indicators.bands import BandLimits
from indicators.enums import AggregationMethod, Polarity
from indicators.values import read
from strategy.enums import ScoreLevel
from strategy.rollup import ScoredRow, body_score, dashboard_aggregate, limits_of

percents = st.one_of(st.integers(0, 150).map(lambda n: f"{n}%"), st.sampled_from(["", "-", "n.d."]))
paths = st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(1, 3))


def scored(path, actual, *, target="100%", weight=1):
    """A row at perspective, objective and action: `scored("a11", "90%")`."""
    found = attainment(
        TargetValue(value=read(target), polarity=Polarity.HIGHER_IS_BETTER),
        ActualValue(value=read(actual)),
    )
    return ScoredRow(tuple(path), found, Decimal(weight), subject=actual)


def test_each_level_is_the_mean_of_the_one_below():
    rows = [
        scored("a11", "100%"),
        scored("a11", "50%"),
        scored("a12", "25%"),
        scored("a21", "100%"),
        scored("b11", "40%"),
    ]

    found = body_score(rows)

    values = {
        level: [(score.key, score.aggregate.value) for score in found.every(level)]
        for level in (ScoreLevel.ACTION, ScoreLevel.OBJECTIVE, ScoreLevel.PERSPECTIVE)
    }
    assert values == {
        ScoreLevel.ACTION: [("1", 75), ("2", 25), ("1", 100), ("1", 40)],
        ScoreLevel.OBJECTIVE: [("1", 50), ("2", 100), ("1", 40)],
        ScoreLevel.PERSPECTIVE: [("a", 75), ("b", 40)],
    }
    assert (found.level, found.key, found.aggregate.value) == (
        ScoreLevel.BODY,
        None,
        Decimal("57.5"),
    )
    assert found.aggregate.method == AggregationMethod.NESTED


def test_flat_and_nested_differ():
    rows = [scored("a11", "100%"), scored("a11", "100%"), scored("a12", "50%")]

    assert body_score(rows).aggregate.value == 75
    assert dashboard_aggregate(rows).value * 3 == 250
    assert dashboard_aggregate(rows).method == AggregationMethod.FLAT


def test_a_level_without_results_is_outside_the_mean_above_and_inside_the_coverage():
    rows = [scored("a11", "80%"), scored("a21", ""), scored("b11", "n.d.")]

    found = body_score(rows)

    assert found.aggregate.value == 80
    assert (found.aggregate.measured, found.aggregate.total) == (1, 3)
    assert [score.aggregate.value for score in found.every(ScoreLevel.PERSPECTIVE)] == [80, None]


def test_rows_that_do_not_stand_together_are_one_action():
    rows = [scored("a11", "80%"), scored("a12", "60%"), scored("a11", "40%")]

    first = next(body_score(rows).every(ScoreLevel.ACTION))

    assert [row.subject for row in first.rows] == ["80%", "40%"]
    assert first.aggregate.value == 60


def test_weights_of_rows_count_within_their_action():
    rows = [scored("a11", "100%", weight=3), scored("a11", "0%"), scored("a12", "100%")]

    found = body_score(rows)

    assert [score.aggregate.value for score in found.every(ScoreLevel.ACTION)] == [75, 100]
    assert found.aggregate.value == Decimal("87.5")
    assert dashboard_aggregate(rows).method == AggregationMethod.WEIGHTED


def test_limits_of_a_plan_as_data_are_the_first_ones_unless_said():
    assert limits_of({}) == BandLimits()
    assert limits_of({"reached_from": "92.5"}) == BandLimits(reached=Fraction("92.5"))


def test_nothing_gives_no_score():
    found = body_score([])

    assert (found.aggregate.value, found.aggregate.total, found.children) == (None, 0, ())


@pytest.mark.slow
@given(st.lists(st.tuples(paths, percents), max_size=15), st.randoms())
def test_the_score_does_not_depend_on_the_order(pairs, random):
    rows = [scored(path, actual) for path, actual in pairs]
    shuffled = list(rows)
    random.shuffle(shuffled)

    one, other = body_score(rows).aggregate, body_score(shuffled).aggregate

    assert (one.value, one.measured, one.total) == (other.value, other.measured, other.total)


@given(st.lists(st.tuples(paths, percents), max_size=15))
def test_the_score_lies_within_bounds_and_covers_every_row(pairs):
    rows = [scored(path, actual) for path, actual in pairs]

    found = body_score(rows).aggregate

    assert found.value is None or 0 <= found.value <= 100
    assert found.total == len(rows)
    assert found.measured == sum(row.attainment.value is not None for row in rows)
