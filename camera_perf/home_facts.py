"""What the data say that somebody has to look at: read once, in a fixed number of statements."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import cached_property

from organization.enums import Role, UnitKind
from organization.models import AuditEvent, Unit, User
from strategy.enums import DashboardKind
from strategy.models import (
    Dashboard,
    Edition,
    MonitoringPeriod,
    OversightNote,
    PerformanceReport,
    Plan,
    Recording,
    ReportEdition,
    Resolution,
    YearClosing,
)
from strategy.problems.measures import Measure, plan_measures
from strategy.report_enums import ReportState
from strategy.reports.closing import DamagedClosingError, reported_years
from strategy.reports.lacks import YearLacks, year_lacks
from strategy.reports.recording import Sheet, load_sheet
from strategy.reports.scores import SCORED, PlanScores, scores_of_measures
from strategy.rules import plan_is_reported

LATEST_ACTS = 5


class Facts:
    """What the home page of one person may ask of one plan; each part read only if asked."""

    def __init__(self, user: User, plan: Plan | None, day: datetime.date) -> None:
        self.user = user
        self.plan = plan
        self.day = day
        self.answered: frozenset[str] | None = None  # by camera_perf.home_probe; none: ask all

    def may_find(self, question: str) -> bool:
        """Whether asking is worth a statement."""
        return self.answered is None or question in self.answered

    @property
    def is_employed(self) -> bool:
        """Works at the Chamber: the OIV and suppliers do not, nor an account without person."""
        return bool(self.user.person and self.user.person.category)

    @cached_property
    def measures(self) -> list[Measure]:
        """The indicators of the plan with targets and last result: three statements."""
        if self.plan is None:
            return []
        return list(plan_measures(self.plan).values())

    @cached_property
    def scored_dashboards(self) -> list[Dashboard]:
        """The dashboards that have a scorecard, in the order of the plan."""
        if self.plan is None:
            return []
        found = self.plan.dashboards.filter(kind__in=SCORED).order_by("position")
        dashboards = list(found.select_related("unit"))
        for dashboard in dashboards:
            dashboard.plan = self.plan
        return dashboards

    @property
    def dashboards(self) -> list[Dashboard]:
        """The dashboards of units, Secretary General and dirigente."""
        return [one for one in self.scored_dashboards if one.kind in DashboardKind.cascaded]

    def scores(self, dashboards: Sequence[Dashboard]) -> PlanScores | None:
        """The scores of some dashboards: one statement beside those of the measures."""
        if self.plan is None or not dashboards:
            return None
        return scores_of_measures(self.plan, dashboards, self.measures)

    @cached_property
    def own_unit_ids(self) -> set[int]:
        """The units the person works in: those of the appointments, of an office its service too,
        else the unit of employment."""
        found = set()
        for appointment in self.user.running_appointments:
            found.add(appointment.unit_id)
            if appointment.unit.kind == UnitKind.OFFICE and appointment.unit.parent_id:
                found.add(appointment.unit.parent_id)
        if self.user.person and self.user.person.unit_id:
            found.add(self.user.person.unit_id)
        return found

    @cached_property
    def own_dashboards(self) -> list[Dashboard]:
        """The dashboards of the units the person works in."""
        return [one for one in self.dashboards if one.unit_id in self.own_unit_ids]

    @cached_property
    def led_dashboards(self) -> list[Dashboard]:
        """The dashboards of the units the person leads, at any depth, without the own ones."""
        return [
            one
            for one in self.dashboards
            if one.unit_id in self.user.led_unit_ids and one not in self.own_dashboards
        ]

    @cached_property
    def reports(self) -> list[PerformanceReport]:
        """The Relazioni of the plan that are not published yet, and that the person may read."""
        if self.plan is None or not self.may_find("reports"):
            return []
        visible = PerformanceReport.objects.visible_to(self.user).filter(plan=self.plan)
        found = list(visible.exclude(state=ReportState.PUBLISHED).with_reopening())
        for report in found:
            report.plan = self.plan
        return found

    @cached_property
    def editions(self) -> list[Edition]:
        """The adopted editions of the plan, newest first, without their data."""
        if self.plan is None:
            return []
        public = Edition.objects.public().with_standing().without_data()
        return list(public.filter(plan=self.plan))

    @cached_property
    def report_editions(self) -> list[ReportEdition]:
        """The approved Relazioni of the plan, without their data."""
        if self.plan is None or not self.may_find("reports"):
            return []
        found = ReportEdition.objects.without_data().filter(report__plan=self.plan)
        return list(found.select_related("report__plan"))

    @cached_property
    def closings(self) -> list[YearClosing]:
        """The closings of the plan that stand, with their data."""
        if self.plan is None or not self.may_find("closings"):
            return []
        return list(self.plan.closings.standing().select_related("plan"))

    @cached_property
    def acts(self) -> list[AuditEvent]:
        """The latest acts that the person may read."""
        return list(AuditEvent.objects.visible_to(self.user)[:LATEST_ACTS])

    @cached_property
    def open_periods(self) -> list[MonitoringPeriod]:
        """The periods in which figures are entered on the day of the page."""
        if self.plan is None or not self.may_find("periods"):
            return []
        periods = list(self.plan.periods.open_on(self.day))
        for period in periods:
            period.plan = self.plan
        return periods

    @cached_property
    def own_sheets(self) -> list[Sheet]:
        """The figures that the person has to enter in them: those of the own unit and of heads
        stood in for, not those of the units below."""
        if self.plan is None or not self.open_periods:
            return []
        own = {unit for role, unit in self.user.held_posts if role in Role.leaders}
        roots = own | self.user.delegated_unit_ids
        if not roots:
            return []
        units = set(Unit.objects.run_from(roots).values_list("pk", flat=True))
        return [load_sheet(self.plan, one, units=units, proofs=False) for one in self.open_periods]

    @cached_property
    def figures_to_validate(self) -> int:
        """How many figures wait for planning."""
        if self.plan is None or not self.may_find("figures"):
            return 0
        return Recording.objects.awaiting().filter(period__plan=self.plan).count()

    @cached_property
    def lacks(self) -> YearLacks | None:
        """What the last year that is over lacks for the OIV; none where nothing is accounted for
        yet, or what was closed is damaged, as its page says."""
        plan = self.plan
        if plan is None or not plan_is_reported.test(self.user, plan):
            return None
        over = [year for year in reported_years(plan) if year < self.day.year]
        try:
            return year_lacks(plan, over[-1] if over else plan.baseline_year)
        except DamagedClosingError:
            return None

    @cached_property
    def unanswered_years(self) -> list[int]:
        """The year of each note of the OIV that nobody answered yet, the newest first."""
        if self.plan is None or not self.may_find("notes"):
            return []
        notes = OversightNote.objects.visible_to(self.user).unanswered().filter(plan=self.plan)
        return list(notes.order_by("-year").values_list("year", flat=True))

    @cached_property
    def decided(self) -> set[int]:
        """The indicators of which something is decided, or proposed, where their result of the year
        before the plan is missing."""
        if self.plan is None or not self.may_find("decisions"):
            return set()
        standing = Resolution.objects.standing().filter(year=self.plan.baseline_year)
        return set(standing.values_list("indicator_id", flat=True))

    @cached_property
    def excluded_years(self) -> list[int]:
        """The year of each exclusion that waits for its approval, the newest first."""
        if self.plan is None or not self.may_find("exclusions"):
            return []
        waiting = Resolution.objects.to_approve().filter(plan=self.plan)
        return list(waiting.order_by("-year").values_list("year", flat=True))

    @cached_property
    def missing_results(self) -> list[Measure]:
        """Results left empty though a target was set, of which nothing is decided."""
        return [one for one in self.measures if one.lacks_result and one.pk not in self.decided]
