"""What the pages say of units and staff, as row objects without markup.

The staff tables are those of section 1.2 of the plan, computed from the people at a day.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.db import models
from django.utils import timezone

from organization.enums import Gender, StaffCategory
from organization.models import Delegation, EstablishedPosts, Person, Unit

Key = tuple[str, str, bool]


@dataclass(frozen=True, slots=True)
class GenderRow:
    """A category, or a group of categories, with its men and women."""

    label: str
    male: int
    female: int

    @property
    def total(self) -> int:
        """Men and women together."""
        return self.male + self.female


@dataclass(frozen=True, slots=True)
class PostsRow:
    """A category with the posts each act establishes, the staff, and staff less last act."""

    label: str
    posts: tuple[tuple[str, int], ...]
    staff: int

    @property
    def difference(self) -> int:
        """Staff less the posts of the last act; below zero when posts are vacant."""
        return self.staff - (self.posts[-1][1] if self.posts else 0)


@dataclass(frozen=True, slots=True)
class StaffReport:
    """The staff at a day: posts against staff, by gender, by category and gender, part time."""

    day: datetime.date
    acts: tuple[str, ...]
    posts: tuple[PostsRow, ...]
    posts_total: PostsRow
    by_group: tuple[GenderRow, ...]
    everybody: GenderRow
    part_time: GenderRow

    @property
    def female_percent(self) -> int:
        """Women in a hundred employees."""
        return percent(self.everybody.female, self.everybody.total)

    @property
    def part_time_percent(self) -> int:
        """Part-time contracts in a hundred employees."""
        return percent(self.part_time.total, self.everybody.total)


def percent(part: int, whole: int) -> int:
    """The part in a hundred, to the nearest whole, a half upwards; none of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else 0


def staff_counts(*, on: datetime.date) -> Counter[Key]:
    """How many employees in service by category, gender and part time: one statement."""
    people = Person.objects.in_service(on=on).values_list("category", "gender", "part_time_percent")
    return Counter((category, gender, hours < 100) for category, gender, hours in people)


def staff_report(*, on: datetime.date) -> StaffReport:
    """The staff tables of section 1.2 at a day: two statements whatever the number of people."""
    counts = staff_counts(on=on)
    established: dict[str, Counter[str]] = defaultdict(Counter)
    for act, category, posts in EstablishedPosts.objects.values_list("act", "category", "posts"):
        established[act][category] += posts
    acts = tuple(established)
    rows = tuple(
        PostsRow(
            str(category.label),
            tuple((act, established[act][category.value]) for act in acts),
            _sum(counts, category=category.value),
        )
        for category in StaffCategory
    )
    groups = list(dict.fromkeys(category.group for category in StaffCategory))
    return StaffReport(
        day=on,
        acts=acts,
        posts=rows,
        posts_total=PostsRow(
            "",
            tuple((act, established[act].total()) for act in acts),
            counts.total(),
        ),
        by_group=tuple(_by_gender(group, counts, group=group) for group in groups),
        everybody=_by_gender("", counts),
        part_time=_by_gender("", counts, is_part_time=True),
    )


def _by_gender(label: str, counts: Counter[Key], **only: Any) -> GenderRow:
    """Men and women among the people asked for."""
    return GenderRow(
        label,
        male=_sum(counts, gender=Gender.MALE.value, **only),
        female=_sum(counts, gender=Gender.FEMALE.value, **only),
    )


def _sum(
    counts: Counter[Key],
    *,
    category: str = "",
    group: str = "",
    gender: str = "",
    is_part_time: bool = False,
) -> int:
    """How many people match what is asked; what is not asked does not count."""
    return sum(
        number
        for (its_category, its_gender, part_time), number in counts.items()
        if (not category or its_category == category)
        and (not group or StaffCategory(its_category).group == group)
        and (not gender or its_gender == gender)
        and (not is_part_time or part_time)
    )


@dataclass(frozen=True, slots=True)
class UnitNode:
    """A box of the organisation chart with whoever leads it and how many work there."""

    unit: Unit
    heads: tuple[str, ...]
    own: int
    children: tuple[UnitNode, ...] = field(default=())

    @property
    def total(self) -> int:
        """Employees of the unit and of all units below."""
        return self.own + sum(child.total for child in self.children)


