"""A service with a head, a dirigente above, people with agreements: February 2021."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from organization.enums import Role
from organization.models import Person, Unit, User
from pola.models import AgileDay, Agreement, MonthPlan
from pola.operations.asking import ask_days, submit_month
from pola.operations.deciding import decide_month
from tests import factories

TODAY = datetime.date(2021, 2, 1)
FEBRUARY = datetime.date(2021, 2, 1)
MARCH = datetime.date(2021, 3, 1)


def feb(day: int) -> datetime.date:
    return datetime.date(2021, 2, day)


@dataclass
class Office:
    """The head leads the service; the employee has an agreement of three days a week."""

    unit: Unit
    head: User
    dirigente: User
    employee: User
    agreement: Agreement

    @property
    def person(self) -> Person:
        assert self.employee.person
        return self.employee.person

    def ask(self, *days: datetime.date, **options) -> list[AgileDay]:
        return list(ask_days(person=self.person, days=days, by=self.employee, **options).days)

    def submitted(self, *days: datetime.date) -> MonthPlan:
        self.ask(*days)
        return submit_month(person=self.person, month=days[0].replace(day=1), by=self.employee)

    def approved(self, *days: datetime.date) -> list[AgileDay]:
        plan = self.submitted(*days)
        asked = [one.pk for one in AgileDay.objects.filter(person=self.person, state="asked")]
        decide_month(plan, approve=asked, seen=asked, by=self.head)
        return list(AgileDay.objects.filter(pk__in=asked).order_by("day"))


def make_office() -> Office:
    area = factories.unit(kind="area", name="Area")
    unit = factories.unit(parent=area, name="Servizio Registro")
    head = factories.user(person=factories.person(unit=unit, last_name="Capo"))
    dirigente = factories.user(person=factories.person(unit=area, last_name="Dirigente"))
    factories.appointment(person=head.person, unit=unit, role=Role.UNIT_HEAD)
    factories.appointment(person=dirigente.person, unit=area, role=Role.DIRIGENTE)
    employee = factories.user(person=factories.person(unit=unit, last_name="Agile"))
    agreement = factories.agreement(person=employee.person, counterpart=dirigente.person)
    return Office(unit, head, dirigente, employee, agreement)


def fresh(user: User) -> User:
    """The account as read anew: what it may do is not remembered."""
    return User.objects.get(pk=user.pk)
