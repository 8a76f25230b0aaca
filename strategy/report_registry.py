"""How what stands in a section of a Relazione beside its text is built: the registry of its blocks.

See also: strategy.block_registry, the same for the document of the plan.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise

from strategy.block_registry import BlockView, Medium, table_view
from strategy.enums import RowLevel
from strategy.reports import TableReport, TableRow
from strategy.reports.report_year import ReportFigures

Cells = Sequence[tuple[str, bool]]


@dataclass(frozen=True)
class ReportContext:
    """What a builder is given: what the blocks share, the medium, the level of headings inside."""

    shared: ReportFigures
    medium: Medium = Medium.SCREEN
    level: int = 2

    @property
    def is_print(self) -> bool:
        """Drawn on paper."""
        return self.medium == Medium.PRINT

    @property
    def year(self) -> int:
        """The year of the Relazione."""
        return self.shared.report.year


Builder = Callable[[ReportContext], "BlockView | list[BlockView]"]


@dataclass(frozen=True)
class ReportBlockKind:
    """A kind of block: what it is called, who builds it."""

    label: str | Promise
    builder: Builder


KINDS: dict[str, ReportBlockKind] = {}  # every kind that can be built, by name


def report_block(kind: str, *, label: str | Promise) -> Callable[[Builder], Builder]:
    """Register the builder of a kind of block, and its words."""

    def register(builder: Builder) -> Builder:
        KINDS[kind] = ReportBlockKind(label, builder)
        return builder

    return register


def built(kind: str, context: ReportContext) -> tuple[str | Promise, list[BlockView]]:
    """A block by name with its views."""
    found = KINDS[kind].builder(context)
    views = found if isinstance(found, list) else [found]
    placed = [
        replace(view, kind=kind, level=context.level, is_print=context.is_print) for view in views
    ]
    return KINDS[kind].label, placed


def table_block(caption: str, headings: Cells, rows: Sequence[TableRow], **more: Any) -> BlockView:
    """A block that is a table, with a drawing above it when one is given."""
    table = TableReport(caption=caption, headings=tuple(headings), rows=tuple(rows))
    return table_view(table, caption=caption, **more)


def row(heading: str, *cells: tuple[str, bool], total: bool = False) -> TableRow:
    """A row of such a table: its name, its cells, each a figure or not."""
    return TableRow((RowLevel.TOTAL if total else RowLevel.ITEM).value, heading, cells)
