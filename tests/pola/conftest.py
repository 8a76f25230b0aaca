"""The offices of agile work: of the agreements, on 15 February 2021; of the days, on the 1st."""

import pytest

from tests.pola import agile_office, agreements


@pytest.fixture
def desk(db, settings) -> agreements.Office:
    settings.DEMO_DATE = agreements.DAY
    return agreements.office()


@pytest.fixture
def office(db, settings) -> agile_office.Office:
    settings.DEMO_DATE = agile_office.TODAY
    return agile_office.make_office()
