"""Two desks at once: no activity, absence or closure twice, no rule against another."""

import datetime
from collections.abc import Callable

import pytest

from organization.enums import Role
from organization.models import User
from pola.enums import NormKey
from pola.models import Absence, Activity, ActivityAssignment, Closure, Norm
from pola.operations.day_calendar import close_office, record_absence
from pola.operations.mappings import add_activity, assign_activity
from pola.operations.norms import set_norm, withdraw_norm
from tests import factories
from tests.pola.agile_office import TODAY, Office, feb, fresh, make_office
from tests.races import together

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
LATER = datetime.date(2021, 4, 1)
DESKS = range(6)


@pytest.fixture
def busy(settings) -> Office:
    settings.DEMO_DATE = TODAY
    return make_office()


@pytest.fixture
def hr(busy) -> User:
    made = factories.user(person=factories.person(unit=busy.unit))
    factories.appointment(person=made.person, role=Role.HR)
    return made


def adding(office: Office, title: str) -> Callable[[], object]:
    by = fresh(office.head)
    return lambda: add_activity(unit=office.unit, title=title, by=by)


def setting(hr: User, key: NormKey, printed: str) -> Callable[[], object]:
    by = fresh(hr)
    return lambda: set_norm(key=key, printed=printed, starts_on=LATER, act="Delibera n. 9", by=by)


def test_an_activity_added_twice_is_there_once(busy):
    fates = together(*(adding(busy, "Bilanci") for _desk in DESKS))

    assert sorted(fates) == ["done", *["refused"] * 5]
    assert Activity.objects.filter(unit=busy.unit).count() == 1


def test_activities_added_at_once_have_each_a_place(busy):
    assert together(*(adding(busy, f"Attività {desk}") for desk in DESKS)) == ["done"] * 6

    places = Activity.objects.filter(unit=busy.unit).values_list("position", flat=True)
    assert sorted(places) == [1, 2, 3, 4, 5, 6]


def test_an_activity_given_twice_to_a_person_is_given_once(busy, hr):
    activity, by = factories.activity(unit=busy.unit), fresh(hr)

    def giving() -> object:
        return assign_activity(activity, person=busy.person, starts_on=TODAY, by=by)

    assert sorted(together(*(giving for _desk in DESKS))) == ["done", *["refused"] * 5]
    assert ActivityAssignment.objects.filter(person=busy.person).count() == 1


def test_an_absence_of_who_has_no_agreement_is_recorded_once(busy, hr):
    person, by = factories.person(unit=busy.unit), fresh(hr)

    def recording(day: int) -> Callable[[], object]:
        return lambda: record_absence(person=person, starts_on=feb(8), ends_on=feb(day), by=by)

    fates = together(*(recording(9 + desk) for desk in DESKS))

    assert sorted(fates) == ["done", *["refused"] * 5]
    assert Absence.objects.filter(person=person).count() == 1


@pytest.mark.parametrize("whole", [True, False])
def test_a_closure_is_recorded_once_also_where_nobody_has_an_agreement(busy, hr, whole):
    unit, by = None if whole else factories.unit(parent=busy.unit), fresh(hr)
    days = {"starts_on": feb(8), "ends_on": feb(9)}

    def closing() -> object:
        return close_office(unit=unit, reason="Ponte", by=by, **days)

    assert sorted(together(*(closing for _desk in DESKS))) == ["done", *["refused"] * 5]
    assert Closure.objects.count() == 1


def test_a_rule_has_one_value_from_a_day_on(busy, hr):
    fates = together(*(setting(hr, NormKey.MAX_DAYS_PER_WEEK, "2") for _desk in DESKS))

    assert sorted(fates) == ["done", *["refused"] * 5]
    assert Norm.objects.filter(starts_on=LATER).count() == 1


def test_two_rules_set_at_once_do_not_contradict_each_other(busy, hr):
    """One day at most and two at least: each stands with what is in force, not with the other."""
    values = ((NormKey.MAX_DAYS_PER_WEEK, "1"), (NormKey.MIN_DAYS_PER_WEEK, "2"))
    fates = together(*(setting(hr, *values[desk % 2]) for desk in DESKS))

    assert fates.count("done") == 1
    assert "contradiction" in fates
    norms = Norm.objects.in_force(on=LATER)
    assert norms.min_days_per_week <= norms.max_days_per_week


def test_a_value_taken_back_twice_is_taken_back_once(busy, hr):
    norm, by = factories.norm(starts_on=LATER), fresh(hr)

    fates = together(*(lambda: withdraw_norm(norm, by=by) for _desk in DESKS))

    assert sorted(fates) == ["done", *["gone"] * 5]
