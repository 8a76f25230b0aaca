"""How what stands in a section beside its text is built: the registry of kinds of blocks.

A builder is registered for each kind of block; the same block serves the page and the paper, by
one template where the markup can be the same. `PlanReports` is shared by all blocks of a document,
so that their number of statements does not grow with the rows or with the blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from documents.charts import Chart
from documents.gantt import Gantt
from documents.strategy_map import StrategyMap
from organization.reports import StaffReport, staff_report
from strategy.columns import TEXT_WIDTH, column_widths
from strategy.enums import DashboardKind, RowLevel
from strategy.models import Dashboard, Plan, SectionBlock
from strategy.reports import (
    DashboardReport,
    MapPerspective,
    TableReport,
    TableRow,
    dashboard_reports,
    map_report,
    reference_table_report,
)
from strategy.reports.maps import MapResults, map_results
from strategy.reports.project_lines import ProjectReport
from strategy.reports.projects import timeless_reports

SHORT_ROWS = 12
SHORT_TEXT = 1200
LONG_ROWS = 18
PHONE_WIDTH = 358.0


class Medium(StrEnum):
    """What a block is drawn on."""

    SCREEN = "screen"
    PRINT = "print"


class PlanReports:
    """What the blocks of one plan share, each read once and only if a block asks for it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    @cached_property
    def dashboards(self) -> dict[str, Dashboard]:
        """Every dashboard of the plan by its address name, in order."""
        found = self.plan.dashboards.select_related("unit").order_by("position")
        for dashboard in found:
            dashboard.plan = self.plan
        return {dashboard.slug: dashboard for dashboard in found}

    @cached_property
    def reports(self) -> dict[str, DashboardReport]:
        """The rows of every dashboard, in four statements for all of them."""
        reports = dashboard_reports(list(self.dashboards.values()))
        return {report.dashboard.slug: report for report in reports}

    def of_kind(self, *kinds: str) -> list[DashboardReport]:
        """The dashboards of the kinds, in the order of the plan."""
        return [report for report in self.reports.values() if report.dashboard.kind in kinds]

    @cached_property
    def map(self) -> tuple[MapPerspective, ...]:
        """Perspectives and objectives with their counts."""
        return map_report(self.plan)

    @cached_property
    def projects(self) -> list[ProjectReport]:
        """The sheets of the projects with their activities, in order."""
        return timeless_reports(self.plan)

    @cached_property
    def results(self) -> MapResults | None:
        """How perspectives and objectives stand in the last year that has results."""
        return map_results(self.plan)

    @cached_property
    def staff(self) -> StaffReport:
        """The staff at the reference date."""
        return staff_report(on=self.plan.reference_date)


@dataclass(frozen=True)
class BlockContext:
    """What a builder is given: the block, the medium, the level of headings inside it."""

    shared: PlanReports
    block: SectionBlock
    medium: Medium = Medium.SCREEN
    level: int = 2

    @property
    def plan(self) -> Plan:
        """The plan of the document."""
        return self.shared.plan

    @property
    def is_print(self) -> bool:
        """Drawn on paper."""
        return self.medium == Medium.PRINT


@dataclass(frozen=True)
class Anchor:
    """A place inside a block that the index points at."""

    slug: str
    title: str
    number: str = ""


