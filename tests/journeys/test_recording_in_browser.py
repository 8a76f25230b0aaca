"""The figures of 30 June 2021 in Chromium: filled in, pasted, sent, returned, validated."""

from __future__ import annotations

import datetime
import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from camera_perf.demo import PASSWORD
from indicators.models import Actual
from organization.models import Delegation
from strategy.models import Evidence, MonitoringPeriod, Recording
from strategy.monitoring_enums import RecordingState
from tests.browser import assert_accessible

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

RECORD, VALIDATE = "/piano/2021/da-rilevare/", "/piano/2021/da-validare/"
PASTE = """
(field, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const options = {clipboardData, bubbles: true, cancelable: true};
  field.dispatchEvent(new ClipboardEvent("paste", options));
}
"""
BEHIND = """
() => {
  const focused = document.activeElement;
  const bar = document.querySelector(".cp-savebar");
  if (bar.contains(focused)) return "";
  const isBehind = focused.getBoundingClientRect().bottom > bar.getBoundingClientRect().top + 1;
  return isBehind ? focused.name || focused.textContent : "";
}
"""
SAVED = re.compile(r"^Bozza salvata alle \d+\.\d\d$")


@pytest.fixture(autouse=True)
def _july(settings) -> None:
    """5 July 2021: the period of 30 June is open."""
    settings.DEMO_DATE = datetime.date(2021, 7, 5)


@pytest.fixture
def head(bergamo, sign_in, live_server, page) -> Page:
    """The head of the Servizio Registro imprese on the page of the figures."""
    sign_in(page, bergamo.user("responsabile"))
    page.goto(live_server.url + RECORD)
    return page


def row(tab: Page, name: str):
    return tab.locator("li.cp-rec").filter(has_text=name)


def paste(tab: Page, field, text: str) -> None:
    field.focus()
    field.evaluate(PASTE, text)


def saved(tab: Page) -> None:
    """The draft is saved and nothing waits."""
    expect(tab.locator("#recording-saved")).to_have_text(SAVED)


def send(tab: Page) -> None:
    with tab.expect_navigation():
        tab.locator("button[value=send]").click()


def current() -> dict[str, Recording]:
    found = Recording.objects.current().select_related("indicator")
    return {one.indicator.name: one for one in found}


def test_a_head_fills_in_the_period_and_sends_what_is_ready(head) -> None:
    assert_accessible(head)
    date = row(head, "Formazione al personale sui nuovi strumenti")
    date.locator("input[type=text]").fill("giugno")
    expect(date.locator("[data-message=value]")).to_contain_text("giugno")
    expect(head.locator("#recording-ready")).to_have_text("0 pronti, 1 da correggere")
    date.locator("input[type=text]").fill("28.6.2021")
    expect(date.locator("[data-look]")).to_have_text("pronto")

    meetings = row(head, "N. incontri Cabine di Regia")
    meetings.locator("input[type=text]").fill("1")
    meetings.get_by_text("A rischio", exact=True).click()
    expect(meetings.locator("details")).to_have_attribute("open", "")
    meetings.locator("textarea[name^=reason]").fill("Due incontri spostati all’autunno.")
    head.set_input_files(
        "input[name^=files]:visible",
        files=[{"name": "verbale.txt", "mimeType": "text/plain", "buffer": b"verbale"}],
    )
    expect(meetings.locator("[data-look]")).to_have_text("pronto")
    expect(head.locator("#recording-send")).to_have_text("Invia i 2 pronti")
    saved(head)
    assert_accessible(head)
    send(head)

    sent = {name for name, one in current().items() if one.state == RecordingState.SUBMITTED}
    assert sent == {
        "Formazione al personale sui nuovi strumenti di front office (Dire)",
        "N. incontri Cabine di Regia SUAP provinciale e incontri formativi",
    }
    assert Evidence.objects.get().name == "verbale.txt"
    expect(row(head, "N. incontri Cabine di Regia").locator("[data-look]")).to_have_text("inviato")
    assert_accessible(head)


def test_a_column_is_pasted_into_the_rows_below(head) -> None:
    first = row(head, "N. di start up innovative con atto di modifica")

    paste(head, first.locator("input[type=text]"), "2\n14\n2,33\n91%\n5\n")

    saved(head)
    told = "4 righe compilate. Un’altra cadeva fuori ed è rimasta esclusa."
    expect(head.locator("#live")).to_have_text(told)
    expect(head.locator("#recording-pasted")).to_have_text(told)
    expect(head.locator("#recording-pasted")).to_be_in_viewport()
    assert sorted(one.printed for one in current().values()) == ["14", "2", "2,33", "91%"]
    expect(head.locator("#recording-send")).to_have_text("Invia i 4 pronti")


