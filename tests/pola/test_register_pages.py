"""The pages of the registers: who lacks what, many people ticked at once, files, reports."""

import csv
import datetime
import io

import pytest
from openpyxl import load_workbook

from organization.models import Institution, Person, PersonalData
from pola.models import (
    AgileConsultation,
    Equipment,
    Incident,
    SafetyNotice,
    SafetyReceipt,
    TrainingAttendance,
    TrainingCourse,
)
from pola.reports.registers import delay_words
from pola.views import day_office, registers, safety
from tests import factories

HOME = "/lavoro-agile/registri/"
TRAINING, SAFETY = f"{HOME}formazione/", f"{HOME}sicurezza/"
EQUIPMENT, REPORTS = f"{HOME}dotazioni/", f"{HOME}segnalazioni/"
STEPS, MINISTRY = "/lavoro-agile/consultazioni/", "/lavoro-agile/ministero/"
TODAY = datetime.date(2021, 2, 10)


@pytest.fixture(autouse=True)
def demo_day(settings) -> None:
    settings.DEMO_DATE = TODAY


@pytest.fixture
def hr(bergamo, client):
    client.force_login(bergamo.user("personale"))
    return client


@pytest.fixture
def employee(bergamo) -> Person:
    return bergamo.user("dipendente").person


def texts(answer) -> str:
    return answer.content.decode()


def people_of(answer) -> list[str]:
    return [row.record.employee_number for row in answer.context["table"].rows]


@pytest.mark.parametrize(
    ("query", "lacking"),
    [("lacks=course", 71), ("lacks=notice", 71), ("lacks=equipment", 71), ("", 72)],
)
def test_who_lacks_what_among_those_who_can_work_remotely(hr, employee, query, lacking):
    factories.training_attendance(person=employee)
    factories.safety_receipt(person=employee)
    factories.equipment(person=employee)

    answer = hr.get(f"{HOME}?group=remote&{query}")

    counts = answer.context["counts"]
    assert answer.context["table"].paginator.count == lacking
    assert (counts.people, counts.remote, counts.without_course) == (87, 72, 71)
    assert (counts.without_notice, counts.without_equipment) == (71, 71)


def test_a_notice_of_over_a_year_ago_is_told(hr, employee):
    factories.safety_receipt(person=employee, received_on=datetime.date(2020, 2, 10))

    assert "10.2.2020 <span" in texts(hr.get(f"{HOME}?q={employee.last_name}"))


def test_people_are_found_by_words_unit_and_agreement(hr, employee):
    factories.agreement(person=employee)

    found = [
        people_of(hr.get(f"{HOME}?{query}"))
        for query in (
            "q=Saggio Pietro",
            "group=agreement",
            f"unit={employee.unit_id}&q=0039",
        )
    ]

    assert found == [["0039"]] * 3


@pytest.mark.parametrize(
    ("who", "seen"), [("dipendente", 1), ("responsabile", 13), ("segretario", 87), ("oiv", 0)]
)
def test_one_reads_oneself_and_those_one_leads(bergamo, client, who, seen):
    client.force_login(bergamo.user(who))

    answer = client.get(HOME)

    assert answer.context["counts"].people == seen
    assert answer.context["table"].paginator.count == seen


def test_a_course_is_recorded_then_its_people_are_ticked(hr, employee):
    made = hr.post(
        f"{TRAINING}aggiungi/",
        {"title": "Sicurezza", "held_on": "2021-02-03", "hours": "3,5", "provider": "Unioncamere"},
    )
    course = TrainingCourse.objects.get()

    nobody = hr.post(f"{TRAINING}{course.pk}/", {})
    ticked = hr.post(f"{TRAINING}{course.pk}/", {"people": [employee.pk]}, follow=True)

    assert made.url == f"{TRAINING}{course.pk}/"
    assert (course.hours, nobody.status_code) == (pytest.approx(3.5), 400)
    assert "1 persona aggiunta." in texts(ticked)
    assert list(course.attendances.values_list("person", flat=True)) == [employee.pk]
    assert hr.get(TRAINING).context["courses"][0].people_count == 1


def test_the_same_course_of_a_day_is_refused_in_words(hr):
    course = factories.training_course()

    answer = hr.post(
        f"{TRAINING}aggiungi/", {"title": course.title, "held_on": "2020-12-10", "hours": "4"}
    )

    assert answer.status_code == 400
    assert "è già registrato" in texts(answer)


