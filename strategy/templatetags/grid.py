"""The cells of the grid: as text for the page that writes in them, as fields for the plain form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from strategy.enums import CellFault
from strategy.reports import Cell, Column, DashboardReport, Line, PerspectiveGroup
from strategy.reports.grid import FormCell, FormLine, is_open
from strategy.templatetags.dashboards import column_label, value_text

register = template.Library()

GridColumn = tuple[Column, bool]
MARKS = {
    CellFault.NOTATION: "cp-edit--wrong",
    CellFault.CONFLICT: "cp-edit--conflict",
    CellFault.REASON: "cp-edit--asked",
    CellFault.CLOSED: "cp-edit--wrong",
}


@register.simple_tag
def grid_table(
    title: str, report: DashboardReport, closed: frozenset[int] = frozenset()
) -> SafeString:
    """The rows of a dashboard as a grid, kept like those of the reading page; `closed` are the
    years whose results do not change any more."""
    plan = report.dashboard.plan
    columns = tuple((column, is_open(column, plan, closed)) for column in report.columns)
    return drawn_grid(title, report.grouped(), columns, get_language())


@lru_cache(maxsize=64)
def drawn_grid(
    title: str,
    groups: tuple[PerspectiveGroup, ...],
    columns: tuple[GridColumn, ...],
    language: str | None,
) -> SafeString:
    """The table from its template; the language is part of what it is kept under."""
    context = {
        "title": title,
        "groups": groups,
        "columns": columns,
        "column_count": len(columns) + 3,
    }
    return render_to_string("strategy/grid_rows.html", context)


@register.filter
def column_name(column: Column) -> str:
    """The name by which cells of a column are called: `t2021`, `a2020`."""
    return f"{'a' if column.is_actual else 't'}{column.year}"


@register.filter
def grid_cells(line: Line, columns: tuple[GridColumn, ...]) -> SafeString:
    """The `td` of every value of a row."""
    language = get_language()
    cells = (
        grid_cell(cell, column, is_open, language)
        for cell, (column, is_open) in zip(line.cells, columns, strict=True)
    )
    return mark_safe("".join(cells))  # noqa: S308 -- every part comes from format_html below


@lru_cache(maxsize=8192)
def grid_cell(cell: Cell, column: Column, is_open: bool, language: str | None) -> SafeString:
    """A value; where words stand for the bare sign, an open cell carries the sign beside them."""
    css = "cp-val cp-edit" if is_open else "cp-val cp-shut"
    css = f"{css} cp-now" if column.is_current else css
    is_absent = is_open and cell.look == "absent"
    css = f"{css} cp-v--{cell.look}" if cell.look and not is_absent else css
    is_plain = is_absent or (
        cell.look in ("", "monitoring") and cell.printed == cell.printed.strip()
    )
    return format_html(
        '<td class="{}" role="gridcell" data-label="{}"{}{}>{}</td>',
        css,
        column_label(column),
        "" if is_open else SafeString(' aria-readonly="true"'),
        "" if is_plain else format_html(' data-t="{}"', cell.printed.strip()),
        "" if is_absent else value_text(cell),
    )


@register.filter
def form_cells(line: FormLine) -> SafeString:
    """The `td` of every value of a row of the plain form, open ones with their field."""
    return format_html_join("", "{}", ((form_cell(line.line, cell),) for cell in line.cells))


def form_cell(line: Line, cell: FormCell) -> SafeString:
    """A field named after its cell, as it was typed; its message stands in the row below."""
    look = " cp-v--monitoring" if cell.cell.look == "monitoring" else ""
    css = f"{look} cp-now" if cell.column.is_current else look
    label = column_label(cell.column)
    if not cell.is_open:
        return format_html(
            '<td class="cp-val cp-shut{}" role="cell" data-label="{}">{}</td>',
            css,
            label,
            value_text(cell.cell),
        )
    fault = cell.verdict.fault if cell.verdict else None
    mark = f" {MARKS[fault]}" if fault else " cp-edit--changed" if cell.is_changed else ""
    told = cell.verdict and (cell.verdict.fault or cell.verdict.asks)
    return format_html(
        '<td class="cp-val cp-edit{}{}" role="cell" data-label="{}">'
        '<input name="{}" value="{}" aria-label="{}, {}"{}{} autocomplete="off"></td>',
        css,
        mark,
        label,
        str(cell.key),
        cell.text,
        line.indicator,
        label,
        SafeString(' aria-invalid="true"') if fault else "",
        format_html(' aria-describedby="m-{}"', str(cell.key)) if told else "",
    )


@register.filter
def cell_place(cell: FormCell) -> str:
    """The column of a cell in words."""
    return column_label(cell.column)


@register.filter
def look_of(cell: FormCell) -> str:
    """The looks of the message under a cell."""
    fault = cell.verdict.fault if cell.verdict else None
    return {CellFault.CONFLICT: "conflict", CellFault.REASON: "ask", None: "ask"}.get(
        fault, "wrong"
    )


@register.filter
def is_conflict(cell: FormCell) -> bool:
    """Two texts stand side by side and the person picks one."""
    return bool(cell.verdict and cell.verdict.fault == CellFault.CONFLICT)


@register.filter
def or_blank(text: str) -> str:
    """A text, or the words for none."""
    return text or _("the empty cell")


@register.filter
def field_of_texts(loaded: Mapping[str, str]) -> SafeString:
    """The texts the page was loaded with, in one hidden field: who saves says what he had read."""
    return format_html('<input type="hidden" name="loaded" value="{}">', json.dumps(loaded))
