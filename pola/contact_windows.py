"""Are the hours in which somebody is reached long enough, and within their limits? Pure (art. 5).

At least 3 hours within 8.00-13.00 and 1 hour within 14.00-18.00, scaled for part time; whoever ends
the day before the afternoon opens has no afternoon window.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from pola.enums import WindowFaultKind
from pola.norms import Norms


@dataclass(frozen=True, slots=True)
class Window:
    """From an hour to an hour; empty when one of the two is missing."""

    start: datetime.time | None
    end: datetime.time | None

    @property
    def is_empty(self) -> bool:
        """No hours are given."""
        return self.start is None or self.end is None

    @property
    def minutes(self) -> int:
        """How long it is, below zero when it ends before it starts."""
        return _minutes(self.end) - _minutes(self.start)

    @property
    def words(self) -> str:
        """As the offices write it: 9.00-12.00."""
        if self.start is None or self.end is None:
            return "-"
        return f"{hour(self.start)}-{hour(self.end)}"


@dataclass(frozen=True, slots=True)
class Limit:
    """Within which hours a window lies and how long it is at least."""

    opens: datetime.time
    closes: datetime.time
    least: int

    @property
    def words(self) -> str:
        """The hours as the offices write them: 8.00-13.00."""
        return f"{hour(self.opens)}-{hour(self.closes)}"


@dataclass(frozen=True, slots=True)
class WindowFault:
    """What is wrong with a window: of the morning or of the afternoon."""

    is_morning: bool
    kind: WindowFaultKind
    limit: Limit
    window: Window


def hour(moment: datetime.time) -> str:
    """The hour as the offices write it: 9.00."""
    return f"{moment.hour}.{moment.minute:02}"


def length(minutes: int) -> str:
    """How long, as it is said: 3 h, 1 h 30, 30 min."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"


def morning_limit(norms: Norms, *, percent: int = 100) -> Limit:
    """The morning of who works that share of the full time."""
    return Limit(norms.morning_opens, norms.morning_closes, _scaled(norms.morning_hours, percent))


def afternoon_limit(norms: Norms, *, percent: int = 100) -> Limit:
    """The afternoon, likewise."""
    least = _scaled(norms.afternoon_hours, percent)
    return Limit(norms.afternoon_opens, norms.afternoon_closes, least)


def window_faults(
    norms: Norms,
    *,
    morning: Window,
    afternoon: Window,
    percent: int = 100,
    day_ends_at: datetime.time | None = None,
) -> tuple[WindowFault, ...]:
    """What is wrong with the two windows, the morning first; nothing when they hold."""
    found = [_fault(morning, morning_limit(norms, percent=percent), is_morning=True)]
    works_afternoon = day_ends_at is None or day_ends_at > norms.afternoon_opens
    if works_afternoon or not afternoon.is_empty:
        limit = afternoon_limit(norms, percent=percent)
        found.append(_fault(afternoon, limit, is_morning=False))
    return tuple(fault for fault in found if fault is not None)


def _fault(window: Window, limit: Limit, *, is_morning: bool) -> WindowFault | None:
    kind = _kind(window, limit)
    return None if kind is None else WindowFault(is_morning, kind, limit, window)


def _kind(window: Window, limit: Limit) -> WindowFaultKind | None:
    if window.start is None or window.end is None:
        return WindowFaultKind.MISSING
    if window.minutes <= 0:
        return WindowFaultKind.REVERSED
    if window.start < limit.opens or window.end > limit.closes:
        return WindowFaultKind.OUTSIDE
    return WindowFaultKind.SHORT if window.minutes < limit.least else None


def _scaled(hours: int, percent: int) -> int:
    """Minutes of a part-time worker, to the next whole one."""
    return -(-hours * 60 * percent // 100)


def _minutes(moment: datetime.time | None) -> int:
    return moment.hour * 60 + moment.minute if moment else 0
