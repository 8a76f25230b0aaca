"""A section alone on paper, as it will stand in the plan."""

import datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfReader

from documents.models import Build
from indicators.models import Actual
from strategy.document import plan_document, plan_html
from strategy.enums import PlanState
from strategy.models import Section
from strategy.operations.document_images import add_picture
from strategy.plan_pdf import build_section_pdf, section_html
from strategy.printables import PrintableSection, find_printable
from tests import factories
from tests.documents.verapdf import validate


def red() -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (300, 200), "red").save(content, "PNG")
    return SimpleUploadedFile("a.png", content.getvalue())


def test_a_section_prints_with_its_pictures(db):
    plan = factories.plan()
    image = add_picture(plan, upload=red(), alt="Un rettangolo", by=None)
    body = f'<p>Testo.</p><p><img src="{image.file.url}" alt="Un rettangolo"></p>'
    section = factories.section(plan=plan, title="Premessa", body=body)

    pdf = PdfReader(BytesIO(build_section_pdf(section)))

    assert [len(page.images) for page in pdf.pages] == [1]
    assert "Testo." in pdf.pages[0].extract_text()


@pytest.mark.slow
@pytest.mark.parametrize("slug", ["scenario-economico", "presentazione", "performance-individuale"])
def test_only_the_section_is_printed_with_the_numbers_of_the_plan(bergamo, slug):
    section = bergamo.plan.sections.select_related("plan").get(slug=slug)

    html = section_html(section)

    assert html.count(f'id="{slug}"') == 1
    whole = plan_html(plan_document(bergamo.plan))
    for number in (line.split("<")[0] for line in html.split('class="no">')[1:]):
        assert f'class="no">{number}<' in whole
    others = Section.objects.filter(plan=bergamo.plan).exclude(slug=slug)
    assert [other.slug for other in others if f'id="{other.slug}"' in html] == []


def test_a_map_that_is_provisional_everywhere_keeps_its_heading_on_the_page(bergamo):
    for actual in Actual.objects.filter(year=2020):
        day = datetime.date(2021, 6, 30)
        indicator = actual.indicator
        factories.actual(indicator=indicator, year=2021, printed=actual.printed, measured_on=day)
    section = bergamo.plan.sections.select_related("plan").get(slug="mappa-strategica")

    _text, drawing = PdfReader(BytesIO(build_section_pdf(section))).pages

    words = " ".join(drawing.extract_text().split())
    assert "Mappa strategica 2021" in words
    assert words.count(", provvisorio") > len(bergamo.plan.perspectives.all())
    assert "Figura" in words


def test_objectives_printed_without_their_dashboard_are_no_links(bergamo, caplog):
    section = bergamo.plan.sections.select_related("plan").get(slug="mappa-strategica")

    pdf = PdfReader(BytesIO(build_section_pdf(section)))

    assert "1.1 Attrattività del territorio" in pdf.pages[0].extract_text()
    assert [page for page in pdf.pages if "/Annots" in page] == []
    assert [one.getMessage() for one in caplog.records if one.levelname == "WARNING"] == []


@pytest.mark.slow
@pytest.mark.parametrize("slug", ["obiettivi-operativi", "mappa-strategica", "linee-guida"])
@pytest.mark.parametrize("state", [PlanState.PUBLISHED, PlanState.UPDATING])
def test_a_section_of_any_rank_keeps_both_standards(bergamo, tmp_path, slug, state):
    section = bergamo.plan.sections.select_related("plan").get(slug=slug)
    section.plan.state = state
    file = tmp_path / "sezione.pdf"
    file.write_bytes(build_section_pdf(section))

    assert [validate(file, flavour) for flavour in ("3a", "ua1")] == [[], []]
    first = PdfReader(file).pages[0].extract_text()
    assert (section.title in first, "3 Pianificazione" in first) == (True, section.level > 1)


def found(kind: str):
    return find_printable(kind, reader=None)


def test_a_section_is_found_under_its_kind(bergamo):
    section = bergamo.plan.sections.select_related("plan").first()
    printable = PrintableSection(section)

    assert printable.kind == f"section-2021-{section.pk}-rev-0"
    assert printable.file_name == "anteprima-premessa-2021-2023-rev-0.pdf"
    assert found(printable.kind).section == section
    assert [found(kind) for kind in ("section-2021-0-rev-0", "section-2021-x-rev-0")] == [
        None,
        None,
    ]
    assert len(printable.kind) < (Build._meta.get_field("kind").max_length or 0)


@pytest.fixture
def projects(db) -> Section:
    """A section that prints two projects: one with activities and a result, one still empty."""
    plan = factories.plan(first_year=2041)
    busy = factories.project_sheet(plan=plan)
    for number in range(4):
        activity = factories.project_activity(
            sheet=busy, name=f"Analisi di fattibilità della gestione {number}", printed="100%"
        )
    factories.activity_result(activity=activity, printed="46%")
    factories.project_sheet(plan=plan)
    section = factories.section(plan=plan, title="Progetti")
    factories.section_block(section=section, kind="project_sheets")
    return section


@pytest.mark.slow
def test_projects_print_with_their_activities(projects):
    pdf = PdfReader(BytesIO(build_section_pdf(projects)))

    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert text.count("Analisi di fattibilità della gestione") == 8  # drawn, and in the table
    assert "11,5%" in text
    assert "non sono ancora indicate" in text


@pytest.mark.slow
@pytest.mark.parametrize("flavour", ["3a", "ua1"])
def test_projects_keep_both_standards(projects, tmp_path, flavour):
    file = tmp_path / "progetti.pdf"
    file.write_bytes(build_section_pdf(projects))

    assert validate(file, flavour) == []
