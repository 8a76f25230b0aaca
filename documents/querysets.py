"""Which builds: by what they are made of and by how far they are."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from documents.enums import BuildState


class BuildQuerySet(models.QuerySet):  # type: ignore[type-arg]  # never names its model
    def of(self, kind: str, fingerprint: str) -> BuildQuerySet:
        """Builds of the same kind of document with the same content."""
        return self.filter(kind=kind, fingerprint=fingerprint)

    def done(self) -> BuildQuerySet:
        """Builds whose file can be served."""
        return self.filter(state=BuildState.DONE)

    def open(self) -> BuildQuerySet:
        """Builds that wait for a worker or are in its hands."""
        return self.filter(state__in=BuildState.OPEN)

    def stale(self, *, running_since: datetime, queued_since: datetime) -> BuildQuerySet:
        """Open builds that nobody works on any more: last heard of before the given moments."""
        return self.filter(
            Q(state=BuildState.RUNNING, reported_at__lt=running_since)
            | Q(state=BuildState.QUEUED, requested_at__lt=queued_since)
        )
