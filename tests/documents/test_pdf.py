"""Paper: what a reader, an archive and a screen reader find in the file."""

from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO

import pytest
from django.contrib.staticfiles import finders
from pypdf import PdfReader

from documents.charts import bar_chart
from documents.data_file import DataFile
from documents.enums import PrintStage
from documents.pdf import PrintError, render_pdf
from documents.resources import (
    ORIGIN,
    ProjectFetcher,
    ResourceMissingError,
    ResourceRefusedError,
    resource_path,
    static_path,
)
from documents.templatetags.charts import chart, print_number
from tests.documents.verapdf import validate

# The engine leaves its colour profile to the collector: nothing of ours, nothing to close.
pytestmark = pytest.mark.filterwarnings(
    "ignore:.*sRGB2014.icc:pytest.PytestUnraisableExceptionWarning"
)

MOMENT = datetime(2021, 1, 25, 12, 0, tzinfo=UTC)
PIXEL = (
    "data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
ROWS = DataFile("rows.csv", "a,b\r\nperché,1\r\n".encode(), "text/csv", "Rows of the table")
PLAN = DataFile("plan.json", b'{"year": 2021}', "application/json", "The whole document")


def page(body: str, *, css_class: str = "") -> str:
    return f"""<!doctype html><html lang="it"><head><meta charset="utf-8">
    <title>Piano della Performance</title><meta name="author" content="Camera"></head>
    <body class="{css_class}"><p class="running" data-institution="Camera di Bergamo"
      data-document="Piano" data-revision="REV. 0" data-act=" · Delibera n. 2"
      data-page="Pagina" data-of="di" data-draft="BOZZA"></p>{body}</body></html>"""


def test_a_link_to_what_is_not_on_the_pages_is_plain_words(caplog):
    pdf = PdfReader(
        BytesIO(render_pdf(page('<p><a href="#altrove">Altrove</a></p>'), modified_at=MOMENT))
    )

    assert "Altrove" in pdf.pages[0].extract_text()
    assert "/Annots" not in pdf.pages[0]
    assert [one.getMessage() for one in caplog.records if one.levelname == "WARNING"] == []


def whole_document() -> str:
    figure = bar_chart("Più giornate ad aprile.", ["mar", "apr"], [689, 1132], print_number=str)
    return page(
        f"""<section class="chapter"><div class="opening">
        <h1 id="c1"><span class="no">1 </span>Pianificazione</h1></div><div class="text">
        <h2>Indice</h2><p><a href="#c1">Pianificazione</a></p>
        <figure>{chart(figure)}</figure><img src="{PIXEL}" alt="Un punto">
        <table class="data"><caption>Giornate</caption><thead><tr><th scope="col">Mese</th>
        <th scope="col" class="n">Giornate</th></tr></thead><tbody><tr><th scope="row">aprile</th>
        <td class="n">1.132</td></tr></tbody></table></div></section>"""
    )


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    path = tmp_path_factory.mktemp("print") / "plan.pdf"
    path.write_bytes(render_pdf(whole_document(), attachments=[ROWS, PLAN], modified_at=MOMENT))
    return path


@pytest.mark.slow
@pytest.mark.parametrize("flavour", ["3a", "ua1"])
def test_document_complies_with_the_standard(printed, flavour):
    assert validate(printed, flavour) == []


@pytest.mark.slow
def test_document_without_archive_mark_is_accessible_still(tmp_path):
    path = tmp_path / "dashboard.pdf"
    path.write_bytes(render_pdf(whole_document(), archive=False, modified_at=MOMENT))

    assert validate(path, "ua1") == []


def test_attachments_are_the_files_given(printed):
    attachments = PdfReader(printed).attachments

    assert attachments == {ROWS.name: [ROWS.content], PLAN.name: [PLAN.content]}


def test_attachments_state_relation_kind_description_and_day(printed):
    reader = PdfReader(printed)

    files = [reference.get_object() for reference in reader.trailer["/Root"]["/AF"]]

    assert [
        (
            file["/UF"],
            file["/AFRelationship"],
            file["/Desc"],
            file["/EF"]["/F"]["/Subtype"],
            file["/EF"]["/F"]["/Params"]["/ModDate"],
        )
        for file in files
    ] == [
        ("plan.json", "/Data", PLAN.description, "/application/json", "D:20210125120000Z"),
        ("rows.csv", "/Data", ROWS.description, "/text/csv", "D:20210125120000Z"),
    ]


def test_document_has_language_title_and_bookmarks(printed):
    reader = PdfReader(printed)

    assert reader.trailer["/Root"]["/Lang"] == "it"
    assert reader.metadata.title == "Piano della Performance"
    assert reader.metadata.modification_date == MOMENT
    assert [mark.title for mark in reader.outline if not isinstance(mark, list)] == [
        "1 Pianificazione"
    ]


def test_footer_names_document_revision_act_and_pages(printed):
    text = PdfReader(printed).pages[-1].extract_text()

    assert "Camera di Bergamo · Piano · REV. 0 · Delibera n. 2" in text
    assert "Pagina 2 di 2" in text


def test_a_long_act_goes_to_a_second_line_beside_the_number_of_the_page():
    act = f"Delibera della Giunta camerale n. 54 {'e seguenti ' * 7}del 5.5.2022"
    html = page('<section class="chapter"><p>Testo</p></section>').replace("Delibera n. 2", act)

    [*_, last] = PdfReader(BytesIO(render_pdf(html, archive=False))).pages
    lines = last.extract_text(extraction_mode="layout").split("\n")

    [numbered] = [line for line in lines if "Pagina 2 di 2" in line]
    assert "Camera di Bergamo" in numbered
    assert "del 5.5.2022" not in numbered


def test_all_fonts_are_our_own_and_embedded(printed):
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for sheet in PdfReader(printed).pages
        for font in sheet["/Resources"].get("/Font", {}).values()
    }

    assert fonts
    assert {name for name in fonts if not name.startswith(("Titillium", "Source-Sans"))} == set()


