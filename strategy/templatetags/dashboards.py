"""The rows of a dashboard, and their cells, as rows and cells of a table.

Hundreds of rows that seldom change: what was drawn is kept under everything that is shown in it
(and nothing else), so that a changed value is drawn anew and an unchanged table is not. The same
holds for the few distinct cells and for the filters.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from indicators.attainment import explanation_of_cells
from strategy.filters import Field
from strategy.reports import Cell, Column, Line, PerspectiveGroup

register = template.Library()


@register.simple_tag
def dashboard_table(
    title: str, groups: tuple[PerspectiveGroup, ...], columns: tuple[Column, ...], year: int
) -> SafeString:
    """The rows of a dashboard of the plan that begins in the year."""
    return drawn_table(title, groups, columns, year, get_language())


@lru_cache(maxsize=64)
def drawn_table(
    title: str,
    groups: tuple[PerspectiveGroup, ...],
    columns: tuple[Column, ...],
    year: int,
    language: str | None,
) -> SafeString:
    """The table from its template; the language is part of what it is kept under."""
    context = {
        "title": title,
        "groups": groups,
        "columns": columns,
        "column_count": len(columns) + 3,
        "year": year,
    }
    return render_to_string("strategy/dashboard_rows.html", context)


@register.simple_tag
@lru_cache(maxsize=256)
def filter_field(field: Field) -> SafeString:
    """One filter with its options, whose words are already those of the reader's language."""
    return render_to_string("strategy/dashboard_filter.html", {"field": field})


@register.filter
def value_cells(line: Line, columns: Sequence[Column]) -> SafeString:
    """The `td` of every value of a row: the printed text, how it looks, its label for the phone."""
    language = get_language()
    cells = (
        value_cell(cell, column, language) for cell, column in zip(line.cells, columns, strict=True)
    )
    return mark_safe("".join(cells))  # noqa: S308 -- every part comes from format_html below


@lru_cache(maxsize=8192)
def value_cell(cell: Cell, column: Column, language: str | None) -> SafeString:
    """One value: `-`, n.d. and an empty cell each look, and read aloud, like what they mean."""
    css = "cp-val cp-now" if column.is_current else "cp-val"
    if cell.look:
        css = f"{css} cp-v--{cell.look}"
    return format_html(
        '<td class="{}" role="cell" data-label="{}">{}{}</td>',
        css,
        column_label(column),
        value_text(cell),
        degree_of(cell),
    )


def degree_of(cell: Cell) -> SafeString:
    """How a result stands against its target, its reason one click away; nothing for the rest."""
    if cell.mark is None or cell.sides is None:
        return SafeString()
    context = {"mark": cell.mark, "explanation": explanation_of_cells(cell.sides)}
    return render_to_string("strategy/degree.html", context)


def value_text(cell: Cell) -> SafeString:
    """The printed text, with the words that a bare sign leaves unsaid."""
    if cell.look == "none":
        return format_html(
            '{}<span class="visually-hidden"> {}</span>', cell.printed, _("not foreseen")
        )
    if cell.look == "nd":
        return format_html('<abbr title="{}">{}</abbr>', _("not available"), cell.printed)
    if cell.look == "empty":
        return format_html("<span>{}</span>", _("not filled in"))
    if cell.look == "absent":
        return format_html('<span class="visually-hidden">{}</span>', _("no value"))
    return format_html("{}", cell.printed)


@register.filter
def column_label(column: Column) -> str:
    """Target 2021, or result 2020."""
    if column.is_actual:
        return _("Result %(year)s") % {"year": column.year}
    return _("Target %(year)s") % {"year": column.year}


@register.filter
def degree(cell: Cell) -> SafeString:
    """How a single result stands against its target."""
    return degree_of(cell)


@register.filter
def value(cell: Cell) -> SafeString:
    """A single value outside the big tables."""
    return value_text(cell)
