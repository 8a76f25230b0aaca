"""The measure of the statistics of agile work: a year of a large body, on PostgreSQL.

It runs alone, behind a database of its own: `scripts/postgres.sh` gives it one.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict
from typing import Any

from django.core.management import call_command
from django.db import connection

from organization.enums import Gender, StaffCategory, UnitKind
from organization.models import Person, Unit
from pola.enums import AgreementState, Grade
from pola.models import Activity, ActivityAssignment, Agreement
from pola.reports.statistics import computed_months
from scripts.measuring import Measure, alternating, counted

PEOPLE = 5_000
DAYS_EACH = 100  # 500,000 days in all
YEAR = 2021
ROUNDS = 7
JANUARY, DECEMBER = datetime.date(YEAR, 1, 1), datetime.date(YEAR, 12, 1)
AFTERWARDS = datetime.date(YEAR + 1, 2, 1)

# Every person on every second working day or so: the days of all are spread over the year.
FILL = """
INSERT INTO pola_agileday (agreement_id, person_id, day, week, state, asked_at, asked_by_label,
                           decided_at, decided_by_label, reason, is_demo)
SELECT agreement.id, agreement.person_id, lived.day, date_trunc('week', lived.day)::date,
       'approved', now(), 'Misura', now(), 'Misura', '', false
FROM generate_series(0, %s) AS number
CROSS JOIN pola_agreement AS agreement
CROSS JOIN LATERAL (
    SELECT %s::date + (number * 3 + agreement.id %% 3)::int + (number * 3 / 5)::int AS day
) AS lived
"""
BARE = """
SELECT date_trunc('month', day), count(*), count(DISTINCT person_id) FROM pola_agileday
WHERE state = 'approved' AND day BETWEEN %s AND %s GROUP BY 1
"""


def fill() -> None:
    """A body of many people, each with an agreement and a hundred days."""
    chamber = Unit.objects.create(name="Ente", short_name="Ente", slug="ente", kind=UnitKind.BODY)
    hired = datetime.date(2010, 1, 1)
    shared: dict[str, Any] = {"category": StaffCategory.C, "gender": Gender.FEMALE}
    people = Person.objects.bulk_create(
        Person(last_name=f"P{n}", employee_number=f"{n}", hired_on=hired, unit=chamber, **shared)
        for n in range(PEOPLE + 1)
    )
    head, workers = people[0], people[1:]
    done = Activity.objects.create(unit=chamber, title="Misura", grade=Grade.FULL)
    ActivityAssignment.objects.bulk_create(
        ActivityAssignment(activity=done, person=one, starts_on=hired) for one in workers
    )
    term = {"starts_on": JANUARY, "ends_on": datetime.date(YEAR, 12, 31)}
    Agreement.objects.bulk_create(
        Agreement(
            person=one,
            unit=chamber,
            counterpart=head,
            state=AgreementState.RUNNING,
            days_per_week=3,
            **term,
        )
        for one in workers
    )
    with connection.cursor() as cursor:
        cursor.execute(FILL, [DAYS_EACH - 1, JANUARY])
        cursor.execute("ANALYZE")


def statistics() -> object:
    """What the page and the report ask: the twelve months of the year."""
    return computed_months(JANUARY, DECEMBER, today=AFTERWARDS)


def bare() -> object:
    """One aggregate in SQL over the same days."""
    with connection.cursor() as cursor:
        cursor.execute(BARE, [JANUARY, datetime.date(YEAR, 12, 31)])
        return cursor.fetchall()


def main() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    fill()
    with counted() as statements:
        statistics()
    ours, theirs = alternating(statistics, bare, rounds=ROUNDS)
    for measure in (
        Measure("statistics of a year, 500,000 days, SQL", len(statements), 20),
        Measure("statistics / one bare aggregate", ours / theirs, 3),
    ):
        print(json.dumps(asdict(measure)), flush=True)
