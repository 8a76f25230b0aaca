"""The checks of a plan: what stops it, what it is warned of, each with place and words."""

from decimal import Decimal

import pytest

from indicators.models import Indicator, Target
from strategy.enums import CheckRule, DashboardKind, MapKind
from strategy.models import Dashboard, Plan, Section, SectionBlock
from strategy.problems import plan_problems
from strategy.snapshots import canonical, plan_snapshot
from tests import factories


@pytest.fixture
def plan(db) -> Plan:
    """A plan in which nothing is found but the polarity to confirm."""
    made = factories.proposable_plan()
    Target.objects.filter(cycle=made.first_year).update(is_polarity_confirmed=True)
    return made


@pytest.fixture
def indicator(plan) -> Indicator:
    """The only indicator of the plan, on the strategic dashboard."""
    return Indicator.objects.get(rows__dashboard__plan=plan)


def found(plan: Plan) -> list[tuple[str, bool]]:
    """Rule and gravity of everything found."""
    plan = Plan.objects.get(pk=plan.pk)
    return [(problem.rule.value, problem.is_blocker) for problem in plan_problems(plan)]


def only(plan: Plan) -> tuple[str, bool, str, str]:
    """The one thing found: rule, gravity, place, text."""
    (problem,) = plan_problems(Plan.objects.get(pk=plan.pk))
    return (problem.rule.value, problem.is_blocker, problem.place, problem.text)


def target_of(indicator: Indicator, year: int, **values: object) -> None:
    Target.objects.filter(indicator=indicator, year=year).update(**values)


def row_on(plan: Plan, kind: str, block: str, **values: str) -> Indicator:
    """An indicator on a dashboard of that kind, which the document prints."""
    dashboard = factories.dashboard(plan=plan, kind=kind, position=2)
    if block:
        factories.section_block(section=plan.sections.get(), kind=block, position=9)
    branch = factories.perspective(
        plan=plan,
        chart=MapKind.POLA if kind == DashboardKind.POLA else MapKind.STRATEGY,
        position=2,
    )
    objective = factories.strategic_objective(perspective=branch)
    if branch.chart == MapKind.STRATEGY:  # the objective has its strategic indicator too
        objective = plan.perspectives.exclude(pk=branch.pk).get().objectives.get()
        branch.objectives.all().delete()
    row = factories.dashboard_row(
        dashboard=dashboard, action=factories.action(objective=objective, position=2)
    )
    return row.indicator


def test_nothing_is_found_on_a_plan_that_has_all_it_needs(plan) -> None:
    assert found(plan) == []


def test_the_loaded_plan_has_questions_and_no_blocker(bergamo) -> None:
    counts: dict[str, int] = {}
    for rule, is_blocker in found(bergamo.plan):
        assert not is_blocker
        counts[rule] = counts.get(rule, 0) + 1

    assert counts == {
        "target": 4,
        "source": 5,
        "polarity": 124,
        "ratio": 11,
        "ambition": 34,
        "project": 14,
        "ceiling": 1,
        "figures": 12,
    }


def test_43_of_72_is_below_the_minimum(bergamo) -> None:
    (problem,) = [p for p in plan_problems(bergamo.plan) if p.rule == CheckRule.CEILING]

    assert problem.place == "% lavoratori agili effettivi, 2021"
    assert "59,7%" in problem.text
    assert problem.rule.reference == "5.2.4; Linee guida, art. 3"
    assert CheckRule.FIGURES.reference == ""


# Objectives


def test_an_objective_without_strategic_indicator_stops_the_plan(plan) -> None:
    branch = plan.perspectives.get()
    objective = factories.strategic_objective(perspective=branch, position=2)

    assert only(plan)[:3] == ("objective", True, objective.heading)


def test_an_area_of_the_pola_needs_no_indicator(plan) -> None:
    factories.strategic_objective(
        perspective=factories.perspective(plan=plan, chart=MapKind.POLA, position=2)
    )

    assert found(plan) == []


# Indicators: target, source


@pytest.mark.parametrize(("year", "is_blocker"), [(0, True), (1, False), (2, False)])
def test_an_empty_target_stops_the_plan_in_its_first_year(
    plan, indicator, year, is_blocker
) -> None:
    target_of(
        indicator,
        plan.first_year + year,
        printed="",
        availability="not_filled",
        kind="",
        number=None,
    )

    rule, blocks, place, text = only(plan)

    assert (rule, blocks, place) == ("target", is_blocker, indicator.name)
    assert str(plan.first_year + year) in text


