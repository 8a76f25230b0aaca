"""The life of a plan in Chromium: from the draft to REV. 1 in force, and the public page."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from strategy.enums import PlanState
from strategy.models import Plan
from tests import factories
from tests.browser import assert_accessible

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

ACT_FILE = {
    "name": "delibera.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF\n",
}
NOT_A_PDF = {"name": "delibera.pdf", "mimeType": "application/pdf", "buffer": b"una lettera"}
TODAY = timezone.localdate().isoformat()


@pytest.fixture(autouse=True)
def _queue_of_the_database(settings):
    """The job of an adoption waits for a worker, which the test is."""
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}
    }


@pytest.fixture
def plan(bergamo) -> Plan:
    """A small plan that nothing stops."""
    return factories.proposable_plan()


class Desk:
    """The page of the life of a plan, as one person after the other opens it."""

    def __init__(self, tab, sign_in, bergamo, address: str) -> None:
        self.tab, self.sign_in, self.bergamo, self.address = tab, sign_in, bergamo, address

    def sit(self, username: str) -> None:
        self.sign_in(self.tab, self.bergamo.user(username))
        self.tab.goto(self.address)

    def act(self, name: str) -> None:
        """Press the button of an act and wait for the page that follows."""
        form = self.tab.locator(f"form:has(input[name=act][value={name}])")
        with self.tab.expect_navigation():
            form.locator("button[type=submit]").click()

    def fill(self, act: str, **fields: str) -> None:
        for name, text in fields.items():
            self.tab.fill(f"#{act}-{name}", text)

    def adopt(self, number: str) -> None:
        self.fill("adopt_plan", act_number=number, act_date=TODAY)
        self.tab.set_input_files("#adopt_plan-act_file", ACT_FILE)
        self.act("adopt_plan")
        self.tab.wait_for_selector("progress")
        call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False)
        # The page asks by itself, and is drawn anew when there is nothing to wait for.
        self.tab.wait_for_selector("input[name=act][value=publish_plan]", state="attached")
        self.act("publish_plan")


@pytest.fixture
def desk(live_server, sign_in, page, bergamo, plan) -> Desk:
    return Desk(page, sign_in, bergamo, f"{live_server.url}/piano/{plan.first_year}/vita/")


def test_from_the_draft_to_the_second_edition(live_server, desk, plan, page, phone) -> None:
    desk.sit("pianificazione")
    assert_accessible(page)
    desk.act("open_consultation")
    desk.fill("record_consultation", held_on=TODAY, note="Parere favorevole.")
    page.select_option("#record_consultation-body", "oiv")
    page.select_option("#record_consultation-outcome", "remarks")
    desk.act("record_consultation")
    assert page.locator("td", has_text="Parere favorevole.").count() == 1
    assert_accessible(page)
    desk.act("propose_plan")

    desk.sit("segretario")
    desk.fill("adopt_plan", act_number="2", act_date=TODAY)
    page.set_input_files("#adopt_plan-act_file", NOT_A_PDF)
    desk.act("adopt_plan")
    assert page.locator("#adopt_plan-act_file_error").count() == 1
    assert page.input_value("#adopt_plan-act_number") == "2"
    assert_accessible(page)
    desk.adopt("2")

    desk.sit("pianificazione")
    desk.fill("open_update", reason="Adeguamento dopo il primo trimestre.")
    desk.act("open_update")
    desk.act("propose_plan")
    desk.sit("segretario")
    desk.adopt("9")

    plan.refresh_from_db()
    assert (plan.state, plan.revision) == (PlanState.PUBLISHED, 1)
    assert page.locator("article.cp-box h3").all_inner_texts() == ["REV. 1", "REV. 0"]
    assert_accessible(page)
    for tab in (page, phone):
        read_in_public(tab, f"{live_server.url}/trasparenza/{plan.label}")


def read_in_public(tab, address: str) -> None:
    """A stranger follows the old edition to the new one and takes plan and act away."""
    tab.context.clear_cookies()
    tab.goto(f"{address}/rev-0/")
    assert_accessible(tab)
    tab.click("main .cp-note a")
    assert tab.url == f"{address}/rev-1/"
    assert_accessible(tab)
    for name in ("piano.pdf", "atto.pdf"):
        with tab.expect_download() as download:
            tab.click(f"main a[href$='{name}']")
        assert download.value.path().read_bytes().startswith(b"%PDF-")


def test_the_life_of_the_loaded_plan_on_the_phone(sign_in, live_server, phone, bergamo) -> None:
    sign_in(phone, bergamo.user("dipendente"))

    phone.goto(f"{live_server.url}/piano/2021/vita/")

    assert_accessible(phone)
    width = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert phone.evaluate(width)