def test_what_a_column_says_in_the_place_of_an_answer_is_not_lost(
    bergamo, sign_in, live_server, page
) -> None:
    sign_in(page, bergamo.user("segretario"))
    page.goto(f"{live_server.url}{RECORD}?unita=affari-generali")
    answers = page.locator("li[data-entry=yes_no]").first
    answers.locator("input[type=radio][name^=value]").first.check(force=True)
    saved(page)

    paste(page, answers.locator("input[type=radio][name^=value]").first, "forse\nno\n")

    expect(answers.locator("[data-message=value]")).to_contain_text("«forse»")
    assert "forse" in [one.printed for one in current().values()]
    answers.locator("input[type=radio][name^=value]").first.check(force=True)
    expect(answers.locator("[data-look]")).not_to_have_text("da correggere")
    saved(page)
    assert "SI" in [one.printed for one in current().values()]


def test_what_the_server_does_not_keep_is_not_called_saved(head) -> None:
    line = row(head, "Analisi motivi di sospensione")
    line.locator("input[type=text]").fill("1" * 100)
    told = head.locator("#recording-saved")
    expect(told).to_contain_text("non è salvato. Troppo lungo: al massimo 80 caratteri.")

    other = row(head, "N. di start up innovative con atto di modifica")
    other.locator("input[type=text]").fill("2")
    expect(other.locator("[data-look]")).to_have_text("pronto")
    expect(told).to_contain_text("non è salvato. Troppo lungo: al massimo 80 caratteri.")
    assert [one.printed for one in current().values()] == ["2"]
    line.locator("input[type=text]").fill("3")
    saved(head)


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)], ids=["laptop", "phone"])
def test_what_the_keyboard_reaches_stands_above_the_bar(head, size) -> None:
    head.set_viewport_size({"width": size[0], "height": size[1]})
    head.emulate_media(reduced_motion="reduce")
    head.locator("li[data-entry] a").first.focus()
    hidden = []
    for _step in range(30):
        head.keyboard.press("Tab")
        if name := head.evaluate(BEHIND):
            hidden.append(name)

    assert hidden == []


def test_one_line_is_pasted_as_text(head) -> None:
    first = row(head, "N. di start up innovative con atto di modifica")

    paste(head, first.locator("input[type=text]"), "2\n")

    assert head.locator("#live").inner_text() == ""


def test_without_script_the_same_rows_are_a_form(bergamo, client, live_server, chromium) -> None:
    client.force_login(bergamo.user("responsabile"))
    context = chromium.new_context(java_script_enabled=False, locale="it-IT")
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    tab = context.new_page()
    tab.goto(live_server.url + RECORD)

    tab.get_by_text("Incolla una colonna dal foglio di calcolo").click()
    tab.fill("#column", "2\n14\n")
    option = tab.locator("#from option").filter(has_text="start up innovative con atto")
    tab.select_option("#from", value=option.get_attribute("value"))
    tab.locator("button[value=paste]").click()
    tab.locator("button[value=send]").click()
    context.close()

    assert [one.state for one in current().values()] == ["submitted", "submitted"]


def test_what_was_typed_comes_back_after_a_session_that_ended(head) -> None:
    field = row(head, "Analisi motivi di sospensione").locator("input[type=text]")
    Session.objects.all().delete()
    field.fill("3")
    expect(head.locator("#recording-saved")).to_contain_text("sessione")

    head.goto(head.url)
    head.fill("input[name=username]", "responsabile")
    head.fill("input[name=password]", PASSWORD)
    head.locator("main button[type=submit]").click()
    head.wait_for_url(f"**{RECORD}")

    expect(row(head, "Analisi motivi di sospensione").locator("input[type=text]")).to_have_value(
        "3"
    )
    saved(head)
    assert [one.printed for one in current().values()] == ["3"]


def test_a_period_that_closes_while_typing_says_so_and_keeps_the_text(head) -> None:
    MonitoringPeriod.objects.filter(ends_on="2021-06-30").update(is_locked=True)
    field = row(head, "Analisi motivi di sospensione").locator("input[type=text]")

    # A refusal is an error of the request, which the browser notes.
    field.fill("3")
    expect(head.locator("#recording-saved")).to_contain_text("è chiuso dal giorno 5.7.2021")
    with head.expect_navigation():
        head.locator("button[value=draft]").click()

    expect(field).to_have_value("3")
    assert Recording.objects.count() == 0
    head.watch.faults = [x for x in head.watch.faults if "409" not in x]


