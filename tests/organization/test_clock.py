"""Which day it is: the real one, that of an act, or the one a demonstration stands on."""

import datetime

import pytest
from django.utils import timezone

from organization import clock
from organization.models import Appointment, User
from tests import factories

DAY = datetime.date(2021, 7, 5)


def test_today_is_the_day_in_the_time_zone_of_the_chamber():
    assert clock.today() == timezone.localdate()


def test_a_demonstration_stands_on_its_day(settings):
    settings.DEMO_DATE = DAY

    assert clock.today() == DAY
    assert clock.now().date() == DAY
    assert abs(clock.now().hour - timezone.localtime().hour) in (0, 1, 23)


def test_the_day_of_a_moment_is_its_own(settings):
    settings.DEMO_DATE = DAY
    late = datetime.datetime(2021, 3, 1, 23, 30, tzinfo=datetime.UTC)

    assert clock.today(late) == datetime.date(2021, 3, 2)


def test_appointments_hold_on_the_day_the_office_stands_on(db, settings):
    user = factories.user()
    factories.appointment(person=user.person, starts_on=DAY, ends_on=DAY)

    assert User.objects.get(pk=user.pk).held_posts == []
    settings.DEMO_DATE = DAY
    assert len(User.objects.get(pk=user.pk).held_posts) == 1


@pytest.mark.parametrize("day", ["2021-02-15", "2021-07-05"])
def test_every_appointment_of_the_demonstration_is_in_force(bergamo, day):
    running = Appointment.objects.running(on=datetime.date.fromisoformat(day))

    assert running.count() == Appointment.objects.count() == 17
