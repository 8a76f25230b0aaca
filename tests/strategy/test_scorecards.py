"""Scorecards as row objects: what is measured, what explains it, what a tried value would move."""

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation

from indicators.enums import AttainmentBand, AttainmentNote, AttainmentState
from indicators.values import read
from organization.models import Unit
from strategy.enums import DashboardKind, ScoreLevel
from strategy.models import Dashboard
from strategy.reports.body_scorecard import (
    body_scorecard,
    dashboard_url,
    worst_dashboards,
    worst_nodes,
)
from strategy.reports.scorecards import scorecard, worst_first
from strategy.reports.scores import (
    NO_ACTUAL,
    NO_TARGET,
    chosen_year,
    plan_scores,
    strategic_indicators,
    years_with_results,
)
from strategy.score_drawings import bands_drawing, spark_of, trend_drawing
from tests import factories

BEYOND, REACHED = AttainmentBand.BEYOND, AttainmentBand.REACHED
PARTLY, NOT_REACHED, NONE = (
    AttainmentBand.PARTLY_REACHED,
    AttainmentBand.NOT_REACHED,
    AttainmentBand.NOT_MEASURABLE,
)


def dashboards_of(plan) -> list[Dashboard]:
    return list(plan.dashboards.exclude(kind=DashboardKind.POLA).from_the_top())


@pytest.fixture
def scores(bergamo):
    return plan_scores(bergamo.plan, dashboards_of(bergamo.plan))


def dashboard_in(scores, slug) -> Dashboard:
    return next(one for one in scores.dashboards if one.slug == slug)


@pytest.fixture
def agency(scores):
    """The scorecard of Bergamo Sviluppo in 2020."""
    strategic = strategic_indicators(scores.plan)
    return scorecard(scores, dashboard_in(scores, "azienda-speciale"), 2020, strategic=strategic)


# The year


def test_2020_is_there_after_loading(scores) -> None:
    assert scores.years == (2020,)


def test_a_year_begins_with_its_first_stated_result(bergamo) -> None:
    plan = bergamo.plan
    row = plan.dashboards.get(slug="registro-imprese").rows.first()
    factories.actual(indicator=row.indicator, year=2021, printed="")
    before = years_with_results(plan)

    factories.actual(indicator=row.indicator, year=2022, printed="9")

    assert (before, years_with_results(plan)) == ((2020,), (2020, 2022))


def test_results_of_the_agile_work_programme_alone_make_no_year(bergamo) -> None:
    plan = bergamo.plan
    row = plan.dashboards.get(kind=DashboardKind.POLA).rows.first()
    factories.actual(indicator=row.indicator, year=2021, printed="SI")

    assert years_with_results(plan) == (2020,)


def test_the_year_shown_is_the_one_asked_for_or_the_last_one() -> None:
    years = (2020, 2021)

    asked = [chosen_year(text, years) for text in ("2020", "2019", "", "oggi")]

    assert asked == [2020, 2021, 2021, 2021]
    assert chosen_year("2020", ()) is None


def test_the_latest_result_of_a_year_wins(bergamo) -> None:
    plan = bergamo.plan
    dashboard = plan.dashboards.get(slug="risorse-strumentali")
    row = dashboard.rows.first()
    for month, printed in ((6, "40%"), (12, "80%")):
        factories.actual(
            indicator=row.indicator, year=2021, measured_on=f"2021-{month}-30", printed=printed
        )

    found = plan_scores(plan, [dashboard])

    cell = found.actual(found.rows[dashboard.pk][0], 2021)
    assert (cell.printed, cell.is_early(2021)) == ("80%", True)


# A dashboard


def test_rows_within_the_coverage_and_those_outside(agency) -> None:
    assert (len(agency.lines), len(agency.outside)) == (19, 3)
    assert {line.attainment.notes for line in agency.outside} == {(AttainmentNote.MONITORING,)}
    assert [count for _mark, count in agency.bands] == [10, 1, 3, 1, 4]