def test_a_target_never_written_is_missing_as_well(plan, indicator) -> None:
    indicator.targets.all().delete()

    assert only(plan)[:2] == ("target", True)


def test_a_hyphen_and_monitoring_are_written(plan, indicator) -> None:
    for year, availability in ((0, "monitoring"), (1, "not_foreseen"), (2, "not_available")):
        target_of(
            indicator, plan.first_year + year, availability=availability, kind="", number=None
        )

    assert found(plan) == []


def test_a_unit_sets_the_first_year_alone(plan) -> None:
    indicator = row_on(plan, DashboardKind.UNIT, "unit_dashboards")

    before = found(plan)
    factories.target(indicator=indicator, cycle=plan.first_year, is_polarity_confirmed=True)

    assert (before, found(plan)) == ([("target", True)], [])


def test_an_indicator_without_source_stops_the_plan(plan, indicator) -> None:
    Indicator.objects.filter(pk=indicator.pk).update(source=None)

    assert only(plan)[:3] == ("source", True, indicator.name)


def test_the_pola_alone_is_only_warned(plan) -> None:
    indicator = row_on(plan, DashboardKind.POLA, "pola_indicators")
    Indicator.objects.filter(pk=indicator.pk).update(source=None)

    assert found(plan) == [("target", False), ("source", False)]


def test_what_was_adopted_so_does_not_stop_the_update(plan, indicator) -> None:
    Indicator.objects.filter(pk=indicator.pk).update(source=None)
    indicator.targets.all().delete()
    factories.edition(plan=plan, snapshot=canonical(plan_snapshot(plan)))
    added = row_on(plan, DashboardKind.UNIT, "unit_dashboards")

    problems = [(p.rule.value, p.is_blocker, p.place) for p in plan_problems(plan)]

    assert problems == [
        ("target", True, added.name),
        ("target", False, indicator.name),
        ("source", False, indicator.name),
    ]


def test_what_was_adopted_whole_and_lost_since_stops_the_update(plan, indicator) -> None:
    factories.edition(plan=plan, snapshot=canonical(plan_snapshot(plan)))
    indicator.targets.all().delete()

    assert only(plan)[:2] == ("target", True)


def test_damaged_data_excuse_nothing(plan, indicator) -> None:
    Indicator.objects.filter(pk=indicator.pk).update(source=None)
    snapshot = canonical(plan_snapshot(plan))
    factories.edition(plan=plan, snapshot=snapshot, snapshot_sha256="0" * 64)

    assert found(plan) == [("source", True)]


# Indicators: polarity, denominator, ambition


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ({"is_polarity_confirmed": False}, [("polarity", False)]),
        ({"polarity": "", "is_polarity_confirmed": False}, [("polarity", True)]),
        ({"polarity": "", "is_polarity_confirmed": False, "kind": "text", "number": None}, []),
    ],
)
def test_a_figure_needs_its_polarity(plan, indicator, values, outcome) -> None:
    target_of(indicator, plan.first_year, **values)

    assert found(plan) == outcome


def test_the_polarity_of_the_year_before_is_asked_too(plan, indicator) -> None:
    factories.target(
        indicator=indicator, cycle=plan.first_year, year=plan.baseline_year, polarity=""
    )
    factories.target(indicator=factories.indicator(), cycle=plan.first_year)  # of no plan
    factories.actual(indicator=factories.indicator(), year=plan.baseline_year)  # likewise

    assert only(plan)[:2] == ("polarity", False)


@pytest.mark.parametrize(
    ("values", "printed", "outcome"),
    [
        ({"numerator": "parte"}, "100", [("ratio", False)]),
        ({"numerator": "parte", "denominator": "tutto"}, "100", []),
        ({"name": "% di cose"}, "100%", [("ratio", False)]),
        ({"name": "Percentuale di cose"}, "100%", [("ratio", False)]),
        ({"name": "% di cose"}, "100", []),
        ({"name": "Cose fatte"}, "100%", []),
    ],
)
def test_a_ratio_says_what_it_divides_by(plan, indicator, values, printed, outcome) -> None:
    Indicator.objects.filter(pk=indicator.pk).update(**values)
    kind = "percent" if printed.endswith("%") else "number"
    indicator.targets.update(printed=printed, kind=kind)

    assert found(plan) == outcome


