"""The life of a Relazione: begun, approved, sent to the OIV, validated or not, published."""

import datetime
import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import override

from documents.models import Build
from organization.models import AuditEvent, User
from strategy.acts import Act
from strategy.models import PerformanceReport, ReportEdition, ReportSection, ReportValidation
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
from strategy.operations.performance_reports import locked_report, record_validation
from strategy.operations.sound_reports import approved_edition
from strategy.report_enums import ReportAct, ReportOutcome, ReportState
from strategy.report_index import INDEX
from strategy.reports.report_closing import last_edition
from strategy.transitions import (
    REPORT_STEPS,
    report_acts_possible,
    report_destination,
    report_step_of,
)
from tests import factories
from tests.bergamo import protected

AT = datetime.datetime(2013, 6, 1, 10, tzinfo=datetime.UTC)
ACT = Act(type="Delibera", number="7", date=datetime.date(2013, 5, 30), body="Giunta")
PDF = b"%PDF-1.7 stands in for the Relazione"
MINUTES = b"%PDF-1.7 stands in for the minutes"
WAYS = {
    "draft": {"write_report": "draft", "approve_report": "approved"},
    "approved": {"transmit_report": "transmitted", "rework_report": "draft"},
    "transmitted": {"validate_report": "not_validated"},
    "validated": {"publish_report": "published"},
    "with_remarks": {"publish_report": "published"},
    "not_validated": {"rework_report": "draft"},
    "published": {},
}


@pytest.fixture
def oiv(bergamo) -> User:
    return bergamo.user("oiv")


@pytest.fixture
def report(year, planner, secretary) -> PerformanceReport:
    """The Relazione of 2012, whose year is closed."""
    year.row("A", actual="80")
    close_year(year.plan, year.year, by=secretary, at=AT)
    return open_report(year.plan, year.year, by=planner, at=AT)


def write_required(report: PerformanceReport) -> None:
    report.sections.filter(is_required=True).update(body="<p>Testo.</p>")


def approve(report, *, by, **more) -> ReportEdition:
    write_required(report)
    return approve_report(
        report, act=ACT, by=by, at=AT, pdf_builder=lambda report, act: PDF, **more
    )


def sent(report, *, secretary) -> PerformanceReport:
    approve(report, by=secretary)
    return transmit_report(report, by=secretary, at=AT)


def code_of(refused) -> str:
    with pytest.raises(ValidationError) as refusal:
        refused()
    return refusal.value.code


def test_a_relazione_begins_with_the_sections_of_the_index(report, planner) -> None:
    assert (report.state, report.opened_by_label) == (ReportState.DRAFT, str(planner))
    assert [section.slug for section in report.sections.in_order()] == [e.slug for e in INDEX]
    assert report.sections.get(slug="bilancio-di-genere").heading == "3.4 Bilancio di genere"
    assert [s.slug for s in report.sections.unwritten()] == [
        "premessa",
        "principali-risultati",
        "contesto-e-risorse",
        "valutazione-complessiva",
        "bilancio-di-genere",
        "obiettivi-individuali",
    ]
    assert AuditEvent.objects.about(report).get().verb == "report.opened"


def test_a_relazione_is_begun_once_and_of_a_closed_year(year, report, planner, head) -> None:
    assert code_of(lambda: open_report(year.plan, 2012, by=planner)) == "exists"
    assert code_of(lambda: open_report(year.plan, 2013, by=planner)) == "open_year"
    with pytest.raises(PermissionDenied):
        open_report(year.plan, 2013, by=head)


def test_the_approval_keeps_data_file_and_act_with_their_hashes(report, secretary) -> None:
    edition = approve(report, by=secretary, act_file=b"%PDF atto")

    kept = ReportEdition.objects.get()
    assert kept.pk == edition.pk
    assert (kept.number, kept.act) == (1, "Delibera di Giunta n. 7 del 30.5.2013")
    assert kept.is_snapshot_intact()
    assert kept.is_pdf_intact()
    assert kept.is_act_file_intact()
    data = json.loads(kept.snapshot)
    assert data["closing"] == {"number": 1, "sha256": kept.closing.snapshot_sha256}
    assert data["sections"][0]["body"] == "<p>Testo.</p>"
    report.refresh_from_db()
    assert report.state == ReportState.APPROVED
    event = AuditEvent.objects.about(report).get(verb="report.approved")
    assert event.after["pdf_sha256"] == kept.pdf_sha256
    assert event.after["act_file_sha256"] == kept.act_file_sha256


