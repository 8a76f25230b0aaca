"""Days as the office counts them: Easter, holidays, hours in which nobody is written to."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from organization.days import holidays, is_quiet, is_working_day, written
from organization.models import Institution

PATRON = (8, 26)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def test_a_day_is_written_as_in_the_plan():
    assert written(day("2021-06-03")) == "3.6.2021"


def test_the_holidays_of_a_year():
    found = sorted(holidays(2021, patron=PATRON))

    assert [written(one) for one in found] == [
        "1.1.2021",
        "6.1.2021",
        "4.4.2021",
        "5.4.2021",
        "25.4.2021",
        "1.5.2021",
        "2.6.2021",
        "15.8.2021",
        "26.8.2021",
        "1.11.2021",
        "7.11.2021",  # the Sunday of the national unity
        "8.12.2021",
        "25.12.2021",
        "26.12.2021",
    ]


@pytest.mark.parametrize(("year", "is_holiday"), [(2025, False), (2026, True)])
def test_saint_francis_is_a_holiday_since_2026(year, is_holiday):
    assert (datetime.date(year, 10, 4) in holidays(year)) == is_holiday


@pytest.mark.parametrize(
    ("on", "patron", "is_open"),
    [
        ("2021-07-05", PATRON, True),
        ("2021-07-10", PATRON, False),
        ("2021-07-11", PATRON, False),
        ("2021-06-02", PATRON, False),
        ("2021-08-26", PATRON, False),
        ("2021-08-26", None, True),
        ("2021-04-05", None, False),
    ],
)
def test_the_office_is_open_on_working_days(on, patron, is_open):
    assert is_working_day(day(on), patron=patron) == is_open


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [
        ("2021-07-05T07:29:59", True),
        ("2021-07-05T07:30:00", False),
        ("2021-07-05T19:29:59", False),
        ("2021-07-05T19:30:00", True),
        ("2021-07-04T12:00:00", True),
        ("2021-06-02T12:00:00", True),
    ],
)
def test_nobody_is_written_to_at_night_nor_on_holidays(moment, quiet):
    assert is_quiet(datetime.datetime.fromisoformat(moment)) == quiet


@pytest.mark.parametrize(
    ("begins", "ends", "quiet"),
    [((18, 0), (8, 0), [True, False, True]), ((0, 30), (7, 45), [True, False, False])],
)
def test_the_hours_of_rest_may_be_others(begins, ends, quiet):
    hours = {"begins": datetime.time(*begins), "ends": datetime.time(*ends)}
    moments = [f"2021-07-05T{hour}" for hour in ("07:40", "12:00", "18:30")]

    found = [is_quiet(datetime.datetime.fromisoformat(one), **hours) for one in moments]

    assert found == quiet


@pytest.mark.parametrize(("text", "patron"), [("26.8", (8, 26)), ("4.11", (11, 4)), ("", None)])
def test_the_patron_of_an_institution(text, patron):
    assert Institution(patron_day=text).patron == patron


@pytest.mark.parametrize("text", ["26/8", "32.1", "0.5", "1.13", "31.4", "29.2"])
def test_a_patron_has_a_day_of_the_calendar(db, text):
    made = Institution.objects.get()
    made.patron_day = text

    with pytest.raises(ValidationError) as refusal:
        made.full_clean()

    assert "patron_day" in refusal.value.message_dict
