"""The pages of a Relazione: where it stands, what can be done, its sections, the public page."""

import datetime
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.models import Build
from documents.operations import finish_build, start_build
from strategy import attainment_data
from strategy.acts import Act
from strategy.models import PerformanceReport, ReportEdition, ReportValidation
from strategy.operations import (
    approve_report,
    close_year,
    open_report,
    publish_report,
    reopen_year,
    request_approval,
    rework_report,
    transmit_report,
)
from strategy.operations.performance_reports import record_validation
from strategy.report_tasks import approve_report_job
from strategy.templatetags.outcomes import outcome_tone
from tests import factories
from tests.strategy.test_public import body

AT = datetime.datetime(2013, 3, 1, 10, tzinfo=datetime.UTC)
ACT = Act(type="Delibera", number="7", date=datetime.date(2013, 5, 30), body="Giunta")
PDF = b"%PDF-1.7 stands in for the Relazione\n%%EOF"
LOOK = r'cp-tag--(\w+)">(?:<svg.*?</svg>)?\s*validata con osservazioni'  # the badge of the outcome
FORM = {
    "act": "approve_report",
    "act_type": "Delibera",
    "act_body": "Giunta",
    "act_number": "7",
    "act_date": "2013-05-30",
}


@pytest.fixture
def report(year, planner, secretary) -> PerformanceReport:
    """The Relazione of 2012."""
    year.row("Eventi", actual="80")
    close_year(year.plan, 2012, by=secretary, at=AT)
    return open_report(year.plan, 2012, by=planner, at=AT)


@pytest.fixture
def oiv(bergamo):
    return bergamo.user("oiv")


@pytest.fixture
def published(report, secretary, oiv) -> PerformanceReport:
    """The same, all the way to the public page."""
    write(report)
    approve_report(
        report, act=ACT, act_file=PDF, by=secretary, at=AT, pdf_builder=lambda report, act: PDF
    )
    transmit_report(report, by=secretary, at=AT)
    record_validation(report, outcome="with_remarks", notes="Bene.", minutes=PDF, by=oiv, at=AT)
    return publish_report(report, by=secretary, at=AT)


def write(report: PerformanceReport) -> None:
    report.sections.filter(is_required=True).update(body="<p>Testo.</p>")


def page(name: str, report: PerformanceReport, *more: object) -> str:
    return reverse(f"strategy:{name}", args=[report.plan.first_year, report.year, *more])


def public(name: str, report: PerformanceReport) -> str:
    return reverse(name, args=[report.plan.label, report.year])


def upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("atto.pdf", PDF, content_type="application/pdf")


# Begun


def test_a_year_to_be_closed_says_what_comes_first(client, year, planner) -> None:
    client.force_login(planner)

    text = client.get(reverse("strategy:report", args=[2011, 2012])).content.decode()

    assert "L’anno non è ancora chiuso" in text
    assert reverse("strategy:year-closing", args=[2011, 2012]) in text


def test_planning_begins_the_relazione(client, year, planner, secretary, head) -> None:
    close_year(year.plan, 2012, by=secretary, at=AT)
    address = reverse("strategy:report", args=[2011, 2012])
    begin = reverse("strategy:report-open", args=[2011, 2012])
    client.force_login(head)
    assert "La avvia l’ufficio pianificazione." in client.get(address).content.decode()
    assert client.post(begin).status_code == 403
    assert client.post(address).status_code == 404

    client.force_login(planner)
    assert begin in client.get(address).content.decode()
    answer = client.post(begin)

    assert (answer.status_code, answer.url) == (302, address)
    assert PerformanceReport.objects.get().opened_by_label == str(planner)
    again = client.post(begin, follow=True)
    assert "Quest’anno ha già la sua Relazione." in again.content.decode()


def test_whoever_reads_later_is_told_that_it_is_being_written(client, bergamo, report) -> None:
    client.force_login(bergamo.user("dipendente"))

    assert "È in lavorazione" in client.get(report.get_absolute_url()).content.decode()
    assert client.get(page("report-section", report, "premessa")).status_code == 404


def test_the_way_in_leads_to_the_last_year_that_is_over(client, report, planner) -> None:
    client.force_login(planner)

    answer = client.get(reverse("strategy:reports", args=[2011]))

    assert answer.url == reverse("strategy:report", args=[2011, 2013])


