"""How many worked remotely in a month, and how much? The formulas of table 5.1.2. Pure.

- employees: in service on the last day of the month;
- potential: of these, who has on that day a running assignment to an activity that can be done
  remotely, wholly or in part;
- effective: who worked remotely at least one day of the month (approved, not revoked, gone by);
- days: those days, of everybody;
- mean: days / effective / 4 weeks, to one decimal (half up).

The programme (5.2.4) counts the days of a year as effective workers x 48 weeks x days a week.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

WEEKS_IN_A_MONTH = 4  # the plan divides the days of every month by four weeks


class Worked(Protocol):
    """What the mean is made of."""

    @property
    def effective(self) -> int: ...

    @property
    def days(self) -> int: ...


def mean_days(month: Worked) -> Decimal:
    """Agile days a week for each agile worker, to one decimal."""
    if not month.effective:
        return Decimal("0.0")
    mean = Decimal(month.days) / month.effective / WEEKS_IN_A_MONTH
    return mean.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Effective workers of a month and their days."""

    effective: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFigures:
    """A month of agile work: printed in the plan, or computed from agreements and days.

    `is_running` says that the month is not over: its days are those gone by.
    """

    month: datetime.date
    employees: int
    potential: int
    effective: int
    days: int
    mean_days_per_week: str
    is_printed: bool = False
    is_running: bool = False


def computed_month(
    month: datetime.date,
    *,
    employees: int,
    potential: int,
    worked: Totals,
    is_running: bool = False,
) -> MonthFigures:
    """The figures of a month with the mean that follows from them, written as the offices do; a
    month that is not over has none."""
    return MonthFigures(
        month=month,
        employees=employees,
        potential=potential,
        effective=worked.effective,
        days=worked.days,
        mean_days_per_week="" if is_running else f"{mean_days(worked)}".replace(".", ","),
        is_running=is_running,
    )


def with_point(printed: str) -> str:
    """The mean as data write it: with a decimal point."""
    return printed.replace(",", ".")


def programme_days(effective: int, *, weeks: int, days_a_week: int) -> int:
    """The agile days of a year: effective workers x weeks worked x days a week (5.2.4)."""
    return effective * weeks * days_a_week


def share(part: int, whole: int) -> Decimal | None:
    """How many per cent, to one decimal; nothing of nothing."""
    if not whole:
        return None
    return (Decimal(part) * 100 / whole).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
