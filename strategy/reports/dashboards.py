"""What the pages and the document say of a plan, as row objects without markup.

Each report costs the same few statements whatever the number of rows: the rows of a dashboard,
their targets, their results, and where else their indicators stand. What there are hundreds of on
a page is a NamedTuple: quick to make, and quick to recognise for who keeps what was drawn of it.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.db.models import Q

from indicators.attainment import Cells, attainment_of_cells
from indicators.bands import BandLimits
from indicators.enums import AttainmentState, Availability
from indicators.models import Actual, Target
from strategy.band_looks import Mark, mark_of
from strategy.enums import DashboardKind, RowNature
from strategy.models import Dashboard, DashboardRow, Plan
from strategy.querysets import CASCADE_ORDER

LOOKS = {
    Availability.STATED.value: "",
    Availability.MONITORING.value: "monitoring",
    Availability.NOT_FORESEEN.value: "none",
    Availability.NOT_AVAILABLE.value: "nd",
    Availability.NOT_FILLED.value: "empty",
}


class Cell(NamedTuple):
    """One value of a dashboard: the text as printed, how it looks, its kind; of a result, how it
    stands against its target (`mark`) and both sides, from which the reason is told (`sides`)."""

    printed: str
    look: str = ""
    kind: str = ""
    mark: Mark | None = None
    sides: Cells | None = None


ABSENT = Cell("", "absent")
# A result that is missing says so by itself; what is not to be measured has nothing to say.
TOLD = frozenset({AttainmentState.MEASURED, AttainmentState.INCOMPARABLE})


class Column(NamedTuple):
    """A column of values: its year, whether it is a result, whether it is the current year."""

    year: int
    is_actual: bool
    is_current: bool

    @property
    def key(self) -> tuple[str, int]:
        """What the cell is filed under."""
        return ("actual" if self.is_actual else "target", self.year)


class Line(NamedTuple):
    """One row of a dashboard with everything that is printed of it."""

    row_id: int
    position: int
    dashboard_id: int
    indicator_id: int
    indicator: str
    action_id: int
    action: str
    objective_id: int
    objective_code: str
    objective: str
    perspective_id: int
    perspective: str
    source: str
    is_strategic: bool
    cells: tuple[Cell, ...]
    codes: tuple[str, ...] = ()

    @property
    def nature(self) -> RowNature:
        """Strategic or operational, as the plan distinguishes the rows of section 3.3."""
        return RowNature.STRATEGIC if self.is_strategic else RowNature.OPERATIONAL

    @property
    def indicator_path(self) -> str:
        """The last step of the indicator's address."""
        return f"{self.indicator_id}/"

    @property
    def codes_text(self) -> str:
        """The signs of the dashboards in one line."""
        return " ".join(self.codes)

    @property
    def objective_heading(self) -> str:
        """Code and name of the objective as printed."""
        return f"{self.objective_code} {self.objective}".strip()


class ActionGroup(NamedTuple):
    """The rows of one action, printed once."""

    pk: int
    name: str
    lines: tuple[Line, ...]


class ObjectiveGroup(NamedTuple):
    """The actions of one objective."""

    pk: int
    code: str
    heading: str
    actions: tuple[ActionGroup, ...]
    line_count: int


class PerspectiveGroup(NamedTuple):
    """The objectives of one perspective."""

    pk: int
    name: str
    objectives: tuple[ObjectiveGroup, ...]
    line_count: int

    @property
    def title(self) -> str:
        """The printed capitals as a heading for the screen."""
        return self.name.capitalize() if self.name.isupper() else self.name


@dataclass(frozen=True, slots=True)
class DashboardReport:
    """A dashboard ready to be shown: its columns and all its rows, in order; `headings` names the
    cascaded dashboards of the plan by their sign."""

    dashboard: Dashboard
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    headings: Mapping[str, str]

    def grouped(self) -> tuple[PerspectiveGroup, ...]:
        """Rows by perspective, objective and action."""
        return group_lines(self.lines)


def columns_of(dashboard: Dashboard, plan: Plan) -> tuple[Column, ...]:
    """Which values a dashboard prints: the ente all years of the plan, a unit the first one, with
    the year before; POLA's programme its baseline and the three phases."""
    base, first = plan.baseline_year, plan.first_year
    actual = Column(base, True, False)
    if dashboard.kind == DashboardKind.POLA:
        return (actual, *(Column(year, False, year == first) for year in plan.years))
    years = plan.years if dashboard.kind == DashboardKind.STRATEGIC else [first]
    return (
        Column(base, False, False),
        actual,
        *(Column(year, False, year == first) for year in years),
    )


