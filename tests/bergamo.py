"""The Bergamo plan in the test database: loaded once, there for every test.

Ordinary tests run in a transaction that is rolled back. Tests that commit (`transaction=True`,
the browser) end with an emptied database: it is filled again from a copy, at once.

The database refuses to delete editions and acts of the trace. Emptying the tables of PostgreSQL
(TRUNCATE) passes by that; on SQLite Django deletes, so there the triggers against deletion are
taken off the test database. `protected` puts one back for the tests that check it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import override_settings

from camera_perf.demo import BERGAMO, PASSWORD
from camera_perf.loading import adopt_loaded, load_plan, load_users
from organization.doubts import Doubt
from organization.models import User
from strategy.models import Edition, Plan
from tests import migrated

PDF = b"%PDF-1.7 stands in for the plan"
PROTECTED_TABLES = (
    "organization_auditevent",
    "strategy_edition",
    "strategy_yearclosing",
    "strategy_yearreopening",
    "strategy_reportedition",
    "strategy_reportvalidation",
    "strategy_reportexamination",
    "strategy_criterionfinding",
    "strategy_oversightnote",
)
TAKEN_OFF: dict[str, str] = {}  # the triggers against deletion, as the migrations made them
COPY = "bergamo_copy"
OTHER_SESSIONS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@dataclass
class Keeper:
    """What was loaded, and a copy of the database to fill it again from."""

    copy: Path
    doubts: list[Doubt] = field(default_factory=list)

    def keep(self) -> None:
        """Copy the database as it is."""
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with closing(sqlite3.connect(self.copy)) as copy:
                connection.connection.backup(copy)
        else:
            with connection.cursor() as cursor:
                cursor.execute(f"CREATE SCHEMA {COPY}")
                for table in _tables():
                    cursor.execute(f'CREATE TABLE {COPY}."{table}" AS TABLE public."{table}"')

    def restore(self) -> None:
        """Fill the database from the copy."""
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with closing(sqlite3.connect(self.copy)) as copy:
                copy.backup(connection.connection)
        else:
            _restore_postgres()
        ContentType.objects.clear_cache()


def _statement_of(cursor: Any, trigger: str) -> str:
    cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [trigger])
    return str(cursor.fetchone()[0])


def _tables() -> list[str]:
    return sorted(
        table for table in connection.introspection.table_names() if table != "django_migrations"
    )


def _restore_postgres() -> None:
    tables = _tables()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE " + ", ".join(f'"{table}"' for table in tables) + " CASCADE")
        cursor.execute("SET session_replication_role = replica")
        for table in tables:
            cursor.execute(f'INSERT INTO public."{table}" SELECT * FROM {COPY}."{table}"')  # noqa: S608 - names of our tables
        cursor.execute("SET session_replication_role = DEFAULT")
        for sequence in connection.introspection.sequence_list():
            table, column = sequence["table"], sequence["column"]
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'),"  # noqa: S608 - as above
                f' coalesce(max("{column}"), 0) + 1, false) FROM "{table}"'
            )


KEEPER = pytest.StashKey[tuple[Keeper, object]]()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker, request, tmp_path_factory
) -> Iterator[None]:
    """The test database with the plan, its demo people and its first edition in it."""
    folder = tmp_path_factory.mktemp("bergamo")
    keeper = Keeper(folder / "copy.sqlite3")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder):
        migrated.keep(request.config)
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                for table in PROTECTED_TABLES:
                    TAKEN_OFF[table] = _statement_of(cursor, f"{table}_no_delete")
                    cursor.execute(f"DROP TRIGGER {table}_no_delete")
        keeper.doubts = load_plan(BERGAMO).doubts
        load_users(BERGAMO, password=PASSWORD)
        adopt_loaded(BERGAMO, pdf_builder=lambda plan, act: PDF)
        keeper.keep()
    request.config.stash[KEEPER] = keeper, django_db_blocker
    yield
    # The test database goes now: from here on the connection would lead to another one.
    del request.config.stash[KEEPER]
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(OTHER_SESSIONS)  # one that lingers would keep the database from going


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """After a test that commits, which leaves the database empty, fill it again."""
    try:
        return (yield)
    finally:
        if commits(item) and KEEPER in item.config.stash:
            keeper, blocker = item.config.stash[KEEPER]
            with blocker.unblock():
                keeper.restore()


def commits(item: pytest.Item) -> bool:
    """The test works outside a transaction of its own."""
    names = set(getattr(item, "fixturenames", ()))
    if names & {"transactional_db", "live_server", "django_db_reset_sequences"}:
        return True
    marker = item.get_closest_marker("django_db")
    return bool(marker and (marker.kwargs.get("transaction") or marker.args[:1] == (True,)))


@dataclass
class Bergamo:
    """The plan as loaded, its people and what the load asked."""

    doubts: list[Doubt]

    @property
    def plan(self) -> Plan:
        return Plan.objects.get(first_year=2021)

    @property
    def edition(self) -> Edition:
        return Edition.objects.get(plan__first_year=2021, revision=0)

    def user(self, username: str) -> User:
        """One of the demo people, by user name."""
        return User.objects.get(username=username)


@pytest.fixture
def bergamo(db: None, media: Path, request) -> Bergamo:
    """The plan of Bergamo, the file of its first edition in the media folder of the test."""
    file = media / Edition.objects.only("pdf").get().pdf.name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(PDF)
    keeper, _blocker = request.config.stash[KEEPER]
    return Bergamo(keeper.doubts)


def empty(table: str) -> None:
    """Take every row out of a table, also out of one whose rows nobody may delete, until the
    test is rolled back. PostgreSQL lets TRUNCATE pass by the triggers."""
    verb = "TRUNCATE" if connection.vendor == "postgresql" else "DELETE FROM"
    with connection.cursor() as cursor:
        cursor.execute(f'{verb} "{table}"')


@contextmanager
def protected(table: str) -> Iterator[None]:
    """The trigger against deletion, back on its table until the test is rolled back."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(TAKEN_OFF[table])
    yield
