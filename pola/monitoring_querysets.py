"""Which activity sheets, which decisions on computed figures."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from organization.enums import Role
from organization.querysets import related_model
from pola.enums import SheetState
from pola.querysets import PersonalQuerySet, belongs_to

# Who reads what planning decided of computed figures: totals, nobody's own days.
DECISION_READERS = frozenset({Role.PLANNER.value, Role.OIV.value, Role.SECRETARY_GENERAL.value})


class ActivitySheetQuerySet(PersonalQuerySet):
    """Activity sheets."""

    def visible_to(self, user: Any) -> models.QuerySet:
        """All of them for HR; one's own and those of the people one leads for everybody else:
        they tell how somebody works."""
        if not user.is_authenticated:
            return self.none()
        return self.all() if user.holds(Role.HR) else self.filter(belongs_to(user))

    def to_evaluate(self, user: Any) -> ActivitySheetQuerySet:
        """Sent by people whom the user leads, the user's own left out: they wait for the user."""
        led = Q(person__unit_id__in=user.led_unit_ids) & ~Q(person_id=user.person_id)
        return self.filter(led, state=SheetState.SENT)

    def to_evaluate_first(self, user: Any) -> ActivitySheetQuerySet:
        """Of those, the ones of people who have no nearer head."""
        return self.to_evaluate(user).with_nearer_head(user).filter(has_nearer_head=False)

    def with_nearer_head(self, user: Any) -> ActivitySheetQuerySet:
        """The same, each with whether the person has a head nearer than the user."""
        people = related_model(self, "person").objects
        nearer = related_model(people, "appointments").objects.between(user, "person__unit")
        return self.annotate(has_nearer_head=Exists(nearer.exclude(person=OuterRef("person"))))


class FigureDecisionQuerySet(models.QuerySet):
    """What was decided of computed figures."""

    def visible_to(self, user: Any) -> FigureDecisionQuerySet:
        """All of them for planning, OIV, Secretary General and administrators; else none."""
        if user.is_authenticated and (user.is_superuser or user.roles & DECISION_READERS):
            return self.all()
        return self.none()
