"""Who may, role by role, on the day."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from organization.enums import Role
from organization.models import User
from tests import factories

pytestmark = pytest.mark.django_db


def someone(role, **given):
    """An account whose person holds the role."""
    user = factories.user()
    factories.appointment(person=user.person, role=role, **given)
    return User.objects.get(pk=user.pk)


def allowed(permission):
    return {role.value for role in Role if someone(role).has_perm(permission)}


def test_read_trace_is_of_planning_secretary_oiv_and_administrators():
    found = allowed("organization.read_trace")

    assert found == {"planner", "secretary_general", "oiv", "administrator"}


def test_read_everybody_is_of_those_and_of_the_personnel_office():
    found = allowed("organization.read_everybody")

    assert found == {"planner", "secretary_general", "hr", "oiv", "administrator"}


@pytest.mark.parametrize("verb", ["appoint", "end_appointment"])
def test_appointments_are_of_personnel_office_and_administrators(verb):
    assert allowed(f"organization.{verb}") == {"hr", "administrator"}


@pytest.mark.parametrize("permission", ["read_trace", "read_everybody", "appoint"])
def test_nobody_signed_in_may_nothing(permission):
    assert not AnonymousUser().has_perm(f"organization.{permission}")


def test_role_counts_from_its_first_day_to_its_last():
    today = timezone.localdate()
    day = datetime.timedelta(days=1)

    ended = someone(Role.OIV, starts_on=today - 9 * day, ends_on=today - day)
    last_day = someone(Role.OIV, starts_on=today - 9 * day, ends_on=today)
    not_yet = someone(Role.OIV, starts_on=today + day)

    may = [u.has_perm("organization.read_trace") for u in (ended, last_day, not_yet)]
    assert may == [False, True, False]


def test_superuser_is_administrator_without_appointment():
    user = factories.user(is_superuser=True)

    assert user.roles == {"administrator"}
