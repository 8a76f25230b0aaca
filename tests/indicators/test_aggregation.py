"""Means of degrees of attainment: what counts, what is covered, what is provisional."""

import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.aggregation import (
    Aggregate,
    Part,
    aggregate,
    as_part,
    counting,
    exact_sum,
    flat_mean,
    part,
    weighted_mean,
    without,
)
from indicators.attainment import ActualValue, TargetValue, attainment
from indicators.enums import AggregationMethod, Polarity
from indicators.values import read

NESTED = AggregationMethod.NESTED
degrees = st.fractions(0, 100, max_denominator=400)
weights = st.fractions("0.01", 10, max_denominator=100)
parts = st.lists(
    st.one_of(
        st.none(),
        st.builds(Part, degrees, weights),
        st.builds(Part, st.none(), weights, st.just(0)),
    ),
    max_size=20,
)


def row(target, actual, weight=Decimal(1), **more):
    """A row of a dashboard as part of its mean."""
    found = attainment(
        TargetValue(value=read(target), polarity=Polarity.HIGHER_IS_BETTER),
        ActualValue(value=read(actual), **more),
    )
    return part(found, weight)


def test_mean_of_the_rows_measured_each_at_most_100():
    found = flat_mean([row("100", "90"), row("31", "64"), row("100", "80")])

    assert (found.method, found.value) == (AggregationMethod.FLAT, 90)
    assert (found.measured, found.total, found.missing) == (3, 3, 0)
    assert not found.is_provisional


def test_without_result_is_outside_the_mean_and_inside_the_coverage():
    found = flat_mean(
        [row("100", "90"), row("90%", "-"), row("90%", ""), row("90%", "n.d."), row("90%", "9")]
    )

    assert (found.value, found.measured, found.total, found.missing) == (90, 1, 5, 4)
    assert found.is_provisional


@pytest.mark.parametrize("target", ["monitoraggio", "-", "", "n.d.", "verifica"])
def test_what_is_not_to_be_measured_is_outside_both(target):
    found = flat_mean([row("100", "90"), row(target, "100%")])

    assert (found.value, found.measured, found.total) == (90, 1, 1)


def test_nothing_to_measure_is_no_mean():
    found = flat_mean([None, row("monitoraggio", "9")])

    assert (found.value, found.measured, found.total, found.formula) == (None, 0, 0, "")
    assert not found.is_provisional


def test_weights_count_when_they_are_given():
    found = flat_mean([row("100", "90", Decimal(3)), row("100", "50", Decimal(1))])

    assert (found.method, found.value) == (AggregationMethod.WEIGHTED, 80)


def test_equal_weights_are_no_weights():
    found = flat_mean([row("100", "90", Decimal(2)), row("100", "50", Decimal(2))])

    assert (found.method, found.value) == (AggregationMethod.FLAT, 70)


def test_measured_before_the_end_of_the_year_is_provisional():
    found = flat_mean([row("100", "90", is_early=True), row("100", "50")])

    assert (found.measured, found.total, found.early) == (2, 2, 1)
    assert found.is_provisional


def test_mean_of_means_adds_the_rows_below():
    first = aggregate([row("100", "90"), row("100", "")], NESTED)
    second = aggregate([row("100", "50"), row("100", "70")], NESTED)
    empty = aggregate([row("100", "")], NESTED)

    found = aggregate([as_part(first), as_part(second), as_part(empty)], NESTED)

    assert (found.value, found.measured, found.total) == (75, 3, 5)


FORMULAS = {
    "one": ([("90", 1)], "90 / 1 = 90,0%"),
    "some": ([("100", 1), ("90", 1), ("100", 1)], "(100 + 90 + 100) / 3 = 96,7%"),
    "weighted": ([("100", 3), ("90", 1)], "(3 × 100 + 1 × 90) / 4 = 97,5%"),
    "many": ([("100", 1)] * 6 + [("69.2307", 1)], "669,23 / 7 = 95,6%"),
    "many, weighted": ([("100", 1)] * 6 + [("50", 2)], "700 / 8 = 87,5%"),
}


@pytest.mark.parametrize("case", FORMULAS.values(), ids=FORMULAS)
def test_formula_of_a_mean_holds_its_numbers(case):
    pairs, formula = case

    found = aggregate([Part(Fraction(n), Fraction(w)) for n, w in pairs], NESTED)

    assert found.formula == formula


def test_without_one_row_the_mean_moves():
    found = flat_mean([row("100", "90"), row("100", "50"), row("100", "50")])

    assert without(found, Fraction(50)) == 70
    assert without(found, Fraction(90)) == 50
    assert without(flat_mean([row("100", "90")]), Fraction(90)) is None
    assert without(flat_mean([]), Fraction(90)) is None


def test_with_another_value_the_mean_moves():
    found = flat_mean([row("100", "90"), row("100", "50"), row("100", "")])

    assert counting(found, Fraction(50), Fraction(100)) == 95
    assert counting(found, None, Fraction(100)) == 80
    assert counting(flat_mean([row("100", "")]), None, Fraction(60)) == 60


def test_weights_move_the_mean_as_much_as_they_weigh():
    found = flat_mean([row("100", "90", Decimal(3)), row("100", "50", Decimal(1))])

    assert without(found, Fraction(90), Fraction(3)) == 50
    assert counting(found, Fraction(90), Fraction(50), Fraction(3)) == 50
    assert counting(found, None, Fraction(80), Fraction(4)) == 80


def test_a_mean_on_its_limit_is_exact():
    """Three thirds and twenty-six wholes over thirty rows: exactly 90, not 89,999..."""
    rows = [row("3", "1")] * 3 + [row("1", "1")] * 26 + [row("1", "0")]

    assert flat_mean(rows).value == 90


# Laws of arithmetic


@pytest.mark.slow
@given(parts)
def test_a_mean_lies_between_its_rows(given_parts):
    found = flat_mean(given_parts)

    values = [one.value for one in given_parts if one and one.value is not None]
    assert (found.value is None) == (not values)
    if values:
        assert min(values) <= found.value <= max(values)
    assert 0 <= found.measured <= found.total


@pytest.mark.slow
@given(parts, st.randoms())
def test_a_mean_does_not_depend_on_the_order(given_parts, random):
    shuffled = list(given_parts)
    random.shuffle(shuffled)

    one, other = flat_mean(given_parts), flat_mean(shuffled)

    assert (one.value, one.measured, one.total) == (other.value, other.measured, other.total)


@pytest.mark.slow
@given(st.lists(st.tuples(degrees, weights), min_size=1, max_size=10), degrees, weights)
def test_a_better_row_never_lowers_the_mean(terms, value, weight):
    lower = weighted_mean([*terms, (value / 2, weight)])
    higher = weighted_mean([*terms, (value, weight)])

    assert lower <= higher


@given(st.lists(st.fractions(), max_size=40))
def test_sum_by_halves_is_the_sum(numbers):
    assert exact_sum(numbers) == sum(numbers, Fraction(0))


def test_thousands_of_odd_fractions_add_up_in_no_time():
    terms = [(Fraction(100 * n, 1_000_003 - 7 * n), Fraction(1)) for n in range(1, 2001)]
    started = time.process_time()

    found = Aggregate(NESTED, weighted_mean(terms), 2000, 2000)

    assert 0 < found.value < 100
    assert time.process_time() - started < 1
