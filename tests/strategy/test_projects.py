"""What is read of a project: the list, the sheet, its words, its drawing, its data, its blocks."""

import datetime
from decimal import Decimal

import pytest

from documents.gantt import PRINT
from organization.models import Unit
from strategy.block_registry import BlockContext, Medium, PlanReports, build_block
from strategy.enums import PlanState
from strategy.models import Plan, ProjectActivity, ProjectSheet, SectionBlock
from strategy.operations import roll_plan_forward
from strategy.operations.projects import (
    add_activity,
    change_sheet,
    move_activity,
    remove_activity,
    reschedule_activity,
)
from strategy.problems import plan_problems
from strategy.project_data import projects_data
from strategy.reports.project_drawing import (
    project_drawings,
    sheet_events,
    timeless_drawing,
)
from strategy.reports.project_words import percent_words, plain_words
from strategy.reports.projects import (
    current_actual,
    project_list,
    project_report,
    timeless_reports,
)
from strategy.snapshots import canonical, plan_snapshot
from tests import factories

TODAY = datetime.date(2041, 4, 22)


@pytest.fixture
def plan(db) -> Plan:
    return factories.plan(first_year=2041)


@pytest.fixture
def sheet(plan) -> ProjectSheet:
    """The sheet of a project whose target is 30%."""
    made = factories.project_sheet(plan=plan)
    factories.target(indicator=made.indicator, cycle=2041, year=2041, printed="30%")
    return made


def activity(sheet: ProjectSheet, result: str = "", **given) -> ProjectActivity:
    made = factories.project_activity(sheet=sheet, **given)
    if result:
        factories.activity_result(
            activity=made, printed=result, measured_on=datetime.date(2041, 4, 1)
        )
    return made


def report_of(sheet: ProjectSheet, today: datetime.date = TODAY, year: int = 2041):
    found = ProjectSheet.objects.with_facts().with_activities().get(pk=sheet.pk)
    found.plan = sheet.plan
    return project_report(found, year=year, today=today)


def retarget(sheet: ProjectSheet, printed: str) -> None:
    target = sheet.indicator.targets.get()
    target.printed = printed
    target.full_clean()
    target.save()


# The two numbers and their words


def test_progress_and_attainment_are_two_numbers(sheet):
    activity(sheet, "60%")
    activity(sheet)

    report = report_of(sheet)

    assert (report.progress, report.attainment) == (Decimal(30), Decimal(100))
    assert (report.progress_words, report.attainment_words, report.target_printed) == (
        "30%",
        "100%",
        "30%",
    )
    assert (report.progress_formula, report.attainment_formula) == (
        "(60 × 1 + 0 × 1) / 2 = 30%",
        "30 / 30 × 100 = 100%",
    )
    assert (report.bar, report.recorded_count, report.proposed) == (30, 1, "30%")


def test_an_empty_sheet_says_so(sheet):
    report = report_of(sheet)

    assert (report.progress, report.attainment, report.proposed) == (None, None, "")
    assert (report.progress_words, report.attainment_words, report.bar) == ("", "", 0)
    assert report.progress_formula == ""
    assert "attività" in report.attainment_formula


@pytest.mark.parametrize(
    ("printed", "word"),
    [
        ("monitoraggio", "misurabile"),
        ("31.12.2041", "concluse"),
        ("SI", "concluse"),
        ("6", "quota"),
    ],
)
def test_why_an_attainment_cannot_be_said(sheet, printed, word):
    activity(sheet, "60%")
    retarget(sheet, printed)

    report = report_of(sheet)

    assert report.attainment is None
    assert word in report.attainment_formula


def test_a_sheet_without_target_has_no_attainment(plan):
    sheet = factories.project_sheet(plan=plan)
    activity(sheet, "60%")

    report = report_of(sheet)

    assert (report.target_printed, report.attainment) == ("", None)
    assert report.proposed == "60%"


def test_an_attainment_that_is_no_quotient_is_said_alone(sheet):
    activity(sheet, "SI", printed="SI")
    retarget(sheet, "SI")

    assert report_of(sheet).attainment_formula == "100%"