# Written


def test_the_page_says_which_sections_wait_for_their_text(client, report, planner) -> None:
    client.force_login(planner)

    context = client.get(report.get_absolute_url()).context

    assert [one.place for one in context["waiting"]][:2] == ["Premessa", "1 Principali risultati"]
    assert (context["offers"], context["may_write"]) == ([], True)
    assert [step.label for step in context["steps"] if step.is_now] == ["in bozza"]
    assert "scrivere le sezioni" in context["next_step"]
    write(report)
    written = client.get(report.get_absolute_url()).context["next_step"]
    assert "lo registra qui il Segretario Generale" in written


def test_what_holds_up_the_approval_leads_who_approves_to_what_can_be_opened(
    client, report, secretary
) -> None:
    client.force_login(secretary)

    context = client.get(report.get_absolute_url()).context

    first = context["waiting"][0].url
    assert [offer.blockers[0].url for offer in context["offers"]] == [first]
    assert client.get(first).status_code == 200


def test_a_section_says_what_belongs_there_until_it_is_written(client, report, planner) -> None:
    client.force_login(planner)
    address = page("report-section-edit", report, "premessa")

    assert "Scrivi che cos’è la Relazione" in client.get(address).content.decode()
    answer = client.post(address, {"body": "<p>Testo.</p>", "version": 1})

    assert (answer.status_code, answer.url) == (302, address)
    read = client.get(page("report-section", report, "premessa"))
    assert "<p>Testo.</p>" in read.content.decode()
    assert (read.context["asks"], read.context["previous"]) == ("", None)
    last = client.get(page("report-section", report, "processo"))
    assert last.context["next"] is None
    assert client.get(page("report-section", report, "altro")).status_code == 404
    assert client.get(page("report-section-edit", report, "altro")).status_code == 404


def test_the_editor_saves_marks_and_brings_back(client, report, planner) -> None:
    client.force_login(planner)
    save = page("report-section-save", report, "premessa")

    answer = client.post(save, {"body": "<p>Uno.</p>", "version": 1})
    assert answer.json()["version"] == 2
    stale = client.post(save, {"body": "<p>Due.</p>", "version": 1})
    assert page("report-section-edit", report, "premessa") in stale.json()["conflict"]
    client.post(page("report-section-done", report, "premessa"), {"done": "1"})

    section = report.sections.get(slug="premessa")
    assert (section.body, section.is_done) == ("<p>Uno.</p>", True)
    versions = client.get(page("report-section-versions", report, "premessa"))
    first = versions.context["versions"][-1].pk
    version = page("report-section-version", report, "premessa", first)
    assert version in versions.content.decode()
    assert client.get(version).status_code == 200
    assert client.post(version, {"version": 2}).status_code == 302
    section.refresh_from_db()
    assert section.body == ""
    same = client.post(version, {"version": 3})
    assert same.url == version


def test_blocks_stand_under_the_text_in_the_editor(client, report, planner) -> None:
    client.force_login(planner)

    def blocks(slug):
        return client.get(page("report-section-edit", report, slug)).context["blocks"]

    assert [len(one.views) for one in blocks("principali-risultati")] == [2]
    # Tables of every indicator are named, and read on their page.
    assert [len(one.views) for one in blocks("obiettivi-strategici")] == [0]


def test_a_picture_is_taken(client, report, planner) -> None:
    client.force_login(planner)

    answer = client.post(page("report-picture-add", report), {"alt": "Un grafico"})

    assert set(answer.json()["problems"]) == {"file"}


def test_what_is_approved_asks_for_no_text(client, planner, secretary, report) -> None:
    write(report)
    client.force_login(planner)
    address = page("report-section", report, "processo")
    before = client.get(address).content.decode()
    approve_report(report, act=ACT, by=secretary, pdf_builder=lambda report, act: PDF)

    after = client.get(address).content.decode()

    assert ["Ancora da scrivere" in text for text in (before, after)] == [True, False]


def test_an_approved_text_is_not_written(client, report, planner, secretary) -> None:
    write(report)
    approve_report(report, act=ACT, by=secretary, pdf_builder=lambda report, act: PDF)
    client.force_login(planner)

    answer = client.get(page("report-section-edit", report, "premessa"))

    assert answer.status_code == 409
    assert "riportala in lavorazione" in answer.content.decode()
    file = client.get(page("report-pdf", report))
    assert file.url == page("report-file", report, 1, "relazione.pdf")


