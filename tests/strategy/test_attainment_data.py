"""The published degrees of 2020 equal those worked out anew from the printed tables.

The expected figures come from the text of the source, read by `tests.source`, with an arithmetic of
their own written for this test; nothing of the application or of its fixtures takes part in them.
"""

import csv
import datetime
import io
import json
import re
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest

from strategy.attainment_data import attainment_rows, years_with_results
from strategy.in_force import with_results_to_date
from strategy.open_data import data_files
from strategy.snapshots import plan_snapshot
from tests import factories, source

HEADER = "year,level,code,name,method,measured,total,attainment"
LOWER = (
    "Tempo medio di lavorazione",
    "Tempi medi (gg lavorativi)",
    "Giorni medi",
    "Oneri correnti/Proventi correnti",
    "Oneri di funzionamento + Ammortamenti",
    "Costi associati alle funzioni istituzionali A e B",
)


def worked_out(indicator: str, target: str, actual: str) -> tuple[bool, Decimal | None]:
    """Whether the row should be measured, and its degree; by hand, as the rules say."""
    if target in ("", "-", "n.d.", "monitoraggio"):
        return False, None
    if actual in ("", "-", "n.d."):
        return True, None
    if target == "SI/NO":
        return True, Decimal(100 if actual == "SI" else 0)
    if re.fullmatch(r"\d+\.\d+\.\d{4}", target):
        due, done = (
            datetime.date(*map(int, reversed(text.split(".")))) for text in (target, actual)
        )
        return True, Decimal(100 if done <= due else 0)
    assert ("%" in target) == ("%" in actual), indicator
    wanted, came = (
        Decimal(text.strip("% ").replace(".", "").replace(",", ".")) for text in (target, actual)
    )
    if indicator.startswith(LOWER):
        return True, max((2 * wanted - came) / wanted * 100, Decimal(0))
    return True, came / wanted * 100


def mean(values) -> Decimal | None:
    known = [min(value, Decimal(100)) for value in values if value is not None]
    return sum(known) / len(known) if known else None


def shown(value: Decimal | None) -> str:
    return "" if value is None else str(value.quantize(Decimal("0.01"), ROUND_HALF_UP))


@pytest.fixture(autouse=True)
def many_digits():
    """Enough of them that no mean of the test lies on the edge of its two decimals."""
    with localcontext(prec=60):
        yield


@pytest.fixture
def published(bergamo) -> list[dict[str, str]]:
    files = {file.name: file.content for file in data_files(plan_snapshot(bergamo.plan))}
    text = files["attainment.csv"].decode()
    assert text.split("\r\n")[0] == HEADER
    return list(csv.DictReader(io.StringIO(text, newline="")))


def level(lines, name) -> list[dict[str, str]]:
    return [line for line in lines if (line["year"], line["level"]) == ("2020", name)]


def figures(line) -> tuple[str, str, str]:
    return line["measured"], line["total"], line["attainment"]


def expected(rows) -> tuple[str, str, str]:
    """Coverage and mean of degrees that were worked out."""
    degrees = [value for is_due, value in rows if is_due]
    measured = sum(value is not None for value in degrees)
    return str(measured), str(len(degrees)), shown(mean(degrees))


def strategic() -> list[tuple[source.StrategicRow, tuple[bool, Decimal | None]]]:
    return [
        (row, worked_out(row.indicator, row.target_2020, row.actual_2020))
        for row in source.strategic_rows()
    ]


def test_2020_has_every_level(published) -> None:
    levels = defaultdict(int)
    for line in published:
        levels[line["year"], line["level"]] += 1

    assert levels == {
        ("2020", "indicator"): 170,
        ("2020", "action"): 46,
        ("2020", "objective"): 12,
        ("2020", "perspective"): 4,
        ("2020", "ente"): 1,
        ("2020", "dashboard"): 12,
    }


def test_every_dashboard_equals_the_mean_of_its_printed_rows(published) -> None:
    by_heading = defaultdict(list)
    for row in source.unit_rows():
        by_heading[row.dashboard].append(
            worked_out(row.indicator, row.target_2020, row.actual_2020)
        )

    found = {line["name"]: figures(line) for line in level(published, "dashboard")}

    assert found == {heading: expected(rows) for heading, rows in by_heading.items()}


def test_dashboards_worked_out_with_pencil_and_paper(published) -> None:
    found = {line["code"]: figures(line) for line in level(published, "dashboard")}

    # Azienda speciale: ten rows beyond and one at the target, 87,425 + 69,23… + 77 + 75 over 15.
    assert found["BS"] == ("15", "19", "93.91")
    # Registro imprese: 3 on 3 and 2 on 3. Risorse strumentali: 100 and 98 on 100.
    assert (found["RI"], found["RS"]) == (("2", "2", "83.33"), ("2", "2", "99.00"))
    # Regolazione del mercato: 8 on 11, the other three at or beyond their target.
    assert found["RM"] == ("4", "4", "93.18")