def test_mean_with_its_method_coverage_and_numbers(agency) -> None:
    mean = agency.mean

    assert (mean.mark.band, mean.mark.text) == (REACHED, "93,9%")
    assert (mean.aggregate.measured, mean.aggregate.total) == (15, 19)
    assert mean.formula == "1.408,66 / 15 = 93,9%"
    assert mean.aggregate.is_provisional
    assert mean.before is None


def test_worst_first_with_the_unmeasured_last(agency) -> None:
    ordered = worst_first(agency.lines)

    degrees = [line.mark.text for line in ordered]
    assert degrees[:4] == ["69,2%", "75,0%", "77,0%", "87,4%"]
    assert degrees[-5:] == ["191,7%", "", "", "", ""]
    assert [line.mark.band for line in ordered[:5]] == [NOT_REACHED, *[PARTLY] * 3, REACHED]


def test_a_row_tells_both_sides_the_formula_and_its_effect(agency) -> None:
    line = worst_first(agency.lines)[0]

    assert (line.target.printed, line.actual.printed, line.next_target.printed) == (
        "65",
        "45",
        "65",
    )
    assert line.explanation.formula == ("45 / 65 × 100 = 69,23%",)
    assert (line.weight_text, line.contribution_text) == ("1", "69,23")
    effect = line.effect
    assert (effect.now, effect.without, effect.at_target) == ("93,9%", "95,7%", "96,0%")


def test_a_row_at_its_target_says_only_what_the_mean_is_without_it(agency) -> None:
    line = worst_first(agency.lines)[4]

    assert (line.mark.text, line.effect.without, line.effect.at_target) == ("100,0%", "93,5%", "")


def test_a_row_without_result_says_what_its_target_would_give(agency) -> None:
    line = worst_first(agency.lines)[-1]

    assert (line.attainment.state, line.mark.band) == (AttainmentState.WAITING, NONE)
    assert (line.effect.now, line.effect.without, line.effect.at_target) == (
        "93,9%",
        "",
        "94,3%",
    )
    assert (line.degree, line.contribution_text) == (None, "0")
    with translation.override("en"):
        assert line.state_label == "without a result"


def test_what_is_outside_moves_nothing(agency) -> None:
    assert {line.effect for line in agency.outside} == {None}


def test_strategic_rows_are_told(agency) -> None:
    assert sum(line.is_strategic for line in agency.lines) == 6


def test_the_year_before_stands_beside(bergamo) -> None:
    plan = bergamo.plan
    dashboard = plan.dashboards.get(slug="registro-imprese")
    row = dashboard.rows.get(indicator__name__startswith="N. incontri Cabine di Regia")
    factories.actual(indicator=row.indicator, year=2021, printed="2")
    found = plan_scores(plan, [dashboard])

    card = scorecard(found, dashboard, 2021)

    line = next(line for line in card.lines if line.row.row_id == row.pk)
    assert (card.mean.mark.text, card.mean.before.text) == ("66,7%", "83,3%")
    assert (line.mark.text, line.before.text) == ("66,7%", "100,0%")


@pytest.mark.parametrize(
    ("measured_on", "expected"),
    [(datetime.date(2021, 6, 30), True), (datetime.date(2021, 12, 31), False)],
)
def test_the_year_before_is_provisional_while_it_may_still_change(
    bergamo, measured_on, expected
) -> None:
    plan = bergamo.plan
    dashboard = plan.dashboards.get(slug="registro-imprese")
    row = dashboard.rows.get(indicator__name__startswith="N. incontri Cabine di Regia")
    factories.actual(indicator=row.indicator, year=2021, printed="2", measured_on=measured_on)

    card = scorecard(plan_scores(plan, [dashboard]), dashboard, 2022)
    body = body_scorecard(plan_scores(plan, dashboards_of(plan)), 2021)

    [line] = [line for line in (*card.lines, *card.outside) if line.row.row_id == row.pk]
    assert (line.before.text, line.before.is_provisional) == ("66,7%", expected)
    # Of the other rows of the unit nothing was measured; of the ente two of thirty in 2020.
    assert (card.mean.before.is_provisional, body.mean.before.is_provisional) == (True, True)


