"""Home by role: where I am, what waits for me, my shortcuts; the same price at any size."""

import datetime

import pytest
from django.urls import reverse
from django.utils import translation

from camera_perf.home import home_report
from camera_perf.home_days import day_tasks
from camera_perf.home_facts import Facts
from camera_perf.monitoring_tasks import monitoring_tasks
from documents.enums import BuildState
from documents.models import Build
from indicators.enums import Treatment
from indicators.models import Indicator
from organization.enums import Role
from organization.models import Appointment, Unit
from pola.enums import DayState, Grade, MonthState, SheetState
from strategy.enums import DashboardKind, PlanState
from strategy.models import Plan
from strategy.monitoring_enums import RecordingState, ResolutionState
from strategy.reports.recording import load_sheet
from tests import factories

pytestmark = pytest.mark.slow

DAY = datetime.date(2021, 4, 22)
ACTS_OF_THE_LOAD = 3


@pytest.fixture(autouse=True)
def in_english():
    """Words without translation: the tests are about which, not how they are said."""
    with translation.override("en"):
        yield


def report_for(bergamo, username: str, on: datetime.date = DAY):
    return home_report(bergamo.user(username), bergamo.plan, on)


def tasks(report) -> list[tuple[str, str]]:
    return [(str(group.due.value), task.title) for group in report.groups for task in group.tasks]


def labels(report) -> list[str]:
    return [shortcut.label for shortcut in report.shortcuts]


def test_planning_sees_what_the_plan_leaves_open(bergamo) -> None:
    report = report_for(bergamo, "pianificazione")

    assert tasks(report) == [
        ("Late", "Progetto: PID - Punto Impresa Digitale"),
        ("Late", "Progetto: Formazione e lavoro"),
        (
            "Late",
            "Progetto Incubatore d'impresa: % media di gradimento del servizio rilevata "
            "attraverso il questionario di valutazione",
        ),
        ("To be done", "Say why 13 targets 2021 ask for less than the last result"),
        ("To be done", "Confirm the polarity of 124 indicators"),
        ("To be done", "Settle 6 lines without target and result 2020"),
        ("To be done", "Say the source of 5 indicators"),
    ]
    assert (report.task_count, report.late_count) == (7, 3)
    assert report.groups[0].tasks[0].when == "was due on 31.12.2020"


def test_a_closed_plan_leaves_nothing_to_mend(bergamo, client) -> None:
    Plan.objects.update(state=PlanState.CLOSED, revision=1)
    client.force_login(bergamo.user("pianificazione"))

    found = report_for(bergamo, "pianificazione")

    addresses = [task.url for group in found.groups for task in group.tasks]
    assert reverse("strategy:polarity-confirm", args=[2021]) not in addresses
    assert [client.get(one).status_code for one in addresses] == [200] * len(addresses)


def test_a_result_is_not_late_before_its_day(bergamo) -> None:
    report = report_for(bergamo, "pianificazione", datetime.date(2020, 12, 31))

    assert report.late_count == 0
    assert report.groups[0].tasks[0].when == "by 31.12.2020"


def test_a_result_filled_in_no_longer_waits(bergamo) -> None:
    indicator = (
        bergamo.plan.dashboards.get(slug="azienda-speciale")
        .rows.get(indicator__name="Progetto: Formazione e lavoro")
        .indicator
    )
    actual = indicator.actuals.get(year=2020)
    actual.printed = "100%"
    actual.full_clean()
    actual.save()

    assert report_for(bergamo, "pianificazione").late_count == 2


def test_a_reason_settles_a_target_below_the_last_result(bergamo) -> None:
    plan = bergamo.plan
    strategic = plan.dashboards.get(kind=DashboardKind.STRATEGIC)
    row = factories.dashboard_row(dashboard=strategic, position=99)
    factories.actual(indicator=row.indicator, year=2020, printed="90%")
    target = factories.target(indicator=row.indicator, printed="85%")
    before = tasks(report_for(bergamo, "pianificazione"))
    target.reason = "Meno risorse."
    target.save()

    assert ("To be done", "Say why 14 targets 2021 ask for less than the last result") in before
    assert tasks(report_for(bergamo, "pianificazione"))[3] == (
        "To be done",
        "Say why 13 targets 2021 ask for less than the last result",
    )


@pytest.mark.parametrize(
    "username",
    ["dirigente", "responsabile", "personale", "dipendente", "amministratore"],
)
def test_who_has_nothing_to_do_is_told_so(bergamo, client, settings, username) -> None:
    settings.DEMO_DATE = DAY
    client.force_login(bergamo.user(username))

    page = client.get("/")

    assert page.context["report"].task_count == 0
    assert page.content.decode().count('class="cp-empty"') == 1


