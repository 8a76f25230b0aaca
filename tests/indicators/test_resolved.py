"""What a year makes of a missing result: outside numerator and denominator, or inside with 0."""

from decimal import Decimal

import pytest

from indicators.aggregation import aggregate, as_part, flat_mean, part
from indicators.attainment import ActualValue, TargetValue, attainment, explain, resolved
from indicators.enums import (
    AggregationMethod,
    AttainmentNote,
    AttainmentState,
    Polarity,
    Treatment,
)
from indicators.values import read


def sides(target: str, actual: str) -> tuple[TargetValue, ActualValue]:
    return (
        TargetValue(value=read(target), polarity=Polarity.HIGHER_IS_BETTER),
        ActualValue(value=read(actual)),
    )


def row(target: str, actual: str, treatment="", weight=Decimal(1)):
    return part(resolved(attainment(*sides(target, actual)), treatment), weight)


@pytest.mark.parametrize("actual", ["", "-", "n.d.", "9"])
def test_excluded_is_outside_and_says_so(actual):
    found = resolved(attainment(*sides("90%", actual)), Treatment.EXCLUDED)

    assert (found.state, found.value, found.is_expected) == (AttainmentState.OUTSIDE, None, False)
    assert (found.is_excluded, found.counts_zero, found.is_unresolved) == (True, False, False)
    assert found.notes[-1] == AttainmentNote.EXCLUDED


@pytest.mark.parametrize("actual", ["", "-", "n.d.", "9"])
def test_zero_is_inside_with_0_and_says_so(actual):
    found = resolved(attainment(*sides("90%", actual)), Treatment.ZERO)

    assert (found.state, found.value, found.is_expected) == (AttainmentState.MEASURED, 0, True)
    assert (found.is_excluded, found.counts_zero, found.is_unresolved) == (False, True, False)
    assert found.notes[-1] == AttainmentNote.COUNTED_ZERO


@pytest.mark.parametrize("treatment", ["", *Treatment])
@pytest.mark.parametrize(("target", "actual"), [("90%", "45%"), ("monitoraggio", ""), ("-", "")])
def test_a_degree_that_is_there_and_what_is_not_to_be_measured_stay(target, actual, treatment):
    found = attainment(*sides(target, actual))

    assert resolved(found, treatment) is found


def test_without_a_decision_it_stays_unresolved():
    found = resolved(attainment(*sides("90%", "")), "")

    assert (found.state, found.is_unresolved) == (AttainmentState.WAITING, True)


def test_the_explanation_tells_what_was_decided():
    left_out = explain(*sides("90%", "n.d."), Treatment.EXCLUDED)
    zero = explain(*sides("90%", "n.d."), Treatment.ZERO)

    notes = (AttainmentNote.ACTUAL_NOT_AVAILABLE, AttainmentNote.EXCLUDED)
    assert left_out.notes == tuple(str(note.label) for note in notes)
    assert zero.notes[-1] == str(AttainmentNote.COUNTED_ZERO.label)


def test_a_mean_counts_them_apart():
    found = flat_mean(
        [
            row("100", "90"),
            row("100", "", Treatment.ZERO),
            row("100", "", Treatment.EXCLUDED),
            row("100", ""),
        ]
    )

    assert (found.value, found.measured, found.total) == (45, 2, 3)
    assert (found.excluded, found.zeroed, found.missing) == (1, 1, 1)


def test_the_weight_of_what_is_excluded_makes_no_weighted_mean():
    found = flat_mean([row("100", "90"), row("100", "", Treatment.EXCLUDED, Decimal(5))])

    assert (found.method, found.value) == (AggregationMethod.FLAT, 90)


def test_the_mean_above_counts_them_too():
    below = flat_mean([row("100", "", Treatment.ZERO), row("100", "", Treatment.EXCLUDED)])

    found = aggregate([as_part(below), row("100", "100")], AggregationMethod.NESTED)

    assert (found.value, found.excluded, found.zeroed) == (50, 1, 1)
    assert (found.measured, found.total, found.is_provisional) == (2, 2, False)


def test_nothing_but_excluded_is_no_mean_and_nothing_to_measure():
    found = flat_mean([row("100", "", Treatment.EXCLUDED)])

    assert (found.value, found.measured, found.total, found.excluded) == (None, 0, 0, 1)
