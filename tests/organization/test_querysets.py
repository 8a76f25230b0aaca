"""Which units, people, appointments and acts."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from organization.enums import Role, UnitKind
from organization.models import Appointment, AuditEvent, Person, Unit, User
from organization.querysets import holding_words
from tests import factories

pytestmark = pytest.mark.django_db
NEW_YEAR = datetime.date(2021, 1, 1)


def account(person):
    return User.objects.get(pk=factories.user(person=person).pk)


@pytest.fixture
def branch():
    """A service with an office, a person in each, and a person elsewhere."""
    service = factories.unit()
    office = factories.unit(parent=service, kind=UnitKind.OFFICE)
    head = factories.person(unit=service)
    factories.appointment(person=head, role=Role.UNIT_HEAD, unit=service)
    clerk = factories.person(unit=office)
    stranger = factories.person()
    return service, office, head, clerk, stranger


def test_units_run_from_a_desk_are_those_and_their_offices(branch):
    service, office, *_ = branch
    factories.unit(parent=service)

    assert set(Unit.objects.run_from([service.pk])) == {service, office}


def test_units_are_visible_to_whoever_is_signed_in(branch):
    service, office, head, *_ = branch

    seen = Unit.objects.visible_to(account(head)).filter(pk__in=[service.pk, office.pk])

    assert set(seen) == {service, office}
    assert list(Unit.objects.visible_to(AnonymousUser())) == []


def test_under_is_the_unit_and_all_below(branch):
    service, office, *_ = branch

    assert set(Unit.objects.under(service)) == {service, office}
    assert set(Unit.objects.under(office)) == {office}


def test_units_in_order_follow_position_then_name():
    parent = factories.unit()
    last = factories.unit(parent=parent, position=2, name="A")
    second = factories.unit(parent=parent, position=1, name="C")
    first = factories.unit(parent=parent, position=1, name="B")

    assert list(parent.children.in_order()) == [first, second, last]


def test_with_heads_loads_who_leads_on_the_day(branch):
    service, office, head, *_ = branch
    factories.appointment(person=head, role=Role.HR, unit=office)

    found = Unit.objects.with_heads().in_bulk([service.pk, office.pk])

    assert [post.person for post in found[service.pk].running_heads] == [head]
    assert found[office.pk].running_heads == []
    before = Unit.objects.with_heads(on=datetime.date(2019, 1, 1)).get(pk=service.pk)
    assert before.running_heads == []


def test_with_people_count_counts_employees_in_service_on_the_day():
    unit = factories.unit()
    factories.person(unit=unit)
    factories.person(unit=unit, left_on=NEW_YEAR)
    factories.person(unit=unit, hired_on=NEW_YEAR)
    factories.person(unit=unit, category="", employee_number="")

    def count(day):
        return Unit.objects.with_people_count(on=day).get(pk=unit.pk).people_count

    assert [count(datetime.date(2020, 12, 31)), count(NEW_YEAR)] == [2, 2]
    assert count(datetime.date(2009, 1, 1)) == 0


def test_employees_have_a_category():
    employee = factories.person()
    outside = factories.person(category="", employee_number="")

    found = Person.objects.filter(pk__in=[employee.pk, outside.pk])

    assert list(found.employees()) == [employee]


def test_in_service_runs_from_hiring_to_the_day_before_leaving():
    person = factories.person(hired_on=NEW_YEAR, left_on=datetime.date(2021, 2, 1))
    days = [
        datetime.date(2020, 12, 31),
        NEW_YEAR,
        datetime.date(2021, 1, 31),
        datetime.date(2021, 2, 1),
    ]

    found = [Person.objects.in_service(on=day).filter(pk=person.pk).exists() for day in days]

    assert found == [False, True, True, False]


def test_holding_names_role_unit_and_day(branch):
    service, office, head, *_ = branch

    def holders(**given):
        return list(Person.objects.holding(Role.UNIT_HEAD, **given))

    assert holders(unit=service) == [head]
    assert holders(unit=office) == []
    assert holders(unit=service, on=datetime.date(2019, 12, 31)) == []
    assert head in holders()


def test_people_visible_to_head_are_those_of_the_units_below(branch):
    _, _, head, clerk, _ = branch

    assert set(Person.objects.visible_to(account(head))) == {head, clerk}


def test_people_visible_to_employee_are_oneself(branch):
    clerk = branch[3]

    assert list(Person.objects.visible_to(account(clerk))) == [clerk]


def test_people_visible_to_nobody_signed_in_are_none():
    factories.person()

    assert list(Person.objects.visible_to(AnonymousUser())) == []


@pytest.mark.parametrize("role", sorted(Role.people_readers))
def test_people_visible_to_people_readers_are_everybody(branch, role):
    reader = factories.person()
    factories.appointment(person=reader, role=role)

    assert Person.objects.visible_to(account(reader)).count() == Person.objects.count()


def test_superuser_without_person_sees_everybody(branch):
    user = factories.user(is_superuser=True, person=None)

    assert Person.objects.visible_to(user).count() == Person.objects.count()


def test_with_posts_loads_the_running_ones_only():
    person = factories.person()
    running = factories.appointment(person=person)
    factories.appointment(person=person, role=Role.HR, ends_on=datetime.date(2020, 2, 1))

    loaded = Person.objects.with_posts().get(pk=person.pk)

    assert loaded.running_appointments == [running]


def test_appointments_running_and_ended_split_the_past():
    person = factories.person()
    running = factories.appointment(person=person, ends_on=NEW_YEAR)
    old = factories.appointment(person=person, role=Role.HR, ends_on=datetime.date(2020, 12, 31))
    mine = Appointment.objects.filter(person=person)

    assert list(mine.running(on=NEW_YEAR)) == [running]
    assert list(mine.ended(on=NEW_YEAR)) == [old]


def test_leading_are_heads_dirigenti_and_secretary():
    person = factories.person()
    made = {role: factories.appointment(person=person, role=role) for role in Role}

    found = Appointment.objects.filter(person=person).leading()

    leaders = [Role.SECRETARY_GENERAL, Role.DIRIGENTE, Role.UNIT_HEAD]
    assert set(found) == {made[role] for role in leaders}


def test_latest_first_puts_the_newest_on_top():
    person = factories.person()
    old = factories.appointment(person=person, starts_on=datetime.date(2015, 1, 1))
    new = factories.appointment(person=person, role=Role.HR, starts_on=NEW_YEAR)

    assert list(Appointment.objects.filter(person=person).latest_first()) == [new, old]


def test_trace_is_visible_to_its_readers_only():
    factories.audit_event()
    oiv, clerk = factories.person(), factories.person()
    factories.appointment(person=oiv, role=Role.OIV)

    assert AuditEvent.objects.visible_to(account(oiv)).count() == AuditEvent.objects.count()
    assert list(AuditEvent.objects.visible_to(account(clerk))) == []
    assert list(AuditEvent.objects.visible_to(AnonymousUser())) == []


def test_trace_about_one_object():
    unit, other = factories.unit(), factories.unit()
    event = factories.audit_event(target_type="organization.unit", target_id=str(unit.pk))
    factories.audit_event(target_type="organization.unit", target_id=str(other.pk))

    assert list(AuditEvent.objects.about(unit)) == [event]


def test_who_has_left_holds_no_role_any_more():
    gone = factories.person(left_on=datetime.date(2021, 6, 30))
    held = factories.appointment(person=gone, role=Role.HR)

    running = Appointment.objects.running(on=datetime.date(2021, 6, 30))

    assert not running.filter(pk=held.pk).exists()
    assert Appointment.objects.running(on=datetime.date(2021, 6, 29)).filter(pk=held.pk).exists()
    assert held.is_running(on=datetime.date(2021, 6, 29))
    assert not held.is_running(on=datetime.date(2021, 6, 30))


def test_a_unit_named_twice_is_found_once():
    service = factories.unit(kind=UnitKind.SERVICE)
    office = factories.unit(kind=UnitKind.OFFICE, parent=service)

    assert Unit.objects.ids_under(service.pk, office.pk) == {service.pk, office.pk}


def test_words_of_a_search_stand_in_any_column_all_of_them():
    wanted = factories.person(first_name="Maria", last_name="Rossi")
    factories.person(first_name="Maria", last_name="Bianchi")
    columns = ("first_name__icontains", "last_name__icontains")

    assert list(holding_words(Person.objects.all(), " rossi  maria ", *columns)) == [wanted]
    assert list(holding_words(Person.objects.all(), "rossi anna", *columns)) == []
    assert holding_words(Person.objects.all(), " ", *columns).count() == Person.objects.count()