def test_required_sections_without_a_text_hold_up_the_approval(report, secretary) -> None:
    write_required(report)
    report.sections.filter(slug="premessa").update(body="")

    with pytest.raises(ValidationError) as refusal:
        approve_report(report, act=ACT, by=secretary, pdf_builder=lambda report, act: PDF)

    assert refusal.value.code == "unwritten"
    assert refusal.value.messages == ["Non approvata: 1 sezione è ancora senza testo: Premessa."]
    assert ReportEdition.objects.count() == 0


def test_no_body_approves_a_year_that_has_not_ended(report, secretary) -> None:
    write_required(report)
    early = replace(ACT, date=datetime.date(2012, 12, 31))

    with pytest.raises(ValidationError) as refusal:
        approve_report(report, act=early, by=secretary, at=AT, pdf_builder=lambda report, act: PDF)

    assert list(refusal.value.message_dict) == ["act_date"]
    assert not ReportEdition.objects.exists()


def test_the_approval_needs_the_year_to_be_closed(year, report, secretary) -> None:
    reopen_year(year.plan, 2012, reason="Un errore.", by=secretary)

    assert code_of(lambda: approve(report, by=secretary)) == "open_year"


def test_nobody_writes_a_relazione_by_itself(report) -> None:
    with pytest.raises(PermissionDenied):
        locked_report(ReportAct.WRITE, report, by=None)


def test_what_changes_while_the_pdf_is_made_is_not_approved(report, secretary, settings) -> None:
    write_required(report)

    def builder(report, act) -> bytes:
        ReportSection.objects.filter(slug="premessa").update(body="<p>Altro.</p>")
        return PDF

    def refused() -> None:
        approve_report(report, act=ACT, act_file=b"%PDF", by=secretary, at=AT, pdf_builder=builder)

    assert code_of(refused) == "changed"
    assert not [f for f in settings.MEDIA_ROOT.rglob("*relazione*") if f.is_file()]


def test_a_job_is_told_how_to_approve(
    report, secretary, django_capture_on_commit_callbacks
) -> None:
    write_required(report)
    orders = []

    def ask(**more) -> Build:
        return request_approval(
            report, by=secretary, at=AT, enqueue=lambda build, order: None, **{"act": ACT} | more
        )

    with django_capture_on_commit_callbacks(execute=True):
        build = request_approval(
            report,
            act=ACT,
            act_file=b"%PDF",
            by=secretary,
            at=AT,
            enqueue=lambda pk, order: orders.append((pk, order)),
        )

    assert build.kind == f"approval-2011-{report.year}"
    [(pk, order)] = orders
    assert (pk, order["report"], order["act"]["date"]) == (build.pk, report.pk, "2013-05-30")
    assert order["act_file"].startswith("adoptions/atto-relazione-2012")
    assert code_of(ask) == "under_way"


def test_an_approval_asked_for_without_the_file_of_the_act(report, secretary) -> None:
    write_required(report)

    build = request_approval(report, act=ACT, by=secretary, enqueue=lambda *_told: None)

    assert build.is_open


def test_an_act_to_come_and_an_unnamed_one_are_refused(report, secretary, settings) -> None:
    settings.DEMO_DATE = datetime.date(2013, 6, 1)
    write_required(report)

    def fields_of(**more) -> set[str]:
        act = Act(**{"type": "Delibera", "number": "7", "date": ACT.date, "body": "Giunta"} | more)
        with pytest.raises(ValidationError) as refusal:
            request_approval(report, act=act, by=secretary, enqueue=lambda *_told: None)
        return set(refusal.value.error_dict)

    assert fields_of(date=datetime.date(2013, 7, 1)) == {"act_date"}
    assert fields_of(number="") == {"act_number"}


def test_a_year_opened_again_after_the_approval_is_not_sent(year, report, secretary) -> None:
    approve(report, by=secretary)
    reopen_year(year.plan, 2012, reason="Un errore.", by=secretary)

    assert code_of(lambda: transmit_report(report, by=secretary)) == "reopened"


