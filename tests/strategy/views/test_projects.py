"""The pages of the projects: the list, the sheet, the forms of planning and of who answers."""

import datetime

import pytest
from django.urls import reverse
from django.utils.html import escape

from organization.models import Unit
from strategy.enums import PlanState
from strategy.models import ActivityResult, MonitoringPeriod, Plan, ProjectActivity, ProjectSheet
from strategy.operations.project_results import record_activity_result
from strategy.operations.projects import change_activity, change_sheet
from tests import factories


@pytest.fixture
def sheet(small) -> ProjectSheet:
    """The sheet of a project of the small plan, in force; its target is 30%."""
    indicator = factories.indicator(name="Progetto: premio", is_project=True)
    indicator.supplier = Unit.objects.get(slug="registro-imprese")
    indicator.save()
    year = small.plan.first_year
    factories.target(indicator=indicator, cycle=year, year=year, printed="30%")
    for dashboard in (small.strategic, small.service):
        factories.dashboard_row(dashboard=dashboard, action=small.action, indicator=indicator)
    return factories.project_sheet(plan=small.plan, indicator=indicator)


@pytest.fixture
def activity(sheet) -> ProjectActivity:
    return factories.project_activity(sheet=sheet, name="Bando")


@pytest.fixture
def planner(client, bergamo):
    """Signed in: planning."""
    client.force_login(bergamo.user("pianificazione"))
    return client


@pytest.fixture
def head(client, bergamo):
    """Signed in: who leads the unit that supplies the figure."""
    client.force_login(bergamo.user("responsabile"))
    return client


def at(name: str, sheet: ProjectSheet, *more) -> str:
    """The address of a page of the sheet."""
    year = sheet.plan.first_year
    own = () if name in ("project-list", "project-open") else (sheet.pk, *more)
    return reverse(f"strategy:{name}", args=[year, *own])


def set_state(sheet: ProjectSheet, state: PlanState) -> None:
    Plan.objects.filter(pk=sheet.plan_id).update(state=state, update_reason="Variazione.")
    sheet.plan.refresh_from_db()


def typed(sheet: ProjectSheet, **given) -> dict:
    """What a person types for an activity."""
    year = sheet.plan.first_year
    return {
        "name": "Premiazione",
        "responsible": "",
        "starts_on": f"{year}-03-01",
        "ends_on": f"{year}-11-30",
        "printed": "30.11.2045",
        "weight": "1,5",
    } | given


# The list


def test_the_list_shows_both_numbers_and_what_is_late(client, employee, sheet, activity):
    factories.activity_result(activity=activity, printed="15%")

    answer = client.get(at("project-list", sheet))

    (report,) = answer.context["projects"].reports
    assert (report.progress_words, report.attainment_words) == ("15%", "50%")
    assert report.codes_text == "RI"
    page = answer.content.decode()
    assert [text in page for text in ("15%", "50%", "30%", "Progetto: premio")] == [True] * 4


def test_the_list_of_bergamo_asks_for_the_activities(client, employee):
    answer = client.get("/piano/2021/progetti/")

    assert len(answer.context["projects"].reports) == 14
    assert answer.context["projects"].empty_count == 14


def test_a_plan_without_projects_says_so(client, employee, small):
    answer = client.get(reverse("strategy:project-list", args=[small.plan.first_year]))

    assert answer.context["projects"].reports == ()
    assert "cp-empty" in answer.content.decode()


