"""Which Relazioni, and which of their sections."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from organization.enums import Role
from organization.querysets import related_model
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

    def with_reopening(self) -> ReportQuerySet:
        """Each with `is_reopened`: whether the year of its last approval was opened again since."""
        editions = related_model(self, "editions")._default_manager
        closed = editions.newest().filter(report=OuterRef("pk"))
        return self.annotate(is_reopened=Exists(closed.exclude(closing__reopening=None)))


class ReportEditionQuerySet(models.QuerySet):
    """Approved Relazioni, the newest approval first."""

    def visible_to(self, user: Any) -> ReportEditionQuerySet:
        """Approvals of the Relazioni the person may read. What another approval has replaced, or
        the OIV did not validate, stays with whoever prepares and checks them."""
        told = self.filter(_told(user, "report__"))
        if _reads_drafts(user):
            return told
        return told.newest().exclude(validation__outcome=ReportState.NOT_VALIDATED)

    def newest(self) -> ReportEditionQuerySet:
        """The last approval of each Relazione."""
        later = self.model._default_manager.filter(
            report=OuterRef("report"), number__gt=OuterRef("number")
        )
        return self.filter(~Exists(later))

    def without_data(self) -> ReportEditionQuerySet:
        """The same without loading the snapshot."""
        return self.defer("snapshot")

    def public(self) -> ReportEditionQuerySet:
        """The approved files that stand on the public page, newest year first: of each published
        Relazione the last one, which the OIV validated."""
        return (
            self.newest()
            .filter(
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


def _told(user: Any, path: str = "") -> Q:
    found = readable(user, f"{path}plan__")
    if _reads_drafts(user):
        return found
    return found & ~Q(**{f"{path}state__in": ReportState.unsettled})


def _reads_drafts(user: Any) -> bool:
    return bool(user.is_authenticated and user.roles & Role.drafts_readers)
