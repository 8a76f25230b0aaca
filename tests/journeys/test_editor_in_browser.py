"""Writing the document in Chromium: typed, told, saved by itself, never over somebody else's."""

from __future__ import annotations

import io
import json

import pytest
from django.contrib.sessions.models import Session
from PIL import Image

from strategy.enums import PlanState
from strategy.models import Plan, Section, SectionImage
from strategy.operations.document import note_presence, write_section
from tests import factories
from tests.browser import LAPTOP, assert_accessible, follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SLUG = "quadro-normativo"
EDIT = f"/piano/2021/documento/{SLUG}/modifica/"
BODY = "<p>Prima riga.</p>"
SAVED = "[data-saved-words]"
TEXT = "#page"


@pytest.fixture
def section(bergamo) -> Section:
    Plan.objects.filter(pk=bergamo.plan.pk).update(
        state=PlanState.UPDATING, revision=1, update_reason="Nuovi target."
    )
    found = bergamo.plan.sections.get(slug=SLUG)
    found.plan.refresh_from_db()
    return write_section(found, body=BODY, version=found.version, by=None)


@pytest.fixture
def planner(bergamo):
    return bergamo.user("pianificazione")


@pytest.fixture
def colleague(bergamo):
    """A second person of the planning office."""
    person = factories.person(first_name="Livia", last_name="Campione")
    planning = bergamo.user("pianificazione").person.appointments.first()
    factories.appointment(person=person, role=planning.role, unit=planning.unit)
    return factories.user(person=person)


@pytest.fixture
def editor(live_server, sign_in, page, planner, section):
    sign_in(page, planner)
    page.goto(live_server.url + EDIT)
    page.wait_for_selector(TEXT)
    return page


def body() -> str:
    return Section.objects.get(slug=SLUG).body


def saved(tab) -> None:
    tab.wait_for_function(
        "() => /^Salvato alle [0-9]/.test(document.querySelector('[data-saved-words]').textContent)"
    )


def write(tab, text: str) -> None:
    tab.locator(TEXT).focus()
    settle(tab)
    tab.keyboard.press("Control+End")
    settle(tab)
    tab.keyboard.type(text)


def settle(tab) -> None:
    """The editor hears of a moved cursor or focus a moment later, as when a person types."""
    tab.wait_for_timeout(150)


def test_what_is_typed_is_saved_by_itself(editor, section) -> None:
    write(editor, " Ancora.")
    saved(editor)

    assert body() == "<p>Prima riga. Ancora.</p>"
    assert Section.objects.get(slug=SLUG).version == section.version + 1
    assert_accessible(editor)


def test_opening_a_section_changes_nothing(editor, section) -> None:
    editor.wait_for_timeout(3500)

    assert Section.objects.get(slug=SLUG).version == section.version


def test_headings_lists_emphasis_by_keyboard(editor) -> None:
    write(editor, "")
    editor.keyboard.press("Enter")
    editor.keyboard.type("Titolo")
    editor.get_by_label("Stile del paragrafo").select_option("h3")
    settle(editor)
    editor.keyboard.press("Enter")
    editor.keyboard.press("Control+b")
    editor.keyboard.type("forte")
    editor.keyboard.press("Control+b")
    editor.keyboard.press("Enter")
    editor.keyboard.press("Escape")
    # One stop of Tab: the arrows move along the bar.
    for _step in range(3):
        editor.keyboard.press("ArrowRight")
    editor.keyboard.press("Enter")
    settle(editor)
    editor.keyboard.type("punto")
    editor.keyboard.press("Control+s")
    saved(editor)

    assert body() == (
        "<p>Prima riga.</p><h3>Titolo</h3><p><strong>forte</strong></p><ul><li>punto</li></ul>"
    )


def test_a_table_has_header_cells_and_a_caption(editor) -> None:
    write(editor, "")
    editor.get_by_role("button", name="Tabella").click()
    assert_accessible(editor)
    editor.get_by_label("Righe").fill("2")
    editor.get_by_label("Colonne").fill("2")
    editor.get_by_label("Didascalia").first.fill("Posti")
    editor.get_by_role("button", name="Inserisci la tabella").click()
    settle(editor)
    editor.keyboard.type("Categoria")
    for text in ("Numero", "C", "44"):
        editor.keyboard.press("Tab")
        editor.keyboard.type(text)
    saved(editor)

    assert body() == (
        "<p>Prima riga.</p><table><caption>Posti</caption><thead><tr>"
        '<th scope="col">Categoria</th><th scope="col">Numero</th></tr></thead>'
        '<tbody><tr><th scope="row">C</th><td>44</td></tr></tbody></table>'
    )
    assert_accessible(editor)


def png() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (40, 20), "#0059b3").save(content, "PNG")
    return content.getvalue()


