"""The office of the tests of agreements, on 15 February 2021."""

import pytest

from tests.pola.agreements import DAY, Office, office


@pytest.fixture
def desk(db, settings) -> Office:
    settings.DEMO_DATE = DAY
    return office()
