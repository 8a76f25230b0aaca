"""The blocks that the plan itself knows how to build: staff, figures, map, dashboards."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from documents.charts import Series, grouped_bars, line_chart
from documents.shapes import undusted
from documents.templatetags.charts import print_number
from indicators.values import NotationError, read
from organization.reports import GenderRow
from strategy import dashboard_blocks, project_blocks  # noqa: F401 - they register themselves
from strategy.block_registry import (
    BlockContext,
    BlockView,
    Medium,
    PlanReports,
    block,
    build_block,
    computed_row,
    computed_table,
    phone_drawing,
    problem_view,
    stored_table,
    table_view,
)
from strategy.map_drawing import map_drawings
from strategy.models import Plan, Section
from strategy.reports import TableReport

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


@block("establishment_table", label=gettext_lazy("Staff and establishment plan"))
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
        computed_row(
            line.label or _("Total"),
            [*(posts for _act, posts in line.posts), line.staff, line.difference],
            is_total=not line.label,
        )
        for line in (*staff.posts, staff.posts_total)
    ]
    return table_view(computed_table(context, headings, rows))


@block("staff_by_gender", label=gettext_lazy("Staff by gender"))
def staff_by_gender(context: BlockContext) -> BlockView:
    """Women and men in service."""
    return table_view(_gender_table(context, context.shared.staff.everybody))


@block("part_time_table", label=gettext_lazy("Part-time staff by gender"))
def part_time_table(context: BlockContext) -> BlockView:
    """Women and men with a part-time contract."""
    return table_view(_gender_table(context, context.shared.staff.part_time))


@block("staff_by_category_and_gender", label=gettext_lazy("Staff by category and gender"))
def staff_by_category_and_gender(context: BlockContext) -> BlockView:
    """Men and women of each category, drawn and in a table."""
    staff = context.shared.staff
    males, females = pgettext("staff", "Males"), pgettext("staff", "Females")
    headings = [_("Category"), males, females, _("Total")]
    rows = [
        computed_row(
            line.label or _("Total"), [line.male, line.female, line.total], is_total=not line.label
        )
        for line in (*staff.by_group, staff.everybody)
    ]
    draw = partial(
        grouped_bars,
        _("Staff in service on %(day)s by category and gender.") % {"day": _day(context)},
        [line.label for line in staff.by_group],
        [
            Series(females, tuple(line.female for line in staff.by_group)),
            Series(males, tuple(line.male for line in staff.by_group)),
        ],
        print_number=print_number,
    )
    table = computed_table(context, headings, rows)
    return table_view(table, figure=draw(), context=phone_drawing(context, draw, left=32))


def _gender_table(context: BlockContext, row: GenderRow) -> TableReport:
    headings = [_("Gender"), _day(context)]
    rows = [
        computed_row(_("Women"), [row.female]),
        computed_row(_("Men"), [row.male]),
        computed_row(_("Total"), [row.total], is_total=True),
    ]
    return computed_table(context, headings, rows)


def _day(context: BlockContext) -> str:
    day = context.plan.reference_date
    return f"{day.day}.{day.month}.{day.year}"


# Tables of figures


@block("reference_table", label=gettext_lazy("Table of figures"), takes="table")
def reference_table(context: BlockContext) -> BlockView:
    """A table that the plan quotes as printed."""
    table = stored_table(context)
    if table is None:
        return problem_view(_("This block does not say which table it shows."))
    return table_view(table)


@block("value_added", label=gettext_lazy("Value added, chart and table"), takes="table")
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
    draw = partial(
        line_chart,
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
    more = phone_drawing(context, draw, left=44, every=6)
    return table_view(table, figure=draw(), context={"figure_caption": note, **more})


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


@block("strategy_map", label=gettext_lazy("Strategy map"))
def strategy_map_block(context: BlockContext) -> BlockView | list[BlockView]:
    """The map of perspectives and objectives, drawn and as a table; on paper a page of its own."""
    results = context.shared.results
    drawings = map_drawings(context.shared.map, is_print=context.is_print, results=results)
    table = _objectives_table(context.shared)
    more = {"perspectives": context.shared.map, "plan": context.plan, "results": results}
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
        computed_row(
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
