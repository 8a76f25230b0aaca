"""What must the office be asked about the months of agile work that the plan prints?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from django.utils.translation import gettext as _

from indicators.values import read
from organization.doubts import Doubt
from pola.statistics import Worked, mean_days


class Month(Worked, Protocol):
    """What is asked of a month."""

    mean_days_per_week: str


def month_doubts(months: Iterable[Month]) -> list[Doubt]:
    """Months whose printed mean does not follow from days and workers."""
    return [
        Doubt(
            place=str(month),
            text=_("Printed %(printed)s, computed %(computed)s.")
            % {
                "printed": month.mean_days_per_week,
                "computed": str(mean_days(month)).replace(".", ","),
            },
            question=_("These means do not follow from days and workers: which is right?"),
        )
        for month in months
        if read(month.mean_days_per_week).number != mean_days(month)
    ]
