"""The printed Relazione says what the closing says, keeps both standards, carries its data."""

import csv
import datetime
import io
import json

import pypdf
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from documents.enums import PrintStage
from documents.pdf import PrintError
from indicators.enums import Treatment
from organization.models import Institution
from strategy.acts import Act
from strategy.attainment_data import attainment_rows, kept_attainment_rows
from strategy.block_registry import Medium
from strategy.models import PerformanceReport, YearClosing
from strategy.monitoring_enums import DeviationCause
from strategy.operations import (
    approve_exclusions,
    close_year,
    explain_deviation,
    open_report,
    propose_exclusions,
    reopen_year,
)
from strategy.operations.document import is_empty, mark_section, restore_section, write_section
from strategy.report_blocks import labelled_blocks, report_views
from strategy.report_document import report_document, report_html
from strategy.report_enums import ReportState
from strategy.report_index import INDEX, asked_of, blocks_of
from strategy.report_pdf import (
    YEAR_DATA,
    attainment_file,
    build_report_pdf,
    report_fingerprint,
    year_files,
)
from strategy.report_registry import KINDS
from strategy.reports.closing import DamagedClosingError
from strategy.reports.document import section_versions
from strategy.reports.report_sections import asks_in, report_outline
from strategy.reports.report_year import ReportFigures
from strategy.score_drawings import degree_bars
from tests import factories
from tests.documents.verapdf import validate

pytestmark = pytest.mark.slow

AT = datetime.datetime(2013, 3, 1, 10, tzinfo=datetime.UTC)
ACT = Act(type="Delibera", number="7", date=datetime.date(2013, 5, 30), body="Giunta")


@pytest.fixture
def report(year, planner, secretary) -> PerformanceReport:
    """The Relazione of 2012: one indicator reached, one missed with its reason, one excluded."""
    year.row("Certificati", actual="100")
    missed = year.row("Eventi", actual="80")
    lost = year.row("Visite")
    explain_deviation(
        year.plan,
        2012,
        indicator=missed.pk,
        reason="Il bando è slittato",
        cause=DeviationCause.EXOGENOUS,
        corrective_action="Anticipare il bando",
        by=planner,
    )
    propose_exclusions(
        year.plan, 2012, indicators=[lost.pk], reason="Rilevazione dismessa.", by=planner
    )
    proposed = year.plan.resolutions.get(treatment=Treatment.EXCLUDED)
    approve_exclusions(year.plan, 2012, resolutions=[proposed.pk], by=secretary)
    factories.actual(indicator=missed, year=2011, printed="70")
    close_year(year.plan, 2012, by=secretary, at=AT)
    return open_report(year.plan, 2012, by=planner, at=AT)


def views_of(report, slug, **more):
    section = report.sections.get(slug=slug)
    return report_views(section, ReportFigures(report), **more)


def test_every_block_of_the_index_can_be_built() -> None:
    assert {kind for entry in INDEX for kind in entry.blocks} == set(KINDS)
    assert (asked_of("altro"), blocks_of("altro")) == ("", ())


@pytest.mark.parametrize("medium", Medium)
def test_every_section_is_drawn_for_page_and_paper(report, medium) -> None:
    shared = ReportFigures(report)

    for section in report.sections.in_order():
        for view in report_views(section, shared, medium=medium):
            assert view.render().strip()
            assert not view.problem


def test_a_table_tells_target_result_deviation_attainment_and_reason(report) -> None:
    [view] = views_of(report, "obiettivi-strategici", medium=Medium.PRINT)

    lines = {row.line.name: row for row in view.context["sheet"].lines}
    missed = lines["Eventi"].line
    assert (missed.target.printed, missed.actual.printed) == ("100", "80")
    assert (missed.difference, missed.mark.text) == ("-20", "80,0%")
    assert lines["Eventi"].reason == (
        "Il bando è slittato. Causa: esogena. Azione correttiva: Anticipare il bando."
    )
    assert lines["Certificati"].reason == ""
    assert lines["Visite"].reason.endswith("Rilevazione dismessa.")
    html = view.render()
    assert html.count("<tr>") - html.count("<thead>") == 3
    assert '<td class="n">−20</td>' in html
    assert view.context["sheet"].told == "90,0%, raggiunto; misurati 2 di 2, 1 escluso"


def test_a_deviation_without_its_reason_says_so(year, planner, secretary) -> None:
    year.row("Eventi", actual="80")
    close_year(year.plan, 2012, by=secretary, at=AT)
    report = open_report(year.plan, 2012, by=planner, at=AT)

    view = views_of(report, "valutazione-complessiva")[-1]

    assert [row.reason for row in view.context["sheet"].lines] == ["Motivo non indicato."]


