"""Which plans, objectives, dashboards, rows, projects and editions: every list starts here."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, Subquery, Value, When

from organization.enums import Role
from organization.querysets import related_model
from strategy.enums import DashboardKind, MapKind, PlanState

TRIENNIUM = re.compile(r"(?P<first>[0-9]{4})-(?P<last>[0-9]{4})")
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
        """Plans of which at least one edition has been adopted, also while an update is heard or
        proposed. See also: strategy.rules.plan_is_reported."""
        return self.filter(Q(state__in=PlanState.in_force) | Q(revision__gt=0))

    def held(self) -> PlanQuerySet:
        """Plans that planning may not edit: proposed, adopted, closed."""
        return self.exclude(state__in=PlanState.editable)

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
        found = periods.open_on(on)
        own = found.filter(plan=OuterRef("plan"), ends_on__year=year)
        return self.annotate(open_at=Subquery(own.values("ends_on")[:1]))


class ProjectActivityQuerySet(models.QuerySet):
    """Activities of the projects."""

    def visible_to(self, user: Any) -> ProjectActivityQuerySet:
        """Activities of the plans the person may read."""
        return self.filter(readable(user, "sheet__plan__"))

    def in_order(self) -> ProjectActivityQuerySet:
        """Activities as their sheet lists them."""
        return self.order_by("sheet", "position", "pk")
