"""The monitoring report of agile work: totals alone, on the page and on paper."""

import datetime
import io
import re

import pypdf
import pytest

from documents.enums import PrintStage
from documents.models import Build
from organization.enums import Role
from pola.enums import DayState, Grade, SheetState, WorkGrade
from pola.models import AgileMonth
from pola.monitoring_pdf import build_monitoring_pdf, monitoring_html
from pola.printed import PrintableMonitoring
from pola.reports.monitoring import monitoring_report
from strategy.enums import PlanState
from strategy.models import Plan
from strategy.printables import find_printable
from tests import factories
from tests.documents.verapdf import validate

DAY = datetime.date
TODAY = DAY(2021, 3, 10)
PAGE = "/lavoro-agile/monitoraggio/"
DESK = "/lavoro-agile/decisioni/"
REASON = "Una ragione riservata"
DECIDED = {"decided_at": datetime.datetime(2021, 1, 1, tzinfo=datetime.UTC)}


@pytest.fixture
def told(bergamo, settings):
    """A few people of agile work, with reasons that nobody else must read."""
    settings.DEMO_DATE = TODAY
    person = factories.person(last_name="Riconoscibile")
    held = factories.agreement(person=person)
    factories.activity_assignment(person=person)
    factories.exemption(agreement=held, reserved_reason=REASON)
    factories.suspension(
        agreement=held, reason=REASON, starts_on=DAY(2021, 3, 9), ends_on=DAY(2021, 3, 12)
    )
    decided = DECIDED | {"decided_by_label": "Capo", "reason": REASON}
    for number, state in enumerate((DayState.APPROVED, DayState.REVOKED, DayState.REFUSED), 2):
        factories.agile_day(agreement=held, day=DAY(2021, 2, number), state=state, **decided)
    factories.activity_sheet(
        person=person,
        state=SheetState.EVALUATED,
        output=REASON,
        evaluation=REASON,
        quality_grade=WorkGrade.BELOW,
    )
    return held


def counts(tallies) -> list[int]:
    return [one.count for one in tallies]


def test_the_report_counts_and_names_nobody(bergamo, told) -> None:
    report = monitoring_report(bergamo.plan, 2021, today=TODAY)

    assert (report.in_force, report.total_days) == (1, 1)
    assert [(m.month.month, m.effective, m.is_running) for m in report.months] == [
        (2, 1, False),
        (3, 0, True),
    ]
    assert counts(report.agreements) == [0, 0, 1, 0, 0, 0, 1]
    assert sum(counts(report.days)) == 3
    assert (counts(report.sheets), counts(report.grades)) == ([0, 0, 1], [0, 1])
    assert (report.share.effective, report.share.potential, report.share.words) == (1, 73, "1,4%")
    parts = [one for one in (*report.agreements, *report.days, *report.grades) if one.is_part]
    assert len(parts) == 4
    html = monitoring_html(bergamo.plan, 2021, today=TODAY)
    for one in parts:
        assert one.words == f"Di cui {one.label}"
        assert f'<tr class="detail"><th scope="row">{one.words}</th>' in html


def test_the_printed_tables_are_no_wider_than_the_page(bergamo, told) -> None:
    html = monitoring_html(bergamo.plan, 2021, today=TODAY)

    groups = re.findall(r"<colgroup>(.*?)</colgroup>", html)
    widths = [sum(map(int, re.findall(r'class="w(\d+)"', group))) for group in groups]
    assert [width for width in widths if width > 267] == []


def test_the_share_counts_an_agreement_only_of_who_can_work_remotely(client, bergamo, told) -> None:
    reviewed = factories.activity()
    worker = factories.agreement().person
    factories.activity_assignment(activity=reviewed, person=worker)
    day = DAY(2021, 3, 9)
    factories.activity_mapping(activity=reviewed, mapped_on=day, grade=Grade.NONE)

    report = monitoring_report(bergamo.plan, 2021, today=TODAY)

    assert (report.in_force, report.share.effective, report.share.potential) == (2, 1, 73)
    client.force_login(bergamo.user("segretario"))
    *_areas, chamber = client.get(DESK).context["shares"]
    assert chamber.share == report.share
    client.force_login(bergamo.user("oiv"))
    for html in (
        client.get(PAGE).content.decode(),
        monitoring_html(bergamo.plan, 2021, today=TODAY),
    ):
        assert "1 dei 73 che possono lavorare da remoto" in html


def test_a_year_gone_by_tells_of_its_last_day(bergamo, told) -> None:
    factories.agreement(starts_on=DAY(2021, 12, 1), ends_on=DAY(2022, 3, 31))
    factories.agreement(starts_on=DAY(2022, 2, 1), ends_on=DAY(2022, 6, 30))
    factories.agile_day(
        day=DAY(2021, 12, 9), state=DayState.APPROVED, decided_by_label="Capo", **DECIDED
    )

    report = monitoring_report(bergamo.plan, 2021, today=DAY(2022, 2, 10))

    assert (report.on, report.in_force) == (DAY(2021, 12, 31), 1)
    assert {one.figure.measured_on for one in report.figures} == {DAY(2021, 12, 31)}


def test_the_programme_is_computed_beside_the_printed_one(bergamo, told) -> None:
    programme = monitoring_report(bergamo.plan, 2021, today=TODAY).programme

    assert programme.years == ("2021", "2022", "2023")
    assert [line.printed[0][1] for line in programme.lines] == [
        "87",
        "72",
        "60% (43 dip.)",
        "da 1 a 3",
        "da 2.064 a 6.192",
    ]
    assert [line.computed for line in programme.lines][2] == "1,4% (1 dip.)"
    assert programme.lines[4].arithmetic.endswith("giornate svolte alla fine di febbraio 2021: 1")
    assert "48" in programme.lines[4].computed
    assert "144" in programme.lines[4].computed