def test_deviations_of_one_objective_stand_together(year, planner, secretary) -> None:
    year.row("Eventi", actual="80")
    objective = factories.strategic_objective(
        perspective=year.action.objective.perspective, code="1.2", position=2
    )
    first, year.action = year.action, factories.action(objective=objective)
    year.row("Visure", actual="80")
    year.action = first
    year.row("Turni", actual="80", strategic=False)
    close_year(year.plan, 2012, by=secretary, at=AT)
    report = open_report(year.plan, 2012, by=planner, at=AT)

    sheet = views_of(report, "valutazione-complessiva")[-1].context["sheet"]

    assert [row.line.name for row in sheet.lines] == ["Eventi", "Turni", "Visure"]
    assert len(sheet.groups) == 2


def test_a_reason_tells_what_is_known_of_it(year, planner, secretary) -> None:
    figure = year.row("Eventi", actual="80")
    row = factories.recording(
        period=factories.monitoring_period(
            plan=year.plan,
            ends_on=datetime.date(2012, 12, 31),
            opens_on=datetime.date(2012, 12, 31),
            closes_on=datetime.date(2013, 1, 15),
        ),
        indicator=figure,
        state="validated",
        reason="Il bando è slittato.",
    )
    assert row.cause == ""
    close_year(year.plan, 2012, by=secretary, at=AT)
    report = open_report(year.plan, 2012, by=planner, at=AT)

    view = views_of(report, "valutazione-complessiva")[-1]

    assert [one.reason for one in view.context["sheet"].lines] == ["Il bando è slittato."]


def test_an_objective_without_anything_to_measure_says_so(year, planner, secretary) -> None:
    year.row("Presenze", target="monitoraggio", actual="80")
    close_year(year.plan, 2012, by=secretary, at=AT)
    report = open_report(year.plan, 2012, by=planner, at=AT)

    [view] = views_of(report, "obiettivi-strategici")

    assert view.context["sheet"].told == "nulla da misurare"


def test_a_provisional_figure_says_so(report, secretary) -> None:
    reopen_year(report.plan, 2012, reason="Un errore.", by=secretary)
    first = report.plan.dashboards.get(slug="strategico").rows.first().indicator
    first.actuals.all().delete()

    [view, *_others] = views_of(report, "valutazione-complessiva")

    assert view.source_note.endswith("Il dato è provvisorio: qualcosa è ancora da misurare.")


def test_without_deviations_the_table_says_so(year, planner, secretary) -> None:
    year.row("Certificati", actual="100")
    close_year(year.plan, 2012, by=secretary, at=AT)
    report = open_report(year.plan, 2012, by=planner, at=AT)

    view = views_of(report, "valutazione-complessiva")[-1]

    assert not view.is_numbered
    assert "Nulla è sotto il target" in view.render()


def test_a_year_without_anything_says_what_is_missing(year, planner, secretary) -> None:
    year.strategic.delete()
    year.service.delete()
    close_year(year.plan, 2012, by=secretary, at=AT)
    report = open_report(year.plan, 2012, by=planner, at=AT)
    shared = ReportFigures(report)
    shared.data = dict(shared.data) | {"staff": []}

    problems = [
        view.problem
        for section in report.sections.in_order()
        for view in report_views(section, shared)
        if view.problem
    ]

    assert problems == [
        "Nel cruscotto strategico non c’è nessun indicatore.",
        "Questo piano non ha ancora un cruscotto di questo tipo.",
        "Nessuna persona risulta in servizio l’ultimo giorno dell’anno.",
    ]


def test_the_trend_tells_closed_years_as_they_were_closed(report, secretary) -> None:
    shared = ReportFigures(report)

    assert [(one.year, one.mark.text, one.basis) for one in shared.trend] == [
        (2011, "", "non chiuso"),
        (2012, "90,0%", "chiuso il giorno 1.3.2013"),
    ]
    factories.year_closing(
        plan=report.plan,
        year=2011,
        snapshot=YearClosing.objects.get(year=2012).snapshot,
        closed_at=AT,
    )
    again = ReportFigures(report)
    assert [one.basis for one in again.trend] == ["chiuso il giorno 1.3.2013"] * 2


def test_while_the_year_is_open_again_figures_are_those_of_now(report, secretary) -> None:
    before = report_fingerprint(report)
    reopen_year(report.plan, 2012, reason="Un errore.", by=secretary)

    document = report_document(report)

    assert document.closing is None
    assert (document.revision, document.snapshot_sha256) == ("anno non chiuso", "")
    assert "l’anno non è chiuso" in report_html(document)
    assert report_fingerprint(report) != before


def test_the_fingerprint_follows_the_texts(report, planner) -> None:
    before = report_fingerprint(report)
    section = report.sections.get(slug="premessa")
    write_section(section, body="<p>Testo.</p>", version=1, by=planner)

    assert report_fingerprint(report) != before