@pytest.mark.parametrize(
    ("weights", "words"),
    [(["1"], "1 "), (["1", "1"], "stesso peso"), (["1", "2"], "pesata")],
)
def test_of_what_the_progress_is_the_mean(sheet, weights, words):
    for weight in weights:
        activity(sheet, weight=Decimal(weight))

    report = report_of(sheet)

    assert words in report.mean
    assert report.mean in report.calculation


@pytest.mark.parametrize(
    ("value", "shown"),
    [("30", "30%"), ("59.2", "59,2%"), ("33.33333", "33,3%"), ("0.05", "0,1%"), ("99.96", "100%")],
)
def test_percentages_are_read_with_one_decimal(value, shown):
    assert percent_words(Decimal(value)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [("1.00", "1"), ("0.50", "0,5"), ("66.6666", "66,67"), ("99.999", "100"), ("1000", "1.000")],
)
def test_numbers_have_the_decimals_they_need(value, shown):
    assert plain_words(Decimal(value)) == shown


# Activities


def test_a_line_says_everything_of_an_activity(sheet):
    person = factories.person(unit=Unit.objects.get(slug="registro-imprese"))
    made = activity(
        sheet,
        "70%",
        name="Analisi",
        responsible=person,
        printed="31.3.2041",
        starts_on=datetime.date(2041, 1, 15),
        ends_on=datetime.date(2041, 3, 31),
        weight=Decimal("1.50"),
    )

    (line,) = report_of(sheet).lines

    assert (line.responsible, line.office) == (str(person), "Servizio Registro imprese")
    assert (line.dates, line.due, line.weight) == ("15.1.2041 - 31.3.2041", "31.3.2041", "1,5")
    assert (line.contribution, line.words, line.tone) == (
        "70%",
        "in ritardo di 22 giorni",
        "error",
    )
    assert (line.measured, line.is_late, line.is_first, line.is_last) == (
        "1.4.2041",
        True,
        True,
        True,
    )
    assert line.activity == made


def test_the_states_of_activities_in_words(sheet):
    activity(sheet, starts_on=datetime.date(2041, 5, 1))
    activity(sheet, "10%")
    activity(sheet, "100%")
    activity(sheet, "1.4.2041", printed="1.4.2041")
    activity(sheet, "2.4.2041", printed="1.4.2041")
    activity(sheet, ends_on=datetime.date(2041, 4, 21))

    lines = report_of(sheet).lines

    assert [line.words for line in lines] == [
        "da iniziare",
        "in corso",
        "conclusa il giorno 1.4.2041",
        "conclusa il giorno 1.4.2041",
        "conclusa il giorno 2.4.2041, dopo il termine",
        "in ritardo di 1 giorno",
    ]
    assert [line.tone for line in lines] == ["neutral", "info", "ok", "ok", "error", "error"]
    assert [line.measured for line in lines[1:4]] == ["1.4.2041", "1.4.2041", ""]
    assert [line.is_late for line in lines] == [False] * 5 + [True]


def test_a_result_taken_back_is_none(sheet):
    made = activity(sheet, "60%")
    factories.activity_result(activity=made, printed="")

    (line,) = report_of(sheet).lines

    assert (line.result, line.contribution, line.measured, line.office) == (None, "0%", "", "")


def test_who_answers_is_the_person_else_the_unit(sheet):
    assert report_of(sheet).responsible == ""
    sheet.indicator.supplier = Unit.objects.get(slug="registro-imprese")
    sheet.indicator.save()
    report = report_of(sheet)
    assert (report.responsible, report.office) == ("Servizio Registro imprese",) * 2
    sheet.responsible = factories.person()
    sheet.save()

    report = report_of(sheet)

    assert report.responsible == str(sheet.responsible)
    assert report.office == sheet.responsible.unit.name


# The list


def test_the_list_holds_every_project_with_its_place(bergamo):
    found = project_list(bergamo.plan, year=2021, today=TODAY)

    assert (len(found.reports), found.unopened) == (14, ())
    assert (found.empty_count, found.late_count) == (14, 0)
    pola = next(report for report in found.reports if "(POLA)" in str(report.sheet))
    assert pola.objective.startswith("3.1 ")
    assert pola.codes_text == "SG DIR AG PS CS RI SP RM RF RU RS"