def test_the_list_of_a_draft_is_not_found_by_the_outsider(client, employee, sheet):
    set_state(sheet, PlanState.DRAFT)

    answers = [client.get(at(name, sheet)) for name in ("project-list", "project-detail")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "premio" not in "".join(answer.content.decode() for answer in answers)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_statements_whatever_its_size(
    client, employee, small, django_assert_num_queries, count
):
    for _number in range(count):
        made = factories.project_sheet(plan=small.plan)
        factories.activity_result(activity=factories.project_activity(sheet=made))

    with django_assert_num_queries(12):
        client.get(reverse("strategy:project-list", args=[small.plan.first_year]))


# The sheet


def test_the_sheet_shows_numbers_activities_and_story(client, employee, sheet, activity):
    factories.activity_result(activity=activity, printed="15%")

    answer = client.get(at("project-detail", sheet))

    report = answer.context["report"]
    assert [line.contribution for line in report.lines] == ["15%"]
    assert report.objective.startswith("9.")
    assert len(answer.context["drawings"].wide.bars) == 1
    assert answer.context["rows"] == [(report.lines[0], False, False)]
    page = answer.content.decode()
    assert page.count("<svg xmlns") == 2
    assert "15 / 30 × 100 = 50%" in page


def test_an_empty_sheet_says_so_and_asks_for_activities(client, bergamo, sheet):
    client.force_login(bergamo.user("pianificazione"))
    set_state(sheet, PlanState.UPDATING)

    page = client.get(at("project-detail", sheet)).content.decode()

    assert "cp-empty" in page
    assert at("activity-add", sheet) in page
    assert "<svg xmlns" not in page


def test_the_sheet_offers_to_each_what_they_may_do(client, bergamo, sheet, activity):
    def offered(username: str) -> list[str]:
        client.force_login(bergamo.user(username))
        page = client.get(at("project-detail", sheet)).content.decode()
        names = ("activity-result", "activity-dates", "activity-edit", "activity-remove")
        return [name for name in names if at(name, sheet, activity.pk) in page]

    assert offered("responsabile") == ["activity-result", "activity-dates"]
    assert offered("dipendente") == []
    set_state(sheet, PlanState.UPDATING)
    assert offered("pianificazione") == ["activity-result", "activity-edit", "activity-remove"]


def test_late_activities_are_named(client, employee, sheet):
    year = sheet.plan.first_year
    factories.project_activity(
        sheet=sheet,
        name="Regolamento",
        starts_on=datetime.date(year - 10, 1, 1),
        ends_on=datetime.date(year - 10, 1, 31),
    )
    # Plans of the tests lie in the future: only a day long past is late whatever the clock says.
    ProjectActivity.objects.update(
        starts_on=datetime.date(2001, 1, 1), ends_on=datetime.date(2001, 1, 31)
    )

    answer = client.get(at("project-detail", sheet))

    assert [line.activity.name for line in answer.context["report"].late] == ["Regolamento"]
    assert "31.1.2001" in answer.content.decode()


def test_the_pages_stand_on_the_day_of_the_office(head, sheet, activity, settings):
    year = sheet.plan.first_year
    settings.DEMO_DATE = datetime.date(year, 7, 5)
    ProjectActivity.objects.update(ends_on=datetime.date(year, 6, 30))
    address = at("activity-result", sheet, activity.pk)
    sent = {"printed": "40%", "measured_on": f"{year}-07-06", "note": "", "version": "1"}

    late = head.get(at("project-detail", sheet)).context["report"].late
    asked = head.get(address)
    answer = head.post(address, sent)

    assert [line.words for line in late] == ["in ritardo di 5 giorni"]
    assert asked.context["form"].initial["measured_on"] == datetime.date(year, 7, 5)
    assert list(answer.context["form"].errors) == ["measured_on"]


def test_the_indicator_leads_to_its_sheet(client, employee, sheet):
    page = reverse("strategy:indicator-detail", args=[sheet.plan.first_year, sheet.indicator_id])

    assert sheet.get_absolute_url() in client.get(page).content.decode()


def test_a_sheet_of_another_plan_is_not_found(client, employee, sheet):
    answer = client.get(reverse("strategy:project-detail", args=[2021, sheet.pk]))

    assert answer.status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_sheet_takes_the_same_statements_whatever_its_size(
    client, bergamo, sheet, django_assert_num_queries, count
):
    client.force_login(bergamo.user("pianificazione"))
    for _number in range(count):
        person = factories.person()
        made = factories.project_activity(sheet=sheet, responsible=person)
        factories.activity_result(activity=made)

    with django_assert_num_queries(13):
        client.get(at("project-detail", sheet))


# Sheets opened


def test_planning_opens_the_missing_sheets(planner, sheet):
    set_state(sheet, PlanState.UPDATING)
    plan = sheet.plan
    sheet.delete()

    listed = planner.get(reverse("strategy:project-list", args=[plan.first_year]))
    answer = planner.post(reverse("strategy:project-open", args=[plan.first_year]))

    assert [str(one) for one in listed.context["projects"].unopened] == ["Progetto: premio"]
    assert answer.url == reverse("strategy:project-list", args=[plan.first_year])
    assert plan.project_sheets.count() == 1


def test_an_indicator_becomes_a_project_from_its_page(planner, small, sheet):
    set_state(sheet, PlanState.UPDATING)
    row = small.add_row("N. premi")
    page = planner.get(
        reverse("strategy:indicator-detail", args=[small.plan.first_year, row.indicator_id])
    )

    answer = planner.post(at("project-open", sheet), {"indicator": str(row.indicator_id)})

    assert at("project-open", sheet) in page.content.decode()
    made = ProjectSheet.objects.get(indicator=row.indicator)
    assert answer.url == made.get_absolute_url()


@pytest.mark.parametrize("named", ["0", "x", "9" * 30])
def test_an_indicator_that_is_not_there_is_not_found(planner, sheet, named):
    set_state(sheet, PlanState.UPDATING)

    assert planner.post(at("project-open", sheet), {"indicator": named}).status_code == 404


def test_sheets_are_not_opened_by_a_reader_nor_while_the_plan_is_in_force(head, bergamo, sheet):
    plan = sheet.plan
    sheet.delete()
    address = reverse("strategy:project-open", args=[plan.first_year])

    refused = head.post(address).status_code
    head.force_login(bergamo.user("pianificazione"))
    locked = head.post(address).status_code

    assert (refused, locked, plan.project_sheets.count()) == (403, 409, 0)


# The facts of a sheet


def test_planning_says_who_answers(planner, sheet):
    set_state(sheet, PlanState.UPDATING)
    person = factories.person()
    shown = planner.get(at("project-edit", sheet))
    given = {"responsible": person.pk, "purpose": "Evento", "notes": "", "version": 1}

    answer = planner.post(at("project-edit", sheet), given)

    assert shown.context["form"].initial["version"] == 1
    assert answer.url == sheet.get_absolute_url()
    sheet.refresh_from_db()
    assert (sheet.responsible, sheet.purpose) == (person, "Evento")


def test_a_sheet_changed_meanwhile_shows_both(planner, bergamo, sheet):
    set_state(sheet, PlanState.UPDATING)
    by = bergamo.user("pianificazione")
    change_sheet(sheet, responsible=None, purpose="Di altri", notes="", version=1, by=by)
    given = {"responsible": "", "purpose": "Mia", "notes": "", "version": "1"}

    answer = planner.post(at("project-edit", sheet), given)

    form = answer.context["form"]
    assert answer.status_code == 409
    assert form["purpose"].value() == "Mia"
    assert "Di altri" in answer.context["saved"].values()
    again = planner.post(at("project-edit", sheet), form.data.dict())
    assert again.status_code == 302
    sheet.refresh_from_db()
    assert (sheet.purpose, sheet.version) == ("Mia", 3)


# Activities


def test_planning_adds_an_activity(planner, sheet):
    set_state(sheet, PlanState.UPDATING)
    year = sheet.plan.first_year
    shown = planner.get(at("activity-add", sheet))

    answer = planner.post(at("activity-add", sheet), typed(sheet, printed=f"30.11.{year}"))

    assert "version" not in shown.context["form"].fields
    assert answer.url == sheet.get_absolute_url()
    made = sheet.activities.get()
    assert (made.name, made.printed, str(made.weight)) == (
        "Premiazione",
        f"30.11.{year}",
        "1.50",
    )


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, "name"),
        ({"ends_on": "2001-01-01"}, "ends_on"),
        ({"ends_on": "ieri"}, "ends_on"),
        ({"starts_on": ""}, "starts_on"),
        ({"printed": "novanta"}, "printed"),
        ({"printed": "monitoraggio"}, "printed"),
        ({"printed": ""}, "printed"),
        ({"weight": "0"}, "weight"),
        ({"weight": "-1"}, "weight"),
        ({"weight": "uno"}, "weight"),
        ({"weight": "50%"}, "weight"),
        ({"weight": "≥ 2"}, "weight"),
        ({"weight": "0,001"}, "weight"),
        ({"weight": "10.000"}, "weight"),
        ({"weight": ""}, "weight"),
        ({"responsible": "0"}, "responsible"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(planner, sheet, given, field):
    set_state(sheet, PlanState.UPDATING)
    sent = typed(sheet, printed="100%") | given

    answer = planner.post(at("activity-add", sheet), sent)

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert {name: answer.context["form"][name].value() for name in sent} == sent
    assert sheet.activities.count() == 0


def test_planning_changes_an_activity(planner, sheet, activity):
    set_state(sheet, PlanState.UPDATING)
    shown = planner.get(at("activity-edit", sheet, activity.pk)).context["form"].initial
    given = typed(sheet, printed="≤ 3", version="1")

    answer = planner.post(at("activity-edit", sheet, activity.pk), given)

    assert (shown["printed"], shown["weight"], shown["version"]) == ("100%", "1", 1)
    assert answer.url == sheet.get_absolute_url()
    activity.refresh_from_db()
    assert (activity.printed, activity.version) == ("≤ 3", 2)


def test_an_activity_changed_meanwhile_shows_both(planner, bergamo, sheet, activity):
    set_state(sheet, PlanState.UPDATING)
    factories.activity_result(activity=activity, printed="40%")
    change_activity(
        activity,
        name="Di altri",
        starts_on=activity.starts_on,
        ends_on=activity.ends_on,
        printed="80%",
        weight=activity.weight,
        responsible=None,
        version=1,
        by=bergamo.user("pianificazione"),
    )
    given = typed(sheet, name="Mia", printed="90%", version="1")

    answer = planner.post(at("activity-edit", sheet, activity.pk), given)

    assert answer.status_code == 409
    assert answer.context["form"]["name"].value() == "Mia"
    saved = list(answer.context["saved"].values())
    assert [text in saved for text in ("Di altri", "80%")] == [True, True]
    assert saved[-1].startswith("40% (30.6.")
    again = planner.post(
        at("activity-edit", sheet, activity.pk), answer.context["form"].data.dict()
    )
    assert again.status_code == 302
    activity.refresh_from_db()
    assert activity.name == "Mia"


def test_activities_change_places_and_the_page_says_which(planner, sheet, activity):
    set_state(sheet, PlanState.UPDATING)
    second = factories.project_activity(sheet=sheet, name="Premi")

    up = planner.post(at("activity-move", sheet, second.pk), {"direction": "up"})
    planner.post(at("activity-move", sheet, second.pk), {"direction": "down"})

    assert up.url == f"{sheet.get_absolute_url()}?spostata={second.pk}#a-{second.pk}"
    names = sheet.activities.in_order().values_list("name", flat=True)
    assert list(names) == ["Bando", "Premi"]


def test_removing_asks_first(planner, sheet, activity):
    set_state(sheet, PlanState.UPDATING)
    factories.activity_result(activity=activity)

    asked = planner.get(at("activity-remove", sheet, activity.pk))
    still_there = sheet.activities.exists()
    answer = planner.post(at("activity-remove", sheet, activity.pk))

    assert [one.printed for one in asked.context["results"]] == ["50%"]
    assert (still_there, sheet.activities.exists()) == (True, False)
    assert answer.url == sheet.get_absolute_url()


def test_the_head_moves_an_activity_in_time_while_the_plan_is_in_force(head, sheet, activity):
    year = sheet.plan.first_year
    given = {
        "starts_on": f"{year}-02-01",
        "ends_on": f"{year}-10-31",
        "reason": "Gara deserta.",
        "version": "1",
    }
    shown = head.get(at("activity-dates", sheet, activity.pk))

    answer = head.post(at("activity-dates", sheet, activity.pk), given)

    assert shown.context["form"].initial["ends_on"] == datetime.date(year, 12, 31)
    assert answer.url == sheet.get_absolute_url()
    activity.refresh_from_db()
    assert activity.ends_on == datetime.date(year, 10, 31)


def test_the_head_records_a_result_while_the_plan_is_in_force(head, bergamo, sheet, activity):
    given = {"printed": "40%", "measured_on": "2021-06-30", "note": "", "version": "1"}
    shown = head.get(at("activity-result", sheet, activity.pk))

    answer = head.post(at("activity-result", sheet, activity.pk), given)

    assert shown.context["form"].initial["version"] == 1
    assert answer.url == sheet.get_absolute_url()
    result = activity.results.get()
    assert (result.printed, result.recorded_by_label) == (
        "40%",
        str(bergamo.user("responsabile")),
    )


@pytest.mark.parametrize("printed", ["30.11.2021", "SI", "<= 3"])
def test_the_form_says_how_a_result_is_written(head, sheet, printed):
    activity = factories.project_activity(sheet=sheet, printed=printed)

    page = head.get(at("activity-result", sheet, activity.pk)).content.decode()

    assert printed.replace("<", "&lt;") in page
    assert "<= 3" not in page


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"printed": "quaranta"}, "printed"),
        ({"printed": "SI"}, "printed"),
        ({"measured_on": "2199-01-01"}, "measured_on"),
        ({"measured_on": ""}, "measured_on"),
        ({"note": "x" * 2001}, "note"),
    ],
)
def test_a_wrong_result_is_told_at_its_field(head, sheet, activity, given, field):
    sent = {"printed": "40%", "measured_on": "2021-06-30", "note": "", "version": "1"} | given

    answer = head.post(at("activity-result", sheet, activity.pk), sent)

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"]["printed"].value() == sent["printed"]
    assert ActivityResult.objects.count() == 0


