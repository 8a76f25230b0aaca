"""A plan read for the checks: each part once, in a number of statements that does not grow."""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count
from django.urls import reverse

from indicators.enums import Availability
from strategy.cell_changes import CellKey
from strategy.enums import CheckRule
from strategy.models import (
    Dashboard,
    DashboardRow,
    Plan,
    ReferenceTable,
    Section,
    StrategicObjective,
)
from strategy.problems.measures import Measure, plan_measures


class Reading:
    """What the checks look at."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    @cached_property
    def measures(self) -> dict[int, Measure]:
        """The indicators by identifier, with their values."""
        return plan_measures(self.plan)

    @cached_property
    def objectives(self) -> list[Any]:
        """The objectives of the strategy map with the number of their strategic indicators."""
        objectives = StrategicObjective.objects.filter(perspective__plan=self.plan)
        return list(objectives.strategic().with_counts())

    @cached_property
    def dashboards(self) -> list[Dashboard]:
        """The dashboards of the plan, in order."""
        found = list(self.plan.dashboards.select_related("unit").order_by("position"))
        for dashboard in found:
            dashboard.plan = self.plan
        return found

    @cached_property
    def weights(self) -> dict[int, list[tuple[int, Decimal]]]:
        """Indicator and weight of each row, by dashboard; a dashboard without rows is not there."""
        found: dict[int, list[tuple[int, Decimal]]] = defaultdict(list)
        rows = DashboardRow.objects.filter(dashboard__plan=self.plan).in_order()
        for dashboard, indicator, weight in rows.values_list(
            "dashboard_id", "indicator_id", "weight"
        ):
            found[dashboard].append((indicator, weight))
        return found

    @cached_property
    def projects(self) -> list[Any]:
        """The sheets of the projects with the number of their activities (`activity_count`)."""
        sheets = self.plan.project_sheets.with_facts().in_order()
        return list(sheets.annotate(activity_count=Count("activities")))

    @cached_property
    def sections(self) -> list[Section]:
        """The sections with their blocks, in order."""
        return list(Section.objects.filter(plan=self.plan).in_order().prefetch_related("blocks"))

    @cached_property
    def tables(self) -> list[ReferenceTable]:
        """The tables of figures with columns and rows."""
        return list(ReferenceTable.objects.filter(plan=self.plan).with_cells())

    @cached_property
    def adopted_faults(self) -> frozenset[tuple[CheckRule, int]]:
        """The indicators that the last adopted edition prints without source, or without target in
        the first year. Data no longer those adopted say nothing."""
        edition = self.plan.editions.order_by("-revision").first()
        if edition is None or not edition.is_snapshot_intact():
            return frozenset()
        first_year = str(self.plan.first_year)
        found = set()
        for pk, printed in json.loads(edition.snapshot).get("indicators", {}).items():
            target = printed["targets"].get(first_year, {})
            if target.get("availability", Availability.NOT_FILLED) == Availability.NOT_FILLED:
                found.add((CheckRule.TARGET, int(pk)))
            if not printed["source"]:
                found.add((CheckRule.SOURCE, int(pk)))
        return frozenset(found)

    def address(self, name: str, *which: object) -> str:
        """The address of a page of this plan."""
        return reverse(f"strategy:{name}", args=[self.plan.first_year, *which])

    def target_address(self, measure: Measure, year: int) -> str:
        """The cell of a target, in the grid of the first dashboard that shows it."""
        wanted = measure.dashboard_of(year, self.plan)
        dashboard = next(one for one in self.dashboards if one.pk == wanted)
        return f"{dashboard.edit_url}#{CellKey(False, measure.pk, year)}"

    def section_of_table(self, table_id: int) -> Section | None:
        """The first section that shows a table of figures."""
        for section in self.sections:
            if any(block.table_id == table_id for block in section.blocks.all()):
                return section
        return None