def test_a_head_sees_the_results_that_the_unit_supplies(bergamo) -> None:
    person = factories.person()
    agency = bergamo.plan.dashboards.get(slug="azienda-speciale").unit
    agency.appointments.update(ends_on=datetime.date(2021, 1, 1))
    since = datetime.date(2021, 1, 2)
    factories.appointment(person=person, role=Role.UNIT_HEAD, unit=agency, starts_on=since)
    user = factories.user(person=person)

    report = home_report(user, bergamo.plan, DAY)

    assert [title for _due, title in tasks(report)][:2] == [
        "Progetto: PID - Punto Impresa Digitale",
        "Progetto: Formazione e lavoro",
    ]
    assert report.task_count == 3
    assert labels(report)[0] == agency.name


JULY = datetime.date(2021, 7, 5)


def test_a_head_sees_the_figures_of_the_open_period(bergamo, settings) -> None:
    settings.DEMO_DATE = JULY

    report = report_for(bergamo, "responsabile", JULY)

    assert tasks(report) == [("To be done", "13 figures at 30.6.2021 to be recorded")]
    [task] = report.groups[0].tasks
    assert (task.when, task.url) == (
        "by 15.7.2021",
        "/piano/2021/da-rilevare/?periodo=2021-06-30",
    )
    assert task.text.endswith("and 11 others")


def test_what_was_sent_no_longer_waits_for_the_head_but_for_planning(bergamo, settings) -> None:
    settings.DEMO_DATE = JULY
    head = bergamo.user("responsabile")
    period = bergamo.plan.periods.first()
    for line in load_sheet(bergamo.plan, period, units=head.led_unit_ids).mine:
        factories.recording(
            period=period,
            indicator_id=line.indicator_id,
            state=RecordingState.SUBMITTED,
            entered_by=head,
        )

    assert tasks(report_for(bergamo, "responsabile", JULY)) == []
    assert tasks(report_for(bergamo, "pianificazione", JULY))[3] == (
        "To be done",
        "13 figures to be validated",
    )


def test_what_planning_returned_comes_before_what_was_never_sent(bergamo, client, settings) -> None:
    settings.DEMO_DATE = JULY
    head = bergamo.user("responsabile")
    period = bergamo.plan.periods.first()
    line = load_sheet(bergamo.plan, period, units=head.led_unit_ids).mine[1]
    factories.recording(
        period=period,
        indicator_id=line.indicator_id,
        state=RecordingState.RETURNED,
        return_reason="Manca la fonte.",
        entered_by=head,
    )
    client.force_login(head)

    report = report_for(bergamo, "responsabile", JULY)
    shown = client.get(report.groups[0].tasks[0].url)

    assert tasks(report) == [
        ("To be done", "1 figure at 30.6.2021 returned by planning"),
        ("To be done", "12 figures at 30.6.2021 to be recorded"),
    ]
    task = report.groups[0].tasks[0]
    assert (task.text, task.url) == (
        line.name,
        "/piano/2021/da-rilevare/?periodo=2021-06-30#returned",
    )
    first = shown.context["page"].groups[0]
    assert [row.line.name for row in first.rows] == [line.name]
    assert shown.content.decode().count('<h2 class="cp-due" id="returned">') == 1


def test_a_substitute_sees_them_too(bergamo, settings) -> None:
    settings.DEMO_DATE = JULY
    factories.delegation(
        unit=bergamo.plan.dashboards.get(slug="registro-imprese").unit,
        delegate=bergamo.user("dipendente").person,
    )

    assert tasks(report_for(bergamo, "dipendente", JULY)) == [
        ("To be done", "13 figures at 30.6.2021 to be recorded")
    ]


def test_who_stands_above_sees_the_own_figures_alone(bergamo, settings) -> None:
    settings.DEMO_DATE = JULY

    assert tasks(report_for(bergamo, "dirigente", JULY)) == [
        ("To be done", "1 figure at 30.6.2021 to be recorded")
    ]


def test_without_a_plan_nothing_is_asked_for(bergamo) -> None:
    for name in ("pianificazione", "responsabile"):
        report = home_report(bergamo.user(name), None, JULY)
        assert tasks(report) == []


@pytest.mark.parametrize(("username", "expected"), {"responsabile": 21, "dirigente": 21}.items())
def test_an_open_period_costs_the_same_at_any_size(
    bergamo, client, settings, django_assert_num_queries, username, expected
) -> None:
    settings.DEMO_DATE = JULY
    client.force_login(bergamo.user(username))
    with django_assert_num_queries(expected):
        client.get("/")
    for dashboard in bergamo.plan.dashboards.all():
        row = factories.dashboard_row(dashboard=dashboard, position=95)
        factories.target(indicator=row.indicator)
    with django_assert_num_queries(expected):
        client.get("/")


