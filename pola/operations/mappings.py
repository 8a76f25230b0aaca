"""What happens when an activity is added, mapped, reviewed, given to somebody."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization import audit, clock
from organization.models import Person, Unit, User
from organization.operations import refuse_unless_permitted
from pola.enums import Grade
from pola.mapping import NAMES, verdict
from pola.models import Activity, ActivityAssignment, ActivityMapping
from pola.operations.interest_doors import save_signed
from strategy.operations.history import sign


@transaction.atomic
def add_activity(
    *, unit: Unit, title: str, by: User, at: datetime.datetime | None = None
) -> Activity:
    """Add an activity to a unit, not mapped yet, and record `activity.added`.

    Refuses whoever does not lead the unit, and one that the unit already has.
    """
    if unit.pk not in by.led_unit_ids:
        raise PermissionDenied(_("You have no right to do this."))
    at = at or timezone.now()
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)  # one place, one title at a time
    last = Activity.objects.filter(unit=unit).order_by("-position").first()
    activity = Activity(unit=unit, title=title, position=(last.position if last else 0) + 1)
    save_signed(activity, by=by, at=at, force_insert=True)
    audit.record("activity.added", target=activity, by=by, at=at, after={"unit": unit.slug})
    return activity


@transaction.atomic
def map_activity(
    activity: Activity,
    *,
    levels: Mapping[str, int],
    note: str = "",
    by: User,
    at: datetime.datetime | None = None,
) -> ActivityMapping:
    """Map an activity today with ten levels, give it the grade they come to, and record
    `activity.mapped`; the same day again is refused, a later day is a review.

    Refuses whoever does not lead the unit of the activity.
    """
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    refuse_unless_permitted("pola.map_activity", activity, by)
    at = at or timezone.now()
    before = Grade(activity.grade)
    grade = verdict(levels).grade
    mapping = ActivityMapping(
        activity=activity,
        mapped_on=clock.today(),
        grade=grade,
        note=note,
        recorded_at=at,
        recorded_by_label=str(by),
        **{name: levels[name] for name in NAMES},
    )
    mapping.full_clean()
    mapping.save(force_insert=True)
    activity.grade = grade
    sign(activity, by=by, at=at)
    activity.save(update_fields=["grade"])
    audit.record(
        "activity.mapped",
        target=activity,
        by=by,
        at=at,
        before={"grade": str(before.label)},
        after={"grade": str(grade.label)},
        note=note,
    )
    return mapping


@transaction.atomic
def assign_activity(
    activity: Activity,
    *,
    person: Person,
    starts_on: datetime.date,
    by: User,
    at: datetime.datetime | None = None,
) -> ActivityAssignment:
    """Give an activity to a person from a day on, and record `assignment.made`.

    Refuses whoever leads neither the unit of the activity nor is of HR, a person who has left by
    that day, and an activity that the person already does.
    """
    refuse_unless_permitted("pola.assign_activity", activity, by)
    if person.left_on is not None and person.left_on <= starts_on:
        raise ValidationError({"person": _("This person has left by that day.")})
    at = at or timezone.now()
    assignment = ActivityAssignment(activity=activity, person=person, starts_on=starts_on)
    save_signed(assignment, by=by, at=at, force_insert=True)
    audit.record(
        "assignment.made",
        target=assignment,
        by=by,
        at=at,
        after={"person": str(person), "starts_on": starts_on.isoformat()},
    )
    return assignment


@transaction.atomic
def end_assignment(
    assignment: ActivityAssignment,
    *,
    ends_on: datetime.date,
    by: User,
    at: datetime.datetime | None = None,
) -> ActivityAssignment:
    """Set the last day on which a person does an activity, and record `assignment.ended`.

    Refuses as above, an assignment that has its last day, and a last day before the first.
    """
    assignment = ActivityAssignment.objects.select_for_update().get(pk=assignment.pk)
    refuse_unless_permitted("pola.assign_activity", assignment.activity, by)
    if assignment.ends_on is not None:
        raise ValidationError(_("This assignment already has its last day."))
    at = at or timezone.now()
    assignment.ends_on = ends_on
    assignment.full_clean()
    sign(assignment, by=by, at=at)
    assignment.save(update_fields=["ends_on"])
    audit.record(
        "assignment.ended",
        target=assignment,
        by=by,
        at=at,
        after={"person": str(assignment.person), "ends_on": ends_on.isoformat()},
    )
    return assignment
