"""The measures of `make bench` that a person at the screen would feel: the grid in Chromium.

Two pages of the same 580 rows, taken in turns: the strategic dashboard to be read and the same to
be written in. Each is asked for until it takes a key: Tab goes to the first link of the one, a
figure goes into the first cell of the other. The page itself notes the moment, counted from when
it was asked for.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from statistics import median

from playwright.sync_api import Page, sync_playwright

ROUNDS = 9
CELLS = 200
PASTED_ROWS = 67  # three targets each: 201 cells
LAPTOP = {"width": 1366, "height": 768}
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]
NOTE_THE_KEYS = """
addEventListener("focusin", () => { window.reached ??= performance.now(); }, true);
addEventListener("input", () => { window.written ??= performance.now(); }, true);
"""
PAGE = "/piano/2021/cruscotto/"
USERNAME = "pianificazione"
PASSWORD = "demo-bergamo-2021"  # noqa: S105 - public on purpose: the demonstration prints it
FIELD = ".cp-edit__field"
NAMES = {
    "usable": "grid of 580 rows until it takes a key, s",
    "ratio": "the same / read-only page of 580 rows",
    "requests": f"saving {CELLS} cells in the grid, requests",
}
Line = dict[str, str | float]


def grid_measures(address: str) -> Iterator[Line]:
    """The grid against its reading page, then a save; where Chromium is missing, only that."""
    executable = shutil.which("chromium")
    if executable is None:
        missing = "Chromium is not on this machine (`make test` installs it)"
        yield from ({"name": name, "missing": missing} for name in NAMES.values())
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        context = browser.new_context(locale="it-IT", viewport=LAPTOP)
        context.add_init_script(NOTE_THE_KEYS)
        tab = context.new_page()
        tab.on("dialog", lambda dialog: dialog.accept())  # the grid asks before it is left
        tab.goto(f"{address}/accedi/")
        tab.fill("[name=username]", USERNAME)
        tab.fill("[name=password]", PASSWORD)
        with tab.expect_navigation():
            tab.keyboard.press("Enter")
        reading, writing = f"{address}{PAGE}", f"{address}{PAGE}modifica/"
        until_read(tab, reading), until_written(tab, writing)  # the files are at hand from now on
        times = [(until_read(tab, reading), until_written(tab, writing)) for _ in range(ROUNDS)]
        read, written = (median(column) for column in zip(*times, strict=True))
        yield {"name": NAMES["usable"], "figure": written / 1000, "bound": 1.0}
        yield {"name": NAMES["ratio"], "figure": written / read, "bound": 1.5}
        yield {"name": NAMES["requests"], "figure": requests_of_a_save(tab, writing), "bound": 1}
        browser.close()


def until_read(tab: Page, address: str) -> float:
    """Milliseconds until the reading page takes a key; its foot is there before."""
    tab.goto(address, wait_until="commit")
    tab.locator("footer").last.wait_for()
    tab.keyboard.press("Tab")
    return moment(tab, "reached")


def until_written(tab: Page, address: str) -> float:
    """Milliseconds until a cell of the grid takes a key; what was typed is given up."""
    tab.goto(address, wait_until="commit")
    tab.locator(FIELD).focus()
    tab.keyboard.press("7")
    taken = moment(tab, "written")
    tab.keyboard.press("Escape")
    return taken


def moment(tab: Page, name: str) -> float:
    """When the page was reached by a key, or written in, counted from when it was asked for."""
    return float(tab.wait_for_function(f"window.{name}").json_value())


def requests_of_a_save(tab: Page, address: str) -> int:
    """What is sent to the server between Ctrl+S and the cells being drawn as saved, without the
    reading of cells that goes on while one types."""
    tab.goto(address)
    tab.locator(FIELD).focus()
    tab.keyboard.press("Control+Home")
    block = "\n".join(["monitoraggio\tmonitoraggio\tmonitoraggio"] * PASTED_ROWS)
    tab.get_by_role("button", name="Incolla blocco").click()
    tab.fill("#grid-paste-text", block)
    tab.locator("#grid-paste button[value=paste]").click()
    sent: list[str] = []
    tab.on("request", lambda request: sent.append(request.url))
    tab.keyboard.press("Control+s")
    tab.locator(".cp-edit--changed").first.wait_for(state="detached")
    return sum(not url.endswith("/controlla/") for url in sent)


def main() -> None:
    for line in grid_measures(sys.argv[1]):
        print(json.dumps(line), flush=True)
