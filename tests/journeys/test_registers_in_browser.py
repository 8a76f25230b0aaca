"""The HR office registers a course, finds who still lacks it, corrects a mistake; the head reviews
the mapping of an activity: in a real browser, on laptop and phone."""

from __future__ import annotations

import datetime

import pytest
from playwright.sync_api import expect

from organization.models import Person
from pola.models import Activity, TrainingAttendance
from tests.browser import assert_accessible

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

REGISTERS = "/lavoro-agile/registri/"


@pytest.fixture(autouse=True)
def _february(settings) -> None:
    settings.DEMO_DATE = datetime.date(2021, 2, 10)


@pytest.fixture(params=["page", "phone"])
def tab(request):
    return request.getfixturevalue(request.param)


def press(tab, words: str) -> None:
    with tab.expect_navigation():
        tab.get_by_role("button", name=words, exact=True).click()


def test_hr_registers_training_and_finds_who_lacks_it(tab, sign_in, bergamo, live_server) -> None:
    sign_in(tab, bergamo.user("personale"))
    tab.goto(f"{live_server.url}{REGISTERS}formazione/aggiungi/")
    tab.get_by_label("Corso", exact=True).fill("Lavoro agile: procedure di sicurezza")
    tab.get_by_label("Tenuto il").fill("2021-02-03")
    tab.get_by_label("Ore", exact=True).fill("3,5")
    press(tab, "Registra il corso")

    remote = Person.objects.filter(employee_number__in=["0039", "0041", "0006"])
    for person in remote:
        tab.get_by_label(f"{person.last_name} {person.first_name}").check()
    assert_accessible(tab)
    press(tab, "Aggiungi le persone spuntate")
    expect(tab.locator("main")).to_contain_text("3 persone aggiunte.")

    tab.goto(live_server.url + REGISTERS)
    with tab.expect_navigation():
        tab.get_by_role("link", name="di cui senza corso").click()
    expect(tab.locator(".cp-count-line")).to_contain_text("69 persone")
    assert_accessible(tab)

    attendance = TrainingAttendance.objects.get(person__employee_number="0041")
    tab.goto(f"{live_server.url}{REGISTERS}formazione/{attendance.course_id}/")
    with tab.expect_navigation():
        tab.locator("tr", has_text="Fantasia Olga").get_by_role("link").click()
    press(tab, "Togli")
    assert TrainingAttendance.objects.count() == 2


def test_the_head_reviews_a_mapping(tab, sign_in, bergamo, live_server) -> None:
    sign_in(tab, bergamo.user("responsabile"))
    activity = Activity.objects.get(title__startswith="SUAP")
    tab.goto(f"{live_server.url}/lavoro-agile/attivita/{activity.pk}/")
    with tab.expect_navigation():
        tab.get_by_role("link", name="Rivedi la mappatura").click()
    tab.get_by_label("tutta, o quasi").check()
    tab.get_by_label("solo back office").check()
    tab.get_by_label("Nota").fill("Sportello trasferito in linea.")
    press(tab, "Salva la mappatura")

    expect(tab.locator("main")).to_contain_text("Sportello trasferito in linea.")
    assert_accessible(tab)
    activity.refresh_from_db()
    assert activity.grade == "full"
