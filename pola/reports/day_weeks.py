"""A week in the calendar of a month: each of its days, how much of it is used, what is left."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from organization.day_names import named
from pola.day_looks import DRAFT, LOOKS, TOLD, Look
from pola.enums import DayState
from pola.models import AgileDay
from pola.problems.days import asking_problems
from pola.problems.finding import Finding
from pola.problems.standing import Standing
from pola.quotas import FRIDAY, WEEK, Closed, WeekUse, monday_of

FULL = frozenset({"week", "month"})  # the limits that a day more would exceed
UNTOLD = frozenset({"past", "horizon"})  # what closes such a day is said before these


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A day of the month: how it stands, whether it can be chosen, why not; a day beyond the limit
    of its week or month can only be exchanged with one that waits. What was refused or revoked is
    told, and stops nothing."""

    day: datetime.date
    is_outside: bool = False
    is_today: bool = False
    held: AgileDay | None = None
    taken_away: AgileDay | None = None
    look: Look | None = None
    may_choose: bool = False
    is_chosen: bool = False
    why: Finding | None = None
    closed: Closed | None = None

    @property
    def is_weekend(self) -> bool:
        """Saturday or Sunday."""
        return self.day.weekday() > FRIDAY

    @property
    def is_waiting(self) -> bool:
        """Asked already: taking the sign away withdraws it."""
        return self.held is not None and self.held.state == DayState.ASKED

    @property
    def is_told(self) -> bool:
        """What it was is told, and it takes no place any more."""
        return self.held is not None and not self.held.is_live

    @property
    def is_free(self) -> bool:
        """It can be asked."""
        return (self.held is None or self.is_told) and self.why is None

    @property
    def is_full(self) -> bool:
        """Only the limit of its week or month stops it."""
        return self.code in FULL

    @property
    def code(self) -> str:
        """Which rule stops it, none when none does."""
        return self.why.code if self.why else ""

    @property
    def shut(self) -> str:
        """Why nobody works on the day, in a word or two."""
        if self.code in FULL:
            return _("limit")
        if self.code == "no_agreement":
            return "" if self.is_weekend else _("no agreement")
        told = self.closed if self.code in UNTOLD and self.closed else self.code
        return closed_words().get(told, "")


