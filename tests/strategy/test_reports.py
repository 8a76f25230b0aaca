"""The rows of dashboards, map, cascade and objectives as the pages and the document take them."""

import datetime

import pytest

from indicators.enums import AttainmentBand, Availability
from strategy.enums import DashboardKind, MapKind, RowNature
from strategy.models import Plan
from strategy.reports import (
    ABSENT,
    LOOKS,
    Cell,
    TableRow,
    cascade_report,
    columns_of,
    dashboard_report,
    dashboard_reports,
    group_lines,
    map_report,
    objective_report,
    placements_of,
    pola_dashboard,
    reference_table_report,
)
from tests import factories


@pytest.fixture
def plan(db) -> Plan:
    return factories.plan()


@pytest.fixture
def strategic(plan):
    return factories.dashboard(plan=plan, kind=DashboardKind.STRATEGIC, slug="strategico")


@pytest.fixture
def service(plan):
    return factories.dashboard(plan=plan, code="RI", slug="servizio", heading="RI", position=2)


def row(dashboard, *, position=1, **given):
    return factories.dashboard_row(dashboard=dashboard, position=position, **given)


# Columns


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (
            DashboardKind.STRATEGIC,
            [(-1, "target"), (-1, "actual"), (0, "target"), (1, "target"), (2, "target")],
        ),
        (DashboardKind.UNIT, [(-1, "target"), (-1, "actual"), (0, "target")]),
        (DashboardKind.SECRETARY_GENERAL, [(-1, "target"), (-1, "actual"), (0, "target")]),
        (DashboardKind.DIRIGENTE, [(-1, "target"), (-1, "actual"), (0, "target")]),
        (
            DashboardKind.POLA,
            [(-1, "actual"), (0, "target"), (1, "target"), (2, "target")],
        ),
    ],
)
def test_columns_by_kind_of_dashboard(plan, kind, expected):
    columns = columns_of(factories.dashboard(plan=plan, kind=kind, slug="uno"), plan)

    first = plan.first_year
    assert [(c.key[1] - first, c.key[0]) for c in columns] == expected
    assert [c.year for c in columns if c.is_current] == [first]


# Cells


@pytest.mark.parametrize(
    ("printed", "look"),
    [
        ("90%", ""),
        ("4.500", ""),
        ("monitoraggio", "monitoring"),
        ("-", "none"),
        ("n.d.", "nd"),
        ("", "empty"),
    ],
)
def test_cells_carry_the_printed_text_and_how_it_looks(plan, strategic, printed, look):
    here = row(strategic)
    polarity = {"polarity": ""} if look else {}
    factories.target(indicator=here.indicator, cycle=plan.first_year, printed=printed, **polarity)

    (line,) = dashboard_report(strategic).lines

    assert (line.cells[2].printed, line.cells[2].look) == (printed, look)
    assert line.cells[3] == ABSENT


def test_every_availability_has_a_look():
    assert set(LOOKS) == {availability.value for availability in Availability}


def test_values_of_other_plans_and_superseded_results_stay_out(plan, strategic):
    here = row(strategic)
    first = plan.first_year
    factories.target(indicator=here.indicator, cycle=first - 1, year=first, printed="1")
    factories.actual(indicator=here.indicator, year=first - 1, printed="2", is_current=False)

    (line,) = dashboard_report(strategic).lines

    assert set(line.cells) == {ABSENT}


def test_the_last_measure_of_a_year_is_shown(plan, strategic):
    here = row(strategic)
    for month in (12, 3, 6):
        factories.actual(
            indicator=here.indicator,
            year=plan.baseline_year,
            printed=str(month),
            measured_on=datetime.date(plan.baseline_year, month, 1),
        )

    (line,) = dashboard_report(strategic).lines

    assert line.cells[1] == Cell("12", "", "number")


# Lines


@pytest.mark.parametrize(
    ("target", "result", "band", "text"),
    [
        ("100", "97", AttainmentBand.REACHED, "97,0%"),
        ("100", "140", AttainmentBand.BEYOND, "140,0%"),
        ("90%", "9", AttainmentBand.NOT_MEASURABLE, ""),
    ],
)
def test_a_result_says_how_it_stands_against_its_target(
    plan, strategic, target, result, band, text
):
    indicator = row(strategic).indicator
    year = plan.baseline_year
    factories.target(indicator=indicator, cycle=plan.first_year, year=year, printed=target)
    factories.actual(indicator=indicator, year=year, printed=result)

    (line,) = dashboard_report(strategic).lines

    assert line.cells[1].mark == (band, text)
    assert (line.cells[1].sides.target, line.cells[1].sides.actual) == (target, result)
    assert line.cells[0].mark is None


