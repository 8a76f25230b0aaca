"""The blocks that show dashboards: strategic, of the units, of one, of agile work; the cascade."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from strategy.block_registry import (
    BlockContext,
    BlockView,
    PlanReports,
    block,
    cascaded,
    computed_row,
    computed_table,
    dashboard_anchor,
    problem_view,
    table_view,
)
from strategy.enums import DashboardKind, RowLevel
from strategy.printed import printed_dashboards
from strategy.reports import DashboardReport, TableReport, TableRow


@block("strategic_dashboard", label=gettext_lazy("Strategic dashboard"))
def strategic_dashboard(context: BlockContext) -> BlockView | list[BlockView]:
    """The dashboard of the whole ente; on paper after the table that says how to read it."""
    reports = context.shared.of_kind(DashboardKind.STRATEGIC)
    view = _dashboards(context, reports, template="dashboard")
    view.context["places"] = True
    return [_reading_key(), view] if context.is_print else view


def _reading_key() -> BlockView:
    """What the columns and the signs of a dashboard mean."""
    rows = {
        _("Action"): _(
            "What is done for the objective; “idem” repeats the action of the row above."
        ),
        _("Indicator"): _("What is measured; of a ratio, numerator / denominator."),
        _("Type"): _(
            "In cascaded dashboards: strat. stands on the strategic dashboard too, oper. with a "
            "tint belongs to this one alone."
        ),
        _("Target and result"): _(
            "The value as deliberated: number, percentage, date or SI/NO. The year of the plan in "
            "bold."
        ),
        _("Hyphen, dots, words"): _(
            "Hyphen: not foreseen in the year. Dots: not filled in. “monitoraggio”: measured "
            "without an expected value and without weight."
        ),
        _("Source"): _(
            "The archive, application or survey from which the figure is read and checked."
        ),
    }
    table = TableReport(
        caption=_("How to read a dashboard"),
        headings=((_("Column or sign"), False), (_("What it says"), False)),
        rows=tuple(
            TableRow(RowLevel.ITEM.value, name, ((text, False),)) for name, text in rows.items()
        ),
    )
    return table_view(table, caption=table.caption)


@block("unit_dashboards", label=gettext_lazy("Dashboards of the services"))
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


@block("dashboard", label=gettext_lazy("One dashboard"), takes="dashboard")
def one_dashboard(context: BlockContext) -> BlockView:
    """The dashboard named by the argument of the block."""
    report = context.shared.reports.get(context.block.argument)
    if report is None:
        return problem_view(
            _("This plan has no dashboard “%(name)s”.") % {"name": context.block.argument}
        )
    return _dashboards(context, [report], template="dashboard")


@block("pola_indicators", label=gettext_lazy("Indicators of agile work"))
def pola_indicators(context: BlockContext) -> BlockView:
    """The indicators of the development programme of agile work."""
    reports = context.shared.of_kind(DashboardKind.POLA)
    return _dashboards(
        context, reports, template="pola_indicators", is_wide=False, is_numbered=True
    )


@block("cascade_summary", label=gettext_lazy("Summary of the cascade"))
def cascade_summary(context: BlockContext) -> BlockView:
    """How many rows each dashboard has, strategic and operational."""
    headings = [_("Dashboard"), _("Strategic"), _("Operational"), _("Total")]
    rows = []
    for report in cascaded(context.shared):
        strategic = sum(line.is_strategic for line in report.lines)
        total = len(report.lines)
        rows.append(computed_row(report.dashboard.title, [strategic, total - strategic, total]))
    return table_view(computed_table(context, headings, rows))


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
