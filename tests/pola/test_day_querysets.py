"""Who reads closures, absences, stories, addresses and messages."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from organization.enums import Role
from pola.models import Absence, AgileDay, CalendarFeed, Closure, DayEvent, DayNotice, MonthPlan
from tests import factories
from tests.pola.agile_office import feb

OWN = (AgileDay, MonthPlan, DayEvent, Absence)


@pytest.fixture
def readers(office) -> dict:
    """Everybody, beside rows of the employee and of a stranger."""
    stranger = factories.agreement()
    for person in (office.person, stranger.person):
        factories.month_plan(
            person=person, state="submitted", submitted_at=timezone.now(), submitted_by_label="x"
        )
        agreement = office.agreement if person == office.person else stranger
        factories.day_event(day=factories.agile_day(agreement=agreement))
        factories.absence(person=person)
        factories.calendar_feed(owner=person)
        factories.day_notice(person=person)
    factories.closure()
    hr = factories.user()
    factories.appointment(person=hr.person, role=Role.HR, unit=hr.person.unit)
    delegate = factories.user()
    factories.delegation(
        unit=office.unit,
        head=office.head.person,
        delegate=delegate.person,
        starts_on=feb(1),
        ends_on=feb(28),
    )
    return {
        "nobody": AnonymousUser(),
        "employee": office.employee,
        "head": office.head,
        "delegate": delegate,
        "hr": hr,
        "account": factories.user(person=None),
    }


@pytest.mark.parametrize(
    ("who", "counts"),
    [
        ("nobody", [0, 0, 0, 0]),
        ("employee", [1, 1, 1, 1]),
        ("head", [1, 1, 1, 1]),
        # What a substitute needs to decide, and nothing else of the people.
        ("delegate", [1, 1, 1, 0]),
        ("hr", [2, 2, 2, 2]),
    ],
)
def test_rows_about_people(readers, who, counts):
    user = readers[who]

    assert [model.objects.visible_to(user).count() for model in OWN] == counts


@pytest.mark.parametrize(
    ("who", "count"), [("employee", 1), ("head", 0), ("delegate", 0), ("hr", 0)]
)
@pytest.mark.parametrize("state", ["draft", "returned"])
def test_a_month_being_written_is_its_authors_alone(readers, who, count, state):
    MonthPlan.objects.update(state=state)

    read = [model.objects.visible_to(readers[who]).count() for model in (AgileDay, DayEvent)]
    AgileDay.objects.update(state="approved")

    assert read == [count, count]
    assert AgileDay.objects.visible_to(readers[who]).count() > 0


@pytest.mark.parametrize(
    ("who", "counts"),
    [
        ("nobody", [0, 0, 0]),
        ("employee", [1, 1, 1]),
        ("head", [1, 0, 0]),
        ("hr", [1, 0, 2]),
        ("account", [1, 0, 0]),
    ],
)
def test_closures_secrets_and_messages(readers, who, counts):
    user = readers[who]
    models = (Closure, CalendarFeed, DayNotice)

    assert [model.objects.visible_to(user).count() for model in models] == counts


def test_which_closures_and_absences(readers):
    for model in (Closure, Absence):
        found = model.objects.between(feb(1), feb(28))
        assert found.count() == model.objects.count()
        assert not model.objects.between(feb(20), feb(28)).exists()


def test_which_days_and_months(readers, office):
    MonthPlan.objects.exclude(person=office.person).update(state="draft")

    assert MonthPlan.objects.submitted().get().person == office.person
    assert AgileDay.objects.between(feb(10), feb(10)).count() == 2
    assert AgileDay.objects.in_month(feb(1)).count() == AgileDay.objects.count()
    assert not AgileDay.objects.approved().exists()