def test_every_objective_and_perspective_and_the_ente_equal_the_means_of_the_printed_rows(
    published,
) -> None:
    rows = strategic()
    by_action, by_objective, by_perspective = (defaultdict(list) for _ in range(3))
    for row, degree in rows:
        by_action[row.objective_code, row.action].append(degree)
        by_objective[row.objective_code].append(degree)
        by_perspective[row.perspective].append(degree)
    actions = {key: mean(v for is_due, v in found if is_due) for key, found in by_action.items()}
    objectives = {
        code: mean(value for (of, _action), value in actions.items() if of == code)
        for code in by_objective
    }
    codes = {
        name: [row.objective_code for row, _d in rows if row.perspective == name]
        for name in by_perspective
    }
    perspectives = {
        name: mean(objectives[code] for code in dict.fromkeys(codes[name]))
        for name in by_perspective
    }

    def told(found, value):
        measured, total, _mean = expected(found)
        return measured, total, shown(value)

    assert {(line["code"], line["name"]): figures(line) for line in level(published, "action")} == {
        key: told(found, actions[key]) for key, found in by_action.items()
    }
    assert {line["code"]: figures(line) for line in level(published, "objective")} == {
        code: told(found, objectives[code]) for code, found in by_objective.items()
    }
    assert {line["name"]: figures(line) for line in level(published, "perspective")} == {
        name: told(found, perspectives[name]) for name, found in by_perspective.items()
    }
    assert [figures(line) for line in level(published, "ente")] == [
        told([degree for _row, degree in rows], mean(perspectives.values()))
    ]


def test_the_ente_worked_out_with_pencil_and_paper(published) -> None:
    objectives = {line["code"]: line["attainment"] for line in level(published, "objective")}

    # 1.1: four actions, 100 + 90 + 100 + 100. 1.6: 8 on 11 and two at 100.
    assert (objectives["1.1"], objectives["1.5"], objectives["1.6"]) == ("97.50", "", "90.91")
    # The first perspective is the mean of its five measured objectives; the others are at 100.
    assert [line["attainment"] for line in level(published, "perspective")] == [
        "93.76",
        "100.00",
        "100.00",
        "100.00",
    ]
    assert [figures(line) for line in level(published, "ente")] == [("28", "30", "98.44")]


def test_every_indicator_equals_its_printed_row(published) -> None:
    rows = [*source.unit_rows(), *source.strategic_rows()]
    degrees = {
        source.normalised(row.indicator): worked_out(
            row.indicator, row.target_2020, row.actual_2020
        )
        for row in rows
    }

    lines = level(published, "indicator")

    assert {source.normalised(line["name"]): figures(line) for line in lines} == {
        name: (str(int(value is not None)), str(int(is_due)), shown(value))
        for name, (is_due, value) in degrees.items()
    }


def test_indicators_are_not_capped_and_say_their_rule(published) -> None:
    lines = {line["name"]: (line["method"], line["attainment"]) for line in published}

    assert lines["Oneri correnti/Proventi correnti"] == ("lower", "117.86")
    assert lines["Progetto: Turismo"] == ("project", "100.00")
    assert lines["Scarto documentazione cartacea dell'Ente"] == ("date", "100.00")
    assert [line["method"] for line in level(published, "ente")] == ["nested"]
    assert {line["method"] for line in level(published, "dashboard")} == {"flat"}


def test_every_line_is_of_a_year_and_every_number_is_plain(published) -> None:
    for line in published:
        assert re.fullmatch(r"\d{4}", line["year"])
        assert re.fullmatch(r"\d+", line["measured"])
        assert re.fullmatch(r"\d+", line["total"])
        assert re.fullmatch(r"(\d+\.\d{2})?", line["attainment"])


# Later years, old editions


def test_a_year_begins_with_its_first_stated_result(bergamo) -> None:
    plan = bergamo.plan
    indicator = plan.dashboards.get(slug="registro-imprese").rows.first().indicator
    factories.actual(indicator=indicator, year=2021, printed="n.d.")
    before = years_with_results(plan_snapshot(plan))

    indicator.actuals.filter(year=2021).delete()
    factories.actual(indicator=indicator, year=2021, printed="9")

    assert (before, years_with_results(plan_snapshot(plan))) == ([2020], [2020, 2021])


def test_an_edition_of_the_first_days_can_say_its_degrees(bergamo) -> None:
    """Its data hold neither the limits of the bands nor anything made for the file."""
    data = json.loads(bergamo.edition.snapshot)
    for name in ("beyond_above", "reached_from", "partly_reached_from"):
        del data["plan"][name]

    assert list(attainment_rows(data)) == list(attainment_rows(plan_snapshot(bergamo.plan)))


def test_counts_of_a_ratio_and_days_of_tolerance_take_part(bergamo) -> None:
    plan = factories.plan(first_year=2040)
    dashboard = factories.dashboard(plan=plan, code="X")
    ratio, dated = (
        factories.dashboard_row(dashboard=dashboard, position=n).indicator for n in (1, 2)
    )
    factories.target(indicator=ratio, cycle=2040, printed="90%")
    factories.actual(
        indicator=ratio, year=2040, printed="83,33%", numerator_value=10, denominator_value=12
    )
    factories.target(
        indicator=dated, cycle=2040, printed="1.6.2040", polarity="", tolerance_days=30
    )
    factories.actual(indicator=dated, year=2040, printed="7.6.2040")

    lines = [line for line in attainment_rows(plan_snapshot(plan)) if line[1] != "ente"]

    assert [(*line[4:],) for line in lines] == [
        ("higher", "1", "1", "92.59"),
        ("date", "1", "1", "80.00"),
        ("flat", "2", "2", "86.30"),
    ]


def test_results_that_came_in_since_the_adoption_are_told(bergamo) -> None:
    plan = bergamo.plan
    frozen = json.loads(bergamo.edition.snapshot)
    indicator = plan.dashboards.get(slug="registro-imprese").rows.first().indicator
    factories.actual(indicator=indicator, year=2021, printed="9")

    data = with_results_to_date(plan, frozen)

    assert (years_with_results(frozen), years_with_results(data)) == ([2020], [2020, 2021])
    assert data["plan"] == frozen["plan"]