def test_the_draft_is_asked_for_as_pdf(client, report, planner) -> None:
    client.force_login(planner)
    address = page("report-pdf", report)

    assert client.get(address).status_code == 200
    answer = client.post(address)

    assert answer.url == address
    build = Build.objects.get()
    assert build.kind == "report-2011-2012-rev-0-bozza"
    status = reverse("strategy:build-status", args=[2011, build.pk])
    assert client.get(status).status_code == 200


def test_a_draft_is_not_read_by_everybody_once_it_is_approved(
    client, report, planner, secretary, bergamo
) -> None:
    client.force_login(planner)
    client.post(page("report-pdf", report))
    build = finish_build(build=start_build(build=Build.objects.get()), content=PDF, name="b.pdf")
    file = reverse("strategy:build-file", args=[2011, build.pk])
    assert body(client.get(file)) == PDF
    write(report)
    approve_report(report, act=ACT, by=secretary, pdf_builder=lambda report, act: PDF)

    client.force_login(bergamo.user("dipendente"))

    assert client.get(report.get_absolute_url()).status_code == 200
    assert client.get(file).status_code == 404
    assert client.get(reverse("strategy:build-status", args=[2011, build.pk])).status_code == 404


def test_what_is_approved_shows_its_own_figures_when_the_year_is_closed_anew(
    client, year, report, secretary, planner
) -> None:
    write(report)
    approve_report(report, act=ACT, by=secretary, pdf_builder=lambda report, act: PDF)
    transmit_report(report, by=secretary)
    reopen_year(report.plan, 2012, reason="Un errore.", by=secretary)
    year.row("Certificati", actual="100")
    client.force_login(planner)
    section = page("report-section", report, "principali-risultati")

    opened = client.get(section).content.decode()
    close_year(year.plan, 2012, by=secretary)
    closed = client.get(section).content.decode()

    for shown in (opened, closed):
        assert "1 / 1" in shown
        assert "L’anno è stato riaperto dopo l’approvazione" in shown
    told = client.get(report.get_absolute_url()).content.decode()
    assert "I dati della Relazione sono quelli approvati, della chiusura 1" in told
    assert "L’anno è di nuovo aperto" not in told
    locked = client.get(page("report-section-edit", report, "premessa"))
    assert (locked.status_code, locked.context["may_go_back"]) == (409, True)


@pytest.mark.parametrize("state", ["transmitted", "validated"])
def test_a_year_opened_again_offers_the_way_back_and_nothing_else(
    client, report, secretary, planner, oiv, state
) -> None:
    write(report)
    approve_report(report, act=ACT, by=secretary, pdf_builder=lambda report, act: PDF)
    transmit_report(report, by=secretary)
    if state == "validated":
        record_validation(report, outcome="validated", by=oiv)
    reopen_year(report.plan, 2012, reason="Un errore.", by=secretary)
    client.force_login(planner)
    address = report.get_absolute_url()

    shown = client.get(address)
    assert [offer.act for offer in shown.context["offers"]] == ["rework_report"]
    assert "riportala in lavorazione e approvala di nuovo" in shown.content.decode()
    answer = client.post(address, {"act": "rework_report", "reason": "Dati nuovi."})

    assert answer.status_code == 302
    report.refresh_from_db()
    assert report.state == "draft"


def test_what_is_published_says_that_its_year_was_opened_again(
    client, published, secretary
) -> None:
    reopen_year(published.plan, 2012, reason="Un errore.", by=secretary)
    client.force_login(secretary)

    shown = client.get(published.get_absolute_url())

    assert "Ciò che è pubblicato resta come è stato approvato" in shown.content.decode()
    assert shown.context["offers"] == []


def test_an_outcome_is_told_in_words(client, published, planner) -> None:
    client.force_login(planner)

    told = [one.text for one in client.get(published.get_absolute_url()).context["happenings"]]

    assert told[1].startswith("validata con osservazioni. Bene.")