def test_same_input_gives_same_bytes(printed):
    again = render_pdf(whole_document(), attachments=[PLAN, ROWS], modified_at=MOMENT)

    assert sha256(again).hexdigest() == sha256(printed.read_bytes()).hexdigest()


def test_date_comes_from_the_html_when_none_is_given():
    dated = whole_document().replace(
        "<title>", '<meta name="dcterms.modified" content="2021-01-25"><title>'
    )

    pdf = render_pdf(dated, attachments=[ROWS])

    assert PdfReader(BytesIO(pdf)).metadata.modification_date == datetime(2021, 1, 25, tzinfo=UTC)


def test_date_is_now_when_nothing_states_it():
    before = datetime.now(UTC).replace(microsecond=0)

    pdf = render_pdf(page("<p>Oggi</p>"))

    assert PdfReader(BytesIO(pdf)).metadata.modification_date >= before


def test_progress_is_heard_in_the_order_of_the_work():
    heard = []

    render_pdf(whole_document(), on_progress=lambda stage, at: heard.append((stage, at)))

    stages = [stage for stage, _at in heard]
    # What follows the writing is checked by whoever asked for the file.
    assert list(dict.fromkeys(stages)) == [s for s in PrintStage if s != PrintStage.CHECKING]
    assert max(at for stage, at in heard if stage == PrintStage.LAYOUT) == 2


def test_listener_that_stops_the_work_stops_it():
    class StopError(Exception):
        pass

    def stop(_stage, _at):
        raise StopError

    with pytest.raises(StopError):
        render_pdf(whole_document(), on_progress=stop)


def test_sheet_is_read_again_when_it_changes(tmp_path):
    sheet = tmp_path / "own.css"
    sheet.write_text("@page { size: A4 }")
    portrait = render_pdf(page("<p>Prova</p>"), stylesheet=sheet, archive=False)
    sheet.write_text("@page { size: A4 landscape }")
    landscape = render_pdf(page("<p>Prova</p>"), stylesheet=sheet, archive=False)

    widths = [PdfReader(BytesIO(pdf)).pages[0].mediabox.width for pdf in (portrait, landscape)]
    assert [round(width) for width in widths] == [595, 842]