def test_many_missing_results_are_counted_after_the_sixth(bergamo) -> None:
    dashboard = bergamo.plan.dashboards.get(slug="azienda-speciale")
    for position in range(90, 95):
        row = factories.dashboard_row(dashboard=dashboard, position=position)
        factories.target(indicator=row.indicator, year=2020, cycle=2021, printed="1")
        factories.actual(indicator=row.indicator, year=2020, printed="")

    late = report_for(bergamo, "pianificazione").groups[0].tasks

    assert len(late) == 7
    assert late[6].title == "2 more results missing"


def test_a_missing_result_that_is_decided_is_asked_of_nobody(bergamo) -> None:
    before = report_for(bergamo, "pianificazione").groups[0].tasks
    left_empty = [task.title for task in before]
    decided = Indicator.objects.get(name=left_empty[0])
    factories.resolution(plan=bergamo.plan, year=2020, indicator=decided)
    another = Indicator.objects.get(name=left_empty[1])
    factories.resolution(plan=bergamo.plan, year=2021, indicator=another)

    after = report_for(bergamo, "pianificazione").groups[0].tasks

    assert [task.title for task in after] == left_empty[1:]


def test_exclusions_wait_for_the_secretary_general_year_by_year(bergamo) -> None:
    for year in (2020, 2021, 2021):
        factories.resolution(
            plan=bergamo.plan,
            year=year,
            treatment=Treatment.EXCLUDED,
            state=ResolutionState.PROPOSED,
            reason="Evento annullato.",
        )
    factories.resolution(plan=bergamo.plan, year=2021)

    found = [
        (task.title, task.url)
        for group in report_for(bergamo, "segretario").groups
        for task in group.tasks
        if "exclusion" in task.title
    ]

    assert found == [
        ("Approve or refuse 2 exclusions from 2021", "/piano/2021/chiusura/2021/#waiting"),
        ("Approve or refuse 1 exclusion from 2020", "/piano/2021/chiusura/2020/#waiting"),
    ]
    assert "exclusion" not in str(tasks(report_for(bergamo, "pianificazione")))


def test_shortcuts_by_role(bergamo) -> None:
    found = {
        name: labels(report_for(bergamo, name))
        for name in ("pianificazione", "dirigente", "responsabile", "personale", "dipendente")
    }

    everybody = ["Strategy map", "Guidelines of agile work", "Guide"]
    assert found == {
        "pianificazione": [
            "Strategic dashboard",
            "Life of the plan",
            "Cascade",
            "Document",
            "Register",
            "Dashboard of the Secretary General",
            *everybody,
        ],
        "dirigente": [
            "Dashboard of the dirigente",
            "Servizio Registro imprese",
            "Servizio Sportelli polifunzionali",
            "Servizio Regolazione del mercato",
            "People",
            *everybody,
        ],
        "responsabile": ["Servizio Registro imprese", "People", *everybody],
        "personale": [
            "Staff in figures",
            "People",
            "Agile work in figures",
            "Servizio Risorse umane e gestione partecipazioni",
            *everybody,
        ],
        "dipendente": ["Servizio Registro imprese", *everybody],
    }


def test_while_the_plan_is_written_planning_goes_to_where_it_is_written(bergamo) -> None:
    Plan.objects.update(state=PlanState.CONSULTATION, revision=1)

    assert labels(report_for(bergamo, "pianificazione"))[:5] == [
        "Edit the strategic dashboard",
        "Write the document",
        "Checks",
        "Strategic dashboard",
        "Life of the plan",
    ]


@pytest.mark.parametrize(
    ("state", "is_written", "waiting"),
    [
        ("draft", False, {"pianificazione": "Write the Relazione 2020"}),
        (
            "draft",
            True,
            {
                "pianificazione": "Write the Relazione 2020",
                "segretario": "Record the act that approves the Relazione 2020",
            },
        ),
        (
            "approved",
            True,
            dict.fromkeys(["pianificazione", "segretario"], "Send the Relazione 2020 to the OIV"),
        ),
        ("transmitted", True, {}),
        (
            "validated",
            True,
            dict.fromkeys(["pianificazione", "segretario"], "Publish the Relazione 2020"),
        ),
        (
            "with_remarks",
            True,
            dict.fromkeys(["pianificazione", "segretario"], "Publish the Relazione 2020"),
        ),
        ("not_validated", True, {"pianificazione": "Mend the Relazione 2020"}),
        ("published", True, {}),
    ],
)
def test_a_relazione_waits_for_who_brings_it_on(bergamo, state, is_written, waiting) -> None:
    report = factories.performance_report(plan=bergamo.plan, year=2020, state=state)
    body = "<p>Testo.</p>" if is_written else ""
    factories.report_section(report=report, is_required=True, body=body)

    found = {
        username: task.title
        for username in ("pianificazione", "segretario", "dipendente")
        for group in report_for(bergamo, username).groups
        for task in group.tasks
        if task.url == report.get_absolute_url()
    }

    assert found == waiting


