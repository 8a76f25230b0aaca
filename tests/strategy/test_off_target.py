"""Whether a result misses its target, and by how much."""

import pytest
from django.utils import translation

from indicators.enums import Polarity
from indicators.values import read
from strategy.off_target import deviation, is_off_target

LOWER = Polarity.LOWER_IS_BETTER


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("target", "actual", "polarity", "days", "is_off"),
    [
        ("100", "100", "", 0, False),
        ("100", "99", "", 0, True),
        ("4.500", "4.501", "", 0, False),
        ("3", "4", LOWER, 0, True),
        ("3", "3", LOWER, 0, False),
        ("≤ 3", "4", "", 0, True),
        ("≥ 90%", "89,99%", "", 0, True),
        ("90%", "90,5%", "", 0, False),
        ("1.000 €", "999 €", "", 0, True),
        ("90%", "90", "", 0, False),
        ("30.6.2021", "30.6.2021", "", 0, False),
        ("30.6.2021", "1.7.2021", "", 0, True),
        ("entro il 30/6/2021", "30.6.2021", "", 5, False),
        ("entro il 30/6/2021", "2.7.2021", "", 5, True),
        ("30.6.2021", "6.7.2021", "", 5, True),
        ("SI", "SI", "", 0, False),
        ("SI/NO", "NO", "", 0, True),
        ("NO", "SI", "", 0, True),
        ("da 2.064 a 6.192", "2.064", "", 0, False),
        ("da 2.064 a 6.192", "2.063", "", 0, True),
        ("da 2.064 a 6.192", "6.193", "", 0, True),
        ("da 2.064 a 6.192", "50%", "", 0, False),
        ("100", "n.d.", "", 0, False),
        ("30.6.2021", "n.d.", "", 0, False),
        ("verifica", "3", "", 0, False),
    ],
)
def test_a_result_against_its_target(target, actual, polarity, days, is_off):
    found = is_off_target(read(target), read(actual), polarity=polarity, tolerance_days=days)

    assert found == is_off


@pytest.mark.parametrize(
    ("target", "actual", "words"),
    [
        ("100", "97", "-3"),
        ("100", "100", "0"),
        ("4.500", "6.000", "+1.500"),
        ("90%", "87,5%", "-2,5 points"),
        ("90%", "91%", "+1 point"),
        ("1.000 €", "900 €", "-100 €"),
        ("30.6.2021", "1.7.2021", "1 day late"),
        ("30.6.2021", "5.7.2021", "5 days late"),
        ("30.6.2021", "29.6.2021", "1 day early"),
        ("30.6.2021", "28.6.2021", "2 days early"),
        ("30.6.2021", "30.6.2021", "0"),
        ("SI", "SI", ""),
        ("SI", "NO", "not done"),
        ("da 10 a 20", "15", "0"),
        ("da 10 a 20", "8", "-2"),
        ("da 10% a 20%", "23%", "+3 points"),
        ("90%", "90", ""),
        ("100", "n.d.", ""),
    ],
)
def test_the_deviation_in_words(target, actual, words):
    assert deviation(read(target), read(actual)) == words
