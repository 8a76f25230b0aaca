"""Which day is it for the office? One door, so that a demonstration can stand on another day.

Days come from here: what is in force, what is late, which window is open. The moment of an act is
always the real one (`timezone.now()`).
"""

from __future__ import annotations

import datetime

from django.conf import settings
from django.utils import timezone


def today(at: datetime.datetime | None = None) -> datetime.date:
    """The day of an act: of the moment given or, when none is, the day the office stands on.

    That is today in the Chamber's time zone; in a demonstration, `DEMO_DATE` when it is set.
    """
    if at is not None:
        return timezone.localdate(at)
    return settings.DEMO_DATE or timezone.localdate()


def now() -> datetime.datetime:
    """The hour it is, on the day the office stands on."""
    moment = timezone.localtime()
    day = today()
    return moment.replace(year=day.year, month=day.month, day=day.day)