def unit_tree(units: Iterable[Any], *, root: int | None = None) -> tuple[UnitNode, ...]:
    """The chart below a unit, from units loaded with heads and people count: no statement."""
    below: dict[int | None, list[Any]] = defaultdict(list)
    for unit in units:
        below[unit.parent_id].append(unit)

    def nodes(parent: int | None) -> tuple[UnitNode, ...]:
        return tuple(
            UnitNode(
                unit,
                tuple(str(head.person) for head in unit.running_heads),
                unit.people_count,
                nodes(unit.pk),
            )
            for unit in below[parent]
        )

    return nodes(root)


@dataclass(frozen=True, slots=True)
class Change:
    """A field that changed: its name, the value before and the value after, as words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change of a record: when, by whom, what; no changes when it was created."""

    at: datetime.datetime
    who: str
    is_creation: bool
    changes: tuple[Change, ...] = ()


def history_of(instance: models.Model) -> list[HistoryEntry]:
    """The changes of a tracked record, newest first: one statement, plus one for each link."""
    history: Any = instance.history  # type: ignore[attr-defined]  # put there by HistoricalRecords
    records = list(history.select_related("history_user__person").order_by("history_id"))
    if not records:
        return []
    fields = [f for f in records[0].tracked_fields if not f.primary_key]
    names = _linked_names(records, fields)
    entries = [_entry(records[0], (), is_creation=records[0].history_type == "+")]
    for older, newer in pairwise(records):
        changes = _changes(older, newer, fields, names)
        if changes:
            entries.append(_entry(newer, changes))
    return entries[::-1]


def _entry(record: Any, changes: Sequence[Change], *, is_creation: bool = False) -> HistoryEntry:
    who = str(record.history_user) if record.history_user else ""
    return HistoryEntry(record.history_date, who, is_creation, tuple(changes))


def _linked_names(records: Sequence[Any], fields: Sequence[Any]) -> dict[str, dict[Any, str]]:
    """For each link of the record, the names of what it pointed at."""
    names: dict[str, dict[Any, str]] = {}
    for link in fields:
        if link.is_relation:
            keys = {getattr(record, link.attname) for record in records} - {None}
            found = link.related_model._default_manager.in_bulk(keys) if keys else {}
            names[link.attname] = {key: str(value) for key, value in found.items()}
    return names


def _changes(
    older: Any, newer: Any, fields: Sequence[Any], names: dict[str, dict[Any, str]]
) -> list[Change]:
    """The fields that differ between two states of a record."""

    def words(record: Any, column: Any) -> str:
        value = getattr(record, column.attname)
        if column.is_relation:
            return names[column.attname].get(value, "")
        if column.choices:
            return str(dict(column.flatchoices).get(value, value))
        if isinstance(value, datetime.datetime):
            value = timezone.localdate(value)
        if isinstance(value, datetime.date):
            return f"{value.day}.{value.month}.{value.year}"
        return "" if value is None else str(value)

    return [
        Change(str(column.verbose_name), words(older, column), words(newer, column))
        for column in fields
        if getattr(older, column.attname) != getattr(newer, column.attname)
    ]


@dataclass(frozen=True, slots=True)
class DelegationLine:
    """A substitution on a day, for somebody who may end it or only reads it."""

    delegation: Delegation
    is_running: bool
    has_lapsed: bool
    is_over: bool
    may_end: bool

    @property
    def is_taken_back(self) -> bool:
        """Ended before it had lasted a day."""
        return self.delegation.is_taken_back


def delegation_lines(
    delegations: Iterable[Delegation], *, on: datetime.date, led: frozenset[int]
) -> list[DelegationLine]:
    """The substitutions, read with their posts, as they stand on a day; who leads the unit may end
    those not over."""
    return [
        DelegationLine(
            delegation=one,
            is_running=one.is_running(on=on),
            has_lapsed=one.has_lapsed(on=on),
            is_over=one.ends_on < on,
            may_end=one.ends_on >= on and not one.is_taken_back and one.unit_id in led,
        )
        for one in delegations
    ]
