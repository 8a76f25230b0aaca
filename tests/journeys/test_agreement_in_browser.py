"""From the request to the agreement in Chromium: an employee asks, HR checks, the dirigente decides
against the criteria, both accept, HR prepares a withdrawal with 90 days; the phone; no script."""

import datetime

import pytest

from pola.enums import AgreementState, InterestState, VersionState
from pola.models import Agreement, Interest, Withdrawal
from tests import factories
from tests.browser import assert_accessible, follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MINE = "/lavoro-agile/mio/"


@pytest.fixture
def go(live_server, sign_in, bergamo, settings):
    """`go(tab, username, path)`: somebody opens a page on 15 February 2021."""
    settings.DEMO_DATE = datetime.date(2021, 2, 15)

    def open_page(tab, username, path):
        sign_in(tab, bergamo.user(username))
        tab.goto(live_server.url + path)
        return tab

    return open_page


def press(tab, name: str) -> None:
    tab.get_by_role("button", name=name, exact=True).click()


def test_from_the_request_to_the_agreement(page, go, bergamo) -> None:
    tab = go(page, "dipendente", MINE)
    unit = bergamo.user("dipendente").person.unit
    factories.activity(unit=unit, title="Istruttoria delle pratiche")
    tab.get_by_role("link", name="Chiedi il lavoro agile").click()
    tab.get_by_label("Istruttoria delle pratiche", exact=True).check()
    tab.get_by_label("f) mobilità sostenibile").check()
    assert_accessible(tab)
    press(tab, "Salva e continua")
    tab.get_by_label("Dal", exact=True).fill("2021-03-01")
    tab.get_by_label("2", exact=True).check()
    tab.get_by_label("Martedì").check()
    assert_accessible(tab)
    press(tab, "Salva e continua")
    tab.get_by_label("disabilità propria (L. 68/1999)").check()
    press(tab, "Salva e continua")
    assert_accessible(tab)
    press(tab, "Invia la richiesta")
    tab.get_by_text("Inviata. Ora l’Ufficio del personale").wait_for()
    interest = Interest.objects.get()

    go(tab, "personale", "/")
    tab.get_by_role("link", name="Apri la coda").first.click()
    tab.get_by_role("link", name=str(interest.person)).click()
    tab.get_by_label("Formazione svolta il (art. 11)").fill("2021-01-20")
    tab.get_by_label("Informativa sulla sicurezza ricevuta il (art. 10)").fill("2021-01-21")
    press(tab, "Salva la verifica")
    tab.get_by_text("Istruita: la richiesta passa al dirigente.").wait_for()

    go(tab, "dirigente", "/lavoro-agile/decisioni/")
    assert_accessible(tab)
    follow(tab, tab.get_by_role("link", name=str(interest.person)))
    for group in tab.get_by_role("group").filter(has=tab.get_by_label("soddisfatto")).all():
        group.get_by_label("soddisfatto", exact=True).check()
    tab.get_by_label("La accolgo", exact=True).check()
    assert_accessible(tab)
    press(tab, "Decidi")
    tab.get_by_text("Accolta: comincia la scrittura dell’accordo.").wait_for()
    interest.refresh_from_db()
    assert interest.state == InterestState.GRANTED

    tab.get_by_role("link", name="Scrivi il testo").click()
    tab.get_by_role("group", name="Obiettivi prestazionali").get_by_role("checkbox").first.check()
    assert_accessible(tab)
    press(tab, "Salva il testo")
    press(tab, "Proponi alle parti")
    press(tab, "Accetto l’accordo")
    agreement = interest.agreement
    go(tab, "dipendente", agreement.get_absolute_url())
    assert_accessible(tab)
    press(tab, "Accetto l’accordo")
    tab.get_by_text("Accettato da entrambi: l’accordo è concluso.").wait_for()
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.RUNNING
    assert agreement.ends_on == datetime.date(2021, 8, 31)
    assert agreement.versions.get().state == VersionState.IN_FORCE

    go(tab, "personale", agreement.get_absolute_url())
    follow(tab, tab.get_by_role("link", name="Recedi per la Camera"))
    assert tab.get_by_label("Ultimo giorno dell’accordo").input_value() == "2021-05-16"
    tab.get_by_label("Ultimo giorno dell’accordo").fill("2021-04-01")
    tab.get_by_label("Motivo specifico").fill("Riorganizzazione del servizio")
    press(tab, "Recedi per la Camera")
    tab.get_by_text(
        "con 90 giorni di preavviso l’accordo finisce non prima del giorno 16.5.2021"
    ).wait_for()
    assert tab.get_by_label("Motivo specifico").input_value() == "Riorganizzazione del servizio"
    tab.get_by_label("Ultimo giorno dell’accordo").fill("2021-05-16")
    press(tab, "Recedi per la Camera")
    tab.get_by_text("Ultimo giorno dell’accordo: 16.5.2021.").wait_for()
    assert_accessible(tab)
    assert Withdrawal.objects.get().notice_days == 90
    follow(tab, tab.get_by_role("link", name="Storia"))
    assert tab.locator(".cp-agile-story li").count() >= 9
    assert_accessible(tab)


def test_the_pages_fit_a_phone(phone, go, bergamo) -> None:
    dirigente, worker = bergamo.user("dirigente").person, bergamo.user("dipendente").person
    colleague = factories.person(unit=worker.unit)
    factories.interest(person=colleague, decider=dirigente, state=InterestState.CHECKED)
    agreement = factories.agreement(person=worker, counterpart=dirigente)
    factories.agreement_version(agreement=agreement, state=VersionState.IN_FORCE)
    pages = [
        ("dipendente", MINE),
        ("dipendente", agreement.get_absolute_url()),
        ("dirigente", "/lavoro-agile/decisioni/"),
        ("personale", "/lavoro-agile/richieste/"),
        ("personale", "/lavoro-agile/accordi/"),
        ("personale", f"{agreement.get_absolute_url()}recesso/"),
    ]

    wide = {}
    for username, path in pages:
        tab = go(phone, username, path)
        wide[path] = tab.evaluate("document.documentElement.scrollWidth")
        assert_accessible(tab)

    assert set(wide.values()) == {390}
    assert Agreement.objects.count() == 1