def test_a_year_without_cells_is_not_to_be_measured(bergamo) -> None:
    plan = bergamo.plan
    dashboard = plan.dashboards.get(slug="risorse-strumentali")
    found = plan_scores(plan, [dashboard])

    card = scorecard(found, dashboard, 2022)

    # The strategic row that goes on over the three years, without result yet.
    assert [line.row.name[:16] for line in card.lines] == ["Progetto: Defini"]
    assert (card.mean.aggregate.total, card.mean.mark.text) == (1, "")
    row = card.outside[0].row
    assert (found.target(row, 2022), found.actual(row, 2022)) == (NO_TARGET, NO_ACTUAL)
    assert {line.target.look for line in card.outside} == {"absent", "none"}


def test_weights_of_the_rows_count(bergamo) -> None:
    plan = bergamo.plan
    dashboard = plan.dashboards.get(slug="registro-imprese")
    row = dashboard.rows.get(indicator__name__startswith="Attribuzione domicilio")
    row.weight = Decimal(3)
    row.save()

    card = scorecard(plan_scores(plan, [dashboard]), dashboard, 2020)

    assert (card.mean.mark.text, card.mean.aggregate.method.value) == ("75,0%", "weighted")
    assert card.mean.formula == "(1 × 100 + 3 × 66,67) / 4 = 75,0%"


def test_limits_of_the_bands_are_those_of_the_plan(bergamo) -> None:
    plan = bergamo.plan
    plan.reached_from = Decimal(80)
    dashboard = plan.dashboards.get(slug="registro-imprese")

    assert scorecard(plan_scores(plan, [dashboard]), dashboard, 2020).mean.mark.band == REACHED


# The ente


def test_levels_of_the_ente(scores) -> None:
    card = body_scorecard(scores, 2020)

    assert (card.mean.mark.text, card.mean.aggregate.measured) == ("98,4%", 28)
    assert [node.mean.mark.text for node in card.body.children] == [
        "93,8%",
        "100,0%",
        "100,0%",
        "100,0%",
    ]
    assert [(node.code, node.mean.mark.text) for node in card.objectives[:6]] == [
        ("1.1", "97,5%"),
        ("1.2", "96,7%"),
        ("1.3", "95,0%"),
        ("1.4", "88,7%"),
        ("1.5", ""),
        ("1.6", "90,9%"),
    ]
    assert [count for _mark, count in card.bands] == [13, 13, 2, 0, 2]


def test_levels_are_named_and_lead_to_their_pages(scores) -> None:
    card = body_scorecard(scores, 2020)

    perspective, objective = card.body.children[0], card.objectives[0]
    action = objective.children[0]
    assert (perspective.name, objective.heading) == (
        "Sviluppo economico delle imprese e del territorio",
        "1.1 Attrattività del territorio",
    )
    assert perspective.url == f"/piano/2021/prospettive/{perspective.key}/"
    assert objective.url == f"/piano/2021/obiettivi/{objective.key}/"
    assert (action.level, action.url, len(action.lines)) == (ScoreLevel.ACTION, "", 1)
    assert (objective.mean.formula, objective.shown_formula) == (
        "(100 + 90 + 100 + 100) / 4 = 97,5%",
        "",
    )


def test_a_mean_of_several_indicators_shows_its_numbers(scores) -> None:
    card = body_scorecard(scores, 2020)

    shown = [n.shown_formula for n in card.body.every(ScoreLevel.ACTION) if n.shown_formula]

    assert shown[0] == "(100 + 100) / 2 = 100,0%"


