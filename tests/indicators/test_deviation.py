"""Result minus target, in the measure of the target."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.deviation import Deviation, deviation
from indicators.enums import TargetKind
from indicators.values import read

numbers = st.decimals(-100_000, 100_000, places=2).map(lambda n: f"{n:f}".replace(".", ","))


def found(target: str, actual: str) -> tuple[str, str] | None:
    deviated = deviation(read(target), read(actual))
    return None if deviated is None else (deviated.figure, deviated.kind)


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("4.000", "3.497", ("-503", TargetKind.NUMBER)),
        ("3", "5", ("+2", TargetKind.NUMBER)),
        ("2.33", "2,5", ("+0,17", TargetKind.NUMBER)),
        ("90%", "84,61%", ("-5,39", TargetKind.PERCENT)),
        ("60% (43 dip.)", "61%", ("+1", TargetKind.PERCENT)),
        (">= 90%", "85%", ("-5", TargetKind.PERCENT)),
        ("1.234,56 €", "1.000 €", ("-234,56", TargetKind.MONEY)),
        ("28.2.2021", "28.2.2021", ("0", TargetKind.DATE)),
        ("28.2.2021", "2.3.2021", ("+2", TargetKind.DATE)),
        ("entro il 30.6.2021", "1.6.2021", ("-29", TargetKind.DATE)),
        ("da 2.064 a 6.192", "2.064", ("0", TargetKind.NUMBER)),
        ("da 2.064 a 6.192", "2.000", ("-64", TargetKind.NUMBER)),
        ("da 10% a 20%", "25%", ("+5", TargetKind.PERCENT)),
    ],
)
def test_result_minus_target(target, actual, expected):
    assert found(target, actual) == expected


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("SI/NO", "SI"),
        ("verifica", "3"),
        ("monitoraggio", "12%"),
        ("90%", ""),
        ("90%", "n.d."),
        ("90%", "9"),
        ("90%", ">= 85%"),
        ("da 1 a 3", "50%"),
        ("31.12.2021", "3"),
    ],
)
def test_what_has_no_difference(target, actual):
    assert found(target, actual) is None


@given(numbers, numbers)
def test_the_two_sides_change_sign(one, other):
    there, back = (deviation(read(a), read(b)) for a, b in ((one, other), (other, one)))

    assert isinstance(there, Deviation)
    assert there.amount == -back.amount
