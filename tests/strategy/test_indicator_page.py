"""What the page of an indicator says: years, places, setbacks, history."""

import datetime
from decimal import Decimal

import pytest

from indicators.enums import AttainmentBand, Polarity
from strategy.enums import DashboardKind
from strategy.indicator_page import (
    Change,
    indicator_chart,
    indicator_history,
    indicator_report,
    is_worse,
    merge_loads,
)
from tests import factories

HIGHER, LOWER = Polarity.HIGHER_IS_BETTER, Polarity.LOWER_IS_BETTER
NOON = datetime.datetime(2021, 1, 20, 12, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("target", "last", "polarity", "expected"),
    [
        (80, 90, HIGHER, True),
        (90, 90, HIGHER, False),
        (95, 90, HIGHER, False),
        (4, 3, LOWER, True),
        (3, 3, LOWER, False),
        (2, 3, LOWER, False),
        (80, 90, "", False),
        (None, 90, HIGHER, False),
        (80, None, HIGHER, False),
        (0, 1, HIGHER, True),
    ],
)
def test_a_target_is_worse_than_the_last_result(target, last, polarity, expected):
    numbers = [None if value is None else Decimal(value) for value in (target, last)]

    assert is_worse(*numbers, polarity) is expected


@pytest.fixture
def row(db):
    """An indicator on the strategic dashboard of a plan of its own."""
    dashboard = factories.dashboard(kind=DashboardKind.STRATEGIC, slug="strategico")
    return factories.dashboard_row(dashboard=dashboard, weight=Decimal("2.50"))


def report_of(row):
    return indicator_report(row.dashboard.plan, row.indicator)


def test_years_run_from_the_one_before_the_plan(row):
    first = row.dashboard.plan.first_year
    factories.target(indicator=row.indicator, cycle=first, year=first - 1, printed="30%")
    factories.target(indicator=row.indicator, cycle=first, year=first, printed="monitoraggio",
                     polarity="")  # fmt: skip
    factories.target(indicator=row.indicator, cycle=first, year=first + 1, printed="25%")
    factories.actual(indicator=row.indicator, year=first - 1, printed="39%")

    years = report_of(row).years

    assert [(y.year, y.target.printed, y.target.look, y.actual.printed) for y in years] == [
        (first - 1, "30%", "", "39%"),
        (first, "monitoraggio", "monitoring", ""),
        (first + 1, "25%", "", ""),
        (first + 2, "", "absent", ""),
    ]
    assert [y.is_worse_than_last for y in years] == [False, False, True, False]
    assert report_of(row).current.year == first


def test_past_years_say_how_they_stand(row):
    first = row.dashboard.plan.first_year
    factories.target(indicator=row.indicator, cycle=first, year=first - 1, printed="30%")
    factories.target(indicator=row.indicator, cycle=first, year=first, printed="40%")
    factories.actual(indicator=row.indicator, year=first - 1, printed="39%")
    factories.actual(
        indicator=row.indicator,
        year=first,
        printed="20%",
        measured_on=datetime.date(first, 6, 30),
    )

    before, now, *later = report_of(row).years

    assert (before.actual.mark, now.actual.mark) == (
        (AttainmentBand.BEYOND, "130,0%"),
        (AttainmentBand.NOT_REACHED, "50,0%"),
    )
    assert (before.actual.sides.is_early, now.actual.sides.is_early) == (False, True)
    assert {year.actual.mark for year in later} == {None}


def test_a_day_needs_no_polarity_to_stand_against_its_target(row):
    first = row.dashboard.plan.first_year
    factories.target(
        indicator=row.indicator, cycle=first, year=first - 1, printed="1.6.2030", polarity=""
    )
    factories.actual(indicator=row.indicator, year=first - 1, printed="1.5.2030")

    assert report_of(row).years[0].actual.mark.text == "100,0%"


def test_targets_of_another_plan_stay_out(row):
    first = row.dashboard.plan.first_year
    factories.target(indicator=row.indicator, cycle=first - 1, year=first, printed="1")

    assert [y.target.printed for y in report_of(row).years] == ["", "", "", ""]


def test_a_superseded_result_is_not_shown(row):
    first = row.dashboard.plan.first_year
    factories.actual(indicator=row.indicator, year=first, printed="1", is_current=False)
    factories.actual(indicator=row.indicator, year=first, printed="2")

    assert report_of(row).current.actual.printed == "2"


