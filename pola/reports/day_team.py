"""The month of a unit, person by person, and of the whole Chamber, unit by unit.

In the order of the alphabet or of the chart: the days of the people are never ranked (art. 7).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, FilteredRelation, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from organization.models import Person, Unit
from pola.dated_norms import DatedNorms
from pola.day_looks import LOOKS, TOLD, Look
from pola.enums import DayState, MonthState
from pola.models import AgileDay
from pola.months import month_end
from pola.problems.days import in_words, week_findings
from pola.problems.finding import Caution, Finding
from pola.problems.standing import Standing, standings_of
from pola.quotas import FRIDAY, Closed, days_between, least_present, weeks_of

Who = Callable[[Person], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A working day of the month: how many are in the office, how many at least should be, and
    whether they are too few; of those in service on the day, by the rule of the day."""

    day: datetime.date
    is_monday: bool
    shut: str = ""
    present: int = 0
    least: int = 0
    is_low: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamCell:
    """A day of a person: in the office when it has neither look nor word."""

    day: datetime.date
    is_monday: bool
    look: Look | None = None
    held: AgileDay | None = None
    shut: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRow:
    """A person of the unit: the days of the month, what waits for a decision."""

    person: Person
    cells: tuple[TeamCell, ...]
    waiting: tuple[AgileDay, ...]
    has_agreement: bool
    plan_id: int | None
    may_decide: bool
    is_decided_above: bool
    fullest: tuple[int, int] | None
    findings: tuple[Finding, ...]

    @property
    def seen(self) -> str:
        """The days that the page shows as waiting, for the form."""
        return ",".join(str(one.pk) for one in self.waiting)

    @property
    def held(self) -> list[TeamCell]:
        """The days that are not days in the office, without those that one is asked to decide."""
        asked = self.waiting if self.may_decide else ()
        return [cell for cell in self.cells if cell.held and cell.held not in asked]

    @property
    def words(self) -> str:
        """What was asked, and the fullest of its weeks: 2 chieste, 2 di 3 a settimana; of whoever
        reads the page, or is stood in for, that somebody else decides it."""
        if not self.waiting:
            return pgettext("days asked", "none") if self.has_agreement else _("no agreement")
        count = len(self.waiting)
        words = ngettext("%(count)s asked", "%(count)s asked", count) % {"count": count}
        if self.is_decided_above:
            return _("%(asked)s, decided above") % {"asked": words}
        if self.fullest is None:
            return words
        taken, most = self.fullest
        return _("%(asked)s, %(taken)s of %(most)s a week") % {
            "asked": words,
            "taken": taken,
            "most": most,
        }

    @property
    def approved(self) -> int:
        """Days approved in the month; shown beside what is asked, never compared."""
        states = (cell.held.state for cell in self.cells if cell.held)
        return sum(state == DayState.APPROVED for state in states)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPage:
    """The month of a unit."""

    unit: Unit
    month: datetime.date
    columns: tuple[Column, ...]
    rows: tuple[TeamRow, ...]

    @property
    def least(self) -> int:
        """How many at least stay in the office on the days with most people in service."""
        return _least(self.columns)

    @property
    def looks(self) -> list[Look]:
        """How the days that it shows look."""
        return [cell.look for row in self.rows for cell in row.cells if cell.look]

    @property
    def waiting(self) -> list[TeamRow]:
        """The people whose month waits for whoever reads the page."""
        return [row for row in self.rows if row.may_decide]

    @property
    def waiting_days(self) -> int:
        """How many days wait."""
        return sum(len(row.waiting) for row in self.waiting)

    @property
    def cautions(self) -> list[Finding]:
        """The days on which too few would stay in the office if everything were approved."""
        return [
            Caution(article=2, reason=_few_words(column), code="cover", day=column.day)
            for column in self.columns
            if column.is_low
        ]


def _few_words(column: Column) -> str:
    """How many too few stay in the office on a day."""
    day = in_words(column.day)
    if not column.present:
        return _("%(day)s: nobody in the office") % {"day": day}
    words = ngettext(
        "%(day)s: fewer than %(least)s person in the office",
        "%(day)s: fewer than %(least)s people in the office",
        column.least,
    )
    return words % {"day": day, "least": column.least}


def _least(columns: Collection[Column]) -> int:
    return max((column.least for column in columns), default=0)


def team_page(
    unit: Unit,
    month: datetime.date,
    *,
    today: datetime.date,
    may_decide: Who,
    is_decided_above: Who,
    parents: Mapping[int, int | None] | None = None,
) -> TeamPage:
    """The month of the people of a unit: as many statements for ten people as for two hundred.

    `may_decide` says whose months the reader decides, `is_decided_above` whose are for who stands
    above: the reader's own, those of a head stood in for.
    """
    people = list(_people([unit.pk], month))
    standings = _standings(people, month, parents=parents)
    days, rules = _working_days(month), _rules(standings)
    rows = tuple(
        _row(
            one,
            standings[one.pk],
            days,
            month,
            today,
            may=may_decide(one),
            above=is_decided_above(one),
        )
        for one in people
    )
    columns = tuple(_column(day, people, standings, rules, today) for day in days)
    return TeamPage(unit=unit, month=month, columns=columns, rows=rows)