@pytest.mark.parametrize("outcome", [None, "validated", "with_remarks"])
def test_a_year_opened_again_leads_back_to_work_from_wherever_it_stands(
    year, report, secretary, planner, oiv, outcome
) -> None:
    sent(report, secretary=secretary)
    if outcome:
        record_validation(report, outcome=outcome, notes="Bene.", by=oiv)
    assert code_of(lambda: rework_report(report, reason="Un errore.", by=planner)) == "state"
    reopen_year(year.plan, 2012, reason="Un errore.", by=secretary)

    goes_on = publish_report if outcome else partial(record_validation, outcome="validated")
    refused = code_of(lambda: goes_on(report, by=secretary if outcome else oiv))
    again = rework_report(report, reason="Un errore.", by=planner, at=AT)

    assert (refused, again.state, again.transmitted_at) == ("reopened", "draft", None)
    close_year(year.plan, 2012, by=secretary, at=AT)
    second = approve(report, by=secretary)
    assert (second.number, second.closing.number) == (2, 2)
    transmit_report(report, by=planner)
    record_validation(report, outcome="validated", by=oiv)
    publish_report(report, by=planner)
    assert list(ReportEdition.objects.public()) == [second]


def test_what_is_published_does_not_go_back(year, report, secretary, planner, oiv) -> None:
    sent(report, secretary=secretary)
    record_validation(report, outcome="validated", by=oiv)
    publish_report(report, by=planner)
    reopen_year(year.plan, 2012, reason="Un errore.", by=secretary)

    assert code_of(lambda: rework_report(report, reason="Un errore.", by=planner)) == "state"


def test_a_damaged_relazione_is_not_published(report, secretary, planner, oiv, settings) -> None:
    sent(report, secretary=secretary)
    record_validation(report, outcome="validated", minutes=MINUTES, by=oiv)
    Path(settings.MEDIA_ROOT, ReportValidation.objects.get().minutes.name).write_bytes(b"altro")

    assert code_of(lambda: publish_report(report, by=planner)) == "damaged"


def test_the_act_is_in_italian_whatever_the_office_reads(year, planner, secretary) -> None:
    close_year(year.plan, year.year, by=secretary, at=AT)
    with override("en"):
        report = open_report(year.plan, year.year, by=planner, at=AT)

    assert report.sections.get(slug="principali-risultati").title == "Principali risultati"


def test_approvals_replaced_or_not_validated_stay_with_whoever_prepares_them(
    report, secretary, planner, oiv, bergamo
) -> None:
    sent(report, secretary=secretary)
    record_validation(report, outcome="not_validated", notes="Mancano i motivi.", by=oiv)
    rework_report(report, reason="Rilievi.", by=planner)

    def seen(name: str) -> list[int]:
        editions = ReportEdition.objects.visible_to(bergamo.user(name)).order_by("number")
        return list(editions.values_list("number", flat=True))

    assert (seen("oiv"), seen("dipendente")) == ([1], [])
    sent(report, secretary=secretary)
    assert (seen("pianificazione"), seen("dipendente")) == ([1, 2], [2])
    assert ReportEdition.objects.visible_to(AnonymousUser()).count() == 0


def test_what_was_never_approved_has_no_approval(db) -> None:
    report = factories.performance_report(state="approved")

    assert (last_edition(report), report.is_overtaken) == (None, False)
    with pytest.raises(ReportEdition.DoesNotExist):
        approved_edition(report)


def test_the_oiv_alone_validates(report, secretary, planner, oiv) -> None:
    sent(report, secretary=secretary)
    for other in (secretary, planner):
        with pytest.raises(PermissionDenied):
            record_validation(report, outcome="validated", by=other)

    decided = record_validation(
        report, outcome=ReportOutcome.VALIDATED, minutes=MINUTES, by=oiv, at=AT
    )

    assert (decided.validated_by_label, decided.are_minutes_intact()) == (str(oiv), True)
    report.refresh_from_db()
    assert (report.state, report.transmitted_by_label) == (ReportState.VALIDATED, str(secretary))
    event = AuditEvent.objects.about(report).get(verb="report.validated")
    assert event.after == {
        "year": 2012,
        "outcome": "validated",
        "minutes_sha256": decided.minutes_sha256,
    }


