"""Adopted editions: which are public, and which of them is in force."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from strategy.enums import PlanState


class EditionQuerySet(models.QuerySet):
    """Adopted editions, newest revision first."""

    def public(self) -> EditionQuerySet:
        """Every published edition (art. 10, paragraph 8, D.Lgs. 33/2013): all but the one whose
        plan is adopted at that very revision and waits to be published."""
        waiting = Q(plan__state=PlanState.ADOPTED, plan__revision=F("revision"))
        published = self.exclude(waiting).select_related("plan")
        return published.order_by("-plan__first_year", "-revision")

    def with_standing(self) -> EditionQuerySet:
        """The same editions, each with whether it is in force (`is_in_force`): an edition is
        superseded by the adoption of the next one, on the day of its act, not by its publication.
        """
        later = self.model._default_manager.filter(
            plan=OuterRef("plan"), revision__gt=OuterRef("revision")
        )
        return self.annotate(is_in_force=~Exists(later))

    def without_data(self) -> EditionQuerySet:
        """The same editions without loading the snapshot."""
        return self.defer("snapshot")