def test_before_a_month_is_over_nothing_is_computed(bergamo, settings) -> None:
    factories.agile_day(day=DAY(2021, 3, 9))
    report = monitoring_report(bergamo.plan, 2021, today=TODAY)

    assert (report.last, report.share.words) == (None, "0,0%")
    assert (report.programme.month, report.programme.lines[0].computed) == (None, "")


@pytest.mark.parametrize("username", ["oiv", "dipendente", "personale", "segretario"])
def test_no_reason_and_no_name_is_on_the_page(client, bergamo, told, username) -> None:
    client.force_login(bergamo.user(username))

    page = client.get(PAGE).content.decode()

    assert 'id="tallies"' in page
    assert [words in page for words in (REASON, "Riconoscibile", told.person.employee_number)] == [
        False
    ] * 3


def test_no_reason_and_no_name_is_on_paper(bergamo, told) -> None:
    html = monitoring_html(bergamo.plan, 2021, today=TODAY)

    assert "Programma" in html
    assert [words in html for words in (REASON, "Riconoscibile", told.person.employee_number)] == [
        False
    ] * 3


@pytest.mark.slow
def test_the_pdf_keeps_both_standards_and_carries_its_months(bergamo, told, tmp_path) -> None:
    heard: list[PrintStage] = []
    content = build_monitoring_pdf(
        bergamo.plan, 2021, today=TODAY, on_progress=lambda stage, _page: heard.append(stage)
    )
    file = tmp_path / "monitoring.pdf"
    file.write_bytes(content)

    reader = pypdf.PdfReader(io.BytesIO(content))
    [months] = reader.attachments["pola_months.csv"]
    assert list(dict.fromkeys(heard)) == list(PrintStage)
    assert months.decode().splitlines()[0].startswith("month,employees,potential")
    assert len(months.decode().splitlines()) == 3
    assert REASON not in "".join(page.extract_text() for page in reader.pages)
    assert validate(file, "3a") == []


def test_the_pdf_is_asked_for_and_found_again(client, bergamo, told) -> None:
    client.force_login(bergamo.user("oiv"))
    address = f"{PAGE}2021/pdf/"
    assert client.get(address).status_code == 200
    assert client.get(f"{PAGE}2030/pdf/").status_code == 404

    answer = client.post(address)

    build = Build.objects.get()
    assert (answer.url, build.kind) == (address, "pola-2021-2021-rev-0")
    found = find_printable(build.kind, reader=bergamo.user("oiv"))
    assert (type(found), found.file_name) == (
        PrintableMonitoring,
        "monitoraggio-pola-2021-2021-2023-rev-0.pdf",
    )
    assert found.build().startswith(b"%PDF-")
    for year in ("x", "2030"):
        assert find_printable(f"pola-2021-{year}-rev-0", reader=None) is None
    assert find_printable("pola-2031-2031-rev-0", reader=None) is None
    assert find_printable("poster-2021-rev-0", reader=None) is None


def test_the_year_is_chosen_in_the_address(client, bergamo, told) -> None:
    client.force_login(bergamo.user("oiv"))

    queries = ("", "?anno=2020", "?anno=2022", "?anno=x")
    years = [client.get(PAGE + query).context["year"] for query in queries]

    assert years == [2021, 2020, 2021, 2021]


def test_an_earlier_year_is_reached_from_the_page_and_its_pdf_follows(
    client, bergamo, told
) -> None:
    client.force_login(bergamo.user("oiv"))

    tabs = client.get(PAGE).context["year_tabs"]
    page = client.get(PAGE + tabs[0].url)

    assert [(tab.label, tab.is_current) for tab in tabs] == [("2020", False), ("2021", True)]
    assert [month.is_printed for month in page.context["report"].months] == [True] * 10
    assert f'action="{PAGE}2020/pdf/"' in page.content.decode()
    pdf = client.get(f"{PAGE}2020/pdf/")
    assert (pdf.status_code, f'href="{PAGE}?anno=2020"' in pdf.content.decode()) == (200, True)


def test_a_year_without_months_teaches(client, bergamo, settings) -> None:
    settings.DEMO_DATE = TODAY
    client.force_login(bergamo.user("oiv"))

    assert client.get(PAGE).content.decode().count('class="cp-empty"') == 1


def test_without_a_plan_the_page_teaches(client, db) -> None:
    Plan.objects.update(state=PlanState.DRAFT)
    client.force_login(factories.user())

    assert client.get(PAGE).content.decode().count('class="cp-empty"') == 1
    assert client.get(f"{PAGE}2021/pdf/").status_code == 404


def test_printed_months_of_a_year_need_no_day(bergamo, settings) -> None:
    factories.agile_month(month=DAY(2022, 1, 1))

    report = monitoring_report(bergamo.plan, 2022, today=DAY(2022, 3, 1))

    assert [month.is_printed for month in report.months] == [True]
    assert AgileMonth.objects.filter(month__year=2022).count() == 1


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_costs_the_same_with_more_people(
    client, bergamo, told, django_assert_num_queries, people
) -> None:
    for _number in range(people):
        factories.agile_day(
            day=DAY(2021, 2, 4), state=DayState.APPROVED, decided_by_label="Capo", **DECIDED
        )
    user = factories.user()
    factories.appointment(person=user.person, role=Role.OIV)
    client.force_login(user)
    client.get(PAGE)

    with django_assert_num_queries(32):
        page = client.get(PAGE)

    assert page.context["report"].total_days == 1 + people
