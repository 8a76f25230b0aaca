"""Is every message translated, and is what the application reads what the translators wrote?

Refuses an untranslated or fuzzy message in `locale/it`, and a `.mo` that is not its compiled `.po`.
`make messages` brings both up to date.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def problems(catalogue: Path) -> list[str]:
    """What is wrong with one catalogue, in words."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        compiled = Path(folder) / "messages.mo"
        run = subprocess.run(
            ["msgfmt", "--check", "--statistics", "--output-file", str(compiled), str(catalogue)],
            capture_output=True,
            text=True,
            env={**os.environ, "LC_ALL": "C"},
        )
        if run.returncode:
            return [run.stderr.strip()]
        for number, kind in re.findall(r"(\d+) (untranslated|fuzzy)", run.stderr):
            found.append(f"{number} {kind} messages (msgattrib --{kind} shows them)")
        shipped = catalogue.with_suffix(".mo")
        if not shipped.exists() or shipped.read_bytes() != compiled.read_bytes():
            found.append(f"{shipped.name} is not its compiled {catalogue.name}: `make messages`")
    return found


def main() -> None:
    catalogues = sorted(ROOT.glob("locale/*/LC_MESSAGES/django.po"))
    lines = [
        f"{catalogue.relative_to(ROOT)}: {problem}"
        for catalogue in catalogues
        for problem in problems(catalogue)
    ]
    if not catalogues:
        lines.append("locale/it/LC_MESSAGES/django.po is missing: run `make messages`")
    sys.exit("\n".join(lines) or 0)


if __name__ == "__main__":
    main()
