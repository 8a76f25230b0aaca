"""What the page of one indicator says: years, places, changes."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from documents.charts import Chart
from documents.templatetags.charts import print_number
from documents.years_chart import Year, years_chart
from indicators.attainment import Cells
from indicators.enums import Polarity, TargetKind
from indicators.models import Actual, Indicator, Target
from strategy.enums import DashboardKind
from strategy.models import Dashboard, DashboardRow, Plan
from strategy.reports import ABSENT, LOOKS, Cell
from strategy.reports.dashboards import holding

DRAWN_KINDS = {TargetKind.NUMBER, TargetKind.PERCENT, TargetKind.MONEY}


@dataclass(frozen=True, slots=True)
class YearLine:
    """One year of an indicator: what is expected, what came out."""

    year: int
    is_current: bool
    target: Cell
    actual: Cell
    kind: str
    polarity: str
    is_polarity_confirmed: bool
    target_number: Decimal | None
    actual_number: Decimal | None
    is_worse_than_last: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Placement:
    """A dashboard of the plan, and the row of the indicator on it, if any."""

    dashboard: Dashboard
    row: DashboardRow | None
    level: int
    is_supplier: bool


@dataclass(frozen=True, slots=True)
class IndicatorReport:
    """Everything the page of an indicator says of it in one plan."""

    indicator: Indicator
    years: tuple[YearLine, ...]
    placements: tuple[Placement, ...]
    action: Any
    is_strategic: bool
    weight: Decimal

    @property
    def current(self) -> YearLine:
        """The first year of the plan."""
        return next(line for line in self.years if line.is_current)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the indicator or of its values, in words."""

    when: datetime.datetime
    title: str
    text: str
    who: str


def indicator_report(plan: Plan, indicator: Indicator) -> IndicatorReport:
    """The indicator in the plan: years, placements from the ente down, its own branch."""
    targets = {t.year: t for t in indicator.targets.for_cycle(plan.first_year)}
    actuals = {a.year: a for a in indicator.actuals.current().order_by("measured_on")}
    rows = {
        row.dashboard_id: row
        for row in indicator.rows.filter(dashboard__plan=plan).select_related(
            "action__objective__perspective__plan"
        )
    }
    dashboards = plan.dashboards.from_the_top().select_related("unit", "plan")
    placements = tuple(
        Placement(
            dashboard,
            rows.get(dashboard.pk),
            LEVELS[dashboard.kind],
            dashboard.unit_id is not None and dashboard.unit_id == indicator.supplier_id,
        )
        for dashboard in dashboards
        if dashboard.pk in rows or dashboard.kind in ALWAYS_SHOWN
    )
    own = [place.row for place in placements if place.row]
    return IndicatorReport(
        indicator=indicator,
        years=_years(plan, targets, actuals, is_project=indicator.is_project),
        placements=placements,
        action=own[0].action,
        is_strategic=any(p.row and p.dashboard.kind == DashboardKind.STRATEGIC for p in placements),
        weight=own[0].weight,
    )


# Steps of the cascade shown even where the indicator does not stand; units only where it does.
ALWAYS_SHOWN = {
    DashboardKind.STRATEGIC,
    DashboardKind.SECRETARY_GENERAL,
    DashboardKind.DIRIGENTE,
}
LEVELS = {
    DashboardKind.STRATEGIC: 0,
    DashboardKind.POLA: 0,
    DashboardKind.SECRETARY_GENERAL: 1,
    DashboardKind.DIRIGENTE: 1,
    DashboardKind.UNIT: 2,
}


def _cell(value: Target | Actual | None) -> Cell:
    return Cell(value.printed, LOOKS[value.availability], value.kind) if value else ABSENT


def _standing(
    plan: Plan, target: Target | None, actual: Actual | None, *, is_project: bool
) -> Cell:
    """A result with how it stands against its target."""
    cell = _cell(actual)
    if target is None or actual is None:
        return cell
    sides = Cells(
        target.printed,
        Polarity(target.polarity) if target.polarity else "",
        target.is_polarity_confirmed,
        target.tolerance_days,
        is_project,
        actual.printed,
        actual.numerator_value,
        actual.denominator_value,
        actual.measured_on < datetime.date(actual.year, 12, 31),
    )
    return holding(plan.band_limits)(cell, sides)


