"""What is known of the people whose days are asked or decided: read in four statements at most.

Agreements, days, and in one statement whatever holds on some days: absences, closures, suspensions,
exemptions (their days alone, never their reason), rules. A closure of a unit adds the chart.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from organization import clock
from organization.models import Institution, Unit
from pola.dated_norms import DatedNorms, Value
from pola.enums import DayState
from pola.models import Absence, AgileDay, Agreement, Closure, Exemption, Norm, Suspension
from pola.months import month_end
from pola.quotas import (
    FRIDAY,
    Span,
    WeekLimit,
    WeekUse,
    WorkCalendar,
    days_between,
    monday_of,
    week_limit,
)

Exempted = tuple[datetime.date, datetime.date, int]


@dataclass
class Standing:
    """One person: agreements, live days by date, the days on which there is no work, the rules."""

    person_id: int
    calendar: WorkCalendar
    norms: DatedNorms
    agreements: list[Agreement] = field(default_factory=list)
    exemptions: tuple[Exempted, ...] = ()
    live: dict[datetime.date, AgileDay] = field(default_factory=dict)
    days: list[AgileDay] = field(default_factory=list)
    taken_away: set[int] = field(default_factory=set)  # keys, for who reads the calendar

    def agreement_on(self, day: datetime.date) -> Agreement | None:
        """The agreement that covers a day, if there is one."""
        return next((one for one in self.agreements if one.covers(day)), None)

    def limit_of(self, monday: datetime.date) -> WeekLimit | None:
        """The limit of a week: none where no agreement covers any of its days.

        Of a mixed week, in which a “deroga”, an agreement or a rule ends or begins, it is the
        widest of its working days: an exemption that ends on Wednesday holds for that whole week.
        So the limit does not depend on the order in which days are asked.
        """
        worked_days = self.calendar.worked_days(monday)
        limits = [self._limit_on(day, worked_days) for day in _working_week(monday)]
        return max(filter(None, limits), key=lambda limit: limit.days, default=None)

    def _limit_on(self, day: datetime.date, worked_days: int) -> WeekLimit | None:
        """What agreement, exemptions and rules of one day say of its week."""
        agreement = self.agreement_on(day)
        if agreement is None:
            return None
        exempted = [days for first, last, days in self.exemptions if first <= day <= last]
        return week_limit(
            self.norms.on(day),
            agreed=agreement.days_per_week_on(day),
            exempted=max(exempted, default=None),
            worked_days=worked_days,
        )

    def live_in_month(self, month: datetime.date) -> list[AgileDay]:
        """The live days of a month, also those that nobody decided in time."""
        last = month_end(month)
        return [one for day, one in sorted(self.live.items()) if month <= day <= last]

    def taken_in_month(self, month: datetime.date, *, today: datetime.date) -> list[AgileDay]:
        """The days that count in the limit of a month."""
        return [one for one in self.live_in_month(month) if one.counts_on(today)]

    def taken_in_week(self, monday: datetime.date, *, today: datetime.date) -> list[AgileDay]:
        """The days that count in the limit of a week."""
        live = sorted(self.live.items())
        return [one for day, one in live if monday_of(day) == monday and one.counts_on(today)]

    def week(self, monday: datetime.date, *, today: datetime.date) -> WeekUse | None:
        """A week as it is used; none when no agreement covers any of its days."""
        limit = self.limit_of(monday)
        if limit is None:
            return None
        taken = self.taken_in_week(monday, today=today)
        approved = sum(one.state == DayState.APPROVED for one in taken)
        worked = [
            day
            for day in _working_week(monday)
            if self.agreement_on(day) and self.calendar.why_closed(day) is None
        ]
        return WeekUse(
            monday=monday,
            limit=limit,
            approved=approved,
            waiting=len(taken) - approved,
            worked_days=len(worked),
        )


def _working_week(monday: datetime.date) -> list[datetime.date]:
    return days_between(monday, monday + datetime.timedelta(days=FRIDAY))


def standings_of(
    units: Mapping[int, int | None],
    first: datetime.date,
    last: datetime.date,
    *,
    lock: bool = False,
    to_others: bool = False,
    parents: Mapping[int, int | None] | None = None,
) -> dict[int, Standing]:
    """The people (with their units) in the weeks from a day to a day.

    With `lock` their agreements are locked first, in one order for everybody, until the transaction
    ends: whoever asks, decides, revokes waits, so what is read after is how things stand. What is
    shown `to_others` is without the days of a month that is still being written.
    """
    people = list(units)
    first, last = monday_of(first), monday_of(last) + datetime.timedelta(days=6)
    agreements = _agreements(people, lock=lock)
    spans = _spans(people, first, last)
    closures = spans.by_kind["closure"]
    if any(key is not None for key in closures) and parents is None:
        parents = dict(Unit.objects.values_list("pk", "parent_id"))
    patron = Institution(patron_day=spans.patron).patron
    norms = DatedNorms(spans.values)
    found = {
        pk: Standing(
            person_id=pk,
            norms=norms,
            agreements=agreements[pk],
            exemptions=tuple(spans.by_kind["exemption"][pk]),
            calendar=WorkCalendar(
                patron=patron,
                closures=_closures(closures, unit_id, parents or {}),
                absences=_dates(spans.by_kind["absence"][pk]),
                suspensions=_dates(spans.by_kind["suspension"][pk]),
            ),
        )
        for pk, unit_id in units.items()
    }
    days = AgileDay.objects.filter(person__in=people).between(first, last).order_by()
    days = days.told_to_others() if to_others else days
    # What replaces what and what was taken away is for who reads the calendar.
    read = days if lock else days.select_related("replaces").with_taken_away()
    for one in sorted(read, key=lambda one: (one.day, one.pk)):
        found[one.person_id].days.append(one)
        if one.is_live:
            found[one.person_id].live[one.day] = one
        elif getattr(one, "taken_pk", None):
            found[one.person_id].taken_away.add(one.pk)
    return found


def standing_of(person: Any, first: datetime.date, last: datetime.date, **options: Any) -> Standing:
    """One person in the weeks from a day to a day."""
    return standings_of({person.pk: person.unit_id}, first, last, **options)[person.pk]


def _agreements(people: Collection[int], *, lock: bool) -> dict[int, list[Agreement]]:
    agreements = Agreement.objects.filter(person__in=people).order_by("pk")
    if lock:
        agreements = agreements.select_for_update(of=("self",))
    found: dict[int, list[Agreement]] = defaultdict(list)
    for one in agreements:
        found[one.person_id].append(one)
    return found


# In plain SQL, for it is asked at every booking while the agreement is locked: the same UNION takes
# the ORM ten times as long to compose. The names of tables are those of the models.
SPANS = """
SELECT 'absence', person_id, starts_on, ends_on, 0, '', ''
  FROM {absence} WHERE starts_on <= %s AND ends_on >= %s AND person_id IN ({people})