@pytest.mark.parametrize(
    ("state", "usernames", "title"),
    [
        (PlanState.PROPOSED, {"segretario"}, "Adopt REV. 1, or send it back"),
        (PlanState.ADOPTED, {"segretario", "pianificazione"}, "Publish REV. 1"),
    ],
)
def test_the_next_act_waits_for_who_may_do_it(bergamo, state, usernames, title) -> None:
    Plan.objects.update(state=state, revision=1)

    waits = {
        name for name in STATEMENTS if ("To be done", title) in tasks(report_for(bergamo, name))
    }

    assert waits == usernames


@pytest.mark.parametrize(("state", "waits"), [(PlanState.DRAFT, 1), (PlanState.PROPOSED, 0)])
def test_a_new_triennium_waits_for_its_decisions(bergamo, state, waits) -> None:
    plan = factories.plan(first_year=2022, continues=bergamo.plan, state=state)

    report = home_report(bergamo.user("pianificazione"), plan, DAY)

    title = "Decide what the plan 2022-2024 still needs"
    assert [said for _due, said in tasks(report)].count(title) == waits


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (PlanState.PUBLISHED, ["Dashboard of the Secretary General", "Life of the plan"]),
        (PlanState.PROPOSED, ["Life of the plan", "Dashboard of the Secretary General"]),
    ],
)
def test_a_proposal_is_the_first_page_of_the_secretary_general(bergamo, state, expected) -> None:
    Plan.objects.update(state=state, revision=1)

    found = labels(report_for(bergamo, "segretario"))

    assert found[:2] == expected
    assert found[-4:] == ["People", "Strategy map", "Guidelines of agile work", "Guide"]


@pytest.mark.parametrize(
    ("username", "address"),
    [
        ("pianificazione", "/piano/2021/cruscotto/"),
        ("dipendente", "/piano/2021/cruscotti/registro-imprese/"),
        ("personale", "/organizzazione/personale/"),
        ("oiv", "/piano/2021/oiv/"),
    ],
)
def test_the_page_that_a_role_uses_most_has_the_button(bergamo, client, username, address) -> None:
    client.force_login(bergamo.user(username))

    page = client.get("/").text

    assert page.count(f'<a class="btn btn-primary" href="{address}">') == 1


def test_the_oiv_finds_the_adopted_edition_with_its_hash(bergamo) -> None:
    workspace, first, *others = report_for(bergamo, "oiv").shortcuts

    assert (workspace.label, workspace.url) == ("OIV workspace", "/piano/2021/oiv/")
    assert first.label == "REV. 0, Delibera di Giunta n. 2 del 25.1.2021"
    assert first.detail == bergamo.edition.pdf_sha256[:8]
    assert [shortcut.label for shortcut in others][:2] == ["Compare editions", "Register"]


@pytest.mark.parametrize(
    ("state", "words"), [("proposed", "In force"), ("adopted", "Last published")]
)
def test_an_edition_superseded_by_one_not_yet_published_is_not_called_in_force(
    bergamo, client, state, words
) -> None:
    Plan.objects.filter(pk=bergamo.plan.pk).update(
        revision=1, state=state, update_reason="Nuove risorse."
    )
    if state == PlanState.ADOPTED:
        factories.edition(plan=bergamo.plan, revision=1)
    client.force_login(bergamo.user("pianificazione"))

    page = client.get("/", headers={"accept-language": "en"}).text

    with translation.override("it"):
        assert f"<dt>{translation.gettext(words)}</dt><dd>REV. 0, " in page


def test_a_damaged_file_waits_for_oiv_and_administrator(bergamo, media) -> None:
    (media / bergamo.edition.pdf.name).unlink()

    expected = [("Late", "The file of REV. 0 is not the adopted one")]
    assert tasks(report_for(bergamo, "oiv"))[:1] == expected
    assert tasks(report_for(bergamo, "amministratore")) == expected
    assert tasks(report_for(bergamo, "dipendente")) == []