def test_the_list_says_which_projects_have_no_sheet(plan, sheet):
    left_out = factories.indicator(is_project=True, name="Progetto: nuovo")
    factories.dashboard_row(
        dashboard=factories.dashboard(plan=plan, position=2), indicator=left_out
    )
    activity(sheet, ends_on=datetime.date(2041, 4, 1))

    found = project_list(plan, year=2041, today=TODAY)

    assert found.unopened == (left_out,)
    assert (found.late_count, found.empty_count) == (1, 0)


# Drawing and story


def test_the_activities_are_drawn_for_laptop_phone_and_paper(sheet):
    activity(sheet, "60%", name="Analisi")
    activity(sheet, "2.4.2041", name="Bando", printed="1.4.2041")

    report = report_of(sheet)
    drawings = project_drawings(report, today=TODAY)
    paper = timeless_drawing(timeless_reports(sheet.plan)[0], PRINT)

    assert [len(drawings.wide.bars), len(drawings.narrow.bars), len(paper.bars)] == [2, 2, 2]
    assert [bool(drawings.wide.today), bool(paper.today)] == [True, False]
    assert "oggi 22.4" in [text.text for text in drawings.wide.texts]
    assert "60%, in corso" in [text.text for text in drawings.wide.texts]
    assert "60%" in [text.text for text in paper.texts]
    # What is finished late fills its bar and brings nothing.
    (_first, late) = drawings.wide.bars
    assert (late.done, late.colour) == (late.width, "#a3152f")


def test_months_say_the_year_where_it_is_another(sheet):
    activity(sheet, ends_on=datetime.date(2042, 2, 1))

    drawings = project_drawings(report_of(sheet), today=datetime.date(2050, 1, 1))

    words = [text.text for text in drawings.wide.texts]
    assert ("gen" in words, "gen 42" in words) == (True, True)
    assert drawings.wide.today == ()


def test_without_activities_there_is_no_drawing(sheet):
    assert project_drawings(report_of(sheet), today=TODAY) is None


def test_the_story_of_a_sheet(sheet, bergamo):
    planner = bergamo.user("pianificazione")
    at = datetime.datetime(2041, 2, 3, 10, tzinfo=datetime.UTC)
    person = factories.person()
    change_sheet(sheet, responsible=person, purpose="", notes="", version=1, by=planner, at=at)
    change_sheet(sheet, responsible=None, purpose="", notes="x", version=2, by=planner, at=at)
    made = add_activity(
        sheet,
        name="Bando",
        starts_on=datetime.date(2041, 1, 1),
        ends_on=datetime.date(2041, 6, 30),
        printed="20410101",
        by=planner,
        at=at,
    )
    reschedule_activity(
        made,
        starts_on=made.starts_on,
        ends_on=datetime.date(2041, 9, 30),
        reason="Gara deserta.",
        version=1,
        by=planner,
        at=at,
    )
    move_activity(made, direction="up", by=planner, at=at)
    activity(sheet, position=2)
    move_activity(made, direction="down", by=planner, at=at)
    remove_activity(made, by=planner, at=at)

    removed, turned, moved, added, emptied, named = sheet_events(sheet)

    assert named.when == "3.2.2041"
    assert named.text == f"responsabile: {person}. {planner}"
    assert emptied.text == f"responsabile: tolto, era {person}, note: x. {planner}"
    assert added.text == (
        "Bando. Dal: 1.1.2041, Al: 30.6.2041, target: 20410101, peso: 1. " + str(planner)
    )
    assert moved.text == f"Bando · Gara deserta. Al: da 30.6.2041 a 30.9.2041. {planner}"
    assert turned.text == f"Bando. posizione: da 1 a 2. {planner}"
    assert removed.text.startswith("Bando. Dal: tolto, era 1.1.2041")
    assert (added.icon_name, named.icon_name) == ("it-plus-circle", "it-pencil")


# Data


def test_sheets_that_say_nothing_leave_the_data_as_they_were(bergamo):
    before = canonical(plan_snapshot(bergamo.plan))

    ProjectSheet.objects.all().delete()

    assert canonical(plan_snapshot(bergamo.plan)) == before
    assert bergamo.edition.snapshot_sha256
    assert "projects" not in plan_snapshot(bergamo.plan)["annexes"]


