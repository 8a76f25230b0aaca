"""A headless Chromium for the tests: `page` is a tab on a laptop, `phone` one on a phone.

A tab fails its test when a page writes an error to the console, throws, or asks another host for
anything.
`assert_accessible(page)` runs axe-core on what is on the screen; `follow(page, link)` presses what
leads to another page and waits until all of that page has come.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Request,
    sync_playwright,
)

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / ".assets/test/axe.min.js"
LAPTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
PATIENCE = 30_000  # ms, the longest wait for what must appear: a busy machine is no fault of a page
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ARGUMENTS = [
    "--no-sandbox",  # the suite may run as root
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
]
OUR_HOSTS = {"localhost", "127.0.0.1"}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, started once per test process."""
    executable = shutil.which("chromium")
    assert executable, "Chromium is missing: `make test` installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


class Watch:
    """What went wrong in a tab without being seen on the page."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def follow(self, context: BrowserContext) -> None:
        # Listened to, not intercepted: that would switch the browser's cache off. Another host is
        # not reached anyway, see ARGUMENTS.
        context.on("request", self.look)
        context.on("console", self.hear)
        context.on("weberror", lambda event: self.faults.append(f"exception: {event.error}"))
        context.on("requestfailed", self.miss)

    def look(self, request: Request) -> None:
        if not is_ours(request.url):
            self.faults.append(f"asked another host: {request.url}")

    def hear(self, message) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console {message.type}: {message.text}")

    def miss(self, request: Request) -> None:
        # A click that leaves the page cancels what was still under way.
        if is_ours(request.url) and request.failure != "net::ERR_ABORTED":
            self.faults.append(f"{request.failure}: {request.url}")


def is_ours(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("data", "blob", "about") or parts.hostname in OUR_HOSTS


def open_tab(chromium: Browser, viewport: dict[str, int], *, touch: bool) -> Iterator[Page]:
    context = chromium.new_context(
        locale="it-IT",
        timezone_id="Europe/Rome",
        viewport=viewport,
        has_touch=touch,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    watch = Watch()
    watch.follow(context)
    tab = context.new_page()
    tab.watch = watch
    yield tab
    context.close()
    assert watch.faults == []


@pytest.fixture
def page(chromium) -> Iterator[Page]:
    """A tab on a laptop, 1366 by 768."""
    yield from open_tab(chromium, LAPTOP, touch=False)


@pytest.fixture
def phone(chromium) -> Iterator[Page]:
    """A tab on a phone, 390 by 844."""
    yield from open_tab(chromium, PHONE, touch=True)


@pytest.fixture
def sign_in(live_server, client, settings):
    """`sign_in(page, user)`: the tab holds the user's session, without going through the form."""

    def put_session(tab: Page, user) -> None:
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
        tab.context.add_cookies([cookie])

    return put_session


def follow(tab: Page, link: Locator) -> None:
    """Press what leads to another page and wait until all of it has come: what counts or lists
    without waiting (`all`, `count`, `all_text_contents`) would read half a page before."""
    with tab.expect_navigation():
        link.click()


def assert_accessible(tab: Page) -> None:
    """axe-core finds nothing on the page as it is now: WCAG 2.2 A and AA, good practice."""
    tab.wait_for_load_state()
    assert AXE.exists(), "axe-core is missing: `make assets` installs it"
    # A script tag would be refused by the content security policy; evaluation by the driver is not.
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(AXE.read_text(encoding="utf-8"))
    result = tab.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations', 'incomplete']})",
        AXE_RULES,
    )
    found = [
        f"{fault['id']}: {fault['help']}: {node['target']} {node['html']}"
        for fault in [*result["violations"], *result["incomplete"]]
        for node in fault["nodes"]
        if fault in result["violations"] or _is_invisible(node)
    ]
    assert found == []


def _is_invisible(node: dict[str, Any]) -> bool:
    """Text of the very colour of its background, of which axe-core leaves the judgement to us."""
    return any((one["data"] or {}).get("messageKey") == "equalRatio" for one in node["any"])