def test_the_oiv_sees_how_much_is_missing_of_the_last_year(bergamo) -> None:
    [task] = report_for(bergamo, "oiv").groups[0].tasks

    assert task.title == "OIV workspace: 98 things missing of 2020"
    assert task.text == (
        "5 without result, 13 without reason, 80 without evidence; "
        "besides, 70 with polarity not confirmed"
    )
    assert task.url == "/piano/2021/oiv/2020/"


def test_a_relazione_does_not_wait_for_whoever_also_writes_it(bergamo) -> None:
    factories.performance_report(plan=bergamo.plan, year=2020, state="transmitted")
    factories.appointment(
        person=bergamo.user("oiv").person, role=Role.PLANNER, unit=factories.unit()
    )

    titles = [title for _due, title in tasks(report_for(bergamo, "oiv"))]

    assert "Validate the Relazione 2020" not in titles


def test_a_relazione_whose_year_was_opened_again_goes_back_to_who_writes_it(bergamo) -> None:
    report = factories.performance_report(plan=bergamo.plan, year=2020, state="transmitted")
    edition = factories.report_edition(report=report)
    factories.year_reopening(closing=edition.closing)

    titles = {
        name: [title for _due, title in tasks(report_for(bergamo, name))]
        for name in ("oiv", "pianificazione")
    }

    assert "Validate the Relazione 2020" not in titles["oiv"]
    assert "Take the Relazione 2020 back to work" in titles["pianificazione"]


def test_a_relazione_that_was_sent_waits_for_the_oiv(bergamo) -> None:
    factories.performance_report(plan=bergamo.plan, year=2020, state="transmitted")
    factories.performance_report(plan=bergamo.plan, year=2021, state="approved")

    first = report_for(bergamo, "oiv").groups[0].tasks[0]

    assert (first.title, first.url) == (
        "Validate the Relazione 2020",
        "/piano/2021/oiv/2020/validazione/",
    )


@pytest.mark.parametrize("username", ["pianificazione", "segretario"])
def test_notes_of_the_oiv_wait_for_an_answer(bergamo, username) -> None:
    for year in (2020, 2021, 2020):
        factories.oversight_note(plan=bergamo.plan, year=year)

    found = [task for group in report_for(bergamo, username).groups for task in group.tasks]

    assert [(one.title, one.url) for one in found if "OIV" in one.title] == [
        ("Answer 1 note of the OIV on 2021", "/piano/2021/oiv/2021/note/"),
        ("Answer 2 notes of the OIV on 2020", "/piano/2021/oiv/2020/note/"),
    ]


def test_a_damaged_closing_waits_for_oiv_and_administrator(bergamo, client) -> None:
    closing = factories.year_closing(plan=bergamo.plan, year=2020, snapshot_sha256="0" * 64)

    expected = [("Late", "The data of the closing of 2020 are not those closed")]
    assert tasks(report_for(bergamo, "oiv")) == expected
    assert tasks(report_for(bergamo, "amministratore")) == expected
    assert "closing" not in str(tasks(report_for(bergamo, "pianificazione")))
    client.force_login(bergamo.user("amministratore"))
    page = client.get(report_for(bergamo, "amministratore").groups[0].tasks[0].url)
    assert page.status_code == 503
    assert closing.snapshot_sha256 in page.content.decode()


def test_a_closing_opened_again_is_not_looked_at(bergamo) -> None:
    closing = factories.year_closing(plan=bergamo.plan, year=2020, snapshot_sha256="0" * 64)
    factories.year_reopening(closing=closing)

    assert tasks(report_for(bergamo, "amministratore")) == []


def test_a_damaged_relazione_waits_for_oiv_and_administrator(bergamo, media) -> None:
    report = factories.performance_report(plan=bergamo.plan, year=2021, state="published")
    edition = factories.report_edition(report=report)

    expected = [("Late", f"The file of {edition} is not the approved one")]
    assert tasks(report_for(bergamo, "oiv"))[:1] == expected
    assert tasks(report_for(bergamo, "amministratore")) == expected


def test_a_plan_never_adopted_lacks_nothing_yet(bergamo) -> None:
    draft = factories.plan(state=PlanState.DRAFT)

    assert tasks(home_report(bergamo.user("oiv"), draft, DAY)) == []


def test_a_plan_yet_to_begin_gives_account_of_the_year_before(bergamo) -> None:
    plan = factories.plan(state=PlanState.PUBLISHED, first_year=2031)

    assert tasks(home_report(bergamo.user("oiv"), plan, DAY)) == []


def test_failed_jobs_wait_for_the_administrator(bergamo) -> None:
    now = datetime.datetime(2021, 4, 22, tzinfo=datetime.UTC)
    Build.objects.create(
        kind="plan-pdf",
        fingerprint="0" * 64,
        state=BuildState.FAILED,
        error="no font",
        finished_at=now,
    )

    report = report_for(bergamo, "amministratore")

    assert tasks(report) == [("To be done", "1 document could not be made")]
    assert report.groups[0].tasks[0].text == "plan-pdf"
    assert labels(report)[:2] == ["Administration", "Jobs that make documents"]


