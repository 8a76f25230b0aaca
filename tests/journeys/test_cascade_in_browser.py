"""The cascade by hand in Chromium: keyboard only, totals as one ticks, a conflict, a row with a
weight of its own, a session that ends, screen readers, the phone, and no script at all."""

import pytest
from django.contrib.sessions.models import Session

from organization.models import AuditEvent, User
from strategy.enums import PlanState
from strategy.models import Dashboard, DashboardRow, Plan
from tests.browser import LAPTOP, assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CASCADE = "/piano/2021/cascata/"
EDIT = f"{CASCADE}modifica/"
NAME_OF_FOCUS = "document.activeElement.name"


@pytest.fixture
def rows(bergamo) -> list[DashboardRow]:
    """The first rows of the strategic dashboard, in a plan that is being updated: Turismo (SG, PS),
    its budget (only the ente), n. iniziative (PS)."""
    Plan.objects.filter(pk=bergamo.plan.pk).update(
        state=PlanState.UPDATING, revision=1, update_reason="Variazione del bilancio."
    )
    return list(bergamo.plan.dashboards.get(slug="strategico").rows.order_by("position")[:3])


@pytest.fixture
def opened(live_server, sign_in, bergamo, rows):
    """`opened(tab)`: the matrix, in a tab of the planner."""

    def open_matrix(tab):
        sign_in(tab, bergamo.user("pianificazione"))
        tab.goto(live_server.url + EDIT)
        tab.locator("#cascade-filters").wait_for()
        return tab

    return open_matrix


def dashboard(code: str) -> Dashboard:
    return Dashboard.objects.get(plan__first_year=2021, code=code)


def signs(row: DashboardRow) -> list[str]:
    """Where the indicator of a row goes."""
    found = Dashboard.objects.cascaded().filter(rows__indicator=row.indicator_id)
    return list(found.from_the_top().values_list("code", flat=True))


def put_as_other(row: DashboardRow, code: str) -> None:
    """Somebody else sends the indicator to one more dashboard."""
    put = DashboardRow(
        dashboard=dashboard(code), action=row.action, indicator=row.indicator, position=99
    )
    put._history_user = User.objects.get(username="segretario")
    put.full_clean()
    put.save()


def box(tab, row: DashboardRow, code: str):
    return tab.locator(f"[name=box][value='{row.indicator_id}-{dashboard(code).pk}']")


def press(tab, *keys: str) -> None:
    for key in keys:
        tab.keyboard.press(key)


def reach(tab, name: str, *, key: str = "Tab", most: int = 30) -> None:
    """Go on with one key until a field of that name has the focus."""
    for _time in range(most):
        tab.keyboard.press(key)
        if tab.evaluate(NAME_OF_FOCUS) == name:
            return
    raise AssertionError(f"{name} is not reached with {most} times {key}")


def acts() -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(verb="cascade.edited"))