def test_what_was_not_validated_stays_with_whoever_prepares_it(
    client, report, secretary, planner, oiv, bergamo
) -> None:
    write(report)
    for outcome in ("not_validated", "validated"):
        approve_report(report, act=ACT, by=secretary, pdf_builder=lambda report, act: PDF)
        transmit_report(report, by=secretary)
        record_validation(report, outcome=outcome, notes="Segreti.", minutes=PDF, by=oiv)
        if outcome == "not_validated":
            rework_report(report, reason="Segreti.", by=planner)

    def read_by(name: str) -> tuple[list[int], list[int], int]:
        client.force_login(bergamo.user(name))
        context = client.get(report.get_absolute_url()).context
        answers = [
            client.get(page("report-file", report, number, "relazione.pdf")) for number in (1, 2)
        ]
        files = [answer.status_code for answer in answers if body(answer)]
        numbers = [line.edition.number for line in context["editions"]]
        return files, numbers, len(context["happenings"])

    assert read_by("dipendente") == ([404, 200], [2], 3)
    assert read_by("oiv") == ([200, 200], [2, 1], 8)


def test_a_damaged_closing_shows_nothing(client, report, planner, secretary) -> None:
    reopen_year(report.plan, 2012, reason="Un errore.", by=secretary)
    factories.year_closing(plan=report.plan, year=2012, number=2, snapshot_sha256="0" * 64)
    client.force_login(planner)

    for name in ("report-section", "report-section-edit"):
        assert client.get(page(name, report, "principali-risultati")).status_code == 503


# Approved, sent, published


def test_the_approval_is_blocked_while_texts_are_missing(client, report, secretary) -> None:
    client.force_login(secretary)

    [offer] = client.get(report.get_absolute_url()).context["offers"]
    refused = client.post(report.get_absolute_url(), FORM | {"act_file": upload()})

    assert len(offer.shown) == len(offer.blockers) == 6
    assert refused.status_code == 409
    assert "6 sezioni sono ancora senza testo" in refused.content.decode()
    assert not Build.objects.exists()


def test_what_is_missing_in_the_act_is_said_at_its_field(client, report, secretary) -> None:
    write(report)
    client.force_login(secretary)

    answer = client.post(report.get_absolute_url(), FORM | {"act_number": ""})

    [offer] = answer.context["offers"]
    assert set(offer.form.errors) == {"act_number", "act_file"}
    assert offer.look == "btn-primary"


def test_an_act_of_the_year_itself_approves_nothing(client, report, secretary) -> None:
    write(report)
    client.force_login(secretary)

    answer = client.post(
        report.get_absolute_url(), FORM | {"act_date": "2012-12-31", "act_file": upload()}
    )

    [offer] = answer.context["offers"]
    assert offer.form.errors["act_date"] == [
        "L’anno rendicontato finisce il 31.12.2012: l’atto è di un giorno successivo."
    ]
    assert not Build.objects.exists()


@pytest.mark.slow
def test_a_job_approves(client, report, secretary, django_capture_on_commit_callbacks) -> None:
    write(report)
    client.force_login(secretary)

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(report.get_absolute_url(), FORM | {"act_file": upload()})

    assert answer.status_code == 302
    report.refresh_from_db()
    assert report.state == "approved"
    edition = ReportEdition.objects.get()
    assert Build.objects.get().sha256 == edition.pdf_sha256
    assert (edition.is_pdf_intact(), edition.is_act_file_intact()) == (True, True)
    # Back at work, the approval that was is no news.
    client.post(report.get_absolute_url(), {"act": "rework_report", "reason": "Un errore."})
    assert client.get(report.get_absolute_url()).context["build"] is None


def test_while_an_approval_is_under_way_nothing_else_is_offered(client, report, secretary) -> None:
    write(report)
    request_approval(report, act=ACT, by=secretary, enqueue=lambda *_told: None)
    client.force_login(secretary)

    status = client.get(page("report-approval-status", report))

    assert "L’approvazione è in corso" in status.content.decode()
    assert "HX-Refresh" not in status.headers
    assert client.get(report.get_absolute_url()).context["offers"] == []
    Build.objects.all().delete()
    ended = client.get(page("report-approval-status", report))
    assert ended.headers["HX-Refresh"] == "true"


