"""Which day it is, the office asks one clock: a demonstration stands on another day."""

import re
from pathlib import Path

import pytest
from django.conf import settings

APPLICATIONS = ("camera_perf", "pola", "strategy", "indicators", "organization", "documents")
TODAY = re.compile(r"localdate\(\)|\bdate\.today\(|\bdatetime\.today\(")
# An operation says its day before it has a moment: `clock.today(at)`.
DAY_OF_AN_ACT = re.compile(r"localdate\(")


def asked_elsewhere(root: Path) -> list[str]:
    """The lines of an application that ask another clock for the day."""
    found = []
    for file in sorted(root.rglob("*.py")):
        name = file.relative_to(settings.BASE_DIR).as_posix()
        if name == "organization/clock.py":
            continue
        asked = DAY_OF_AN_ACT if "/operations" in name else TODAY
        lines = file.read_text().splitlines()
        found += [f"{name}:{at}" for at, line in enumerate(lines, 1) if asked.search(line)]
    return found


@pytest.mark.parametrize("application", APPLICATIONS)
def test_the_day_is_asked_of_one_clock(application):
    assert asked_elsewhere(Path(settings.BASE_DIR) / application) == []
