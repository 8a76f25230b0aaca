"""What the tests of figures stand on."""

import pytest

from tests.strategy.recording import TODAY, Service, make_service


@pytest.fixture
def service(db, settings) -> Service:
    """The Servizio Registro imprese on 5 July 2024."""
    settings.DEMO_DATE = TODAY
    return make_service()