@pytest.mark.parametrize("refusal", ["unwritten", "not_permitted"])
def test_a_job_that_is_refused_says_why(report, secretary, planner, refusal) -> None:
    build = Build.objects.create(kind="approval-2011-2012", fingerprint="0" * 64)
    if refusal == "not_permitted":
        write(report)
    by = secretary if refusal == "unwritten" else planner
    act = {"type": "Delibera", "number": "7", "date": "2013-05-30", "body": "Giunta"}
    order = {"report": report.pk, "by": by.pk, "act": act, "act_file": ""}

    approve_report_job.func(build.pk, order)

    build.refresh_from_db()
    said = {"unwritten": "sono ancora senza testo", "not_permitted": "Il tuo ruolo non lo consente"}
    assert said[refusal] in build.error
    assert ReportEdition.objects.count() == 0


def test_a_failed_approval_stands_on_the_page(client, report, secretary) -> None:
    Build.objects.create(
        kind="approval-2011-2012",
        fingerprint="0" * 64,
        state="failed",
        error="Guasto.",
        finished_at=AT,
    )
    client.force_login(secretary)

    assert "Guasto." in client.get(report.get_absolute_url()).content.decode()


def test_it_is_sent_taken_back_and_published_from_its_page(
    client, report, secretary, planner, oiv
) -> None:
    write(report)
    approve_report(report, act=ACT, by=secretary, pdf_builder=lambda report, act: PDF)
    client.force_login(planner)
    address = report.get_absolute_url()
    assert [offer.look for offer in client.get(address).context["offers"]] == [
        "btn-primary",
        "btn-outline-primary",
    ]
    assert client.post(address, {"act": "transmit_report"}).status_code == 302
    assert client.post(address, {"act": "transmit_report"}).status_code == 409
    report.refresh_from_db()
    record_validation(report, outcome="not_validated", notes="Mancano i motivi.", by=oiv)
    refused = client.get(address)
    assert refused.context["remarks"] == ReportValidation.objects.get()
    assert [step.label for step in refused.context["steps"] if step.is_now] == ["non validata"]
    rework = client.post(address, {"act": "rework_report", "reason": "Rilievi dell'OIV."})
    assert rework.status_code == 302
    approve_report(report, act=ACT, by=secretary, pdf_builder=lambda report, act: PDF)
    transmit_report(report, by=secretary)
    record_validation(report, outcome="validated", by=oiv)

    assert client.post(address, {"act": "publish_report"}).status_code == 302

    done = client.get(address)
    assert done.context["report"].is_published
    assert all(step.is_done for step in done.context["steps"])
    assert [line.is_newest for line in done.context["editions"]] == [True, False]
    assert done.context["remarks"] is None


def test_acts_of_others_and_unknown_ones_are_refused(client, report, planner, oiv) -> None:
    client.force_login(oiv)
    assert client.post(report.get_absolute_url(), {"act": "publish_report"}).status_code == 403
    assert client.post(report.get_absolute_url(), {"act": "record_validation"}).status_code == 400
    assert client.post(report.get_absolute_url(), {}).status_code == 400


def test_a_year_that_is_open_again_is_told(client, report, secretary) -> None:
    reopen_year(report.plan, 2012, reason="Un errore.", by=secretary)
    client.force_login(secretary)

    assert "L’anno è di nuovo aperto" in client.get(report.get_absolute_url()).content.decode()


def test_files_of_an_approval_are_given_to_who_reads_it(client, published, bergamo) -> None:
    client.force_login(bergamo.user("dipendente"))

    for name in ("relazione.pdf", "atto.pdf", "verbale-oiv.pdf"):
        answer = client.get(page("report-file", published, 1, name))
        assert (answer.status_code, body(answer)) == (200, PDF)
    assert client.get(page("report-file", published, 1, "altro.pdf")).status_code == 404
    text = client.get(published.get_absolute_url()).content.decode()
    assert page("report-file", published, 1, "verbale-oiv.pdf") in text


def test_a_changed_file_is_not_served(client, published, settings, planner) -> None:
    client.force_login(planner)
    validation = ReportValidation.objects.get()
    Path(settings.MEDIA_ROOT, validation.minutes.name).write_bytes(b"altro")

    assert client.get(page("report-file", published, 1, "verbale-oiv.pdf")).status_code == 503


def test_the_page_costs_the_same_with_more_approvals(
    client, published, planner, django_assert_num_queries
) -> None:
    client.force_login(planner)
    client.get(published.get_absolute_url())
    with django_assert_num_queries(11):
        client.get(published.get_absolute_url())
    edition = ReportEdition.objects.get()
    for number in (2, 3):
        factories.report_edition(report=published, closing=edition.closing, number=number)
    with django_assert_num_queries(11):
        client.get(published.get_absolute_url())