def test_a_result_recorded_meanwhile_shows_both(head, bergamo, sheet, activity):
    record_activity_result(
        activity,
        printed="60%",
        measured_on=datetime.date(2021, 6, 30),
        version=1,
        by=bergamo.user("pianificazione"),
    )
    given = {"printed": "40%", "measured_on": "2021-06-30", "note": "", "version": "1"}

    answer = head.post(at("activity-result", sheet, activity.pk), given)

    assert answer.status_code == 409
    assert "60% (30.6.2021)" in answer.context["saved"].values()
    assert activity.results.count() == 1


@pytest.mark.parametrize("name", ["activity-result", "activity-dates"])
def test_a_plan_that_does_not_run_takes_no_results(head, bergamo, sheet, activity, name):
    set_state(sheet, PlanState.CLOSED)

    assert head.get(at(name, sheet, activity.pk)).status_code == 409


@pytest.mark.parametrize("username", ["dirigente", "dipendente", "oiv"])
def test_a_reader_records_nothing(client, bergamo, sheet, activity, username):
    client.force_login(bergamo.user(username))
    names = ("activity-result", "activity-dates", "activity-edit", "activity-remove")

    answers = [client.post(at(name, sheet, activity.pk)).status_code for name in names]

    assert answers == [403] * 4
    assert (sheet.activities.count(), ActivityResult.objects.count()) == (1, 0)


