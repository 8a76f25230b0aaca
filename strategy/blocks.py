"""The blocks that the plan itself knows how to build: staff, figures, map, dashboards."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from documents.charts import Series, grouped_bars, line_chart
from documents.shapes import undusted
from documents.strategy_map import (
    NARROW,
    PRINT,
    WIDE,
    Objective,
    Perspective,
    StrategyMap,
    strategy_map,
)
from documents.templatetags.charts import print_number
from indicators.values import NotationError, read
from organization.reports import GenderRow
from strategy.block_registry import (
    BlockContext,
    BlockView,
    Medium,
    PlanReports,
    block,
    build_block,
    cascaded,
    dashboard_anchor,
    problem_view,
    stored_table,
    table_view,
)
from strategy.enums import DashboardKind, RowLevel
from strategy.models import Plan, Section
from strategy.printed import printed_dashboards
from strategy.reports import DashboardReport, TableReport, TableRow

AXIS_STEP = 2000


def section_blocks(
    plan: Plan,
    section: Section,
    *,
    shared: PlanReports | None = None,
    medium: Medium = Medium.SCREEN,
    level: int = 2,
) -> list[BlockView]:
    """The blocks of a section in order, each ready to `render`; `shared` serves many sections."""
    shared = shared or PlanReports(plan)
    return [
        view
        for stored in section.blocks.all()
        for view in build_block(BlockContext(shared, stored, medium, level))
    ]


# Staff (section 1.2)


@block("establishment_table")
def establishment_table(context: BlockContext) -> BlockView:
    """Posts of each act against the staff in service."""
    staff = context.shared.staff
    day = _day(context)
    headings = [
        _("Category"),
        *(_("Posts, %(act)s") % {"act": act} for act in staff.acts),
        _("Staff in service on %(day)s") % {"day": day},
        _("Difference from the last act"),
    ]
    rows = [
        _row(
            line.label or _("Total"),
            [*(posts for _act, posts in line.posts), line.staff, line.difference],
            is_total=not line.label,
        )
        for line in (*staff.posts, staff.posts_total)
    ]
    return table_view(_table(context, headings, rows))


@block("staff_by_gender")
def staff_by_gender(context: BlockContext) -> BlockView:
    """Women and men in service."""
    return table_view(_gender_table(context, context.shared.staff.everybody))


@block("part_time_table")
def part_time_table(context: BlockContext) -> BlockView:
    """Women and men with a part-time contract."""
    return table_view(_gender_table(context, context.shared.staff.part_time))


@block("staff_by_category_and_gender")
def staff_by_category_and_gender(context: BlockContext) -> BlockView:
    """Men and women of each category, drawn and in a table."""
    staff = context.shared.staff
    males, females = pgettext("staff", "Males"), pgettext("staff", "Females")
    headings = [_("Category"), males, females, _("Total")]
    rows = [
        _row(
            line.label or _("Total"), [line.male, line.female, line.total], is_total=not line.label
        )
        for line in (*staff.by_group, staff.everybody)
    ]
    chart = grouped_bars(
        _("Staff in service on %(day)s by category and gender.") % {"day": _day(context)},
        [line.label for line in staff.by_group],
        [
            Series(females, tuple(line.female for line in staff.by_group)),
            Series(males, tuple(line.male for line in staff.by_group)),
        ],
        print_number=print_number,
    )
    return table_view(_table(context, headings, rows), figure=chart)


def _gender_table(context: BlockContext, row: GenderRow) -> TableReport:
    headings = [_("Gender"), _day(context)]
    rows = [
        _row(_("Women"), [row.female]),
        _row(_("Men"), [row.male]),
        _row(_("Total"), [row.total], is_total=True),
    ]
    return _table(context, headings, rows)


def _day(context: BlockContext) -> str:
    day = context.plan.reference_date
    return f"{day.day}.{day.month}.{day.year}"


def _table(context: BlockContext, headings: Sequence[str], rows: Sequence[TableRow]) -> TableReport:
    """A table computed from the data, its first column naming the rows."""
    return TableReport(
        caption=context.block.caption,
        headings=tuple((text, index > 0) for index, text in enumerate(headings)),
        rows=tuple(rows),
    )


def _row(heading: str, figures: Sequence[int], *, is_total: bool = False) -> TableRow:
    level = RowLevel.TOTAL if is_total else RowLevel.ITEM
    return TableRow(level.value, heading, tuple((str(figure), True) for figure in figures))


# Tables of figures


@block("reference_table")
def reference_table(context: BlockContext) -> BlockView:
    """A table that the plan quotes as printed."""
    table = stored_table(context)
    if table is None:
        return problem_view(_("This block does not say which table it shows."))
    return table_view(table)


@block("value_added")
def value_added(context: BlockContext) -> BlockView:
    """Total value added year by year, drawn, and the table by sector."""
    table = stored_table(context)
    if table is None:
        return problem_view(_("This block does not say which table it shows."))
    labels = [row.heading for row in table.rows]
    totals = [_figure(text) for text in _column(table, "Totale")]
    known = [total for total in totals if total is not None]
    if not known:
        return table_view(table)
    start = int(min(known) // AXIS_STEP) * AXIS_STEP
    chart = line_chart(
        _("Total value added, %(first)s-%(last)s.") % {"first": labels[0], "last": labels[-1]},
        labels,
        totals,
        print_number=print_number,
        start=start,
        every=3,
    )
    note = _("Total value added in millions of euro; the axis starts at %(start)s") % {
        "start": print_number(start)
    }
    return table_view(table, figure=chart, context={"figure_caption": note})


def _column(table: TableReport, heading: str) -> list[str]:
    """The texts under a heading; nothing when the table has no such column."""
    places = [index for index, (text, _numeric) in enumerate(table.headings) if text == heading]
    return [row.cells[places[0] - 1][0] for row in table.rows] if places else []


def _figure(text: str) -> float | None:
    """The number a cell states, if it is one."""
    try:
        value = read(text)
    except NotationError:
        return None
    return None if value.number is None else undusted(float(value.number))


# The map


@block("strategy_map")
def strategy_map_block(context: BlockContext) -> BlockView | list[BlockView]:
    """The map of perspectives and objectives, drawn and as a table; on paper a page of its own."""
    drawings = map_drawings(context.shared, is_print=context.is_print)
    table = _objectives_table(context.shared)
    more = {"perspectives": context.shared.map, "plan": context.plan}
    if not context.is_print:
        return BlockView(
            template="blocks/strategy_map.html",
            table=table,
            figure=drawings[0],
            context={**more, "narrow": drawings[1]},
        )
    return [
        BlockView(
            template="blocks/print/objectives.html",
            table=table,
            context=more,
            caption=table.caption,
        ),
        BlockView(
            template="blocks/print/strategy_map.html",
            figure=drawings[0],
            is_wide=True,
            context=more,
        ),
    ]


def _objectives_table(shared: PlanReports) -> TableReport:
    rows = [
        _row(
            f"{objective.code} {objective.name}",
            [objective.action_count, objective.indicator_count],
        )
        for perspective in shared.map
        for objective in perspective.objectives
    ]
    return TableReport(
        caption=_("Strategic objectives, their actions and indicators"),
        headings=((_("Objective"), False), (_("Actions"), True), (_("Indicators"), True)),
        rows=tuple(rows),
    )


def map_drawings(shared: PlanReports, *, is_print: bool) -> list[StrategyMap]:
    """The map for paper, or for a wide and for a narrow screen with links."""
    perspectives = [
        Perspective(
            str(number),
            perspective.title,
            tuple(
                Objective(
                    objective.code,
                    objective.name,
                    counts(objective.action_count, objective.indicator_count),
                    "" if is_print else objective.url,
                )
                for objective in perspective.objectives
            ),
        )
        for number, perspective in enumerate(shared.map, start=1)
    ]
    finding = _("Strategy map, from the first perspective to the last.")
    variants = [PRINT] if is_print else [WIDE, NARROW]
    return [strategy_map(finding, perspectives, variant) for variant in variants]


def counts(actions: int, indicators: int) -> str:
    """How much stands on an objective, in words."""
    return ", ".join(
        (
            ngettext("%(count)s action", "%(count)s actions", actions) % {"count": actions},
            ngettext("%(count)s indicator", "%(count)s indicators", indicators)
            % {"count": indicators},
        )
    )


# Dashboards


@block("strategic_dashboard")
def strategic_dashboard(context: BlockContext) -> BlockView | list[BlockView]:
    """The dashboard of the whole ente; on paper after the table that says how to read it."""
    reports = context.shared.of_kind(DashboardKind.STRATEGIC)
    view = _dashboards(context, reports, template="dashboard")
    view.context["places"] = True
    return [_reading_key(), view] if context.is_print else view


def _reading_key() -> BlockView:
    """What the columns and the signs of a dashboard mean."""
    rows = (
        (
            _("Action"),
            _("What is done for the objective; “idem” repeats the action of the row above."),
        ),
        (_("Indicator"), _("What is measured; of a ratio, numerator / denominator.")),
        (
            _("Type"),
            _(
                "In cascaded dashboards: strat. stands on the strategic dashboard too, oper. with a tint belongs to this one alone."
            ),
        ),
        (
            _("Target and result"),
            _(
                "The value as deliberated: number, percentage, date or SI/NO. The year of the plan in bold."
            ),
        ),
        (
            _("Hyphen, dots, words"),
            _(
                "Hyphen: not foreseen in the year. Dots: not filled in. “monitoraggio”: measured without an expected value and without weight."
            ),
        ),
        (
            _("Source"),
            _("The archive, application or survey from which the figure is read and checked."),
        ),
    )
    table = TableReport(
        caption=_("How to read a dashboard"),
        headings=((_("Column or sign"), False), (_("What it says"), False)),
        rows=tuple(TableRow(RowLevel.ITEM.value, name, ((text, False),)) for name, text in rows),
    )
    return table_view(table, caption=table.caption)


@block("unit_dashboards")
def unit_dashboards(context: BlockContext) -> BlockView:
    """The dashboards of the services, after the matrix of where each objective is worked at."""
    reports = context.shared.of_kind(DashboardKind.UNIT)
    return _dashboards(
        context,
        reports,
        template="unit_dashboards",
        takes_text=context.is_print,
        is_numbered=True,
        matrix=objective_matrix(context.shared),
    )


@block("dashboard")
def one_dashboard(context: BlockContext) -> BlockView:
    """The dashboard named by the argument of the block."""
    report = context.shared.reports.get(context.block.argument)
    if report is None:
        return problem_view(
            _("This plan has no dashboard “%(name)s”.") % {"name": context.block.argument}
        )
    return _dashboards(context, [report], template="dashboard")


@block("pola_indicators")
def pola_indicators(context: BlockContext) -> BlockView:
    """The indicators of the development programme of agile work."""
    reports = context.shared.of_kind(DashboardKind.POLA)
    return _dashboards(
        context, reports, template="pola_indicators", is_wide=False, is_numbered=True
    )


@block("cascade_summary")
def cascade_summary(context: BlockContext) -> BlockView:
    """How many rows each dashboard has, strategic and operational."""
    headings = [_("Dashboard"), _("Strategic"), _("Operational"), _("Total")]
    rows = []
    for report in cascaded(context.shared):
        strategic = sum(line.is_strategic for line in report.lines)
        total = len(report.lines)
        rows.append(_row(report.dashboard.title, [strategic, total - strategic, total]))
    return table_view(_table(context, headings, rows))


def _dashboards(
    context: BlockContext,
    reports: Sequence[DashboardReport],
    *,
    template: str,
    is_wide: bool = True,
    takes_text: bool = False,
    is_numbered: bool = False,
    **more: object,
) -> BlockView:
    if not reports:
        return problem_view(_("This plan has no such dashboard yet."))
    title = context.block.caption if len(reports) == 1 else ""
    folder = "blocks/print" if context.is_print else "blocks"
    anchors = [dashboard_anchor(report, title=title) for report in reports] if is_wide else []
    return BlockView(
        template=f"{folder}/{template}.html",
        is_numbered=is_numbered,
        dashboards=tuple(reports),
        anchors=tuple(anchors),
        is_wide=is_wide and context.is_print,
        takes_text=takes_text,
        context={
            "reports": reports,
            "sheets": printed_dashboards(reports, title=title),
            "plan": context.plan,
            **more,
        },
    )


def objective_matrix(shared: PlanReports) -> dict[str, object]:
    """Objectives down, dashboards across, rows counted in the middle."""
    dashboards = [*shared.of_kind(DashboardKind.STRATEGIC), *cascaded(shared)]
    rows = []
    for perspective in shared.map:
        for objective in perspective.objectives:
            numbers = [
                sum(line.objective_id == objective.pk for line in report.lines)
                for report in dashboards
            ]
            rows.append((f"{objective.code} {objective.name}", numbers))
    totals = [len(report.lines) for report in dashboards]
    return {"dashboards": [r.dashboard for r in dashboards], "rows": rows, "totals": totals}
