"""The plan of the next triennium takes over what still holds and says what is to decide."""

import datetime
import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from indicators.enums import Availability
from indicators.models import Actual, Indicator, Target
from organization.models import AuditEvent
from pola.models import GuidelineRule
from strategy.differences import differences
from strategy.enums import PlanPart, PlanState
from strategy.models import (
    Action,
    Dashboard,
    DashboardRow,
    Plan,
    Section,
    SectionBlock,
    StrategicObjective,
)
from strategy.operations import roll_plan_forward
from strategy.reports.decisions import decisions, years_quoted
from strategy.reports.triennium import baseline_count, carried_parts, forecast
from strategy.snapshots import plan_snapshot
from tests import factories

pytestmark = pytest.mark.slow

AT = datetime.datetime(2022, 1, 10, 9, tzinfo=datetime.UTC)


@pytest.fixture
def planner(bergamo):
    return bergamo.user("pianificazione")


@pytest.fixture
def new(bergamo, planner) -> Plan:
    """The plan made of the real one."""
    return roll_plan_forward(bergamo.plan, by=planner, at=AT)


# The real plan


def test_the_new_plan_is_a_draft_that_continues_the_old_one(bergamo, new) -> None:
    new.refresh_from_db()

    assert (new.first_year, new.title, new.state, new.revision) == (
        2022,
        "Piano della Performance 2022-2024",
        PlanState.DRAFT,
        0,
    )
    assert (new.continues, new.reference_date) == (bergamo.plan, datetime.date(2021, 12, 31))
    assert new.figure_checks == bergamo.plan.figure_checks


@pytest.mark.slow
def test_structure_and_document_are_the_same_but_for_the_series_that_ended(bergamo, new) -> None:
    found = differences(plan_snapshot(bergamo.plan), plan_snapshot(new))

    ended = len(forecast(bergamo.plan).left_out)
    told = {part: set() for part in PlanPart}
    for subject in found.subjects:
        told[subject.part] |= {(change.kind.value, change.field) for change in subject.changes}
    assert ended == 11
    assert told[PlanPart.DASHBOARDS] == {("removed", "row")}
    assert told[PlanPart.INDICATORS] == {
        ("removed", "indicator"),
        ("removed", "source"),
        ("removed", "supplier"),
    }
    assert [told[part] for part in (PlanPart.MAP, PlanPart.DOCUMENT, PlanPart.TABLES)] == [
        set(),
        set(),
        set(),
    ]
    assert {field for _kind, field in told[PlanPart.PLAN]} == {"title", "label", "reference_date"}


def test_indicators_and_results_are_never_copied(bergamo, planner) -> None:
    before = Indicator.objects.count(), Actual.objects.count()

    roll_plan_forward(bergamo.plan, by=planner)

    assert (Indicator.objects.count(), Actual.objects.count()) == before


def test_the_old_plan_is_not_touched(bergamo, planner) -> None:
    before = plan_snapshot(bergamo.plan)

    roll_plan_forward(bergamo.plan, by=planner)

    assert plan_snapshot(bergamo.plan) == before


def test_the_act_is_recorded_with_what_was_carried(new, planner) -> None:
    event = AuditEvent.objects.about(new).get()

    assert (event.verb, event.at, event.actor_id) == ("plan.rolled_forward", AT, str(planner.pk))
    assert event.after == {"continues": "2021-2023", "rows": 244, "targets": 316, "left_out": 11}


def test_every_row_has_its_history(new, planner) -> None:
    for model in (Plan, StrategicObjective, Action, Dashboard, DashboardRow, Section, SectionBlock):
        made = model.history.filter(history_date=AT)
        assert set(made.values_list("history_user", flat=True)) == {planner.pk}, model
    assert Target.history.filter(history_date=AT).count() == Target.objects.for_cycle(2022).count()


def test_the_guidelines_for_agile_work_pass_too(bergamo, new) -> None:
    rules = [
        list(
            GuidelineRule.objects.filter(article__plan=plan)
            .order_by("article__number", "position")
            .values_list("article__number", "article__title", "position", "text", "effect")
        )
        for plan in (bergamo.plan, new)
    ]

    assert rules[0] == rules[1]
    assert len({number for number, *_rest in rules[1]}) == 14