def test_of_a_course_to_come_nobody_is_ticked_yet(hr, employee):
    course = factories.training_course(held_on=datetime.date(2021, 3, 1))

    page = hr.get(f"{TRAINING}{course.pk}/")
    refused = hr.post(f"{TRAINING}{course.pk}/", {"people": [employee.pk]})

    assert "units" not in page.context
    assert refused.status_code == 400
    assert not TrainingAttendance.objects.exists()


def test_who_lacks_a_course_is_marked_in_the_list_to_tick(hr, employee):
    factories.training_attendance(person=employee)
    course = factories.training_course()

    units = hr.get(f"{TRAINING}{course.pk}/").context["units"]

    marked = {one.person.pk: one.lacks for unit in units for one in unit.candidates}
    assert (len(marked), marked[employee.pk], sum(marked.values())) == (87, False, 86)


def test_who_was_ticked_by_mistake_is_taken_off_after_asking(hr, employee):
    attendance = factories.training_attendance(person=employee)
    receipt = factories.safety_receipt(person=employee)
    addresses = [
        f"{TRAINING}presenze/{attendance.pk}/togli/",
        f"{SAFETY}ricevute/{receipt.pk}/togli/",
    ]

    asked = [texts(hr.get(address)) for address in addresses]
    for address in addresses:
        hr.post(address)

    assert ["non ha partecipato" in asked[0], "non ha ricevuto" in asked[1]] == [True, True]
    assert (TrainingAttendance.objects.count(), SafetyReceipt.objects.count()) == (0, 0)


def test_a_notice_is_recorded_then_its_receipts(hr, employee):
    hr.post(f"{SAFETY}aggiungi/", {"title": "Informativa", "issued_on": "2021-02-01"})
    notice = SafetyNotice.objects.get()
    address = f"{SAFETY}{notice.pk}/"

    twice = hr.post(f"{SAFETY}aggiungi/", {"title": "Informativa", "issued_on": "2021-02-01"})
    early = hr.post(address, {"people": [employee.pk], "received_on": "2021-01-31"})
    hr.post(address, {"people": [employee.pk], "received_on": "2021-02-05"})

    assert (twice.status_code, early.status_code) == (400, 400)
    assert list(early.context["form"].errors) == ["received_on"]
    assert SafetyReceipt.objects.get().received_on == datetime.date(2021, 2, 5)
    assert hr.get(SAFETY).context["notices"][0].people_count == 1


def test_people_of_one_surname_stand_in_the_order_of_their_names(hr):
    people = [
        factories.person(last_name="Esempio", first_name=name) for name in ("Zeno", "Ada", "Ugo")
    ]
    course, notice = factories.training_course(), factories.safety_notice()
    for one in people:
        factories.training_attendance(course=course, person=one)
        factories.safety_receipt(notice=notice, person=one)

    attendances = hr.get(f"{TRAINING}{course.pk}/").context["attendances"]
    receipts = hr.get(f"{SAFETY}{notice.pk}/").context["receipts"]

    names = [[row.person.first_name for row in rows] for rows in (attendances, receipts)]
    assert names == [["Ada", "Ugo", "Zeno"]] * 2


@pytest.mark.parametrize("who", ["dipendente", "responsabile"])
def test_others_read_a_course_and_a_notice_without_strangers(bergamo, client, employee, who):
    attendance = factories.training_attendance(person=employee)
    factories.training_attendance(course=attendance.course)
    receipt = factories.safety_receipt(person=employee)
    factories.safety_receipt(notice=receipt.notice)
    client.force_login(bergamo.user(who))

    course = client.get(f"{TRAINING}{attendance.course_id}/")
    notice = client.get(f"{SAFETY}{receipt.notice_id}/")

    assert list(course.context["attendances"]) == [attendance]
    assert list(notice.context["receipts"]) == [receipt]
    assert client.get(TRAINING).context["courses"][0].people_count == 1
    for page in (course, notice):
        assert client.post(page.request["PATH_INFO"], {}).status_code == 403


