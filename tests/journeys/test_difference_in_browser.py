"""The difference read by the OIV and the roll forward made by planning, in Chromium."""

import pytest

from indicators.models import Target
from strategy.enums import PlanState
from strategy.models import Plan, Section
from tests.browser import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = ["page", "phone"]


@pytest.fixture
def updated(bergamo) -> Plan:
    """The real plan being updated: a target and a text are not what was adopted."""
    plan = bergamo.plan
    plan.state, plan.revision, plan.update_reason = PlanState.UPDATING, 1, "Variazione."
    plan.save()
    target = Target.objects.filter(cycle=2021, year=2021, kind="percent").order_by("pk").first()
    target.printed = "77%"
    target.full_clean()
    target.save()
    section = Section.objects.get(plan=plan, slug="premessa")
    section.body = section.body.replace("</p>", " Aggiunto qui.</p>", 1)
    section.save()
    return plan


@pytest.mark.parametrize("size", SIZES)
def test_the_oiv_reads_the_difference_to_the_edition(
    live_server, sign_in, updated, bergamo, request, size
) -> None:
    tab = request.getfixturevalue(size)
    sign_in(tab, bergamo.user("oiv"))

    tab.goto(f"{live_server.url}/piano/2021/confronto/")

    assert tab.title().startswith("Confronto: REV. 0 e piano in lavorazione")
    assert tab.locator("ins").all_text_contents()[0] == "77%"
    assert_accessible(tab)
    width = tab.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]


def test_choices_are_made_with_the_keyboard_and_stay_in_the_address(
    live_server, sign_in, page, updated, bergamo
) -> None:
    sign_in(page, bergamo.user("oiv"))
    page.goto(f"{live_server.url}/piano/2021/confronto/")

    page.get_by_label("Parte del piano").focus()
    page.keyboard.type("Testo")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**parte=document**")

    assert page.locator("table.cp-difference tbody").count() == 1
    assert page.locator("ins").text_content().endswith("Aggiunto qui.]")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("query", ["?da=rev-0&a=rev-0", "?parte=staff"])
def test_empty_pages_are_accessible(
    live_server, sign_in, updated, bergamo, request, size, query
) -> None:
    tab = request.getfixturevalue(size)
    sign_in(tab, bergamo.user("oiv"))

    tab.goto(f"{live_server.url}/piano/2021/confronto/{query}")

    assert tab.locator(".cp-empty").count() == 1
    assert_accessible(tab)


@pytest.mark.parametrize("size", SIZES)
def test_planning_makes_the_next_triennium(
    live_server, sign_in, updated, bergamo, request, size
) -> None:
    tab = request.getfixturevalue(size)
    sign_in(tab, bergamo.user("pianificazione"))
    tab.goto(f"{live_server.url}/piano/2021/nuovo-triennio/")
    assert_accessible(tab)

    tab.get_by_role("button", name="Crea il piano 2022-2024").focus()
    tab.keyboard.press("Enter")

    tab.wait_for_url("**/piano/2022/da-decidere/")
    assert tab.locator("h1").text_content() == "Da decidere per il 2022-2024"
    closed = tab.locator("main details:not([open]) > summary")
    while closed.count():
        closed.first.click()
    assert_accessible(tab)
    width = tab.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