def test_latest_acts_only_for_who_reads_the_register(bergamo) -> None:
    assert len(report_for(bergamo, "oiv").acts) == ACTS_OF_THE_LOAD
    assert [act.title for act in report_for(bergamo, "oiv").acts][1:] == [
        "Plan published",
        "Plan adopted",
    ]
    assert report_for(bergamo, "dipendente").acts == []


def test_roles_add_up_and_nothing_comes_twice(bergamo) -> None:
    planner = bergamo.user("pianificazione")
    service = bergamo.plan.dashboards.get(slug="registro-imprese").unit
    factories.appointment(person=planner.person, role=Role.OIV, unit=service)

    report = home_report(bergamo.user("pianificazione"), bergamo.plan, DAY)

    assert len(labels(report)) == len(set(labels(report)))
    assert report.task_count == 8


def test_a_plan_that_cannot_be_read_gives_a_page_that_teaches(bergamo, client) -> None:
    Plan.objects.update(state=PlanState.DRAFT)
    client.force_login(bergamo.user("dipendente"))

    page = client.get("/")

    assert (page.status_code, page.context["report"].plan) == (200, None)
    assert "load_plan" in page.content.decode()


def test_a_plan_without_edition_says_so(db) -> None:
    report = home_report(factories.user(), factories.plan(), DAY)

    assert (report.edition, report.groups) == (None, [])


def test_an_account_without_person_has_a_home_too(bergamo, client) -> None:
    user = factories.user(person=None, username="solo", is_superuser=True, is_staff=True)
    client.force_login(user)

    assert client.get("/").context["report"].first_name == "solo"


STANDINGS = {
    "pianificazione": [("The whole Chamber", 2020, "98,4%", True)],
    "segretario": [
        ("The whole Chamber", 2020, "98,4%", True),
        ("Dashboard of the Secretary General", 2020, "100,0%", True),
    ],
    "dirigente": [("Dashboard of the dirigente", 2020, "83,3%", False)],
    "responsabile": [("Servizio Registro imprese", 2020, "83,3%", False)],
    "personale": [],
    "dipendente": [],
    "oiv": [],
    "amministratore": [],
}


@pytest.mark.parametrize(("username", "expected"), STANDINGS.items())
def test_who_answers_for_a_scorecard_sees_how_it_stands(bergamo, username, expected) -> None:
    found = report_for(bergamo, username).standings

    assert [(one.title, one.year, one.mark.text, one.is_provisional) for one in found] == expected


def test_a_scorecard_leads_to_its_page(bergamo, client) -> None:
    client.force_login(bergamo.user("responsabile"))

    text = client.get("/").content.decode()

    assert 'href="/piano/2021/risultati/registro-imprese/"' in text
    assert "misurati 2 di 2" in text


def test_a_later_year_takes_the_place_of_the_one_before(bergamo) -> None:
    row = bergamo.plan.dashboards.get(slug="registro-imprese").rows.get(
        indicator__name__startswith="N. incontri Cabine di Regia"
    )
    factories.actual(indicator=row.indicator, year=2021, printed="3")

    (standing,) = report_for(bergamo, "responsabile").standings

    assert (standing.year, standing.mark.text) == (2021, "100,0%")
    assert standing.coverage == "measured 1 of 10"


def test_a_plan_without_results_shows_no_standing(bergamo) -> None:
    plan = factories.plan()
    factories.dashboard(plan=plan, kind=DashboardKind.STRATEGIC, slug="strategico")

    report = home_report(bergamo.user("pianificazione"), plan, DAY)

    assert report.standings == []


def test_a_scorecard_with_nothing_to_measure_is_not_shown(bergamo) -> None:
    plan = factories.plan()
    year = plan.baseline_year
    strategic = factories.dashboard(plan=plan, kind=DashboardKind.STRATEGIC, slug="strategico")
    row = factories.dashboard_row(dashboard=strategic)
    factories.actual(indicator=row.indicator, year=year, printed="9")

    report = home_report(bergamo.user("pianificazione"), plan, DAY)

    assert report.standings == []


STATEMENTS = {
    "pianificazione": 15,
    "segretario": 16,
    "dirigente": 15,
    "responsabile": 15,
    "personale": 10,
    "dipendente": 9,
    "oiv": 16,
    "amministratore": 10,
}