def test_the_document_stands_in_the_order_of_the_index(report) -> None:
    document = report_document(report, act=ACT)

    assert [line.title for line in document.index] == [
        "Premessa",
        "Principali risultati",
        "Contesto e risorse",
        "Rendicontazione della performance organizzativa",
        "Rendicontazione degli obiettivi individuali",
        "Il processo di redazione della Relazione",
    ]
    assert [view.table_number for view in document.tables] == list(
        range(1, len(document.tables) + 1)
    )
    assert len(document.figures) == 5
    assert dict(document.cover_facts)["Atto di approvazione"] == "Delibera di Giunta n. 7"
    assert (document.draft_words, document.state) == ("", "Approvata")
    draft = report_document(report)
    assert (draft.draft_words, draft.state) == ("BOZZA – non approvata", "Bozza")
    assert draft.title == "Relazione sulla performance 2012 - Camera di commercio di Bergamo"


def test_the_process_tells_when_it_went_back_to_work(report) -> None:
    report.reworked_at, report.reworked_by_label = AT, "Paola Pianificazione"
    report.rework_reason = "Rilievi dell'OIV."

    assert ReportFigures(report).steps[-1] == (
        "1.3.2013",
        "Riportata in lavorazione",
        "Paola Pianificazione",
    )
    assert "Rilievi" not in report_html(report_document(report, act=ACT))


def test_what_is_being_approved_names_its_own_approval(report) -> None:
    steps = ReportFigures(report, act=ACT).steps

    assert steps[-1] == ("30.5.2013", "Relazione approvata", str(ACT))
    assert ReportFigures(report).steps == steps[:-1]
    assert f"<td>{ACT}</td>" in report_html(report_document(report, act=ACT))


def test_what_was_approved_names_its_own_approval(report) -> None:
    closing = YearClosing.objects.get()
    factories.report_edition(report=report, closing=closing, act_date=ACT.date)
    report.state = ReportState.APPROVED

    day, step, _act = ReportFigures(report).steps[-1]

    assert (day, step) == ("30.5.2013", "Relazione approvata")


def test_a_draft_says_that_it_is_not_published(report) -> None:
    published = "è pubblicata accanto al collegamento"

    draft = report_html(report_document(report))
    approved = report_html(report_document(report, act=ACT))

    assert (published in draft, published in approved) == (False, True)
    assert "Questa è una bozza" in draft


def test_the_plan_of_the_year_is_among_the_steps(report) -> None:
    factories.edition(plan=report.plan, act_date=datetime.date(2011, 1, 20))
    factories.edition(plan=report.plan, revision=1, act_date=datetime.date(2013, 1, 20))

    assert [what for _day, what, _who in ReportFigures(report).steps] == [
        "Piano adottato, REV. 0",
        "Risultati dell’anno chiusi",
        "Relazione avviata",
    ]


def test_the_attached_degrees_are_those_of_the_year_alone(report) -> None:
    data = json.loads(YearClosing.objects.get().snapshot)

    rows = list(csv.DictReader(io.StringIO(attainment_file(data).content.decode())))

    assert {row["year"] for row in rows} == {"2012"}
    body = next(row for row in rows if row["level"] == "ente")
    assert (body["measured"], body["total"], body["attainment"]) == ("2", "2", "90.00")
    kept = next(file for file in year_files(data) if file.name == YEAR_DATA)
    assert kept.content.decode() == YearClosing.objects.get().snapshot


def test_the_kept_degrees_are_those_that_are_computed(report) -> None:
    data = json.loads(YearClosing.objects.get().snapshot)

    computed = [line for line in attainment_rows(data) if line[0] == "2012"]

    assert list(kept_attainment_rows(data)) == computed


def test_a_damaged_closing_of_an_earlier_year_is_not_a_year_never_closed(report) -> None:
    damaged = factories.year_closing(plan=report.plan, year=2011, snapshot_sha256="0" * 64)
    report_fingerprint(report)  # asked for all the same: the job says why nothing is made

    with pytest.raises(DamagedClosingError) as refusal:
        views_of(report, "valutazione-complessiva")
    with pytest.raises(PrintError):
        build_report_pdf(report)

    assert refusal.value.closing == damaged


def changed_before(report) -> None:
    """Another result of the year before, which was never closed."""
    strategic = report.plan.dashboards.get(kind="strategic")
    row = strategic.rows.get(indicator__name="Eventi")
    row.indicator.actuals.filter(year=2011).update(printed="50", number=50)


def renamed(report) -> None:
    """The institution is called otherwise."""
    Institution.objects.update(name="Camera di commercio di Pavia")


def adopted(report) -> None:
    """One more step: an edition of the plan."""
    factories.edition(plan=report.plan, act_date=datetime.date(2011, 1, 20))