def test_by_keyboard_only_and_somebody_else_changes_an_indicator_meanwhile(
    page, live_server, sign_in, bergamo, rows
) -> None:
    tab = page
    tourism, budget, initiatives = rows
    sign_in(tab, bergamo.user("pianificazione"))
    tab.goto(live_server.url + CASCADE)
    tab.get_by_role("link", name="Modifica la cascata").focus()
    press(tab, "Enter")
    tab.locator("#cascade-filters").wait_for()

    reach(tab, "box")
    press(tab, "Space", "ArrowRight", "Space", "ArrowDown", "Space", "ArrowDown", "Space", "Home")
    assert tab.locator(".cp-tick--changed").count() == 4
    assert tab.locator("#cascade-count").inner_text() == (
        "3 assegnazioni aggiunte, 1 assegnazione tolta"
    )
    assert [
        tab.locator(f".cp-ticks__totals [data-count='{dashboard(code).pk}']").inner_text()
        for code in ("SG", "DIR")
    ] == ["8", "8"]
    assert tab.locator(f"tr[data-i='{budget.indicator_id}'] .cp-m--total").inner_text() == "1"
    assert (
        tab.get_by_role(
            "checkbox", name=f"{budget.indicator.name} DIR Dirigente aggiunta", exact=True
        ).count()
        == 1
    )
    assert_accessible(tab)
    put_as_other(initiatives, "RM")

    press(tab, "Tab", "Tab", "Enter")
    tab.locator("#cascade-refused").wait_for()

    assert (signs(tourism), signs(budget), acts()) == (["SG", "PS"], [], [])
    shown = tab.locator(".cp-cellmsg--conflict").inner_text()
    assert [word in shown for word in ("DIR, PS", "PS, RM", str(bergamo.user("segretario")))] == [
        True
    ] * 3
    assert box(tab, tourism, "DIR").is_checked()
    assert_accessible(tab)
    press(tab, "Tab", "Enter")
    reach(tab, f"pick-{initiatives.indicator_id}")
    press(tab, "ArrowDown")
    assert box(tab, initiatives, "RM").is_checked()
    press(tab, "Control+s")

    tab.get_by_text("Cascata salvata: 2 righe aggiunte, 1 riga tolta.").wait_for()
    assert [signs(row) for row in rows] == [["DIR", "PS"], ["DIR"], ["PS", "RM"]]
    [act] = acts()
    assert act.before == {tourism.indicator.name: "SG, PS", budget.indicator.name: "solo ente"}
    assert act.after == {tourism.indicator.name: "DIR, PS", budget.indicator.name: "DIR"}
    tab.goto(live_server.url + "/piano/2021/cruscotti/dirigente/")
    assert tab.get_by_role("rowheader", name="1.1 Attrattività del territorio").count() == 1
    assert tab.get_by_role("link", name=budget.indicator.name).count() == 1


def test_arrows_go_from_box_to_box_and_stop_at_the_edges(page, opened, rows) -> None:
    tab = opened(page)
    last = tab.locator("tr[data-i]").last.locator("[name=box]").last
    reach(tab, "box")

    press(tab, "ArrowUp", "ArrowLeft", "ArrowRight", "ArrowDown", "Shift+Enter", "Enter")
    assert box(tab, rows[1], "DIR").evaluate("one => one === document.activeElement")
    press(tab, "End", "ArrowRight")
    assert box(tab, rows[1], "BS").evaluate("one => one === document.activeElement")
    press(tab, "Control+End", "ArrowDown")

    assert last.evaluate("one => one === document.activeElement")
    seen = last.evaluate(
        "one => { const r = one.getBoundingClientRect();"
        " return document.elementFromPoint(r.x + 8, r.y + 8) === one }"
    )
    assert (seen, tab.locator("[name=box][tabindex='0']").count()) == (True, 1)
    assert tab.locator(".cp-tick--changed").count() == 0


def test_a_row_with_a_weight_of_its_own_asks_before_it_goes(page, opened, rows, bergamo) -> None:
    DashboardRow.objects.filter(dashboard__code="PS", indicator=rows[0].indicator).update(weight=2)
    tab = opened(page)
    box(tab, rows[0], "PS").click()
    tab.get_by_role("button", name="Salva la cascata").click()

    asked = tab.get_by_label("Toglila lo stesso da PS")
    asked.wait_for()
    assert signs(rows[0]) == ["SG", "PS"]
    tab.set_viewport_size({"width": 1366, "height": 4000})  # nothing half under the bar
    assert_accessible(tab)
    asked.check()
    tab.get_by_role("button", name="Salva la cascata").click()

    tab.get_by_text("Cascata salvata: 1 riga tolta.").wait_for()
    assert (signs(rows[0]), acts()[0].before) == (
        ["SG"],
        {rows[0].indicator.name: "SG, PS (peso 2)"},
    )


