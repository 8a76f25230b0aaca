"""The cast of the organization's tests."""

from dataclasses import dataclass

import pytest

from organization.enums import Role
from organization.models import Person, Unit, User
from tests import factories


@dataclass
class Cast:
    """A service with its head and an employee, somebody of another unit, OIV, administrator."""

    unit: Unit
    head: User
    employee: User
    stranger: User
    oiv: User
    administrator: User


def _account(role: Role, person: Person, unit: Unit, **given) -> User:
    factories.appointment(person=person, role=role, unit=unit)
    return factories.user(person=person, **given)


@pytest.fixture
def cast(db) -> Cast:
    unit, other = factories.unit(), factories.unit()
    chamber = factories.root_unit()
    outside = {"category": "", "employee_number": "", "unit": None, "hired_on": None}
    return Cast(
        unit=unit,
        head=_account(Role.UNIT_HEAD, factories.person(unit=unit), unit),
        employee=_account(Role.EMPLOYEE, factories.person(unit=unit), unit),
        stranger=_account(Role.UNIT_HEAD, factories.person(unit=other), other),
        oiv=_account(Role.OIV, factories.person(**outside), chamber),
        administrator=_account(
            Role.ADMINISTRATOR,
            factories.person(**outside),
            chamber,
            is_staff=True,
            is_superuser=True,
        ),
    )