def test_an_activity_of_another_sheet_is_not_found(head, sheet):
    foreign = factories.project_activity(sheet=factories.project_sheet(plan=sheet.plan))

    assert head.get(at("activity-result", sheet, foreign.pk)).status_code == 404


def test_moving_and_removing_refuse_other_methods(planner, sheet, activity):
    set_state(sheet, PlanState.UPDATING)

    answers = [
        planner.get(at("activity-move", sheet, activity.pk)),
        planner.put(at("activity-remove", sheet, activity.pk)),
        planner.get(at("project-open", sheet)),
        planner.post(at("project-list", sheet)),
        planner.post(at("project-detail", sheet)),
    ]

    assert [answer.status_code for answer in answers] == [405] * 5


# The years, and the figure of each


def open_period(sheet: ProjectSheet, **given) -> MonitoringPeriod:
    """The period of 30 June of the first year, open on 5 July."""
    year = sheet.plan.first_year
    days = {
        "ends_on": datetime.date(year, 6, 30),
        "opens_on": datetime.date(year, 6, 20),
        "closes_on": datetime.date(year, 7, 15),
    }
    return factories.monitoring_period(plan=sheet.plan, **days | given)


def test_the_year_that_runs_is_shown_unless_another_is_asked_for(client, employee, sheet, settings):
    year = sheet.plan.first_year
    factories.target(indicator=sheet.indicator, cycle=year, year=year + 1, printed="70%")

    def shown(day: datetime.date, query: str = "") -> list[object]:
        settings.DEMO_DATE = day
        listed, one = (
            client.get(at(name, sheet) + query) for name in ("project-list", "project-detail")
        )
        reports = [listed.context["projects"].reports[0], one.context["report"]]
        words = f"Target {reports[0].year}"
        assert [words in page.content.decode() for page in (listed, one)] == [True] * 2
        return [(report.year - year, report.target_printed) for report in reports]

    assert shown(datetime.date(year - 1, 12, 31)) == [(0, "30%")] * 2
    assert shown(datetime.date(year + 1, 7, 5)) == [(1, "70%")] * 2
    assert shown(datetime.date(year + 1, 7, 5), f"?anno={year}") == [(0, "30%")] * 2
    assert shown(datetime.date(year + 1, 7, 5), "?anno=mai") == [(1, "70%")] * 2
    assert shown(datetime.date(year + 5, 7, 5)) == [(2, "")] * 2


