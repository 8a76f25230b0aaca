"""How the numbers, the days and the states of a project are said."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.enums import TargetKind
from indicators.values import Value, print_value
from strategy.enums import ActivityState
from strategy.project_progress import (
    Work,
    activity_state,
    days_late,
    fault_of_target,
    rounded,
)

TENTH = Decimal("0.1")
TONES = {
    ActivityState.TO_COME: "neutral",
    ActivityState.UNDER_WAY: "info",
    ActivityState.LATE: "error",
    ActivityState.DONE: "ok",
    ActivityState.DONE_LATE: "error",
}


def day_words(day: datetime.date) -> str:
    """A day as the office writes it: 28.2.2021."""
    return f"{day.day}.{day.month}.{day.year}"


def percent_words(value: Decimal) -> str:
    """A percentage to be read: one decimal, halves up, none where it is whole."""
    tenth = value.quantize(TENTH, ROUND_HALF_UP)
    is_whole = tenth == tenth.to_integral_value()
    return f"{number_format(int(tenth) if is_whole else tenth)}%"


def plain_words(value: Decimal) -> str:
    """A number in the notation of the plan, two decimals at most and none idle: 1, 0,5, 66,67."""
    return print_value(Value(kind=TargetKind.NUMBER, number=rounded(value).normalize()))


def state_words(work: Work, *, today: datetime.date) -> str:
    """The state of an activity with its day, or with the days of delay."""
    state = activity_state(work, today=today)
    if state == ActivityState.LATE:
        days = days_late(work, today=today)
        return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}
    finished = work.finished_on
    if finished is None:
        return str(state.label)
    words = (
        _("finished on %(day)s")
        if state == ActivityState.DONE
        else _("finished on %(day)s, after its date")
    )
    return words % {"day": day_words(finished)}


def formula_words(works: Sequence[Work], total: Decimal) -> str:
    """The progress with its numbers in it: (100 × 1 + 80 × 1) / 2 = 90%."""
    terms = " + ".join(f"{plain_words(w.contribution)} × {plain_words(w.weight)}" for w in works)
    weights = plain_words(sum((work.weight for work in works), Decimal(0)))
    return f"({terms}) / {weights} = {plain_words(total)}%"


def mean_words(works: Sequence[Work]) -> str:
    """Of what the progress is the mean."""
    count = len(works)
    if len({work.weight for work in works}) > 1:
        return _("Weighted mean of %(n)s activities.") % {"n": count}
    words = ngettext("%(n)s activity.", "Mean of %(n)s activities of the same weight.", count)
    return words % {"n": count}


def attainment_words(target: Value | None, value: Decimal | None, attainment: Decimal) -> str:
    """The attainment with its numbers in it: 30 / 30 × 100 = 100%."""
    reached = percent_words(attainment)
    if target is None or target.kind != TargetKind.PERCENT or not target.number or value is None:
        return reached
    return f"{plain_words(value)} / {plain_words(target.number)} × 100 = {reached}"


def unmeasured_words(target: Value | None, works: Sequence[Work]) -> str:
    """Why the attainment of a project cannot be said."""
    if not works:
        return _("Without activities neither progress nor attainment can be said.")
    if target is None or fault_of_target(target):
        return _("The year has no target that can be measured: the project has no attainment.")
    if target.kind in {TargetKind.DATE, TargetKind.YES_NO}:
        return _("It is said once every activity is finished.")
    return _("The target of the year is not a share of the project: the attainment is read apart.")
