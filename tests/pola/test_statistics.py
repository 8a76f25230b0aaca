"""The months of agile work: printed, computed, and the formulas they follow."""

import datetime
from decimal import Decimal

import pytest

from pola.enums import DayState, Grade
from pola.models import Activity, ActivityAssignment, AgileDay, AgileMonth
from pola.months import last_month_gone_by, month_end, months_between, next_month
from pola.reports.statistics import (
    computed_months,
    known_months,
    months_since_printed,
    year_months,
)
from pola.statistics import Totals, computed_month, mean_days, programme_days, share, with_point
from tests import factories

DAY = datetime.date
DECIDED = {"decided_at": datetime.datetime(2021, 1, 1, tzinfo=datetime.UTC)}


def lived(agreement, *days: DAY, state: str = DayState.APPROVED) -> None:
    decided = {} if state == DayState.ASKED else DECIDED | {"decided_by_label": "Capo"}
    for day in days:
        factories.agile_day(agreement=agreement, day=day, state=state, **decided)


@pytest.fixture
def nobody(db) -> None:
    """No month printed, nobody who could work remotely but those of the test."""
    for model in (AgileMonth, ActivityAssignment):
        model.objects.all()._raw_delete("default")


@pytest.mark.parametrize(
    ("effective", "days", "mean"),
    [(69, 689, "2.5"), (62, 720, "2.9"), (1, 1, "0.3"), (0, 0, "0.0")],
)
def test_the_mean_is_days_by_workers_by_four_weeks(effective, days, mean) -> None:
    assert mean_days(Totals(effective=effective, days=days)) == Decimal(mean)


def test_the_printed_means_follow_from_the_formula(bergamo) -> None:
    months = AgileMonth.objects.for_year(2020)

    assert [f"{mean_days(month)}" for month in months] == [
        f"{Decimal(with_point(month.mean_days_per_week)):.1f}" for month in months
    ]


def test_a_computed_month_writes_its_mean_with_a_comma() -> None:
    made = computed_month(
        DAY(2021, 1, 1), employees=87, potential=72, worked=Totals(effective=43, days=430)
    )

    assert (made.mean_days_per_week, made.is_printed, made.is_running) == ("2,5", False, False)


def test_months_and_their_ends() -> None:
    assert list(months_between(DAY(2020, 12, 5), DAY(2021, 2, 1))) == [
        DAY(2020, 12, 1),
        DAY(2021, 1, 1),
        DAY(2021, 2, 1),
    ]
    assert list(months_between(DAY(2021, 2, 1), DAY(2021, 1, 31))) == []
    assert (month_end(DAY(2021, 2, 1)), next_month(DAY(2021, 12, 1))) == (
        DAY(2021, 2, 28),
        DAY(2022, 1, 1),
    )
    assert last_month_gone_by(DAY(2021, 1, 31)) == DAY(2020, 12, 1)


def test_the_days_of_the_programme_and_shares() -> None:
    assert [programme_days(43, weeks=48, days_a_week=number) for number in (1, 3)] == [2064, 6192]
    assert (share(43, 72), share(1, 0)) == (Decimal("59.7"), None)


def test_only_approved_days_gone_by_count(nobody) -> None:
    held = factories.agreement()
    lived(held, DAY(2021, 2, 1), DAY(2021, 2, 9), DAY(2021, 2, 10))
    lived(held, DAY(2021, 2, 2), state=DayState.ASKED)
    for number, state in enumerate((DayState.REVOKED, DayState.REFUSED, DayState.CANCELLED), 3):
        lived(held, DAY(2021, 2, number), state=state)

    (month,) = computed_months(DAY(2021, 2, 1), DAY(2021, 2, 1), today=DAY(2021, 2, 10))

    assert (month.effective, month.days, month.is_running) == (1, 2, True)


def test_people_are_counted_on_the_last_day_of_the_month(nobody) -> None:
    before = computed_months(DAY(2021, 1, 1), DAY(2021, 2, 1), today=DAY(2021, 3, 1))
    leaves = factories.person(left_on=DAY(2021, 2, 15))
    comes = factories.person(hired_on=DAY(2021, 2, 1))
    factories.person(category="", employee_number="", hired_on=None, unit=None)
    remote = factories.activity(grade=Grade.PARTLY)
    for person in (leaves, comes):
        factories.activity_assignment(person=person, activity=remote, starts_on=DAY(2021, 1, 1))
    factories.activity_assignment(person=comes, starts_on=DAY(2021, 2, 28))
    factories.activity_assignment(
        person=factories.person(), activity=factories.activity(grade=Grade.NONE)
    )

    after = computed_months(DAY(2021, 1, 1), DAY(2021, 2, 1), today=DAY(2021, 3, 1))

    # One more person in January who leaves, one in February who comes, one who cannot.
    assert [b.employees - a.employees for a, b in zip(before, after, strict=True)] == [2, 2]
    assert [b.potential - a.potential for a, b in zip(before, after, strict=True)] == [1, 1]


