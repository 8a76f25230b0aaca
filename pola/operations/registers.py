"""What HR writes in the registers: equipment out and back, courses and who attended, safety notices
and who received them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from organization import audit, clock
from organization.models import Person, User
from organization.operations import refuse_unless_permitted
from pola.enums import EquipmentKind
from pola.models import (
    Equipment,
    SafetyNotice,
    SafetyReceipt,
    TrainingAttendance,
    TrainingCourse,
)
from pola.operations.interest_doors import save_signed
from strategy.operations.editing import still_there
from strategy.operations.history import sign

KEEP = "pola.keep_registers"


@transaction.atomic
def deliver_equipment(
    *,
    person: Person,
    kind: EquipmentKind | str,
    number: str,
    delivered_on: datetime.date,
    note: str = "",
    by: User,
    at: datetime.datetime | None = None,
) -> Equipment:
    """Hand a PC or an access over to a person, and record `equipment.delivered`.

    Refuses whoever is not of HR, a day to come, a second one of the same kind, a number that is
    with somebody else.
    """
    refuse_unless_permitted(KEEP, person, by)
    _refuse_to_come("delivered_on", delivered_on)
    item = Equipment(person=person, kind=kind, number=number, delivered_on=delivered_on, note=note)
    save_signed(item, by=by, at=at or timezone.now())
    after = {"person": str(person), "delivered_on": delivered_on.isoformat()}
    audit.record("equipment.delivered", target=item, by=by, at=at, after=after)
    return item


@transaction.atomic
def return_equipment(
    item: Equipment,
    *,
    returned_on: datetime.date,
    by: User,
    at: datetime.datetime | None = None,
) -> Equipment:
    """Take back what was handed over, and record `equipment.returned`.

    Refuses whoever is not of HR, a day to come or before the delivery, and what is back already.
    """
    item = Equipment.objects.select_for_update().get(pk=item.pk)
    refuse_unless_permitted(KEEP, item, by)
    if item.returned_on is not None:
        raise ValidationError(_("This was returned already."))
    _refuse_to_come("returned_on", returned_on)
    item.returned_on = returned_on
    save_signed(item, by=by, at=at or timezone.now())
    after = {"person": str(item.person), "returned_on": returned_on.isoformat()}
    audit.record("equipment.returned", target=item, by=by, at=at, after=after)
    return item


@transaction.atomic
def record_course(
    *,
    title: str,
    held_on: datetime.date,
    hours: Decimal,
    provider: str = "",
    by: User,
    at: datetime.datetime | None = None,
) -> TrainingCourse:
    """Write down a course on agile work, and record `course.recorded`; who attended comes apart.

    Refuses whoever is not of HR, and a course of that day that is there already.
    """
    course = TrainingCourse(title=title, held_on=held_on, hours=hours, provider=provider)
    refuse_unless_permitted(KEEP, course, by)
    save_signed(course, by=by, at=at or timezone.now())
    after = {"held_on": held_on.isoformat(), "hours": str(hours)}
    audit.record("course.recorded", target=course, by=by, at=at, after=after)
    return course


@transaction.atomic
def record_attendance(
    course: TrainingCourse,
    *,
    people: Iterable[Person],
    by: User,
    at: datetime.datetime | None = None,
) -> list[TrainingAttendance]:
    """Write down who attended a course, many at once, and record `course.attended`; whoever is
    there already stays. Refuses whoever is not of HR, and a course that has yet to be held."""
    course = TrainingCourse.objects.select_for_update().get(pk=course.pk)
    refuse_unless_permitted(KEEP, course, by)
    _refuse_to_come("people", course.held_on)
    there = set(course.attendances.values_list("person", flat=True))
    new = [TrainingAttendance(course=course, person=one) for one in people if one.pk not in there]
    return _keep_many(new, course, "course.attended", by=by, at=at)


@transaction.atomic
def remove_attendance(
    attendance: TrainingAttendance, *, by: User, at: datetime.datetime | None = None
) -> None:
    """Take a person off those who attended, written down by mistake; record
    `course.attendance_removed`. Refuses whoever is not of HR, and (code `gone`) one taken off
    already."""
    _remove(attendance, attendance.course, "course.attendance_removed", by=by, at=at)


@transaction.atomic
def issue_notice(
    *, title: str, issued_on: datetime.date, by: User, at: datetime.datetime | None = None
) -> SafetyNotice:
    """Write down a safety notice, and record `notice.issued`; who received it comes apart.

    Refuses whoever is not of HR, and a notice of that day that is there already.
    """
    notice = SafetyNotice(title=title, issued_on=issued_on)
    refuse_unless_permitted(KEEP, notice, by)
    save_signed(notice, by=by, at=at or timezone.now())
    after = {"issued_on": issued_on.isoformat()}
    audit.record("notice.issued", target=notice, by=by, at=at, after=after)
    return notice


@transaction.atomic
def record_receipts(
    notice: SafetyNotice,
    *,
    people: Iterable[Person],
    received_on: datetime.date,
    by: User,
    at: datetime.datetime | None = None,
) -> list[SafetyReceipt]:
    """Write down who received a notice on a day, many at once, and record `notice.received`;
    whoever is there already stays.

    Refuses whoever is not of HR, a day to come, and one before the notice.
    """
    notice = SafetyNotice.objects.select_for_update().get(pk=notice.pk)
    refuse_unless_permitted(KEEP, notice, by)
    _refuse_to_come("received_on", received_on)
    if received_on < notice.issued_on:
        raise ValidationError({"received_on": _("The notice was issued after this day.")})
    there = set(notice.receipts.values_list("person", flat=True))
    new = [
        SafetyReceipt(notice=notice, person=one, received_on=received_on)
        for one in people
        if one.pk not in there
    ]
    return _keep_many(new, notice, "notice.received", by=by, at=at)


@transaction.atomic
def remove_receipt(
    receipt: SafetyReceipt, *, by: User, at: datetime.datetime | None = None
) -> None:
    """Take a person off those who received a notice, written down by mistake; record
    `notice.receipt_removed`. Refuses as above."""
    _remove(receipt, receipt.notice, "notice.receipt_removed", by=by, at=at)


def _refuse_to_come(field: str, day: datetime.date) -> None:
    if day > clock.today():
        raise ValidationError({field: _("This day has yet to come.")})


def _keep_many(
    rows: list[Any], target: models.Model, verb: str, *, by: User, at: datetime.datetime | None
) -> list[Any]:
    """Store rows of people with their history, and tell in the trace whose they are."""
    if not rows:
        return []
    made = bulk_create_with_history(
        rows, type(rows[0]), default_user=by, default_date=at or timezone.now()
    )
    names = ", ".join(sorted(str(row.person) for row in rows))
    audit.record(verb, target=target, by=by, at=at, after={"people": len(rows)}, note=names)
    return made


def _remove(
    row: Any, target: models.Model, verb: str, *, by: User, at: datetime.datetime | None
) -> None:
    refuse_unless_permitted(KEEP, row, by)
    row = still_there(type(row)._default_manager.select_for_update(), row.pk)
    audit.record(verb, target=target, by=by, at=at, before={"person": str(row.person)})
    sign(row, by=by, at=at or timezone.now())
    row.delete()
