"""Are the modules that carry the rules covered in every branch, and the whole at the floor?

The list stands in pyproject.toml, `[tool.camera_perf.full_coverage]`; the floor is coverage's own
`fail_under`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / ".coverage.json"


def gaps(files: dict[str, dict[str, dict[str, int]]], patterns: list[str]) -> list[str]:
    """The files on the list that miss a line or a branch."""
    lines = []
    for name, figures in sorted(files.items()):
        if not any(fnmatch(name, pattern) for pattern in patterns):
            continue
        summary = figures["summary"]
        if summary["missing_lines"] or summary["missing_branches"]:
            lines.append(
                f"{name}: {summary['missing_lines']} lines, {summary['missing_branches']} branches"
                " without a test; this file is on the list of those without gaps"
            )
    return lines


def main() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = settings["tool"]["camera_perf"]["full_coverage"]["modules"]
    command = [sys.executable, "-m", "coverage", "json", "--quiet", "-o", str(REPORT)]
    under_the_floor = subprocess.run(command, cwd=ROOT).returncode
    report = json.loads(REPORT.read_text(encoding="utf-8"))
    REPORT.unlink()
    lines = gaps(report["files"], patterns)
    if under_the_floor:
        lines.append(f"{report['totals']['percent_covered_display']} % over all is under the floor")
    if lines:
        sys.exit("\n".join(lines))
    print(f"Branch coverage {report['totals']['percent_covered_display']} %, rules without gaps.")


if __name__ == "__main__":
    main()
