"""Home by role: where I am, what waits for me, my shortcuts; the same price at any size."""

import datetime

import pytest
from django.utils import translation

from camera_perf.home import home_report
from documents.enums import BuildState
from documents.models import Build
from organization.enums import Role
from strategy.enums import DashboardKind, PlanState, RecordingState
from strategy.models import Plan
from strategy.reports.recording import load_sheet
from tests import factories

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
        ("To settle", "Say why 13 targets 2021 ask for less than the last result"),
        ("To settle", "Confirm the polarity of 124 indicators"),
        ("To settle", "Settle 6 lines without target and result 2020"),
        ("To settle", "Say the source of 5 indicators"),
    ]
    assert (report.task_count, report.late_count) == (7, 3)
    assert report.groups[0].tasks[0].when == "was due on 31.12.2020"


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

    assert ("To settle", "Say why 14 targets 2021 ask for less than the last result") in before
    assert tasks(report_for(bergamo, "pianificazione"))[3] == (
        "To settle",
        "Say why 13 targets 2021 ask for less than the last result",
    )


@pytest.mark.parametrize(
    "username",
    [
        "segretario",
        "dirigente",
        "responsabile",
        "personale",
        "dipendente",
        "oiv",
        "amministratore",
    ],
)
def test_who_has_nothing_to_do_is_told_so(bergamo, client, username) -> None:
    client.force_login(bergamo.user(username))

    page = client.get("/")

    assert page.context["report"].task_count == 0
    assert page.content.decode().count('class="cp-empty"') == 1


def test_a_head_sees_the_results_that_the_unit_supplies(bergamo) -> None:
    person = factories.person()
    agency = bergamo.plan.dashboards.get(slug="azienda-speciale").unit
    agency.appointments.update(ends_on=datetime.date(2021, 1, 1))
    factories.appointment(person=person, role=Role.UNIT_HEAD, unit=agency)
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

    assert tasks(report) == [("To settle", "13 figures at 30.6.2021 to be recorded")]
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
        "To settle",
        "13 figures to be validated",
    )


def test_a_substitute_sees_them_too(bergamo, settings) -> None:
    settings.DEMO_DATE = JULY
    factories.delegation(
        unit=bergamo.plan.dashboards.get(slug="registro-imprese").unit,
        delegate=bergamo.user("dipendente").person,
    )

    assert tasks(report_for(bergamo, "dipendente", JULY)) == [
        ("To settle", "13 figures at 30.6.2021 to be recorded")
    ]


def test_who_stands_above_sees_the_own_figures_alone(bergamo, settings) -> None:
    settings.DEMO_DATE = JULY

    assert tasks(report_for(bergamo, "dirigente", JULY)) == [
        ("To settle", "1 figure at 30.6.2021 to be recorded")
    ]


def test_without_a_plan_nothing_is_asked_for(bergamo) -> None:
    for name in ("pianificazione", "responsabile"):
        report = home_report(bergamo.user(name), None, JULY)
        assert tasks(report) == []


@pytest.mark.parametrize(("username", "expected"), {"responsabile": 19, "dirigente": 19}.items())
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


def test_shortcuts_by_role(bergamo) -> None:
    found = {
        name: labels(report_for(bergamo, name))
        for name in ("pianificazione", "dirigente", "responsabile", "personale", "dipendente")
    }

    everybody = ["Strategy map", "Guidelines of agile work", "Guide"]
    assert found == {
        "pianificazione": [
            "Strategic dashboard",
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


def test_the_oiv_finds_the_adopted_edition_with_its_hash(bergamo) -> None:
    first, *others = report_for(bergamo, "oiv").shortcuts

    assert first.label == "REV. 0, Delibera di Giunta n. 2 del 25.1.2021"
    assert first.detail == bergamo.edition.pdf_sha256[:8]
    assert [shortcut.label for shortcut in others][:2] == ["Register", "Document"]


def test_a_damaged_file_waits_for_oiv_and_administrator(bergamo, media) -> None:
    (media / bergamo.edition.pdf.name).unlink()

    expected = [("Late", "The file of REV. 0 is not the adopted one")]
    assert tasks(report_for(bergamo, "oiv")) == expected
    assert tasks(report_for(bergamo, "amministratore")) == expected
    assert tasks(report_for(bergamo, "dipendente")) == []


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

    assert tasks(report) == [("To settle", "1 document could not be made")]
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
    assert report.task_count == 7


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


STATEMENTS = {
    "pianificazione": 14,
    "segretario": 14,
    "dirigente": 13,
    "responsabile": 13,
    "personale": 9,
    "dipendente": 9,
    "oiv": 10,
    "amministratore": 11,
}


@pytest.mark.parametrize(("username", "expected"), STATEMENTS.items())
def test_the_home_costs_the_same_at_any_size(
    bergamo, client, django_assert_num_queries, username, expected
) -> None:
    client.force_login(bergamo.user(username))
    with django_assert_num_queries(expected):
        client.get("/")
    for dashboard in bergamo.plan.dashboards.all():
        for position in (95, 96, 97):
            row = factories.dashboard_row(dashboard=dashboard, position=position)
            factories.target(indicator=row.indicator)
    with django_assert_num_queries(expected):
        client.get("/")
