"""Who, when and why: what the history of an object reads from the object itself."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models
from simple_history.utils import get_history_manager_for_model

from organization.models import User


def sign(
    changed: models.Model, *, by: User | None, at: datetime.datetime, reason: str = ""
) -> None:
    """Tell the history who changes or removes the object, when, and why; call it before saving."""
    vars(changed).update(_history_user=by, _history_date=at, _change_reason=reason)


def save_without_history(changed: Any) -> None:
    """Save an object of which the history already has the version that this is part of."""
    changed.save_without_historical_record()


def bulk_delete_with_history(
    rows: Sequence[models.Model], *, by: User | None, at: datetime.datetime
) -> None:
    """Remove rows of one model, each with its last version in the history: two statements whatever
    their number, the third beside those that the package has for creating and updating.

    Only for a model on which nothing else hangs: what hangs on a row is not looked for.
    """
    if not rows:
        return
    model = type(rows[0])
    versions = get_history_manager_for_model(model).model
    versions.objects.bulk_create(
        versions(
            history_date=at,
            history_user=by,
            history_type="-",
            **{field.attname: getattr(row, field.attname) for field in versions.tracked_fields},
        )
        for row in rows
    )
    # An ordinary delete would write the history row by row, through its signal.
    removed = model._default_manager.filter(pk__in=[row.pk for row in rows])
    removed._raw_delete(DEFAULT_DB_ALIAS)