@pytest.mark.parametrize("stands_in", [False, True])
@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        (reverse("pola:my-agile"), reverse("pola:day-team")),
        (
            reverse("strategy:deviations", args=[2021]),
            reverse("strategy:recording-list", args=[2021]),
        ),
    ],
)
def test_who_stands_in_for_a_head_finds_the_pages_of_the_unit_in_the_menu(
    bergamo, client, settings, stands_in, page, wanted
) -> None:
    settings.DEMO_DATE = DAY
    head = bergamo.user("responsabile").person
    if stands_in:
        delegate = bergamo.user("dipendente").person
        dates = {"starts_on": DAY, "ends_on": DAY}
        factories.delegation(unit=head.unit, head=head, delegate=delegate, **dates)
    client.force_login(bergamo.user("dipendente"))

    entries = client.get(page).context["section_entries"]

    assert (wanted in [one.url for one in entries]) is stands_in


@pytest.mark.parametrize(("revision", "is_led"), [(0, False), (1, True)])
def test_the_menu_of_a_plan_never_adopted_leads_to_no_page_of_the_oiv(
    bergamo, client, revision, is_led
) -> None:
    plan = factories.plan(first_year=2051, state=PlanState.DRAFT, revision=revision)
    client.force_login(bergamo.user("pianificazione"))

    entries = client.get(reverse("strategy:scorecards", args=[2051])).context["section_entries"]

    address = reverse("strategy:oversight", args=[plan.first_year])
    assert (address in [one.url for one in entries]) is is_led
    assert (client.get(address).status_code == 302) is is_led


def test_who_stands_in_reads_for_whom_and_until_when(bergamo, client, settings) -> None:
    settings.DEMO_DATE = DAY
    head, delegate = bergamo.user("responsabile").person, bergamo.user("dipendente").person
    last = DAY + datetime.timedelta(days=4)
    factories.delegation(unit=head.unit, head=head, delegate=delegate, starts_on=DAY, ends_on=last)
    client.force_login(bergamo.user("dipendente"))

    text = client.get("/").content.decode()

    assert f"al posto di {head} fino al giorno {last.day}.{last.month}.{last.year}" in text


@pytest.mark.parametrize(("username", "expected"), STATEMENTS.items())
def test_the_home_costs_the_same_at_any_size(
    bergamo, client, settings, django_assert_num_queries, username, expected
) -> None:
    settings.DEMO_DATE = DAY
    client.force_login(bergamo.user(username))
    with django_assert_num_queries(expected):
        client.get("/")
    for dashboard in bergamo.plan.dashboards.all():
        for position in (95, 96, 97):
            row = factories.dashboard_row(dashboard=dashboard, position=position)
            factories.target(indicator=row.indicator)
    with django_assert_num_queries(expected):
        client.get("/")


def test_the_duties_of_agile_work_wait_on_the_home(bergamo, settings) -> None:
    settings.DEMO_DATE = DAY
    trained, other = factories.person(), factories.person()
    for person in (trained, other):
        factories.agreement(person=person)
    factories.training_attendance(person=trained)
    factories.safety_receipt(person=other)
    service = bergamo.plan.dashboards.get(slug="registro-imprese").unit
    factories.activity(unit=service, grade=Grade.UNMAPPED)
    for year in (2019, 2020):
        mapped = factories.activity(unit=service)
        factories.activity_mapping(activity=mapped, mapped_on=datetime.date(year, 5, 3))

    assert tasks(report_for(bergamo, "personale")) == [
        ("To be done", "1 agreement holder without the course"),
        ("To be done", "1 agreement holder without the safety notice"),
    ]
    assert tasks(report_for(bergamo, "responsabile")) == [
        ("To be done", "1 activity to map"),
        ("To be done", "1 mapping to review"),
    ]
    assert tasks(report_for(bergamo, "dirigente")) == []
    Appointment.objects.filter(person__user__username="responsabile").delete()
    assert tasks(report_for(bergamo, "dirigente")) == [
        ("To be done", "1 activity to map"),
        ("To be done", "1 mapping to review"),
    ]


def test_a_report_without_an_answer_waits_for_the_personnel_office(bergamo) -> None:
    report = factories.incident(follow_up="")

    assert tasks(report_for(bergamo, "personale")) == [("To be done", "1 report to follow")]
    report.follow_up = "Cambiato il PC."
    report.save()
    assert tasks(report_for(bergamo, "personale")) == []


