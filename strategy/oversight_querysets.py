"""Which notes and examinations of the OIV."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from organization.enums import Role
from strategy.querysets import readable
from strategy.rules import validates_reports


def _reads_oversight(user: Any) -> bool:
    """See also: the right strategy.read_oversight."""
    return bool(user.is_authenticated and user.roles & Role.trace_readers)


class OversightNoteQuerySet(models.QuerySet):
    """Notes of the OIV and the answers to them."""

    def visible_to(self, user: Any) -> OversightNoteQuerySet:
        """Those of the plans the person may read, for the OIV and for those whom it asks."""
        if not _reads_oversight(user):
            return self.none()
        return self.filter(readable(user, "plan__"))

    def of_year(self, plan: Any, year: int) -> OversightNoteQuerySet:
        """Notes of a year of a plan."""
        return self.filter(plan=plan, year=year)

    def asked(self) -> OversightNoteQuerySet:
        """The notes themselves, without the answers."""
        return self.filter(answers__isnull=True)

    def standing(self) -> OversightNoteQuerySet:
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def unanswered(self) -> OversightNoteQuerySet:
        """Notes that stand and to which nobody answered yet."""
        answers = self.model._default_manager.filter(
            answers=OuterRef("pk"), withdrawn_at__isnull=True
        )
        return self.asked().standing().filter(~Exists(answers))

    def with_answers(self) -> OversightNoteQuerySet:
        """The same notes with their people and their answers, the oldest first."""
        people = ("written_by__person", "withdrawn_by__person")
        answers = self.model._default_manager.select_related(*people).order_by("written_at", "pk")
        return self.select_related(*people).prefetch_related(Prefetch("replies", answers))


class ReportExaminationQuerySet(models.QuerySet):
    """What the OIV found of the Relazioni it was sent."""

    def visible_to(self, user: Any) -> ReportExaminationQuerySet:
        """Those of the plans the person may read: for the OIV also while it works on them, for
        the others once the Relazione is decided of."""
        if not _reads_oversight(user):
            return self.none()
        found = readable(user, "edition__report__plan__")
        if validates_reports.test(user):
            return self.filter(found)
        return self.filter(found & Q(edition__validation__isnull=False))


class CriterionFindingQuerySet(models.QuerySet):
    """What the OIV found of the criteria, one by one."""

    def visible_to(self, user: Any) -> CriterionFindingQuerySet:
        """Those of the examinations the person may read."""
        examinations: Any = self.model._meta.get_field("examination").related_model
        return self.filter(examination__in=examinations.objects.visible_to(user))