def test_what_was_closed_is_not_loaded_where_it_is_not_read(client, published, planner) -> None:
    client.force_login(planner)
    address = ["2011-2013", 2012]

    def loads_closing(*addresses: str) -> bool:
        with CaptureQueriesContext(connection) as asked:
            for each in addresses:
                body(client.get(each))
        editions = [one["sql"] for one in asked if 'FROM "strategy_reportedition"' in one["sql"]]
        return any('"strategy_yearclosing"."snapshot"' in sql for sql in editions)

    assert not loads_closing(
        published.get_absolute_url(),
        *(reverse(f"public-report-{file}", args=address) for file in ("pdf", "act", "minutes")),
    )
    assert loads_closing(reverse("public-report-data", args=address))


@pytest.mark.parametrize(
    ("outcome", "tone"),
    [("validated", "ok"), ("with_remarks", "caution"), ("not_validated", "error")],
)
def test_an_outcome_has_one_colour(outcome, tone) -> None:
    assert outcome_tone(outcome) == tone


def test_remarks_look_the_same_on_every_page(client, published, planner, oiv) -> None:
    client.force_login(planner)
    pages = [
        published.get_absolute_url(),
        reverse("strategy:report-validation", args=[2011, 2012]),
        reverse("public-report", args=["2011-2013", 2012]),
    ]

    drawn = [re.findall(LOOK, client.get(each).content.decode()) for each in pages]

    assert drawn == [["caution"]] * 3


# The public page


def test_anybody_reads_what_is_published(client, published) -> None:
    listed = client.get(reverse("public")).content.decode()
    answer = client.get(published.public_url)

    assert published.public_url in listed
    text = answer.content.decode()
    assert "Validata con osservazioni" in text
    assert "Bene." in text
    edition = ReportEdition.objects.get()
    assert "".join(answer.context["hash_groups"]) == edition.pdf_sha256
    for name in ("pdf", "act", "minutes"):
        assert body(client.get(public(f"public-report-{name}", published))) == PDF


def test_the_degrees_of_the_year_are_published(client, published) -> None:
    address = public("public-report-data", published)

    answer = client.get(address)

    lines = answer.content.decode().splitlines()
    assert lines[0] == "year,level,code,name,method,measured,total,attainment"
    assert next(line for line in lines if ",ente," in line).endswith(",1,1,80.00")
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_published_degrees_are_those_that_were_closed(client, published, monkeypatch) -> None:
    """A later release may compute otherwise: what was closed is not computed anew."""
    monkeypatch.setattr("indicators.attainment.CAP", 0)
    monkeypatch.setattr(attainment_data, "attainment_in", None)
    monkeypatch.setattr(attainment_data, "body_score", None)

    lines = client.get(public("public-report-data", published)).content.decode().splitlines()

    assert [line.rsplit(",", 1)[1] for line in lines[1:]] == ["80.00"] * 6


def test_a_changed_file_is_not_published(client, published, settings) -> None:
    edition = ReportEdition.objects.get()
    Path(settings.MEDIA_ROOT, edition.pdf.name).write_bytes(b"altro")

    assert client.get(public("public-report-pdf", published)).status_code == 503
    assert not client.get(published.public_url).context["is_pdf_intact"]


def test_changed_data_are_not_published(client, bergamo) -> None:
    report = factories.performance_report(state="published")
    closing = factories.year_closing(plan=report.plan, year=report.year, snapshot_sha256="0" * 64)
    factories.report_validation(edition=factories.report_edition(report=report, closing=closing))

    assert client.get(report.public_url).context["year"] is None
    assert client.get(public("public-report-data", report)).status_code == 503


def test_what_was_never_given_is_not_there(client, report, secretary, oiv) -> None:
    write(report)
    approve_report(report, act=ACT, by=secretary, pdf_builder=lambda report, act: PDF)
    transmit_report(report, by=secretary)
    assert client.get(report.public_url).status_code == 404
    record_validation(report, outcome="validated", by=oiv)
    publish_report(report, by=secretary)

    assert client.get(report.public_url).status_code == 200
    for name in ("act", "minutes"):
        assert client.get(public(f"public-report-{name}", report)).status_code == 404
