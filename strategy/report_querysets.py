"""Which Relazioni, and which of their sections."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from organization.enums import Role
from strategy.querysets import readable
from strategy.report_enums import ReportState


class ReportQuerySet(models.QuerySet):
    """Relazioni sulla performance, newest year first."""

    def visible_to(self, user: Any) -> ReportQuerySet:
        """Those of the plans the person may read: while they are written or not validated, for
        whoever prepares and checks them."""
        found = readable(user, "plan__")
        if user.is_authenticated and user.roles & Role.drafts_readers:
            return self.filter(found)
        return self.filter(found & ~Q(state__in=ReportState.unsettled))


class ReportEditionQuerySet(models.QuerySet):
    """Approved Relazioni, the newest approval first."""

    def without_data(self) -> ReportEditionQuerySet:
        """The same without loading the snapshot."""
        return self.defer("snapshot")

    def public(self) -> ReportEditionQuerySet:
        """The approved files that stand on the public page, newest year first: of each published
        Relazione the one that the OIV validated."""
        return (
            self.filter(
                report__state=ReportState.PUBLISHED, validation__outcome__in=ReportState.accepted
            )
            .select_related("report__plan", "validation")
            .order_by("-report__year", "-number")
        )


class ReportSectionQuerySet(models.QuerySet):
    """Sections of Relazioni."""

    def in_order(self) -> ReportSectionQuerySet:
        """Sections as they are printed."""
        return self.order_by("position")

    def unwritten(self) -> ReportSectionQuerySet:
        """Sections that need a text and have none, as they are printed."""
        return self.filter(is_required=True, body="").order_by("position")
