"""The grid of a dashboard in Chromium: keys, blocks, undo, wrong cells, conflicts, a session that
ends, screen readers, the phone, and no script at all."""

import pytest
from django.contrib.sessions.models import Session

from indicators.models import Target
from organization.enums import Role
from organization.models import AuditEvent, User
from strategy.enums import PlanState
from strategy.models import Plan
from tests import factories
from tests.browser import LAPTOP, assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GRID = "/piano/2021/cruscotto/modifica/"
YEARS = [2021, 2022, 2023]


@pytest.fixture
def rows(bergamo) -> list:
    """The first rows of the strategic dashboard, in a plan that is being updated."""
    Plan.objects.filter(pk=bergamo.plan.pk).update(
        state=PlanState.UPDATING, revision=1, update_reason="Variazione del bilancio."
    )
    return list(bergamo.plan.dashboards.get(slug="strategico").rows.order_by("position")[:12])


@pytest.fixture
def opened(live_server, sign_in, bergamo, rows):
    """`opened(tab)`: the grid, in a tab of the planner."""

    def open_grid(tab):
        sign_in(tab, bergamo.user("pianificazione"))
        tab.goto(live_server.url + GRID)
        return tab

    return open_grid


def target(row, year: int = 2021) -> str:
    return Target.objects.get(indicator=row.indicator_id, cycle=2021, year=year).printed


def cell(tab, row, year: int = 2021):
    """The cell of a target on the page."""
    column = tab.locator(f"th[data-c=t{year}]").evaluate("head => head.cellIndex")
    columns = tab.locator("thead th").count()
    line = tab.locator(f"tr[data-i='{row.indicator_id}']")
    return line.locator("xpath=./*").nth(-1 - (columns - 1 - column))


def field(tab) -> str:
    """What a screen reader is told of the active cell."""
    return tab.locator(".cp-edit__field").get_attribute("aria-label")


def outcome(tab, text: str) -> None:
    tab.locator("#grid-outcome", has_text=text).wait_for()


def leave_quietly(tab) -> None:
    """A page with changes asks before it is left."""
    tab.on("dialog", lambda dialog: dialog.accept())


def write_as_other(row, text: str, year: int = 2021) -> None:
    """Somebody else saves a target."""
    found = Target.objects.get(indicator=row.indicator_id, cycle=2021, year=year)
    found.printed = text
    found._history_user = User.objects.get(username="segretario")
    found.full_clean()
    found.save()


def test_the_work_begins_at_the_first_target_that_is_open(page, opened, rows) -> None:
    tab = opened(page)

    assert field(tab).endswith("Target 2021")
    assert tab.locator(f"tr[data-i='{rows[0].indicator_id}'] .cp-edit__field").count() == 1


def test_five_targets_by_keyboard_only(page, opened, rows) -> None:
    tab = opened(page)
    before = [target(row) for row in rows[:7]]
    tab.keyboard.press("F6")
    cell(tab, rows[0]).click()

    for text in ("≥ 100%", "95%", "12", "100%", "100%"):
        tab.keyboard.type(text)
        tab.keyboard.press("Enter")
    assert field(tab).endswith("Target 2021")
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("F2")
    tab.keyboard.type("9")
    tab.keyboard.press("Escape")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.type("11")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Control+s")

    outcome(tab, "celle salvate")
    assert [target(row) for row in rows[:6]] == ["≥ 100%", "95%", "12", "100%", "100%", "11"]
    assert target(rows[6]) == before[6]
    [act] = AuditEvent.objects.filter(verb="targets.edited")
    assert len(act.after) == sum(
        text != old
        for text, old in zip(["≥ 100%", "95%", "12", "100%", "100%", "11"], before, strict=False)
    )