def test_the_sheet_leads_who_supplies_the_figure_to_its_row(client, bergamo, sheet, settings):
    year = sheet.plan.first_year
    settings.DEMO_DATE = datetime.date(year, 7, 5)
    open_period(sheet)

    def address(username: str, query: str = "") -> str:
        client.force_login(bergamo.user(username))
        answer = client.get(at("project-detail", sheet) + query)
        found = answer.context["record_url"]
        assert (f'href="{escape(found)}"' in answer.content.decode()) is bool(found)
        return found

    row = reverse("strategy:recording-list", args=[year])
    row += f"?periodo={year}-06-30&unita=registro-imprese#r-{sheet.indicator_id}"
    assert [address("responsabile"), address("pianificazione"), address("oiv")] == [row, "", ""]
    assert address("responsabile", f"?anno={year + 1}") == ""


@pytest.mark.parametrize("why", ["locked", "year closed", "plan closed"])
def test_without_an_open_period_the_sheet_says_so(head, sheet, settings, why):
    year = sheet.plan.first_year
    settings.DEMO_DATE = datetime.date(year, 7, 5)
    open_period(sheet, is_locked=why == "locked")
    if why == "year closed":
        factories.year_closing(plan=sheet.plan, year=year)
    if why == "plan closed":
        set_state(sheet, PlanState.CLOSED)

    answer = head.get(at("project-detail", sheet))

    assert answer.context["open_at"] is None
    page = answer.content.decode()
    said = f"Nessun periodo è aperto ora per i valori del {year}"
    assert (said in page, f"#r-{sheet.indicator_id}" in page) == (True, False)
