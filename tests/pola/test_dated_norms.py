"""What was decided before an act keeps the rule of its day."""

import datetime

from pola.dated_norms import DatedNorms
from pola.norms import Norms

FIRST, SECOND = datetime.date(2021, 2, 1), datetime.date(2021, 3, 1)


def test_each_day_has_the_norms_begun_by_then():
    norms = DatedNorms([("max_days_per_week", "2", SECOND), ("max_days_per_week", "1", FIRST)])

    found = [norms.on(day).max_days_per_week for day in (datetime.date(2021, 1, 1), FIRST, SECOND)]

    assert found == [Norms().max_days_per_week, 1, 2]
    assert norms.on(SECOND) is norms.on(SECOND + datetime.timedelta(days=1))
