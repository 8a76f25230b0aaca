"""Terms, admission and notice: art. 1, 3, 6 and 8."""

import datetime

import pytest

from pola.durations import add_months, admitted_from, earliest_end, first_term, notice_days
from pola.enums import Letter, Party
from pola.norms import Norms

NORMS = Norms()


def day(text: str) -> datetime.date:
    return datetime.date(*reversed([int(part) for part in text.split(".")]))


@pytest.mark.parametrize(
    ("start", "end", "is_cut"),
    [
        ("1.2.2021", "31.7.2021", False),
        ("15.3.2021", "14.9.2021", False),
        ("1.8.2021", "31.1.2022", False),
        ("2.8.2021", "31.1.2022", True),
        ("1.10.2021", "31.1.2022", True),
        ("31.1.2022", "31.1.2022", True),
        ("31.8.2020", "27.2.2021", False),
    ],
)
def test_art_6_first_term_of_six_months_cut_at_the_end_of_the_trial(start, end, is_cut) -> None:
    term = first_term(day(start), NORMS)

    assert (term.starts_on, term.ends_on, term.is_cut) == (day(start), day(end), is_cut)


def test_art_1_nothing_begins_after_the_trial() -> None:
    with pytest.raises(ValueError, match="2022-02-01"):
        first_term(day("1.2.2022"), NORMS)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [("31.8.2020", 6, "28.2.2021"), ("31.12.2020", 2, "28.2.2021"), ("1.7.2021", 6, "1.1.2022")],
)
def test_months_later(start, months, end) -> None:
    assert add_months(day(start), months) == day(end)


def test_art_3_admitted_six_months_after_hiring() -> None:
    assert admitted_from(day("15.9.2020"), NORMS) == day("15.3.2021")


@pytest.mark.parametrize(
    ("party", "letter", "is_protected", "days"),
    [
        (Party.EMPLOYEE, None, False, 30),
        (Party.EMPLOYEE, None, True, 30),
        (Party.EMPLOYER, None, False, 30),
        (Party.EMPLOYER, None, True, 90),
        (Party.EMPLOYER, Letter.A, True, 0),
        (Party.EMPLOYER, Letter.C, False, 0),
    ],
)
def test_art_8_notice(party, letter, is_protected, days) -> None:
    found = notice_days(NORMS, party=party, letter=letter, is_protected=is_protected)

    assert found == days


def test_art_8_the_days_are_counted_from_the_notice() -> None:
    assert earliest_end(day("1.3.2021"), 30) == day("31.3.2021")
