"""Who is in order with courses, safety notices and equipment; who can be written down at once."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Max, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from documents.tabular import Value
from organization.models import Person, User
from pola.models import Agreement, Equipment, SafetyReceipt
from pola.register_facts import (
    equipment_held,
    register_people,
    remote_workers,
    trained,
    with_safety_receipt,
)
from pola.register_querysets import a_year_before


def with_registers(people: QuerySet, *, on: datetime.date) -> QuerySet:
    """People with the day of their last course (`trained_on`), of their last safety notice
    (`received_on`), what they hold (`held_items`), whether an agreement covers the day."""
    covering = Agreement.objects.covering(on=on).filter(person=OuterRef("pk"))
    held = Equipment.objects.held(on=on).order_by("kind")
    return (
        people.select_related("unit")
        .annotate(
            trained_on=Max(
                "trainings__course__held_on", filter=Q(trainings__course__held_on__lte=on)
            ),
            received_on=Max(
                "safety_receipts__received_on", filter=Q(safety_receipts__received_on__lte=on)
            ),
            has_agreement=Exists(covering),
        )
        .prefetch_related(Prefetch("equipment", queryset=held, to_attr="held_items"))
    )


def is_current(received_on: datetime.date | None, *, on: datetime.date) -> bool:
    """A notice received less than a year before. See also: ReceiptQuerySet.valid."""
    return received_on is not None and received_on > a_year_before(on)


@dataclass(frozen=True, slots=True)
class RegisterCounts:
    """How many of those who can work remotely are in order, of those whom the reader sees."""

    people: int
    remote: int
    without_course: int
    without_notice: int
    without_equipment: int


def register_counts(user: User, *, on: datetime.date) -> RegisterCounts:
    """What is missing among those who can work remotely: one statement each."""
    people = register_people(user, on)
    remote = people.filter(pk__in=remote_workers(on).values("pk"))

    def missing(fact: QuerySet) -> int:
        return remote.exclude(pk__in=fact.values("pk")).count()

    return RegisterCounts(
        people=people.count(),
        remote=remote.count(),
        without_course=missing(trained(on)),
        without_notice=missing(with_safety_receipt(on)),
        without_equipment=missing(equipment_held(on)),
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who can be written down, and why one might want to."""

    person: Person
    lacks: bool
    is_chosen: bool

    @property
    def key(self) -> str:
        """The value of the box of the person."""
        return str(self.person.pk)


@dataclass(frozen=True, slots=True)
class CandidateUnit:
    """The people of a unit who can be written down."""

    name: str
    candidates: tuple[Candidate, ...]


def candidate_units(
    people: Iterable[Person], *, lacking: Collection[int], chosen: Collection[str]
) -> list[CandidateUnit]:
    """People unit by unit, each with whether it lacks what is written down."""
    units: dict[str, list[Candidate]] = {}
    for person in people:
        made = Candidate(person, person.pk in lacking, str(person.pk) in chosen)
        units.setdefault(str(person.unit), []).append(made)
    return [CandidateUnit(name, tuple(found)) for name, found in sorted(units.items())]


PEOPLE_HEADER = (
    "employee_number",
    "last_name",
    "first_name",
    "unit",
    "trained_on",
    "safety_notice_on",
    "safety_notice_valid",
    "equipment",
    "agreement",
)


def people_rows(people: Iterable[Any], *, on: datetime.date) -> Iterator[tuple[Value, ...]]:
    """The lines of the file of people, which `with_registers` loaded."""
    for person in people:
        yield (
            person.employee_number,
            person.last_name,
            person.first_name,
            str(person.unit),
            _iso(person.trained_on),
            _iso(person.received_on),
            is_current(person.received_on, on=on),
            "; ".join(str(item) for item in person.held_items),
            person.has_agreement,
        )


TRAINING_HEADER = ("employee_number", "last_name", "first_name", "course", "held_on", "hours")


def training_rows(attendances: Iterable[Any]) -> Iterator[tuple[Value, ...]]:
    """Who attended which course."""
    for one in attendances:
        person, course = one.person, one.course
        yield (
            person.employee_number,
            person.last_name,
            person.first_name,
            course.title,
            _iso(course.held_on),
            course.hours,
        )


RECEIPT_HEADER = (
    "employee_number",
    "last_name",
    "first_name",
    "notice",
    "issued_on",
    "received_on",
)


def receipt_rows(receipts: Iterable[SafetyReceipt]) -> Iterator[tuple[Value, ...]]:
    """Who received which notice."""
    for one in receipts:
        person, notice = one.person, one.notice
        yield (
            person.employee_number,
            person.last_name,
            person.first_name,
            notice.title,
            _iso(notice.issued_on),
            _iso(one.received_on),
        )


EQUIPMENT_HEADER = (
    "employee_number",
    "last_name",
    "first_name",
    "kind",
    "number",
    "delivered_on",
    "returned_on",
    "note",
)


def equipment_rows(items: Iterable[Equipment]) -> Iterator[tuple[Value, ...]]:
    """What was handed over to whom."""
    for one in items:
        person = one.person
        yield (
            person.employee_number,
            person.last_name,
            person.first_name,
            one.kind,
            one.number,
            _iso(one.delivered_on),
            _iso(one.returned_on),
            one.note,
        )


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def delay_words(reported: datetime.date, happened: datetime.date) -> str:
    """How long after the day something was reported (art. 10: at once)."""
    days = (reported - happened).days
    if days <= 0:
        return _("the same day")
    return _("the day after") if days == 1 else _("%(n)s days after") % {"n": days}
