"""One arrow between the applications, one inside each of them."""

import sys
from pathlib import Path

import pytest

from tests.house.programs import run


@pytest.mark.slow
def test_import_contracts_hold():
    done = run(str(Path(sys.executable).with_name("lint-imports")), "--no-cache")

    assert done.returncode == 0, done.stdout


def test_web_worker_does_not_carry_the_printing_engine():
    """The engine takes half of a worker's memory and only the job worker prints."""
    done = run(
        sys.executable,
        "-c",
        "import sys, django; django.setup(); import camera_perf.wsgi, camera_perf.urls;"
        "from django.test import Client; Client().get('/accedi/');"
        "print(sorted({'weasyprint', 'playwright', 'openpyxl'} & set(sys.modules)))",
        DJANGO_SETTINGS_MODULE="tests.settings",
    )

    assert done.stdout.strip() == "[]", done.stderr
