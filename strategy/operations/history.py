"""Who, when and why: what the history of an object reads from the object itself."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models

from organization.models import User


def sign(
    changed: models.Model, *, by: User | None, at: datetime.datetime, reason: str = ""
) -> None:
    """Tell the history who changes or removes the object, when, and why; call it before saving."""
    vars(changed).update(_history_user=by, _history_date=at, _change_reason=reason)


def save_without_history(changed: Any) -> None:
    """Save an object of which the history already has the version that this is part of."""
    changed.save_without_historical_record()