def test_data_of_a_sheet_name_offices_and_no_person(sheet):
    person = factories.person(unit=Unit.objects.get(slug="registro-imprese"))
    made = activity(sheet, "60%", name="Bando", responsible=person, weight=Decimal("0.50"))
    factories.project_sheet(plan=sheet.plan)

    (said,) = projects_data(sheet.plan)["sheets"]

    assert said["indicator"] == str(sheet.indicator_id)
    (one,) = said["activities"]
    assert {key: one[key] for key in ("id", "name", "office", "weight", "starts_on")} == {
        "id": made.pk,
        "name": "Bando",
        "office": "Servizio Registro imprese",
        "weight": "0.5",
        "starts_on": "2041-01-01",
    }
    assert (one["target"]["printed"], one["result"]["printed"]) == ("100%", "60%")
    assert (one["result"]["measured_on"], one["result"]["number"]) == ("2041-04-01", "60")
    assert person.last_name not in str(said)


def test_a_purpose_or_a_name_alone_says_something(sheet):
    assert projects_data(sheet.plan) is None
    sheet.purpose = "Nuovo evento"
    sheet.save()

    (said,) = projects_data(sheet.plan)["sheets"]

    assert (said["purpose"], said["office"], said["activities"]) == ("Nuovo evento", "", [])


def test_an_activity_without_result_says_so_in_the_data(sheet):
    made = activity(sheet, "60%")
    factories.activity_result(activity=made, printed="")

    (said,) = projects_data(sheet.plan)["sheets"]

    assert said["activities"][0]["result"] is None


def test_the_result_that_stands_is_the_latest(sheet):
    for month in (3, 6):
        factories.actual(
            indicator=sheet.indicator,
            year=2041,
            measured_on=datetime.date(2041, month, 1),
            printed=f"{month}0%",
        )

    assert current_actual(sheet, year=2041).printed == "60%"
    assert current_actual(factories.project_sheet(plan=sheet.plan), year=2041) is None


# Years


def test_a_year_that_is_over_stays_as_it_was_on_its_last_day(sheet):
    factories.target(indicator=sheet.indicator, cycle=2041, year=2042, printed="100%")
    made = activity(sheet, "30%")
    factories.activity_result(activity=made, printed="60%", measured_on=datetime.date(2042, 2, 1))
    later = datetime.date(2042, 3, 1)

    found = [report_of(sheet, later, year) for year in (2041, 2042)]

    told = [(one.target_printed, one.progress_words, one.attainment_words) for one in found]
    assert told == [("30%", "30%", "100%"), ("100%", "60%", "60%")]
    assert [one.lines[0].words for one in found] == ["in corso", "in ritardo di 60 giorni"]


def test_what_was_taken_back_does_not_stand_on_an_earlier_day(sheet):
    made = activity(sheet, "60%")
    factories.activity_result(activity=made, printed="", measured_on=datetime.date(2042, 1, 9))

    assert report_of(sheet).lines[0].result is None


def test_a_year_without_target_asks_for_no_figure(sheet):
    assert [report_of(sheet, year=year).is_asked for year in (2041, 2042)] == [True, False]


# Blocks


def views(plan: Plan, kind: str, argument: str = "", medium: Medium = Medium.SCREEN):
    stored = SectionBlock(
        section=factories.section(plan=plan), position=1, kind=kind, argument=argument
    )
    return build_block(BlockContext(PlanReports(plan), stored, medium))


@pytest.mark.parametrize("medium", list(Medium))
def test_a_sheet_is_printed_with_its_drawing_and_its_table(sheet, medium):
    activity(factories.project_sheet(plan=sheet.plan))
    activity(sheet, "60%", name="Bando")

    (view,) = views(sheet.plan, "project_sheet", str(sheet.indicator_id), medium)

    assert len(view.figure.bars) == 1
    assert [row.heading for row in view.table.rows] == ["Bando"]
    assert [text for text, _number in view.table.rows[0].cells] == [
        "",
        "1.1.2041 - 31.12.2041",
        "100%",
        "1",
        "60%",
        "60%",
    ]
    html = view.render()
    assert f'id="progetto-{sheet.indicator_id}"' in html
    assert "style=" not in html
    assert html.count("<svg") == (1 if medium == Medium.PRINT else 2)


