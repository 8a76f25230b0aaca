"""One arrow between the applications, one inside each of them."""

import sys
from pathlib import Path

import pytest

from tests.house.programs import run


@pytest.mark.slow
def test_import_contracts_hold():
    done = run(str(Path(sys.executable).with_name("lint-imports")), "--no-cache")

    assert done.returncode == 0, done.stdout