@pytest.mark.parametrize(
    ("result", "polarity", "reason", "outcome"),
    [
        ("120", "higher", "", [("ambition", False)]),
        ("120", "higher", "Meno risorse.", []),
        ("80", "higher", "", []),
        ("80", "lower", "", [("ambition", False)]),
        ("n.d.", "higher", "", []),
    ],
)
def test_a_target_worse_than_the_last_result_says_why(
    plan, indicator, result, polarity, reason, outcome
) -> None:
    factories.actual(indicator=indicator, year=plan.baseline_year, printed=result)
    indicator.targets.update(polarity=polarity, reason=reason)

    assert found(plan) == outcome


def test_the_nearest_result_counts(plan, indicator) -> None:
    factories.actual(indicator=indicator, year=plan.baseline_year, printed="90")
    factories.actual(indicator=indicator, year=plan.first_year, printed="120")

    assert only(plan)[3].count("120") == 1
    assert str(plan.first_year + 1) in only(plan)[3]


# Weights


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ((1, 1), ""),
        ((40, 60), ""),
        ((40, 1), "41"),
        ((40, Decimal("59.5")), "99,5"),
    ],
)
def test_weights_are_given_to_all_and_add_up(plan, indicator, given, words) -> None:
    row = indicator.rows.get()
    other = factories.dashboard_row(
        dashboard=row.dashboard, action=row.action, position=2, weight=given[1]
    )
    for year in plan.years:
        factories.target(
            indicator=other.indicator, cycle=plan.first_year, year=year, is_polarity_confirmed=True
        )
    row.weight = given[0]
    row.save()

    problems = plan_problems(plan)

    assert [(p.rule.value, p.is_blocker) for p in problems] == (
        [("weights", False)] if words else []
    )
    assert all(words in p.text and p.place == row.dashboard.title for p in problems)


@pytest.mark.parametrize(
    "values",
    [{"availability": "monitoring", "kind": "", "number": None}, {"kind": "text", "number": None}],
)
def test_what_is_only_watched_never_weighs(plan, indicator, values) -> None:
    indicator.rows.update(weight=50)
    target_of(indicator, plan.first_year, **values)

    assert only(plan)[:2] == ("weights", False)


def test_a_row_without_target_has_nothing_to_weigh(plan, indicator) -> None:
    indicator.rows.update(weight=50)
    indicator.targets.all().delete()

    assert found(plan) == [("target", True), ("weights", False)]


# Document


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("", [("section", True)]),
        ("<p> &nbsp;</p>", [("section", True)]),
        ("<p>Testo.</p>", []),
        ('<p><img src="/media/sections/1.png" alt="Un punto."></p>', []),
    ],
)
def test_a_section_says_something(plan, body, outcome) -> None:
    section = factories.section(plan=plan, position=2)
    Section.objects.filter(pk=section.pk).update(body=body)

    assert found(plan) == outcome


def test_a_chapter_may_be_its_parts_and_a_section_its_block(plan) -> None:
    chapter = factories.section(plan=plan, position=2)
    part = factories.section(plan=plan, position=3, level=2, parent=chapter)
    factories.section_block(section=part)

    assert found(plan) == []


def test_every_dashboard_with_rows_is_printed(plan) -> None:
    SectionBlock.objects.filter(section__plan=plan, kind="strategic_dashboard").delete()
    factories.dashboard(plan=plan, position=3)  # empty

    rule, is_blocker, place, _text = only(plan)

    strategic = plan.dashboards.get(kind=DashboardKind.STRATEGIC)
    assert (rule, is_blocker, place) == ("block", True, strategic.title)


def test_a_dashboard_is_printed_by_its_name(plan) -> None:
    indicator = row_on(plan, DashboardKind.DIRIGENTE, "")
    factories.target(indicator=indicator, cycle=plan.first_year, is_polarity_confirmed=True)
    dashboard = Dashboard.objects.get(plan=plan, kind=DashboardKind.DIRIGENTE)
    before = found(plan)

    factories.section_block(
        section=plan.sections.get(), kind="dashboard", argument=dashboard.slug, position=3
    )

    assert (before, found(plan)) == ([("block", True)], [])


