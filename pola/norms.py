"""What do the guidelines of agile work fix on a day? Values with their article. Pure.

A new act changes rows, not code: `read_norm` reads what is written, `Norms` answers in types.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from pola.enums import NormKey, NormKind

NormValue = int | bool | datetime.date | datetime.time


def read_norm(key: str, printed: str) -> NormValue:
    """The value written for a norm: 3, 60, 31.1.2022, 19.30, si. ValueError when it is not one."""
    match NormKey(key).kind:
        case NormKind.DATE:
            day, month, year = (int(part) for part in printed.strip().split("."))
            return datetime.date(year, month, day)
        case NormKind.TIME:
            hour, minute = (int(part) for part in printed.strip().split("."))
            return datetime.time(hour, minute)
        case NormKind.SWITCH:
            return {"si": True, "no": False}[printed.strip().lower().replace("ì", "i")]
        case NormKind.SHARE:
            return _between(int(printed.strip().removesuffix("%")), 0, 100)
        case _:
            return _between(int(printed.strip()), 0, 999)


# Between what a rule can be: a week has five working days, a month 23 of them at most. Asked of a
# new value only: what is written already is read as it stands.
RANGES = {
    "min_days_per_week": (0, 5),
    "max_days_per_week": (0, 5),
    "max_days_per_month": (0, 23),
    "least_worked_days": (0, 5),
    "rest_hours": (0, 24),
    "morning_hours": (0, 24),
    "afternoon_hours": (0, 24),
    "first_term_months": (1, 999),
    "horizon_weeks": (1, 999),
    "submission_day": (1, 31),
    "working_weeks": (1, 52),
    "week_hours": (1, 48),
}


def range_missed(key: str, value: NormValue) -> tuple[int, int] | None:
    """The least and the most that the rule can be, when the value is not between them."""
    found = RANGES.get(key)
    if found is None or not isinstance(value, int):
        return None
    return None if found[0] <= value <= found[1] else found


def _between(number: int, least: int, most: int) -> int:
    if not least <= number <= most:
        raise ValueError(number)
    return number


@dataclass(frozen=True, slots=True, kw_only=True)
class Norms:
    """The norms in force on a day; hours, days, weeks and months are whole numbers, shares per
    cent."""

    trial_ends_on: datetime.date = datetime.date(2022, 1, 31)
    share_of_workers: int = 60
    months_from_hire: int = 6
    maternity_years: int = 3
    min_days_per_week: int = 1
    max_days_per_week: int = 3
    max_days_per_month: int = 0
    least_worked_days: int = 3
    revocation_hours: int = 24
    rest_begins: datetime.time = datetime.time(19, 30)
    rest_ends: datetime.time = datetime.time(7, 30)
    rest_hours: int = 11
    morning_opens: datetime.time = datetime.time(8)
    morning_closes: datetime.time = datetime.time(13)
    morning_hours: int = 3
    afternoon_opens: datetime.time = datetime.time(14)
    afternoon_closes: datetime.time = datetime.time(18)
    afternoon_hours: int = 1
    first_term_months: int = 6
    notice_days: int = 30
    notice_days_disabled: int = 90
    suspension_days: int = 15
    min_cover: int = 30
    horizon_weeks: int = 9
    submission_day: int = 25
    expiry_reminder_days: int = 30
    presence_prevails: bool = False
    working_weeks: int = 48
    week_hours: int = 36


def norms_of(printed: dict[str, str]) -> Norms:
    """The norms written, those of the guidelines of 2021 where nothing is."""
    return Norms(**{key: read_norm(key, value) for key, value in printed.items()})  # type: ignore[arg-type]  # each key has the type of its kind
