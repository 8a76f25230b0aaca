"""Which sections, pictures and tables of the document, and who is writing."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, Value, When

from organization.querysets import related_model
from strategy.querysets import readable

# A page that is open says so every ten seconds.
HEARD_WITHIN = datetime.timedelta(seconds=30)


class SectionQuerySet(models.QuerySet):
    """Sections of the document."""

    def visible_to(self, user: Any) -> SectionQuerySet:
        """Sections of the plans the person may read."""
        return self.filter(readable(user, "plan__"))

    def in_order(self) -> SectionQuerySet:
        """Sections as they are printed."""
        return self.order_by("position")

    def with_contents(self) -> SectionQuerySet:
        """The same sections without their texts, each knowing whether it has a text or a block
        (`has_content`)."""
        blocks = related_model(self, "blocks").objects.filter(section=OuterRef("pk"))
        return self.defer("body").annotate(
            has_content=Case(
                When(~Q(body=""), then=Value(True)),
                default=Exists(blocks),
                output_field=models.BooleanField(),
            )
        )

    def with_blocks(self) -> SectionQuerySet:
        """The same sections with their blocks and the tables of figures these quote."""
        return self.prefetch_related(
            Prefetch("blocks"), "blocks__table__columns", "blocks__table__rows"
        )


class SectionPresenceQuerySet(models.QuerySet):
    """People who have a section open for writing."""

    def here(self, at: datetime.datetime) -> SectionPresenceQuerySet:
        """Those whose page was heard of in the last half minute, the first to come first."""
        return self.filter(seen_at__gt=at - HEARD_WITHIN).select_related("user__person")

    def gone(self, at: datetime.datetime) -> SectionPresenceQuerySet:
        """The others."""
        return self.filter(seen_at__lte=at - HEARD_WITHIN)


class SectionImageQuerySet(models.QuerySet):
    """Pictures of the document."""

    def visible_to(self, user: Any) -> SectionImageQuerySet:
        """Pictures of the plans the person may read."""
        return self.filter(readable(user, "plan__"))


class ReferenceTableQuerySet(models.QuerySet):
    """Tables of figures quoted as printed."""

    def with_cells(self) -> ReferenceTableQuerySet:
        """The same tables with columns and rows loaded."""
        return self.prefetch_related("columns", "rows")