@dataclass(frozen=True)
class BlockView:
    """A block ready to be drawn: its template, what the template needs, what it holds.

    `table_number` and `figure_number` are given by the document, which counts through all
    its sections; 0 means without number. `is_wide` blocks have pages of their own in print; with
    `takes_text` the first of them also carries heading and text of the section (`opening`).
    """

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    table: TableReport | None = None
    figure: Chart | StrategyMap | Gantt | None = None
    dashboards: tuple[DashboardReport, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    is_numbered: bool = False
    is_wide: bool = False
    takes_text: bool = False
    opening: Any = None
    problem: str = ""
    kind: str = ""
    caption: str = ""
    lead: str = ""
    source_note: str = ""
    level: int = 2
    is_print: bool = False
    table_number: int = 0
    figure_number: int = 0

    @property
    def widths(self) -> tuple[int, ...]:
        """Millimetres of the columns of the table on paper."""
        if self.table is None:
            return ()
        headings = [heading for heading, _numeric in self.table.headings]
        rows = [[row.heading, *(text for text, _n in row.cells)] for row in self.table.rows]
        return column_widths([headings, *rows])

    @property
    def holds_table(self) -> bool:
        """Has a table that the document counts."""
        return self.table is not None or self.is_numbered

    @property
    def is_short(self) -> bool:
        """The table stays in one piece: few rows, little text."""
        if self.table is None or len(self.table.rows) > SHORT_ROWS:
            return False
        return sum(len(text) for row in self.table.rows for text, _n in row.cells) <= SHORT_TEXT

    @property
    def is_long(self) -> bool:
        """The table is set dense, to stay on a page."""
        return self.table is not None and len(self.table.rows) >= LONG_ROWS

    @property
    def figure_title(self) -> str:
        """The words under the figure."""
        return str(self.context.get("figure_caption") or self.caption)

    @property
    def has_levels(self) -> bool:
        """Rows of the table have ranks other than items and a last total."""
        return self.table is not None and any(
            row.level in {RowLevel.DETAIL, RowLevel.RESULT, RowLevel.HEADING}
            for row in self.table.rows
        )

    @property
    def is_narrow(self) -> bool:
        """The table keeps to the column of the text."""
        return sum(self.widths) <= TEXT_WIDTH

    def render(self) -> SafeString:
        """The block as HTML."""
        return render_to_string(self.template, {"view": self, **self.context})


Builder = Callable[[BlockContext], "BlockView | list[BlockView]"]
Takes = Literal["", "dashboard", "table", "project"]


@dataclass(frozen=True)
class BlockKind:
    """A kind of block as the editor offers it; `takes` is what one must say beside the kind."""

    name: str
    label: str | Promise
    takes: Takes
    builder: Builder


_kinds: dict[str, BlockKind] = {}


def block(kind: str, *, label: str | Promise, takes: Takes = "") -> Callable[[Builder], Builder]:
    """Register the builder of a kind of block, and the words by which it is chosen."""

    def register(builder: Builder) -> Builder:
        _kinds[kind] = BlockKind(kind, label, takes, builder)
        return builder

    return register


def build_block(context: BlockContext) -> list[BlockView]:
    """The views of a block, mostly one; a kind that nobody builds is said on the page.

    Introduction and source of the block stand with the first and with the last view.
    """
    stored = context.block
    kind = _kinds.get(stored.kind)
    if kind is None:
        found: BlockView | list[BlockView] = problem_view(
            _("Nothing is known of blocks of kind “%(kind)s”.") % {"kind": stored.kind}
        )
    else:
        found = kind.builder(context)
    views = found if isinstance(found, list) else [found]
    last = views[-1]
    note = stored.source_note or (last.table.source_note if last.table else "")
    views[0] = replace(views[0], lead=stored.lead)
    views[-1] = replace(views[-1], source_note=note)
    return [
        replace(
            view,
            kind=stored.kind,
            caption=view.caption or stored.caption,
            level=context.level,
            is_print=context.is_print,
        )
        for view in views
    ]


def registered_kinds() -> list[str]:
    """Every kind of block that can be built."""
    return sorted(_kinds)


def block_kinds() -> list[BlockKind]:
    """Every kind of block in the order of its words, for whoever chooses one."""
    return sorted(_kinds.values(), key=lambda kind: str(kind.label))


def block_kind(name: str) -> BlockKind | None:
    """The kind of that name, if anybody builds it."""
    return _kinds.get(name)


def problem_view(sentence: str) -> BlockView:
    """A block that says why it cannot be shown."""
    return BlockView(template="blocks/problem.html", problem=sentence)


def table_view(table: TableReport, **more: Any) -> BlockView:
    """A block that is a table of figures, with a drawing above it when one is given."""
    return BlockView(template="blocks/table.html", table=table, **more)


def phone_drawing(
    context: BlockContext, draw: Callable[..., Chart], **sizes: float
) -> dict[str, Any]:
    """The drawing again, as wide as a phone, so that its words are not made smaller there."""
    return {} if context.is_print else {"narrow": draw(width=PHONE_WIDTH, **sizes)}


def stored_table(context: BlockContext) -> TableReport | None:
    """The table of figures that a block quotes, under the caption of the block."""
    table = context.block.table
    return reference_table_report(table, caption=context.block.caption) if table else None


def computed_table(
    context: BlockContext, headings: Sequence[str], rows: Sequence[TableRow]
) -> TableReport:
    """A table computed from the data, its first column naming the rows."""
    return TableReport(
        caption=context.block.caption,
        headings=tuple((text, index > 0) for index, text in enumerate(headings)),
        rows=tuple(rows),
    )


def computed_row(heading: str, figures: Sequence[int], *, is_total: bool = False) -> TableRow:
    level = RowLevel.TOTAL if is_total else RowLevel.ITEM
    return TableRow(level.value, heading, tuple((str(figure), True) for figure in figures))


def dashboard_anchor(report: DashboardReport, *, title: str = "") -> Anchor:
    """The place of a dashboard in the document."""
    dashboard = report.dashboard
    return Anchor(f"cruscotto-{dashboard.slug}", title or dashboard.title)


def cascaded(shared: PlanReports) -> list[DashboardReport]:
    """The dashboards that receive indicators, in the order of the plan."""
    return shared.of_kind(*DashboardKind.cascaded)