def test_an_ended_assignment_counts_no_more(nobody) -> None:
    assigned = factories.activity_assignment(ends_on=DAY(2021, 1, 31))

    months = computed_months(DAY(2021, 1, 1), DAY(2021, 2, 1), today=DAY(2021, 3, 1))

    assert [month.potential for month in months] == [1, 0]
    assert ActivityAssignment.objects.get() == assigned


def test_computed_months_begin_with_the_first_day_asked(nobody) -> None:
    assert known_months().first_computed is None
    assert months_since_printed(today=DAY(2021, 5, 1)) == ()
    assert year_months(2021, today=DAY(2021, 5, 1)) == ()

    factories.agile_day(day=DAY(2021, 2, 10))

    assert known_months().first_computed == DAY(2021, 2, 1)
    assert [m.month.month for m in months_since_printed(today=DAY(2021, 5, 1))] == [2, 3, 4]
    assert months_since_printed(today=DAY(2021, 2, 11)) == ()


def test_printed_months_are_never_computed(nobody) -> None:
    factories.agile_day(day=DAY(2021, 2, 10))
    printed = factories.agile_month(month=DAY(2021, 2, 1), days=40)

    months = year_months(2021, today=DAY(2021, 4, 15))

    assert known_months().first_computed == DAY(2021, 3, 1)
    assert [(m.month.month, m.is_printed, m.is_running) for m in months] == [
        (2, True, False),
        (3, False, False),
        (4, False, True),
    ]
    assert months[0].days == printed.days


def test_the_years_begin_with_the_first_known_and_end_with_the_running_one(nobody) -> None:
    assert known_months().years(today=DAY(2021, 5, 1)) == (2021,)

    factories.agile_day(day=DAY(2021, 2, 10))
    factories.agile_month(month=DAY(2019, 12, 1))
    known = known_months()

    assert known.years(today=DAY(2022, 5, 1)) == (2019, 2020, 2021, 2022)
    assert known.years(today=DAY(2018, 5, 1)) == (2018,)
    chosen = [known.chosen_year(one, today=DAY(2022, 5, 1)) for one in ("2019", "2023", "x", "")]
    assert chosen == [2019, 2022, 2022, 2022]


@pytest.mark.parametrize("people", [1, 3])
def test_a_year_takes_five_statements_at_most(nobody, django_assert_num_queries, people) -> None:
    for _number in range(people):
        lived(factories.agreement(), DAY(2021, 1, 12), DAY(2021, 6, 1))

    with django_assert_num_queries(5):
        months = year_months(2021, today=DAY(2022, 2, 1))

    assert [(m.effective, m.days) for m in months if m.days] == [(people, people)] * 2
    assert AgileDay.objects.count() == 2 * people


def test_a_review_leaves_the_months_before_it_as_they_were(nobody) -> None:
    reviewed = factories.activity(grade=Grade.NONE)
    factories.activity_mapping(activity=reviewed, mapped_on=DAY(2020, 11, 30), grade=Grade.FULL)
    factories.activity_mapping(activity=reviewed, mapped_on=DAY(2021, 2, 10), grade=Grade.NONE)
    begun = factories.activity(grade=Grade.FULL)
    factories.activity_mapping(activity=begun, mapped_on=DAY(2021, 2, 10), grade=Grade.FULL)
    loaded = factories.activity(grade=Grade.PARTLY)
    for activity in (reviewed, reviewed, begun, begun, begun, loaded):
        factories.activity_assignment(activity=activity)

    months = computed_months(DAY(2021, 1, 1), DAY(2021, 2, 1), today=DAY(2021, 3, 1))

    assert [month.potential for month in months] == [2 + 1, 3 + 1]
    assert [
        set(Activity.objects.remote(on=day).filter(pk__in=(reviewed.pk, begun.pk, loaded.pk)))
        for day in (DAY(2021, 2, 9), DAY(2021, 2, 10))
    ] == [{reviewed, loaded}, {begun, loaded}]
