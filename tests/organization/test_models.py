"""What the database itself refuses, both sides of each constraint, and what the models state."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from organization.enums import Role, UnitKind
from organization.models import (
    Appointment,
    AuditEvent,
    EstablishedPosts,
    Institution,
    Person,
    Unit,
)
from tests import factories

pytestmark = pytest.mark.django_db
DAY = datetime.date(2021, 1, 1)


def stored(model, **values):
    """Write straight into the table, past every check of Python."""
    with transaction.atomic():
        return model.objects.bulk_create([model(**values)])[0]


def refused(constraint, model, **values):
    with pytest.raises(IntegrityError) as caught:
        stored(model, **values)
    return model if constraint in str(caught.value) or "UNIQUE" in str(caught.value) else None


def a_unit(**given):
    defaults = {"name": "U", "short_name": "U", "slug": "u-prova", "kind": UnitKind.SERVICE}
    return defaults | {"parent": factories.root_unit()} | given


def a_person(**given):
    return {"first_name": "A", "last_name": "B", "gender": "F"} | given


def an_employee(**given):
    defaults = {"category": "C", "employee_number": "X1", "hired_on": DAY}
    return a_person(**defaults | {"unit": factories.unit()} | given)


def an_appointment(**given):
    defaults = {"role": Role.EMPLOYEE, "starts_on": DAY}
    for name, make in (("person", factories.person), ("unit", factories.unit)):
        if name not in given:
            given[name] = make()
    return defaults | given


def test_unit_not_part_of_itself():
    unit = stored(Unit, **a_unit())

    with pytest.raises(IntegrityError, match="not_part_of_itself"), transaction.atomic():
        Unit.objects.filter(pk=unit.pk).update(parent=unit)

    assert Unit.objects.get(pk=unit.pk).parent == factories.root_unit()


def test_only_the_chamber_at_the_root():
    name = "organization_unit_only_the_chamber_at_the_root"

    assert refused(name, Unit, **a_unit(parent=None)) is Unit
    assert stored(Unit, **a_unit(parent=None, kind=UnitKind.BODY)).pk


def test_unit_code_unique_when_there_is_one():
    stored(Unit, **a_unit(code="ZZ"))

    assert refused("organization_unit_code_unique", Unit, **a_unit(code="ZZ", slug="altra")) is Unit
    assert stored(Unit, **a_unit(slug="senza")).pk
    assert stored(Unit, **a_unit(slug="senza-due")).pk


@pytest.mark.parametrize("missing", [{"employee_number": ""}, {"unit": None}, {"hired_on": None}])
def test_employee_has_number_unit_and_hire_date(missing):
    name = "organization_person_employee_has_number_unit_and_hire_date"

    assert refused(name, Person, **an_employee(**missing)) is Person
    assert stored(Person, **an_employee()).pk
    assert stored(Person, **a_person()).pk


def test_left_after_hired():
    name = "organization_person_left_after_hired"

    assert refused(name, Person, **an_employee(left_on=DAY)) is Person
    assert stored(Person, **an_employee(left_on=DAY + datetime.timedelta(days=1))).pk


@pytest.mark.parametrize(("percent", "holds"), [(9, False), (10, True), (100, True), (101, False)])
def test_working_time_10_to_100(percent, holds):
    person = a_person(part_time_percent=percent)

    if holds:
        assert stored(Person, **person).pk
    else:
        name = "organization_person_working_time_10_to_100"
        assert refused(name, Person, **person) is Person


def test_employee_number_unique_when_there_is_one():
    stored(Person, **an_employee())

    name = "organization_person_employee_number_unique"
    assert refused(name, Person, **an_employee()) is Person
    assert stored(Person, **a_person()).pk
    assert stored(Person, **a_person()).pk


def test_appointment_ends_after_it_starts():
    before = DAY - datetime.timedelta(days=1)
    name = "organization_appointment_ends_after_it_starts"

    assert refused(name, Appointment, **an_appointment(ends_on=before)) is Appointment
    assert stored(Appointment, **an_appointment(ends_on=DAY)).pk


def test_appointment_open_once_per_person_role_and_unit():
    values = an_appointment()
    stored(Appointment, **values)

    name = "organization_appointment_open_once_per_person_role_and_unit"
    assert refused(name, Appointment, **values) is Appointment
    assert stored(Appointment, **values | {"ends_on": DAY}).pk


@pytest.mark.parametrize("role", sorted(Role.leaders))
def test_one_open_leader_per_unit(role):
    unit = factories.unit()
    stored(Appointment, **an_appointment(unit=unit, role=role))

    name = "organization_appointment_one_open_leader_per_unit"
    assert refused(name, Appointment, **an_appointment(unit=unit, role=role)) is Appointment
    assert stored(Appointment, **an_appointment(unit=unit, role=role, ends_on=DAY)).pk
    assert stored(Appointment, **an_appointment(unit=unit, role=Role.HR)).pk
    assert stored(Appointment, **an_appointment(unit=unit, role=Role.HR)).pk


def test_established_posts_once_per_act_and_category():
    stored(EstablishedPosts, act="atto", category="D", posts=1)

    name = "organization_establishedposts_once_per_act_and_category"
    again = {"act": "atto", "category": "D", "posts": 2}
    assert refused(name, EstablishedPosts, **again) is EstablishedPosts
    assert stored(EstablishedPosts, act="atto", category="C", posts=2).pk


def test_one_institution():
    factories.institution()

    with pytest.raises(ValidationError):
        Institution(name="Altra", short_name="Altra").full_clean()

    Institution.objects.get().full_clean()


def test_unit_cannot_stand_below_its_own_part():
    service = factories.unit()
    office = factories.unit(parent=service)
    service.parent = office

    with pytest.raises(ValidationError) as caught:
        service.full_clean()

    assert list(caught.value.message_dict) == ["parent"]


def test_audit_event_is_never_changed_nor_deleted():
    event = factories.audit_event()
    event.note = "altro"

    with pytest.raises(ValidationError):
        event.save()
    with pytest.raises(ValidationError):
        event.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEvent.objects.filter(pk=event.pk).update(note="altro")

    assert AuditEvent.objects.get(pk=event.pk).note == ""


def test_person_states_part_time_and_initials():
    person = Person(first_name="ada", last_name="esempio", part_time_percent=99)

    assert (person.is_part_time, person.initials, str(person)) == (True, "AE", "ada esempio")
    assert not Person(part_time_percent=100).is_part_time


def test_user_is_called_as_the_person():
    person = factories.person(first_name="Ada", last_name="Esempio")

    assert str(factories.user(person=person)) == "Ada Esempio"
    assert str(factories.user(person=None, username="tecnico")) == "tecnico"


def test_user_without_person_holds_nothing():
    user = factories.user(person=None)

    assert (user.running_appointments, user.roles, user.led_unit_ids) == ([], set(), set())


def test_appointment_is_running_between_its_days():
    appointment = Appointment(starts_on=DAY, ends_on=DAY)
    day = datetime.timedelta(days=1)

    assert [appointment.is_running(on=DAY + n * day) for n in (-1, 0, 1)] == [False, True, False]
    assert Appointment(starts_on=DAY).is_running()
