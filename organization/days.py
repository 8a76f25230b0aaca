"""Days as an Italian office counts and writes them. Pure."""

from __future__ import annotations

import datetime


def written(day: datetime.date) -> str:
    """The day as the offices write it: 30.6.2021."""
    return f"{day.day}.{day.month}.{day.year}"