def test_before_the_first_result_only_what_is_promised_is_printed(sheet):
    activity(sheet)

    (view,) = views(sheet.plan, "project_sheets")

    assert len(view.table.headings) == 5
    assert view.anchors[0].title == sheet.indicator.name


def test_all_the_projects_are_printed_also_those_without_activities(bergamo):
    found = views(bergamo.plan, "project_sheets", medium=Medium.PRINT)

    assert len(found) == 14
    assert {view.table for view in found} == {None}
    assert all("non sono ancora indicate" in view.render() for view in found)


@pytest.mark.parametrize(("kind", "argument"), [("project_sheets", ""), ("project_sheet", "x")])
def test_a_plan_without_the_project_says_so(plan, kind, argument):
    if argument:
        factories.project_sheet(plan=plan)

    (view,) = views(plan, kind, argument)

    assert view.problem != ""


def test_sheets_cost_the_same_however_many(sheet, django_assert_num_queries):
    for _number in range(3):
        another = factories.project_sheet(plan=sheet.plan)
        activity(another, "60%")
    activity(sheet, "60%")
    shared = PlanReports(sheet.plan)

    with django_assert_num_queries(6):
        assert len(shared.projects) == 4


# Checks


def test_projects_without_activities_are_asked_for(sheet):
    another = factories.project_sheet(plan=sheet.plan)
    activity(another)

    found = [one for one in plan_problems(sheet.plan) if one.rule == "project"]

    assert [(one.place, one.is_blocker) for one in found] == [(sheet.indicator.name, False)]
    assert found[0].url == sheet.get_absolute_url()


def test_a_block_of_a_project_that_is_not_there_stops_the_plan(sheet):
    section = factories.section(plan=sheet.plan)
    factories.section_block(section=section, kind="project_sheet", argument=str(sheet.indicator_id))
    factories.section_block(section=section, kind="project_sheet", argument="0", position=2)

    found = [one for one in plan_problems(sheet.plan) if one.place == section.heading]

    assert [(one.rule, one.is_blocker) for one in found] == [("block", True)]


# The next triennium


def test_sheets_are_carried_with_the_activities_that_go_on(sheet, bergamo):
    planner = bergamo.user("pianificazione")
    sheet.responsible, sheet.purpose, sheet.notes = factories.person(), "Evento", "Vecchia"
    sheet.save()
    activity(sheet, "100%", name="Finita")
    activity(sheet, "40%", name="In corso", ends_on=datetime.date(2042, 3, 31))
    activity(sheet, name="Da fare", ends_on=datetime.date(2043, 3, 31))
    taken_back = activity(sheet, "10%", name="Ritirata", ends_on=datetime.date(2042, 1, 1))
    factories.activity_result(activity=taken_back, printed="")
    factories.target(indicator=sheet.indicator, cycle=2041, year=2042, printed="60%")
    empty = factories.project_sheet(plan=sheet.plan)
    factories.target(indicator=empty.indicator, cycle=2041, year=2042, printed="60%")
    Plan.objects.filter(pk=sheet.plan_id).update(state=PlanState.PUBLISHED)

    new = roll_plan_forward(sheet.plan, by=planner)

    carried, without = new.project_sheets.with_activities().in_order()
    assert (carried.responsible, carried.purpose, carried.notes) == (
        sheet.responsible,
        "Evento",
        "",
    )
    found = [
        (one.name, [result.printed for result in one.results.all()])
        for one in carried.activities.all()
    ]
    assert found == [("In corso", ["40%"]), ("Da fare", []), ("Ritirata", [])]
    assert carried.activities.first().history.get().history_user == planner
    assert (without.indicator, without.activities.count()) == (empty.indicator, 0)
    assert sheet.activities.count() == 4


def test_a_project_that_had_no_sheet_gets_one_in_the_next_triennium(plan, bergamo):
    indicator = factories.indicator(is_project=True)
    factories.dashboard_row(dashboard=factories.dashboard(plan=plan), indicator=indicator)
    factories.target(indicator=indicator, cycle=2041, year=2042, printed="60%")
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.PUBLISHED)

    new = roll_plan_forward(plan, by=bergamo.user("pianificazione"))

    assert new.project_sheets.get().indicator == indicator
