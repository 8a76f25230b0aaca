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


@pytest.mark.parametrize(("username", "expected"), {"responsabile": 22, "dirigente": 22}.items())
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
    ("state", "usernames", "title"),
    [
        (PlanState.PROPOSED, {"segretario"}, "Adopt REV. 1, or send it back"),
        (PlanState.ADOPTED, {"segretario", "pianificazione"}, "Publish REV. 1"),
    ],
)
def test_the_next_act_waits_for_who_may_do_it(bergamo, state, usernames, title) -> None:
    Plan.objects.update(state=state, revision=1)

    waits = {
        name for name in STATEMENTS if ("To settle", title) in tasks(report_for(bergamo, name))
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
        ("oiv", "/trasparenza/2021-2023/rev-0/"),
    ],
)
def test_the_page_that_a_role_uses_most_has_the_button(bergamo, client, username, address) -> None:
    client.force_login(bergamo.user(username))

    page = client.get("/").text

    assert page.count(f'<a class="btn btn-primary" href="{address}">') == 1


def test_the_oiv_finds_the_adopted_edition_with_its_hash(bergamo) -> None:
    first, *others = report_for(bergamo, "oiv").shortcuts

    assert first.label == "REV. 0, Delibera di Giunta n. 2 del 25.1.2021"
    assert first.detail == bergamo.edition.pdf_sha256[:8]
    assert [shortcut.label for shortcut in others][:2] == ["Compare editions", "Register"]


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
    "pianificazione": 17,
    "segretario": 17,
    "dirigente": 16,
    "responsabile": 16,
    "personale": 10,
    "dipendente": 10,
    "oiv": 11,
    "amministratore": 12,
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