def test_a_picture_wants_its_alternative_text(editor) -> None:
    write(editor, "")
    editor.get_by_role("button", name="Immagine").click()
    editor.get_by_label("File").set_input_files(
        {"name": "blu.png", "mimeType": "image/png", "buffer": png()}
    )
    editor.get_by_role("button", name="Inserisci l’immagine").click()
    assert editor.locator("dialog[open]").count() == 1  # the field is required

    editor.get_by_label("Testo alternativo").fill("Un rettangolo blu")
    editor.get_by_role("button", name="Inserisci l’immagine").click()
    editor.wait_for_selector(f"{TEXT} img")
    saved(editor)

    image = SectionImage.objects.get()
    assert body() == f'<p>Prima riga.<img src="{image.file.url}" alt="Un rettangolo blu"></p>'
    assert (image.width, image.height) == (40, 20)
    drawn = editor.evaluate("() => document.querySelector('#page img').naturalWidth")
    assert drawn == 40


WORD = (
    "<html xmlns:o='urn:schemas-microsoft-com:office:office'>"
    "<head><style>p{color:red}</style></head><body><!--StartFragment-->"
    "<h1 style='color:red'>Capo</h1>"
    "<p class=MsoNormal style='margin:0'>Testo <b>forte</b><o:p></o:p></p>"
    "<p class=MsoNormal>&nbsp;</p>"
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>"
    "<span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span>uno</p>"
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>"
    "<span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span>due</p>"
    "<script>alert(1)</script><img src='file:///c/x.png'><!--EndFragment--></body></html>"
)
PASTE = """html => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
  document.querySelector("#page").dispatchEvent(paste);
}"""


def test_paste_from_word_is_cleaned(editor) -> None:
    write(editor, "")
    editor.keyboard.press("Enter")

    editor.evaluate(PASTE, WORD)
    saved(editor)

    assert body() == (
        "<p>Prima riga.</p><h3>Capo</h3><p>Testo <strong>forte</strong></p>"
        "<ul><li>uno</li><li>due</li></ul>"
    )


def test_two_people_see_both_texts_and_nothing_is_overwritten(
    editor, section, colleague, chromium, live_server, sign_in
) -> None:
    write_section(section, body="<p>Di Livia.</p>", version=section.version, by=colleague)

    write(editor, " Di Olga.")

    editor.wait_for_selector("#conflict [data-keep='mine']")
    assert body() == "<p>Di Livia.</p>"
    assert editor.locator("#conflict .cp-box__body.cp-prose").all_inner_texts() == [
        "Prima riga. Di Olga.",
        "Di Livia.",
    ]
    assert_accessible(editor)

    editor.locator("[data-keep='mine']").click()
    saved(editor)
    assert body() == "<p>Prima riga. Di Olga.</p>"
    kept = list(section.history.values_list("body", flat=True)[:2])
    assert kept == ["<p>Prima riga. Di Olga.</p>", "<p>Di Livia.</p>"]


def test_the_saved_text_can_be_taken(editor, section, colleague) -> None:
    write_section(section, body="<p>Di Livia.</p>", version=section.version, by=colleague)
    write(editor, " Di Olga.")

    editor.locator("[data-keep='saved']").click()

    assert editor.locator(TEXT).inner_text() == "Di Livia."
    write(editor, " E mio.")
    saved(editor)
    assert body() == "<p>Di Livia. E mio.</p>"


def test_who_else_writes_here_is_named(live_server, sign_in, page, planner, section, colleague):
    note_presence(section, by=colleague)
    sign_in(page, planner)

    page.goto(live_server.url + EDIT)

    page.get_by_text("Livia Campione").wait_for()
    page.wait_for_function("() => document.querySelector('#people').textContent.includes('Livia')")
    assert section.presences.count() == 2
    assert_accessible(page)


def test_a_version_is_read_and_brought_back(editor, section) -> None:
    write(editor, " Sbagliata.")
    saved(editor)
    editor.goto(editor.url + "versioni/")
    assert_accessible(editor)
    follow(editor, editor.locator("tbody tr").nth(0).locator("a"))
    added = editor.locator(".cp-changes ins").all_text_contents()
    assert [words.split() for words in added] == [["aggiunto:", "Sbagliata.", "fine"]]
    assert_accessible(editor)

    editor.go_back()
    editor.locator("tbody tr").nth(1).locator("a").click()
    editor.get_by_role("button", name="Riporta questo testo").click()

    editor.wait_for_selector(TEXT)
    assert body() == BODY
    assert editor.locator(TEXT).inner_text() == "Prima riga."


