"""What stands in the way of closing a year, what was decided of it, how it was closed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.enums import Treatment
from organization.days import written
from organization.models import User
from strategy.cell_changes import CellKey
from strategy.models import DashboardRow, Plan, Recording, Resolution, YearClosing
from strategy.monitoring_enums import ResolutionState
from strategy.reports.year import YearLine, YearReport
from strategy.rules import decides_of_everything, decides_of_unit, is_planner
from strategy.suppliers import supplier_of
from strategy.year_data import Data, year_data

Cell = tuple[int, int]  # indicator and year


class DamagedClosingError(Exception):
    """What is stored of a closing is not what was closed; nothing is shown in its place."""

    def __init__(self, closing: YearClosing) -> None:
        words = _(
            "%(closing)s: what is stored no longer has the hash of the day of the closing. "
            "Nothing is shown."
        )
        super().__init__(words % {"closing": closing})
        self.closing = closing


# Which years and results are closed


def standing_closing(plan: Plan, year: int) -> YearClosing | None:
    """The closing of a year of a plan that stands, with its data."""
    closing = YearClosing.objects.of_year(plan, year).standing().first()
    if closing is not None:
        closing.plan = plan
    return closing


@dataclass(frozen=True, slots=True)
class Closed:
    """What is closed of the years that a plan holds: the years it closed itself, and the results
    that its closings, or those of another plan with the same years, have locked."""

    years: frozenset[int]
    cells: frozenset[Cell]


def closed_in(plan: Plan) -> Closed:
    """What is closed of the years of a plan, in one statement."""
    closings = YearClosing.objects.standing().filter(year__in=reported_years(plan)).order_by()
    found = list(closings.values_list("plan_id", "year", "indicator_ids"))
    return Closed(
        frozenset(year for owner, year, _indicators in found if owner == plan.pk),
        frozenset((pk, year) for _owner, year, indicators in found for pk in indicators),
    )


def closed_years(plan: Plan) -> frozenset[int]:
    """The years of a plan that are closed."""
    years = YearClosing.objects.standing().filter(plan=plan).order_by()
    return frozenset(years.values_list("year", flat=True))


def closed_cells(years: Iterable[int]) -> frozenset[Cell]:
    """The indicators whose results of these years are closed, in one statement."""
    closings = YearClosing.objects.standing().filter(year__in=set(years)).order_by()
    return frozenset(
        (indicator, year)
        for year, indicators in closings.values_list("year", "indicator_ids")
        for indicator in indicators
    )


def closed_words(year: int) -> str:
    """What is said of a result of a closed year."""
    return _(
        "The year %(year)s is closed: its targets and results do not change. The Secretary General "
        "can open it again, with a reason."
    ) % {"year": year}


def data_of(plan: Plan, year: int, closing: YearClosing | None) -> Data:
    """The data of a year: as they were closed, else as they stand."""
    if closing is None:
        return year_data(plan, year)
    if not closing.is_snapshot_intact():
        raise DamagedClosingError(closing)
    data: Data = json.loads(closing.snapshot)
    return data


def reported_years(plan: Plan) -> list[int]:
    """The years of which a plan gives account: the one before its triennium, whose results it
    states, and its own."""
    return [plan.baseline_year, *plan.years]


# What is unresolved, what was decided


@dataclass(frozen=True, slots=True)
class ClosingLine:
    """An indicator that should be measured and is not: where it stands, what was decided of it,
    whether the person may decide."""

    line: YearLine
    url: str
    value_url: str
    value_words: str
    resolution: Resolution | None
    may_decide: bool

    @property
    def why(self) -> str:
        """Why it is not measured."""
        return " ".join(self.line.sentences)

    @property
    def waits(self) -> bool:
        """Its exclusion waits to be approved."""
        return self.resolution is not None and self.resolution.state == ResolutionState.PROPOSED


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """An indicator of which something was decided, and whether that still counts: a result that
    came in later takes its place."""

    line: YearLine
    url: str
    resolution: Resolution
    may_withdraw: bool

    @property
    def who(self) -> str:
        """Who decided, and when."""
        one = self.resolution
        person = one.decided_by or one.proposed_by
        return f"{person}, {written(timezone.localdate(one.decided_at or one.proposed_at))}"

    @property
    def counts(self) -> bool:
        """No result has taken its place."""
        return self.line.treatment is not None


@dataclass(frozen=True, slots=True)
class PendingFigure:
    """A figure of the year that waits to be validated; `url` leads whoever validates it to its
    place in the queue."""

    recording: Recording
    url: str

    @property
    def name(self) -> str:
        """What it measures, and at which day."""
        one = self.recording
        return f"{one.indicator.name} ({written(one.period.ends_on)})"


@dataclass(frozen=True, slots=True)
class ClosingReport:
    """A year on its way to be closed."""

    report: YearReport
    open_lines: tuple[ClosingLine, ...]
    waiting: tuple[ClosingLine, ...]
    decided: tuple[DecidedLine, ...]
    pending: tuple[PendingFigure, ...] = ()

    @property
    def year(self) -> int:
        """The year."""
        return self.report.year

    @property
    def unresolved_count(self) -> int:
        """How many indicators stand in the way, those whose exclusion waits included."""
        return len(self.open_lines) + len(self.waiting)

    @property
    def is_held_up(self) -> bool:
        """Results are missing, or figures wait to be validated."""
        return bool(self.unresolved_count or self.pending)

    @property
    def expected_count(self) -> int:
        """How many indicators should be measured."""
        return len(self.report.expected)

    @property
    def measured_count(self) -> int:
        """How many have a result that was held against the target."""
        return sum(
            line.value is not None and line.treatment is None for line in self.report.expected
        )

    def count_of(self, treatment: Treatment) -> int:
        """How many are excluded, or count zero."""
        return sum(line.treatment == treatment for line in self.report.expected)

    @property
    def excluded_count(self) -> int:
        """How many are excluded with a reason approved."""
        return self.count_of(Treatment.EXCLUDED)

    @property
    def zero_count(self) -> int:
        """How many count zero."""
        return self.count_of(Treatment.ZERO)

    @property
    def early_count(self) -> int:
        """How many results were measured before the end of the year."""
        return self.report.score.early

    @property
    def may_decide(self) -> bool:
        """The person may decide of at least one of the lines."""
        return any(line.may_decide for line in self.open_lines)


def closing_report(
    plan: Plan, year: int, *, data: Data, user: User, edits: bool = False
) -> ClosingReport:
    """What is unresolved in a year and what was decided, as the person may act on it; `edits`
    when the values can be written in the grid."""
    report = YearReport(data)
    standing = {
        one.indicator_id: one
        for one in Resolution.objects.of_year(plan, year).standing().with_people()
    }
    unresolved = report.unresolved
    wanted = {line.indicator_id for line in unresolved} | set(standing)
    suppliers = suppliers_of(plan, wanted)

    def may_decide(indicator_id: int) -> bool:
        return may_decide_of(user, suppliers.get(indicator_id))

    lines = [
        ClosingLine(
            line,
            _page(plan, line),
            *_value_way(plan, report, line, edits=edits),
            standing.get(line.indicator_id),
            may_decide(line.indicator_id),
        )
        for line in unresolved
    ]
    decided = [
        DecidedLine(line, _page(plan, line), one, may_decide(line.indicator_id))
        for line in report.lines
        if (one := standing.get(line.indicator_id)) and one.state == ResolutionState.IN_FORCE
    ]
    return ClosingReport(
        report,
        tuple(line for line in lines if not line.waits),
        tuple(line for line in lines if line.waits),
        tuple(decided),
        pending_figures(plan, year, user=user),
    )


def pending_figures(plan: Plan, year: int, *, user: User) -> tuple[PendingFigure, ...]:
    """The figures that wait for planning and hold a year up, in one statement."""
    found = Recording.objects.holding_up(plan, year).with_people()
    found = found.select_related("indicator", "period__plan", "supplier")
    validates = is_planner(user)
    return tuple(
        PendingFigure(one, _queue(one) if validates else "")
        for one in found.order_by("period__ends_on", "indicator__name", "pk")
    )


def _queue(recording: Recording) -> str:
    """The place of a figure among those to be validated."""
    period = recording.period
    queue = reverse("strategy:validation-list", args=[period.plan.first_year])
    return f"{queue}?periodo={period.ends_on.isoformat()}#q-{recording.pk}"


def suppliers_of(plan: Plan, indicators: Collection[int]) -> dict[int, int | None]:
    """The unit that supplies each of the indicators in a plan, in one statement."""
    rows = DashboardRow.objects.filter(dashboard__plan=plan, indicator__in=indicators).in_order()
    declared: dict[int, int | None] = {}
    showing: dict[int, list[tuple[str, int | None]]] = defaultdict(list)
    for pk, supplier, kind, unit in rows.values_list(
        "indicator_id", "indicator__supplier_id", "dashboard__kind", "dashboard__unit_id"
    ):
        declared[pk] = supplier
        showing[pk].append((kind, unit))
    return {pk: supplier_of(supplier, showing[pk]) for pk, supplier in declared.items()}


def may_decide_of(user: User, supplier_id: int | None) -> bool:
    """Whether the person may decide of the missing result of an indicator with this supplier."""
    if decides_of_everything(user):
        return True
    return bool(decides_of_unit(user) and supplier_id in user.led_unit_ids)


def _page(plan: Plan, line: YearLine) -> str:
    """The page of the indicator."""
    return reverse("strategy:indicator-detail", args=[plan.first_year, line.indicator_id])


def _value_way(plan: Plan, report: YearReport, line: YearLine, *, edits: bool) -> tuple[str, str]:
    """Where its value can be written, cell and all, and what that way is called."""
    if not edits:
        return _page(plan, line), _("Open the indicator")
    if line.is_strategic:
        grid = reverse("strategy:strategic-dashboard-edit", args=[plan.first_year])
    else:
        slugs = {one.code: one.slug for one in report.dashboards}
        grid = reverse("strategy:dashboard-edit", args=[plan.first_year, slugs[line.codes[0]]])
    return f"{grid}#{CellKey(True, line.indicator_id, report.year)}", _("Write the value")