def closed_words() -> dict[str, str]:
    """Why there is no agile work on a day, in a word or two; nothing is said of Saturdays."""
    return {
        Closed.HOLIDAY: _("holiday"),
        Closed.CLOSURE: _("closed"),
        Closed.ABSENCE: _("absence"),
        Closed.SUSPENSION: _("suspended"),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A row of the calendar with what its week allows."""

    monday: datetime.date
    cells: tuple[Cell, ...]
    use: WeekUse | None
    is_past: bool
    shut: str = ""
    opens_on: datetime.date | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def is_counted(self) -> bool:
        """Its days are counted: it has some, or could have had."""
        return self.use is not None and bool(self.use.taken or not self.shut)

    @property
    def used(self) -> int:
        """Days that count: those approved, and those that can still be."""
        return self.use.taken if self.use else 0

    @property
    def left(self) -> int:
        """Days that can still be asked: within the limit, and as many as there are."""
        free = sum(cell.is_free for cell in self.cells)
        return min(self.use.left, free) if self.use else 0

    @property
    def elsewhere(self) -> int:
        """Days that can be asked in the calendar of another month."""
        return sum(cell.is_free and cell.is_outside for cell in self.cells)

    @property
    def signs(self) -> list[str]:
        """One sign for each day that the week allows: approved, waiting, free."""
        if self.use is None:
            return []
        waiting = self.used - self.use.approved
        free = max(self.use.limit.days - self.used, 0)
        return ["approved"] * self.use.approved + ["waiting"] * waiting + ["free"] * free

    @property
    def fixed(self) -> int:
        """Days taken that this page does not move: approved, proposed, of another month."""
        moved = sum(cell.is_waiting and cell.may_choose for cell in self.cells)
        return self.use.taken - moved if self.use else 0

    @property
    def is_too_far(self) -> bool:
        """None of its days can be asked yet."""
        return bool(self.opens_on) and not self.left

    @property
    def words(self) -> str:
        """How the days of the week stand; why none is left."""
        if self.use is None or self.shut:
            return self.shut
        if self.is_past:
            return npgettext("days of a week", "used", "used", self.used)
        if self.use.is_beyond:
            return _("limit exceeded")
        if self.use.is_full:
            return _("limit reached")
        if self.left:
            return ngettext("%(left)s left", "%(left)s left", self.left) % {"left": self.left}
        if self.opens_on:
            day = named(self.opens_on, "D j.n")
            return _("asked from %(day)s") % {"day": day}
        if any(cell.code == "month" for cell in self.cells):
            return _("limit of the month")
        return _("no other day")


def week_row(
    standing: Standing,
    monday: datetime.date,
    cells: tuple[Cell, ...],
    findings: Collection[Finding],
    *,
    today: datetime.date,
) -> Week:
    """A row of the calendar; the days of a week gone by can no more be asked, nor today."""
    use = standing.week(monday, today=today)
    return Week(
        monday=monday,
        cells=cells,
        use=use,
        is_past=monday + datetime.timedelta(days=FRIDAY) <= today,
        shut=_shut(cells, use),
        opens_on=opens_on(standing, cells, today),
        findings=tuple(findings),
    )


def _shut(cells: Collection[Cell], use: WeekUse | None) -> str:
    """Why no day of the week can be one of agile work, if none can."""
    if use is None:
        return _("no agreement")
    if use.worked_days:
        return ""
    found = {cell.closed for cell in cells if not cell.is_weekend and cell.closed}
    if Closed.SUSPENSION in found:  # the other days would not be asked anyway
        return _("suspended")
    return closed_words()[found.pop()] if len(found) == 1 else _("no working day")


def opens_on(
    standing: Standing, cells: Iterable[Cell], today: datetime.date
) -> datetime.date | None:
    """From when the first of some days that is still too far can be asked."""
    far = next((cell.day for cell in cells if cell.code == "horizon" and not cell.closed), None)
    return far and far - WEEK * standing.norms.on(today).horizon_weeks


def cell_of(
    standing: Standing,
    day: datetime.date,
    month: datetime.date,
    today: datetime.date,
    *,
    is_sent: bool,
    chosen: Collection[datetime.date] | None,
) -> Cell:
    """A day of a week of the month; `chosen` are the days of a form that was refused."""
    live, told = standing.live.get(day), _told(standing, day)
    is_taken_away = told is not None and told.pk in standing.taken_away
    held = live or (None if is_taken_away else told)
    why = None if live else next(iter(asking_problems(standing, [day], today=today)), None)
    is_outside = day.replace(day=1) != month
    is_asked = live is not None and live.state == DayState.ASKED
    is_free = live is None and (why is None or _may_exchange(standing, day, why, today))
    may_choose = not is_outside and (is_free or (is_asked and day > today))
    return Cell(
        day=day,
        is_outside=is_outside,
        is_today=day == today,
        held=held,
        taken_away=told if is_taken_away and not live else None,
        look=_look(held, is_sent=is_sent),
        may_choose=may_choose,
        is_chosen=may_choose and (is_asked if chosen is None else day in chosen),
        why=why,
        closed=standing.calendar.why_closed(day),
    )


def _told(standing: Standing, day: datetime.date) -> AgileDay | None:
    """The last of what the calendar tells of a day on which nothing is live: refused, revoked, or
    taken away from outside; not what the person gave up."""
    return next(
        (
            one
            for one in reversed(standing.days)
            if one.day == day and (one.state in TOLD or one.pk in standing.taken_away)
        ),
        None,
    )


def _may_exchange(
    standing: Standing, day: datetime.date, why: Finding, today: datetime.date
) -> bool:
    """A limit stops the day, and a day that waits in the same week or month, of those that the page
    shows, can be withdrawn for it."""
    month = day.replace(day=1)
    taken = standing.taken_in_month(month, today=today) if why.code in FULL else []
    return any(
        one.state == DayState.ASKED
        and (why.code == "month" or monday_of(one.day) == monday_of(day))
        for one in taken
    )


def _look(held: AgileDay | None, *, is_sent: bool) -> Look | None:
    if held is None:
        return None
    if held.state == DayState.ASKED and not is_sent:
        return DRAFT
    return LOOKS[DayState(held.state)]
