"""What the employee needs of the agreement in force: the days ahead, what waits, how it ends."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organization import clock
from organization.days import written
from pola.agreement_text import weekday_words
from pola.contact_windows import Window
from pola.day_looks import DRAFT, LOOKS, Look
from pola.durations import earliest_end
from pola.enums import AgreementState, DayState, MonthState
from pola.models import (
    AgileDay,
    Agreement,
    AgreementVersion,
    Equipment,
    MonthPlan,
    Norm,
    Suspension,
    Withdrawal,
)
from pola.norms import Norms
from pola.quotas import submission_deadline
from pola.reports.steps import moment_day
from pola.terms import day_words, terms_from_json

SHOWN = 6  # days ahead; the calendar has them all


@dataclass(frozen=True, slots=True)
class DayAhead:
    """A day asked, approved or proposed that has still to come; asked and not sent, it is to be
    sent."""

    held: AgileDay
    look: Look
    words: str


@dataclass(frozen=True, slots=True)
class MonthToSend:
    """A month whose days are asked and not handed in: who decides does not see them."""

    month: datetime.date
    count: int
    deadline: datetime.date
    is_late: bool


@dataclass(frozen=True, slots=True)
class InForce:
    """The agreement in force for the person whose it is."""

    agreement: Agreement
    weekdays: str
    windows: str
    days: tuple[DayAhead, ...]
    count: int
    proposals: tuple[AgileDay, ...]
    months: tuple[MonthToSend, ...]
    equipment: tuple[Equipment, ...]
    pauses: tuple[Suspension, ...]
    later: tuple[str, ...]
    how_it_ends: str
    may_ask_renewal: bool
    earliest_end: datetime.date | None
    notice_days: int


def current_and_next(
    agreements: Sequence[Agreement], *, on: datetime.date
) -> tuple[Agreement | None, Agreement | None]:
    """Of the agreements of a person the one at hand (in force today; else in force from a day to
    come; else on its way), and the one that follows it after a change of unit."""
    under_way = sorted((one for one in agreements if not one.is_over), key=_rank(on))
    first = next(iter(under_way), None)
    following = [one for one in under_way if first is not None and one.continues_id == first.pk]
    return first, next(iter(following), None)


def _rank(on: datetime.date) -> Callable[[Agreement], tuple[bool, bool, datetime.date]]:
    def rank(one: Agreement) -> tuple[bool, bool, datetime.date]:
        return not one.covers(on), one.state != AgreementState.RUNNING, one.starts_on

    return rank


def in_force(
    agreement: Agreement,
    version: AgreementVersion | None,
    following: Agreement | None = None,
) -> InForce:
    """The agreement as it stands today: seven statements whatever the number of days. `version` is
    its newest text, `following` the agreement of another unit that comes after it."""
    on = clock.today()
    norms = Norm.objects.in_force(on=on)
    ahead = AgileDay.objects.live().filter(person=agreement.person_id, day__gte=on)
    days = list(ahead.order_by("day"))
    withdrawal = Withdrawal.objects.of(agreement).first()
    is_renewed = version is not None and version.is_open
    months = _months(agreement, days, norms, on)
    unsent = {one.month for one in months}
    return InForce(
        agreement=agreement,
        weekdays=weekday_words(agreement.weekdays) if agreement.weekdays else "",
        windows=_windows(agreement),
        days=tuple(_ahead(one, unsent) for one in days[:SHOWN]),
        count=len(days),
        proposals=tuple(one for one in days if one.state == DayState.PROPOSED and one.day > on),
        months=months,
        equipment=tuple(Equipment.objects.held(on=on).filter(person=agreement.person_id)),
        pauses=tuple(agreement.suspensions.filter(ends_on__gte=on).order_by("starts_on")),
        later=_later(agreement, on),
        how_it_ends=_followed(following)
        or _ending(agreement, withdrawal, norms, is_renewed=is_renewed),
        may_ask_renewal=not (withdrawal or is_renewed or following)
        and may_be_renewed(agreement, norms),
        earliest_end=None if withdrawal else earliest_withdrawal(agreement, norms, on=on),
        notice_days=norms.notice_days,
    )


def earliest_withdrawal(
    agreement: Agreement, norms: Norms, *, on: datetime.date
) -> datetime.date | None:
    """The first last day that the employee may choose (art. 8); none when the agreement ends by
    itself before the notice does."""
    first = earliest_end(on, norms.notice_days)
    return first if first <= agreement.ends_on else None


def may_be_renewed(agreement: Agreement, norms: Norms) -> bool:
    """It has begun (art. 6), ends before the trial does (art. 1), and nobody has asked yet."""
    is_asked = agreement.renewal_asked_at is not None
    return agreement.has_begun and not is_asked and agreement.ends_on < norms.trial_ends_on


def _later(agreement: Agreement, on: datetime.date) -> tuple[str, ...]:
    """What an accepted renewal brings from a day to come."""
    to_come = [one for one in agreement.terms_by_day if one["starts_on"] > on.isoformat()]
    found = []
    for terms in map(terms_from_json, to_come):
        words = ngettext(
            "From %(day)s, renewed: %(count)s day a week at most, %(hours)s",
            "From %(day)s, renewed: %(count)s days a week at most, %(hours)s",
            terms.days_per_week,
        )
        day = written(terms.starts_on) if terms.starts_on else ""
        hours = day_words(terms)
        found.append(words % {"day": day, "count": terms.days_per_week, "hours": hours})
    return tuple(found)


def _windows(agreement: Agreement) -> str:
    found = (
        Window(agreement.morning_from, agreement.morning_to),
        Window(agreement.afternoon_from, agreement.afternoon_to),
    )
    return ", ".join(one.words for one in found if not one.is_empty)


def _ahead(held: AgileDay, unsent: Collection[datetime.date]) -> DayAhead:
    if held.state == DayState.ASKED and held.day.replace(day=1) in unsent:
        return DayAhead(held, DRAFT, str(DRAFT.word).lower())
    return DayAhead(held, LOOKS[DayState(held.state)], str(held.get_state_display()))


def _months(
    agreement: Agreement, days: list[AgileDay], norms: Norms, on: datetime.date
) -> tuple[MonthToSend, ...]:
    """The months with days asked that nobody was handed."""
    asked = Counter(one.day.replace(day=1) for one in days if one.state == DayState.ASKED)
    handed = MonthPlan.objects.filter(person=agreement.person_id, state=MonthState.SUBMITTED)
    known = set(handed.filter(month__in=list(asked)).values_list("month", flat=True))
    found = []
    for month, count in sorted(asked.items()):
        deadline = submission_deadline(month, norms)
        if month not in known:
            found.append(MonthToSend(month, count, deadline, deadline < on))
    return tuple(found)


def _followed(following: Agreement | None) -> str:
    """What comes after the last day when the person passes to another unit; nothing else."""
    if following is None:
        return ""
    if following.state == AgreementState.RUNNING:
        words = _("You pass to %(unit)s: from %(day)s its agreement takes the place of this one.")
    else:
        words = _(
            "You pass to %(unit)s: from %(day)s its agreement takes the place of this one, once "
            "both sides have accepted it."
        )
    return words % {"unit": following.unit.name, "day": written(following.starts_on)}


def _ending(
    agreement: Agreement, withdrawal: Withdrawal | None, norms: Norms, *, is_renewed: bool
) -> str:
    """What happens on the last day, in words."""
    if withdrawal is not None:
        return _(
            "One side has withdrawn (art. 8): from the day after you work in the office, and the "
            "equipment comes back."
        )
    if is_renewed:
        return _("Its renewal is being written: it holds when both sides have accepted it.")
    if agreement.renewal_asked_at is not None:
        return _(
            "You asked for its renewal on %(day)s: %(name)s evaluates it before it ends (art. 6)."
        ) % {"day": moment_day(agreement.renewal_asked_at), "name": agreement.counterpart}
    if agreement.ends_on >= norms.trial_ends_on:
        return _(
            "It ends with the trial (art. 1): from the day after you work in the office and the "
            "equipment comes back, unless the rules change."
        )
    return _(
        "It ends by itself. Before that day %(name)s evaluates it and may renew it, until %(day)s "
        "at the latest (art. 1 and 6); without a renewal you work in the office and the equipment "
        "comes back."
    ) % {"name": agreement.counterpart, "day": written(norms.trial_ends_on)}
