"""The PDF on its page and the page on paper, in Chromium."""

import pytest

from documents.models import Build
from documents.operations import fail_build, finish_build, request_build, start_build
from strategy.printables import Printable, PrintableDashboard, PrintablePlan
from tests.browser import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PLAN = "/piano/2021"
CONTENT = b"%PDF-1.7 made by hand"
FOCUSED = "document.activeElement.textContent.trim()"


@pytest.fixture(autouse=True)
def _queue_of_the_database(settings):
    """A request puts the job in the queue; nobody builds it but the test."""
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}
    }


def waiting(printable: Printable) -> Build:
    return request_build(kind=printable.kind, fingerprint=printable.fingerprint, by="OIV")


def done(build: Build) -> None:
    finish_build(build=start_build(build=build), content=CONTENT, name="piano.pdf")


def test_the_page_of_the_pdf_follows_the_work(live_server, sign_in, page, bergamo) -> None:
    sign_in(page, bergamo.user("oiv"))
    build = waiting(PrintablePlan(bergamo.plan))
    page.goto(f"{live_server.url}{PLAN}/pdf/")
    assert page.locator("progress").count() == 1
    assert page.locator("main form").count() == 0

    done(build)

    page.wait_for_selector("a[href$='/file/']")
    assert page.locator("progress").count() == 0
    with page.expect_download() as download:
        page.click("a[href$='/file/']")
    assert download.value.path().read_bytes() == CONTENT


def test_a_failed_build_can_be_asked_for_again_at_once(live_server, sign_in, page, bergamo) -> None:
    sign_in(page, bergamo.user("oiv"))
    build = waiting(PrintablePlan(bergamo.plan))
    page.goto(f"{live_server.url}{PLAN}/pdf/")

    fail_build(build=build, error="Mancano i caratteri.")

    page.wait_for_selector("main form")
    assert page.evaluate(FOCUSED) == "Prepara il PDF con i dati attuali"
    page.keyboard.press("Enter")
    page.wait_for_selector("progress")
    assert Build.objects.open().count() == 1


@pytest.mark.parametrize("size", ["page", "phone"])
def test_one_click_on_a_dashboard_ends_with_its_file(
    live_server, sign_in, bergamo, request, size
) -> None:
    tab = request.getfixturevalue(size)
    sign_in(tab, bergamo.user("responsabile"))
    dashboard = f"{live_server.url}{PLAN}/cruscotti/registro-imprese/"
    tab.goto(dashboard)

    tab.get_by_role("button", name="Scarica il PDF").click()
    tab.wait_for_selector("progress")
    assert tab.url == f"{dashboard}pdf/"
    assert_accessible(tab)

    done(Build.objects.get())

    tab.wait_for_selector("a[href$='/file/']")
    assert tab.evaluate(FOCUSED) == "Scarica il PDF"
    assert tab.locator("main form").count() == 1
    assert_accessible(tab)
    with tab.expect_download() as download:
        tab.keyboard.press("Enter")
    assert download.value.path().read_bytes() == CONTENT
    assert download.value.suggested_filename == "cruscotto-registro-imprese-2021-2023-rev-0.pdf"


def test_a_dashboard_that_is_built_is_downloaded_where_one_is(
    live_server, sign_in, page, bergamo
) -> None:
    dashboards = bergamo.plan.dashboards.select_related("plan", "unit")
    done(waiting(PrintableDashboard(dashboards.get(slug="strategico"))))
    sign_in(page, bergamo.user("dipendente"))
    page.goto(f"{live_server.url}{PLAN}/cruscotto/")

    with page.expect_download() as download:
        page.get_by_role("button", name="Scarica il PDF").click()

    assert download.value.path().read_bytes() == CONTENT
    assert page.url == f"{live_server.url}{PLAN}/cruscotto/"


def test_pages_print_without_bars(live_server, sign_in, page, bergamo) -> None:
    sign_in(page, bergamo.user("pianificazione"))
    page.goto(f"{live_server.url}{PLAN}/cruscotto/")

    page.emulate_media(media="print")

    assert page.locator(".cp-header").is_hidden()
    assert page.locator("table.cp-dash").is_visible()
