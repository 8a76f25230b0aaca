"""Takes the pictures of the user guide and of the README from a running demonstration.

    make guide                                  from http://127.0.0.1:8000/
    make guide BASE=http://127.0.0.1:8010/      from another address
    .venv/bin/python scripts/guide.py --only cascata,mappa

Signs in as each of the demo people, goes through the pages at the size of a laptop (1366 by 768) or
of a phone (390 by 844) and writes each picture with as many colours as fit in its weight. A page
that does not answer is told at the end; the other pictures are taken all the same.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs/guide/images"
README_IMAGES = ROOT / "docs/images"
PASSWORD = "demo-bergamo-2021"  # noqa: S105  # public on purpose: the demonstration prints it
LAPTOP = (1366, 768)
PHONE = (390, 844)
HEAVIEST = 120_000
COLOURS = (256, 160, 96, 64, 40, 24, 16)
PATIENCE = 20_000  # milliseconds; the first page of a cold server is the slowest
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]

PLAN = "piano/2021/"
EDITION = "trasparenza/2021-2023/rev-0/"
FIRST_INDICATOR = ".cp-dash .cp-cell-name a"
FIRST_SHEET = "#waiting + table a"
PDF_AND_DATA = ".cp-section__nav a:last-child"


@dataclass(frozen=True)
class Shot:
    """One picture: who looks, at what, on which screen.

    `follow` is a link of the page whose target is taken instead; `show` what to scroll to.
    """

    name: str
    user: str
    address: str
    size: tuple[int, int] = LAPTOP
    follow: str = ""
    show: str = ""
    folder: Path = GUIDE

    @property
    def file(self) -> Path:
        return self.folder / f"{self.name}.png"


SHOTS = (
    # Without signing in
    Shot("accesso", "", "accedi/"),
    Shot("edizioni", "", "trasparenza/"),
    Shot("edizione", "", EDITION),
    # Planning
    Shot("strategic-dashboard", "pianificazione", f"{PLAN}cruscotto/", folder=README_IMAGES),
    Shot("home-pianificazione", "pianificazione", ""),
    Shot("cruscotto-filtrato", "pianificazione", f"{PLAN}cruscotto/?q=imprese"),
    Shot("cascata", "pianificazione", f"{PLAN}cascata/"),
    Shot("modifica-cascata", "pianificazione", f"{PLAN}cascata/modifica/"),
    Shot("indicatore", "pianificazione", f"{PLAN}cruscotto/?q=B2B", follow=FIRST_INDICATOR),
    Shot("modifica-cruscotto", "pianificazione", f"{PLAN}cruscotto/modifica/"),
    Shot("struttura", "pianificazione", f"{PLAN}struttura/"),
    Shot("righe", "pianificazione", f"{PLAN}cruscotti/registro-imprese/righe/"),
    Shot("polarita", "pianificazione", f"{PLAN}polarita/"),
    Shot("modifica-documento", "pianificazione", f"{PLAN}documento/quadro-normativo/modifica/"),
    Shot("controlli", "pianificazione", f"{PLAN}controlli/"),
    Shot("vita-del-piano", "pianificazione", f"{PLAN}vita/"),
    Shot("confronto", "pianificazione", f"{PLAN}confronto/"),
    Shot("pdf-e-dati", "pianificazione", f"{PLAN}mappa/", follow=PDF_AND_DATA),
    Shot("relazione", "pianificazione", f"{PLAN}relazione/2020/"),
    # Secretary General and dirigente
    Shot("mappa", "segretario", f"{PLAN}mappa/"),
    Shot("mappa-telefono", "segretario", f"{PLAN}mappa/", size=PHONE),
    Shot("scheda-ente", "segretario", f"{PLAN}risultati/"),
    Shot("cruscotto-segretario", "segretario", f"{PLAN}cruscotti/segretario-generale/"),
    Shot("home-dirigente", "dirigente", ""),
    Shot("cruscotti", "dirigente", f"{PLAN}cruscotti/"),
    Shot("decisioni-agile", "dirigente", "lavoro-agile/decisioni/"),
    # Head of a service
    Shot("cruscotto-servizio", "responsabile", f"{PLAN}cruscotti/registro-imprese/"),
    Shot("cruscotto-telefono", "responsabile", f"{PLAN}cruscotti/registro-imprese/", size=PHONE),
    Shot("scheda-risultati", "responsabile", f"{PLAN}risultati/azienda-speciale/"),
    Shot("attivita", "responsabile", "lavoro-agile/attivita/19/"),
    Shot("servizio", "responsabile", "organizzazione/registro-imprese/"),
    # Human resources
    Shot("persone", "personale", "persone/"),
    Shot("personale-in-cifre", "personale", "organizzazione/personale/?day=2020-12-31"),
    Shot("registri", "personale", "lavoro-agile/registri/?group=remote&lacks=course"),
    Shot("corso", "personale", "lavoro-agile/registri/formazione/1/"),
    Shot("regole", "personale", "lavoro-agile/regole/"),
    Shot("richieste-agile", "personale", "lavoro-agile/richieste/"),
    Shot("accordi-agile", "personale", "lavoro-agile/accordi/"),
    # Employee
    Shot("mio-lavoro-agile", "dipendente", "lavoro-agile/mio/"),
    Shot("home-dipendente-telefono", "dipendente", "", size=PHONE),
    Shot("documento", "dipendente", f"{PLAN}documento/"),
    Shot("lavoro-agile", "dipendente", "lavoro-agile/"),
    Shot("linee-guida", "dipendente", "lavoro-agile/linee-guida/"),
    # Monitoring of agile work
    Shot("scheda-attivita", "dipendente", "lavoro-agile/schede/2021-06/scrivi/"),
    Shot("scheda-da-valutare", "responsabile", "lavoro-agile/schede/", follow=FIRST_SHEET),
    Shot("valori-calcolati", "pianificazione", "lavoro-agile/monitoraggio/valori/"),
    Shot("monitoraggio-pola", "oiv", "lavoro-agile/monitoraggio/"),
    # Days of agile work
    Shot("giornate-mese", "dipendente", "lavoro-agile/giornate/"),
    Shot("giornate-mese-telefono", "dipendente", "lavoro-agile/giornate/", size=PHONE),
    Shot("giornate-servizio", "responsabile", "lavoro-agile/giornate/servizio/"),
    Shot("giornate-presenze", "personale", "lavoro-agile/giornate/presenze/"),
    # OIV
    Shot("spazio-oiv", "oiv", f"{PLAN}oiv/2020/"),
    Shot("registro", "oiv", "registro/"),
    Shot("indicatori-pola", "oiv", "lavoro-agile/indicatori/"),
    # Administrator
    Shot("amministrazione", "amministratore", "admin/"),
)


class ShotError(Exception):
    """A picture cannot be taken; the message says why."""


def open_context(browser: Browser) -> BrowserContext:
    """A browser of one person: Italian, Rome, nothing moves."""
    context = browser.new_context(
        locale="it-IT", timezone_id="Europe/Rome", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    return context


def sign_in(page: Page, base: str, user: str) -> None:
    """Through the form, as anybody does."""
    page.goto(urljoin(base, "accedi/"))
    page.fill("input[name=username]", user)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_load_state()
    if page.locator("input[name=password]").count():
        raise ShotError(f"{user} cannot sign in at {base}")


def visit(page: Page, address: str) -> None:
    """Open an address and wait for its letters; anything but a page is an error."""
    answer = page.goto(address, wait_until="load")
    if answer is None or not answer.ok:
        raise ShotError(f"{address} answers {answer.status if answer else 'nothing'}")
    page.evaluate("document.fonts.ready.then(() => true)")


def take(page: Page, base: str, shot: Shot) -> bytes:
    """The picture of a shot as the browser sees it."""
    page.set_viewport_size({"width": shot.size[0], "height": shot.size[1]})
    visit(page, urljoin(base, shot.address))
    if shot.follow:
        links = page.locator(shot.follow)
        if not links.count():
            raise ShotError(f"{page.url} has no link {shot.follow}")
        visit(page, urljoin(page.url, links.first.get_attribute("href") or ""))
    if shot.show:
        page.locator(shot.show).first.scroll_into_view_if_needed()
    return page.screenshot(animations="disabled", caret="hide")


def lightened(picture: bytes) -> bytes:
    """The same picture with as many colours as its weight allows."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    for colours in COLOURS:
        few = image.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        buffer = BytesIO()
        few.save(buffer, "PNG", optimize=True)
        if buffer.tell() < HEAVIEST:
            return buffer.getvalue()
    raise ShotError(f"{len(buffer.getvalue())} bytes even with {COLOURS[-1]} colours")


