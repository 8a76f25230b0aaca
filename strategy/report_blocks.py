"""The blocks of a Relazione: everything it shows beside its texts, read from the closing.

A builder for each kind that the index names (strategy.report_index); one builder serves page and
paper. Nothing is read from the plan as it stands now, except of years that were never closed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from documents.charts import Series, grouped_bars
from documents.lettering import unbroken
from documents.templatetags.charts import print_number
from organization.enums import Gender
from strategy.block_registry import (
    PHONE_WIDTH,
    Anchor,
    BlockView,
    Medium,
    problem_view,
)
from strategy.coverage import standing_words
from strategy.map_drawing import map_drawings
from strategy.models import ReportSection
from strategy.report_index import blocks_of
from strategy.report_registry import Cells, ReportContext, built, report_block, row, table_block
from strategy.report_sheets import (
    LineSheet,
    dashboard_sheets,
    deviation_sheet,
    objective_sheets,
)
from strategy.reports import MapPerspective
from strategy.reports.report_year import ReportFigures, percent
from strategy.reports.year_lines import YearScore
from strategy.score_drawings import bands_drawing, degree_bars, tenths

# 1. Main results


@report_block("year_in_figures", label=gettext_lazy("The year in figures"))
def year_in_figures(context: ReportContext) -> list[BlockView]:
    """The figures of the year, then how many indicators lie in each band."""
    shared, score = context.shared, context.shared.year.score
    figures = [
        (percent(score), _("attainment of the whole Chamber")),
        (f"{score.measured} / {score.total}", _("strategic indicators measured")),
        (str(len(shared.year.expected)), _("indicators to be measured in all")),
        (str(len(shared.year.off_target)), _("off target or not measured")),
    ]
    bands = shared.bands
    count = sum(number for _mark, number in bands)
    rows = [row(mark.word, (str(number), True)) for mark, number in bands]
    caption = _("Indicators to be measured in %(year)s by band") % {"year": context.year}
    words = ", ".join(f"{mark.word.lower()} {number}" for mark, number in bands if number)
    return [
        BlockView(template="blocks/report_figures.html", context={"figures": figures}),
        table_block(
            caption,
            ((_("Band"), False), (_("Indicators"), True)),
            [*rows, row(_("Total"), (str(count), True), total=True)],
            figure=bands_drawing(bands),
            context={"figure_caption": f"{caption}: {words}"},
        ),
    ]


# 3.0 The tree


@report_block("coloured_map", label=gettext_lazy("Strategy map with the results"))
def coloured_map(context: ReportContext) -> BlockView | list[BlockView]:
    """The map coloured by attainment and the table of the objectives; on paper on its own page."""
    shared = context.shared
    perspectives, results = shared.map, shared.map_results
    drawings = map_drawings(perspectives, is_print=context.is_print, results=results)
    caption = _("Strategy map with the results of %(year)s") % {"year": context.year}
    more = {"perspectives": perspectives, "results": results}
    table = _objectives(context, perspectives)
    if not context.is_print:
        drawn = BlockView(
            template="blocks/report_map.html",
            figure=drawings[0],
            caption=caption,
            context={**more, "narrow": drawings[1]},
        )
        return [drawn, table]
    drawn = BlockView(
        template="blocks/print/strategy_map.html",
        figure=drawings[0],
        is_wide=True,
        caption=caption,
        context={**more, "figure_caption": caption},
    )
    return [table, drawn]


def _objectives(context: ReportContext, perspectives: Sequence[MapPerspective]) -> BlockView:
    """The objectives with their degrees, under their perspectives."""
    rows = []
    for perspective in context.shared.year.perspectives:
        rows.append(row(perspective.title, *_score_cells(perspective.score), total=True))
        rows += [row(one.heading, *_score_cells(one.score)) for one in perspective.objectives]
    return table_block(
        _("Perspectives and objectives in %(year)s") % {"year": context.year},
        (
            (_("Perspective, objective"), False),
            (_("Measured"), True),
            (_("Attainment"), True),
            (_("Band"), False),
        ),
        rows,
    )


def _score_cells(score: YearScore) -> Cells:
    band = [score.mark.word, *([_("provisional")] if score.is_provisional else [])]
    return (
        (f"{score.measured} / {score.total}", True),
        (percent(score), True),
        (", ".join(band), False),
    )


# 3.1, 3.2 Indicator by indicator


@report_block("objective_tables", label=gettext_lazy("Objectives, indicator by indicator"))
def objective_tables(context: ReportContext) -> list[BlockView]:
    """Per objective: target, result, deviation, attainment, reason."""
    found = objective_sheets(context.shared.year)
    if not found:
        return [problem_view(_("No indicator stands on the strategic dashboard."))]
    return _sheets(context, found)


@report_block("scorecards_chart", label=gettext_lazy("Attainment of each dashboard"))
def scorecards_chart(context: ReportContext) -> BlockView:
    """The degree of every dashboard, drawn and in a table."""
    dashboards = context.shared.year.dashboards
    if not dashboards:
        return problem_view(_("This plan has no such dashboard yet."))
    caption = _("Attainment of each dashboard in %(year)s") % {"year": context.year}
    draw = partial(
        degree_bars,
        caption,
        [one.code for one in dashboards],
        [tenths(one.score.value) for one in dashboards],
        left=44,
    )
    rows = [
        row(
            f"{one.code} {one.title}",
            (standing_words(one.score), False),
            (percent(one.score), True),
            (one.score.mark.word, False),
        )
        for one in dashboards
    ]
    return table_block(
        caption,
        (
            (_("Dashboard"), False),
            (_("Coverage"), False),
            (_("Attainment"), True),
            (_("Band"), False),
        ),
        rows,
        figure=draw(),
        context={
            "figure_caption": _("%(caption)s: per cent, each row at most 100")
            % {"caption": caption},
            **({} if context.is_print else {"narrow": draw(width=PHONE_WIDTH)}),
        },
    )


@report_block("dashboard_tables", label=gettext_lazy("Dashboards, indicator by indicator"))
def dashboard_tables(context: ReportContext) -> list[BlockView]:
    """Per dashboard: target, result, deviation, attainment, reason."""
    return _sheets(context, dashboard_sheets(context.shared.year))


@report_block("deviations", label=gettext_lazy("Deviations with their causes"))
def deviations(context: ReportContext) -> list[BlockView]:
    """Every indicator off target with reason, cause and corrective action."""
    return _sheets(context, [deviation_sheet(context.shared.year)])


def _sheets(context: ReportContext, sheets: Sequence[LineSheet]) -> list[BlockView]:
    """A view for each sheet: on paper on wide pages, one after the other."""
    folder = "blocks/print" if context.is_print else "blocks"
    return [
        BlockView(
            template=f"{folder}/report_lines.html",
            is_numbered=bool(sheet.lines),
            is_wide=context.is_print,
            caption=sheet.caption,
            anchors=(Anchor(sheet.slug, sheet.title),) if sheet.title else (),
            context={"sheet": sheet, "sheets": [sheet], "follows": place > 0},
        )
        for place, sheet in enumerate(sheets)
    ]


# 3.3 Overall evaluation


@report_block("overall_evaluation", label=gettext_lazy("Figure of the Chamber with its method"))
def overall_evaluation(context: ReportContext) -> BlockView:
    """The ente and its perspectives: degree, band, coverage, formula."""
    year = context.shared.year
    scores = [(one.title, one.score) for one in year.perspectives]
    rows = [row(name, *_evaluation_cells(score)) for name, score in scores]
    rows.append(row(_("The whole Chamber"), *_evaluation_cells(year.score), total=True))
    view = table_block(
        _("Overall evaluation of %(year)s") % {"year": context.year},
        (
            (pgettext("what a mean is of", "Of what"), False),
            (_("How it comes about"), False),
            (_("Coverage"), False),
            (_("Attainment"), True),
            (_("Band"), False),
        ),
        rows,
    )
    method = str(year.score.method.label)
    notes = [_("Method: %(method)s. Above the target counts 100.") % {"method": method}]
    if year.score.is_provisional:
        notes.append(_("The figure is provisional: something is still to be measured."))
    return replace(view, source_note=" ".join(notes))


def _evaluation_cells(score: YearScore) -> Cells:
    return (
        (score.formula or "–", False),
        (unbroken(standing_words(score)), False),
        (percent(score), True),
        (score.mark.word, False),
    )


@report_block("years_trend", label=gettext_lazy("The Chamber by year"))
def years_trend(context: ReportContext) -> BlockView:
    """The degree of the ente in the year and in those before it."""
    trend = context.shared.trend
    caption = _("Attainment of the whole Chamber by year")
    draw = partial(
        degree_bars,
        caption,
        [str(one.year) for one in trend],
        [tenths(one.value) for one in trend],
        left=44,
        accents=(len(trend) - 1,),
    )
    rows = [
        row(str(one.year), (one.coverage, False), (one.mark.text or "–", True), (one.basis, False))
        for one in trend
    ]
    more: dict[str, Any] = {}
    if len(trend) > 1:
        narrow = {} if context.is_print else {"narrow": draw(width=PHONE_WIDTH)}
        more = {"figure": draw(), "context": {"figure_caption": caption, **narrow}}
    return table_block(
        caption,
        (
            (_("Year"), False),
            (_("Coverage"), False),
            (_("Attainment"), True),
            (_("Data"), False),
        ),
        rows,
        **more,
    )


# 3.4 Gender balance


@report_block("staff_of_the_year", label=gettext_lazy("Staff by category and gender"))
def staff_of_the_year(context: ReportContext) -> BlockView:
    """Women and men of each category on the last day of the year."""
    groups = context.shared.staff
    if not groups:
        return problem_view(_("No staff is recorded on the last day of the year."))
    caption = _("Staff in service on 31.12.%(year)s by category and gender") % {
        "year": context.year
    }
    women, men = Gender.FEMALE.value, Gender.MALE.value
    names = pgettext("staff", "Females"), pgettext("staff", "Males")
    rows = [
        row(name, *((str(n), True) for n in (found[women], found[men], found.total())))
        for name, found in groups.items()
    ]
    totals = [sum(found[gender] for found in groups.values()) for gender in (women, men)]
    rows.append(row(_("Total"), *((str(n), True) for n in (*totals, sum(totals))), total=True))
    draw = partial(
        grouped_bars,
        caption,
        list(groups),
        [
            Series(name, tuple(found[gender] for found in groups.values()))
            for name, gender in zip(names, (women, men), strict=True)
        ],
        print_number=print_number,
        left=32,
    )
    narrow = {} if context.is_print else {"narrow": draw(width=PHONE_WIDTH)}
    return table_block(
        caption,
        ((_("Category"), False), *((name, True) for name in names), (_("Total"), True)),
        rows,
        figure=draw(),
        context={"figure_caption": caption, **narrow},
    )


# 5. The process


@report_block("process", label=gettext_lazy("Steps of the year and of the Relazione"))
def process(context: ReportContext) -> BlockView:
    """Who did what, and when."""
    return table_block(
        _("Steps of %(year)s and of its Relazione") % {"year": context.year},
        ((_("Day"), False), (_("Step"), False), (_("Who, act"), False)),
        [row(day, (what, False), (who, False)) for day, what, who in context.shared.steps],
    )


# The blocks of a section


def labelled_blocks(
    section: ReportSection,
    shared: ReportFigures,
    *,
    medium: Medium = Medium.SCREEN,
    level: int = 3,
) -> list[tuple[str | Promise, list[BlockView]]]:
    """The blocks of a section, each by name with its views."""
    context = ReportContext(shared, medium, level)
    return [built(kind, context) for kind in blocks_of(section.slug)]


def report_views(
    section: ReportSection,
    shared: ReportFigures,
    *,
    medium: Medium = Medium.SCREEN,
    level: int = 2,
) -> list[BlockView]:
    """Every view under the text of a section, in order."""
    found = labelled_blocks(section, shared, medium=medium, level=level)
    return [view for _label, views in found for view in views]