def test_what_is_carried_is_counted_before(bergamo) -> None:
    found = forecast(bergamo.plan)

    assert [(str(part.label), part.count) for part in carried_parts(found)] == [
        ("Prospettive e dimensioni", 6),
        ("Obiettivi e ambiti", 17),
        ("Azioni", 81),
        ("Cruscotti", 14),
        ("Righe dei cruscotti", 244),
        ("Indicatori, gli stessi", 180),
        ("Sezioni del documento", 25),
        ("Tabelle di dati", 13),
        ("Articoli delle linee guida sul lavoro agile", 14),
        ("Schede progetto", 14),
    ]
    assert (found.first_year, baseline_count(found)) == (2022, 0)


# A small plan


@pytest.fixture
def small(db) -> Plan:
    """A published plan with a strategic dashboard and one of a unit, on one action."""
    plan = factories.plan(state=PlanState.PUBLISHED, title="Piano")
    factories.dashboard(plan=plan, kind="strategic", slug="strategico", position=1)
    factories.dashboard(plan=plan, slug="unita", position=2)
    return plan


def add(plan: Plan, slug: str, *printed: str, **given) -> Indicator:
    """An indicator on a dashboard, with targets from the first year on."""
    indicator = factories.indicator(**given)
    dashboard = plan.dashboards.get(slug=slug)
    action = Action.objects.filter(objective__perspective__plan=plan).first()
    action = action or factories.action(
        objective=factories.strategic_objective(perspective=factories.perspective(plan=plan))
    )
    factories.dashboard_row(
        dashboard=dashboard,
        indicator=indicator,
        action=action,
        position=dashboard.rows.count() + 1,
        weight=2,
        printed_name="Detto qui",
    )
    for year, text in enumerate(printed, plan.first_year):
        factories.target(
            indicator=indicator,
            cycle=plan.first_year,
            year=year,
            printed=text,
            polarity="lower",
            is_polarity_confirmed=True,
            tolerance_days=3,
            reason="Perché sì.",
        )
    return indicator


def cells(indicator: Indicator, plan: Plan) -> list[tuple]:
    targets = Target.objects.filter(indicator=indicator, cycle=plan.first_year).order_by("year")
    return [(target.year - plan.first_year, target.printed) for target in targets]


def test_targets_of_both_plans_are_carried_whole(small) -> None:
    indicator = add(small, "strategico", "10", "11", "monitoraggio")

    new = roll_plan_forward(small, by=None)

    assert cells(indicator, new) == [(-1, "10"), (0, "11"), (1, "monitoraggio"), (2, "")]
    *carried, empty = Target.objects.filter(indicator=indicator, cycle=new.first_year).order_by(
        "year"
    )
    assert {(t.is_polarity_confirmed, t.tolerance_days, t.reason) for t in carried} == {
        (True, 3, "Perché sì.")
    }
    assert (empty.availability, empty.polarity, empty.is_polarity_confirmed) == (
        Availability.NOT_FILLED,
        "lower",
        False,
    )
    assert empty.reason == ""


def test_a_target_of_the_year_before_the_old_plan_stays_behind(small) -> None:
    indicator = add(small, "strategico", "10", "11", "12")
    factories.target(
        indicator=indicator, cycle=small.first_year, year=small.first_year - 1, printed="9"
    )

    new = roll_plan_forward(small, by=None)

    assert cells(indicator, new)[0] == (-1, "10")


def test_a_unit_has_its_first_year_to_decide(small) -> None:
    indicator = add(small, "unita", "10")
    without = add(small, "unita")

    new = roll_plan_forward(small, by=None)

    assert cells(indicator, new) == [(-1, "10"), (0, "")]
    assert cells(without, new) == [(0, "")]
    assert Target.objects.get(indicator=without).polarity == ""


@pytest.mark.parametrize(
    ("printed", "is_carried"),
    [
        (("10", "-", "-"), False),
        (("-", "-", "-"), False),
        (("10", "-"), True),
        (("10", "-", ""), True),
        (("10", "-", "n.d."), True),
        (("-", "11", "-"), True),
    ],
)
def test_a_series_ends_when_nothing_is_foreseen_any_more(small, printed, is_carried) -> None:
    indicator = add(small, "strategico", *printed)

    new = roll_plan_forward(small, by=None)

    rows = DashboardRow.objects.filter(dashboard__plan=new, indicator=indicator)
    assert rows.exists() is is_carried
    assert bool(cells(indicator, new)) is is_carried
    assert new.perspectives.get().objectives.get().actions.count() == 1


