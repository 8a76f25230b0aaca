"""The plan is loaded in the order of the source, and refused when its files do not agree."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from camera_perf.loading import PlanExistsError, adopt_loaded, load_plan
from indicators.doubts import indicator_doubts
from indicators.importers import read_indicators
from indicators.models import Indicator
from indicators.records import IndicatorRecord
from indicators.values import read
from organization.loading import LoadError
from organization.models import AuditEvent, Unit, User
from pola.doubts import month_doubts
from pola.importers import rule_position
from pola.models import AgileMonth
from pola.statistics import mean_days
from strategy.doubts import figure_doubts
from strategy.enums import PlanState
from strategy.figures import Figures, TableRecord
from strategy.models import Action, DashboardRow, Plan, ReferenceTable, Section
from tests import factories
from tests.bergamo import BERGAMO, PDF


def cells(**printed: str) -> dict[int, object]:
    return {int(year.removeprefix("y")): read(text) for year, text in printed.items()}


def table(*rows: list[str], levels: str = "") -> TableRecord:
    return TableRecord(
        slug="conti",
        caption="Conti",
        source_note="",
        headings=["Voce", "Parte", "Tutto", "%"],
        rows=rows,
        levels=levels.split() or ["item"] * len(rows),
        numeric=frozenset({1, 2, 3}),
    )


def test_rows_stand_in_the_order_of_the_source(bergamo) -> None:
    rows = DashboardRow.objects.in_order().with_tree()

    first, second = rows.filter(dashboard__slug="affari-generali")[:2]

    assert [first.position, first.action.objective.code] == [1, "1.2"]
    assert first.indicator.name.startswith("Progetto: Riprogettazione evento")
    assert [second.position, second.action.objective.code] == [2, "1.6"]


def test_actions_are_numbered_as_they_are_met(bergamo) -> None:
    actions = Action.objects.filter(objective__code="1.1", objective__perspective__position=1)

    positions = list(actions.order_by("position").values_list("position", flat=True))

    assert positions == list(range(1, actions.count() + 1))
    assert actions.get(position=1).name.startswith("Sviluppare il sistema turistico")


def test_one_indicator_with_two_names_is_one(bergamo) -> None:
    rows = DashboardRow.objects.exclude(printed_name="")

    assert sorted(rows.values_list("dashboard__slug", flat=True)) == [
        "dirigente",
        "sportelli-polifunzionali",
    ]
    shown = rows.get(dashboard__slug="dirigente").indicator.rows
    assert shown.exclude(dashboard__slug="dirigente").count() == 1


def test_a_share_is_one_because_its_file_says_so(bergamo) -> None:
    shares = Indicator.objects.filter(is_share=True)

    assert shares.count() == 16
    assert shares.filter(denominator="N. dipendenti in servizio").count() == 2
    assert not shares.filter(numerator__startswith="Interventi economici+Totale costi").exists()
    assert not shares.filter(denominator__startswith="Valore di budget").exists()


def test_sections_stand_under_their_chapter(bergamo) -> None:
    section = Section.objects.get(slug="esperienza-emergenziale")

    assert section.heading == "5.1.2 L'esperienza del lavoro agile emergenziale"
    assert section.parent.parent.slug == "pola"
    assert [block.kind for block in section.blocks.order_by("position")] == [
        "agile_months",
        "reference_table",
        "reference_table",
    ]
    assert section.body.startswith("<p>")


def test_tables_keep_every_cell(bergamo) -> None:
    holdings = ReferenceTable.objects.get(slug="partecipazioni")

    assert [column.is_numeric for column in holdings.columns.all()] == [False, True, True, True]
    assert holdings.rows.get(position=3).cells == [
        "BERGAMO FIERA NUOVA S.p.A.",
        "9.820.823,00",
        "5.798.925,00",
        "48,83%",
    ]


def test_a_plan_is_loaded_once(bergamo) -> None:
    with pytest.raises(PlanExistsError):
        load_plan(BERGAMO)
    with pytest.raises(CommandError):
        call_command("load_plan", BERGAMO)

    assert Plan.objects.filter(first_year=2021).count() == 1


def test_if_missing_leaves_the_plan_alone(bergamo, capsys) -> None:
    call_command("load_plan", BERGAMO, if_missing=True)

    assert capsys.readouterr().out.count("2021-2023") == 1


def test_an_adopted_plan_is_not_adopted_again(bergamo) -> None:
    assert adopt_loaded(BERGAMO, pdf_builder=lambda plan, act: PDF) is None
    assert bergamo.plan.editions.count() == 1


def test_the_demo_is_refused_on_a_machine_that_serves(bergamo, settings) -> None:
    settings.DEMO_ALLOWED = False

    with pytest.raises(CommandError, match="DEBUG=1"):
        call_command("load_demo")


def test_the_demo_people_are_told_with_their_role(bergamo, capsys) -> None:
    call_command("demo_people")

    headings, *lines, password = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(
        User.objects.order_by("pk").values_list("username", flat=True)
    )
    assert password.endswith("demo-bergamo-2021")
    assert headings.strip() == headings


def another_plan(folder: Path) -> Path:
    """The files of Bergamo as those of another triennium."""
    shutil.copytree(BERGAMO, folder)
    path = folder / "plan.toml"
    path.write_text(path.read_text().replace("first_year = 2021", "first_year = 2022"))
    indicators = folder / "indicators.csv"
    text = indicators.read_text(encoding="utf-8")
    indicators.write_text(text.replace("target_2023", "target_2024", 1), encoding="utf-8")
    pola = folder / "pola" / "indicators.csv"
    pola.write_text(pola.read_text().replace("target_2020", "target_2024", 1))
    indicators.write_text(
        indicators.read_text(encoding="utf-8").replace("target_2020", "target_2023", 1)
    )
    return folder


@pytest.mark.slow
def test_a_second_plan_reuses_the_chamber(bergamo, tmp_path, capsys) -> None:
    call_command("load_plan", another_plan(tmp_path / "second"))

    plan = Plan.objects.get(first_year=2022)
    assert (plan.label, plan.state) == ("2022-2024", PlanState.PROPOSED)
    assert plan.dashboards.count() == 14
    assert Unit.objects.count() == 20
    places = [doubt["place"] for doubt in AuditEvent.objects.about(plan).get().after["doubts"]]
    told = capsys.readouterr().out
    assert [place for place in places if place.startswith("Camera")] == []
    assert [place for place in places if told.count(f"  {place}: ") == 0] == []


@pytest.mark.slow
def test_the_demo_loaded_again_adds_nothing(bergamo, capsys) -> None:
    call_command("load_demo")
    capsys.readouterr()

    call_command("load_demo")

    assert (Plan.objects.count(), User.objects.count()) == (1, 8)
    assert bergamo.plan.editions.count() == 1
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_a_cell_that_cannot_be_read_is_quoted_with_its_place(tmp_path) -> None:
    path = tmp_path / "indicators.csv"
    header = (BERGAMO / "indicators.csv").read_text(encoding="utf-8").splitlines()[0]
    path.write_text(f"{header}\nN. cose,,false,,,,,,,,100,circa 90,\\N,\\N,\\N\n", encoding="utf-8")

    with pytest.raises(LoadError, match=r"indicators\.csv, N\. cose, actual_2020: .*circa 90"):
        read_indicators(path)


@pytest.mark.parametrize(("number", "position"), [("4.1", 1), ("4.12", 12)])
def test_rules_are_numbered_in_their_article(number, position) -> None:
    assert rule_position(number, 4) == position


@pytest.mark.parametrize("number", ["5.1", "4", "4.a"])
def test_a_rule_of_another_article_is_refused(number) -> None:
    with pytest.raises(LoadError):
        rule_position(number, 4)


@pytest.mark.parametrize(
    ("record", "times"),
    [
        ({"targets": cells(y2020="", y2021=""), "actuals": cells(y2020="")}, 1),
        ({"targets": cells(y2021="3")}, 0),
        ({"targets": cells(y2021="3"), "source": ""}, 1),
        ({"targets": cells(y2020="3", y2021="3"), "actuals": cells(y2020="")}, 1),
        ({"targets": cells(y2021="3"), "actuals": cells(y2020="")}, 1),
        ({"targets": cells(y2020="3", y2021="monitoraggio")}, 1),
        ({"targets": cells(y2021="3"), "actuals": cells(y2020="4"), "polarity": "higher"}, 1),
        ({"targets": cells(y2021="3"), "actuals": cells(y2020="3"), "polarity": "higher"}, 0),
        ({"targets": cells(y2021="3"), "actuals": cells(y2020="2"), "polarity": "lower"}, 2),
        ({"targets": cells(y2021="3"), "actuals": cells(y2020="4")}, 0),
        ({"targets": cells(y2021="3"), "actuals": cells(y2020="n.d."), "polarity": "higher"}, 0),
        ({"targets": cells(y2021="3%"), "actuals": cells(y2020="4"), "polarity": "higher"}, 1),
        ({"targets": cells(y2021="da 1 a 3"), "actuals": cells(y2020="n. 9")}, 0),
        ({"targets": cells(y2021="43", y2022="verifica")}, 0),
        ({"targets": cells(y2021="31.12.2021"), "is_project": True}, 1),
        ({"targets": cells(y2021="SI/NO")}, 1),
        ({"targets": cells(y2021="3"), "name": "N. cose) fatte"}, 1),
    ],
)
def test_doubts_about_one_line(record, times) -> None:
    line = IndicatorRecord(**{"name": "N. cose", "source": "Archivio"} | record)

    doubts = indicator_doubts([line], first_year=2021)

    assert len(doubts) == times


@pytest.mark.parametrize(
    ("checks", "rows", "places"),
    [
        ("shares", (["a", "1", "4", "25%"], ["b", "1", "3", "33,33%"]), []),
        ("shares", (["a", "1", "4", "24%"],), ["Conti, a"]),
        ("sums", (["a", "1", "1", ""], ["b", "1", "2", ""]), ["Conti, b"]),
        ("totals", (["a", "1", "", ""], ["b", "2", "", ""], ["t", "3", "", ""]), []),
        ("totals", (["a", "1", "", ""], ["b", "2", "", ""], ["t", "4", "", ""]), ["Conti, Parte"]),
    ],
)
def test_doubts_about_figures(checks, rows, places) -> None:
    declared = {
        "shares": {"table": "conti", "part": "Parte", "whole": "Tutto", "percent": "%"},
        "sums": {"table": "conti", "parts": ["Parte"], "total": "Tutto"},
        "totals": {"table": "conti", "columns": ["Parte"]},
    }
    levels = "item item total" if checks == "totals" else ""
    figures = Figures({"conti": table(*rows, levels=levels)}, {})

    doubts = figure_doubts(figures, {checks: [declared[checks]]})

    assert [doubt.place for doubt in doubts] == places


@pytest.mark.parametrize(("printed", "times"), [("4.000", 0), ("4.001", 1)])
def test_doubts_about_a_figure_printed_twice(printed, times) -> None:
    record = IndicatorRecord(name="N. cose", actuals=cells(y2020="4000"))
    figures = Figures({"conti": table(["a", printed, "", ""])}, {"N. cose": record})
    check = {
        "first": {"table": "conti", "row": "a", "column": "Parte"},
        "second": {"indicator": "N. cose", "cell": "actual_2020"},
    }

    assert len(figure_doubts(figures, {"twins": [check]})) == times


@pytest.mark.parametrize(("other", "times"), [("72", 1), ("87", 0)])
def test_doubts_about_a_percentage_of_two_numbers(other, times) -> None:
    record = IndicatorRecord(name="% cose", targets=cells(y2021="60%"))
    figures = Figures(
        {"conti": table(["a", "87", other, "60%"])},
        {"% cose": record},
    )
    check = {
        "first": {"indicator": "% cose", "cell": "target_2021"},
        "first_base": {"table": "conti", "row": "a", "column": "Parte"},
        "second": {"table": "conti", "row": "a", "column": "%"},
        "second_base": {"table": "conti", "row": "a", "column": "Tutto"},
    }

    assert len(figure_doubts(figures, {"bases": [check]})) == times


@pytest.mark.parametrize(
    ("month", "mean", "times"),
    [
        ({"effective": 69, "days": 689, "mean_days_per_week": "2,5"}, "2.5", 0),
        ({"effective": 71, "days": 1132, "mean_days_per_week": "4"}, "4.0", 0),
        ({"effective": 69, "days": 689, "mean_days_per_week": "3"}, "2.5", 1),
        ({"effective": 0, "days": 0, "mean_days_per_week": "0"}, "0.0", 0),
    ],
)
def test_doubts_about_a_month_of_agile_work(db, month, mean, times) -> None:
    made = factories.agile_month(**{"employees": 90, "potential": 90} | month)

    assert mean_days(made) == Decimal(mean)
    assert len(month_doubts([made])) == times
    assert AgileMonth.objects.filter(pk=made.pk).exists()
