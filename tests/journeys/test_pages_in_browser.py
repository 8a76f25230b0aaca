"""Every page in Chromium, as people meet it: accessible, whole on laptop and phone, silent."""

import pytest

from documents.operations import finish_build, request_build, start_build
from organization.models import User
from strategy.enums import DashboardKind
from strategy.models import Perspective, StrategicObjective
from strategy.plan_pdf import plan_fingerprint
from strategy.tasks import kind_of
from tests.browser import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PLAN = "/piano/2021"
PLAN_PAGES = [
    "/",
    f"{PLAN}/mappa/",
    f"{PLAN}/cruscotto/",
    f"{PLAN}/cruscotto/?q=impresa",
    f"{PLAN}/cruscotto/?q=nessuno-lo-ha-scritto",
    f"{PLAN}/cruscotti/",
    f"{PLAN}/cruscotti/registro-imprese/",
    f"{PLAN}/cruscotti/segretario-generale/",
    f"{PLAN}/cascata/",
    f"{PLAN}/indicatori/",
    f"{PLAN}/pdf/",
    "/lavoro-agile/",
    "/lavoro-agile/indicatori/",
    "/lavoro-agile/linee-guida/",
    "/guida/",
]
PUBLIC_PAGES = ["/trasparenza/", "/accessibilita/", "/accedi/"]
PEOPLE = ["segretario", "dirigente", "responsabile", "personale", "dipendente", "oiv"]


def assert_good(tab, address) -> None:
    """axe-core finds nothing and nothing sticks out sideways. The tab itself fails on a line in
    the console and on a request to another host."""
    assert_accessible(tab)
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


@pytest.fixture(params=["page", "phone"])
def tab(request):
    return request.getfixturevalue(request.param)


def test_pages_of_the_plan(live_server, sign_in, tab, bergamo) -> None:
    sign_in(tab, bergamo.user("pianificazione"))
    strategic = bergamo.plan.dashboards.get(kind=DashboardKind.STRATEGIC)
    pages = [
        *PLAN_PAGES,
        StrategicObjective.objects.get(code="2.1").get_absolute_url(),
        Perspective.objects.strategic().first().get_absolute_url(),
        f"{PLAN}/indicatori/{strategic.rows.first().indicator_id}/",
    ]

    for address in pages:
        assert tab.goto(live_server.url + address).status == 200, address
        assert_good(tab, address)


def test_sections_of_the_document(live_server, sign_in, tab, bergamo) -> None:
    sign_in(tab, bergamo.user("oiv"))

    for section in bergamo.plan.sections.in_order():
        address = section.get_absolute_url()
        assert tab.goto(live_server.url + address).status == 200, address
        assert_good(tab, address)


def test_public_pages(live_server, tab) -> None:
    for address in PUBLIC_PAGES:
        assert tab.goto(live_server.url + address).status == 200, address
        assert_good(tab, address)


def test_an_adopted_edition_for_anybody(live_server, tab, bergamo) -> None:
    address = bergamo.edition.get_absolute_url()

    assert tab.goto(live_server.url + address).status == 200
    assert_good(tab, address)
    assert tab.locator(".cp-mono").first.inner_text().replace(" ", "").replace("\n", "") == (
        bergamo.edition.pdf_sha256
    )


@pytest.mark.parametrize("username", PEOPLE)
def test_home_of_each_person(live_server, sign_in, phone, page, username) -> None:
    for tab in (page, phone):
        sign_in(tab, User.objects.get(username=username))
        assert tab.goto(live_server.url + "/").status == 200
        assert_good(tab, username)


def test_a_filter_stays_in_the_address(live_server, sign_in, page, bergamo) -> None:
    sign_in(page, bergamo.user("pianificazione"))
    page.goto(f"{live_server.url}{PLAN}/cruscotto/")

    page.fill("#filter-q", "tavolo ocse")
    page.press("#filter-q", "Enter")
    page.wait_for_url("**/cruscotto/?q=tavolo+ocse*")
    rows = page.locator("th.cp-cell-name").all_inner_texts()
    page.goto(page.url)

    assert page.locator("th.cp-cell-name").all_inner_texts() == rows
    assert len(rows) == 1
    page.locator(".cp-chips a").first.click()
    page.wait_for_load_state()
    assert page.locator("th.cp-cell-name").count() == 58


def test_the_first_key_skips_to_the_content(live_server, sign_in, page, bergamo) -> None:
    sign_in(page, bergamo.user("dipendente"))
    page.goto(f"{live_server.url}{PLAN}/mappa/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_page_of_the_pdf_follows_the_work(live_server, sign_in, page, bergamo) -> None:
    sign_in(page, bergamo.user("oiv"))
    build = request_build(
        kind=kind_of(bergamo.plan),
        fingerprint=plan_fingerprint(bergamo.plan),
        by="OIV",
        enqueue=lambda build_id: None,
    )
    page.goto(f"{live_server.url}{PLAN}/pdf/")
    assert page.locator("progress").count() == 1

    finish_build(build=start_build(build=build), content=b"%PDF-1.7 made by hand", name="piano.pdf")

    page.wait_for_selector("a[href$='/file/']")
    assert page.locator("progress").count() == 0
    with page.expect_download() as download:
        page.click("a[href$='/file/']")
    assert download.value.path().read_bytes() == b"%PDF-1.7 made by hand"


def test_pages_print_without_bars(live_server, sign_in, page, bergamo) -> None:
    sign_in(page, bergamo.user("pianificazione"))
    page.goto(f"{live_server.url}{PLAN}/cruscotto/")

    page.emulate_media(media="print")

    assert page.locator(".cp-header").is_hidden()
    assert page.locator("table.cp-dash").is_visible()