def shoot(browser: Browser, base: str, shots: Iterable[Shot]) -> list[str]:
    """Take every picture, person by person; what went wrong, in words."""
    faults: list[str] = []
    by_user: dict[str, list[Shot]] = {}
    for shot in shots:
        by_user.setdefault(shot.user, []).append(shot)
    for user, theirs in by_user.items():
        context = open_context(browser)
        page = context.new_page()
        try:
            if user:
                sign_in(page, base, user)
        except (ShotError, BrowserError) as error:
            faults.append(f"{', '.join(shot.name for shot in theirs)}: {first_line(error)}")
            theirs = []
        for shot in theirs:
            try:
                content = lightened(take(page, base, shot))
            except (ShotError, BrowserError) as error:
                faults.append(f"{shot.name}: {first_line(error)}")
                continue
            shot.file.parent.mkdir(parents=True, exist_ok=True)
            shot.file.write_bytes(content)
            print(f"{shot.file.relative_to(ROOT)}  {len(content) // 1000} kB")
        context.close()
    return faults


def first_line(error: Exception) -> str:
    """The error without the log that the browser adds."""
    return str(error).strip().splitlines()[0]


def main() -> None:
    """Reads the arguments and ends with an error when a picture is missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = f"http://127.0.0.1:{os.environ.get('PORT') or '8000'}/"
    parser.add_argument("base", nargs="?", default=default, help=f"address, {default} by default")
    parser.add_argument("--only", default="", help="names of pictures, separated by commas")
    options = parser.parse_args()
    only = {name for name in options.only.split(",") if name}
    if unknown := only - {shot.name for shot in SHOTS}:
        parser.error(f"no such picture: {', '.join(sorted(unknown))}")
    executable = shutil.which("chromium")
    if executable is None:
        sys.exit("Chromium is missing: `make test` installs it.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        chosen = [shot for shot in SHOTS if not only or shot.name in only]
        faults = shoot(browser, f"{options.base.rstrip('/')}/", chosen)
        browser.close()
    if faults:
        sys.exit("Not taken:\n  " + "\n  ".join(faults))


if __name__ == "__main__":
    main()