def test_what_a_head_decides_does_not_wait_for_who_stands_above(bergamo, settings) -> None:
    day = settings.DEMO_DATE = datetime.date(2021, 4, 20)
    head, month = bergamo.user("responsabile").person, datetime.date(2021, 5, 1)
    for person in (bergamo.user("dipendente").person, head):
        held = factories.agreement(person=person)
        factories.agile_day(agreement=held, day=datetime.date(2021, 5, 4))
        factories.month_plan(person=person, month=month, state=MonthState.SUBMITTED)

    def decided(name: str) -> list[str]:
        tasks = day_tasks(Facts(bergamo.user(name), bergamo.plan, day), day)
        return [task.title for task in tasks if task.title.startswith("Decide")]

    one, both = (f"Decide the days of {n} for May 2021".lower() for n in ("1 person", "2 people"))
    assert [words.lower() for words in decided("responsabile")] == [one]
    assert [words.lower() for words in decided("dirigente")] == [one]  # the head's own
    assert decided("segretario") == []
    Appointment.objects.filter(person=head).delete()
    assert [words.lower() for words in decided("dirigente")] == [both]


def test_the_month_of_a_head_does_not_wait_for_the_substitute(bergamo, settings) -> None:
    day = settings.DEMO_DATE = datetime.date(2021, 4, 20)
    head, month = bergamo.user("responsabile").person, datetime.date(2021, 5, 1)
    dates = {"starts_on": day, "ends_on": day}
    delegate = bergamo.user("dipendente").person
    factories.delegation(unit=head.unit, head=head, delegate=delegate, **dates)
    held = factories.agreement(person=head)
    factories.agile_day(agreement=held, day=datetime.date(2021, 5, 4))
    factories.month_plan(person=head, month=month, state=MonthState.SUBMITTED)

    def decided() -> list[str]:
        return [task.title for task in day_tasks(Facts(user, bergamo.plan, day), day)]

    user = bergamo.user("dipendente")
    before = decided()
    other = factories.agreement(person=factories.person(unit=head.unit))
    factories.agile_day(agreement=other, day=datetime.date(2021, 5, 4))
    factories.month_plan(person=other.person, month=month, state=MonthState.SUBMITTED)

    assert (before, len(decided())) == ([], 1)


def test_who_stands_above_many_units_reads_the_sum_of_those_after_the_third(bergamo) -> None:
    Appointment.objects.filter(role__in=[Role.UNIT_HEAD, Role.DIRIGENTE]).delete()
    found: list[str] = []
    units = list(Unit.objects.filter(kind="service").order_by("short_name"))
    for number, unit in enumerate(units, start=1):
        person = factories.person(unit=unit)
        agreement = factories.agreement(person=person)
        factories.agile_day(agreement=agreement, day=datetime.date(2021, 5, 4))
        month = datetime.date(2021, 5, 1)
        factories.month_plan(person=person, month=month, state=MonthState.SUBMITTED)
        facts = Facts(bergamo.user("segretario"), bergamo.plan, DAY)
        found.append(" ".join(task.text.split(".")[0] for task in day_tasks(facts, DAY)))
        assert number < 5 or " other units" in found[-1]

    assert found[3].endswith(units[3].short_name)
    others = f"{len(units) - 3} other units: the first is {units[3].short_name}, then the next"
    assert found[-1].endswith(others)
    *_named, last = day_tasks(Facts(bergamo.user("segretario"), bergamo.plan, DAY), DAY)
    assert last.url == f"/lavoro-agile/giornate/servizio/?unita={units[3].slug}&mese=2021-05"
    assert last.action == "Open the first one"


def test_the_monitoring_of_agile_work_waits_on_the_home(bergamo, settings) -> None:
    day = settings.DEMO_DATE = datetime.date(2021, 3, 5)
    employee, head = bergamo.user("dipendente"), bergamo.user("responsabile")
    held = factories.agreement(person=employee.person)
    decided = {"decided_at": datetime.datetime.now(datetime.UTC), "decided_by_label": "Capo"}
    for month in (1, 2):
        on = datetime.date(2021, month, 9)
        factories.agile_day(agreement=held, day=on, state=DayState.APPROVED, **decided)

    def waiting(user) -> list[str]:
        facts = Facts(user, bergamo.plan, day)
        return [task.title for task in monitoring_tasks(facts, day)]

    assert waiting(employee) == ["Write 2 activity sheets"]
    assert waiting(bergamo.user("pianificazione")) == [
        "Decide of the computed figures of agile work"
    ]
    factories.activity_sheet(
        person=employee.person, month=datetime.date(2021, 1, 1), state=SheetState.SENT
    )
    assert waiting(employee) == ["Write the activity sheet of February 2021"]
    assert waiting(head) == ["1 activity sheet to be evaluated"]
    factories.figure_decision(measured_on=datetime.date(2021, 2, 28))
    assert waiting(bergamo.user("pianificazione")) == waiting(bergamo.user("oiv")) == []
