"""The minutes say what the OIV found, keep both standards and can be given back signed."""

import io

import pytest

from documents.enums import PrintStage
from documents.models import Build
from documents.received_pdf import read_pdf
from strategy.minutes_pdf import (
    build_minutes_pdf,
    minutes_fingerprint,
    minutes_html,
    minutes_kind,
)
from strategy.minutes_tasks import build_minutes_job
from strategy.models import ReportExamination
from strategy.operations.examinations import (
    made_minutes,
    request_minutes,
    save_examination,
    seen_of,
)
from strategy.reports.examinations import examination_sheet
from tests import factories
from tests.documents.verapdf import validate
from tests.strategy.examined import COMPLETE, sent_edition, sent_report


@pytest.fixture
def report(year, planner, secretary):
    year.row("A", actual="80")
    year.row("B", actual="100")
    return sent_report(year, planner=planner, secretary=secretary)


@pytest.fixture
def oiv(bergamo):
    return bergamo.user("oiv")


@pytest.fixture
def sheet(report, oiv):
    save_examination(report, **COMPLETE, by=oiv)
    return examination_sheet(sent_edition(report))


def test_the_minutes_say_facts_criteria_and_decision(sheet) -> None:
    html = minutes_html(sheet)

    assert html.count('<th scope="row">') == 6 + 7
    for words in (
        "Verbale di validazione della Relazione sulla performance 2012",
        "Relazione sulla performance 2012, approvata con Delibera di Giunta n. 7 del 30.5.2013",
        "20.6.2013",
        "Sotto il target o non misurati: 1; senza motivo: 1.",
        "Un indicatore non ha evidenze.",
        "L’OIV valida la Relazione, con le osservazioni riportate sopra.",
    ):
        assert words in html


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("validated", "L’OIV valida la Relazione."),
        ("not_validated", "L’OIV non valida la Relazione, per i motivi riportati sopra."),
    ],
)
def test_the_decision_as_a_sentence(sheet, outcome, words) -> None:
    sheet.examination.outcome, sheet.examination.present = outcome, ""

    assert words in minutes_html(sheet)


def test_the_figures_are_those_that_the_relazione_states(year, report, sheet) -> None:
    known = [line.facts for line in sheet.lines]
    year.row("C", actual="0")

    assert [line.facts for line in examination_sheet(sent_edition(report)).lines] == known
    assert known[0].endswith("2 indicatori da misurare.")


def test_other_findings_make_other_minutes(report, oiv, sheet) -> None:
    before = minutes_fingerprint(sheet)
    save_examination(
        report, **COMPLETE | {"notes": "Altro."}, seen=seen_of(sheet.examination), by=oiv
    )

    assert minutes_fingerprint(examination_sheet(sent_edition(report))) != before


def test_a_worker_makes_them_unless_the_examination_changed(report, oiv, sheet) -> None:
    build = request_minutes(report, by=oiv, enqueue=lambda _pk: None)
    ReportExamination.objects.update(notes="Cambiate.")

    build_minutes_job.func(build.pk)

    build.refresh_from_db()
    assert (build.state, build.error != "") == ("failed", True)


def test_minutes_of_a_damaged_closing_are_not_made(report, oiv) -> None:
    damaged = factories.year_closing(
        plan=report.plan, year=2012, number=2, snapshot_sha256="0" * 64
    )
    edition = factories.report_edition(report=report, number=2, closing=damaged)
    build = Build.objects.create(kind=minutes_kind(edition), fingerprint="0" * 64)

    build_minutes_job.func(build.pk)

    build.refresh_from_db()
    assert build.state == "failed"
    assert "non ha più l’impronta" in build.error


@pytest.mark.slow
def test_the_minutes_keep_both_standards_and_can_be_given_back(
    report, oiv, sheet, tmp_path
) -> None:
    build = request_minutes(report, by=oiv, enqueue=lambda _pk: None)
    build_minutes_job.func(build.pk)
    content = made_minutes(sheet)
    file = tmp_path / "minutes.pdf"
    file.write_bytes(content)

    assert Build.objects.get(pk=build.pk).is_done
    assert read_pdf(io.BytesIO(content), size=len(content)) == content
    assert validate(file, "3a") == []
    assert validate(file, "ua1") == []


@pytest.mark.slow
def test_the_stages_are_told(sheet) -> None:
    heard: list[PrintStage] = []

    build_minutes_pdf(sheet, on_progress=lambda stage, _page: heard.append(stage))

    assert list(dict.fromkeys(heard)) == list(PrintStage)