@pytest.mark.parametrize(
    ("target", "result"),
    [("monitoraggio", "97"), ("-", "-"), ("100", ""), ("100", "n.d."), ("100", "-")],
)
def test_a_result_without_anything_to_hold_says_nothing_more(plan, strategic, target, result):
    indicator = row(strategic).indicator
    year = plan.baseline_year
    factories.target(indicator=indicator, cycle=plan.first_year, year=year, printed=target)
    factories.actual(indicator=indicator, year=year, printed=result)

    (line,) = dashboard_report(strategic).lines

    assert (line.cells[1].mark, line.cells[1].sides) == (None, None)


def test_a_result_without_target_in_the_plan_says_nothing_more(plan, strategic):
    indicator = row(strategic).indicator
    factories.actual(indicator=indicator, year=plan.baseline_year, printed="9")

    (line,) = dashboard_report(strategic).lines

    assert line.cells[1] == Cell("9", "", "number")


def test_lines_come_in_the_order_of_the_dashboard(strategic):
    names = [
        row(strategic, position=place, indicator=factories.indicator(name=name)).indicator.name
        for place, name in ((3, "Terzo"), (1, "Primo"), (2, "Secondo"))
    ]

    assert [line.indicator for line in dashboard_report(strategic).lines] == [
        "Primo", "Secondo", "Terzo"
    ]  # fmt: skip
    assert len(names) == 3


def test_a_name_printed_differently_here_is_the_one_shown(strategic):
    row(strategic, printed_name="Come stampato qui")

    assert dashboard_report(strategic).lines[0].indicator == "Come stampato qui"


def test_a_row_is_strategic_when_its_indicator_stands_on_the_strategic_dashboard(
    strategic, service
):
    shared = row(strategic)
    row(service, action=shared.action, indicator=shared.indicator)
    row(service, action=shared.action, position=2)

    natures = [line.nature for line in dashboard_report(service).lines]

    assert natures == [RowNature.STRATEGIC, RowNature.OPERATIONAL]


def test_signs_run_as_the_cascade_does(plan, strategic, service):
    here = row(strategic)
    head = factories.dashboard(
        plan=plan, kind=DashboardKind.SECRETARY_GENERAL, code="SG", slug="sg", position=9
    )
    for dashboard in (service, head):
        row(dashboard, action=here.action, indicator=here.indicator)

    (line,) = dashboard_report(strategic).lines

    assert (line.codes, line.codes_text) == (("SG", "RI"), "SG RI")


def test_signs_of_another_plan_stay_out(strategic):
    here = row(strategic)
    row(factories.dashboard(code="XX"), indicator=here.indicator)

    assert dashboard_report(strategic).lines[0].codes == ()


def test_report_names_the_cascaded_dashboards_that_have_rows(plan, strategic, service):
    factories.dashboard(plan=plan, code="AG", slug="vuoto", position=3)
    row(service)

    assert dashboard_report(strategic).headings == {"RI": service.unit.name}


def test_many_dashboards_take_as_many_statements_as_one(
    strategic, service, django_assert_num_queries
):
    for place in range(3):
        row(strategic, position=place)
        row(service, position=place)

    with django_assert_num_queries(4):
        reports = dashboard_reports([strategic, service])

    assert [len(report.lines) for report in reports] == [3, 3]


