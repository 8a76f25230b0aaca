"""A scorecard read to the bottom of a figure, and a value tried, by keyboard alone."""

import pytest

from indicators.models import Indicator
from tests.browser import LAPTOP, assert_accessible

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
AGENCY = "/piano/2021/risultati/azienda-speciale/"


@pytest.fixture(params=["page", "phone"])
def tab(request, sign_in, bergamo):
    """A tab on a laptop, then one on a phone."""
    opened = request.getfixturevalue(request.param)
    sign_in(opened, bergamo.user("responsabile"))
    return opened


def too_wide(tab) -> int:
    return tab.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def test_a_percentage_opens_its_reason_in_one_click(tab, live_server):
    tab.goto(live_server.url + AGENCY)
    why = tab.locator(".cp-why-row summary").first

    why.focus()
    tab.keyboard.press("Enter")

    assert tab.locator(".cp-formula", has_text="45 / 65 × 100 = 69,23%").is_visible()
    assert_accessible(tab)
    assert too_wide(tab) <= 0


def test_every_reason_of_the_ente_reads_well(tab, live_server):
    tab.goto(live_server.url + "/piano/2021/risultati/")

    tab.evaluate("document.querySelectorAll('details.cp-why').forEach(one => one.open = true)")

    assert tab.locator(".cp-step", has_text="3.497 / 4.000 × 100 = 87,43%").is_visible()
    assert_accessible(tab)
    assert too_wide(tab) <= 0


def test_a_result_on_the_dashboard_opens_its_reason(tab, live_server):
    tab.goto(live_server.url + "/piano/2021/cruscotti/azienda-speciale/")

    tab.locator(".cp-degree summary").first.click()

    assert tab.locator(".cp-degree__why p").first.is_visible()
    assert_accessible(tab)
    assert too_wide(tab) <= 0


def test_a_value_is_tried_and_taken_away(tab, live_server):
    tab.goto(live_server.url + AGENCY)
    tab.locator("#prova > summary").click()
    tab.locator("#try-indicator").select_option(
        label="N. utenti partecipanti alle attività proposte dal Matech Point"
    )
    tab.locator("#try-value").fill("sessanta")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    kept = tab.locator("#try-value").input_value()
    refused = tab.locator("#try-error").is_visible()

    tab.locator("#try-value").fill("65")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    tried = tab.locator(".cp-score__would-be strong").inner_text()
    assert_accessible(tab)
    width = too_wide(tab)
    with tab.expect_navigation():
        tab.locator(".cp-chips a").click()

    assert (kept, refused, tried, width <= 0) == ("sessanta", True, "96,0%", True)
    assert tab.locator(".cp-score__would-be").count() == 0


def test_without_scripts_a_reason_opens_all_the_same(live_server, chromium, sign_in, bergamo):
    context = chromium.new_context(locale="it-IT", viewport=LAPTOP, java_script_enabled=False)
    tab = context.new_page()
    sign_in(tab, bergamo.user("responsabile"))
    tab.goto(live_server.url + AGENCY)

    tab.locator(".cp-why-row summary").first.click()

    assert tab.locator(".cp-explain .cp-formula").nth(1).is_visible()
    context.close()


def test_what_would_change_fits_whatever_the_band(tab, live_server):
    tried = Indicator.objects.get(name__startswith="Valore contabilizzato per il progetto Turismo")
    tab.goto(f"{live_server.url}/piano/2021/risultati/?anno=2020&prova={tried.pk}&valore=50%25")

    moved = tab.locator(".cp-moved")

    assert moved.get_by_text("Parzialmente raggiunto").first.is_visible()
    assert too_wide(tab) <= 0
    assert_accessible(tab)