@pytest.mark.parametrize("change", [changed_before, renamed, adopted])
@pytest.mark.parametrize("is_closed", [True, False])
def test_the_fingerprint_follows_all_that_is_printed(report, secretary, change, is_closed) -> None:
    target = report.plan.dashboards.get(kind="strategic").rows.get(indicator__name="Eventi")
    factories.target(indicator=target.indicator, cycle=2011, year=2011, printed="100")
    if not is_closed:
        reopen_year(report.plan, 2012, reason="Un errore.", by=secretary)
    before = report_fingerprint(report)

    change(report)

    assert report_fingerprint(report) != before


def test_the_fingerprint_has_no_language(report) -> None:
    before = report_fingerprint(report)

    with override("en"):
        assert report_fingerprint(report) == before


def test_a_damaged_closing_prints_nothing(report, secretary) -> None:
    reopen_year(report.plan, 2012, reason="Un errore.", by=secretary)
    factories.year_closing(plan=report.plan, year=2012, number=2, snapshot_sha256="0" * 64)

    with pytest.raises(PrintError):
        build_report_pdf(report)


# Its texts


def test_degrees_are_drawn_with_one_decimal_and_their_scale_whole() -> None:
    drawing = degree_bars("Gradi.", ["A", "B"], [87.7, 0.0])

    figures = {text.text for text in drawing.texts if text.weight == 600}
    others = {text.text for text in drawing.texts if text.weight != 600}
    assert figures == {"87,7%", "0,0%"}
    assert "0%" in others


def test_a_section_is_written_marked_and_brought_back(report, planner, secretary) -> None:
    section = report.sections.get(slug="premessa")
    assert is_empty(section)
    assert asks_in(section).startswith("Scrivi che cos’è la Relazione")
    with pytest.raises(ValidationError):
        mark_section(section, is_done=True, by=planner)

    written = write_section(section, body="<p>Uno.</p>", version=1, by=planner)
    write_section(section, body="<p>Due.</p>", version=2, by=planner, apart=True)
    record = section.history.get(body="<p>Uno.</p>")
    restored = restore_section(section, record=record, version=3, by=planner)
    marked = mark_section(section, is_done=True, by=planner)

    assert (written.version, restored.body, marked.is_done) == (2, "<p>Uno.</p>", True)
    assert asks_in(restored) == ""
    states = {line.section.slug: line.state for line in report_outline(report).lines}
    assert (states["premessa"], states["contesto-e-risorse"], states["processo"]) == (
        "done",
        "empty",
        "writing",
    )
    factories.report_edition(report=report, closing=YearClosing.objects.get())
    versions = section_versions(section)
    assert versions[0].editions == ("approvazione 1",)
    assert {version.who for version in versions} == {str(planner)}


def test_the_text_that_was_approved_keeps_its_version(report, planner) -> None:
    section = report.sections.get(slug="premessa")
    began = timezone.now()
    minute = datetime.timedelta(minutes=1)
    write_section(section, body="<p>Approvata.</p>", version=1, by=planner, at=began)
    factories.report_edition(
        report=report, closing=YearClosing.objects.get(), approved_at=began + minute
    )

    write_section(section, body="<p>Dopo.</p>", version=2, by=planner, at=began + 2 * minute)

    kept = [record.body for record in section.history.all()]
    assert kept[:2] == ["<p>Dopo.</p>", "<p>Approvata.</p>"]


def test_a_section_that_needs_no_text_is_done_without(report, planner) -> None:
    section = report.sections.get(slug="processo")

    assert mark_section(section, is_done=True, by=planner).is_done


def test_blocks_are_named(report) -> None:
    section = report.sections.get(slug="processo")

    [(label, views)] = labelled_blocks(section, ReportFigures(report))

    assert (str(label), len(views)) == ("Fasi dell’anno e della Relazione", 1)


# Slow: the file


@pytest.mark.slow
def test_the_file_keeps_both_standards_and_carries_its_data(report, planner, tmp_path) -> None:
    file = tmp_path / "relazione.pdf"
    section = report.sections.get(slug="premessa")
    write_section(section, body="<h3>Titolo</h3><p>Testo.</p>", version=1, by=planner)
    heard = []

    content = build_report_pdf(report, act=ACT, on_progress=lambda stage, page: heard.append(stage))

    file.write_bytes(content)
    assert validate(file, "3a") == []
    assert validate(file, "ua1") == []
    assert heard[0] == PrintStage.READING
    assert heard[-1] == PrintStage.CHECKING
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert sorted(reader.attachments) == ["attainment.csv", "year.json"]
    assert reader.metadata.title.startswith("Relazione sulla performance 2012")
    assert b"pdfuaid:part" in reader.xmp_metadata.stream.get_data()
