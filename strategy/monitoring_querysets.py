"""Which periods, figures and proofs, decisions on missing results, closings of years."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from organization.enums import Role
from organization.querysets import related_model
from strategy.enums import PlanState
from strategy.monitoring_enums import RecordingState, ResolutionState
from strategy.querysets import readable


class PeriodQuerySet(models.QuerySet):
    """Monitoring periods."""

    def visible_to(self, user: Any) -> PeriodQuerySet:
        """Periods of the plans the person may read."""
        return self.filter(readable(user, "plan__"))

    def open_on(self, day: datetime.date) -> PeriodQuerySet:
        """Periods whose figures can be entered on the day, the first to close first; none of a
        year that its plan has closed.

        See also: MonitoringPeriod.state_on.
        """
        found = self.filter(is_locked=False, opens_on__lte=day, closes_on__gte=day)
        open_years = found.with_closed_years().filter(is_year_closed=False)
        return open_years.order_by("closes_on", "ends_on")

    def with_closed_years(self) -> PeriodQuerySet:
        """The same periods, each knowing whether its plan has closed its year
        (`is_year_closed`)."""
        closings = related_model(related_model(self, "plan").objects.all(), "closings")
        standing = closings.objects.standing().filter(
            plan=OuterRef("plan"), year=OuterRef("ends_on__year")
        )
        return self.annotate(is_year_closed=Exists(standing))


def _concerns(user: Any, path: str = "") -> Q:
    """Figures that a person may read: whoever checks the plan, those that were sent; who supplies
    a figure, its drafts too; the same for what the person entered."""
    if not user.is_authenticated:
        return Q(pk__in=[])
    own = Q(**{f"{path}entered_by": user.pk})
    if units := user.recording_unit_ids:
        own |= Q(**{f"{path}supplier__in": units})
    if user.holds(Role.PLANNER):
        own |= Q(**{f"{path}supplier__isnull": True})
    if user.is_superuser or user.roles & Role.trace_readers:
        own |= Q(**{f"{path}state__in": RecordingState.told})
    return own


class RecordingQuerySet(models.QuerySet):
    """Figures entered in the periods."""

    def visible_to(self, user: Any) -> RecordingQuerySet:
        """Those that were sent, for planning, Secretary General, OIV and administrators; drafts
        only for who supplies them."""
        return self.filter(_concerns(user))

    def current(self) -> RecordingQuerySet:
        """Figures that no correction has superseded."""
        return self.filter(is_current=True)

    def standing(self) -> RecordingQuerySet:
        """Figures validated that are what came out of their year so far: no correction validated,
        no result written elsewhere or at a later day has taken their place."""
        later = related_model(self, "actual").objects.current()
        later = later.filter(
            indicator=OuterRef("indicator"),
            year=OuterRef("period__ends_on__year"),
            measured_on__gt=OuterRef("period__ends_on"),
        )
        validated = self.filter(~Exists(later), state=RecordingState.VALIDATED)
        return validated.exclude(superseded_by__state=RecordingState.VALIDATED).exclude(
            actual__is_current=False
        )

    def awaiting(self) -> RecordingQuerySet:
        """Figures sent, of which planning has to say whether they are right."""
        return self.filter(is_current=True, state=RecordingState.SUBMITTED)

    def holding_up(self, plan: Any, year: int) -> RecordingQuerySet:
        """Figures of a year that wait for planning and hold up its closing in a plan: its own, and
        those of another plan that stand on its dashboards. Those of a plan that is over wait for
        nobody."""
        shown = Q(indicator__rows__dashboard__plan=plan)
        waiting = self.awaiting().exclude(period__plan__state__in=PlanState.over)
        return waiting.filter(Q(period__plan=plan) | shown, period__ends_on__year=year).distinct()

    def with_people(self) -> RecordingQuerySet:
        """The same figures with those who entered and reviewed them loaded."""
        return self.select_related(
            "entered_by__person",
            "submitted_by__person",
            "reviewed_by__person",
            "acted_for",
            "submitted_for",
        )


class EvidenceQuerySet(models.QuerySet):
    """Files that prove a figure."""

    def visible_to(self, user: Any) -> EvidenceQuerySet:
        """Proofs of the figures that the person may read. See also: RecordingQuerySet."""
        return self.filter(_concerns(user, "recording__"))


class ResolutionQuerySet(models.QuerySet):
    """What was decided of missing results."""

    def of_year(self, plan: Any, year: int) -> ResolutionQuerySet:
        """Decisions of a year of a plan."""
        return self.filter(plan=plan, year=year)

    def standing(self) -> ResolutionQuerySet:
        """Decisions that stand: exclusions to be approved, and what is in force."""
        return self.filter(state__in=ResolutionState.standing)

    def to_approve(self) -> ResolutionQuerySet:
        """Exclusions that wait for the Secretary General."""
        return self.filter(state=ResolutionState.PROPOSED)

    def in_force(self) -> ResolutionQuerySet:
        """Decisions that count: exclusions approved, and zeros."""
        return self.filter(state=ResolutionState.IN_FORCE)

    def with_people(self) -> ResolutionQuerySet:
        """The same decisions with who proposed and who decided."""
        return self.select_related("proposed_by__person", "decided_by__person")


class YearClosingQuerySet(models.QuerySet):
    """Closings of years, newest first."""

    def standing(self) -> YearClosingQuerySet:
        """Closings after which the year was not opened again."""
        return self.filter(reopening__isnull=True)

    def of_year(self, plan: Any, year: int) -> YearClosingQuerySet:
        """Closings of a year of a plan, the newest first."""
        return self.filter(plan=plan, year=year).order_by("-number")

    def without_data(self) -> YearClosingQuerySet:
        """The same closings without loading the snapshot."""
        return self.defer("snapshot", "indicator_ids")
