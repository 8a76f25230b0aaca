"""What every load shares: files read whole, objects checked, stored and signed in the history."""

from __future__ import annotations

import csv
import datetime
import io
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

ModelT = TypeVar("ModelT", bound=models.Model)


class LoadError(Exception):
    """A file cannot be loaded; the message says which one and where."""


class Record(dict[str, str]):
    """A line of a CSV file by its headings; what cannot be read in it is said with its place."""

    def __init__(self, cells: dict[str, str], *, place: str) -> None:
        super().__init__(cells)
        self.place = place

    def __missing__(self, heading: str) -> str:
        raise LoadError(
            _("%(place)s: the column “%(heading)s” is missing.")
            % {"place": self.place, "heading": heading}
        )

    def number(self, heading: str) -> int:
        """A whole number."""
        if not (self[heading].isascii() and self[heading].isdigit()):
            raise self._unreadable(heading, _("a whole number"))
        return int(self[heading])

    def day(self, heading: str) -> datetime.date:
        """A day, written 2021-01-31."""
        try:
            return datetime.date.fromisoformat(self[heading])
        except ValueError:
            raise self._unreadable(heading, _("a day such as 2021-01-31")) from None

    def day_if_any(self, heading: str) -> datetime.date | None:
        """A day, none when the cell is empty."""
        return self.day(heading) if self[heading] else None

    def is_true(self, heading: str) -> bool:
        """A yes or no; an empty cell is a no."""
        if self[heading] not in ("true", "false", ""):
            raise self._unreadable(heading, _("true or false"))
        return self[heading] == "true"

    def _unreadable(self, heading: str, expected: str) -> LoadError:
        words = _("%(place)s, %(heading)s: “%(cell)s” is not %(expected)s.")
        return LoadError(
            words
            % {
                "place": self.place,
                "heading": heading,
                "cell": self[heading],
                "expected": expected,
            }
        )


@dataclass(frozen=True)
class Stamp:
    """What the history of a loaded row says: why it is there and since when."""

    reason: str
    at: datetime.datetime


def read_records(path: Path) -> list[Record]:
    """The lines of a CSV file by their headings."""
    headings, *rows = read_grid(path)
    return [
        Record(dict(zip(headings, row, strict=True)), place=f"{path.name}:{number}")
        for number, row in enumerate(rows, start=2)
    ]


def read_grid(path: Path) -> list[list[str]]:
    """The cells of a CSV file, headings first."""
    grid = list(csv.reader(io.StringIO(read_text(path), newline="")))
    if not grid:
        raise LoadError(_("%(file)s is empty.") % {"file": path})
    for number, row in enumerate(grid, start=1):
        if len(row) != len(grid[0]):
            raise LoadError(
                _("%(file)s, record %(number)s: %(found)s cells instead of %(expected)s.")
                % {"file": path, "number": number, "found": len(row), "expected": len(grid[0])}
            )
    return grid


def read_settings(path: Path) -> dict[str, Any]:
    """The content of a TOML file."""
    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise LoadError(f"{path}: {error}") from error


def read_text(path: Path) -> str:
    """The content of a text file."""
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        raise LoadError(_("%(file)s is missing.") % {"file": path}) from None
    except OSError as error:
        raise LoadError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise LoadError(_("%(file)s is not written in UTF-8.") % {"file": path}) from error


def once(records: list[Record], heading: str) -> list[Record]:
    """The lines of a file that names each thing once; a name met again is an error."""
    seen: set[str] = set()
    for record in records:
        if record[heading] in seen:
            raise LoadError(
                _("%(place)s, %(heading)s: “%(cell)s” stands there twice.")
                % {"place": record.place, "heading": heading, "cell": record[heading]}
            )
        seen.add(record[heading])
    return records


def found(known: dict[Any, ModelT], key: Any, *, place: object) -> ModelT:
    """What a file refers to by name, or an error that says which file names something unknown."""
    try:
        return known[key]
    except KeyError:
        raise LoadError(
            _("%(place)s: “%(name)s” is not known.") % {"place": place, "name": key}
        ) from None


def store(model: type[ModelT], objects: Iterable[ModelT], *, stamp: Stamp) -> list[ModelT]:
    """Check each object with the rules of its model, then store all of them with their history.

    What costs a query for each object (references, uniqueness, constraints) is left to the
    database, which refuses the whole load.
    """
    checked = list(objects)
    references = {field.name for field in model._meta.fields if field.is_relation}
    for loaded in checked:
        try:
            loaded.full_clean(exclude=references, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            raise LoadError(f"{model._meta.verbose_name}, {loaded}: {error.messages}") from error
    if not hasattr(model, "history"):
        return model._default_manager.bulk_create(checked)
    return bulk_create_with_history(
        checked,
        model,
        default_change_reason=stamp.reason,
        default_date=stamp.at,
    )


def store_tree(
    model: type[ModelT], objects: Sequence[ModelT], *, parent: str, stamp: Stamp
) -> None:
    """Store objects of which some are part of others: first those at the root, then downwards."""
    waiting = list(objects)
    while waiting:
        ready = [one for one in waiting if getattr(one, parent) not in waiting]
        if not ready:
            raise LoadError(_("%(model)s: a part of itself.") % {"model": model._meta.verbose_name})
        store(model, ready, stamp=stamp)
        waiting = [one for one in waiting if one not in ready]
