"""The month of an employee: each day, how much of each week is used, what waits for an answer."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass, replace

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organization.day_names import named
from organization.models import Person
from pola.day_looks import Look
from pola.enums import DayState, MonthState
from pola.models import AgileDay, MonthPlan
from pola.months import month_end, month_of, next_month
from pola.problems.days import few_days, in_words, replacing_problems, week_findings
from pola.problems.finding import Finding
from pola.problems.standing import Standing, standing_of
from pola.quotas import WEEK, days_between, monday_of, submission_deadline, weeks_of
from pola.reports.day_weeks import Cell, Week, cell_of, opens_on, week_row

# In the hands of the person, and nobody has decided them.
UNSENT = frozenset({MonthState.DRAFT.value, MonthState.RETURNED.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A revoked day with the one proposed in its place, if there is one."""

    revoked: AgileDay
    proposal: AgileDay | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPage:
    """What the calendar of a month shows to whom it belongs."""

    person: Person
    month: datetime.date
    standing: Standing
    weeks: tuple[Week, ...]
    plan: MonthPlan | None
    answers: tuple[Answer, ...]
    today: datetime.date

    @property
    def has_agreement(self) -> bool:
        """Some agreement covers a day of the month."""
        return any(week.use is not None for week in self.weeks)

    @property
    def state(self) -> MonthState:
        """How the month stands."""
        return MonthState(self.plan.state) if self.plan else MonthState.DRAFT

    @property
    def decision(self) -> str:
        """What the note of a decision is called: how the month stands, or, once it is written
        anew, that it was the last decision."""
        if self.state == MonthState.DRAFT and self.plan and self.plan.decided_at:
            return _("Last decision")
        return str(capfirst(self.state.label))

    @property
    def previous(self) -> datetime.date:
        """The month before."""
        return (self.month - datetime.timedelta(days=1)).replace(day=1)

    @property
    def following(self) -> datetime.date:
        """The month after."""
        return next_month(self.month)

    @property
    def looks(self) -> list[Look]:
        """How the days that it shows look."""
        cells = (cell for week in self.weeks for cell in week.cells if not cell.is_outside)
        return [cell.look for cell in cells if cell.look]

    @property
    def live(self) -> list[AgileDay]:
        """The days of the month asked, approved or proposed."""
        return self.standing.live_in_month(self.month)

    @property
    def taken(self) -> list[AgileDay]:
        """The days of the month that count in its limit and in those of its weeks."""
        return self.standing.taken_in_month(self.month, today=self.today)

    def count(self, state: DayState) -> int:
        """How many of the days that count stand so."""
        return sum(one.state == state for one in self.taken)

    @property
    def approved(self) -> int:
        """Days approved."""
        return self.count(DayState.APPROVED)

    @property
    def asked(self) -> int:
        """Days asked that wait."""
        return self.count(DayState.ASKED)

    @property
    def proposed(self) -> int:
        """Days proposed that wait for an answer."""
        return self.count(DayState.PROPOSED)

    @property
    def most(self) -> int:
        """How many days the weeks of the month allow at most, in its own days."""
        found = 0
        for week in self.weeks:
            own = sum(self._is_worked(cell) for cell in week.cells)
            found += min(week.use.limit.days, own) if week.use else 0
        limit = self.standing.norms.on(self.month).max_days_per_month
        return min(found, limit) if limit else found

    def _is_worked(self, cell: Cell) -> bool:
        return not cell.is_outside and self.standing.calendar.why_closed(cell.day) is None

    @property
    def deadline(self) -> datetime.date:
        """By when the month is submitted."""
        return submission_deadline(self.month, self.standing.norms.on(self.today))

    @property
    def is_late(self) -> bool:
        """The day by which the month is submitted has gone by, and it was not."""
        return self.may_send and not self.is_decided and self.today > self.deadline

    @property
    def is_decided(self) -> bool:
        """Who leads the unit has decided what was submitted."""
        return self.state in MonthState.decided

    @property
    def is_past(self) -> bool:
        """No day of the month is still to come."""
        return month_end(self.month) <= self.today

    @property
    def opens_on(self) -> datetime.date | None:
        """From when its days can be asked, when none can yet."""
        if self.may_choose:
            return None
        own = (cell for week in self.weeks for cell in week.cells if not cell.is_outside)
        return opens_on(self.standing, own, self.today)

    @property
    def lead(self) -> str:
        """What happens next to the month, in a sentence or two."""
        if not self.has_agreement:
            return _("Days are asked under an agreement in force.")
        if self.is_past:
            words = ngettext(
                "The month has gone by: %(count)s day was approved.",
                "The month has gone by: %(count)s days were approved.",
                self.approved,
            )
            return words % {"count": self.approved}
        if self.is_decided:
            return _(
                "The month is decided. Days that you add are to be sent to who leads your unit."
            )
        if not self.may_send:
            return _("The month is sent: who leads your unit decides it. You can still change it.")
        words, day = self._when
        return words % {"day": in_words(day)}

    @property
    def _when(self) -> tuple[str, datetime.date]:
        """What is said of a month to be sent, with the day that it names."""
        if self.opens_on and not self.live:
            return _("The days of this month are asked from %(day)s."), self.opens_on
        if self.is_late:
            words = _(
                "Choose the days: the limit of each week is seen before you ask. The month was to "
                "be sent by %(day)s: send it as soon as you can."
            )
        else:
            words = _(
                "Choose the days: the limit of each week is seen before you ask. The month is to "
                "be sent by %(day)s."
            )
        return words, self.deadline

    @property
    def may_choose(self) -> bool:
        """Some day can be asked or withdrawn."""
        return any(cell.may_choose for week in self.weeks for cell in week.cells)

    @property
    def may_send(self) -> bool:
        """The month is in the hands of the person."""
        return self.state in MonthState.open

    @property
    def findings(self) -> list[Finding]:
        """What is said of its weeks, without repetition; that a week has few days is said of those
        that can be asked already, of all of them at once."""
        every = [(week, one) for week in self.weeks for one in week.findings]
        told = {one.text: one for _week, one in every if one.code != "least"}
        few = [week.monday for week, one in every if one.code == "least" and not week.is_too_far]
        return [*told.values(), *few_days(few, self.standing.norms)]