def test_missing_font_stops_the_print_instead_of_changing_it(tmp_path):
    sheet = tmp_path / "broken.css"
    sheet.write_text('@font-face { font-family: X; src: url("/static/vendor/fonts/none.ttf") }')

    with pytest.raises(PrintError, match=r"vendor/fonts/none\.ttf"):
        render_pdf(page("<p>Prova</p>"), stylesheet=sheet)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/x.png",
        "https://example.org/x.png",
        "ftp://example.org/x.png",
        "file:///etc/passwd",
        "file:///etc/passwd.png",
        "//example.org/x.png",
        f"{ORIGIN}/etc/passwd",
        f"{ORIGIN}/static/../../etc/passwd.png",
        f"{ORIGIN}/static/%2e%2e/%2e%2e/secret.png",
        f"{ORIGIN}/static/css/../../../manage.py",
        f"{ORIGIN}/static/manage.py",
        f"{ORIGIN}/static//etc/passwd.png",
        f"{ORIGIN}/media/institution/../builds/plan.png",
        f"{ORIGIN}/media/institution/%2e%2e/secret.png",
        f"{ORIGIN}/media/editions/plan.pdf",
        f"{ORIGIN}/media/evidence/private.png",
        f"{ORIGIN}/media/institution/absent.png",
        "data:text/html,<p>x</p>",
    ],
)
def test_foreign_address_is_refused(url):
    with pytest.raises(ResourceRefusedError):
        ProjectFetcher().fetch(url)


def test_foreign_image_leaves_no_trace_but_its_text():
    pdf = render_pdf(page('<p><img src="file:///etc/passwd" alt="Logo"></p>'), archive=False)

    text = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(pdf)).pages)
    assert "Logo" in text
    assert "root:" not in text


def test_upload_of_a_public_folder_is_drawn_in(media):
    (media / "institution").mkdir(parents=True)
    (media / "institution" / "logo.png").write_bytes(b"\x89PNG")

    response = ProjectFetcher().fetch(f"{ORIGIN}/media/institution/logo.png")

    assert (response.read(), response.content_type) == (b"\x89PNG", "image/png")


def test_upload_that_links_outside_is_refused(media, tmp_path):
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret")
    (media / "institution").mkdir(parents=True)
    (media / "institution" / "logo.png").symlink_to(secret)

    with pytest.raises(ResourceRefusedError):
        resource_path(f"{ORIGIN}/media/institution/logo.png")


def test_static_file_is_found_among_sources_and_collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "logo.0123abcd.svg").write_text("<svg/>")

    assert str(static_path("css/print.css")) == finders.find("css/print.css")
    assert static_path("logo.0123abcd.svg") == tmp_path / "logo.0123abcd.svg"


def test_folders_that_are_not_set_hold_nothing(settings):
    settings.STATIC_ROOT = settings.MEDIA_ROOT = None

    with pytest.raises(ResourceMissingError):
        resource_path(f"{ORIGIN}/static/logo.svg")
    with pytest.raises(ResourceRefusedError):
        resource_path(f"{ORIGIN}/media/institution/logo.png")


def test_static_file_that_is_not_there_is_missing():
    with pytest.raises(ResourceMissingError):
        static_path("css/none.css")


def test_draft_says_so_on_every_page():
    pdf = render_pdf(page('<section class="chapter"><h1>Uno</h1></section>', css_class="draft"))

    reader = PdfReader(BytesIO(pdf))

    assert ["BOZZA" in sheet.extract_text() for sheet in reader.pages][1:] == [True] * (
        len(reader.pages) - 1
    )


def test_figures_on_charts_are_in_the_language_of_the_reader():
    assert print_number(1132) == "1.132"


@pytest.mark.parametrize("height", [130, 140, 150])
def test_a_table_of_a_relazione_begins_with_a_whole_row(height):
    row = '<tr><th scope="row" class="action">Azione</th><td>Prima<br>seconda<br>ultima</td></tr>'
    table = (
        '<section class="dashboard reported follows"><h3>Servizio</h3>'
        '<table class="dashboard report"><thead><tr><th>Azione</th><th>Indicatore</th></tr></thead>'
        f'<tbody class="action">{row}</tbody></table></section>'
    )
    filled = f'<section class="dashboard reported"><div style="height: {height}mm"></div></section>'

    pdf = render_pdf(page(filled + table), archive=False)

    texts = [each.extract_text() for each in PdfReader(BytesIO(pdf)).pages]
    [together] = [text for text in texts if "Servizio" in text]
    assert "Prima" in together
    assert "ultima" in together
