"""The PDF on its page and the page on paper, in Chromium."""

import pytest

from documents.operations import finish_build, request_build, start_build
from strategy.plan_pdf import plan_fingerprint
from strategy.tasks import kind_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PLAN = "/piano/2021"


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