def test_a_retired_indicator_is_left_out(small) -> None:
    indicator = add(small, "unita", "10", retired_on=datetime.date(2030, 1, 1))

    found = forecast(small)
    new = roll_plan_forward(small, by=None)

    assert [(one.indicator, one.is_retired, one.row_count) for one in found.left_out] == [
        (indicator, True, 1)
    ]
    assert DashboardRow.objects.filter(dashboard__plan=new).count() == 0


def test_rows_keep_weight_name_and_order(small) -> None:
    indicators = [add(small, "strategico", "1", "2", "3") for _number in range(3)]

    new = roll_plan_forward(small, by=None)

    rows = DashboardRow.objects.filter(dashboard__plan=new).in_order()
    assert [(row.indicator, row.weight, row.printed_name) for row in rows] == [
        (indicator, 2, "Detto qui") for indicator in indicators
    ]
    assert {row.action.objective.perspective.plan for row in rows} == {new}


def test_sections_begin_anew_with_their_blocks_tables_and_pictures(small) -> None:
    chapter = factories.section(plan=small, is_done=True, version=7, edited_by_label="Qualcuno")
    part = factories.section(plan=small, level=2, parent=chapter, position=2)
    row = factories.reference_row(
        table=factories.reference_column(table=factories.reference_table(plan=small)).table
    )
    factories.section_block(section=part, kind="reference_table", table=row.table)
    factories.section_block(section=part, position=2)
    factories.section_image(plan=small)

    new = roll_plan_forward(small, by=None)

    first, second = new.sections.order_by("position")
    assert (first.is_done, first.version, first.edited_by_label) == (False, 1, "")
    assert second.parent == first
    quoted, other = second.blocks.order_by("position")
    assert (quoted.table.plan, other.table) == (new, None)
    assert [column.heading for column in quoted.table.columns.all()] == ["Voce"]
    assert [one.cells for one in quoted.table.rows.all()] == [["voce"]]
    assert new.images.get().file.name == small.images.get().file.name


@pytest.mark.parametrize("state", sorted(set(PlanState.values) - PlanState.continuable))
def test_a_plan_not_published_yet_is_refused(db, state) -> None:
    plan = factories.plan(state=state)

    with pytest.raises(ValidationError) as refusal:
        roll_plan_forward(plan, by=None)

    assert refusal.value.code == "state"


@pytest.mark.parametrize("state", sorted(PlanState.continuable))
def test_a_plan_in_force_goes_on(db, state) -> None:
    plan = factories.plan(state=state)

    assert roll_plan_forward(plan, by=None).continues == plan


@pytest.mark.parametrize("username", ["segretario", "oiv", "responsabile", "dipendente"])
def test_whoever_is_not_of_the_planning_office_is_refused(bergamo, username) -> None:
    with pytest.raises(PermissionDenied):
        roll_plan_forward(bergamo.plan, by=bergamo.user(username))

    assert Plan.objects.count() == 1


