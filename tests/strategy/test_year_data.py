"""A year of a plan as data, and read again: degrees, means, decisions, what is missing."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils.translation import override

from indicators.enums import AttainmentBand, AttainmentState, Treatment
from strategy.enums import DashboardKind
from strategy.off_target import gap_words
from strategy.reports.year import YearReport
from strategy.snapshots import canonical
from strategy.year_data import year_data
from tests import factories


@pytest.fixture(autouse=True)
def _in_the_language_of_the_code():
    with override("en"):
        yield


@pytest.fixture
def report(year):
    """The year read from its data, as a closing keeps them."""
    return lambda: YearReport(json.loads(canonical(year_data(year.plan, year.year))))


def names(lines) -> list[str]:
    return [line.name for line in lines]


def test_the_parts_of_the_data(year) -> None:
    year.row("N. cose", actual="90")

    data = year_data(year.plan, year.year)

    assert sorted(data) == [
        "body",
        "dashboards",
        "decisions",
        "deviations",
        "evidence",
        "formula_version",
        "indicators",
        "institution",
        "map",
        "plan",
        "results",
        "schema_version",
        "scores",
        "staff",
        "year",
    ]
    assert (data["year"], data["schema_version"], data["formula_version"]) == (2012, 1, 1)


def test_an_indicator_with_everything_that_explains_it(year) -> None:
    indicator = year.row("N. cose", target="200", actual="174,86")

    result = year_data(year.plan, year.year)["results"][str(indicator.pk)]

    assert result == {
        "state": "measured",
        "rule": "higher",
        "value": "8743/100",
        "degree": "87.43",
        "band": "partly_reached",
        "formula": ["174,86 / 200 × 100 = 87,43%"],
        "notes": ["polarity_unconfirmed"],
        "difference": "-25,14",
        "measure": "number",
        "treatment": "",
    }


def test_the_ente_level_by_level_and_each_dashboard(year, report) -> None:
    year.row("A", actual="100")
    year.row("B", actual="50")
    year.row("C", actual="0", strategic=False)

    found = report()

    assert (found.score.value, found.score.coverage) == (75, "measured 2 of 2")
    [perspective] = found.perspectives
    [objective] = perspective.objectives
    [action] = objective.actions
    assert (perspective.title, objective.heading, action.name) == (
        "Clienti",
        "1.1 Obiettivo",
        "Azione",
    )
    assert [x.score.value for x in (perspective, objective, action)] == [75, 75, 75]
    assert names(objective.lines) == ["A", "B"]
    assert objective.pk == year.action.objective_id
    [dashboard] = found.dashboards
    assert (dashboard.code, dashboard.kind, dashboard.score.value) == (
        "RI",
        DashboardKind.UNIT,
        50,
    )
    assert (dashboard.title, names(dashboard.lines)) == (
        year.service.unit.name,
        ["A", "B", "C"],
    )


def test_every_indicator_once_the_strategic_ones_first(year, report) -> None:
    year.row("C", strategic=False)
    year.row("A", actual="100")

    lines = report().lines

    assert [(x.name, x.is_strategic, x.codes) for x in lines] == [
        ("A", True, ("RI",)),
        ("C", False, ("RI",)),
    ]


def test_what_is_off_target_and_what_is_missing(year, report) -> None:
    year.row("Oltre", actual="120")
    year.row("Sotto", actual="80")
    year.row("Manca")
    year.row("Altro tipo", target="90%", actual="9")
    year.row("Fuori", target="monitoraggio", actual="3%")

    found = report()

    assert names(found.expected) == ["Oltre", "Sotto", "Manca", "Altro tipo"]
    assert names(found.off_target) == ["Sotto", "Manca", "Altro tipo"]
    assert names(found.unresolved) == ["Manca", "Altro tipo"]
    assert (found.score.missing, found.score.is_provisional) == (2, True)


def test_what_was_decided_counts_and_is_told(year, report) -> None:
    year.row("A", actual="100")
    zero, left_out = year.row("Zero"), year.row("Esclusa")
    given = {"plan": year.plan, "year": year.year}
    factories.resolution(indicator=zero, **given)
    factories.resolution(
        indicator=left_out,
        treatment=Treatment.EXCLUDED,
        reason="Evento annullato.",
        decided_at=factories.timezone.now(),
        decided_by=factories.user(),
        **given,
    )

    found = report()

    score = found.score
    assert (score.value, score.measured, score.total) == (50, 2, 2)
    assert (score.zeroed, score.excluded, score.is_provisional) == (1, 1, False)
    assert score.coverage == "measured 2 of 2, of which 1 at zero, 1 excluded"
    lines = {line.name: line for line in found.lines}
    assert (lines["Zero"].value, lines["Zero"].treatment) == (0, Treatment.ZERO)
    assert lines["Zero"].mark.band == AttainmentBand.NOT_REACHED
    assert (lines["Esclusa"].value, lines["Esclusa"].state) == (None, AttainmentState.OUTSIDE)
    assert (lines["Esclusa"].is_expected, lines["Esclusa"].is_off_target) == (True, True)
    assert "approved" in lines["Esclusa"].why
    assert found.unresolved == ()


def test_a_result_that_comes_in_takes_the_place_of_the_decision(year, report) -> None:
    indicator = year.row("A", actual="80")
    factories.resolution(indicator=indicator, plan=year.plan, year=year.year)

    [line] = report().lines

    assert (line.value, line.treatment) == (80, None)


def test_decisions_that_do_not_stand_count_nothing(year, report) -> None:
    indicator = year.row("A")
    factories.resolution(
        indicator=indicator,
        plan=year.plan,
        year=year.year,
        treatment=Treatment.EXCLUDED,
        reason="Non serve.",
        state="proposed",
    )

    assert names(report().unresolved) == ["A"]


def test_who_decided_stands_with_the_data(year) -> None:
    indicator = year.row("A")
    made = factories.resolution(
        indicator=indicator, plan=year.plan, year=year.year, reason="Dato perso."
    )

    [found] = year_data(year.plan, year.year)["decisions"].values()

    assert found == {
        "treatment": "zero",
        "reason": "Dato perso.",
        "proposed_by": str(made.proposed_by),
        "proposed_on": factories.timezone.localdate(made.proposed_at).isoformat(),
        "decided_by": "",
        "decided_on": "",
    }


def test_weights_count_on_a_dashboard_and_in_the_ente(year, report) -> None:
    year.row("A", actual="100", weight=Decimal(3))
    year.row("B", actual="0")

    found = report()

    assert (found.score.value, found.dashboards[0].score.value) == (75, 75)
    assert [line.weight for line in found.lines] == ["3", "1"]


@pytest.mark.parametrize(
    ("figure", "measure", "words"),
    [
        ("-5,39", "percent", "-5,39 points"),
        ("+2", "date", "2 days late"),
        ("-1,5", "money", "-1,5 €"),
        ("-503", "number", "-503"),
        ("", "", ""),
    ],
)
def test_a_difference_in_words(figure, measure, words) -> None:
    assert gap_words(figure, measure) == words


def test_the_obstacle_of_a_comparison_names_the_two_kinds(year, report) -> None:
    year.row("A", target="90%", actual="9")

    [line] = report().lines

    assert line.sentences == (
        "The target is of kind “percentage”, the result of kind “number”: not compared.",
    )


def test_the_source_plan_of_2020(bergamo) -> None:
    found = YearReport(year_data(bergamo.plan, 2020))

    assert (len(found.lines), len(found.expected), len(found.off_target)) == (170, 85, 18)
    assert [line.codes for line in found.unresolved] == [
        ("BS", "SG"),
        ("BS", "SG"),
        ("AG",),
        ("BS",),
        ("BS",),
    ]
    assert found.score.value == Fraction(5197601, 52800)
    assert (found.score.measured, found.score.total) == (28, 30)


def test_a_year_takes_15_queries_whatever_its_size(year, django_assert_num_queries) -> None:
    year.row("A", actual="100")
    with django_assert_num_queries(15):
        year_data(year.plan, year.year)
    year.row("B", actual="100")
    year.row("C", strategic=False)

    with django_assert_num_queries(15):
        year_data(year.plan, year.year)
