"""February 2021 in Chromium: days booked, approved in bulk, revoked, moved, given to decide."""

from __future__ import annotations

import datetime

import pytest
from playwright.sync_api import Page, expect

from organization import clock
from organization.enums import Role
from organization.models import Appointment
from pola.models import AgileDay, Agreement, DayEvent
from pola.operations.asking import ask_days, submit_month
from tests import factories
from tests.browser import assert_accessible

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

MONTH, TEAM = (
    "/lavoro-agile/giornate/?mese=2021-02",
    "/lavoro-agile/giornate/servizio/?mese=2021-02",
)
FEBRUARY = datetime.date(2021, 2, 1)


@pytest.fixture(autouse=True)
def _february(settings) -> None:
    settings.DEMO_DATE = FEBRUARY


@pytest.fixture
def agreement(bergamo) -> Agreement:
    """The employee of the demonstration has an agreement of three days a week."""
    person = bergamo.user("dipendente").person
    Agreement.objects.filter(person=person).delete()
    return factories.agreement(person=person, counterpart=bergamo.user("dirigente").person)


def box(tab: Page, day: int):
    return tab.locator(f'input[name="day"][value="2021-02-{day:02}"]')


def act(tab: Page, value: str) -> None:
    with tab.expect_navigation():
        tab.locator(f'button[value="{value}"]:visible').first.click()


def states(agreement: Agreement) -> dict[int, str]:
    return {one.day.day: one.state for one in agreement.days.order_by("pk")}


def colleague(agreement: Agreement, *days: datetime.date) -> None:
    """A colleague of the same service has submitted February."""
    user = factories.user(person=factories.person(unit=agreement.unit, last_name="Collega"))
    factories.agreement(person=user.person, counterpart=agreement.counterpart)
    ask_days(person=user.person, days=days, by=user)
    submit_month(person=user.person, month=FEBRUARY, by=user)


def test_february_from_the_request_to_the_day_in_the_place_of_another(
    bergamo, agreement, sign_in, live_server, page
) -> None:
    sign_in(page, bergamo.user("dipendente"))
    page.goto(live_server.url + MONTH)
    assert_accessible(page)

    # The keyboard: arrows to move, space to choose; the week says what is left.
    box(page, 9).focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(box(page, 10)).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    week = page.locator("tr", has=box(page, 9))
    expect(week.locator("[data-used]")).to_have_text("2 di 3")
    # A fourth day of the week is not chosen, and article 4 says why.
    told = page.locator("label", has=box(page, 12)).locator("span")
    expect(told).to_have_text("Chiedi")
    box(page, 10).check()
    expect(told).to_have_text("limite")
    box(page, 12).click()
    expect(box(page, 12)).not_to_be_checked()
    expect(page.locator("#days-told")).to_contain_text("Art. 4")
    box(page, 10).uncheck()
    expect(told).to_have_text("Chiedi")
    expect(page.locator("#days-send")).to_have_text("Invia 2 richieste")
    act(page, "send")
    assert states(agreement) == {9: "asked", 11: "asked"}

    # The head approves the months of the service in bulk.
    colleague(agreement, datetime.date(2021, 2, 10))
    sign_in(page, bergamo.user("responsabile"))
    page.goto(live_server.url + TEAM)
    assert_accessible(page)
    expect(page.locator("[data-ticked]")).to_have_text("2")
    act(page, "approve")
    assert AgileDay.objects.filter(state="approved").count() == 3

    # A day is revoked for the needs of the service, another one is proposed.
    page.goto(f"{live_server.url}/lavoro-agile/giornate/{agreement.days.get(day__day=11).pk}/")
    page.get_by_text("Revoca questa giornata").click()
    assert_accessible(page)
    page.locator("#id_revoke-reason").fill("Sportello SUAP scoperto per assenza")
    page.locator("#id_revoke-instead").select_option("2021-02-12")
    act(page, "revoke")
    assert states(agreement) == {9: "approved", 11: "revoked", 12: "proposed"}

    # The employee finds it at home and takes the other day.
    sign_in(page, bergamo.user("dipendente"))
    page.goto(live_server.url + MONTH)
    assert_accessible(page)
    expect(page.locator(".cp-revoked")).to_contain_text("Sportello SUAP scoperto")
    act(page, "accept")
    assert states(agreement)[12] == "approved"
    assert_accessible(page)


def test_too_late_is_said_and_a_substitute_decides(
    bergamo, agreement, sign_in, live_server, page, settings
) -> None:
    tomorrow = factories.agile_day(
        agreement=agreement, day=datetime.date(2021, 2, 2), state="approved"
    )
    # The schedule of tomorrow began an hour ago on the clock: 23 hours are left.
    hour = max(clock.now().hour - 1, 0)
    Agreement.objects.filter(pk=agreement.pk).update(day_begins_at=datetime.time(hour, 0))
    sign_in(page, bergamo.user("responsabile"))
    page.goto(f"{live_server.url}/lavoro-agile/giornate/{tomorrow.pk}/")
    note = page.locator("aside .cp-note")
    expect(note).to_contain_text("Art. 4: una giornata si revoca con 24 ore di preavviso")
    expect(note).to_contain_text("all’inizio della giornata mancano 2")
    expect(page.get_by_text("Revoca questa giornata")).to_have_count(0)
    assert_accessible(page)

    # The head names a substitute for the week, from the calendar of the service.
    colleague(agreement, datetime.date(2021, 2, 10))
    delegate = bergamo.user("pianificazione")
    assert not Appointment.objects.filter(person=delegate.person, role=Role.UNIT_HEAD).exists()
    page.goto(live_server.url + TEAM)
    page.get_by_role("link", name="Nomina un sostituto").click()
    page.locator("#id_delegate").select_option(str(delegate.person.pk))
    page.locator("#id_starts_on").fill("2021-02-01")
    page.locator("#id_ends_on").fill("2021-02-05")
    page.get_by_role("button", name="Nomina il sostituto").click()
    page.wait_for_load_state()

    sign_in(page, delegate)
    page.goto(live_server.url + "/")
    page.get_by_role("link", name="Apri il calendario").first.click()
    page.wait_for_load_state()
    act(page, "approve")
    told = DayEvent.objects.get(act="approved", day__day__day=10)
    assert told.acted_for_label == str(bergamo.user("responsabile").person)


def test_on_a_phone_the_reason_for_giving_months_back_has_the_whole_width(
    bergamo, agreement, sign_in, live_server, phone
) -> None:
    colleague(agreement, datetime.date(2021, 2, 10))
    sign_in(phone, bergamo.user("responsabile"))
    phone.goto(live_server.url + TEAM)

    phone.locator("summary", has_text="Restituisci").click()

    box = phone.locator("#reason").bounding_box()
    assert box is not None
    assert box["width"] > 340