def month_page(
    person: Person,
    month: datetime.date,
    *,
    today: datetime.date,
    chosen: Collection[datetime.date] | None = None,
    to_others: bool = False,
) -> MonthPage:
    """The month of a person in four statements; `chosen` are the days of a form that was refused,
    which keeps what was chosen. What is shown `to_others` is without what is being written."""
    last = month_end(month) + WEEK  # a day revoked in the last week can move to the next
    standing = standing_of(person, month, last, to_others=to_others)
    plan = MonthPlan.objects.filter(person=person, month=month).first()
    is_sent = plan is not None and plan.state == MonthState.SUBMITTED
    weeks = []
    for monday in weeks_of(month):
        cells = tuple(
            cell_of(standing, day, month, today, is_sent=is_sent, chosen=chosen)
            for day in days_between(monday, monday + datetime.timedelta(days=6))
        )
        findings = week_findings(standing, monday, today=today)
        weeks.append(week_row(standing, monday, cells, findings, today=today))
    return MonthPage(
        person=person,
        month=month,
        standing=standing,
        weeks=tuple(weeks),
        plan=plan,
        answers=tuple(_answers(standing, today)),
        today=today,
    )


def submission_words(person: Person, months: Collection[datetime.date]) -> str:
    """Whether the months just written wait for who decides or are still to be submitted, as they
    stand after the act; those named when they are several. Nothing of a month without requests."""
    plans = MonthPlan.objects.filter(person=person, month__in=months)
    states = dict(plans.values_list("month", "state"))
    asked = AgileDay.objects.filter(person=person, state=DayState.ASKED)
    waiting = {month_of(day) for day in asked.values_list("day", flat=True)}
    sent = [one for one in sorted(months) if states.get(one) == MonthState.SUBMITTED]
    unsent = [one for one in sorted(waiting & set(months)) if states.get(one) in UNSENT]
    if len(months) == 1:
        return _one_month_words(is_sent=bool(sent), is_unsent=bool(unsent))
    told = []
    if sent:
        words = _("Submitted: %(months)s; who leads your unit decides them.")
        told.append(words % {"months": _named(sent)})
    if unsent:
        told.append(_("Not submitted yet: %(months)s.") % {"months": _named(unsent)})
    return " ".join(told)


def _one_month_words(*, is_sent: bool, is_unsent: bool) -> str:
    if is_sent:
        return _("The month is submitted: who leads your unit decides it.")
    return _("The month is not submitted yet.") if is_unsent else ""


def _named(months: Collection[datetime.date]) -> str:
    return ", ".join(named(one, "F Y") for one in months)


def _answers(standing: Standing, today: datetime.date) -> list[Answer]:
    """The revoked days of which something can still be done: a proposal that waits, or a week that
    can take another day."""
    found = []
    by_replaced = {one.replaces_id: one for one in standing.live.values() if one.replaces_id}
    for proposal in by_replaced.values():
        if proposal.state == DayState.PROPOSED and proposal.day > today and proposal.replaces:
            found.append(Answer(revoked=proposal.replaces, proposal=proposal))
    for one in standing.days:
        is_open = one.state == DayState.REVOKED and one.pk not in by_replaced
        if is_open and free_days(standing, one, today=today):
            found.append(Answer(revoked=one, proposal=None))
    return sorted(found, key=lambda answer: answer.revoked.day)


def free_days(
    standing: Standing, revoked: AgileDay, *, today: datetime.date
) -> list[datetime.date]:
    """The days that can take the place of a revoked one: of its week and of the next, within the
    limits. The day itself and what was proposed for it take no place any more."""
    given_back = {
        day for day, one in standing.live.items() if revoked.pk in (one.pk, one.replaces_id)
    }
    kept = {day: one for day, one in standing.live.items() if day not in given_back}
    without = replace(standing, live=kept)
    first = monday_of(revoked.day)
    return [
        day
        for day in days_between(first, first + datetime.timedelta(days=11))
        if day not in {revoked.day, *given_back}
        and not replacing_problems(without, revoked, day, today=today)
    ]
