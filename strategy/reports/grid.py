"""A dashboard as a grid to be written in: which columns, which of their cells are open."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from strategy.cell_changes import CellChange, CellKey, CellVerdict
from strategy.models import Dashboard, Plan
from strategy.reports.dashboards import (
    Cell,
    Column,
    DashboardReport,
    Line,
    columns_of,
    dashboard_report,
    group_lines,
)

ROWS_PER_FORM = 100
"""Rows of one page of the plain form: at eight cells each, well under the limit of fields."""


def grid_columns(dashboard: Dashboard, plan: Plan, *, this_year: int) -> tuple[Column, ...]:
    """The columns of the dashboard and, beside the target of each year of the plan that has
    begun, its result."""
    columns: list[Column] = []
    for column in columns_of(dashboard, plan):
        if not column.is_actual or column.year <= this_year:
            columns.append(column)
        if not column.is_actual and column.year in plan.years and column.year <= this_year:
            columns.append(Column(column.year, True, False))
    return tuple(columns)


def is_open(column: Column, plan: Plan, closed: Collection[int] = ()) -> bool:
    """Results that the grid shows and targets of the plan's own years, save those of years that
    are `closed`; targets of the year before are never open."""
    return column.year not in closed and (column.is_actual or column.year in plan.years)


def grid_report(dashboard: Dashboard, *, this_year: int) -> DashboardReport:
    """The dashboard with the columns of the grid, in the statements of the reading page."""
    return dashboard_report(
        dashboard, columns_for=lambda one, plan: grid_columns(one, plan, this_year=this_year)
    )


def key_of(line: Line, column: Column) -> CellKey:
    """The name of a cell of the grid."""
    return CellKey(column.is_actual, line.indicator_id, column.year)


class FormCell(NamedTuple):
    """A cell of the plain form: its name and texts, and the verdict when it was refused."""

    key: CellKey
    column: Column
    cell: Cell
    is_open: bool
    text: str
    was: str
    reason: str
    verdict: CellVerdict | None

    @property
    def is_changed(self) -> bool:
        """Somebody wrote in it."""
        return self.text != self.was


class FormLine(NamedTuple):
    """A row of the plain form and, under it, what stands against its cells."""

    line: Line
    cells: tuple[FormCell, ...]

    @property
    def messages(self) -> tuple[FormCell, ...]:
        """The cells that something is said of."""
        return tuple(x for x in self.cells if x.verdict and (x.verdict.fault or x.verdict.asks))


class FormAction(NamedTuple):
    """The rows of one action; `height` counts the rows of messages too."""

    name: str
    lines: tuple[FormLine, ...]
    height: int


class FormObjective(NamedTuple):
    """The actions of one objective."""

    heading: str
    actions: tuple[FormAction, ...]


@dataclass(frozen=True, slots=True)
class GridForm:
    """One page of the plain form."""

    columns: tuple[Column, ...]
    objectives: tuple[FormObjective, ...]
    loaded: Mapping[str, str]
    number: int
    pages: tuple[int, ...]

    @property
    def messages(self) -> list[tuple[FormLine, FormCell]]:
        """Every cell that something is said of, in order."""
        lines = [line for o in self.objectives for action in o.actions for line in action.lines]
        return [(line, cell) for line in lines for cell in line.messages]


def grid_form(
    report: DashboardReport,
    *,
    number: int,
    changes: Sequence[CellChange] = (),
    verdicts: Sequence[CellVerdict] = (),
    closed: Collection[int] = (),
) -> GridForm:
    """The rows of one page as fields, with what was typed and what was said of it."""
    pages = tuple(range(1, max(1, -(-len(report.lines) // ROWS_PER_FORM)) + 1))
    number = min(max(number, 1), len(pages))
    typed = {change.key: change for change in changes}
    told = {verdict.key: verdict for verdict in verdicts}
    plan = report.dashboard.plan
    shown = report.lines[(number - 1) * ROWS_PER_FORM : number * ROWS_PER_FORM]

    def form_line(line: Line) -> FormLine:
        cells = zip(line.cells, report.columns, strict=True)
        return FormLine(line, tuple(form_cell(line, cell, column) for cell, column in cells))

    def form_cell(line: Line, cell: Cell, column: Column) -> FormCell:
        key = key_of(line, column)
        change = typed.get(key)
        was = change.was if change else cell.printed
        return FormCell(
            key=key,
            column=column,
            cell=cell,
            is_open=is_open(column, plan, closed),
            text=change.text if change else cell.printed,
            was=was,
            reason=change.reason if change else "",
            verdict=told.get(key),
        )

    objectives = []
    for perspective in group_lines(shown):
        for objective in perspective.objectives:
            actions = []
            for action in objective.actions:
                lines = tuple(form_line(line) for line in action.lines)
                height = len(lines) + sum(bool(line.messages) for line in lines)
                actions.append(FormAction(action.name, lines, height))
            objectives.append(FormObjective(objective.heading, tuple(actions)))
    loaded = {
        str(cell.key): cell.was
        for objective in objectives
        for action in objective.actions
        for line in action.lines
        for cell in line.cells
        if cell.is_open
    }
    return GridForm(report.columns, tuple(objectives), loaded, number, pages)