def test_a_block_names_a_dashboard_that_is_there(plan) -> None:
    factories.section_block(
        section=plan.sections.get(), kind="dashboard", argument="altro", position=3
    )

    assert only(plan)[:3] == ("block", True, plan.sections.get().heading)


def test_the_map_and_every_table_have_a_place(plan) -> None:
    SectionBlock.objects.filter(section__plan=plan, kind="strategy_map").delete()
    table = factories.reference_table(plan=plan)

    places = {p.place for p in plan_problems(plan)}

    assert found(plan) == [("block", False), ("block", False)]
    assert table.caption in places


@pytest.mark.parametrize(
    "mark", ['<img src="a.png">', '<img src="a.png" alt="">', '<img alt=" " src="a.png">']
)
@pytest.mark.parametrize("place", ["body", "lead"])
def test_a_picture_has_words(plan, mark, place) -> None:
    section = plan.sections.get()
    if place == "body":
        Section.objects.filter(pk=section.pk).update(body=mark)
    else:
        section.blocks.update(lead="")
        SectionBlock.objects.filter(pk=section.blocks.first().pk).update(lead=mark)

    assert only(plan)[:3] == ("picture", True, section.heading)


# Figures


def with_table(plan: Plan, *rows: list[str]) -> None:
    """A table of persons, shown by the section of the plan."""
    table = factories.reference_table(plan=plan, slug="persone", caption="Persone")
    for position, heading in enumerate(["Voce", "Totale"]):
        factories.reference_column(table=table, position=position, heading=heading)
    for position, cells in enumerate(rows):
        factories.reference_row(table=table, position=position, cells=cells)
    factories.section_block(
        section=plan.sections.get(), kind="reference_table", position=8, table=table
    )


def check_ceiling(plan: Plan, indicator: Indicator, *, printed: str, base: str) -> list:
    """What the check of the minimum share finds."""
    with_table(plan, ["Da remoto", base])
    target = indicator.targets.get(year=plan.first_year)
    target.printed = printed
    target.full_clean()
    target.save()
    indicator.targets.filter(year__gt=plan.first_year).update(kind="percent")
    plan.figure_checks = {
        "ceilings": [
            {
                "share": {"indicator": indicator.name, "cell": f"target_{plan.first_year}"},
                "base": {"table": "persone", "row": "Da remoto", "column": "Totale"},
                "at_least": 60,
            }
        ]
    }
    plan.save()
    return [p for p in plan_problems(plan) if p.rule == CheckRule.CEILING]


@pytest.mark.parametrize(
    ("printed", "base", "count"),
    [
        ("60% (43 dip.)", "72", 1),
        ("60% (44 dip.)", "72", 0),
        ("65% (46 dip.)", "72", 1),
        ("50% (36 dip.)", "72", 1),
        ("60%", "72", 0),
        ("59%", "72", 1),
        ("verifica", "72", 0),
        ("60% (43 dip.)", "n.d.", 0),
    ],
)
def test_at_least_a_share_of_people_is_rounded_up(plan, indicator, printed, base, count) -> None:
    assert len(check_ceiling(plan, indicator, printed=printed, base=base)) == count


def test_a_figure_points_where_it_stands(plan, indicator) -> None:
    (problem,) = check_ceiling(plan, indicator, printed="60% (43 dip.)", base="72")

    assert problem.url.endswith(f"/indicatori/{indicator.pk}/")


@pytest.mark.parametrize("name", ["persone", "altro"])
def test_a_check_that_cannot_be_made_is_told(plan, name) -> None:
    with_table(plan, ["Da remoto", "72"])
    plan.figure_checks = {"totals": [{"table": name, "columns": ["Manca"]}]}
    plan.save()

    assert only(plan)[:3] == ("figures", False, name)


def test_totals_are_recomputed_from_the_tables(plan) -> None:
    with_table(plan, ["A", "1"], ["B", "2"], ["Totale", "4"])
    table = plan.reference_tables.get()
    table.rows.filter(position=2).update(level="total")
    plan.figure_checks = {"totals": [{"table": "persone", "columns": ["Totale"]}]}
    plan.save()

    (problem,) = plan_problems(plan)

    assert problem.place == "Persone, Totale"
    assert problem.url.endswith(f"/documento/{plan.sections.get().slug}/")