def group_lines(lines: Iterable[Line]) -> tuple[PerspectiveGroup, ...]:
    """Rows by perspective, objective and action, in the order they come."""
    groups = []
    for perspective_id, in_perspective in groupby(lines, attrgetter("perspective_id")):
        objectives = []
        name, total = "", 0
        for objective_id, in_objective in groupby(in_perspective, attrgetter("objective_id")):
            actions = tuple(
                ActionGroup(action_id, rows[0].action, rows)
                for action_id, rows in (
                    (key, tuple(found))
                    for key, found in groupby(in_objective, attrgetter("action_id"))
                )
            )
            count = sum(len(action.lines) for action in actions)
            first = actions[0].lines[0]
            name, total = first.perspective, total + count
            objectives.append(
                ObjectiveGroup(
                    objective_id, first.objective_code, first.objective_heading, actions, count
                )
            )
        groups.append(PerspectiveGroup(perspective_id, name, tuple(objectives), total))
    return tuple(groups)


ROW_FIELDS = (
    "pk",
    "position",
    "dashboard_id",
    "indicator_id",
    "indicator__name",
    "printed_name",
    "action_id",
    "action__name",
    "action__objective_id",
    "action__objective__code",
    "action__objective__name",
    "action__objective__perspective_id",
    "action__objective__perspective__name",
    "indicator__source__name",
    "indicator__is_project",
)


VALUE_FIELDS = ("indicator_id", "year", "printed", "availability", "kind")
# What a result is held against besides the two texts. Whether the polarity is confirmed is told on
# the page of the indicator: hundreds of cells are read here, and that column alone would cost as
# much as all the others.
TARGET_SIDE = ("polarity", "tolerance_days")
ACTUAL_SIDE = ("numerator_value", "denominator_value", "measured_on")


def dashboard_report(
    dashboard: Dashboard,
    *,
    columns_for: Callable[[Dashboard, Plan], tuple[Column, ...]] = columns_of,
) -> DashboardReport:
    """One dashboard, each row with the signs of the dashboards that share its indicator."""
    return dashboard_reports([dashboard], columns_for=columns_for)[0]


def dashboard_reports(
    dashboards: Sequence[Dashboard],
    *,
    columns_for: Callable[[Dashboard, Plan], tuple[Column, ...]] = columns_of,
) -> list[DashboardReport]:
    """Dashboards of one plan, in four statements however many they are."""
    if not dashboards:
        return []
    plan = dashboards[0].plan
    rows = (
        DashboardRow.objects.filter(dashboard__in=[d.pk for d in dashboards])
        .order_by("position")
        .values_list(*ROW_FIELDS)
    )
    rows_of: dict[int, list[tuple]] = defaultdict(list)
    for row in rows:
        rows_of[row[2]].append(row)
    projects = {row[3] for found in rows_of.values() for row in found if row[14]}
    cells = cells_of(plan, dashboards, projects)
    placements = placements_of(plan)
    reports = []
    for dashboard in dashboards:
        columns = columns_for(dashboard, plan)
        keys = [column.key for column in columns]
        lines = tuple(
            _line(row, cells.get(row[3], {}), keys, placements) for row in rows_of[dashboard.pk]
        )
        reports.append(DashboardReport(dashboard, columns, lines, placements.headings))
    return reports


def _line(
    row: tuple,
    cells: dict[tuple[str, int], Cell],
    keys: Sequence[tuple[str, int]],
    placements: Placements,
) -> Line:
    return Line(
        row_id=row[0],
        position=row[1],
        dashboard_id=row[2],
        indicator_id=row[3],
        indicator=row[5] or row[4],
        action_id=row[6],
        action=row[7],
        objective_id=row[8],
        objective_code=row[9],
        objective=row[10],
        perspective_id=row[11],
        perspective=row[12],
        source=row[13] or "",
        is_strategic=row[3] in placements.strategic,
        cells=tuple([cells.get(key, ABSENT) for key in keys]),
        codes=placements.codes.get(row[3], ()),
    )


