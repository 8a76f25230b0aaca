"""A dashboard as it is set on paper: rows with their looks, in groups that stay together. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from documents.lettering import wrap
from indicators.enums import TargetKind
from strategy.columns import POINT
from strategy.enums import DashboardKind
from strategy.models import Dashboard
from strategy.reports import Cell, Column, DashboardReport, Line

# A dashboard of at most this many rows shares the page of the one before where it fits whole.
SHORT = 9
LEFT_OVER = 3
# Points of a landscape page as print.css sets it: what is under the header row, the title, a
# heading of perspective or objective, a line, the space around a row. Texts are narrower than
# the estimate of `wrap`, which is made for titles, by a tenth: hence the size.
PAGE = 478
TITLE = 21
HEADING = 15
LEADING = 9.9
AROUND = 4.6
SIZE = 7.2
SPARED = 1.8
WIDTHS = (67.6, 96.6)
WORDS = {"monitoring", "nd"}


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A value on paper: its classes, its text, whether it is a word set apart (monitoraggio)."""

    classes: str
    text: str
    is_word: bool
    is_empty: bool


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A row on paper."""

    indicator: str
    source: str
    is_strategic: bool
    cells: tuple[PrintedCell, ...]


@dataclass(frozen=True, slots=True)
class PrintedAction:
    """The rows of an action, which stay together; above the first of a group, its headings.

    `anchor` is the place of the objective, on its first heading: an objective whose rows do not
    stand together is headed again."""

    name: str
    guide: str
    lines: tuple[PrintedLine, ...]
    perspective: str = ""
    objective: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class PrintedDashboard:
    """A dashboard on paper; `is_joined` shares the page of the one before."""

    dashboard: Dashboard
    columns: tuple[Column, ...]
    actions: tuple[PrintedAction, ...]
    line_count: int
    title: str
    is_joined: bool = False
    is_tight: bool = False

    @property
    def is_cascaded(self) -> bool:
        """Tells strategic rows from operational ones."""
        return self.dashboard.kind in DashboardKind.cascaded

    @property
    def strategic_count(self) -> int:
        """Rows that stand on the strategic dashboard too."""
        return sum(line.is_strategic for action in self.actions for line in action.lines)

    @property
    def span(self) -> int:
        """How many columns a heading crosses: action, indicator, values, source, perhaps type."""
        return len(self.columns) + 3 + self.is_cascaded

    @property
    def screen_span(self) -> int:
        """The same on the page, which says the type beside the name."""
        return len(self.columns) + 3

    @property
    def places(self) -> range:
        """One for each column."""
        return range(self.span)


def printed_dashboards(
    reports: Sequence[DashboardReport], *, title: str = ""
) -> list[PrintedDashboard]:
    """Dashboards for the paper: a short one may follow the one before on its page, one whose last
    page would hold hardly a row is set tight. `title` is that of a dashboard that comes alone."""
    printed = [printed_dashboard(report, title=title) for report in reports]
    return [
        replace(
            sheet,
            is_joined=place > 0 and sheet.line_count <= SHORT,
            is_tight=rows_left_over(sheet) in range(1, LEFT_OVER + 1)
            and not rows_left_over(sheet, spared=SPARED),
        )
        for place, sheet in enumerate(printed)
    ]


def rows_left_over(sheet: PrintedDashboard, *, spared: float = 0) -> int:
    """How many rows stand on the last page, by estimate; none when there is only one page.

    `spared` are the points that each row gains when it is set tight."""
    page, rows = 1, 0
    room: float = PAGE - TITLE
    for action in sheet.actions:
        height = sum(_height(_texts(action, line)) - spared for line in action.lines)
        height += HEADING * (bool(action.perspective) + bool(action.objective))
        if height > room:
            page, room, rows = page + 1, PAGE, 0
        room -= height
        rows += len(action.lines)
    return rows if page > 1 else 0


def _texts(action: PrintedAction, line: PrintedLine) -> tuple[str, str]:
    """What may need more than a line: the action where it is printed, the indicator."""
    return (action.name if line is action.lines[0] else "", line.indicator)


def _height(texts: tuple[str, str]) -> float:
    """Points of a row: the taller of its two texts, and the space around it."""
    lines = max(
        len(wrap(text, width / POINT, SIZE)) for text, width in zip(texts, WIDTHS, strict=True)
    )
    return max(lines, 1) * LEADING + AROUND


def printed_dashboard(report: DashboardReport, *, title: str = "") -> PrintedDashboard:
    """One dashboard for the paper."""
    actions = []
    anchors: set[str] = set()
    for perspective in report.grouped():
        for objective in perspective.objectives:
            anchor = f"obiettivo-{objective.pk}"
            for action in objective.actions:
                is_first = action is objective.actions[0]
                opens = is_first and objective is perspective.objectives[0]
                actions.append(
                    PrintedAction(
                        name=action.name,
                        guide=objective.code,
                        lines=tuple(_line(line, report.columns) for line in action.lines),
                        perspective=perspective.title if opens else "",
                        objective=objective.heading if is_first else "",
                        anchor="" if anchor in anchors else anchor,
                    )
                )
                anchors.add(anchor)
    return PrintedDashboard(
        report.dashboard,
        report.columns,
        tuple(actions),
        len(report.lines),
        title or report.dashboard.title,
    )


def _line(line: Line, columns: tuple[Column, ...]) -> PrintedLine:
    cells = tuple(_cell(cell, column) for cell, column in zip(line.cells, columns, strict=True))
    return PrintedLine(line.indicator, line.source, line.is_strategic, cells)


def _cell(cell: Cell, column: Column) -> PrintedCell:
    classes = ["n"]
    if column.is_current:
        classes.append("now")
    if cell.look == "empty":
        classes.append("empty")
    is_word = cell.look in WORDS or cell.kind == TargetKind.TEXT
    return PrintedCell(" ".join(classes), cell.printed, is_word, cell.look == "empty")
