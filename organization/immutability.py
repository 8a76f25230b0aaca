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


SQLITE_GUARD = (
    "CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table} WHEN {refused} "
    "BEGIN SELECT RAISE(ABORT, '{table}: this row is never changed or deleted'); END"
)
POSTGRES_GUARD = (
    "CREATE FUNCTION {table}_no_{verb}() RETURNS trigger AS $$ BEGIN IF {refused} THEN "
    "RAISE EXCEPTION '{table}: this row is never changed or deleted' "
    "USING ERRCODE = 'restrict_violation'; END IF; RETURN {row}; END $$ LANGUAGE plpgsql"
)
POSTGRES_GUARD_TRIGGER = (
    "CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION {table}_no_{verb}()"
)


def guard(table: str, verb: str, refused: str) -> Callable[[Any, Any], None]:
    """The forward step of a migration: refuse a verb to the rows of a table of which a condition
    on OLD or NEW is true; the others change as they did.

    On SQLite a table that the condition names is not altered while the guard stands: a migration
    that alters it takes the guard off before and puts it on again.
    """

    def forwards(_apps: Any, schema_editor: Any) -> None:
        for statement in guard_statements(schema_editor.connection.vendor, table, verb, refused):
            schema_editor.execute(statement)

    return forwards


def guard_statements(vendor: str, table: str, verb: str, refused: str) -> list[str]:
    """What a database is told to refuse a verb to some rows of a table."""
    row = "OLD" if verb == "delete" else "NEW"
    told = {"table": table, "verb": verb, "VERB": verb.upper(), "refused": refused, "row": row}
    if vendor == "postgresql":
        return [POSTGRES_GUARD.format(**told), POSTGRES_GUARD_TRIGGER.format(**told)]
    return [SQLITE_GUARD.format(**told)]


def unguard(table: str, verb: str) -> Callable[[Any, Any], None]:
    """The backward step of a migration: take the guard off."""

    def backwards(_apps: Any, schema_editor: Any) -> None:
        is_postgres = schema_editor.connection.vendor == "postgresql"
        on_table = f" ON {table}" if is_postgres else ""
        schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}{on_table}")
        if is_postgres:
            schema_editor.execute(f"DROP FUNCTION {table}_no_{verb}()")

    return backwards
