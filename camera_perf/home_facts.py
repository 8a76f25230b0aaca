"""What the data say that somebody has to look at: read once, in a fixed number of statements."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from indicators.doubts import COMPARABLE
from indicators.enums import Availability, Polarity
from indicators.models import Actual, Target
from organization.enums import UnitKind
from organization.models import AuditEvent, User
from strategy.enums import DashboardKind
from strategy.models import Dashboard, DashboardRow, Edition, Plan

LATEST_ACTS = 5


@dataclass
class Measure:
    """An indicator of the plan with what is said of it in the years that count here."""

    pk: int
    name: str
    source_id: int | None
    supplier_id: int | None
    supplier: str
    on_strategic: bool = False
    targets: dict[int, Any] = field(default_factory=dict)
    actual: Any = None

    @property
    def lacks_result(self) -> bool:
        """A target was set for the year before the plan and its result was left empty."""
        return self._is_left_empty and self._has_baseline_target

    @property
    def is_unclear(self) -> bool:
        """Target and result of the year before are both empty: not foreseen, or lost?"""
        return self._is_left_empty and not self._has_baseline_target

    @property
    def _is_left_empty(self) -> bool:
        return self.actual is not None and self.actual["availability"] == Availability.NOT_FILLED

    @property
    def _has_baseline_target(self) -> bool:
        target = self.targets.get(self.actual["year"])
        return target is not None and target["availability"] == Availability.STATED

    @property
    def has_polarity_to_confirm(self) -> bool:
        """Some figure of its targets has a polarity that nobody has confirmed."""
        return any(
            target["kind"] in COMPARABLE and not target["is_polarity_confirmed"]
            for target in self.targets.values()
        )

    def asks_less(self, year: int) -> bool:
        """The target of the year is worse than the last result and nobody says why.

        See also: indicators.doubts.is_worse, the same rule on the cells of the source.
        """
        target, last = self.targets.get(year), self.actual
        if target is None or last is None or target["reason"]:
            return False
        if target["kind"] != last["kind"] or target["kind"] not in COMPARABLE:
            return False
        if target["polarity"] == Polarity.LOWER_IS_BETTER:
            return bool(target["number"] > last["number"])
        is_higher = target["polarity"] == Polarity.HIGHER_IS_BETTER
        return bool(is_higher and target["number"] < last["number"])


class Facts:
    """What the home page of one person may ask of one plan; each part read only if asked."""

    def __init__(self, user: User, plan: Plan | None) -> None:
        self.user = user
        self.plan = plan

    @cached_property
    def measures(self) -> list[Measure]:
        """The indicators of the plan with targets and last result: three statements."""
        if self.plan is None:
            return []
        found: dict[int, Measure] = {}
        for pk, name, source, supplier_id, supplier, kind in (
            DashboardRow.objects.filter(dashboard__plan=self.plan)
            .order_by("dashboard__position", "position")
            .values_list(
                "indicator_id",
                "indicator__name",
                "indicator__source_id",
                "indicator__supplier_id",
                "indicator__supplier__name",
                "dashboard__kind",
            )
        ):
            measure = found.setdefault(pk, Measure(pk, name, source, supplier_id, supplier or ""))
            measure.on_strategic |= kind == DashboardKind.STRATEGIC
        self._add_values(found)
        return list(found.values())

    def _add_values(self, found: dict[int, Measure]) -> None:
        plan = self.plan
        assert plan is not None  # noqa: S101 - only called with a plan
        fields = ("indicator_id", "year", "availability", "kind", "number")
        targets = Target.objects.for_cycle(plan.first_year)
        for row in targets.values(*fields, "polarity", "is_polarity_confirmed", "reason"):
            if row["indicator_id"] in found:
                found[row["indicator_id"]].targets[row["year"]] = row
        actuals = Actual.objects.current().for_year(plan.baseline_year).order_by("measured_on")
        for row in actuals.values(*fields):
            if row["indicator_id"] in found:
                found[row["indicator_id"]].actual = row

    @cached_property
    def dashboards(self) -> list[Dashboard]:
        """The dashboards of units, Secretary General and dirigente."""
        if self.plan is None:
            return []
        dashboards = list(self.plan.dashboards.cascaded().select_related("unit"))
        for dashboard in dashboards:
            dashboard.plan = self.plan
        return dashboards

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
    def editions(self) -> list[Edition]:
        """The adopted editions of the plan, newest first, without their data."""
        if self.plan is None:
            return []
        return list(Edition.objects.public().without_data().filter(plan=self.plan))

    @cached_property
    def acts(self) -> list[AuditEvent]:
        """The latest acts that the person may read."""
        return list(AuditEvent.objects.visible_to(self.user)[:LATEST_ACTS])

    def waiting_by_unit(self) -> dict[int | None, list[Measure]]:
        """Results left empty, by the unit that supplies them."""
        found: dict[int | None, list[Measure]] = defaultdict(list)
        for measure in self.measures:
            if measure.lacks_result:
                found[measure.supplier_id].append(measure)
        return found
