"""The OIV reads how agile work is carried out; the employee reports a month, the head evaluates."""

from __future__ import annotations

import datetime

import pytest

from organization.models import Person
from pola.enums import DayState, SheetState
from pola.models import ActivitySheet
from tests import factories
from tests.browser import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REASON = "Una ragione riservata"


@pytest.fixture
def told(bergamo, settings):
    """The demo employee worked remotely in February; his agreement has reserved reasons."""
    settings.DEMO_DATE = datetime.date(2021, 3, 5)
    head = Person.objects.get(employee_number="0002")
    held = factories.agreement(person=bergamo.user("dipendente").person, counterpart=head)
    factories.exemption(agreement=held, reserved_reason=REASON)
    decided = {"decided_at": datetime.datetime.now(datetime.UTC), "decided_by_label": "Capo"}
    for number in (2, 9, 16):
        day = datetime.date(2021, 2, number)
        factories.agile_day(agreement=held, day=day, state=DayState.APPROVED, **decided)
    return held


def test_the_oiv_reads_the_report_and_no_reason(told, bergamo, live_server, sign_in, page) -> None:
    sign_in(page, bergamo.user("oiv"))
    page.goto(f"{live_server.url}/lavoro-agile/")
    page.get_by_role("link", name="Relazione di monitoraggio").click()
    page.wait_for_url("**/monitoraggio/")

    months = page.locator("table", has=page.get_by_text("Febbraio 2021")).first
    assert months.locator("tr", has_text="Febbraio 2021").inner_text().split() == [
        *("Febbraio", "2021"),
        *("87", "72", "1", "3", "0,8"),
    ]
    assert page.locator("#programme + table tbody tr").count() == 5
    words = page.locator("main").inner_text()
    assert [found in words for found in (REASON, str(told.person), "deroga")] == [False] * 3
    assert_accessible(page)

    page.get_by_role("button", name="Scarica il PDF").click()
    page.wait_for_url("**/monitoraggio/2021/pdf/")
    assert_accessible(page)


def test_a_month_is_reported_and_evaluated(told, bergamo, live_server, sign_in, page) -> None:
    sign_in(page, bergamo.user("dipendente"))
    page.goto(live_server.url)
    page.get_by_role("link", name="Apri la scheda").click()
    page.fill("[name=objectives]", "Istruttoria delle pratiche.")
    page.fill("[name=output]", "42 pratiche evase.")
    assert_accessible(page)
    page.get_by_role("button", name="Invia al responsabile").click()
    page.wait_for_url("**/schede/*/")
    sheet = ActivitySheet.objects.get()
    assert sheet.state == SheetState.SENT

    page.context.clear_cookies()
    sign_in(page, bergamo.user("responsabile"))
    page.goto(live_server.url + sheet.get_absolute_url())
    page.check("[name=quantity][value=equal]")
    page.check("[name=quality][value=above]")
    assert_accessible(page)
    page.get_by_role("button", name="Valuta").click()
    page.wait_for_url("**/schede/")
    sheet.refresh_from_db()
    assert (sheet.state, sheet.quality_grade) == (SheetState.EVALUATED, "above")
