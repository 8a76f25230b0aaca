"""What must the office be asked about the months of agile work that the plan prints?"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from indicators.values import read
from organization.doubts import Doubt

WEEKS_IN_A_MONTH = 4  # the plan divides the days of every month by four weeks


class Month(Protocol):
    """What is asked of a month."""

    effective: int
    days: int
    mean_days_per_week: str


def mean_days(month: Month) -> Decimal:
    """Agile days a week for each agile worker, to one decimal."""
    if not month.effective:
        return Decimal("0.0")
    mean = Decimal(month.days) / month.effective / WEEKS_IN_A_MONTH
    return mean.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


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
