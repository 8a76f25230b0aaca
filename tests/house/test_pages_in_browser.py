"""Every page in a real browser, on a laptop and on a phone, as each of the demo people.

On each page: axe-core finds nothing, nothing scrolls sideways, nothing is said in the console,
nobody else is asked for anything (these two by `tests.browser`, which fails the test).
"""

import datetime

import pytest
from django.urls import reverse

from camera_perf.demo import PASSWORD
from pola.models import Activity
from strategy.models import Perspective
from tests import factories
from tests.browser import assert_accessible

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

PUBLIC = ["/accedi/", "/trasparenza/", "/trasparenza/2021-2023/rev-0/", "/accessibilita/"]
COMMON = ["/", "/persone/", "/piano/2021/pdf/"]
EVERYTHING = [
    *COMMON,
    "/guida/",
    "/password/",
    "/piano/2021/mappa/",
    "/piano/2021/prospettive/{perspective}/",
    "/piano/2021/obiettivi/{objective}/",
    "/piano/2021/cruscotto/",
    "/piano/2021/cruscotto/?q=nessuna+riga",
    "/piano/2021/cruscotti/",
    "/piano/2021/cruscotti/registro-imprese/",
    "/piano/2021/cruscotti/registro-imprese/pdf/",
    "/piano/2021/cruscotti/segretario-generale/",
    "/piano/2021/risultati/",
    "/piano/2021/risultati/?ordine=peggiori&prova=1&valore=novanta",
    "/piano/2021/risultati/azienda-speciale/",
    "/piano/2021/risultati/azienda-speciale/pdf/",
    "/piano/2021/cascata/",
    "/piano/2021/progetti/",
    "/piano/2021/progetti/{project}/",
    "/piano/2021/progetti/{busy}/",
    "/piano/2021/progetti/{busy}/consuntivo/",
    "/piano/2021/progetti/{busy}/attivita/{activity}/risultato/",
    "/piano/2021/progetti/{busy}/attivita/{activity}/date/",
    "/piano/2021/indicatori/",
    "/piano/2021/indicatori/{indicator}/",
    "/piano/2021/da-rilevare/",
    "/piano/2021/da-validare/",
    "/piano/2021/periodi/",
    "/piano/2021/periodi/aggiungi/",
    "/piano/2021/periodi/{period}/",
    "/piano/2021/periodi/{period}/togli/",
    "/piano/2021/promemoria/",
    "/piano/2021/relazione/2020/",
    "/piano/2021/relazione/2021/",
    "/piano/2021/relazione/2021/pdf/",
    "/piano/2021/relazione/2021/principali-risultati/",
    "/piano/2021/relazione/2021/obiettivi-strategici/",
    "/piano/2021/relazione/2021/valutazione-complessiva/",
    "/piano/2021/relazione/2021/principali-risultati/modifica/",
    "/deleghe/",
    "/lavoro-agile/",
    "/lavoro-agile/indicatori/",
    "/lavoro-agile/linee-guida/",
    "/lavoro-agile/regole/",
    "/lavoro-agile/regole/max_days_per_week/",
    "/lavoro-agile/attivita/",
    "/lavoro-agile/attivita/{mapped}/",
    "/lavoro-agile/consultazioni/",
    "/lavoro-agile/consultazioni/aggiungi/",
    "/organizzazione/",
    "/organizzazione/personale/",
    "/organizzazione/registro-imprese/",
    "/persone/{person}/",
    "/registro/",
    "/nessuna-pagina/",
]
PAGES = {
    None: PUBLIC,
    "pianificazione": EVERYTHING,
    "segretario": [*COMMON, "/registro/", "/lavoro-agile/giornate/ente/"],
    "dirigente": [*COMMON, "/piano/2021/cruscotti/dirigente/"],
    "responsabile": [
        *COMMON,
        "/organizzazione/registro-imprese/",
        "/piano/2021/da-rilevare/",
        "/piano/2021/da-rilevare/?periodo=2023-12-31",
        "/deleghe/",
        "/lavoro-agile/attivita/{mapped}/",
        "/lavoro-agile/attivita/{mapped}/mappatura/",
        "/lavoro-agile/registri/",
        "/lavoro-agile/registri/segnalazioni/aggiungi/",
        "/lavoro-agile/giornate/",
        "/lavoro-agile/giornate/servizio/",
        "/lavoro-agile/giornate/calendario/",
    ],
    "personale": [
        *COMMON,
        "/organizzazione/personale/",
        "/lavoro-agile/regole/valori/{norm}/togli/",
        "/lavoro-agile/registri/",
        "/lavoro-agile/registri/formazione/",
        "/lavoro-agile/registri/formazione/{course}/",
        "/lavoro-agile/registri/sicurezza/",
        "/lavoro-agile/registri/sicurezza/{notice}/",
        "/lavoro-agile/registri/dotazioni/",
        "/lavoro-agile/registri/dotazioni/consegna/",
        "/lavoro-agile/registri/segnalazioni/",
        "/lavoro-agile/registri/segnalazioni/{incident}/",
        "/lavoro-agile/ministero/?month=2021-01",
        "/lavoro-agile/ministero/persone/{person}/",
        "/lavoro-agile/giornate/chiusure/",
        "/lavoro-agile/giornate/presenze/",
    ],
    "dipendente": [
        *COMMON,
        "/registro/",
        "/organizzazione/registro-imprese/",
        "/lavoro-agile/mio/",
        "/lavoro-agile/giornate/",
        "/lavoro-agile/giornate/ripeti/",
        "/lavoro-agile/giornate/rinuncia/",
        "/lavoro-agile/giornate/calendario/",
    ],
    "oiv": [
        *COMMON,
        "/registro/",
        "/piano/2021/oiv/2020/",
        "/piano/2021/oiv/2020/note/",
        "/piano/2021/oiv/2021/validazione/",
    ],
    "amministratore": COMMON,
}


