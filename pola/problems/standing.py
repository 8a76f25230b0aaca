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

from django.db.models import CharField, DateField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from organization import clock
from organization.models import Institution, Unit
from pola.dated_norms import DatedNorms
from pola.enums import DayState
from pola.models import Absence, AgileDay, Agreement, Closure, Exemption, Norm, Suspension
from pola.quotas import (
    Span,
    WeekLimit,
    WeekUse,
    WorkCalendar,
    days_between,
    monday_of,
    month_end,
    week_limit,
)

LAST = datetime.date.max
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

    def agreement_on(self, day: datetime.date) -> Agreement | None:
        """The agreement that covers a day, if there is one."""
        return next((one for one in self.agreements if one.covers(day)), None)

    def limit_on(self, day: datetime.date) -> WeekLimit | None:
        """The limit that the week has for a day: none where no agreement covers it."""
        agreement = self.agreement_on(day)
        if agreement is None:
            return None
        exempted = [days for first, last, days in self.exemptions if first <= day <= last]
        return week_limit(
            self.norms.on(day),
            agreed=agreement.days_per_week,
            exempted=max(exempted, default=None),
            worked_days=self.calendar.worked_days(monday_of(day)),
        )

    def taken_in_week(self, monday: datetime.date) -> list[AgileDay]:
        """The live days of a week."""
        return [one for day, one in sorted(self.live.items()) if monday_of(day) == monday]

    def taken_in_month(self, month: datetime.date) -> list[AgileDay]:
        """The live days of a month."""
        last = month_end(month)
        return [one for day, one in sorted(self.live.items()) if month <= day <= last]

    def week(self, monday: datetime.date) -> WeekUse | None:
        """A week as it is used; none when no agreement covers any of its days."""
        week = days_between(monday, monday + datetime.timedelta(days=4))
        limits = [limit for limit in map(self.limit_on, week) if limit is not None]
        if not limits:
            return None
        taken = self.taken_in_week(monday)
        approved = sum(one.state == DayState.APPROVED for one in taken)
        worked = [
            day for day in week if self.agreement_on(day) and self.calendar.why_closed(day) is None
        ]
        return WeekUse(
            monday=monday,
            limit=max(limits, key=lambda limit: limit.days),
            approved=approved,
            waiting=len(taken) - approved,
            worked_days=len(worked),
        )


def standings_of(
    units: Mapping[int, int | None],
    first: datetime.date,
    last: datetime.date,
    *,
    lock: bool = False,
    institution: Institution | None = None,
    parents: Mapping[int, int | None] | None = None,
) -> dict[int, Standing]:
    """The people (with their units) in the weeks from a day to a day.

    With `lock` their agreements are locked first, in one order for everybody, until the transaction
    ends: whoever asks, decides, revokes waits, so what is read after is how things stand.
    """
    people = list(units)
    first, last = monday_of(first), monday_of(last) + datetime.timedelta(days=6)
    agreements = _agreements(people, lock=lock)
    spans, values = _spans(people, first, last)
    if any(key is not None for key in spans["closure"]) and parents is None:
        parents = dict(Unit.objects.values_list("pk", "parent_id"))
    institution = institution or Institution.objects.first()
    patron = institution.patron if institution else None
    norms = DatedNorms(values)
    found = {
        pk: Standing(
            person_id=pk,
            norms=norms,
            agreements=agreements[pk],
            exemptions=tuple(spans["exemption"][pk]),
            calendar=WorkCalendar(
                patron=patron,
                closures=_closures(spans["closure"], unit_id, parents or {}),
                absences=_dates(spans["absence"][pk]),
                suspensions=_dates(spans["suspension"][pk]),
            ),
        )
        for pk, unit_id in units.items()
    }
    days = AgileDay.objects.filter(person__in=people).between(first, last)
    for one in days.select_related("replaces").order_by("day", "pk"):
        found[one.person_id].days.append(one)
        if one.is_live:
            found[one.person_id].live[one.day] = one
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


def _spans(
    people: Collection[int], first: datetime.date, last: datetime.date
) -> tuple[dict[str, dict[int | None, list[Exempted]]], list[tuple[str, str, datetime.date]]]:
    """What holds on some days, by kind and by whom, and the values of the rules."""
    of_person = {"starts_on__lte": last, "ends_on__gte": first}
    rows = [
        _row("absence", Absence.objects.filter(person__in=people, **of_person), F("person_id")),
        _row(
            "suspension",
            Suspension.objects.filter(agreement__person__in=people, **of_person),
            F("agreement__person_id"),
        ),
        _row(
            "exemption",
            Exemption.objects.filter(agreement__person__in=people, **of_person),
            F("agreement__person_id"),
            number="days_per_week",
        ),
        _row("closure", Closure.objects.filter(**of_person), F("unit_id")),
        _row(
            "norm",
            Norm.objects.filter(starts_on__lte=max(last, clock.today())),
            Value(0),
            ends_on="starts_on",
            text=("key", "printed"),
        ),
    ]
    spans: dict[str, dict[int | None, list[Exempted]]] = {
        kind: defaultdict(list) for kind in ("absence", "suspension", "exemption", "closure")
    }
    values = []
    for kind, whose, starts_on, ends_on, number, key, text in rows[0].union(*rows[1:], all=True):
        if kind == "norm":
            values.append((key, text, starts_on))
        else:
            spans[kind][whose].append((starts_on, ends_on, number))
    return spans, values


def _row(
    kind: str,
    queryset: QuerySet,
    whose: Any,
    *,
    ends_on: str = "ends_on",
    number: str = "",
    text: tuple[str, str] | None = None,
) -> QuerySet:
    """The rows of one kind in the columns that all kinds share."""
    key, printed = (F(name) for name in text) if text else (Value(""), Value(""))
    whole = IntegerField()
    return (
        queryset.order_by()
        .annotate(
            kind_=Value(kind, output_field=CharField()),
            whose_=Cast(whose, whole),
            first_=F("starts_on"),
            last_=Cast(F(ends_on), DateField()),
            number_=Cast(F(number) if number else Value(0), whole),
            key_=Cast(key, CharField(max_length=24)),
            text_=Cast(printed, CharField(max_length=20)),
        )
        .values_list("kind_", "whose_", "first_", "last_", "number_", "key_", "text_")
    )


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