def test_worst_objectives_and_scorecards_first(scores) -> None:
    card = body_scorecard(scores, 2020)

    codes = [node.code for node in worst_nodes(card.objectives)]
    signs = [one.dashboard.code for one in worst_dashboards(card.dashboards)]
    assert (codes[:3], codes[-1]) == (["1.4", "1.6", "1.3"], "1.5")
    assert signs[:3] == ["DIR", "RI", "RM"]


def test_every_dashboard_is_listed_with_its_page(scores) -> None:
    card = body_scorecard(scores, 2020)

    assert len(card.dashboards) == 12
    assert card.dashboards[0].url == "/piano/2021/risultati/segretario-generale/"
    assert dashboard_url(dashboard_in(scores, "strategico")) == "/piano/2021/risultati/"


def test_the_years_of_the_ente(bergamo) -> None:
    plan = bergamo.plan
    row = plan.dashboards.get(kind=DashboardKind.STRATEGIC).rows.first()
    factories.actual(indicator=row.indicator, year=2021, printed="50%")
    found = plan_scores(plan, dashboards_of(plan))

    card = body_scorecard(found, 2021)

    assert [(score.year, score.mark.text) for score in card.trend] == [
        (2020, "98,4%"),
        (2021, "50,0%"),
    ]
    assert card.mean.before.text == "98,4%"
    _node, degrees = card.perspectives_by_year[0]
    assert [one.mark.text for one in degrees] == ["93,8%", "50,0%"]
    assert degrees[1].aggregate.is_provisional
    with translation.override("it"):
        assert trend_drawing(card.trend).title.endswith("2020 98,4%, 2021 50,0%.")


def test_a_plan_without_rows_has_an_empty_scorecard(db) -> None:
    plan = factories.plan()
    factories.dashboard(plan=plan, kind=DashboardKind.STRATEGIC, slug="strategico")

    card = body_scorecard(plan_scores(plan, dashboards_of(plan)), plan.baseline_year)

    assert (card.mean.mark.band, card.body.children, card.trend) == (NONE, (), ())
    assert trend_drawing(card.trend) is None
    assert bands_drawing(card.bands) is None


# “E se…”


def test_a_tried_value_moves_every_mean_above_it(scores) -> None:
    row = next(
        row
        for rows in scores.rows.values()
        for row in rows
        if row.name.startswith("N. di utenti partecipanti agli interventi")
    )

    card = body_scorecard(scores, 2020, tried={row.indicator_id: read("4.000")})

    assert (card.mean.mark.text, card.would_be.mark.text) == ("98,4%", "98,8%")
    moved = {node.heading: (node.recorded.text, node.mean.mark.text) for node in card.moved}
    assert moved == {
        "Ente": ("98,4%", "98,8%"),
        "Sviluppo economico delle imprese e del territorio": ("93,8%", "95,0%"),
        "1.4 Giovani, orientamento e alternanza scuola-lavoro": ("88,7%", "95,0%"),
        "Realizzare iniziative per l'orientamento al lavoro e alle professioni": (
            "87,4%",
            "100,0%",
        ),
    }
    also = {one.dashboard.code: one.recorded.text for one in card.dashboards if one.recorded}
    assert also == {"BS": "93,9%"}
    assert [count for _mark, count in card.bands] == [13, 13, 2, 0, 2]


def test_nothing_tried_nothing_moves(scores) -> None:
    card = body_scorecard(scores, 2020)

    assert (card.would_be, card.moved) == (None, ())


def test_a_tried_value_stands_beside_what_is_recorded(scores) -> None:
    dashboard = dashboard_in(scores, "azienda-speciale")
    row = next(row for row in scores.rows[dashboard.pk] if "Matech" in row.name)

    card = scorecard(scores, dashboard, 2020, tried={row.indicator_id: read("65")})

    line = next(line for line in card.lines if line.row == row)
    assert (line.actual.printed, line.recorded.printed, line.mark.text) == ("65", "45", "100,0%")
    assert (card.mean.mark.text, card.would_be.mark.text) == ("93,9%", "96,0%")
    assert [count for _mark, count in card.bands] == [10, 1, 3, 1, 4]
    assert scores.actual(row, 2020).printed == "45"