def test_equipment_goes_out_and_comes_back(hr, employee):
    item = {"person": employee.pk, "kind": "pc", "number": "PC-7", "delivered_on": "2021-02-01"}

    hr.post(f"{EQUIPMENT}consegna/", item)
    twice = hr.post(f"{EQUIPMENT}consegna/", item)
    made = Equipment.objects.get()
    early = hr.post(f"{EQUIPMENT}{made.pk}/restituzione/", {"returned_on": "2021-01-01"})
    hr.post(f"{EQUIPMENT}{made.pk}/restituzione/", {"returned_on": "2021-02-09"})

    assert "ne ha già una di questo tipo" in texts(twice)
    assert early.status_code == 400
    again = hr.post(f"{EQUIPMENT}{made.pk}/restituzione/", {"returned_on": "2021-02-09"})

    made.refresh_from_db()
    assert made.returned_on == datetime.date(2021, 2, 9)
    assert "È già stata restituita." in texts(again)


@pytest.mark.parametrize(
    ("query", "shown"),
    [("", 2), ("state=held", 1), ("state=returned", 1), ("q=PC-7", 1), ("kind=vpn", 1)],
)
def test_equipment_is_filtered(hr, employee, query, shown):
    factories.equipment(person=employee, number="PC-7")
    factories.equipment(kind="vpn", number="x", returned_on=TODAY)

    answer = hr.get(f"{EQUIPMENT}?{query}")

    assert len(answer.context["table"].rows) == shown


def test_an_employee_reads_one_s_own_equipment_without_acts(bergamo, client, employee):
    factories.equipment(person=employee, number="PC-7")
    factories.equipment(number="PC-8")
    client.force_login(bergamo.user("dipendente"))

    page = texts(client.get(EQUIPMENT))

    assert ("PC-7" in page, "PC-8" in page, "Registra la restituzione" in page) == (
        True,
        False,
        False,
    )


def test_an_employee_reports_and_hr_writes_what_was_done(bergamo, client, employee):
    client.force_login(bergamo.user("dipendente"))
    report = {"kind": "accident", "happened_on": "2021-02-09", "description": "Caduta"}

    other = client.post(f"{REPORTS}aggiungi/", report | {"person": factories.person().pk})
    to_come = report | {"person": employee.pk, "happened_on": "2021-03-01"}
    later = client.post(f"{REPORTS}aggiungi/", to_come)
    client.post(f"{REPORTS}aggiungi/", report | {"person": employee.pk, "happened_time": "11:20"})
    made = Incident.objects.get()
    address = f"{REPORTS}{made.pk}/"
    own = client.post(address, {"follow_up": "Fatto"})
    client.force_login(bergamo.user("personale"))
    empty = client.post(address, {"follow_up": ""})
    client.post(address, {"follow_up": "Denuncia INAIL"})

    assert (other.status_code, later.status_code) == (400, 400)
    assert (made.person, made.reported_on) == (employee, TODAY)
    assert (own.status_code, empty.status_code) == (403, 400)
    assert "Denuncia INAIL" in texts(client.get(address))
    assert "il giorno dopo" in texts(client.get(REPORTS))


@pytest.mark.parametrize(
    ("query", "shown"), [("", 2), ("state=open", 1), ("state=closed", 1), ("kind=accident", 1)]
)
def test_reports_are_filtered(hr, query, shown):
    factories.incident(kind="accident")
    factories.incident(follow_up="Fatto")

    assert len(hr.get(f"{REPORTS}?{query}").context["table"].rows) == shown


def test_the_hour_of_a_report_is_written_as_the_office_does(hr):
    report = factories.incident(happened_time=datetime.time(9, 10))

    assert "3.2.2021, 9.10" in texts(hr.get(f"{REPORTS}{report.pk}/"))


def test_an_accident_is_on_no_page_of_the_head(bergamo, client, employee):
    accident = factories.incident(person=employee, kind="accident", description="Caduta")
    client.force_login(bergamo.user("responsabile"))

    assert "Nessuna segnalazione" in texts(client.get(REPORTS))
    assert client.get(f"{REPORTS}{accident.pk}/").status_code == 404


def test_the_delay_of_a_report_in_words():
    happened = datetime.date(2021, 2, 1)

    assert [delay_words(happened + datetime.timedelta(days=n), happened) for n in (0, 1, 4)] == [
        "lo stesso giorno",
        "il giorno dopo",
        "4 giorni dopo",
    ]


