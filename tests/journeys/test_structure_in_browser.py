"""The structure of the plan in Chromium: by keyboard, by dragging, with the pages that ask."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session

from camera_perf.demo import PASSWORD
from indicators.models import Indicator, Target
from strategy.enums import PlanState
from strategy.models import Action, DashboardRow, Plan
from tests.browser import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROWS = "/piano/2021/cruscotti/registro-imprese/righe/"


@pytest.fixture
def planning(bergamo, live_server, sign_in, page):
    Plan.objects.filter(pk=bergamo.plan.pk).update(
        state=PlanState.UPDATING, revision=1, update_reason="Nuovi target."
    )
    sign_in(page, bergamo.user("pianificazione"))
    return page


def actions_of(pk: int) -> list[str]:
    return list(
        Action.objects.filter(objective=pk).order_by("position").values_list("name", flat=True)
    )


def test_an_action_is_moved_by_keyboard_and_stays_under_it(planning, live_server) -> None:
    first = Action.objects.get(name="Sostenere il sistema fieristico territoriale")
    before = actions_of(first.objective_id)
    planning.goto(f"{live_server.url}/piano/2021/struttura/")

    planning.locator(f"#action-{first.pk} button[value=down]").focus()
    planning.keyboard.press("Enter")
    planning.wait_for_url("**spostato=action-*")

    place = before.index(first.name)
    before.insert(place + 1, before.pop(place))
    assert actions_of(first.objective_id) == before
    assert planning.evaluate("document.activeElement.textContent") == first.name
    assert_accessible(planning)


def test_an_action_is_dragged_under_another_objective(planning, live_server) -> None:
    action = Action.objects.get(name="Sostenere il sistema fieristico territoriale")
    target = Action.objects.filter(objective__code="1.2").order_by("position").first()
    planning.goto(f"{live_server.url}/piano/2021/struttura/")

    planning.locator(f"#action-{action.pk} [data-grip]").drag_to(
        planning.locator(f"#action-{target.pk}"), target_position={"x": 300, "y": 2}
    )
    planning.wait_for_url("**spostato=action-*")

    action.refresh_from_db()
    assert (action.objective_id, action.position) == (target.objective_id, 1)
    rows = DashboardRow.objects.filter(dashboard__slug="strategico").order_by("position")
    actions = list(rows.values_list("action_id", flat=True))
    objective = rows.filter(action__objective=target.objective).first()
    assert (objective.action, actions[objective.position - 1]) == (action, action.pk)


def test_an_indicator_is_searched_weighed_and_taken_off(planning, live_server) -> None:
    shared = Indicator.objects.get(name__startswith="N. di B2B meetings")
    planning.goto(live_server.url + ROWS)
    planning.get_by_role("link", name="Aggiungi un indicatore").focus()
    planning.keyboard.press("Enter")
    planning.wait_for_selector("#row-q:focus")
    planning.keyboard.type("B2B meetings")
    planning.keyboard.press("Enter")
    planning.wait_for_selector("[name=action]")
    assert_accessible(planning)
    planning.select_option("[name=action]", index=3)
    planning.get_by_role("button", name="Mettilo qui").focus()
    planning.keyboard.press("Enter")
    planning.wait_for_url(f"**{ROWS}")

    row = DashboardRow.objects.get(indicator=shared, dashboard__slug="registro-imprese")
    planning.fill(f"#w-{row.pk}", "2,5")
    assert planning.text_content("[data-weight-sum]") == "12,5"
    planning.keyboard.press("Enter")
    planning.wait_for_selector(".cp-note--ok")
    row.refresh_from_db()
    assert str(row.weight) == "2.50"

    planning.goto(f"{live_server.url}/piano/2021/righe/{row.pk}/togli/")
    assert_accessible(planning)
    planning.get_by_role("button", name="Togli la riga").click()
    planning.wait_for_selector(".cp-note--ok")
    assert not DashboardRow.objects.filter(pk=row.pk).exists()


def test_a_near_duplicate_is_used_instead(planning, live_server) -> None:
    planning.goto(f"{live_server.url}{ROWS}nuovo-indicatore/")
    planning.select_option("[name=action]", index=2)
    planning.fill("[name=name]", "n. di b2b meetings, visite aziendali e workshop")
    planning.get_by_role("button", name="Crea l’indicatore").click()
    planning.wait_for_selector(".cp-twins")
    assert_accessible(planning)
    planning.get_by_role("button", name="Usa questo").first.click()
    planning.wait_for_url(f"**{ROWS}")

    assert Indicator.objects.filter(name__icontains="B2B meetings").count() == 1
    row = DashboardRow.objects.get(
        indicator__name__startswith="N. di B2B", dashboard__slug="registro-imprese"
    )
    assert row.action.objective.code.startswith("1.")


def test_polarities_are_confirmed_in_bulk(planning, live_server) -> None:
    planning.goto(f"{live_server.url}/piano/2021/polarita/")
    count = planning.locator("tbody tr").count()
    planning.locator("[data-all]").focus()
    planning.keyboard.press("Space")
    assert planning.text_content("[data-ticked]") == str(count)
    assert_accessible(planning)
    planning.get_by_role("button", name="Conferma quelle spuntate").click()
    planning.wait_for_selector(".cp-note--ok")

    left = Target.objects.for_cycle(2021).with_polarity_to_confirm()
    assert not left.filter(indicator__rows__dashboard__plan__first_year=2021).exists()


def test_what_was_typed_survives_a_session_that_ended(
    planning, live_server, bergamo, sign_in
) -> None:
    user = bergamo.user("pianificazione")
    user.set_password(PASSWORD)
    user.save()
    sign_in(planning, user)
    action = Action.objects.filter(objective__code="1.1").first()
    planning.goto(f"{live_server.url}/piano/2021/struttura/azione/{action.pk}/")
    planning.fill("[name=name]", "Nome scritto a lungo")
    Session.objects.all().delete()
    planning.locator(".cp-form--page button[type=submit]").click()
    planning.wait_for_selector("[name=username]")
    planning.fill("[name=username]", "pianificazione")
    planning.fill("[name=password]", PASSWORD)
    planning.locator("main button[type=submit]").click()
    planning.wait_for_url(f"**/azione/{action.pk}/")

    assert planning.input_value("[name=name]") == "Nome scritto a lungo"
