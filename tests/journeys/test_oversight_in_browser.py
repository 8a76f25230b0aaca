"""The OIV at work: the weakest objectives and what is missing by keyboard alone, a note, the
validation of a Relazione."""

import datetime
import re

import pytest

from strategy.models import OversightNote, ReportExamination
from tests.browser import assert_accessible
from tests.strategy.conftest import make_year
from tests.strategy.examined import sent_report

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
WORKSPACE = "/piano/2021/oiv/2020/"


@pytest.fixture(params=["page", "phone"])
def tab(request, sign_in, bergamo):
    """A tab of the OIV on a laptop, then one on a phone."""
    opened = request.getfixturevalue(request.param)
    sign_in(opened, bergamo.user("oiv"))
    return opened


def too_wide(tab) -> int:
    return tab.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def go(tab, link) -> None:
    """Follow a link with the keyboard."""
    link.focus()
    with tab.expect_navigation():
        tab.keyboard.press("Enter")


def test_the_weakest_objectives_and_what_is_missing_by_keyboard(tab, live_server, settings):
    settings.DEMO_DATE = datetime.date(2021, 7, 5)
    tab.goto(live_server.url + "/")
    go(tab, tab.get_by_role("link", name="Apri lo spazio OIV"))
    assert tab.url == live_server.url + WORKSPACE

    weakest = tab.locator(".cp-oiv__weakest li").all_inner_texts()
    go(tab, tab.get_by_role("link", name="Senza evidenza"))

    assert [one.split()[0] for one in weakest] == ["1.4", "1.6", "1.3"]
    assert tab.url == live_server.url + WORKSPACE + "?mostra=senza-evidenza"
    missing = tab.locator(".cp-findings li", has_text="manca l’evidenza")
    assert missing.count() == 80
    assert missing.first.is_visible()
    assert_accessible(tab)
    assert too_wide(tab) <= 0


def test_an_objective_opens_to_its_indicators_and_a_figure_to_its_reason(tab, live_server):
    tab.goto(live_server.url + WORKSPACE)
    first = tab.locator("details.cp-oiv").first

    first.locator("> summary").focus()
    tab.keyboard.press("Enter")
    first.locator(".cp-why summary").nth(1).focus()
    tab.keyboard.press("Enter")

    assert first.get_by_text("3.497 / 4.000 × 100 = 87,43%").first.is_visible()
    assert_accessible(tab)
    assert too_wide(tab) <= 0


def test_a_note_on_an_objective_is_written_and_withdrawn(tab, live_server):
    tab.goto(live_server.url + WORKSPACE + "?mostra=deboli")
    go(tab, tab.get_by_role("link", name=re.compile("Scrivi una nota.*1.4")).first)
    tab.get_by_label("Testo").fill("Chi fornisce il consuntivo?")
    with tab.expect_navigation():
        tab.get_by_role("button", name="Scrivi la nota").click()
    assert_accessible(tab)
    width = too_wide(tab)

    tab.locator(".cp-thread__act summary").click()
    tab.get_by_label("Motivo").fill("Altro anno.")
    with tab.expect_navigation():
        tab.get_by_role("button", name="Ritirala").click()

    note = OversightNote.objects.get()
    assert (note.text, note.withdrawal_reason, width <= 0) == (
        "Chi fornisce il consuntivo?",
        "Altro anno.",
        True,
    )
    assert tab.get_by_text("ritirata", exact=True).is_visible()
    assert_accessible(tab)


def test_a_relazione_is_examined(tab, live_server, bergamo):
    year = make_year()
    year.row("A", actual="80")
    planner, secretary = bergamo.user("pianificazione"), bergamo.user("segretario")
    sent_report(year, planner=planner, secretary=secretary)
    tab.goto(live_server.url + "/piano/2011/oiv/2012/validazione/")
    assert_accessible(tab)
    width = too_wide(tab)

    tab.get_by_role("group", name="Sinteticità della Relazione").get_by_label(
        "sì", exact=True
    ).check()
    tab.get_by_label("Presenti").fill("Irene Segnalibro")
    with tab.expect_navigation():
        tab.get_by_role("button", name="Salva l’esame").click()

    examination = ReportExamination.objects.get()
    assert (examination.present, width <= 0) == ("Irene Segnalibro", True)
    assert examination.findings.get(criterion="conciseness").answer == "yes"
    assert (
        tab.get_by_role("group", name="Sinteticità della Relazione")
        .get_by_label("sì", exact=True)
        .is_checked()
    )