def _years(
    plan: Plan, targets: dict[int, Target], actuals: dict[int, Actual], *, is_project: bool
) -> tuple[YearLine, ...]:
    lines = []
    last: Decimal | None = None
    for year in [plan.baseline_year, *plan.years]:
        target, actual = targets.get(year), actuals.get(year)
        drawn = _drawn(target)
        lines.append(
            YearLine(
                year=year,
                is_current=year == plan.first_year,
                target=_cell(target),
                actual=_standing(plan, target, actual, is_project=is_project),
                kind=str(target.get_kind_display()) if target else "",
                polarity=str(target.get_polarity_display()) if target else "",
                is_polarity_confirmed=bool(target and target.is_polarity_confirmed),
                target_number=drawn,
                actual_number=_drawn(actual),
                is_worse_than_last=is_worse(drawn, last, target.polarity if target else ""),
                reason=target.reason if target else "",
            )
        )
        if _drawn(actual) is not None:
            last = _drawn(actual)
    return tuple(lines)


def _drawn(value: Target | Actual | None) -> Decimal | None:
    return value.number if value and value.kind in DRAWN_KINDS else None


def is_worse(target: Decimal | None, last: Decimal | None, polarity: str) -> bool:
    """A target that asks for less than the last result gave (section 3.2 wants improvement, or
    maintenance where appropriate)."""
    if target is None or last is None or not polarity:
        return False
    return target < last if polarity == Polarity.HIGHER_IS_BETTER else target > last


def indicator_chart(report: IndicatorReport) -> Chart | None:
    """The years drawn; nothing when fewer than two figures can be drawn."""
    figures = [n for y in report.years for n in (y.target_number, y.actual_number) if n is not None]
    if len(figures) < 2:
        return None
    years = [
        Year(
            label=str(line.year),
            actual=_float(line.actual_number),
            target=_float(line.target_number),
            actual_text=line.actual.printed,
            target_text=line.target.printed,
            is_setback=line.is_worse_than_last,
        )
        for line in report.years
    ]
    finding = _("Targets and results of “%(name)s”.") % {"name": report.indicator.name}
    return years_chart(finding, years, print_number=print_number)


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def indicator_history(plan: Plan, indicator: Indicator) -> list[Change]:
    """Changes of the indicator, its targets and its results, newest first."""
    changes = [
        *_changes(indicator.history.all(), lambda record: _("Definition")),
        *_changes(
            Target.history.filter(indicator_id=indicator.pk, cycle=plan.first_year),
            lambda record: _("Target %(year)s") % {"year": record.year},
        ),
        *_changes(
            Actual.history.filter(indicator_id=indicator.pk),
            lambda record: _("Result %(year)s") % {"year": record.year},
        ),
    ]
    return merge_loads(sorted(changes, key=lambda change: change.when, reverse=True))


def _changes(records: Any, title_of: Any) -> list[Change]:
    """History records as sentences, each with the text before and after."""
    found: list[Change] = []
    before: dict[int, Any] = {}
    for record in records.select_related("history_user__person").order_by("history_date"):
        old = before.get(record.id)
        before[record.id] = record
        if old is not None and record.history_type == "~" and not record.diff_against(old).changes:
            continue
        found.append(
            Change(
                when=record.history_date,
                title=title_of(record),
                text=_change_text(record, old),
                who=str(record.history_user or record.history_change_reason or ""),
            )
        )
    return found


def _change_text(record: Any, old: Any) -> str:
    text = record.printed if hasattr(record, "printed") else record.name
    if old is None:
        return text or _("empty")
    previous = old.printed if hasattr(old, "printed") else old.name
    if previous == text:
        return _("other details changed")
    if not text:
        return _("emptied (it was %(old)s)") % {"old": previous}
    if not previous:
        return _("entered %(new)s") % {"new": text}
    return _("from “%(old)s” to “%(new)s”") % {"old": previous, "new": text}


def merge_loads(changes: Sequence[Change]) -> list[Change]:
    """Values entered together by one load told once, not eight times."""
    merged: list[Change] = []
    for change in changes:
        last = merged[-1] if merged else None
        if last and last.when == change.when and last.who == change.who:
            text = f"{last.text} · {change.title}: {change.text}"
            merged[-1] = Change(last.when, last.title, text, last.who)
        else:
            merged.append(
                Change(change.when, change.who, f"{change.title}: {change.text}", change.who)
            )
    return merged
