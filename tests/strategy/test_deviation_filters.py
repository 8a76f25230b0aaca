"""Which deviations the reader asked for, and what leaves as a file."""

import csv
import io

import pytest
from django.http import QueryDict

from strategy.deviation_csv import HEADER, deviations_csv
from strategy.deviation_filters import select_deviations
from strategy.monitoring_enums import DeviationCause
from strategy.reports.year import YearReport
from strategy.year_data import year_data
from tests import factories


@pytest.fixture
def report(year) -> YearReport:
    """Three deviations: one told, one of the ente alone, one that is not measured."""
    told = year.row("Detta", actual="95")
    year.row("Muta", actual="50")
    missing = year.row("Manca", strategic=False)
    factories.deviation_reason(plan=year.plan, year=2012, indicator=told, reason="=1+1")
    factories.deviation_reason(
        plan=year.plan, year=2012, indicator=missing, cause=DeviationCause.ENDOGENOUS
    )
    year.row("Raggiunta", actual="100")
    alone = factories.indicator(name="Solo ente")
    factories.target(indicator=alone, cycle=2011, year=2012)
    factories.actual(indicator=alone, year=2012, printed="80")
    factories.dashboard_row(
        dashboard=year.strategic, action=year.action, indicator=alone, position=9
    )
    return YearReport(year_data(year.plan, 2012))


def selected(report, query: str = ""):
    names = {one.code: one.title for one in report.dashboards}
    return select_deviations(report.off_target, QueryDict(query).dict(), dashboards=names)


def names(selection) -> list[str]:
    return [line.name for line in selection.lines]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Detta", "Muta", "Solo ente", "Manca"]),
        ("motivo=con", ["Detta", "Manca"]),
        ("motivo=senza", ["Muta", "Solo ente"]),
        ("causa=endogenous", ["Manca"]),
        ("fascia=not_reached", ["Muta"]),
        ("fascia=not_measurable", ["Manca"]),
        ("servizio=RI", ["Detta", "Muta", "Manca"]),
        ("servizio=ente", ["Solo ente"]),
        ("servizio=RI&motivo=senza", ["Muta"]),
        ("servizio=XX&fascia=boh&motivo=&causa=weather", ["Detta", "Muta", "Solo ente", "Manca"]),
        ("ordine=peggiori", ["Muta", "Solo ente", "Detta", "Manca"]),
    ],
)
def test_lines_that_match_every_filter(report, query, found) -> None:
    assert names(selected(report, query)) == found


def test_what_has_no_result_and_says_nothing_is_without_a_reason(year):
    year.row("Muta", actual="50")
    year.row("Manca")
    report = YearReport(year_data(year.plan, 2012))

    assert names(selected(report, "motivo=senza")) == ["Muta", "Manca"]
    assert names(selected(report, "motivo=con")) == []


def test_a_filter_is_lifted_and_the_year_stays(report) -> None:
    selection = selected(report, "anno=2012&ordine=peggiori&motivo=senza&servizio=RI")

    assert (selection.is_filtered, selection.total) == (True, 4)
    assert [chip.remove_url for chip in selection.chips] == [
        "?anno=2012&ordine=peggiori&motivo=senza",
        "?anno=2012&ordine=peggiori&servizio=RI",
    ]
    assert selection.query == "anno=2012&ordine=peggiori&servizio=RI&motivo=senza"


def test_filters_offer_what_the_year_holds(report) -> None:
    fields = {
        field.name: [choice.value for choice in field.choices] for field in selected(report).fields
    }

    assert fields == {
        "servizio": ["RI", "ente"],
        "fascia": ["reached", "partly_reached", "not_reached", "not_measurable"],
        "motivo": ["senza", "con"],
        "causa": ["exogenous", "endogenous"],
    }


def test_the_file_holds_every_line_and_runs_nothing(report) -> None:
    rows = list(csv.DictReader(io.StringIO(deviations_csv(2012, report.off_target).decode())))

    assert tuple(rows[0]) == HEADER
    first = rows[0]
    assert (first["indicator"], first["target"], first["actual"]) == ("Detta", "100", "95")
    assert (first["deviation"], first["attainment"], first["band"]) == ("-5", "95.00", "reached")
    assert (first["reason"], first["cause"]) == ("'=1+1", "exogenous")
    last = rows[-1]
    assert (last["indicator"], last["attainment"], last["band"]) == ("Manca", "", "not_measurable")
    assert {row["objective_code"] for row in rows} == {"1.1"}