def test_a_pasted_block_with_a_wrong_cell_is_mended_and_saved(page, opened, rows) -> None:
    tab = opened(page)
    tab.get_by_role("button", name="Incolla blocco").click()
    tab.get_by_label("Celle copiate").fill("100%\t100%\t100%\n95%\tnovanta\t95%\n12\t12\t12\n")
    tab.keyboard.press("Tab")
    assert_accessible(tab)
    tab.keyboard.press("Escape")
    cell(tab, rows[0]).click()
    tab.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text/plain", "100%\\t\\t100%\\n95%\\tsì?\\tnovanta\\n12\\t\\t12\\n");
            const paste = new ClipboardEvent("paste", {
                clipboardData: data, bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(paste);
        }"""
    )
    outcome(tab, "9 celle incollate.")
    tab.locator(".cp-cellmsg--wrong").nth(1).wait_for()

    tab.keyboard.press("Control+z")
    assert tab.locator(".cp-edit--changed").count() == 0
    tab.keyboard.press("Control+y")
    cell(tab, rows[1]).click()
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("Delete")
    tab.locator("#grid-submit").click()
    outcome(tab, "Non salvato")
    assert target(rows[0], 2022) != ""
    assert "da correggere" in field(tab)
    assert_accessible(tab)

    tab.keyboard.type("96%")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Control+s")
    outcome(tab, "salvate")
    assert [target(rows[1]), target(rows[1], 2022)] == ["95%", "96%"]
    assert tab.locator(".cp-edit--changed").count() == 0


def test_fill_down_copy_and_block_of_one(page, opened, rows) -> None:
    tab = opened(page)
    cell(tab, rows[0]).click()
    tab.keyboard.type("70%")
    tab.keyboard.press("Enter")
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("Shift+ArrowDown")
    tab.keyboard.press("Shift+ArrowDown")
    tab.keyboard.press("Control+d")
    outcome(tab, "2 celle riempite.")

    shown = [cell(tab, row).inner_text().split("\n")[0] for row in rows[1:3]]

    assert shown == ["70%", "70%"]
    tab.keyboard.press("Control+c")
    cell(tab, rows[4]).click()
    tab.keyboard.press("Control+v")
    outcome(tab, "3 celle incollate.")
    assert [cell(tab, row).inner_text().split("\n")[0] for row in rows[5:7]] == ["70%", "70%"]
    assert tab.locator(".cp-edit__field").input_value() == "70%"
    tab.keyboard.press("Control+z")
    tab.keyboard.press("Control+z")
    tab.keyboard.press("Control+z")
    assert tab.locator(".cp-edit--changed").count() == 0
    leave_quietly(tab)


def test_the_server_says_how_it_reads_what_is_typed(page, opened, rows) -> None:
    tab = opened(page)
    cell(tab, rows[0]).click()
    tab.keyboard.type("≥ 95%")

    tab.locator("#grid-read", has_text="Si legge come percentuale ≥ 95%.").wait_for()
    assert "sotto il consuntivo 2020 (100%)" in tab.locator("#grid-read").inner_text()
    assert "modificata" in field(tab)
    assert target(rows[0]) == "100%"
    leave_quietly(tab)


def test_a_lower_target_asks_for_its_reason(page, opened, rows) -> None:
    tab = opened(page)
    cell(tab, rows[1]).click()
    tab.keyboard.type("85%")
    why = tab.locator(".cp-cellmsg--ask input")
    why.wait_for()
    assert_accessible(tab)

    tab.keyboard.press("Control+s")
    outcome(tab, "Non salvato")
    assert why.evaluate("field => field === document.activeElement")
    tab.keyboard.type("meno risorse")
    tab.keyboard.press("Control+s")

    outcome(tab, "1 cella salvata.")
    saved = Target.objects.get(indicator=rows[1].indicator_id, cycle=2021, year=2021)
    assert (saved.printed, saved.reason) == ("85%", "meno risorse")


@pytest.mark.parametrize(
    ("choice", "kept", "told"),
    [("Tieni 13", "13", "1 cella salvata."), ("Prendi 12", "12", "Niente da salvare")],
    ids=["mine", "theirs"],
)
def test_of_a_conflict_both_texts_are_shown_and_one_is_chosen(
    page, opened, rows, choice, kept, told
) -> None:
    tab = opened(page)
    cell(tab, rows[2]).click()
    write_as_other(rows[2], "12")
    tab.keyboard.type("13")
    tab.keyboard.press("Control+s")

    outcome(tab, "Non salvato")
    shown = tab.locator(".cp-cellmsg--conflict").inner_text()
    assert str(User.objects.get(username="segretario")) in shown
    assert target(rows[2]) == "12"
    assert_accessible(tab)
    tab.get_by_role("button", name=choice).click()
    tab.keyboard.press("Control+s")
    outcome(tab, told)
    assert target(rows[2]) == kept


def test_what_was_typed_survives_a_session_that_ended(page, opened, rows) -> None:
    tab = opened(page)
    cell(tab, rows[2]).click()
    tab.keyboard.type("13")
    Session.objects.all().delete()
    tab.keyboard.press("Control+s")
    tab.get_by_role("link", name="Accedi e riprendi").click()

    tab.fill("[name=username]", "pianificazione")
    tab.fill("[name=password]", "demo-bergamo-2021")
    tab.locator("main form button").click()

    outcome(tab, "È tornata 1 cella")
    assert tab.url.endswith(GRID)
    tab.keyboard.press("Control+s")
    outcome(tab, "1 cella salvata.")
    assert target(rows[2]) == "13"


def test_texts_of_one_person_wait_for_that_person(
    page, opened, rows, live_server, sign_in, bergamo
) -> None:
    other = factories.user()
    factories.appointment(person=other.person, role=Role.PLANNER)
    tab = opened(page)
    leave_quietly(tab)
    cell(tab, rows[2]).click()
    tab.keyboard.type("13")

    sign_in(tab, other)
    tab.goto(live_server.url + GRID)
    tab.locator(".cp-edit__field").wait_for()
    theirs = tab.locator(".cp-edit--changed").count()
    sign_in(tab, bergamo.user("pianificazione"))
    tab.goto(live_server.url + GRID)
    outcome(tab, "È tornata 1 cella")

    assert theirs == 0
    assert cell(tab, rows[2]).inner_text().split() == ["13", "era", "11"]


def test_leaving_with_unsaved_changes_warns(page, opened, rows) -> None:
    tab = opened(page)
    asked = []
    tab.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    cell(tab, rows[2]).click()
    tab.keyboard.type("13")
    tab.keyboard.press("Enter")

    tab.get_by_role("link", name="Esci dalla modifica").click()
    tab.wait_for_url("**/cruscotto/")

    assert asked == ["beforeunload"]
    assert target(rows[2]) == "11"


@pytest.mark.parametrize("size", ["page", "phone"])
def test_the_grid_is_accessible_and_fits(opened, rows, request, size) -> None:
    tab = opened(request.getfixturevalue(size))
    cell(tab, rows[1]).click()
    tab.keyboard.type("novanta")
    tab.locator(".cp-cellmsg--wrong").wait_for()

    assert_accessible(tab)
    assert tab.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    tab.keyboard.press("Escape")
    tab.locator(".cp-cellmsg").wait_for(state="detached")
    assert_accessible(tab)
    tab.keyboard.press("?")
    assert tab.locator("#grid-keys").is_visible()
    assert_accessible(tab)
    tab.keyboard.press("Escape")
    tab.goto(tab.url + "?modulo=1")
    assert_accessible(tab)
    assert tab.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_without_scripts_the_grid_is_a_form(
    chromium, live_server, client, settings, bergamo, rows
) -> None:
    context = chromium.new_context(locale="it-IT", viewport=LAPTOP, java_script_enabled=False)
    client.force_login(bergamo.user("pianificazione"))
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    context.add_cookies([cookie])
    tab = context.new_page()
    tab.goto(live_server.url + GRID)
    tab.wait_for_url("**?modulo=1")

    tab.fill(f"[name=t{rows[0].indicator_id}-2021]", "novanta")
    tab.fill(f"[name=t{rows[2].indicator_id}-2021]", "13")
    tab.get_by_role("button", name="Salva le celle modificate").click()
    assert tab.locator(f"[name=t{rows[0].indicator_id}-2021]").input_value() == "novanta"
    assert target(rows[2]) == "11"
    tab.fill(f"[name=t{rows[0].indicator_id}-2021]", "≥ 100%")
    tab.get_by_role("button", name="Salva le celle modificate").click()

    tab.get_by_text("2 celle salvate.").wait_for()
    assert [target(rows[0]), target(rows[2])] == ["≥ 100%", "13"]
    context.close()


@pytest.mark.parametrize("page_of", ["", "modifica/", "modifica/?modulo=1"])
def test_the_objective_stays_in_view_under_the_header(page, opened, rows, live_server, page_of):
    tab = opened(page)
    tab.goto(f"{live_server.url}/piano/2021/cruscotto/{page_of}")

    tab.locator(".cp-objective").nth(1).evaluate("row => scrollTo(0, row.offsetTop)")

    head = tab.locator("thead th").first.bounding_box()
    titles = [box.bounding_box()["y"] for box in tab.locator(".cp-objective > th").all()[:2]]
    assert round(max(y for y in titles if y <= head["y"] + head["height"])) == round(
        head["y"] + head["height"]
    )


def test_an_address_that_names_a_cell_leads_into_it(page, opened, rows):
    tab = opened(page)
    row = rows[9]

    tab.goto(f"{tab.url}#t{row.indicator_id}-2022")
    tab.reload()

    assert field(tab).endswith("Target 2022")
    tab.keyboard.type("13")
    assert cell(tab, row, 2022).locator("input").input_value() == "13"
    leave_quietly(tab)
