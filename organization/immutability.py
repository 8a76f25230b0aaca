"""Tables that the database itself refuses to change: one door for the triggers of every app.

Used by migrations only. A protected table takes new rows; a change or a deletion is refused with
a message, whoever asks, also outside Django.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

SQLITE_TRIGGER = (
    "CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table} "
    "BEGIN SELECT RAISE(ABORT, '{table}: rows are never changed or deleted'); END"
)
POSTGRES_FUNCTION = (
    "CREATE OR REPLACE FUNCTION {table}_is_immutable() RETURNS trigger AS $$ "
    "BEGIN RAISE EXCEPTION '{table}: rows are never changed or deleted' "
    "USING ERRCODE = 'restrict_violation'; END $$ LANGUAGE plpgsql"
)
POSTGRES_TRIGGER = (
    "CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION {table}_is_immutable()"
)
VERBS = ("update", "delete")


def protect(table: str) -> Callable[[Any, Any], None]:
    """The forward step of a migration: put the triggers on a table."""

    def forwards(apps: Any, schema_editor: Any) -> None:
        is_postgres = schema_editor.connection.vendor == "postgresql"
        if is_postgres:
            schema_editor.execute(POSTGRES_FUNCTION.format(table=table))
        trigger = POSTGRES_TRIGGER if is_postgres else SQLITE_TRIGGER
        for verb in VERBS:
            schema_editor.execute(trigger.format(table=table, verb=verb, VERB=verb.upper()))

    return forwards


def release(table: str) -> Callable[[Any, Any], None]:
    """The backward step of a migration: take the triggers off."""

    def backwards(apps: Any, schema_editor: Any) -> None:
        is_postgres = schema_editor.connection.vendor == "postgresql"
        on_table = f" ON {table}" if is_postgres else ""
        for verb in VERBS:
            schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}{on_table}")
        if is_postgres:
            schema_editor.execute(f"DROP FUNCTION {table}_is_immutable()")

    return backwards