def test_a_later_measure_of_the_year_wins(row):
    first = row.dashboard.plan.first_year
    for month, printed in ((12, "3"), (6, "2")):
        factories.actual(
            indicator=row.indicator,
            year=first,
            printed=printed,
            measured_on=datetime.date(first, month, 30),
        )

    assert report_of(row).current.actual.printed == "3"


def test_places_are_the_steps_of_the_cascade_and_the_units_that_hold_it(row):
    plan = row.dashboard.plan
    unit = factories.unit()
    row.indicator.supplier = unit
    row.indicator.save()
    service = factories.dashboard(plan=plan, unit=unit, position=2, slug="servizio")
    factories.dashboard(plan=plan, position=3, slug="altro")
    factories.dashboard(plan=plan, kind=DashboardKind.DIRIGENTE, position=5, slug="dirigente")
    factories.dashboard(plan=plan, kind=DashboardKind.POLA, position=4, slug="pola")
    factories.dashboard_row(dashboard=service, action=row.action, indicator=row.indicator)

    report = report_of(row)

    places = [
        (p.dashboard.slug, p.row is not None, p.level, p.is_supplier) for p in report.placements
    ]
    assert places == [
        ("strategico", True, 0, False),
        ("dirigente", False, 1, False),
        ("servizio", True, 2, True),
    ]
    assert (report.is_strategic, report.weight, report.action) == (
        True,
        Decimal("2.50"),
        row.action,
    )


def test_an_indicator_of_a_unit_alone_is_operational(db):
    row = factories.dashboard_row()

    assert report_of(row).is_strategic is False


def test_two_figures_make_a_drawing_and_one_does_not(row):
    first = row.dashboard.plan.first_year
    factories.actual(indicator=row.indicator, year=first - 1, printed="39%")

    before = indicator_chart(report_of(row))
    factories.target(indicator=row.indicator, cycle=first, printed="41%")
    after = indicator_chart(report_of(row))

    assert before is None
    assert after is not None
    assert row.indicator.name in after.title


def test_words_and_dates_are_not_drawn(row):
    first = row.dashboard.plan.first_year
    for year, printed in ((first, f"30.6.{first}"), (first + 1, "SI"), (first + 2, "verifica")):
        factories.target(
            indicator=row.indicator, cycle=first, year=year, printed=printed, polarity=""
        )

    assert indicator_chart(report_of(row)) is None


# History


def change(title: str, text: str, *, minutes: int = 0, who: str = "") -> Change:
    return Change(NOON + datetime.timedelta(minutes=minutes), title, text, who)


def test_values_entered_at_once_are_told_once():
    merged = merge_loads(
        [
            change("Target", "3", minutes=1, who="Anna"),
            change("Risultato", "2", who="Caricamento"),
            change("Target", "1", who="Caricamento"),
        ]
    )

    assert [entry.when.minute for entry in merged] == [1, 0]
    assert merged[0].text == "Target: 3"
    assert {"Target: 1", "Risultato: 2"} == set(merged[1].text.split(" · "))


def test_no_changes_give_no_history():
    assert merge_loads([]) == []


def test_history_tells_old_and_new_text_newest_first(row):
    first = row.dashboard.plan.first_year
    target = factories.target(indicator=row.indicator, cycle=first, printed="41%")
    target.printed = "45%"
    target.full_clean()
    target.save()

    history = indicator_history(row.dashboard.plan, row.indicator)

    assert history == sorted(history, key=lambda entry: entry.when, reverse=True)
    assert "41%" in history[0].text
    assert "45%" in history[0].text


def test_a_cell_that_is_emptied_and_filled_again_is_told_in_words(row):
    first = row.dashboard.plan.first_year
    target = factories.target(indicator=row.indicator, cycle=first, printed="12")
    for printed in ("", "30%"):
        target.printed = printed
        target.full_clean()
        target.save()

    texts = [entry.text for entry in indicator_history(row.dashboard.plan, row.indicator)]

    assert texts[:2] == [f"Target {first}: inserito 30%", f"Target {first}: svuotato (era 12)"]


def test_saving_without_changing_is_not_told(row):
    before = len(indicator_history(row.dashboard.plan, row.indicator))
    row.indicator.save()

    assert len(indicator_history(row.dashboard.plan, row.indicator)) == before


def test_history_leaves_out_the_targets_of_another_plan(row):
    first = row.dashboard.plan.first_year
    factories.target(indicator=row.indicator, cycle=first - 1, printed="12.345")

    texts = [entry.text for entry in indicator_history(row.dashboard.plan, row.indicator)]

    assert not any("12.345" in text for text in texts)
