"""Whose activity sheets are to be written, which wait for an evaluation."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from pola.enums import SheetState
from pola.models import ActivitySheet, AgileDay, Agreement
from pola.months import month_end, month_of, months_between
from pola.statistics import Totals

MONTHS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class OwnMonth:
    """A month of one's own: days worked remotely in it, its sheet if it was begun."""

    month: datetime.date
    days: int
    sheet: ActivitySheet | None
    is_over: bool

    @property
    def is_due(self) -> bool:
        """Days were worked remotely, the month is over and nothing was sent."""
        return self.is_over and bool(self.days) and (self.sheet is None or self.sheet.is_draft)

    @property
    def is_open(self) -> bool:
        """It may still be written."""
        return self.sheet is None or self.sheet.is_draft

    @property
    def token(self) -> str:
        """The month in its address."""
        return f"{self.month:%Y-%m}"


def own_months(user: Any, *, today: datetime.date) -> tuple[OwnMonth, ...]:
    """The months in which the person had an agreement, the latest first, a year at most: three
    statements, one when there was none."""
    if user.person_id is None:
        return ()
    first = (month_of(today) - datetime.timedelta(days=330)).replace(day=1)
    held = Agreement.objects.concluded_between(first, today).filter(person_id=user.person_id)
    terms = list(held.values_list("starts_on", "ends_on"))
    months = [
        month
        for month in months_between(first, month_of(today))
        if any(start <= month_end(month) and month <= end for start, end in terms)
    ]
    if not months:
        return ()
    lived = AgileDay.objects.lived(on=today).filter(person_id=user.person_id)
    days = lived.between(months[0], today).by_month(months)
    sheets = ActivitySheet.objects.filter(person_id=user.person_id, month__in=months)
    written = {sheet.month: sheet for sheet in sheets}
    return tuple(
        OwnMonth(
            month,
            days.get(month, Totals()).days,
            written.get(month),
            month_end(month) < today,
        )
        for month in reversed(months[-MONTHS_SHOWN:])
    )


def days_of(sheet: ActivitySheet, *, today: datetime.date) -> int:
    """Days that the person worked remotely in the month of the sheet: one statement."""
    lived = AgileDay.objects.lived(on=today).filter(person_id=sheet.person_id)
    return lived.between(sheet.month, month_end(sheet.month)).count()


def unevaluated_months(agreement: Agreement, *, on: datetime.date) -> tuple[datetime.date, ...]:
    """The months gone by with days done under an agreement whose sheet nobody evaluated: two
    statements."""
    lived = AgileDay.objects.lived(on=on).filter(agreement=agreement, day__lt=month_of(on))
    worked = {month_of(day) for day in lived.values_list("day", flat=True)}
    sheets = ActivitySheet.objects.filter(person=agreement.person_id, state=SheetState.EVALUATED)
    known = set(sheets.filter(month__in=worked).values_list("month", flat=True))
    return tuple(sorted(worked - known))


def sheets_read(user: Any, month: datetime.date) -> list[ActivitySheet]:
    """The sheets of others that the user reads in a month: those that were sent, since one being
    written is its writer's alone."""
    found = ActivitySheet.objects.visible_to(user).filter(month=month)
    sent = found.exclude(state=SheetState.DRAFT).exclude(person_id=user.person_id)
    return list(
        sent.select_related("person__unit").order_by("person__last_name", "person__first_name")
    )


def sheets_waiting(user: Any) -> tuple[list[ActivitySheet], list[ActivitySheet]]:
    """The sheets that the user evaluates, the oldest first: those that wait for nobody nearer, and
    those of people with a head of their own."""
    if not user.led_unit_ids:
        return [], []
    waiting = ActivitySheet.objects.to_evaluate(user).with_nearer_head(user)
    order = ("month", "person__last_name", "person__first_name")
    found = list(waiting.select_related("person__unit").order_by(*order))
    return (
        [one for one in found if not one.has_nearer_head],
        [one for one in found if one.has_nearer_head],
    )
