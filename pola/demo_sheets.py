"""The activity sheets of the demonstration: those of months long gone by evaluated, those of the
last one on their way."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from random import Random
from typing import Any

from pola.demo_days import Calendar
from pola.demo_story import Story, moment
from pola.enums import DayState, SheetState, WorkGrade
from pola.models import ActivitySheet, Agreement
from pola.months import last_month_gone_by, month_of, next_month

SENT, BEGUN, NOTHING = 0.45, 0.6, 0.75  # of those of the last month, one after the other
GRADES = (*[WorkGrade.EQUAL] * 13, *[WorkGrade.ABOVE] * 6, WorkGrade.BELOW)


def told_sheets(
    story: Story, calendar: Calendar, held: dict[str, Agreement]
) -> Iterator[ActivitySheet]:
    """The sheets of every month gone by in which somebody worked remotely."""
    last = last_month_gone_by(story.stand)
    lived = {
        (month_of(one.day), one.number)
        for one in calendar.bookings.values()
        if one.state == DayState.APPROVED and month_of(one.day) <= last
    }
    employee = story.told["days"]["employee"]
    for month, number in sorted(lived):
        random = Random(f"{story.told['seed']}-{number}-{month}")  # noqa: S311 - a story
        haste = random.random() if month == last else 1.0
        is_left_out = BEGUN <= haste < NOTHING or (month == last and number == employee)
        if not is_left_out:
            sent_on = calendar.last_working(next_month(month).replace(day=3))
            yield _sheet(story, held[number], month, sent_on, haste=haste, random=random)


def _sheet(
    story: Story,
    agreement: Agreement,
    month: datetime.date,
    sent_on: datetime.date,
    *,
    haste: float,
    random: Random,
) -> ActivitySheet:
    texts: dict[str, Any] = story.told["sheets"]
    person = agreement.person
    kind = random.randrange(len(texts["objectives"]))
    sheet = ActivitySheet(
        person=person,
        month=month,
        objectives=texts["objectives"][kind],
        output=texts["output"][kind].format(count=random.randint(12, 60)),
        is_demo=True,
    )
    if SENT <= haste < BEGUN:
        return sheet
    sheet.quality = texts["quality"] if random.random() < 0.3 else ""
    sheet.state = SheetState.SENT
    sheet.sent_at = moment(min(sent_on, story.stand), 12)
    sheet.sent_by_label = str(person)
    if haste >= NOTHING:
        sheet.state = SheetState.EVALUATED
        sheet.quantity_grade, sheet.quality_grade = random.choice(GRADES), random.choice(GRADES)
        if WorkGrade.BELOW in (sheet.quantity_grade, sheet.quality_grade):
            sheet.evaluation = texts["evaluation"]
        sheet.evaluated_at = moment(min(sent_on + datetime.timedelta(days=7), story.stand), 15)
        sheet.evaluated_by_label = str(story.head(person))
    return sheet