def read_csv(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_the_file_of_people_follows_the_filters_of_the_page(hr, employee):
    factories.training_attendance(person=employee)
    factories.equipment(person=employee, number="PC-7")

    rows = read_csv(hr.get(f"{HOME}persone.csv?q=0039"))

    assert rows == [
        {
            "employee_number": "0039",
            "last_name": "Saggio",
            "first_name": "Pietro",
            "unit": "Servizio Registro imprese",
            "trained_on": "2020-12-10",
            "safety_notice_on": "",
            "safety_notice_valid": "false",
            "equipment": "PC portatile PC-7",
            "agreement": "false",
        }
    ]


def test_each_register_leaves_as_a_file(hr, employee):
    factories.training_attendance(person=employee)
    factories.safety_receipt(person=employee)
    factories.equipment(person=employee)

    names = ("formazione", "sicurezza", "dotazioni")
    files = [read_csv(hr.get(f"{HOME}{name}.csv")) for name in names]
    book = load_workbook(io.BytesIO(hr.get(f"{HOME}dotazioni.xlsx").content))

    assert [[row["employee_number"] for row in rows] for rows in files] == [["0039"]] * 3
    assert book.active.max_row == 2
    for unknown in ("altro.csv", "persone.pdf"):
        assert hr.get(f"{HOME}{unknown}").status_code == 404


def test_steps_stand_beside_what_the_plan_gives_to_each_actor(hr):
    file = io.BytesIO(b"Verbale dell'incontro")
    file.name = "verbale.txt"
    step = {"actor": "cug", "phase": "running", "held_on": "2021-02-09", "outcome": "Proposte"}

    bad = hr.post(f"{STEPS}aggiungi/", step | {"held_on": "", "file": file})
    file.seek(0)
    late = hr.post(f"{STEPS}aggiungi/", step | {"held_on": "2021-03-01"})
    hr.post(f"{STEPS}aggiungi/", step | {"file": file})

    assert (bad.status_code, late.status_code) == (400, 400)
    assert "Scegli di nuovo il file" in texts(bad)
    actors = hr.get(STEPS).context["actors"]
    assert [one.actor.value for one in actors if any(step.held for step in one.steps)] == ["cug"]
    assert [len(one.steps) for one in actors] == [2] * 7
    assert actors[3].steps[1].printed.startswith("Confronto sullo stato di avanzamento")
    made = AgileConsultation.objects.get()
    given = hr.get(f"{STEPS}{made.pk}/file/")
    assert b"".join(given.streaming_content) == b"Verbale dell'incontro"
    assert given["Content-Disposition"] == 'attachment; filename="verbale.txt"'
    with made.file.open("wb") as changed:
        changed.write(b"Altro")
    assert hr.get(f"{STEPS}{made.pk}/file/").status_code == 404


def test_without_the_table_of_the_plan_the_steps_are_still_there(hr, bergamo):
    bergamo.plan.reference_tables.filter(slug="ruoli-pola").update(slug="altra")

    actors = hr.get(STEPS).context["actors"]

    assert {step.printed for one in actors for step in one.steps} == {""}


def test_a_month_of_another_century_is_none_of_the_list_for_the_ministry(hr):
    assert hr.get(f"{MINISTRY}?month=9999-12").context["report"].month.year < 2100


def test_the_list_for_the_ministry_says_what_is_missing_then_is_given_out(hr, employee):
    held = factories.agreement(person=employee, starts_on=datetime.date(2021, 1, 4))
    january = [datetime.datetime(2021, 1, day, 23, 30, tzinfo=datetime.UTC) for day in (1, 2, 20)]
    for number, state in ((1, "replaced"), (2, "in_force")):
        factories.agreement_version(
            agreement=held,
            number=number,
            state=state,
            employee_accepted_at=january[number - 1],
            employer_accepted_at=january[number],
        )
    factories.agreement(starts_on=datetime.date(2021, 2, 1))
    address = f"{MINISTRY}persone/{employee.pk}/?month=2021-01"
    data = {
        "tax_code": "sggptr70a01a794x",
        "born_on": "1970-01-01",
        "birthplace_code": "a794",
        "employment": "permanent",
    }

    report = hr.get(MINISTRY).context["report"]
    wrong = hr.post(address, data | {"tax_code": "SGG"})
    written = hr.post(address, data)
    Institution.objects.update(tax_code="80005290160", inail_position="1", inail_rate="0722")
    after = hr.get(MINISTRY).context["report"]
    rows = read_csv(hr.post(MINISTRY, {"month": "2021-01"}))

    assert [line.person for line in report.lines] == [employee]
    assert (len(report.institution_lacks), len(report.incomplete)) == (3, 1)
    assert (wrong.status_code, written.url) == (400, f"{MINISTRY}?month=2021-01")
    assert (after.is_complete, after.due_on) == (True, datetime.date(2021, 2, 20))
    names = ("codice_fiscale_lavoratore", "data_sottoscrizione", "data_inizio")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("SGGPTR70A01A794X", "03/01/2021", "04/01/2021")
    ]
    assert hr.get(address).context["form"].initial["birthplace_code"] == "A794"


