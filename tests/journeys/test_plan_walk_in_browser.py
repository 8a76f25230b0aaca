"""An update of the plan of Bergamo from the first cell to the difference, on the keyboard alone:
targets changed, a block pasted with a mistake in it, a conflict, a blocker, the adoption."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from indicators.models import Target
from organization.enums import Role
from strategy.enums import PlanState
from strategy.models import Plan
from tests import factories
from tests.browser import LAPTOP, assert_accessible

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

GRID = "/piano/2021/cruscotto/modifica/"
LIFE = "/piano/2021/vita/"
PASSWORD = "demo-bergamo-2021"
ACT_FILE = {
    "name": "delibera.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF\n",
}
FIVE = ["≥ 100%", "95%", "12", "≥ 100%", "≥ 100%"]
BLOCK = "12\t\t12\n4\t\tquattro\n≥ 90%\t\t≥ 90%\n"
HERE = "selector => document.activeElement.matches(selector)"
STOPS = 80


@pytest.fixture(autouse=True)
def _queue_of_the_database(settings):
    """The job of an adoption waits for a worker, which the test is."""
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}
    }


class Keyboard:
    """A person at a keyboard: types, goes on with Tab, never points."""

    def __init__(self, tab, base: str) -> None:
        self.tab, self.base = tab, base
        self.press, self.type = tab.keyboard.press, tab.keyboard.type

    def arrive(self, username: str, path: str) -> None:
        """Asks for a page, signs in on the way, and is there."""
        self.tab.goto(self.base + path)
        self.tab.locator("[name=username]:focus").wait_for()
        self.type(username)
        self.press("Tab")
        self.type(PASSWORD)
        with self.tab.expect_navigation():
            self.press("Enter")
        assert self.tab.url == self.base + path

    def reach(self, selector: str) -> None:
        """With Tab as far as the thing; on a page just opened the skip link goes before."""
        if self.tab.evaluate(HERE, "body"):
            self.press("Tab")
            self.press("Enter")
        for _stop in range(STOPS):
            self.press("Tab")
            if self.tab.evaluate(HERE, selector):
                return
        raise AssertionError(f"No Tab reaches {selector}")

    def enter(self, selector: str) -> None:
        """Reaches a button or a link and presses it; another page follows."""
        self.reach(selector)
        with self.tab.expect_navigation():
            self.press("Enter")

    def cell(self, row: int) -> None:
        """Into the target 2021 of a row of the grid, counted from the first."""
        while not self.tab.evaluate(HERE, ".cp-edit__field"):
            self.press("F6")
        self.press("Control+Home")
        self.press("ArrowRight")
        for _step in range(row):
            self.press("ArrowDown")

    def save(self, told: str) -> None:
        """Ctrl+S, and the page tells what became of it."""
        self.press("Control+s")
        self.tab.locator("#grid-outcome", has_text=told).wait_for()


@pytest.fixture
def plan(bergamo) -> Plan:
    """The loaded plan while its first update is written."""
    Plan.objects.filter(pk=bergamo.plan.pk).update(
        state=PlanState.UPDATING, revision=1, update_reason="Variazione del bilancio."
    )
    return bergamo.plan


@pytest.fixture
def colleague(plan):
    """A second person of the planning office."""
    user = factories.user(username="collega")
    user.set_password(PASSWORD)
    user.save()
    factories.appointment(person=user.person, role=Role.PLANNER)
    return user


@pytest.fixture
def planner(page, live_server) -> Keyboard:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return Keyboard(page, live_server.url)


@pytest.fixture
def other(chromium, live_server):
    """The keyboard of the second browser."""
    context = chromium.new_context(locale="it-IT", viewport=LAPTOP)
    context.set_default_timeout(10_000)
    yield Keyboard(context.new_page(), live_server.url)
    context.close()


def targets(plan: Plan, year: int = 2021) -> list[str]:
    """The targets of the first rows of the strategic dashboard."""
    rows = plan.dashboards.get(slug="strategico").rows.order_by("position")[:8]
    held = Target.objects.filter(cycle=2021, year=year)
    return [held.get(indicator=row.indicator_id).printed for row in rows]


def test_an_update_on_the_keyboard_alone(plan, colleague, planner, other, bergamo) -> None:
    before = targets(plan)
    planner.arrive("pianificazione", GRID)

    change_five(planner)
    assert targets(plan) == [*FIVE, *before[5:]]
    paste_and_mend(planner, other)
    assert targets(plan) == [*FIVE, "12", "5", "≥ 90%"]
    assert targets(plan, 2022)[5:] == ["12", "4", "≥ 90%"]

    propose(planner, other)
    plan.refresh_from_db()
    assert plan.state == PlanState.PROPOSED

    adopt(other)
    plan.refresh_from_db()
    assert (plan.state, plan.revision) == (PlanState.ADOPTED, 1)
    read_difference(planner, before)


def change_five(planner: Keyboard) -> None:
    planner.cell(0)
    for text in FIVE:
        planner.type(text)
        planner.press("Enter")
    planner.save("5 celle salvate.")


def paste_and_mend(planner: Keyboard, other: Keyboard) -> None:
    """Three by three cells with one that cannot be read, while a colleague saves one of them."""
    tab = planner.tab
    tab.evaluate("text => navigator.clipboard.writeText(text)", BLOCK)
    planner.press("Control+v")
    tab.locator("#grid-outcome", has_text="9 celle incollate.").wait_for()
    tab.locator(".cp-cellmsg--wrong").wait_for()

    other.arrive("collega", GRID)
    other.cell(6)
    other.type("5")
    other.save("1 cella salvata.")

    planner.save("Non salvato")
    # The refusal leads to the first cell of the two: theirs is taken with the second button.
    assert tab.evaluate(HERE, "[data-pick=mine]")
    planner.press("Tab")
    planner.press("Enter")
    planner.cell(6)
    planner.press("ArrowRight")
    planner.press("ArrowRight")
    assert "da correggere" in tab.locator(".cp-edit__field").get_attribute("aria-label")
    planner.type("4")
    planner.press("Enter")
    planner.save("celle salvate.")


def propose(planner: Keyboard, other: Keyboard) -> None:
    """A blocker comes up after the page was opened: the proposal is refused, mended, made."""
    tab = planner.tab
    tab.goto(planner.base + LIFE)
    other.cell(3)
    other.press("Delete")
    other.save("1 cella salvata.")

    planner.enter("form:has([value=propose_plan]) button")
    refusal = tab.locator("main .cp-note--error")
    assert "1 blocco" in refusal.inner_text()
    assert_accessible(tab)
    # The browser notes the refused request; nothing else went wrong.
    [noted] = tab.watch.faults
    assert "409" in noted
    tab.watch.faults.clear()

    planner.enter(".cp-note--caution li a")
    tab.locator(".cp-edit__field").wait_for()
    planner.type("≥ 100%")
    planner.press("Enter")
    planner.save("1 cella salvata.")
    tab.goto(planner.base + LIFE)
    planner.enter("form:has([value=propose_plan]) button")


def adopt(desk: Keyboard) -> None:
    """The Secretary General takes the colleague's chair. A day is chosen and a file picked in the
    windows of the browser, which no page can type into."""
    tab = desk.tab
    tab.context.clear_cookies()
    desk.arrive("segretario", LIFE)
    desk.reach("#adopt_plan-act_number")
    desk.type("9")
    tab.fill("#adopt_plan-act_date", timezone.localdate().isoformat())
    tab.set_input_files("#adopt_plan-act_file", ACT_FILE)
    desk.enter("form:has([value=adopt_plan]) button")
    tab.wait_for_selector("progress")
    call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False)
    tab.wait_for_selector("input[name=act][value=publish_plan]", state="attached")


def read_difference(reader: Keyboard, before: list[str]) -> None:
    """The OIV reads what changed since REV. 0: cell by cell, old beside new."""
    tab = reader.tab
    tab.context.clear_cookies()
    reader.arrive("oiv", "/piano/2021/confronto/")
    values = [
        [cell.inner_text().strip() for cell in row.locator(".cp-words").all()]
        for row in tab.locator("table.cp-difference tbody tr:has(.cp-words)").all()
    ]
    changed = zip(before, [*FIVE, "12", "5", "≥ 90%"], strict=True)
    assert [pair for pair in changed if list(pair) not in values] == []
    assert_accessible(tab)