@pytest.mark.parametrize("outcome", sorted(ReportOutcome.reasoned))
def test_remarks_and_refusals_say_why(report, secretary, oiv, outcome) -> None:
    sent(report, secretary=secretary)

    with pytest.raises(ValidationError) as refusal:
        record_validation(report, outcome=outcome, notes=" ", by=oiv)
    assert set(refusal.value.error_dict) == {"notes"}

    record_validation(report, outcome=outcome, notes="Manca la fonte.", by=oiv)
    report.refresh_from_db()
    assert report.state == outcome


def test_a_failed_validation_leaves_no_file(report, secretary, oiv, settings) -> None:
    sent(report, secretary=secretary)

    factories.report_validation(edition=report.editions.get())

    for minutes in (MINUTES, b""):
        with pytest.raises(ValidationError):
            record_validation(report, outcome="validated", minutes=minutes, by=oiv)

    assert not [f for f in settings.MEDIA_ROOT.rglob("verbale*") if f.is_file()]


def test_what_is_not_validated_goes_back_to_work_and_is_approved_again(
    report, secretary, planner, oiv
) -> None:
    sent(report, secretary=secretary)
    record_validation(report, outcome="not_validated", notes="Mancano i motivi.", by=oiv)

    with pytest.raises(ValidationError):
        rework_report(report, reason=" ", by=planner)
    again = rework_report(report, reason="Rilievi dell'OIV.", by=planner, at=AT)

    assert (again.state, again.transmitted_at) == (ReportState.DRAFT, None)
    assert (again.rework_reason, again.reworked_by_label) == ("Rilievi dell'OIV.", str(planner))
    assert approve(report, by=secretary).number == 2
    assert ReportValidation.objects.get().edition.number == 1


def test_only_a_validated_relazione_is_published(report, secretary, planner, oiv) -> None:
    sent(report, secretary=secretary)
    assert code_of(lambda: publish_report(report, by=planner)) == "state"
    assert ReportEdition.objects.public().count() == 0
    record_validation(report, outcome="with_remarks", notes="Bene, ma.", by=oiv)
    assert ReportEdition.objects.public().count() == 0

    with pytest.raises(PermissionDenied):
        publish_report(report, by=oiv)
    published = publish_report(report, by=planner, at=AT)

    assert published.is_published
    assert published.published_by_label == str(planner)
    assert list(ReportEdition.objects.public()) == [ReportEdition.objects.get()]
    assert not published.is_editable


@pytest.mark.parametrize("state", ReportState)
def test_each_state_has_its_acts_and_each_act_its_destination(state) -> None:
    outcomes = {ReportAct.VALIDATE: ReportOutcome.NOT_VALIDATED}
    found = {act: report_destination(act, state, outcome=outcomes.get(act)) for act in ReportAct}

    assert {act.value: to.value for act, to in found.items() if to} == WAYS[state]
    assert [act.value for act in report_acts_possible(state)] == list(WAYS[state])


@pytest.mark.parametrize("state", ReportState)
def test_a_year_opened_again_adds_the_way_back_to_work(state) -> None:
    added = set(report_acts_possible(state, is_overtaken=True)) - set(report_acts_possible(state))
    goes_back = state in {"transmitted", "validated", "with_remarks"}

    assert added == ({ReportAct.REWORK} if goes_back else set())
    if goes_back:
        found = report_destination(ReportAct.REWORK, state, is_overtaken=True)
        assert found == ReportState.DRAFT


def test_every_state_has_its_place_among_the_steps() -> None:
    places = [report_step_of(state) for state in ReportState]

    assert places == [0, 1, 2, 3, 3, 3, 4]
    assert len(REPORT_STEPS) == 5


def test_drafts_are_read_by_whoever_prepares_and_checks_them(bergamo) -> None:
    draft = factories.performance_report()
    approved = factories.performance_report(state="approved")

    def seen(name: str) -> set[PerformanceReport]:
        return set(PerformanceReport.objects.visible_to(bergamo.user(name)))

    assert seen("oiv") == seen("pianificazione") == {draft, approved}
    assert seen("dipendente") == {approved}


@pytest.mark.parametrize("make", [factories.report_edition, factories.report_validation])
def test_what_was_decided_never_changes(db, make) -> None:
    made = make()

    with pytest.raises(ValidationError):
        made.save()
    with pytest.raises(ValidationError):
        made.delete()
    table = made._meta.db_table
    with protected(table), connection.cursor() as cursor:
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):  # noqa: S608
            with pytest.raises(IntegrityError), transaction.atomic():
                cursor.execute(statement)
