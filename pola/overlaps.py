"""Rows of one owner whose days have none in common: held by the database, told in words.

PostgreSQL holds it with an exclusion constraint, SQLite with two triggers that are put again
whenever Django makes the table anew.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.ddl_references import Statement, Table
from django.db.models import BaseConstraint

# A range of one number, so that no extension is needed to compare owners.
EXCLUSION = (
    "CONSTRAINT %(name)s EXCLUDE USING gist ("
    "int8range(%(owner)s, %(owner)s, '[]') WITH &&, "
    "daterange(%(starts)s, %(ends)s, '[]') WITH &&"
    ") WHERE (%(state_column)s = '%(state)s')"
)
TRIGGER = (
    "CREATE TRIGGER %(name)s_%(verb)s AFTER %(verb)s ON %(table)s "
    "WHEN NEW.%(state_column)s = '%(state)s' BEGIN "
    "SELECT RAISE(ABORT, '%(name)s') WHERE EXISTS (SELECT 1 FROM %(table)s AS other "
    "WHERE other.id <> NEW.id AND other.%(owner)s = NEW.%(owner)s "
    "AND other.%(state_column)s = '%(state)s' "
    "AND other.%(starts)s <= NEW.%(ends)s AND other.%(ends)s >= NEW.%(starts)s); END"
)


class NoOverlap(BaseConstraint):
    """Of the rows of an owner in a state, from a first to a last day, no two share a day."""

    def __init__(self, *, owner: str, starts: str, ends: str, state: str, **given: Any) -> None:
        """Fields of the model: owner, first and last day; the state that counts."""
        super().__init__(**given)
        self.owner, self.starts, self.ends, self.state = owner, starts, ends, str(state)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoOverlap) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash(self.name)

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """As a migration writes it."""
        path, args, kwargs = super().deconstruct()
        names = ("owner", "starts", "ends", "state")
        return path, args, kwargs | {name: getattr(self, name) for name in names}

    def constraint_sql(self, model: Any, schema_editor: Any) -> str | None:  # type: ignore[override]  # nothing for SQLite: its triggers come after the table
        """What stands in the definition of the table."""
        if schema_editor.connection.vendor == "postgresql":
            return EXCLUSION % self._words(model, schema_editor)
        schema_editor.deferred_sql.extend(self._triggers(model, schema_editor))
        return None

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        """What adds it to a table that is there; SQLite makes the table anew."""
        table = Table(model._meta.db_table, schema_editor.quote_name)
        definition = self.constraint_sql(model, schema_editor)
        template = "ALTER TABLE %(table)s ADD %(definition)s"
        return Statement(template, table=table, definition=definition) if definition else None

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        """What takes it off; SQLite makes the table anew."""
        table = Table(model._meta.db_table, schema_editor.quote_name)
        name = schema_editor.quote_name(self.name)
        return Statement("ALTER TABLE %(table)s DROP CONSTRAINT %(name)s", table=table, name=name)

    def validate(
        self, model: Any, instance: Any, exclude: Any = None, using: str = DEFAULT_DB_ALIAS
    ) -> None:
        """Say in words what the database would refuse."""
        if {self.owner, self.starts, self.ends, "state"} & set(exclude or ()):
            return
        if instance.state == self.state and self._others(model, instance, using).exists():
            raise ValidationError(self.get_violation_error_message(), code="overlap")

    def _others(self, model: Any, instance: Any, using: str) -> models.QuerySet:
        shared = {
            self.owner: getattr(instance, model._meta.get_field(self.owner).attname),
            f"{self.starts}__lte": getattr(instance, self.ends),
            f"{self.ends}__gte": getattr(instance, self.starts),
        }
        rows: models.QuerySet = model._default_manager.using(using)
        return rows.filter(state=self.state, **shared).exclude(pk=instance.pk)

    def _words(self, model: Any, schema_editor: Any) -> dict[str, Any]:
        quote, field = schema_editor.quote_name, model._meta.get_field
        return {
            "name": self.name,
            "owner": quote(field(self.owner).column),
            "starts": quote(field(self.starts).column),
            "ends": quote(field(self.ends).column),
            "state_column": quote("state"),
            "state": self.state,
        }

    def _triggers(self, model: Any, schema_editor: Any) -> list[Statement]:
        words = self._words(model, schema_editor)
        table = model._meta.db_table
        return [
            Statement(TRIGGER, table=Table(table, schema_editor.quote_name), verb=verb, **words)
            for verb in ("INSERT", "UPDATE")
        ]
