"""The blocks of the document: each kind builds, says what it lacks, and costs few statements."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from strategy.block_registry import (
    BlockContext,
    Medium,
    PlanReports,
    build_block,
    registered_kinds,
)
from strategy.blocks import section_blocks
from strategy.columns import column_widths
from strategy.models import Section, SectionBlock

pytestmark = pytest.mark.django_db

KINDS = [
    "agile_months",
    "cascade_summary",
    "dashboard",
    "establishment_table",
    "guidelines",
    "part_time_table",
    "pola_indicators",
    "project_sheet",
    "project_sheets",
    "reference_table",
    "staff_by_category_and_gender",
    "staff_by_gender",
    "strategic_dashboard",
    "strategy_map",
    "unit_dashboards",
    "value_added",
]


def cells(view) -> list[list[str]]:
    """The rows of the table of a block, their names first."""
    return [[row.heading, *(text for text, _numeric in row.cells)] for row in view.table.rows]


def views_of(bergamo, slug: str, medium: Medium = Medium.SCREEN) -> list:
    section = Section.objects.with_blocks().get(plan=bergamo.plan, slug=slug)
    return section_blocks(bergamo.plan, section, medium=medium)


def lonely(bergamo, **fields) -> list:
    """The views of a block that is not stored."""
    section = Section.objects.filter(plan=bergamo.plan).first()
    stored = SectionBlock(section=section, position=1, **fields)
    return build_block(BlockContext(PlanReports(bergamo.plan), stored))


def test_every_kind_is_registered():
    assert registered_kinds() == KINDS


def test_every_block_of_the_plan_has_a_builder(bergamo):
    used = SectionBlock.objects.filter(section__plan=bergamo.plan).values_list("kind", flat=True)

    # Sheets of projects are printed once planning has written their activities.
    assert sorted(set(used)) == [kind for kind in KINDS if not kind.startswith("project_")]


def test_staff_tables_are_those_of_the_plan(bergamo):
    posts, gender, groups, part_time = views_of(bergamo, "organizzazione-e-personale")

    assert cells(posts) == [
        ["Dirigenti", "3", "3", "2", "-1"],
        ["D", "17", "19", "16", "-3"],
        ["C", "44", "44", "39", "-5"],
        ["B3", "21", "21", "17", "-4"],
        ["B1", "10", "10", "10", "0"],
        ["A1", "3", "3", "3", "0"],
        [posts.table.rows[-1].heading, "98", "100", "87", "-13"],
    ]
    assert [row[1:] for row in cells(gender)] == [["65"], ["22"], ["87"]]
    assert cells(groups)[:-1] == [
        ["Dirigenti", "1", "1", "2"],
        ["D", "4", "12", "16"],
        ["C", "11", "28", "39"],
        ["B", "5", "22", "27"],
        ["A", "1", "2", "3"],
    ]
    assert [row[1:] for row in cells(part_time)] == [["17"], ["4"], ["21"]]
    assert [row.level for row in posts.table.rows] == ["item"] * 6 + ["total"]
    assert groups.figure.kind == "grouped"


def test_a_table_of_figures_keeps_its_cells(bergamo):
    economic, shares = views_of(bergamo, "risorse-economiche")

    assert cells(economic)[0] == [
        "DIRITTO ANNUALE",
        "12.692.030",
        "12.673.250",
        "12.518.800",
        "11.415.000",
    ]
    assert len(cells(economic)) == 32
    assert economic.has_levels
    assert economic.source_note == "Fonte: bilancio di previsione 2021 (deliberazione n. 17/C)"
    assert not shares.has_levels


def test_value_added_is_drawn_from_its_own_table(bergamo):
    view = next(v for v in views_of(bergamo, "scenario-economico") if v.kind == "value_added")

    assert view.figure.kind == "line"
    assert "2019 33.445" in view.figure.title
    assert len(cells(view)) == 20


def test_the_months_of_agile_work_are_drawn_from_the_data(bergamo):
    view = views_of(bergamo, "esperienza-emergenziale")[0]

    assert "7.693" in view.figure.title
    assert len(view.table.headings) == 11


def test_the_map_counts_actions_and_indicators(bergamo):
    (view,) = views_of(bergamo, "mappa-strategica")

    assert len(cells(view)) == 12
    assert sum(int(row[2]) for row in cells(view)) == 58


def test_on_paper_the_map_is_a_table_and_a_page_of_its_own(bergamo):
    table, drawing = views_of(bergamo, "mappa-strategica", Medium.PRINT)

    assert (table.is_wide, drawing.is_wide) == (False, True)
    assert len(table.table.rows) == 12


def test_the_cascade_tells_strategic_from_operational(bergamo):
    view = views_of(bergamo, "performance-individuale")[0]
    by_name = {row[0]: row[1:] for row in cells(view)}

    assert len(by_name) == 12
    assert sum(int(row[2]) for row in by_name.values()) == 192


def test_guidelines_are_fourteen_articles(bergamo):
    (view,) = views_of(bergamo, "linee-guida")

    assert [anchor.number for anchor in view.anchors] == [f"Art. {n}" for n in range(1, 15)]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "horoscope"}, "horoscope"),
        ({"kind": "dashboard", "argument": "nowhere"}, "nowhere"),
        ({"kind": "reference_table"}, ""),
        ({"kind": "value_added"}, ""),
        ({"kind": "agile_months"}, ""),
    ],
)
def test_what_cannot_be_shown_is_said(bergamo, fields, words):
    (view,) = lonely(bergamo, **fields)

    assert view.template == "blocks/problem.html"
    assert view.problem != ""
    assert words in view.problem
    assert view.problem in view.render()


def test_a_plan_without_dashboards_or_articles_says_so(bergamo):
    plan = bergamo.plan
    plan.dashboards.all().delete()
    plan.guideline_articles.all().delete()

    for kind in ("strategic_dashboard", "unit_dashboards", "pola_indicators", "guidelines"):
        (view,) = lonely(bergamo, kind=kind)
        assert view.problem != "", kind


@pytest.mark.parametrize("medium", list(Medium))
def test_every_section_renders(bergamo, medium):
    shared = PlanReports(bergamo.plan)
    for section in bergamo.plan.sections.in_order().with_blocks():
        for view in section_blocks(bergamo.plan, section, shared=shared, medium=medium):
            html = view.render()
            assert html.strip(), section
            assert "style=" not in html


def test_blocks_of_a_section_cost_the_same_however_many_rows(bergamo):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        for view in views_of(bergamo, "obiettivi-operativi"):
            view.render()

    assert len(queries) <= 15


def test_a_narrow_table_keeps_its_natural_width():
    assert sum(column_widths([["Genere", "31.12.2020"], ["Donne", "65"]])) < 60


def test_a_table_too_wide_for_the_page_takes_as_much_from_every_column():
    longer = "valutazione ed eventuale aggiornamento"
    widths = column_widths([["Anno", *["aggiornamento"] * 6, longer]])

    assert sum(widths) == 165
    assert set(widths[1:]) == {widths[1]}


def test_a_wide_table_takes_the_whole_page_and_breaks_no_word():
    rows = [["Attore", "Nella costruzione"], ["SEGRETARIO GENERALE", "parole " * 60]]
    widths = column_widths(rows)

    assert sum(widths) == 165
    assert widths[0] >= 25