def test_a_tried_value_of_another_kind_is_not_compared(scores) -> None:
    dashboard = dashboard_in(scores, "azienda-speciale")
    row = next(row for row in scores.rows[dashboard.pk] if "Matech" in row.name)

    card = scorecard(scores, dashboard, 2020, tried={row.indicator_id: read("65%")})

    line = next(line for line in card.lines if line.row == row)
    assert line.attainment.state == AttainmentState.INCOMPARABLE
    assert card.would_be.mark.text == "95,7%"


def test_a_value_tried_where_nothing_was_recorded(scores) -> None:
    dashboard = dashboard_in(scores, "azienda-speciale")
    row = next(row for row in scores.rows[dashboard.pk] if "PID - Punto" in row.name)

    card = scorecard(scores, dashboard, 2020, tried={row.indicator_id: read("50%")})

    line = next(line for line in card.lines if line.row == row)
    assert (line.recorded.look, line.mark.text) == ("empty", "50,0%")
    assert card.would_be.aggregate.measured == 16


# Drawings


def test_spark_draws_targets_and_results_over_the_years(agency) -> None:
    line = worst_first(agency.lines)[0]

    with translation.override("en"):
        drawing = spark_of(line)

    assert drawing.title == "target 2020: 65, result 2020: 45, target 2021: 65"
    assert (len(drawing.boxes), [stroke.dash for stroke in drawing.strokes]) == (1, ["", "4 2"])
    assert drawing.boxes[0].fill == "#a3152f"


def test_days_have_no_spark(scores) -> None:
    card = scorecard(scores, dashboard_in(scores, "affari-generali"), 2020)
    dated = next(line for line in card.lines if line.target.printed == "30.10.2020")

    assert spark_of(dated) is None


def test_only_figures_of_one_kind_are_drawn(bergamo) -> None:
    """3, 2, 31.12.2021: the year with a day is not drawn."""
    dashboard = bergamo.plan.dashboards.get(slug="registro-imprese")
    card = scorecard(plan_scores(bergamo.plan, [dashboard]), dashboard, 2020)
    mixed = next(line for line in card.lines if line.next_target.printed == "31.12.2021")

    drawing = spark_of(mixed)

    assert (len(drawing.boxes), len(drawing.strokes)) == (1, 1)


def test_the_bands_are_drawn_in_their_order(agency) -> None:
    with translation.override("en"):
        drawing = bands_drawing(agency.bands)

    assert drawing.title == (
        "Beyond the target 10, Reached 1, Partly reached 3, Not reached 1, Not measurable 4"
    )
    assert [box.fill for box in drawing.boxes][:2] == ["#00529e", "#00613f"]


# Cost


def test_scores_take_four_statements_whatever_the_rows(bergamo, django_assert_num_queries) -> None:
    plan = bergamo.plan
    dashboards = dashboards_of(plan)

    with django_assert_num_queries(5):
        found = plan_scores(plan, dashboards)
        body_scorecard(found, 2020)
        for dashboard in dashboards[1:]:
            scorecard(found, dashboard, 2020)


def test_rows_of_a_unit_of_another_plan_stay_out(bergamo) -> None:
    other = factories.plan()
    unit = Unit.objects.get(slug="registro-imprese")
    foreign = factories.dashboard(plan=other, unit=unit)
    row = factories.dashboard_row(dashboard=foreign)
    factories.actual(indicator=row.indicator, year=2021, printed="9")

    assert years_with_results(bergamo.plan) == (2020,)
    assert Fraction(row.weight) == 1
