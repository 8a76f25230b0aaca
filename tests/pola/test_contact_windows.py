"""Contact windows of art. 5: long enough, within their hours, scaled for part time."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pola.contact_windows import Window, length, window_faults
from pola.norms import Norms

NORMS = Norms()
AFTERNOON = Window(datetime.time(14, 30), datetime.time(15, 30))
MORNING = Window(datetime.time(9), datetime.time(12))


def window(text: str) -> Window:
    """`9.00-12.00`, or nothing."""
    if not text:
        return Window(None, None)
    start, end = (datetime.time(*map(int, one.split("."))) for one in text.split("-"))
    return Window(start, end)


@pytest.mark.parametrize(
    ("morning", "percent", "kind"),
    [
        ("9.00-12.00", 100, None),
        ("8.00-13.00", 100, None),
        ("9.00-11.59", 100, "short"),
        ("7.30-11.00", 100, "outside"),
        ("10.30-13.30", 100, "outside"),
        ("12.00-9.00", 100, "reversed"),
        ("9.00-9.00", 100, "reversed"),
        ("", 100, "missing"),
        ("9.00-10.30", 50, None),
        ("9.00-10.29", 50, "short"),
        ("9.00-11.30", 83, None),
        ("9.00-11.29", 83, "short"),
    ],
    ids=lambda value: str(value) or "none",
)
def test_art_5_morning(morning, percent, kind) -> None:
    faults = window_faults(NORMS, morning=window(morning), afternoon=AFTERNOON, percent=percent)

    assert [(one.is_morning, one.kind) for one in faults] == ([(True, kind)] if kind else [])


@pytest.mark.parametrize(
    ("afternoon", "percent", "ends", "kind"),
    [
        ("14.30-15.30", 100, "16.30", None),
        ("14.00-14.59", 100, "16.30", "short"),
        ("17.30-18.30", 100, "19.00", "outside"),
        ("", 100, "16.30", "missing"),
        ("", 100, "14.00", None),
        ("", 50, "13.30", None),
        ("14.00-14.30", 50, "16.30", None),
        ("14.30-14.40", 100, "14.00", "short"),
    ],
)
def test_art_5_afternoon(afternoon, percent, ends, kind) -> None:
    hour, minute = map(int, ends.split("."))

    faults = window_faults(
        NORMS,
        morning=MORNING,
        afternoon=window(afternoon),
        percent=percent,
        day_ends_at=datetime.time(hour, minute),
    )

    assert [(one.is_morning, one.kind) for one in faults] == ([(False, kind)] if kind else [])


def test_both_are_judged_and_say_their_limits() -> None:
    morning, afternoon = window_faults(NORMS, morning=window(""), afternoon=window("8.00-9.00"))

    assert (morning.limit.words, morning.limit.least, morning.window.words) == (
        "8.00-13.00",
        180,
        "-",
    )
    assert (afternoon.limit.words, afternoon.limit.least) == ("14.00-18.00", 60)
    assert afternoon.window.words == "8.00-9.00"


@given(st.integers(10, 100))
def test_less_work_never_asks_for_more(percent) -> None:
    found = window_faults(NORMS, morning=MORNING, afternoon=AFTERNOON, percent=percent)

    assert found == ()


@pytest.mark.parametrize(("minutes", "words"), [(180, "3 h"), (90, "1 h 30"), (45, "45 min")])
def test_length_in_words(minutes, words) -> None:
    assert length(minutes) == words