def _people(units: Collection[int], month: datetime.date) -> Iterable[Any]:
    """The people of some units in service in the month, each with the state of its calendar."""
    return (
        Person.objects.employees()
        .filter(unit__in=units, hired_on__lte=month_end(month))
        .filter(Q(left_on__isnull=True) | Q(left_on__gt=month))
        .annotate(
            month_plan=FilteredRelation("month_plans", condition=Q(month_plans__month=month)),
            plan_pk=F("month_plan__pk"),
            plan_state=F("month_plan__state"),
        )
        .order_by("last_name", "first_name", "pk")
    )


def _standings(
    people: Collection[Any],
    month: datetime.date,
    *,
    parents: Mapping[int, int | None] | None,
) -> dict[int, Standing]:
    units = {person.pk: person.unit_id for person in people}
    return standings_of(units, month, month_end(month), to_others=True, parents=parents)


def _rules(standings: Mapping[int, Standing]) -> DatedNorms:
    first = next(iter(standings.values()), None)
    return first.norms if first else DatedNorms()


def _working_days(month: datetime.date) -> list[datetime.date]:
    return [day for day in days_between(month, month_end(month)) if day.weekday() <= FRIDAY]


def _row(
    person: Any,
    standing: Standing,
    days: Collection[datetime.date],
    month: datetime.date,
    today: datetime.date,
    *,
    may: bool,
    above: bool,
) -> TeamRow:
    told = {one.day: one for one in standing.days if one.state in TOLD} | standing.live
    cells = tuple(_team_cell(person, standing, day, told.get(day)) for day in days)
    waiting = tuple(one for one in standing.live_in_month(month) if one.state == DayState.ASKED)
    is_sent = person.plan_state == MonthState.SUBMITTED
    weeks = weeks_of(month)
    uses = [use for use in (standing.week(one, today=today) for one in weeks) if use]
    fullest = max(((use.taken, use.limit.days) for use in uses), default=None)
    return TeamRow(
        person=person,
        cells=cells,
        waiting=waiting if is_sent else (),
        has_agreement=bool(uses),
        plan_id=person.plan_pk,
        may_decide=may and is_sent and bool(waiting),
        is_decided_above=above,
        fullest=fullest,
        findings=tuple(
            one
            for monday in weeks
            for one in week_findings(standing, monday, today=today)
            if one.code == "week"
        ),
    )


def _team_cell(
    person: Any, standing: Standing, day: datetime.date, held: AgileDay | None
) -> TeamCell:
    shut = _shut(standing.calendar.why_closed(day))
    if not _is_in_service(person, day):
        shut = _("not in service")
    return TeamCell(
        day=day,
        is_monday=day.weekday() == 0,
        look=LOOKS[DayState(held.state)] if held else None,
        held=held,
        shut="" if held else shut,
    )


def _shut(closed: Closed | None) -> str:
    """Why a day is not worked, in a word; an absence has no other reason."""
    words = {
        Closed.HOLIDAY: _("holiday"),
        Closed.CLOSURE: _("closed"),
        Closed.ABSENCE: _("absence"),
    }
    return words.get(closed, "") if closed else ""


def _column(
    day: datetime.date,
    people: Iterable[Any],
    standings: Mapping[int, Standing],
    rules: DatedNorms,
    today: datetime.date,
) -> Column:
    there = [standings[one.pk] for one in people if _is_in_service(one, day)]
    closed = [one.calendar.why_closed(day) for one in there]
    present = sum(_is_present(one, day, today) for one in there)
    least = least_present(len(there), rules.on(day))
    is_shut = bool(closed) and all(one in (Closed.HOLIDAY, Closed.CLOSURE) for one in closed)
    return Column(
        day=day,
        is_monday=day.weekday() == 0,
        shut=_shut(closed[0]) if is_shut else "",
        present=present,
        least=least,
        is_low=not is_shut and day >= today and present < least,
    )


def _is_in_service(person: Any, day: datetime.date) -> bool:
    """Hired by the day and not yet left. See also: PersonQuerySet.in_service."""
    return person.hired_on <= day and (person.left_on is None or day < person.left_on)


def _is_present(standing: Standing, day: datetime.date, today: datetime.date) -> bool:
    """In the office on the day, if everything that can still be approved were."""
    is_worked = standing.calendar.why_closed(day) in (None, Closed.SUSPENSION)
    held = standing.live.get(day)
    return is_worked and not (held and held.counts_on(today))


# The whole Chamber


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """A unit: how many people, how many of them in the office on each day."""

    unit: Unit
    people: int
    columns: tuple[Column, ...]

    @property
    def least(self) -> int:
        """How many at least stay in the office on the days with most people in service."""
        return _least(self.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class HousePage:
    """The month of the whole Chamber."""

    month: datetime.date
    rows: tuple[UnitRow, ...]
    total: UnitRow | None


def house_page(month: datetime.date, units: Collection[Unit], *, today: datetime.date) -> HousePage:
    """Who is in the office, unit by unit, in the order of the chart: numbers alone, no names."""
    people = list(_people([unit.pk for unit in units], month))
    parents = {unit.pk: unit.parent_id for unit in units}
    standings = _standings(people, month, parents=parents)
    days, rules = _working_days(month), _rules(standings)
    rows = []
    for unit in units:
        own = [one for one in people if one.unit_id == unit.pk]
        if own:
            columns = tuple(_column(day, own, standings, rules, today) for day in days)
            rows.append(UnitRow(unit=unit, people=len(own), columns=columns))
    if not rows:
        return HousePage(month=month, rows=(), total=None)
    columns = tuple(_column(day, people, standings, rules, today) for day in days)
    total = UnitRow(unit=rows[0].unit, people=len(people), columns=columns)
    return HousePage(month=month, rows=tuple(rows), total=total)