def test_two_people_on_one_row_see_each_other(bergamo, head) -> None:
    line = row(head, "Analisi motivi di sospensione")
    indicator = int(line.get_attribute("data-row"))
    other = bergamo.user("dirigente")
    Recording.objects.create(
        period=MonitoringPeriod.objects.get(ends_on="2021-06-30"),
        indicator_id=indicator,
        supplier=bergamo.plan.dashboards.get(slug="registro-imprese").unit,
        printed="4",
        availability="stated",
        kind="number",
        number=4,
        entered_by=other,
        entered_at=datetime.datetime(2021, 7, 5, 8, 42, tzinfo=datetime.UTC),
    )

    line.locator("input[type=text]").fill("3")
    told = line.locator(".cp-cellmsg--conflict")
    expect(told).to_contain_text(f"Cambiato da {other} alle 10.42")
    expect(line.locator("[data-look]")).to_have_text("da correggere")
    assert_accessible(head)
    told.get_by_text("Tieni il mio").click()
    saved(head)

    assert [one.printed for one in current().values()] == ["3"]


def test_a_head_names_a_substitute_who_finds_the_figures(
    bergamo, head, sign_in, live_server
) -> None:
    head.get_by_role("link", name="Nomina un sostituto").click()
    head.select_option("#id_delegate", label="Pietro Saggio")
    head.fill("#id_ends_on", "2021-07-16")
    head.get_by_role("button", name="Nomina il sostituto").click()
    expect(head.locator("table")).to_contain_text("Pietro Saggio")
    assert_accessible(head)

    sign_in(head, bergamo.user("dipendente"))
    head.goto(live_server.url)
    head.get_by_role("link", name="Inserisci i valori").click()
    expect(head.locator(".cp-lead")).to_contain_text("per Giada Presunto")
    row(head, "Analisi motivi di sospensione").locator("input[type=text]").fill("3")
    saved(head)

    [kept] = current().values()
    assert (str(kept.entered_by), str(kept.acted_for)) == ("Pietro Saggio", "Giada Presunto")
    assert Delegation.objects.count() == 1


def test_planning_returns_one_and_validates_the_rest(bergamo, head, sign_in, live_server) -> None:
    first = row(head, "N. di start up innovative con atto di modifica")
    paste(head, first.locator("input[type=text]"), "2\n14\n2,33\n91%\n")
    saved(head)
    send(head)

    sign_in(head, bergamo.user("pianificazione"))
    head.goto(live_server.url + VALIDATE)
    assert_accessible(head)
    back = head.locator("tbody tr").filter(has_text="% pratiche Registro Imprese")
    back.locator("summary").click()
    back.locator("textarea").fill("Manca l’estrazione da Priamo.")
    with head.expect_navigation():
        back.locator("button[value^=return]").click()
    head.locator("[data-all] input").check()
    expect(head.locator("#queue-words")).to_have_text("Valida i 3 scelti")
    with head.expect_navigation():
        head.locator("button[value=validate]").click()

    states = sorted(one.state for one in current().values())
    assert states == ["returned", "validated", "validated", "validated"]
    june = Actual.objects.filter(measured_on="2021-06-30")
    assert sorted(june.values_list("printed", flat=True)) == ["14", "2", "2,33"]
    sign_in(head, bergamo.user("responsabile"))
    head.goto(live_server.url + RECORD)
    expect(row(head, "% pratiche Registro Imprese")).to_contain_text(
        "Manca l’estrazione da Priamo."
    )
    assert_accessible(head)


@pytest.mark.parametrize("address", [RECORD, VALIDATE, "/piano/2021/periodi/", "/deleghe/"])
def test_on_the_phone_nothing_is_cut_and_everything_is_accessible(
    bergamo, sign_in, live_server, phone, address
) -> None:
    sign_in(phone, bergamo.user("pianificazione" if address == VALIDATE else "responsabile"))
    phone.goto(live_server.url + address)

    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(phone)


def test_on_the_phone_all_are_chosen_at_once(bergamo, head, phone, sign_in, live_server) -> None:
    first = row(head, "N. di start up innovative con atto di modifica")
    paste(head, first.locator("input[type=text]"), "2\n14\n2,33\n91%\n")
    saved(head)
    send(head)
    sign_in(phone, bergamo.user("pianificazione"))
    phone.goto(live_server.url + VALIDATE)

    phone.get_by_label("Scegli tutti").check()

    expect(phone.locator("#queue-words")).to_have_text("Valida i 4 scelti")


def test_the_open_reason_covers_nothing(bergamo, head, sign_in, live_server) -> None:
    first = row(head, "N. di start up innovative con atto di modifica")
    paste(head, first.locator("input[type=text]"), "2\n14\n2,33\n91%\n")
    saved(head)
    send(head)
    sign_in(head, bergamo.user("pianificazione"))
    head.goto(live_server.url + VALIDATE)

    one = head.locator("tbody tr").first
    one.locator("summary").click()

    who, reason = one.locator("td[data-label=Chi]").bounding_box(), one.locator("textarea")
    assert who["x"] + who["width"] <= reason.bounding_box()["x"]