def test_what_was_typed_survives_the_end_of_the_session(editor, planner, sign_in) -> None:
    Session.objects.all().delete()
    write(editor, " Da non perdere.")
    note = editor.locator("#kept [role='alert']")
    note.wait_for()
    assert body() == BODY

    sign_in(editor, planner)
    editor.once("dialog", lambda dialog: dialog.accept())
    editor.reload()

    editor.locator("#kept").get_by_text("si salva adesso").wait_for()
    editor.wait_for_function("() => Object.keys(sessionStorage).length === 0")
    assert body() == "<p>Prima riga. Da non perdere.</p>"


@pytest.mark.parametrize("size", ["page", "phone"])
def test_far_down_a_long_text_line_and_trouble_are_in_view(
    live_server, sign_in, planner, section, request, size
) -> None:
    lines = "".join(f"<p>Riga {number}.</p>" for number in range(60))
    write_section(section, body=lines, version=section.version, by=None)
    tab = request.getfixturevalue(size)
    sign_in(tab, planner)
    tab.goto(live_server.url + EDIT)
    tab.wait_for_selector(TEXT)

    write(tab, " Ultima.")
    line = "() => getSelection().getRangeAt(0).getBoundingClientRect().bottom"
    written, bar = tab.evaluate(line), tab.locator(".cp-text__save").bounding_box()["y"]
    Session.objects.all().delete()
    tab.keyboard.type(" Ancora.")
    link = tab.locator("[data-sign-in]")
    link.wait_for()

    assert 0 < written < bar
    assert 0 < link.bounding_box()["y"] < tab.viewport_size["height"] - 24
    assert_accessible(tab)


def test_what_somebody_else_typed_is_not_taken_up(editor, section, colleague, sign_in) -> None:
    stored = json.dumps(
        {"user": "0", "version": str(section.version), "text": "<p>Di un altro</p>"}
    )
    editor.evaluate(
        "([key, text]) => sessionStorage.setItem(key, text)", [f"section {EDIT}salva/", stored]
    )

    editor.reload()
    editor.wait_for_selector(TEXT)

    assert editor.locator(TEXT).inner_text() == "Prima riga."


def test_without_script_the_text_is_its_source(
    chromium, live_server, client, settings, planner, section
) -> None:
    client.force_login(planner)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context = chromium.new_context(locale="it-IT", viewport=LAPTOP, java_script_enabled=False)
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    tab = context.new_page()
    tab.goto(live_server.url + EDIT)

    tab.locator("textarea").fill("<p>A mano <em>bene</em><script>x</script></p>")
    tab.get_by_role("button", name="Salva").click()

    assert tab.get_by_text("Il testo è salvato.").count() == 1
    assert body() == "<p>A mano <em>bene</em></p>"
    context.close()


@pytest.mark.parametrize("size", ["page", "phone"])
def test_every_page_of_the_editors_is_accessible(
    live_server, sign_in, planner, section, request, size
) -> None:
    tab = request.getfixturevalue(size)
    sign_in(tab, planner)
    block = factories.section_block(section=section)
    document = f"{live_server.url}/piano/2021/documento/"
    pages = (
        "modifica/",
        "modifica/aggiungi/",
        *(f"{SLUG}/modifica/{page}" for page in ("", "nome/", "togli/", "versioni/", "blocchi/")),
        f"{SLUG}/modifica/blocchi/{block.pk}/",
        f"{SLUG}/modifica/blocchi/{block.pk}/togli/",
        f"{SLUG}/pdf/",
    )
    for page in pages:
        tab.goto(document + page)
        tab.wait_for_load_state("networkidle")
        assert_accessible(tab)
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert (page, tab.evaluate(wide)) == (page, False)


def test_sections_are_moved_by_keyboard_and_by_dragging(
    live_server, sign_in, page, planner, section
) -> None:
    sign_in(page, planner)
    page.goto(f"{live_server.url}/piano/2021/documento/modifica/")
    scenario = Section.objects.get(slug="scenario-economico")

    page.locator(f"#s-{section.pk} button[value='up']").press("Enter")
    page.wait_for_url("**/modifica/?spostata=*")
    section.refresh_from_db()
    scenario.refresh_from_db()
    assert (section.number, scenario.number) == ("2.1", "2.2")
    assert page.evaluate("document.activeElement.textContent") == section.heading

    source = page.locator(f"#s-{scenario.pk}")
    target = page.locator(f"#s-{section.pk}")
    source.drag_to(target, target_position={"x": 60, "y": 2})
    page.wait_for_url(f"**/modifica/?spostata={scenario.pk}*")
    scenario.refresh_from_db()
    assert scenario.number == "2.1"


def test_the_preview_opens_in_the_browser(editor, section) -> None:
    with editor.expect_popup() as popup:
        editor.get_by_role("button", name="Anteprima di stampa").click()
    tab = popup.value
    link = tab.get_by_role("link", name="Apri l’anteprima")

    answer = tab.request.get(tab.evaluate("link => link.href", link.element_handle()))

    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].split(";")[0] == "inline"
    assert answer.body()[:5] == b"%PDF-"
