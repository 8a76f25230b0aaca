"""Appointing, ending an appointment, and what the trace keeps of it."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import override

from organization.enums import Role
from organization.models import Appointment, AuditEvent
from organization.operations import appoint, end_appointment
from tests import factories
from tests.races import together

pytestmark = pytest.mark.django_db
FIRST = datetime.date(2021, 1, 1)
LAST = datetime.date(2021, 6, 30)
A_DAY = datetime.timedelta(days=1)


def test_appoint_gives_the_role_and_records_it():
    person, unit, by = factories.person(), factories.unit(), factories.user(is_superuser=True)

    made = appoint(person=person, role=Role.UNIT_HEAD, unit=unit, starts_on=FIRST, by=by)

    assert list(person.appointments.all()) == [made]
    event = AuditEvent.objects.about(made).get()
    assert (event.verb, event.actor_label, event.before) == ("appointment.made", str(by), {})
    assert event.after == {
        "person": str(person),
        "role": "unit_head",
        "unit": unit.slug,
        "starts_on": "2021-01-01",
        "ends_on": "",
    }


def test_only_whoever_may_appoints_and_ends():
    by, unit, running = factories.user(), factories.unit(), factories.appointment()

    with pytest.raises(PermissionDenied):
        appoint(
            person=factories.person(), role=Role.ADMINISTRATOR, unit=unit, starts_on=FIRST, by=by
        )
    with pytest.raises(PermissionDenied):
        end_appointment(appointment=running, ends_on=LAST, by=by)

    running.refresh_from_db()
    assert (list(unit.appointments.all()), running.ends_on) == ([], None)


def test_appoint_refuses_a_second_head():
    unit = factories.unit()
    factories.appointment(role=Role.UNIT_HEAD, unit=unit)

    with pytest.raises(ValidationError):
        appoint(person=factories.person(), role=Role.UNIT_HEAD, unit=unit, starts_on=FIRST, by=None)

    assert unit.appointments.count() == 1
    assert not AuditEvent.objects.filter(verb="appointment.made").exists()


@pytest.mark.parametrize(
    ("held", "asked", "words"),
    [
        ((FIRST, None), (FIRST, LAST), "from 1.1.2021: it passes once"),
        ((FIRST, None), (LAST, LAST), "from 1.1.2021: it passes once"),
        ((FIRST, LAST), (LAST, None), "from 1.1.2021 to 30.6.2021: choose"),
        ((FIRST, LAST), (LAST, LAST), "from 1.1.2021 to 30.6.2021: choose"),
        ((LAST, None), (FIRST, LAST), "from 30.6.2021: it passes once"),
    ],
)
def test_two_heads_have_no_day_in_common(held, asked, words):
    unit = factories.unit()
    starts_on, ends_on = held
    factories.appointment(role=Role.UNIT_HEAD, unit=unit, starts_on=starts_on, ends_on=ends_on)
    first, last = asked
    who = {"person": factories.person(), "role": Role.UNIT_HEAD, "unit": unit}

    with override("en"), pytest.raises(ValidationError, match=words) as refusal:
        appoint(**who, starts_on=first, ends_on=last, by=None)

    assert (refusal.value.error_dict["__all__"][0].code, unit.appointments.count()) == (
        "occupied",
        1,
    )


@pytest.mark.parametrize(
    ("held", "asked"),
    [
        ({"ends_on": LAST}, {"starts_on": LAST + A_DAY}),
        ({"starts_on": LAST}, {"ends_on": LAST - A_DAY}),
        ({"role": Role.DIRIGENTE}, {}),
        ({"role": Role.EMPLOYEE}, {"role": Role.EMPLOYEE}),
        ({"person": {"left_on": FIRST}, "ends_on": LAST}, {}),
    ],
    ids=["after", "before", "another role", "who leads nobody", "who has left"],
)
def test_a_head_follows_another(held, asked):
    unit = factories.unit()
    person = factories.person(**held.get("person", {}))
    factories.appointment(**{"role": Role.UNIT_HEAD, "unit": unit} | held | {"person": person})

    made = appoint(
        **{"person": factories.person(), "role": Role.UNIT_HEAD, "unit": unit, "by": None}
        | {"starts_on": FIRST}
        | asked
    )

    assert set(unit.appointments.exclude(person=person)) == {made}


@pytest.mark.django_db(transaction=True)
def test_of_two_heads_appointed_at_once_one_is():
    unit = factories.unit()
    people = [factories.person() for _desk in range(4)]

    def appointing(person):
        days = {"starts_on": FIRST, "ends_on": LAST}
        return lambda: appoint(person=person, role=Role.UNIT_HEAD, unit=unit, by=None, **days)

    fates = together(*map(appointing, people))

    assert sorted(fates) == ["done", *["occupied"] * 3]
    assert unit.appointments.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_appointment_is_ended_once_also_by_two_desks():
    made = factories.appointment()
    days = [LAST, LAST + A_DAY, LAST + 2 * A_DAY, LAST + 3 * A_DAY]

    def ending(day):
        mine = Appointment.objects.get(pk=made.pk)
        return lambda: end_appointment(appointment=mine, ends_on=day, by=None)

    fates = together(*map(ending, days))

    assert sorted(fates) == ["done", *["refused"] * 3]
    made.refresh_from_db()
    assert made.ends_on == days[fates.index("done")]
    assert AuditEvent.objects.filter(verb="appointment.ended").count() == 1


def test_appoint_refuses_whoever_has_left():
    person = factories.person(left_on=FIRST)

    with pytest.raises(ValidationError):
        appoint(person=person, role=Role.EMPLOYEE, unit=person.unit, starts_on=FIRST, by=None)

    assert not person.appointments.exists()


def test_appoint_accepts_whoever_leaves_later():
    person = factories.person(left_on=LAST)

    made = appoint(
        person=person, role=Role.EMPLOYEE, unit=person.unit, starts_on=FIRST, ends_on=LAST, by=None
    )

    assert made.ends_on == LAST


def test_end_appointment_sets_the_last_day_and_records_both():
    appointment = factories.appointment()

    end_appointment(appointment=appointment, ends_on=LAST, by=factories.user(is_superuser=True))

    assert Appointment.objects.get(pk=appointment.pk).ends_on == LAST
    event = AuditEvent.objects.about(appointment).get()
    assert event.verb == "appointment.ended"
    assert (event.before["ends_on"], event.after["ends_on"]) == ("", "2021-06-30")


def test_end_appointment_refuses_one_that_has_ended():
    appointment = factories.appointment(ends_on=FIRST)

    with pytest.raises(ValidationError):
        end_appointment(appointment=appointment, ends_on=LAST, by=None)

    assert Appointment.objects.get(pk=appointment.pk).ends_on == FIRST


def test_end_appointment_refuses_a_day_before_the_first():
    appointment = factories.appointment()

    with pytest.raises(ValidationError):
        end_appointment(appointment=appointment, ends_on=datetime.date(2019, 1, 1), by=None)

    assert Appointment.objects.get(pk=appointment.pk).ends_on is None
