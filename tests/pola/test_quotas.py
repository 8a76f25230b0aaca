"""How many days, which days, until when."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from pola.months import month_end, next_month
from pola.norms import Norms
from pola.quotas import (
    Closed,
    WeekLimit,
    WeekUse,
    WorkCalendar,
    exceeds_month,
    grouped,
    horizon,
    latest_revocation,
    least_present,
    may_replace,
    monday_of,
    notice_given,
    pattern_days,
    submission_deadline,
    week_limit,
    weeks_of,
)

ROME = ZoneInfo("Europe/Rome")
D = datetime.date
NORMS = Norms()


def test_weeks_go_across_the_months():
    assert monday_of(D(2021, 2, 28)) == D(2021, 2, 22)
    assert weeks_of(D(2021, 3, 1))[0] == D(2021, 3, 1)
    assert weeks_of(D(2021, 5, 1)) == [
        D(2021, 4, 26),
        D(2021, 5, 3),
        D(2021, 5, 10),
        D(2021, 5, 17),
        D(2021, 5, 24),
        D(2021, 5, 31),
    ]
    assert month_end(D(2020, 2, 1)) == D(2020, 2, 29)
    assert next_month(D(2020, 12, 1)) == D(2021, 1, 1)


def test_a_pattern_takes_its_weekdays():
    found = pattern_days(D(2021, 2, 1), D(2021, 2, 12), {1, 3})

    assert found == [D(2021, 2, 2), D(2021, 2, 4), D(2021, 2, 9), D(2021, 2, 11)]
    assert list(grouped(found)) == [D(2021, 2, 1), D(2021, 2, 8)]


CALENDAR = WorkCalendar(
    patron=(8, 26),
    closures=((D(2021, 8, 13), D(2021, 8, 13)),),
    absences=((D(2021, 2, 8), D(2021, 2, 9)),),
    suspensions=((D(2021, 3, 1), D(2021, 3, 5)),),
)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (D(2021, 2, 10), None),
        (D(2021, 2, 6), Closed.WEEKEND),
        (D(2021, 4, 5), Closed.HOLIDAY),
        (D(2021, 8, 26), Closed.HOLIDAY),
        (D(2021, 8, 13), Closed.CLOSURE),
        (D(2021, 2, 9), Closed.ABSENCE),
        (D(2021, 3, 3), Closed.SUSPENSION),
    ],
)
def test_why_a_day_is_not_asked(day, why):
    assert CALENDAR.why_closed(day) == why


def test_suspended_days_are_worked_in_the_office():
    assert CALENDAR.worked_days(D(2021, 3, 1)) == 5
    assert CALENDAR.worked_days(D(2021, 2, 8)) == 3


def test_how_far_ahead_and_by_when():
    assert horizon(D(2021, 2, 1), NORMS) == D(2021, 4, 5)
    assert submission_deadline(D(2021, 3, 1), NORMS) == D(2021, 2, 25)
    assert submission_deadline(D(2021, 3, 1), Norms(submission_day=31)) == D(2021, 2, 28)
    assert submission_deadline(D(2021, 3, 1), Norms(submission_day=0)) == D(2021, 2, 1)


@pytest.mark.parametrize(
    ("norms", "given", "limit"),
    [
        (NORMS, {"agreed": 3}, WeekLimit(days=3)),
        (NORMS, {"agreed": 5}, WeekLimit(days=3)),
        (NORMS, {"agreed": 2}, WeekLimit(days=2, article=6, is_of_agreement=True)),
        (NORMS, {"agreed": 2, "exempted": 5}, WeekLimit(days=5, is_exempted=True)),
        (Norms(presence_prevails=True), {"agreed": 3}, WeekLimit(days=2, is_of_presence=True)),
        (
            Norms(presence_prevails=True),
            {"agreed": 3, "worked_days": 0},
            WeekLimit(days=0, is_of_presence=True),
        ),
        (
            Norms(presence_prevails=True),
            {"agreed": 1},
            WeekLimit(days=1, article=6, is_of_agreement=True),
        ),
    ],
)
def test_the_limit_of_a_week(norms, given, limit):
    assert week_limit(norms, **given) == limit


def test_what_a_week_leaves():
    week = WeekUse(monday=D(2021, 2, 1), limit=WeekLimit(days=3), approved=1, waiting=1)
    full = WeekUse(monday=D(2021, 2, 1), limit=WeekLimit(days=1), approved=2)

    assert (week.taken, week.left, week.is_full, week.is_beyond) == (2, 1, False, False)
    assert (full.taken, full.left, full.is_full, full.is_beyond) == (2, 0, True, True)


@pytest.mark.parametrize(
    ("worked", "approved", "lacks"), [(5, 0, True), (5, 1, False), (2, 0, False)]
)
def test_the_least_counts_in_weeks_that_are_worked(worked, approved, lacks):
    week = WeekUse(
        monday=D(2021, 2, 1), limit=WeekLimit(days=3), approved=approved, worked_days=worked
    )

    assert week.lacks_least(NORMS) is lacks


def test_the_month_has_a_limit_only_if_the_act_says_so():
    assert not exceeds_month(20, NORMS)
    assert exceeds_month(9, Norms(max_days_per_month=8))
    assert not exceeds_month(8, Norms(max_days_per_month=8))


def test_the_least_presence_is_rounded_up():
    assert [least_present(people, NORMS) for people in (0, 2, 10, 11)] == [0, 1, 3, 4]


def test_who_is_alone_in_a_unit_keeps_no_presence():
    assert least_present(1, NORMS) == 0


def test_a_day_is_revoked_24_hours_of_the_clock_before_its_schedule():
    latest = latest_revocation(D(2021, 2, 11), datetime.time(8), 24, ROME)

    assert latest == datetime.datetime(2021, 2, 10, 8, tzinfo=ROME)


def test_the_hours_are_of_the_clock_on_the_night_of_summer_time():
    """On 28.3.2021 at 2 it is 3: 24 hours before Monday at 8 is Sunday at 8, after the change; 48
    hours before it is Saturday at 7."""
    assert latest_revocation(D(2021, 3, 29), datetime.time(8), 48, ROME) == datetime.datetime(
        2021, 3, 27, 7, tzinfo=ROME
    )


def test_the_notice_given_is_the_time_to_the_schedule():
    at = datetime.datetime(2021, 2, 10, 9, tzinfo=ROME)

    assert notice_given(at, D(2021, 2, 11), datetime.time(8), ROME) == datetime.timedelta(hours=23)


@pytest.mark.parametrize(
    ("other", "may"),
    [
        (D(2021, 2, 8), True),
        (D(2021, 2, 19), True),
        (D(2021, 2, 22), False),
        (D(2021, 2, 5), False),
    ],
)
def test_a_revoked_day_is_not_carried_beyond_the_next_week(other, may):
    assert may_replace(D(2021, 2, 11), other) is may