UNION ALL
SELECT 'suspension', a.person_id, s.starts_on, s.ends_on, 0, '', ''
  FROM {suspension} s JOIN {agreement} a ON a.id = s.agreement_id
  WHERE s.starts_on <= %s AND s.ends_on >= %s AND a.person_id IN ({people})
UNION ALL
SELECT 'exemption', a.person_id, e.starts_on, e.ends_on, e.days_per_week, '', ''
  FROM {exemption} e JOIN {agreement} a ON a.id = e.agreement_id
  WHERE e.starts_on <= %s AND e.ends_on >= %s AND a.person_id IN ({people})
UNION ALL
SELECT 'closure', unit_id, starts_on, ends_on, 0, '', ''
  FROM {closure} WHERE starts_on <= %s AND ends_on >= %s
UNION ALL
SELECT 'norm', 0, starts_on, starts_on, 0, key, printed
  FROM {norm} WHERE starts_on <= %s
UNION ALL
SELECT 'patron', 0, NULL, NULL, 0, '', patron_day FROM {institution}
"""
TABLES = {
    str(model._meta.model_name): model._meta.db_table
    for model in (Absence, Suspension, Exemption, Agreement, Closure, Norm, Institution)
}


@dataclass
class Spans:
    """What holds on some days, by kind and by whom; the values of the rules; the patron saint."""

    by_kind: dict[str, dict[int | None, list[Exempted]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    values: list[Value] = field(default_factory=list)
    patron: str = ""


def _spans(people: Collection[int], first: datetime.date, last: datetime.date) -> Spans:
    """What holds from a day to a day, in one statement."""
    marks = ", ".join(["%s"] * len(people)) or "NULL"
    sql = SPANS.format(**TABLES, people=marks)
    dates, known = [last, first], max(last, clock.today())
    parameters: list[Any] = [*[*dates, *people] * 3, *dates, known]
    found = Spans()
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        for kind, whose, starts_on, ends_on, number, key, text in cursor.fetchall():
            if kind == "patron":
                found.patron = text
            elif kind == "norm":
                found.values.append((key, text, _date(starts_on)))
            else:
                span = (_date(starts_on), _date(ends_on), number)
                found.by_kind[kind][whose].append(span)
    return found


def _date(value: datetime.date | str) -> datetime.date:
    """A date as PostgreSQL gives it, or the text that SQLite keeps."""
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value


def _dates(spans: Iterable[Exempted]) -> tuple[Span, ...]:
    return tuple((first, last) for first, last, _number in spans)


def _closures(
    closures: Mapping[int | None, list[Exempted]],
    unit_id: int | None,
    parents: Mapping[int, int | None],
) -> tuple[Span, ...]:
    """The closures of the whole Chamber, of a unit, of those above it."""
    found = [*closures.get(None, ())]
    while unit_id is not None:
        found += closures.get(unit_id, ())
        unit_id = parents.get(unit_id)
    return _dates(found)