def test_the_list_for_the_ministry_begins_with_what_is_missing(hr, employee):
    held = factories.agreement(person=employee, starts_on=datetime.date(2021, 1, 4))
    factories.agreement_version(agreement=held, state="in_force")
    factories.personal_data(person=employee)
    for number in range(25):
        person = factories.person(last_name=f"Zeta {number}")
        factories.agreement(person=person, starts_on=datetime.date(2021, 1, 4))

    first, last = (
        hr.get(MINISTRY, {"page": number}).context["page"].object_list for number in (1, 2)
    )

    assert all(line.missing for line in first)
    assert ([line.person for line in last], len(first)) == ([employee], 25)


def test_an_agreement_never_in_force_is_not_notified(hr):
    factories.agreement(state="draft", starts_on=datetime.date(2021, 1, 4))
    made = factories.agreement(starts_on=datetime.date(2021, 1, 4))
    factories.agreement_version(agreement=made, state="offered")

    page = hr.get(MINISTRY)

    [line] = page.context["report"].lines
    assert (line.agreement, len(line.missing)) == (made, 2)
    assert hr.get(f"{MINISTRY}?month=2020-01").context["report"].lines == ()


def test_a_tax_code_of_another_person_is_refused(hr, employee):
    known = factories.personal_data()

    answer = hr.post(
        f"{MINISTRY}persone/{employee.pk}/",
        {
            "tax_code": known.tax_code,
            "born_on": "1970-01-01",
            "birthplace_code": "A794",
            "employment": "permanent",
        },
    )

    assert answer.status_code == 400
    assert "Un’altra persona ha questo codice fiscale." in texts(answer)
    assert PersonalData.objects.count() == 1


PAGES = [
    (HOME, 15),
    (TRAINING, 6),
    (f"{TRAINING}{{course}}/", 9),
    (SAFETY, 6),
    (f"{SAFETY}{{notice}}/", 9),
    (EQUIPMENT, 9),
    (REPORTS, 9),
    (STEPS, 9),
    (MINISTRY, 9),
]


@pytest.mark.parametrize(("path", "expected"), PAGES)
def test_the_pages_cost_the_same_with_1_and_3_rows(hr, django_assert_num_queries, path, expected):
    course, notice = factories.training_course(), factories.safety_notice()
    address = path.format(course=course.pk, notice=notice.pk)

    def one_more() -> None:
        person = factories.agreement(starts_on=datetime.date(2021, 1, 4)).person
        factories.training_attendance(course=course, person=person)
        factories.safety_receipt(notice=notice, person=person)
        factories.equipment(person=person)
        factories.incident(person=person)
        factories.agile_consultation()

    one_more()
    with django_assert_num_queries(expected):
        hr.get(address)
    one_more()
    one_more()
    with django_assert_num_queries(expected):
        hr.get(address)


def test_what_another_window_removed_is_said(hr, employee, monkeypatch):
    """The row goes between the moment it is read and the moment the act begins."""
    gone = [
        (registers.operations, "remove_attendance", factories.training_attendance()),
        (safety.registers, "remove_receipt", factories.safety_receipt()),
        (day_office, "remove_closure", factories.closure()),
    ]
    pages = [
        (f"{TRAINING}presenze/{gone[0][2].pk}/togli/", {}),
        (f"{SAFETY}ricevute/{gone[1][2].pk}/togli/", {}),
        ("/lavoro-agile/giornate/chiusure/", {"act": f"reopen-{gone[2][2].pk}"}),
    ]

    for (module, name, row), (page, data) in zip(gone, pages, strict=True):
        act = getattr(module, name)

        def twice(held, *, by, act=act, row=row):
            act(type(row).objects.get(pk=row.pk), by=by)
            act(held, by=by)

        monkeypatch.setattr(module, name, twice)
        answer = hr.post(page, data, follow=True)
        assert [one.level_tag for one in answer.context["messages"]] == ["error"]
