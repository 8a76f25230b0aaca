"""How the OIV examines a Relazione, asks for the minutes and decides."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import override

from documents.models import Build
from documents.operations import finish_build, start_build
from organization.enums import Role
from organization.models import AuditEvent, User
from strategy.models import CriterionFinding, ReportExamination, ReportValidation
from strategy.operations import publish_report, reopen_year
from strategy.operations.examinations import (
    Finding,
    decide_report,
    made_build,
    made_minutes,
    request_minutes,
    save_examination,
    seen_of,
)
from strategy.problems.examinations import examination_problems
from strategy.reports.examinations import examination_sheet
from tests import factories
from tests.bergamo import protected
from tests.strategy.examined import ACT, AT, COMPLETE, decide, sent_edition, sent_report

MINUTES = b"%PDF-1.7 stands in for the minutes"
TODAY = datetime.date(2013, 7, 1)


@pytest.fixture(autouse=True)
def _in_the_language_of_the_code():
    with override("en"):
        yield


@pytest.fixture
def oiv(bergamo) -> User:
    return bergamo.user("oiv")


@pytest.fixture
def report(year, planner, secretary):
    """The Relazione of 2012, sent to the OIV."""
    year.row("A", actual="80")
    return sent_report(year, planner=planner, secretary=secretary)


def codes_of(refused) -> set[str]:
    with pytest.raises(ValidationError) as refusal:
        refused()
    return {one.code for one in flatten(refusal.value)}


def flatten(refusal: ValidationError) -> list[ValidationError]:
    """Every single refusal, whatever field it is about."""
    at_fields = getattr(refusal, "error_dict", {"": getattr(refusal, "error_list", [])})
    return [one for errors in at_fields.values() for one in errors]


def corrected(year, at: datetime.datetime | None = None) -> None:
    """A validated figure of the year is corrected, and the correction validated."""
    [indicator] = {row.indicator for row in year.service.rows.all()}
    period = factories.monitoring_period(plan=year.plan, ends_on=datetime.date(2012, 6, 30))
    first = factories.recording(
        period=period, indicator=indicator, state="validated", is_current=False, entered_at=at or AT
    )
    factories.recording(
        period=period,
        indicator=indicator,
        state="validated",
        supersedes=first,
        correction_reason="Un errore.",
        entered_at=at or AT + datetime.timedelta(1),
    )


def ask(report, *, by) -> Build:
    return request_minutes(report, by=by, enqueue=lambda _pk: None)


def made(report, *, by) -> Build:
    """The minutes as the worker would make them."""
    build = start_build(build=ask(report, by=by))
    return finish_build(build=build, content=MINUTES, name="verbale.pdf")


def test_an_examination_is_saved_as_far_as_it_is(report, oiv) -> None:
    findings = {"plan": Finding("no", " Manca un obiettivo. ")}

    first = save_examination(report, findings=findings, by=oiv)

    assert (first.outcome, first.meeting_on, str(first.saved_by)) == ("", None, str(oiv))
    kept = {one.criterion: (one.answer, one.observation) for one in first.findings.all()}
    assert len(kept) == 7
    assert (kept["plan"], kept["clarity"]) == (("no", "Manca un obiettivo."), ("", ""))
    event = AuditEvent.objects.about(report).order_by("-pk")[0]
    assert (event.verb, event.after) == ("examination.saved", {"year": 2012})


def test_what_changed_is_saved_again_and_what_did_not_is_not(report, oiv) -> None:
    first = save_examination(report, **COMPLETE, by=oiv)
    findings = COMPLETE["findings"] | {"plan": Finding("no", "Manca un obiettivo.")}

    again = save_examination(
        report, **COMPLETE | {"findings": findings}, seen=seen_of(first), by=oiv
    )

    assert again.pk == first.pk
    versions = {one.criterion: one.history.count() for one in CriterionFinding.objects.all()}
    assert versions == dict.fromkeys(versions, 1) | {"plan": 2}


def test_of_two_who_save_the_second_is_told(report, oiv) -> None:
    save_examination(report, **COMPLETE, by=oiv)

    assert codes_of(lambda: save_examination(report, **COMPLETE, by=oiv)) == {"stale"}


@pytest.mark.parametrize("username", ["pianificazione", "segretario", "amministratore"])
def test_only_the_oiv_examines_and_decides(report, bergamo, username) -> None:
    user = bergamo.user(username)

    for act in (
        lambda: save_examination(report, **COMPLETE, by=user),
        lambda: ask(report, by=user),
        lambda: decide(report, signed=MINUTES, by=user),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert not ReportExamination.objects.exists()


@pytest.mark.parametrize("role", [Role.PLANNER, Role.SECRETARY_GENERAL])
def test_whoever_writes_or_approves_it_does_not_validate_it(report, oiv, role) -> None:
    save_examination(report, **COMPLETE, by=oiv)
    factories.appointment(person=oiv.person, role=role, unit=factories.unit())
    both = User.objects.get(pk=oiv.pk)

    with pytest.raises(PermissionDenied):
        decide(report, signed=MINUTES, by=both)
    assert not ReportExamination.objects.visible_to(both).exists()


def test_nothing_changes_what_was_examined_once_it_is_decided(report, oiv) -> None:
    examination = save_examination(report, **COMPLETE, by=oiv)
    finding = examination.findings.first()
    finding.save()
    decide(report, signed=MINUTES, by=oiv)

    for kept in (examination, finding):
        with pytest.raises(ValidationError):
            kept.save()
        with pytest.raises(ValidationError):
            kept.delete()
        table = kept._meta.db_table
        with protected(table), connection.cursor() as cursor:
            for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):  # noqa: S608 - the name of a table of ours
                with pytest.raises(IntegrityError), transaction.atomic():
                    cursor.execute(statement)
    finding.pk, finding.criterion = None, "another"
    with pytest.raises(IntegrityError), transaction.atomic():
        CriterionFinding.objects.bulk_create([finding])


def test_what_is_not_decided_is_still_taken_away(report, oiv) -> None:
    examination = save_examination(report, **COMPLETE, by=oiv)

    with protected("strategy_reportexamination"), protected("strategy_criterionfinding"):
        examination.findings.first().delete()
        examination.delete()

    assert not CriterionFinding.objects.exists()


def test_minutes_are_asked_for_once_for_the_same_examination(report, oiv) -> None:
    first = save_examination(report, **COMPLETE, by=oiv)

    build = ask(report, by=oiv)

    assert build.kind == "minutes-2011-2012-1"
    assert ask(report, by=oiv) == build
    save_examination(report, **COMPLETE | {"present": "Altri"}, seen=seen_of(first), by=oiv)
    assert ask(report, by=oiv) != build


def test_an_examination_that_is_not_complete_is_neither_printed_nor_decided(report, oiv) -> None:
    assert codes_of(lambda: ask(report, by=oiv)) == {"incomplete"}
    save_examination(report, **COMPLETE | {"outcome": ""}, by=oiv)
    assert codes_of(lambda: decide(report, signed=MINUTES, by=oiv)) == {"incomplete"}


def test_the_decision_keeps_the_minutes_that_were_made(report, oiv) -> None:
    save_examination(report, **COMPLETE, by=oiv)
    assert codes_of(lambda: decide(report, by=oiv)) == {"minutes"}
    build = made(report, by=oiv)

    decided = decide(report, by=oiv)

    assert (decided.outcome, decided.notes) == ("with_remarks", COMPLETE["notes"])
    assert decided.minutes_sha256 == build.sha256
    with decided.minutes.open("rb") as file:
        assert file.read() == MINUTES
    report.refresh_from_db()
    assert report.state == "with_remarks"


def test_signed_minutes_come_before_those_made_here(report, oiv) -> None:
    save_examination(report, **COMPLETE, by=oiv)
    made(report, by=oiv)

    decided = decide(report, signed=b"%PDF signed", by=oiv)

    with decided.minutes.open("rb") as file:
        assert file.read() == b"%PDF signed"


def test_what_another_member_saved_meanwhile_is_read_before_it_is_decided(report, oiv) -> None:
    first = save_examination(report, **COMPLETE, by=oiv)
    save_examination(report, **COMPLETE | {"outcome": "not_validated"}, seen=seen_of(first), by=oiv)

    def decided() -> None:
        decide_report(report, seen=seen_of(first), signed=MINUTES, by=oiv)

    assert codes_of(decided) == {"stale"}
    assert not ReportValidation.objects.exists()


def test_a_relazione_whose_year_was_opened_again_is_not_decided(report, oiv, secretary) -> None:
    save_examination(report, **COMPLETE, by=oiv)
    reopen_year(report.plan, 2012, reason="Un errore.", by=secretary)

    refused = [
        codes_of(lambda: ask(report, by=oiv)),
        codes_of(lambda: decide(report, signed=MINUTES, by=oiv)),
    ]

    assert refused == [{"reopened"}] * 2
    assert not ReportValidation.objects.exists()


@pytest.mark.parametrize("part", ["pdf", "data", "closing"])
def test_a_damaged_relazione_is_not_decided(report, oiv, part) -> None:
    closing = sent_edition(report).closing
    if part == "closing":
        closing = factories.year_closing(
            plan=report.plan, year=2012, number=2, snapshot_sha256="0" * 64
        )
    hashes = {"pdf": {"pdf_sha256": "0" * 64}, "data": {"snapshot_sha256": "0" * 64}}
    pdf = report.editions.get().pdf.name
    whole = {"pdf": pdf, "pdf_sha256": report.editions.get().pdf_sha256}
    factories.report_edition(
        report=report, number=2, closing=closing, **whole | hashes.get(part, {})
    )

    refused = [
        codes_of(lambda: ask(report, by=oiv)),
        codes_of(lambda: decide(report, signed=MINUTES, by=oiv)),
    ]

    assert refused == [{"damaged"}] * 2


def test_corrections_after_the_closing_change_neither_facts_nor_minutes(
    year, report, oiv, secretary
) -> None:
    save_examination(report, **COMPLETE, by=oiv)
    build = made(report, by=oiv)
    known = examination_sheet(sent_edition(report)).lines[4].facts
    corrected(year)

    after = examination_sheet(sent_edition(report))

    assert (after.lines[4].facts, after.found.corrected_count) == (known, 0)
    assert made_build(after) == build


def test_corrections_before_the_closing_are_counted_and_part_of_the_minutes(
    year, report, oiv
) -> None:
    save_examination(report, **COMPLETE, by=oiv)
    build = made(report, by=oiv)
    corrected(year, at=AT - datetime.timedelta(1))

    after = examination_sheet(sent_edition(report))

    assert after.found.corrected_count == 1
    assert made_build(after) != build


def test_what_was_decided_is_not_examined_again(report, oiv, secretary) -> None:
    first = save_examination(report, **COMPLETE, by=oiv)
    decide(report, signed=MINUTES, by=oiv)

    refused = [
        codes_of(lambda: save_examination(report, **COMPLETE, seen=seen_of(first), by=oiv)),
        codes_of(lambda: ask(report, by=oiv)),
        codes_of(lambda: decide(report, signed=MINUTES, by=oiv)),
    ]

    assert refused == [{"state"}] * 3
    publish_report(report, by=secretary)
    assert ReportValidation.objects.count() == 1


def test_minutes_that_are_gone_or_altered_are_none(report, oiv) -> None:
    save_examination(report, **COMPLETE, by=oiv)
    build = made(report, by=oiv)
    sheet = examination_sheet(sent_edition(report))

    assert made_minutes(sheet) == MINUTES
    Build.objects.filter(pk=build.pk).update(sha256="0" * 64)
    assert made_minutes(sheet) == b""
    build.file.storage.delete(build.file.name)
    assert made_minutes(sheet) == b""


def test_an_examination_is_read_by_the_oiv_and_once_it_is_decided_by_those_it_asks(
    report, oiv, bergamo
) -> None:
    save_examination(report, **COMPLETE, by=oiv)
    readers = ["oiv", "pianificazione", "segretario", "amministratore", "dipendente"]

    def seen() -> list[int]:
        users = map(bergamo.user, readers)
        return [ReportExamination.objects.visible_to(user).count() for user in users]

    assert seen() == [1, 0, 0, 0, 0]
    decide(report, signed=MINUTES, by=oiv)
    assert seen() == [1, 1, 1, 1, 0]


# What the minutes still lack

REMARKED = Finding("observed", "Ecco.")
PROBLEMS = [
    ({}, []),
    ({"meeting_on": None}, [("meeting_on", "Write the day of the meeting.")]),
    (
        {"meeting_on": TODAY + datetime.timedelta(1)},
        [("meeting_on", "The day of the meeting has yet to come.")],
    ),
    ({"meeting_on": ACT.date}, []),
    (
        {"meeting_on": ACT.date - datetime.timedelta(1)},
        [
            (
                "meeting_on",
                "The Relazione was approved on 30.5.2013: the meeting cannot come before.",
            )
        ],
    ),
    ({"present": ""}, [("present", "Write who was there.")]),
    ({"outcome": ""}, [("outcome", "Choose the outcome.")]),
    ({"outcome": "validated", "notes": ""}, []),
    ({"notes": ""}, [("notes", "Say in the overall observations what is remarked.")]),
    (
        {"plan": Finding()},
        [
            (
                "answer_plan",
                "Answer the criterion “The Relazione is coherent with the plan of its year”.",
            )
        ],
    ),
    ({"plan": Finding("no", "Manca.")}, []),
    (
        {"clarity": Finding("no")},
        [
            (
                "observation_clarity",
                "Say what is remarked of “The Relazione is clear and can be understood”.",
            )
        ],
    ),
    (
        {"outcome": "validated", "clarity": Finding("no", "Oscura.")},
        [("outcome", "A criterion is answered no: validate with remarks, or do not validate.")],
    ),
]


OWN = ("meeting_on", "present", "outcome", "notes")


@pytest.mark.parametrize(("changed", "expected"), PROBLEMS)
def test_what_the_minutes_still_lack(changed, expected) -> None:
    own = {name: changed.get(name, COMPLETE[name]) for name in OWN}
    findings = COMPLETE["findings"] | {
        name: value for name, value in changed.items() if isinstance(value, Finding)
    }
    found = {
        name: CriterionFinding(criterion=name, answer=one.answer, observation=one.observation)
        for name, one in findings.items()
    }

    assert (
        examination_problems(ReportExamination(**own), found, approved_on=ACT.date, today=TODAY)
        == expected
    )


def test_a_criterion_without_a_finding_is_not_answered() -> None:
    own = {name: COMPLETE[name] for name in OWN}

    found = examination_problems(ReportExamination(**own), {}, approved_on=ACT.date, today=TODAY)

    assert len(found) == 7


def test_an_examination_and_a_finding_name_themselves(report, oiv) -> None:
    examination = factories.report_examination(edition=sent_edition(report))
    finding = factories.criterion_finding(examination=examination, answer="")

    assert str(examination).endswith(": –")
    assert str(finding).endswith(": –")
