"""The measures of the days of agile work: two pages, and bookings by many at once.

A booking is what a person does in the calendar: the days of a month asked together, in one
transaction, each with its story. Its throughput is told in days kept a second, against bare inserts
of the same rows, one a transaction, by as many clients on the same database.
"""

from __future__ import annotations

import datetime
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from statistics import median

from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from organization.enums import Gender, Role, StaffCategory
from organization.models import Appointment, Person, Unit, User
from pola.enums import AgreementState, DayState
from pola.models import AgileDay, Agreement, MonthPlan
from pola.months import month_end
from pola.operations.asking import ask_days
from pola.quotas import monday_of, pattern_days
from scripts.measuring import Measure, statement_count

TODAY = datetime.date(2021, 2, 1)
MONTHS = (datetime.date(2021, 2, 1), datetime.date(2021, 3, 1))
PEOPLE = 200
CLIENTS = 8
BOOKINGS = 160  # twenty for each client
ROUNDS = 5
BACKEND = "django.contrib.auth.backends.ModelBackend"


def days() -> Iterator[Measure]:
    """Statements of the pages, throughput of the bookings."""
    with override_settings(DEMO_DATE=TODAY):
        users = team()
        yield from pages(users)
        yield bookings(users)


def team() -> list[User]:
    """A service of two hundred people with agreements, and its head."""
    root = Unit.objects.filter(parent=None).get()
    unit = Unit.objects.create(
        name="Servizio di prova", short_name="Prova", slug="prova", kind="service", parent=root
    )
    people = Person.objects.bulk_create(
        Person(
            first_name="Persona",
            last_name=f"Prova {number}",
            employee_number=f"B{number}",
            category=StaffCategory.C,
            gender=Gender.FEMALE,
            hired_on=datetime.date(2010, 1, 1),
            unit=unit,
        )
        for number in range(PEOPLE)
    )
    users = User.objects.bulk_create(
        User(username=one.employee_number, person=one) for one in people
    )
    Agreement.objects.bulk_create(
        Agreement(
            person=one,
            unit=unit,
            counterpart=people[0],
            state=AgreementState.RUNNING,
            starts_on=datetime.date(2021, 1, 1),
            ends_on=datetime.date(2021, 6, 30),
            days_per_week=3,
        )
        for one in people[1:]
    )
    Appointment.objects.create(
        person=people[0], unit=unit, role=Role.UNIT_HEAD, starts_on=datetime.date(2020, 1, 1)
    )
    return list(users)


def month_days(month: datetime.date) -> list[datetime.date]:
    """Tuesday, Wednesday, Thursday of every week from tomorrow on."""
    first = max(month, TODAY + datetime.timedelta(days=1))
    return pattern_days(first, month_end(month), {1, 2, 3})


def pages(users: Sequence[User]) -> Iterator[Measure]:
    """The month of an employee, the month of a unit of two hundred people, all with days."""
    AgileDay.objects.bulk_create(
        row(user, day, DayState.ASKED) for user in users[1:] for day in month_days(MONTHS[0])
    )
    MonthPlan.objects.bulk_create(
        MonthPlan(
            person=user.person,
            month=MONTHS[0],
            state="submitted",
            submitted_at=timezone.now(),
            submitted_by_label=str(user),
        )
        for user in users[1:]
    )
    for name, user, address, bound in (
        ("month of an employee, statements", users[1], "/lavoro-agile/giornate/", 10),
        ("month of 200 people, statements", users[0], "/lavoro-agile/giornate/servizio/", 12),
    ):
        client = Client()
        client.force_login(user, BACKEND)
        yield Measure(name, statement_count(client, address), bound)


def row(user: User, day: datetime.date, state: DayState) -> AgileDay:
    """A day as it is written."""
    return AgileDay(
        agreement=Agreement.objects.filter(person=user.person).first(),
        person=user.person,
        day=day,
        week=monday_of(day),
        state=state,
        asked_at=timezone.now(),
        asked_by_label=str(user),
    )


def bookings(users: Sequence[User]) -> Measure:
    """How many bare inserts are made in the time of one day booked, by as many clients."""
    asked = month_days(MONTHS[1])
    booked, bare = [], []
    for turn in range(ROUNDS):
        chosen = users[1 + turn * BOOKINGS // ROUNDS :][: BOOKINGS // ROUNDS]
        rows = [row(user, day, DayState.REFUSED) for user in chosen for day in asked]
        count = len(rows)
        bare.append(count / together(lambda one: one.save(force_insert=True), rows))
        accounts = [User.objects.get(pk=user.pk) for user in chosen]
        booked.append(count / together(lambda user: book(user, asked), accounts))
    kept = AgileDay.objects.filter(state=DayState.ASKED, day__gte=MONTHS[1]).count()
    if kept != BOOKINGS * len(asked):
        sys.exit(f"{BOOKINGS * len(asked)} days were not booked: {kept} were.")
    return Measure("bare inserts / days booked, 8 clients", median(bare) / median(booked), 3)


def book(user: User, asked: Sequence[datetime.date]) -> None:
    """A person asks for the days of a month."""
    ask_days(person=user.person, days=asked, by=user)


def together(work: Callable[..., object], things: Sequence[object]) -> float:
    """How long the clients take to do the work on all the things."""

    def share(number: int) -> None:
        try:
            for thing in things[number::CLIENTS]:
                work(thing)
        finally:
            connection.close()

    started = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(share, range(CLIENTS)))
    return time.perf_counter() - started