def cells_of(
    plan: Plan, dashboards: Sequence[Dashboard], projects: Container[int] = ()
) -> dict[int, dict[tuple[str, int], Cell]]:
    """Targets of the plan and results up to its last year, by indicator of the dashboards, in two
    statements; `projects` are the indicators measured by their progress.

    The indicators are narrowed in SQL through the rows, not by a list of identifiers, so that the
    statement is the same for ten rows and for a thousand.
    """
    found: dict[int, dict[tuple[str, int], Cell]] = defaultdict(dict)
    on_dashboards = Q(indicator__rows__dashboard__in=[dashboard.pk for dashboard in dashboards])
    years = (plan.baseline_year, plan.last_year)
    held = holding(plan.band_limits)
    came: dict[tuple[int, int], tuple] = {}
    actuals = Actual.objects.filter(on_dashboards, is_current=True, year__range=years)
    results = actuals.order_by("measured_on").values_list(*VALUE_FIELDS, *ACTUAL_SIDE)
    for pk, year, printed, availability, kind, numerator, denominator, day in results:
        found[pk]["actual", year] = cell_of(printed, availability, kind)
        is_early = day < datetime.date(year, 12, 31)
        came[pk, year] = (pk in projects, printed, numerator, denominator, is_early)
    with_results = {year for _pk, year in came}
    targets = Target.objects.filter(on_dashboards, cycle=plan.first_year).order_by()
    expected = targets.values_list(*VALUE_FIELDS, *TARGET_SIDE)
    for pk, year, printed, availability, kind, polarity, tolerance in expected:
        cells = found[pk]
        cells["target", year] = cell_of(printed, availability, kind)
        if year in with_results and (result := came.get((pk, year))):
            sides = Cells(printed, polarity, True, tolerance, *result)
            cells["actual", year] = held(cells["actual", year], sides)
    return found


@lru_cache(maxsize=16)
def holding(limits: BandLimits) -> Callable[[Cell, Cells], Cell]:
    """Holds a result against its target, by the limits of the bands of a plan; as it is where there
    is nothing to hold. The same few cells come back hundreds of times on a page."""

    @lru_cache(maxsize=8192)
    def held(cell: Cell, sides: Cells) -> Cell:
        standing = attainment_of_cells(sides)
        if standing.state not in TOLD:
            return cell
        return cell._replace(mark=mark_of(standing.value, limits), sides=sides)

    return held


@lru_cache(maxsize=8192)
def cell_of(printed: str, availability: str, kind: str) -> Cell:
    """The cell of a value; the same few texts come back hundreds of times on a page."""
    return Cell(printed, LOOKS[availability], kind)


@dataclass(frozen=True, slots=True)
class Placements:
    """Where the indicators of a plan stand: on the strategic dashboard, and under which signs;
    the names of the dashboards by sign (see also Dashboard.title)."""

    strategic: frozenset[int]
    codes: dict[int, tuple[str, ...]]
    headings: dict[str, str]


def placements_of(plan: Plan) -> Placements:
    """Where every indicator of the plan stands, in one statement: whether on the strategic
    dashboard (see also RowQuerySet.with_nature) and on which cascaded ones (SG, DIR, AG...), as
    the cascade runs (see also DashboardQuerySet.from_the_top)."""
    rows = (
        DashboardRow.objects.filter(dashboard__plan=plan)
        .order_by()
        .values_list(
            "dashboard__kind",
            "dashboard__position",
            "dashboard__code",
            "dashboard__unit__name",
            "indicator_id",
        )
    )
    indicators: dict[tuple, list[int]] = defaultdict(list)
    for kind, position, code, unit, indicator_id in rows:
        indicators[kind, position, code, unit].append(indicator_id)
    steps = {kind.value: step for step, kind in enumerate(CASCADE_ORDER)}
    strategic: set[int] = set()
    codes: dict[int, list[str]] = defaultdict(list)
    headings: dict[str, str] = {}
    for kind, position, code, unit in sorted(
        indicators, key=lambda place: (steps.get(place[0], len(steps)), place[1])
    ):
        placed = indicators[kind, position, code, unit]
        if kind == DashboardKind.STRATEGIC:
            strategic.update(placed)
        elif kind in DashboardKind.cascaded:
            title = unit if kind == DashboardKind.UNIT else str(DashboardKind(kind).label)
            sign = code or title
            headings[sign] = title
            for indicator_id in placed:
                codes[indicator_id].append(sign)
    shared = {pk: tuple(found) for pk, found in codes.items()}
    return Placements(frozenset(strategic), shared, headings)


def pola_dashboard(plan: Plan) -> Dashboard | None:
    """The indicators of section 5.4, which use the same tree under another name."""
    return plan.dashboards.filter(kind=DashboardKind.POLA).select_related("plan").first()
