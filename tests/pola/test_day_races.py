"""Many at once on real connections: no day twice, no day lost, never more than the week allows."""

import datetime
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from organization.models import Person, User
from pola.models import AgileDay, Agreement, DayEvent, MonthPlan
from pola.operations.asking import ask_days, cancel_days
from pola.operations.deciding import approve_in_bulk, decide_month
from pola.operations.revoking import revoke_day
from tests.pola.agile_office import TODAY, Office, feb, fresh, make_office
from tests.races import together

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
CLIENTS = 12
EMPLOYEES = 500  # three days each


@pytest.fixture
def busy(settings) -> Office:
    settings.DEMO_DATE = TODAY
    return make_office()


def live(office: Office) -> list[int]:
    return [one.day.day for one in AgileDay.objects.live().filter(person=office.person)]


def asking(office: Office, *days: datetime.date) -> Callable[[], object]:
    by = fresh(office.employee)
    return lambda: ask_days(person=by.person, days=days, by=by)


def approving(office: Office, plan: MonthPlan, by: User) -> Callable[[], object]:
    days = AgileDay.objects.filter(person=office.person, state="asked")
    seen = list(days.values_list("pk", flat=True))
    return lambda: decide_month(plan, approve=seen, seen=seen, by=by)


def last_acts() -> dict[int, str]:
    """What the story of each day says last."""
    return {one.day.day.day: one.act for one in DayEvent.objects.select_related("day")}


def states() -> dict[int, str]:
    return {one.day.day: one.state for one in AgileDay.objects.order_by("pk")}


def test_the_same_day_asked_twice_is_asked_once(busy):
    fates = together(*(asking(busy, feb(9)) for _number in range(4)))

    assert sorted(fates) == ["done", "taken", "taken", "taken"]
    assert live(busy) == [9]
    assert DayEvent.objects.count() == 1


def test_five_days_of_a_week_asked_at_once_are_three(busy):
    fates = together(*(asking(busy, feb(day)) for day in range(8, 13)))

    assert sorted(fates) == ["done", "done", "done", "week", "week"]
    assert len(live(busy)) == 3


def test_many_employees_book_in_the_same_minute_and_nothing_is_lost(busy):
    numbers = range(EMPLOYEES)
    people = Person.objects.bulk_create(
        Person(
            first_name="Persona",
            last_name=f"Molti {number}",
            employee_number=f"M{number}",
            category="C",
            gender="F",
            hired_on=datetime.date(2010, 1, 1),
            unit=busy.unit,
        )
        for number in numbers
    )
    User.objects.bulk_create(
        User(username=f"molti-{one.employee_number}", person=one) for one in people
    )
    Agreement.objects.bulk_create(
        Agreement(
            person=one,
            unit=busy.unit,
            counterpart=busy.dirigente.person,
            state="running",
            starts_on=datetime.date(2021, 1, 1),
            ends_on=datetime.date(2021, 6, 30),
            days_per_week=3,
        )
        for one in people
    )

    def book(username: str) -> None:
        try:
            by = User.objects.get(username=username)
            ask_days(person=by.person, days=[feb(8), feb(9), feb(10)], by=by)
        finally:
            connection.close()

    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(book, [f"molti-{one.employee_number}" for one in people]))

    found = AgileDay.objects.filter(person__in=people)
    assert found.count() == 3 * EMPLOYEES
    assert found.values("person", "day").distinct().count() == 3 * EMPLOYEES
    assert DayEvent.objects.filter(day__in=found).count() == 3 * EMPLOYEES


def test_an_approval_that_races_a_cancellation_never_brings_the_day_back(busy):
    plan = busy.submitted(feb(9))
    by = fresh(busy.employee)

    fates = together(
        approving(busy, plan, fresh(busy.head)),
        lambda: cancel_days(person=by.person, days=[feb(9)], by=by),
    )

    assert fates in (["done", "done"], ["stale", "done"])
    assert (states(), last_acts()) == ({9: "cancelled"}, {9: "cancelled"})


def test_a_revocation_that_races_an_approval_stays_within_the_week(busy):
    _eight, nine = busy.approved(feb(8), feb(9))
    busy.ask(feb(10))
    plan = MonthPlan.objects.get()
    MonthPlan.objects.update(state="submitted")
    head = fresh(busy.head)

    fates = together(
        approving(busy, plan, fresh(busy.dirigente)),
        lambda: revoke_day(nine, reason="Sportello.", instead=feb(11), by=head),
        asking(busy, feb(12)),
    )

    assert fates[:2] == ["done", "done"]
    assert fates[2] in ("week", "done")
    assert len(live(busy)) <= 3
    assert states()[9] == "revoked"


def test_a_day_revoked_while_it_is_approved_has_one_story(busy):
    plan = busy.submitted(feb(9))
    day, head = AgileDay.objects.get(), fresh(busy.head)

    fates = together(
        approving(busy, plan, fresh(busy.dirigente)),
        lambda: revoke_day(day, reason="Sportello.", by=head),
    )

    assert fates[0] == "done"
    expected = "revoked" if fates[1] == "done" else "approved"
    assert (states(), last_acts()) == ({9: expected}, {9: expected})


def test_of_two_who_approve_or_revoke_the_same_at_once_one_is_told(busy):
    plan = busy.submitted(feb(9), feb(10))
    seen = {plan.pk: list(AgileDay.objects.values_list("pk", flat=True))}
    both = [fresh(busy.head), fresh(busy.dirigente)]

    together(*(lambda by=by: approve_in_bulk([plan], seen=seen, by=by) for by in both))
    approvals = DayEvent.objects.filter(act="approved").count()
    day = AgileDay.objects.get(day=feb(9))
    both = [fresh(busy.head), fresh(busy.dirigente)]
    fates = together(*(lambda by=by: revoke_day(day, reason="No.", by=by) for by in both))

    assert approvals == 2
    assert sorted(fates) == ["done", "stale"]
    assert DayEvent.objects.filter(act="revoked").count() == 1
