"""A form whose session ended while it was being filled in gives back what was typed, once."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session

from camera_perf.demo import PASSWORD
from strategy.enums import PlanState
from strategy.models import Plan
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIFE = "/piano/2021/vita/"
REASON = "Variazione del bilancio di luglio."
FIELD = "textarea[name=reason]"


@pytest.fixture
def life(live_server, sign_in, page, bergamo):
    """The life of the published plan, the reason of an update typed, the session at its end."""
    Plan.objects.filter(pk=bergamo.plan.pk).update(state=PlanState.PUBLISHED)
    sign_in(page, bergamo.user("pianificazione"))
    page.goto(live_server.url + LIFE)
    page.fill(FIELD, REASON)
    Session.objects.all().delete()
    page.locator(f"form:has({FIELD}) button[type=submit]").click()
    page.wait_for_selector("input[name=username]")
    return page


def enter(tab, username: str) -> None:
    tab.fill("input[name=username]", username)
    tab.fill("input[name=password]", PASSWORD)
    tab.locator("main button[type=submit]").click()
    tab.wait_for_url(f"**{LIFE}")


def kept(tab) -> list[str]:
    return tab.evaluate(
        "Object.keys(sessionStorage).filter((name) => name.startsWith('keep-form'))"
    )


def set_password(user) -> None:
    user.set_password(PASSWORD)
    user.save()


def test_what_was_typed_comes_back_after_the_sign_in(life, bergamo) -> None:
    enter(life, "pianificazione")

    assert life.locator(FIELD).input_value() == REASON
    assert life.locator("form[data-keep] .cp-note").count() == 1
    assert Plan.objects.get(pk=bergamo.plan.pk).state == PlanState.PUBLISHED


def test_it_is_not_shown_to_somebody_else(life, bergamo) -> None:
    planning = bergamo.user("pianificazione").person.appointments.first()
    person = factories.person(first_name="Livia", last_name="Campione")
    factories.appointment(person=person, role=planning.role, unit=planning.unit)
    other = factories.user(person=person)
    set_password(other)

    enter(life, other.username)

    assert life.locator(FIELD).input_value() == ""
    assert kept(life) == []


def test_who_leaves_the_page_leaves_nothing(live_server, sign_in, page, bergamo) -> None:
    Plan.objects.filter(pk=bergamo.plan.pk).update(state=PlanState.PUBLISHED)
    sign_in(page, bergamo.user("pianificazione"))
    page.goto(live_server.url + LIFE)
    page.fill(FIELD, REASON)

    page.goto(live_server.url + "/")
    page.goto(live_server.url + LIFE)

    assert page.locator(FIELD).input_value() == ""
    assert kept(page) == []
