"""Which months have an activity sheet, and from which day it is sent (art. 13)."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _

from organization.days import written
from organization.models import Person
from pola.models import Agreement
from pola.months import month_end
from pola.problems.finding import Blocker
from pola.problems.standing import standing_of
from pola.quotas import days_between


def writing_problem(
    person: Person, month: datetime.date, *, today: datetime.date
) -> Blocker | None:
    """Why a sheet not begun cannot be: the month is to come, or no agreement held in it."""
    if month > today:
        words = _("this month has not begun yet: its sheet is written from %(day)s on.")
        reason = words % {"day": written(month)}
        return Blocker(article=13, code="month", reason=reason)
    held = Agreement.objects.concluded_between(month, month_end(month)).filter(person=person)
    if not held.exists():
        reason = _("you had no agreement of agile work in this month: there is nothing to report.")
        return Blocker(article=13, code="agreement", reason=reason)
    return None


def sending_problem(
    person: Person, month: datetime.date, *, today: datetime.date
) -> Blocker | None:
    """Why a sheet is not sent yet: days of its month are still to be worked."""
    first = sent_from(person, month)
    if today >= first:
        return None
    words = _("the sheet is sent from %(day)s on, when the month is done: until then, save it.")
    return Blocker(article=13, code="early", reason=words % {"day": written(first)}, day=first)


def sent_from(person: Person, month: datetime.date) -> datetime.date:
    """The last day of the month that the person works under an agreement; the last of the month
    when there is none."""
    last = month_end(month)
    standing = standing_of(person, month, last)
    worked = (
        day
        for day in reversed(days_between(month, last))
        if standing.agreement_on(day) and standing.calendar.why_closed(day) is None
    )
    return next(worked, last)