@pytest.fixture(params=["page", "phone"])
def tab(request):
    """A tab on a laptop, then one on a phone."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def words(bergamo) -> dict[str, int]:
    """What the words in the addresses stand for."""
    perspective = Perspective.objects.strategic().filter(plan=bergamo.plan).first()
    empty, busy = bergamo.plan.project_sheets.all()[:2]
    activity = factories.project_activity(sheet=busy, name="Analisi delle modalità " * 5)
    factories.activity_result(activity=activity, note="Manca il parere del collegio.")
    factories.project_activity(sheet=busy, printed="30.6.2021", ends_on=datetime.date(2021, 3, 1))
    mapped = Activity.objects.filter(unit__slug="registro-imprese").first()
    factories.agreement(starts_on=datetime.date(2021, 1, 4))
    factories.equipment()
    factories.agile_consultation()
    report = factories.performance_report(plan=bergamo.plan, year=2021)
    for slug in ("principali-risultati", "obiettivi-strategici", "valutazione-complessiva"):
        factories.report_section(report=report, slug=slug, is_required=True)
    return {
        "norm": factories.norm(starts_on=datetime.date(2090, 1, 1)).pk,
        "mapped": mapped.pk,
        "course": factories.training_attendance().course_id,
        "notice": factories.safety_receipt().notice_id,
        "incident": factories.incident(kind="accident").pk,
        "project": empty.pk,
        "busy": busy.pk,
        "activity": activity.pk,
        "perspective": perspective.pk,
        "objective": perspective.objectives.first().pk,
        "indicator": bergamo.plan.dashboards.get(slug="strategico").rows.first().indicator_id,
        "period": bergamo.plan.periods.first().pk,
        "person": bergamo.user("responsabile").person_id,
    }


MARK_OF_FOCUS = """() => {
    const here = document.activeElement, style = getComputedStyle(here);
    const isMarked = style.outlineStyle !== "none" || style.boxShadow !== "none";
    return [here.outerHTML.slice(0, 80), isMarked];
}"""


def forgive_the_answer(tab) -> None:
    """The browser notes an answer of 403 or 404 by itself; the page is right all the same."""
    tab.watch.faults[:] = [fault for fault in tab.watch.faults if "status of 40" not in fault]


def faults_of(tab) -> list[str]:
    """What is wrong with the page as it stands."""
    found = []
    try:
        assert_accessible(tab)
    except AssertionError as error:
        found.append(str(error))
    wide = tab.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if wide > 0:
        found.append(f"{wide} px too wide")
    headings = tab.locator("h1").count()
    if headings != 1:
        found.append(f"{headings} main headings")
    return found


def walk(tab, root: str, addresses: list[str]) -> dict[str, list[str]]:
    """The faults of each page that has some."""
    faults = {}
    for address in addresses:
        tab.goto(root + address, wait_until="load")
        if found := faults_of(tab):
            faults[address] = found
    forgive_the_answer(tab)
    return faults


@pytest.mark.parametrize("username", PAGES, ids=str)
def test_pages_are_accessible_and_fit_the_screen(
    tab, live_server, sign_in, bergamo, words, username
):
    if username:
        sign_in(tab, bergamo.user(username))
    addresses = [address.format(**words) for address in PAGES[username]]

    assert walk(tab, live_server.url, addresses) == {}


def test_every_section_of_the_document_reads_well(tab, live_server, sign_in, bergamo):
    sign_in(tab, bergamo.user("dipendente"))
    sections = bergamo.plan.sections.in_order().exclude(blocks=None)
    addresses = [
        reverse("strategy:section-detail", args=[2021, section.slug]) for section in sections
    ]

    assert walk(tab, live_server.url, addresses) == {}


# What a person does


def test_filters_narrow_the_rows_and_the_address_can_be_shared(
    page, phone, live_server, sign_in, bergamo
):
    address = f"{live_server.url}/piano/2021/cruscotto/"
    sign_in(page, bergamo.user("pianificazione"))
    page.goto(address)
    page.get_by_label("Cerca").fill("attivita")
    page.get_by_label("Fonte").select_option(index=1)
    page.get_by_role("button", name="Filtra").click()
    page.wait_for_url("**/cruscotto/?*")
    shown = page.locator("th.cp-cell-name").count()

    sign_in(phone, bergamo.user("dipendente"))
    phone.goto(page.url)

    # The fields left empty are not in the address.
    assert sorted(part.split("=")[0] for part in page.url.split("?")[1].split("&")) == [
        "q",
        "source",
    ]
    assert phone.locator("th.cp-cell-name").count() == shown < 58


def test_a_filter_is_lifted_with_its_chip(page, live_server, sign_in, bergamo):
    sign_in(page, bergamo.user("pianificazione"))
    page.goto(f"{live_server.url}/piano/2021/cruscotto/?q=imprese&kind=percent")

    page.locator(".cp-chips a").first.click()
    page.wait_for_url("**/cruscotto/?kind=percent")

    assert page.locator(".cp-chips li").count() == 2
    assert page.get_by_label("Cerca").input_value() == ""


def test_the_menu_stands_in_one_line_and_covers_nothing(
    page, live_server, sign_in, bergamo, settings
):
    settings.DEMO_DATE = datetime.date(2021, 7, 5)
    sign_in(page, bergamo.user("amministratore"))
    page.goto(f"{live_server.url}/")
    entries = page.locator(".cp-nav a")

    brand = page.locator(".cp-brand strong").bounding_box()
    first = entries.first.bounding_box()

    assert entries.count() == 8
    assert page.locator(".cp-bar").bounding_box()["height"] == 54
    assert brand["x"] + brand["width"] <= first["x"]


def test_the_keyboard_finds_the_way_past_the_menus(page, live_server, sign_in, bergamo):
    sign_in(page, bergamo.user("dipendente"))
    page.goto(f"{live_server.url}/piano/2021/cruscotto/")

    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    is_seen = page.locator(".cp-skip a").is_visible()
    page.keyboard.press("Enter")

    assert (first, is_seen) == ("#content", True)
    assert page.evaluate("document.activeElement.id") == "content"


def test_the_menu_of_the_phone_opens_and_closes_with_the_keyboard(
    phone, live_server, sign_in, bergamo
):
    sign_in(phone, bergamo.user("dipendente"))
    phone.goto(live_server.url)
    menu = phone.locator("#main-menu")
    button = phone.get_by_role("button", name="Menu", exact=True)

    button.focus()
    phone.keyboard.press("Enter")
    is_open = menu.is_visible()
    assert_accessible(phone)
    phone.keyboard.press("Escape")

    assert (is_open, menu.is_visible()) == (True, False)


def test_every_control_of_the_dashboard_shows_where_the_keyboard_is(
    page, live_server, sign_in, bergamo
):
    sign_in(page, bergamo.user("dipendente"))
    page.goto(f"{live_server.url}/piano/2021/cruscotto/")
    unmarked = []

    for _ in range(30):
        page.keyboard.press("Tab")
        mark = page.evaluate(MARK_OF_FOCUS)
        if not mark[1]:
            unmarked.append(mark[0])

    assert unmarked == []


def test_five_wrong_passwords_end_at_a_page_that_explains(tab, live_server, bergamo, settings):
    settings.AXES_ENABLED = True
    for _ in range(5):
        tab.goto(f"{live_server.url}/accedi/")
        tab.fill("input[name=username]", "dipendente")
        tab.fill("input[name=password]", "sbagliata")
        with tab.expect_navigation():
            tab.click("main button[type=submit]")

    faults = faults_of(tab)
    tab.watch.faults[:] = [f for f in tab.watch.faults if "status of 429" not in f]

    assert faults == []
    assert tab.locator("[role=alert]").count() == 1
    assert tab.locator("input[name=password]").count() == 0


def test_signing_in_and_out(page, live_server, bergamo):
    page.goto(f"{live_server.url}/piano/2021/cruscotto/")
    page.fill("input[name=username]", "dipendente")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/piano/2021/cruscotto/")
    page.get_by_role("button", name="Il mio menu").click()
    page.get_by_role("button", name="Esci").click()

    page.wait_for_url("**/accedi/**")

    page.goto(f"{live_server.url}/piano/2021/cruscotto/")
    assert "/accedi/?next=" in page.url
