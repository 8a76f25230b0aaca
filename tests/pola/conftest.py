"""The office of the days, standing on 1 February 2021."""

import pytest

from tests.pola.agile_office import TODAY, Office, make_office


@pytest.fixture
def office(db, settings) -> Office:
    settings.DEMO_DATE = TODAY
    return make_office()
