"""The blocks that print the sheets of the projects: all of them, or one.

On paper there is no today: what is late on a day is said by the page, not by the document. Nor are
there names of people: the units stand in their place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from documents.gantt import NARROW, PRINT, WIDE
from strategy.block_registry import Anchor, BlockContext, BlockView, block, problem_view
from strategy.enums import RowLevel
from strategy.reports import TableReport, TableRow
from strategy.reports.project_drawing import timeless_drawing
from strategy.reports.project_lines import ActivityLine, ProjectReport


@block("project_sheets", label=gettext_lazy("Sheets of all the projects"))
def project_sheets(context: BlockContext) -> BlockView | list[BlockView]:
    """Every project of the plan with its activities, one after the other."""
    reports = context.shared.projects
    if not reports:
        return problem_view(_("This plan has no projects."))
    return [_sheet(context, report) for report in reports]


@block("project_sheet", label=gettext_lazy("Sheet of one project"), takes="project")
def project_sheet(context: BlockContext) -> BlockView:
    """The project whose indicator the argument of the block identifies."""
    for report in context.shared.projects:
        if str(report.sheet.indicator_id) == context.block.argument:
            return _sheet(context, report)
    return problem_view(_("This plan does not have the project that this block shows."))


def _sheet(context: BlockContext, report: ProjectReport) -> BlockView:
    name = report.sheet.indicator.name
    slug = f"progetto-{report.sheet.indicator_id}"
    view = BlockView(
        template="blocks/project_sheet.html",
        anchors=(Anchor(slug, name),),
        context={"report": report, "plan": context.plan, "slug": slug},
    )
    if not report.lines:
        return view
    more = {"figure_caption": _("Activities in time: %(name)s") % {"name": name}}
    drawn = timeless_drawing(report, PRINT if context.is_print else WIDE)
    if not context.is_print:
        view.context["narrow"] = timeless_drawing(report, NARROW)
    return replace(
        view,
        table=_table(report.lines, caption=_("Activities: %(name)s") % {"name": name}),
        caption=_("Activities: %(name)s") % {"name": name},
        figure=drawn,
        context=view.context | more,
    )


def _table(lines: Sequence[ActivityLine], *, caption: str) -> TableReport:
    """The activities; results and progress only once there is one."""
    has_results = any(line.result for line in lines)
    headings = [
        (_("Activity"), False),
        (_("Who answers"), False),
        (_("Dates"), False),
        (_("Target"), True),
        (_("Weight"), True),
    ]
    if has_results:
        headings += [(pgettext("activity of a project", "Result"), True), (_("Progress"), True)]
    return TableReport(
        caption=caption,
        headings=tuple(headings),
        rows=tuple(_row(line, has_results=has_results) for line in lines),
    )


def _row(line: ActivityLine, *, has_results: bool) -> TableRow:
    cells = [
        (line.office, False),
        (line.dates, False),
        (line.activity.printed, True),
        (line.weight, True),
    ]
    if has_results:
        cells += [(line.result.printed if line.result else "", True), (line.contribution, True)]
    return TableRow(RowLevel.ITEM.value, line.activity.name, tuple(cells))
