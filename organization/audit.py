"""The one door by which an act enters the trace."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from organization.models import AuditEvent, User


def record(
    verb: str,
    *,
    target: models.Model,
    by: User | None,
    at: datetime.datetime | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    note: str = "",
) -> AuditEvent:
    """Write one act: its verb (`plan.adopted`), what it was done to, by whom, when.

    `by` is None only for what the system does by itself (a load, a timer). Call it inside the
    transaction of the act, so that act and trace stand or fall together.
    """
    event = AuditEvent(
        at=at or timezone.now(),
        actor_id=str(by.pk) if by else "",
        actor_label=str(by) if by else "camera_perf",
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target_label=str(target)[:300],
        before=before or {},
        after=after or {},
        note=note,
    )
    event.save(force_insert=True)
    return event
