"""Planning fills the sheet of a project, in a real browser: a wrong value, a colleague meanwhile,
the order, the figure; every page of the way is accessible on laptop and phone."""

from __future__ import annotations

import datetime

import pytest

from indicators.models import Indicator
from strategy.enums import PlanState
from strategy.models import Plan, ProjectSheet, Recording
from strategy.monitoring_enums import RecordingState
from strategy.operations.projects import change_activity
from tests import factories
from tests.browser import assert_accessible

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(params=["page", "phone"])
def tab(request, sign_in, bergamo):
    """Planning, on a laptop, then on a phone; the plan is being updated."""
    Plan.objects.filter(pk=bergamo.plan.pk).update(
        state=PlanState.UPDATING, revision=1, update_reason="Variazione."
    )
    found = request.getfixturevalue(request.param)
    sign_in(found, bergamo.user("pianificazione"))
    return found


@pytest.fixture
def sheet(bergamo) -> ProjectSheet:
    return ProjectSheet.objects.get(plan=bergamo.plan, indicator__name__contains="(POLA)")


def forgive_the_answer(tab) -> None:
    """The browser notes an answer of 400 or 409 by itself; the page is right all the same."""
    tab.watch.faults[:] = [fault for fault in tab.watch.faults if "status of 40" not in fault]


def fill(tab, **values: str) -> None:
    for name, value in values.items():
        tab.fill(f"[name={name}]", value)


def send(tab) -> None:
    with tab.expect_navigation():
        tab.click("main form.cp-form--page button[type=submit]")


def test_from_an_empty_sheet_to_its_figure(tab, live_server, sheet, settings) -> None:
    settings.DEMO_DATE = datetime.date(2021, 7, 5)
    # Nine services show it and none is said to supply its figure: planning enters it.
    Indicator.objects.filter(pk=sheet.indicator_id).update(supplier=None)
    tab.goto(live_server.url + sheet.get_absolute_url())
    assert_accessible(tab)
    with tab.expect_navigation():
        tab.click(".cp-empty a.btn-primary")
    fill(tab, name="Bando", starts_on="2021-02-01", ends_on="2021-01-01", printed="novanta")
    send(tab)
    assert_accessible(tab)
    assert tab.locator("[name=printed]").input_value() == "novanta"

    fill(tab, ends_on="2021-06-30", printed="100%")
    send(tab)
    activity = sheet.activities.get()
    factories.project_activity(sheet=sheet, name="Premi")
    tab.reload()
    assert_accessible(tab)
    with tab.expect_navigation():
        tab.click(f"#a-{activity.pk} button[value=down]")
    assert tab.locator(".cp-activities__moved").count() == 1
    assert_accessible(tab)
    with tab.expect_navigation():
        tab.click(f"#a-{activity.pk} a:has-text('Risultato')")
    fill(tab, printed="60%", measured_on="2021-06-30")
    send(tab)
    with tab.expect_navigation():
        tab.click("a:has-text('Vai alla sua riga')")
    assert_accessible(tab)
    with tab.expect_navigation():
        tab.click(f"button[value=sheet-{sheet.indicator_id}]")
    assert_accessible(tab)

    forgive_the_answer(tab)
    taken = Recording.objects.get(indicator=sheet.indicator)
    assert (taken.printed, taken.state) == ("30%", RecordingState.DRAFT)
    assert [one.name for one in sheet.activities.in_order()] == ["Premi", "Bando"]


def test_a_colleague_who_saves_meanwhile_is_seen(tab, live_server, bergamo, sheet) -> None:
    activity = factories.project_activity(sheet=sheet, name="Bando")
    tab.goto(f"{live_server.url}{sheet.get_absolute_url()}attivita/{activity.pk}/modifica/")
    change_activity(
        activity,
        name="Di altri",
        starts_on=activity.starts_on,
        ends_on=datetime.date(2021, 10, 31),
        printed="80%",
        weight=activity.weight,
        responsible=None,
        version=1,
        by=bergamo.user("pianificazione"),
    )
    fill(tab, name="Mia")

    send(tab)

    assert_accessible(tab)
    forgive_the_answer(tab)
    assert "Di altri" in tab.locator(".cp-note--caution").inner_text()
    assert tab.locator("[name=name]").input_value() == "Mia"
    send(tab)
    assert sheet.activities.get().name == "Mia"


def test_removing_asks_and_can_be_left(tab, live_server, sheet) -> None:
    activity = factories.project_activity(sheet=sheet, name="Bando")
    tab.goto(f"{live_server.url}{sheet.get_absolute_url()}attivita/{activity.pk}/togli/")
    assert_accessible(tab)

    with tab.expect_navigation():
        tab.click("main form a.btn")

    assert tab.url.endswith(sheet.get_absolute_url())
    assert sheet.activities.count() == 1