def test_a_triennium_has_one_plan(small) -> None:
    roll_plan_forward(small, by=None)

    with pytest.raises(ValidationError) as refusal:
        roll_plan_forward(small, by=None)

    assert refusal.value.code == "exists"
    assert Plan.objects.filter(continues=small).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_plan() -> None:
    plan = factories.plan(state=PlanState.PUBLISHED)
    together = threading.Barrier(2)
    answers: list[str] = []

    def roll() -> None:
        together.wait()
        try:
            answers.append(roll_plan_forward(plan, by=None).label)
        except ValidationError as error:
            answers.append(str(error.code))
        finally:
            connection.close()

    threads = [threading.Thread(target=roll) for _one in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    label = f"{plan.first_year + 1}-{plan.first_year + 3}"
    assert sorted(answers) == sorted([label, "exists"])
    assert Plan.objects.filter(continues=plan).count() == 1


def test_the_number_of_statements_does_not_depend_on_the_size(
    small, django_assert_num_queries
) -> None:
    add(small, "strategico", "1", "2", "3")
    other = factories.plan(state=PlanState.PUBLISHED, first_year=2030)
    factories.dashboard(plan=other, kind="strategic", slug="strategico", position=1)
    for _number in range(5):
        add(other, "strategico", "1", "2", "3")
    for plan, count in ((small, 1), (other, 3)):
        for _number in range(count):
            indicator = add(plan, "strategico", "1%", "2%", "3%")
            indicator.is_project = True
            indicator.save()
            sheet = factories.project_sheet(plan=plan, indicator=indicator)
            activity = factories.project_activity(
                sheet=sheet, ends_on=datetime.date(plan.last_year, 1, 1)
            )
            factories.activity_result(activity=activity)

    for plan in (small, other):
        with django_assert_num_queries(52):
            roll_plan_forward(plan, by=None)


# What is left to decide


def titles(plan: Plan) -> dict[str, int]:
    return {decision.title: len(decision.items) for decision in decisions(plan)}


def test_the_real_plan_leaves_these_decisions(new) -> None:
    assert titles(new) == {
        "Target da fissare": 68,
        "Target 2022 dei servizi": 12,
        "Monitoraggio da confermare": 16,
        "Polarità da confermare": 43,
        "Valori iniziali ancora mancanti": 180,
        "Testi che citano anni": 23,
        "Tabelle di dati da aggiornare": 11,
        "Consultazioni da tenere": 3,
        "Azioni senza indicatori": 3,
        "Indicatori non riportati": 11,
    }


def test_what_was_decided_is_gone(small) -> None:
    kept = add(small, "strategico", "10", "11", "12")
    retired = add(small, "unita", "10", retired_on=datetime.date(2030, 1, 1))
    new = roll_plan_forward(small, by=None)
    assert titles(new) == {
        "Target da fissare": 1,
        "Valori iniziali ancora mancanti": 1,
        "Consultazioni da tenere": 3,
        "Indicatori non riportati": 1,
    }

    Target.objects.filter(indicator=kept, year=new.last_year).update(
        printed="13", availability="stated", kind="number", number=13
    )
    factories.actual(indicator=kept, year=new.baseline_year)
    for body in ("unions", "cug", "oiv"):
        factories.consultation(plan=new, body=body)

    assert titles(new) == {"Polarità da confermare": 1, "Indicatori non riportati": 1}
    assert [item.label for item in decisions(new)[-1].items] == [retired.name]


def test_series_that_ended_are_told_from_retired_indicators(small) -> None:
    add(small, "strategico", "10", "-", "-")
    add(small, "unita", retired_on=datetime.date(2030, 1, 1))

    found = decisions(roll_plan_forward(small, by=None))[-1]

    assert [item.detail for item in found.items] == ["finito", "ritirato"]


def test_a_section_marked_as_done_quotes_what_it_likes(small) -> None:
    year = small.first_year
    add(small, "strategico", "10", "11", "12")
    factories.section(plan=small, body=f"<p>Nel {year} come nel 2009.</p>")
    Dashboard.objects.filter(plan=small, slug="strategico").update(heading=f"CRUSCOTTO {year}")
    new = roll_plan_forward(small, by=None)

    found = {one.title: one for one in decisions(new)}["Testi che citano anni"]
    assert [item.detail for item in found.items] == [str(year), str(year)]
    new.sections.update(is_done=True)
    Dashboard.objects.filter(plan=new).update(heading="CRUSCOTTO")
    assert "Testi che citano anni" not in titles(new)


def test_years_quoted_are_those_about_the_triennium(db) -> None:
    plan = factories.plan(first_year=2050)

    assert years_quoted(plan, '<a href="/2050">D.Lgs. 2009</a>', "2052 2047 2046 2053 2050") == (
        "2047, 2050, 2052"
    )


def test_decisions_cost_the_same_whatever_the_size(small, django_assert_num_queries) -> None:
    add(small, "strategico", "1", "2", "3")
    factories.section_block(section=factories.section(plan=small))
    factories.reference_column(table=factories.reference_table(plan=small))
    new = roll_plan_forward(small, by=None)
    with django_assert_num_queries(11):
        decisions(new)

    for _number in range(3):
        add(new, "strategico", "1", "2", "3")
        factories.section_block(section=factories.section(plan=new))
        factories.reference_column(table=factories.reference_table(plan=new))
    with django_assert_num_queries(11):
        decisions(new)
