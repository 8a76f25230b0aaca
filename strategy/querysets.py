"""Which plans, objectives, dashboards, rows, sections and editions: every list starts here."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, Subquery, Value, When

from organization.enums import Role
from organization.querysets import related_model
from strategy.enums import (
    DashboardKind,
    MapKind,
    PlanState,
    RecordingState,
    ResolutionState,
)

TRIENNIUM = re.compile(r"(?P<first>[0-9]{4})-(?P<last>[0-9]{4})")
# A page that is open says so every ten seconds.
HEARD_WITHIN = datetime.timedelta(seconds=30)
CASCADE_ORDER = (
    DashboardKind.STRATEGIC,
    DashboardKind.SECRETARY_GENERAL,
    DashboardKind.DIRIGENTE,
    DashboardKind.UNIT,
)


def readable(user: Any, path: str = "") -> Q:
    """Plans adopted once for whoever is signed in, also while they are being updated; the others
    for those who prepare or consult them."""
    if not user.is_authenticated:
        return Q(pk__in=[])
    if user.roles & Role.drafts_readers:
        return Q()
    return Q(**{f"{path}state__in": PlanState.in_force}) | Q(**{f"{path}revision__gt": 0})


class PlanQuerySet(models.QuerySet):
    """Plans, newest triennium first."""

    def visible_to(self, user: Any) -> PlanQuerySet:
        """Plans the person may read: those in force, and the others for planning, heads, OIV..."""
        return self.filter(readable(user))

    def in_force(self) -> PlanQuerySet:
        """Plans of which at least one edition has been adopted."""
        return self.filter(state__in=PlanState.in_force)

    def for_label(self, label: str) -> PlanQuerySet:
        """The plan of a triennium named 2021-2023; none when the words are not a triennium."""
        years = TRIENNIUM.fullmatch(label)
        if years is None or int(years["last"]) != int(years["first"]) + 2:
            return self.none()
        return self.filter(first_year=int(years["first"]))


class PerspectiveQuerySet(models.QuerySet):
    """Perspectives of the strategy map, or dimensions of the POLA tree."""

    def visible_to(self, user: Any) -> PerspectiveQuerySet:
        """Perspectives of the plans the person may read."""
        return self.filter(readable(user, "plan__"))

    def strategic(self) -> PerspectiveQuerySet:
        """The perspectives of the balanced scorecard, in the order of the plan."""
        return self.filter(chart=MapKind.STRATEGY).order_by("position")


class ObjectiveQuerySet(models.QuerySet):
    """Strategic objectives, or areas of the POLA tree."""

    def visible_to(self, user: Any) -> ObjectiveQuerySet:
        """Objectives of the plans the person may read."""
        return self.filter(readable(user, "perspective__plan__"))

    def strategic(self) -> ObjectiveQuerySet:
        """Objectives of the balanced scorecard, in the order of the plan."""
        return self.filter(perspective__chart=MapKind.STRATEGY).order_by(
            "perspective__position", "position"
        )

    def with_counts(self) -> ObjectiveQuerySet:
        """The same objectives with the number of their actions and indicators on the strategic
        dashboard (`action_count`, `indicator_count`)."""
        on_strategic = Q(actions__rows__dashboard__kind=DashboardKind.STRATEGIC)
        return self.annotate(
            action_count=Count("actions", filter=on_strategic, distinct=True),
            indicator_count=Count("actions__rows", filter=on_strategic, distinct=True),
        )


class ActionQuerySet(models.QuerySet):
    """Actions of the objectives."""

    def visible_to(self, user: Any) -> ActionQuerySet:
        """Actions of the plans the person may read."""
        return self.filter(readable(user, "objective__perspective__plan__"))


class DashboardQuerySet(models.QuerySet):
    """Dashboards."""

    def visible_to(self, user: Any) -> DashboardQuerySet:
        """Dashboards of the plans the person may read."""
        return self.filter(readable(user, "plan__"))

    def cascaded(self) -> DashboardQuerySet:
        """The dashboards that receive indicators: units, Secretary General, dirigente."""
        return self.filter(kind__in=DashboardKind.cascaded).order_by("position")

    def from_the_top(self) -> DashboardQuerySet:
        """The same dashboards as the cascade runs: the ente, Secretary General, dirigente, units
        in the order of the document (section 4)."""
        return self.annotate(
            step=Case(
                *(When(kind=kind, then=Value(step)) for step, kind in enumerate(CASCADE_ORDER)),
                default=Value(len(CASCADE_ORDER)),
            )
        ).order_by("step", "position")

    def with_natures(self) -> DashboardQuerySet:
        """The same dashboards with their rows counted (`row_count`, `strategic_count`,
        `operational_count`). See also: RowQuerySet.with_nature."""
        rows = related_model(self, "rows")
        strategic = rows.objects.filter(
            dashboard__kind=DashboardKind.STRATEGIC,
            dashboard__plan=OuterRef("plan"),
            indicator=OuterRef("rows__indicator"),
        )
        return self.annotate(
            row_count=Count("rows"),
            strategic_count=Count("rows", filter=Exists(strategic)),
            operational_count=Count("rows", filter=~Exists(strategic)),
        )


class RowQuerySet(models.QuerySet):
    """Rows of dashboards."""

    def visible_to(self, user: Any) -> RowQuerySet:
        """Rows of the plans the person may read."""
        return self.filter(readable(user, "dashboard__plan__"))

    def with_nature(self) -> RowQuerySet:
        """The same rows with `is_strategic`: the indicator also stands on the strategic dashboard
        of the same plan (known fault: the source marked it by a background the text has lost)."""
        strategic = self.model._default_manager.filter(
            indicator=OuterRef("indicator"),
            dashboard__plan=OuterRef("dashboard__plan"),
            dashboard__kind=DashboardKind.STRATEGIC,
        )
        return self.annotate(is_strategic=Exists(strategic))

    def in_order(self) -> RowQuerySet:
        """Rows in the order of the document: dashboard by dashboard, top to bottom."""
        return self.order_by("dashboard__position", "position")

    def with_tree(self) -> RowQuerySet:
        """The same rows with indicator, source and the branch above them loaded."""
        return self.select_related(
            "indicator__source", "action__objective__perspective", "dashboard"
        )


class ProjectSheetQuerySet(models.QuerySet):
    """Sheets of the projects."""

    def visible_to(self, user: Any) -> ProjectSheetQuerySet:
        """Sheets of the plans the person may read."""
        return self.filter(readable(user, "plan__"))

    def in_order(self) -> ProjectSheetQuerySet:
        """Sheets in the order in which the plan names their projects."""
        return self.order_by("indicator")

    def for_argument(self, argument: str) -> ProjectSheetQuerySet:
        """The sheet that a block of the document shows: it names the indicator, which is the same
        one in every plan; none for other words."""
        return self.filter(indicator=argument) if argument.isdecimal() else self.none()

    def with_facts(self) -> ProjectSheetQuerySet:
        """The same sheets with indicator, unit that supplies its figure, and who answers."""
        return self.select_related("indicator__supplier", "responsible__unit")

    def with_activities(self) -> ProjectSheetQuerySet:
        """The same sheets with their activities in order, who answers for each and its results."""
        activities = related_model(self, "activities").objects.in_order()
        people = activities.select_related("responsible__unit")
        return self.prefetch_related(Prefetch("activities", people), "activities__results")

    def with_open_period(self, *, year: int, on: datetime.date) -> ProjectSheetQuerySet:
        """The same sheets, each with the day of the figures of the year that can be entered
        (`open_at`), the first to close; none while no period is open or the year is closed."""
        periods = related_model(related_model(self, "plan").objects.all(), "periods").objects
        found = periods.open_on(on).with_closed_years().filter(is_year_closed=False)
        own = found.filter(plan=OuterRef("plan"), ends_on__year=year)
        return self.annotate(open_at=Subquery(own.values("ends_on")[:1]))


class ActivityQuerySet(models.QuerySet):
    """Activities of the projects."""

    def visible_to(self, user: Any) -> ActivityQuerySet:
        """Activities of the plans the person may read."""
        return self.filter(readable(user, "sheet__plan__"))

    def in_order(self) -> ActivityQuerySet:
        """Activities as their sheet lists them."""
        return self.order_by("sheet", "position", "pk")


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


class PeriodQuerySet(models.QuerySet):
    """Monitoring periods."""

    def visible_to(self, user: Any) -> PeriodQuerySet:
        """Periods of the plans the person may read."""
        return self.filter(readable(user, "plan__"))

    def open_on(self, day: datetime.date) -> PeriodQuerySet:
        """Periods whose figures can be entered on the day, the first to close first.

        See also: MonitoringPeriod.state_on.
        """
        return self.filter(is_locked=False, opens_on__lte=day, closes_on__gte=day).order_by(
            "closes_on", "ends_on"
        )

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
        """Figures sent or validated, whose place no correction sent or validated has taken."""
        sent = (RecordingState.SUBMITTED, RecordingState.VALIDATED)
        return self.filter(state__in=sent).exclude(superseded_by__state__in=sent)

    def awaiting(self) -> RecordingQuerySet:
        """Figures sent, of which planning has to say whether they are right."""
        return self.filter(is_current=True, state=RecordingState.SUBMITTED)

    def with_people(self) -> RecordingQuerySet:
        """The same figures with those who entered and reviewed them loaded."""
        return self.select_related(
            "entered_by__person", "submitted_by__person", "reviewed_by__person", "acted_for"
        )


class EvidenceQuerySet(models.QuerySet):
    """Files that prove a figure."""

    def visible_to(self, user: Any) -> EvidenceQuerySet:
        """Proofs of the figures that the person may read. See also: RecordingQuerySet."""
        return self.filter(_concerns(user, "recording__"))


class ReferenceTableQuerySet(models.QuerySet):
    """Tables of figures quoted as printed."""

    def with_cells(self) -> ReferenceTableQuerySet:
        """The same tables with columns and rows loaded."""
        return self.prefetch_related("columns", "rows")


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