def test_filters_hide_rows_and_save_them_all_the_same(page, opened, rows) -> None:
    tab = opened(page)
    visible = tab.locator("tr[data-i]:visible")
    box(tab, rows[1], "AG").click()

    tab.get_by_label("Cerca").fill("OCSE")
    assert [visible.count(), tab.locator("tr.cp-objective:visible").count()] == [1, 1]
    tab.get_by_label("Cerca").fill("")
    tab.get_by_label("Mostra").select_option("ente")
    alone = visible.count()
    tab.get_by_label("Mostra").select_option("changed")
    changed = visible.count()
    tab.get_by_label("Mostra").select_option("")
    tab.get_by_label("Obiettivo").select_option(index=2)
    assert (alone, changed, tab.locator("#cascade-shown").inner_text()) == (15, 1, "9 di 58")
    press(tab, "Control+s")

    tab.get_by_text("Cascata salvata: 1 riga aggiunta.").wait_for()
    assert [signs(row) for row in rows] == [["SG", "PS"], ["AG"], ["PS"]]


def test_abandoned_ticks_can_be_put_back(page, opened, rows) -> None:
    tab = opened(page)
    box(tab, rows[1], "AG").click()
    tab.get_by_role("button", name="Abbandona").click()
    tab.get_by_text("1 spunta com’era.").wait_for()
    assert not box(tab, rows[1], "AG").is_checked()

    press(tab, "Enter")

    assert box(tab, rows[1], "AG").is_checked()
    tab.on("dialog", lambda dialog: dialog.accept())


def test_ticks_survive_a_session_that_ended(page, opened, rows) -> None:
    tab = opened(page)
    box(tab, rows[1], "AG").click()
    Session.objects.all().delete()
    press(tab, "Control+s")

    tab.fill("[name=username]", "pianificazione")
    tab.fill("[name=password]", "demo-bergamo-2021")
    tab.locator("main form button").click()

    tab.get_by_text("È tornata 1 spunta").wait_for()
    assert (tab.url.endswith(EDIT), signs(rows[1])) == (True, [])
    press(tab, "Control+s")
    tab.get_by_text("Cascata salvata: 1 riga aggiunta.").wait_for()
    assert signs(rows[1]) == ["AG"]


def test_leaving_with_unsaved_ticks_warns(page, opened, rows) -> None:
    tab = opened(page)
    asked = []
    tab.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    box(tab, rows[1], "AG").click()

    tab.get_by_role("link", name="Esci dalla modifica").click()
    tab.wait_for_url("**/cascata/")

    assert (asked, signs(rows[1])) == (["beforeunload"], [])


@pytest.mark.parametrize("size", ["page", "phone"])
def test_the_matrix_is_accessible_and_fits(opened, rows, request, size) -> None:
    tab = opened(request.getfixturevalue(size))
    box(tab, rows[0], "PS").locator("xpath=..").click()

    assert_accessible(tab)
    assert tab.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    tab.get_by_role("button", name="Salva la cascata").click()
    tab.get_by_text("Cascata salvata: 1 riga tolta.").wait_for()
    assert_accessible(tab)


def test_without_scripts_the_matrix_is_a_form(
    chromium, live_server, client, settings, bergamo, rows
) -> None:
    context = chromium.new_context(locale="it-IT", viewport=LAPTOP, java_script_enabled=False)
    client.force_login(bergamo.user("pianificazione"))
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    context.add_cookies([cookie])
    tab = context.new_page()
    tab.goto(live_server.url + EDIT)
    put_as_other(rows[2], "RM")

    box(tab, rows[1], "AG").check()
    box(tab, rows[2], "PS").uncheck()
    tab.get_by_role("button", name="Salva la cascata").click()
    assert (box(tab, rows[1], "AG").is_checked(), signs(rows[1])) == (True, [])
    tab.get_by_label("Tieni il tuo: solo ente").check()
    tab.get_by_role("button", name="Salva la cascata").click()

    tab.get_by_text("Cascata salvata: 1 riga aggiunta, 2 righe tolte.").wait_for()
    assert [signs(row) for row in rows] == [["SG", "PS"], ["AG"], []]
    context.close()
