"""What every load shares: files read whole, objects checked, stored and signed in the history."""

from __future__ import annotations

import csv
import datetime
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

Record = dict[str, str]
ModelT = TypeVar("ModelT", bound=models.Model)


class LoadError(Exception):
    """A file cannot be loaded; the message says which one and where."""


@dataclass(frozen=True)
class Stamp:
    """What the history of a loaded row says: why it is there and since when."""

    reason: str
    at: datetime.datetime


def read_records(path: Path) -> list[Record]:
    """The lines of a CSV file by their headings."""
    headings, *rows = read_grid(path)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def read_grid(path: Path) -> list[list[str]]:
    """The cells of a CSV file, headings first."""
    with _opened(path) as file:
        grid = list(csv.reader(file))
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
    return tomllib.loads(read_text(path))


def read_text(path: Path) -> str:
    """The content of a text file."""
    with _opened(path) as file:
        return str(file.read())


def _opened(path: Path) -> Any:
    try:
        return path.open(encoding="utf-8", newline="")
    except FileNotFoundError:
        raise LoadError(_("%(file)s is missing.") % {"file": path}) from None


def is_true(cell: str) -> bool:
    """A yes or no of the files."""
    return cell == "true"


def day_of(cell: str) -> datetime.date | None:
    """A day of the files, none when the cell is empty."""
    return datetime.date.fromisoformat(cell) if cell else None


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