def test_no_dashboards_take_no_statement(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert dashboard_reports([]) == []


def test_placements_of_an_empty_plan(plan):
    placements = placements_of(plan)

    assert (placements.strategic, placements.codes, placements.headings) == (frozenset(), {}, {})


# Groups


def test_rows_are_grouped_by_perspective_objective_and_action(plan, strategic):
    perspective = factories.perspective(plan=plan)
    objectives = [
        factories.strategic_objective(perspective=perspective, position=n) for n in (1, 2)
    ]
    actions = [factories.action(objective=objective) for objective in objectives]
    for place, action in enumerate((actions[0], actions[0], actions[1])):
        row(strategic, position=place, action=action)

    (group,) = dashboard_report(strategic).grouped()

    assert (group.name, group.line_count) == (perspective.name, 3)
    assert [(o.pk, o.line_count, len(o.actions)) for o in group.objectives] == [
        (objectives[0].pk, 2, 1),
        (objectives[1].pk, 1, 1),
    ]


def test_groups_keep_every_line_of_the_loaded_plan(bergamo):
    for report in dashboard_reports(list(bergamo.plan.dashboards.select_related("plan"))):
        lines = [
            line
            for perspective in group_lines(report.lines)
            for objective in perspective.objectives
            for action in objective.actions
            for line in action.lines
        ]

        assert lines == list(report.lines)


def test_no_lines_make_no_groups():
    assert group_lines([]) == ()


# Map, cascade, objective


def test_map_counts_what_stands_on_the_strategic_dashboard_only(plan, strategic, service):
    here = row(strategic)
    row(service, action=here.action, position=2)

    (perspective,) = map_report(plan)

    (objective,) = perspective.objectives
    assert (objective.action_count, objective.indicator_count) == (1, 1)
    assert perspective.indicator_count == 1


def test_map_leaves_the_pola_tree_out(plan):
    dimension = factories.perspective(plan=plan, chart=MapKind.POLA)
    factories.strategic_objective(perspective=dimension)

    assert map_report(plan) == ()


def test_cascade_of_a_plan_without_strategic_dashboard_is_empty(plan, service):
    row(service)

    report = cascade_report(plan)

    assert (report.objectives, report.line_count, report.assigned_count) == ((), 0, 0)


def test_cascade_says_where_each_indicator_goes(plan, strategic, service):
    shared = row(strategic)
    row(strategic, action=shared.action, position=2)
    row(service, action=shared.action, indicator=shared.indicator)

    report = cascade_report(plan)

    (objective,) = report.objectives
    assert [(item.signs, item.total) for item in objective.lines] == [(("RI",), 1), (("",), 0)]
    assert [(count.code, count.n) for count in objective.numbered] == [("RI", 1)]
    assert (report.line_count, report.assigned_count) == (2, 1)


def test_objective_is_shown_with_its_own_rows_on_each_dashboard(plan, strategic, service):
    mine = row(strategic)
    row(strategic, position=2)
    row(service, action=mine.action, position=1)

    places = objective_report(plan, mine.action.objective)

    assert [(p.dashboard.slug, p.line_count) for p in places] == [
        ("strategico", 1),
        ("servizio", 1),
    ]


def test_objective_without_rows_has_no_places(plan):
    objective = factories.strategic_objective(perspective=factories.perspective(plan=plan))

    assert objective_report(plan, objective) == ()


# Tables of figures


def test_table_of_figures_is_quoted_verbatim(plan):
    table = factories.reference_table(plan=plan, caption="Imprese", source_note="Fonte: Infocamere")
    factories.reference_column(table=table, position=0, heading="Voce")
    factories.reference_column(table=table, position=1, heading="2020", is_numeric=True)
    factories.reference_row(table=table, cells=["Totale", "1.234,5 "], level="total")

    report = reference_table_report(table)

    assert (report.caption, report.source_note) == ("Imprese", "Fonte: Infocamere")
    assert report.headings == (("Voce", False), ("2020", True))
    assert report.rows == (TableRow("total", "Totale", (("1.234,5 ", True),)),)


@pytest.mark.parametrize(
    ("level", "is_group", "classes"),
    [
        ("heading", True, "heading"),
        ("item", False, "item"),
        ("total", False, "total cp-row--total"),
        ("result", False, "result cp-row--total"),
        ("detail", False, "detail cp-row--2"),
    ],
)
def test_rank_of_a_row_has_its_looks(level, is_group, classes):
    here = TableRow(level, "Voce", ())

    assert (here.is_group, here.classes) == (is_group, classes)


def test_a_row_with_fewer_cells_than_columns_is_shown_with_blanks(plan):
    table = factories.reference_table(plan=plan)
    table.columns.all().delete()
    for position, heading in enumerate(("Voce", "2020", "2021")):
        table.columns.create(position=position, heading=heading, is_numeric=position > 0)
    table.rows.all().delete()
    table.rows.create(position=1, cells=["Imprese", "94.001"])

    report = reference_table_report(table)

    assert [row.cells for row in report.rows] == [(("94.001", True), ("", True))]


def test_pola_dashboard_is_found_or_none(plan, strategic):
    assert pola_dashboard(plan) is None

    made = factories.dashboard(plan=plan, kind=DashboardKind.POLA, slug="pola", position=3)

    assert pola_dashboard(plan) == made
