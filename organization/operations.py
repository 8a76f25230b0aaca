"""What happens when somebody is appointed, the appointment ends, a head is stood in for."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization import clock
from organization.audit import record
from organization.days import written
from organization.enums import EmploymentKind, Role
from organization.models import Appointment, Delegation, Person, PersonalData, Unit, User
from organization.posts import posts_changed
from organization.rules import is_hr

# A day of another century is a slip of the keyboard.
LAST_DAY = datetime.date(2099, 12, 31)
A_YEAR = datetime.timedelta(days=365)


def refuse_unless_permitted(permission: str, target: models.Model, by: User | None) -> None:
    """A load acts for nobody (`by` is None); a person needs the right at the moment of the act."""
    if by is not None and not by.has_perm(permission, target):
        raise PermissionDenied(_("You have no right to do this."))


def _as_text(appointment: Appointment) -> dict[str, Any]:
    """The appointment as the trace keeps it."""
    return {
        "person": str(appointment.person),
        "role": appointment.role,
        "unit": appointment.unit.slug,
        "starts_on": appointment.starts_on.isoformat(),
        "ends_on": appointment.ends_on.isoformat() if appointment.ends_on else "",
    }


@transaction.atomic
def appoint(
    *,
    person: Person,
    role: Role,
    unit: Unit,
    starts_on: datetime.date,
    ends_on: datetime.date | None = None,
    by: User | None,
    at: datetime.datetime | None = None,
) -> Appointment:
    """Give a person a role in a unit from a day on, and record `appointment.made`; what follows
    posts is done with it (organization.posts).

    Refuses whoever may not appoint, a person who has left by that day, a role the person already
    holds there, and a second head of the same unit on any of the days (code `occupied`).
    """
    refuse_unless_permitted("organization.appoint", person, by)
    # One at a time: what only points at the unit is written meanwhile.
    unit = Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    if person.left_on is not None and person.left_on <= starts_on:
        raise ValidationError({"person": _("This person has left by that day.")})
    appointment = Appointment(
        person=person, role=role, unit=unit, starts_on=starts_on, ends_on=ends_on
    )
    appointment.full_clean()
    appointment.save(force_insert=True)
    record("appointment.made", target=appointment, by=by, at=at, after=_as_text(appointment))
    posts_changed(by=by, at=at)
    return appointment


@transaction.atomic
def end_appointment(
    *,
    appointment: Appointment,
    ends_on: datetime.date,
    by: User | None,
    at: datetime.datetime | None = None,
) -> Appointment:
    """Set the last day of an open appointment, and record `appointment.ended`; likewise.

    Refuses whoever may not, one that already has its last day, and a last day before the first.
    """
    refuse_unless_permitted("organization.end_appointment", appointment, by)
    found = Appointment.objects.select_related("person", "unit")
    before = found.select_for_update(of=("self",)).get(pk=appointment.pk)
    if before.ends_on is not None:
        raise ValidationError({"ends_on": _("This appointment already has its last day.")})
    appointment.ends_on = ends_on
    appointment.full_clean()
    appointment.save(update_fields=["ends_on"])
    record(
        "appointment.ended",
        target=appointment,
        by=by,
        at=at,
        before=_as_text(before),
        after=_as_text(appointment),
    )
    posts_changed(by=by, at=at)
    return appointment


@transaction.atomic
def name_substitute(
    *,
    unit: Unit,
    delegate: Person,
    starts_on: datetime.date,
    ends_on: datetime.date,
    by: User,
    at: datetime.datetime | None = None,
) -> Delegation:
    """Let a person enter the figures of a unit instead of its head, from a day to a day, and record
    `delegation.named`.

    Refuses whoever does not lead the unit, a unit without head on the first day, days gone by, more
    than a year, who has no account or leaves the Chamber before the last day, and days on which
    somebody already stands in.
    """
    at = at or timezone.now()
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    refuse_unless_permitted("organization.delegate", unit, by)
    leading = Appointment.objects.running(on=starts_on).leading().filter(unit=unit)
    head = leading.select_related("person").first()
    if head is None:
        raise ValidationError({"unit": _("Nobody leads this unit on that day.")})
    _refuse_days(starts_on, ends_on)
    _refuse_absent(delegate, ends_on)
    standing = Delegation.objects.between(starts_on, ends_on).of_heads(on=starts_on)
    if other := standing.filter(unit=unit).first():
        raise ValidationError(
            _("From %(first)s to %(last)s %(person)s already stands in.")
            % {
                "first": written(other.starts_on),
                "last": written(other.ends_on),
                "person": other.delegate,
            }
        )
    made = Delegation(
        unit=unit,
        head=head.person,
        delegate=delegate,
        starts_on=starts_on,
        ends_on=ends_on,
        named_at=at,
        named_by_label=str(by),
    )
    made.full_clean()
    made.save(force_insert=True)
    record("delegation.named", target=made, by=by, at=at, after=_delegation_as_text(made))
    return made


@transaction.atomic
def end_substitution(
    delegation: Delegation, *, by: User, at: datetime.datetime | None = None
) -> Delegation:
    """End a substitution at once; record `delegation.ended`. One that has not lasted a day is taken
    back: it stays, in force on no day, for who reads later what the substitute did; of one that
    began today the last day is today.

    What the substitute has entered stays. Refuses whoever does not lead the unit, and one that is
    over.
    """
    at = at or timezone.now()
    delegation = Delegation.objects.select_for_update().get(pk=delegation.pk)
    refuse_unless_permitted("organization.delegate", delegation.unit, by)
    yesterday = clock.today() - datetime.timedelta(days=1)
    if delegation.is_taken_back or delegation.ends_on <= yesterday:
        raise ValidationError(_("This substitution is over."))
    record(
        "delegation.ended", target=delegation, by=by, at=at, before=_delegation_as_text(delegation)
    )
    if delegation.starts_on > yesterday:
        if delegation.starts_on == clock.today():
            delegation.ends_on = delegation.starts_on
        delegation.taken_back_at, delegation.taken_back_by_label = at, str(by)
    else:
        delegation.ends_on = yesterday
    delegation.full_clean()
    delegation.save()
    return delegation


@transaction.atomic
def write_personal_data(
    person: Person,
    *,
    tax_code: str,
    born_on: datetime.date,
    birthplace_code: str,
    employment: EmploymentKind | str = EmploymentKind.PERMANENT,
    by: User,
    at: datetime.datetime | None = None,
) -> PersonalData:
    """Write the data of a person that the Ministry of Labour asks for, and record
    `personal_data.written` without them.

    Refuses whoever is not of HR, and a tax code that another person has.
    """
    if not is_hr(by):
        raise PermissionDenied(_("You have no right to do this."))
    data = PersonalData.objects.select_for_update().filter(person=person).first()
    data = data or PersonalData(person=person)
    data.tax_code, data.born_on, data.birthplace_code = tax_code, born_on, birthplace_code
    data.employment = employment
    data.full_clean()
    data.save()
    record("personal_data.written", target=data, by=by, at=at)
    return data


def _refuse_days(starts_on: datetime.date, ends_on: datetime.date) -> None:
    if starts_on < clock.today():
        raise ValidationError({"starts_on": _("This day has gone by.")})
    if ends_on < starts_on:
        raise ValidationError({"ends_on": _("A substitution ends on or after the day it starts.")})
    last = min(min(starts_on, LAST_DAY) + A_YEAR, LAST_DAY)
    if ends_on > last:
        words = _("A substitution lasts a year at most: write a day from %(first)s to %(last)s.")
        said = {"first": written(starts_on), "last": written(last)}
        raise ValidationError({"ends_on": words % said})


def _refuse_absent(delegate: Person, ends_on: datetime.date) -> None:
    if not User.objects.filter(person=delegate, is_active=True).exists():
        raise ValidationError({"delegate": _("This person has no account: choose another one.")})
    if delegate.left_on is not None and delegate.left_on <= ends_on:
        raise ValidationError({"delegate": _("This person has left by that day.")})


def _delegation_as_text(delegation: Delegation) -> dict[str, str]:
    """The substitution as the trace keeps it."""
    return {
        "unit": delegation.unit.slug,
        "head": str(delegation.head),
        "delegate": str(delegation.delegate),
        "starts_on": delegation.starts_on.isoformat(),
        "ends_on": delegation.ends_on.isoformat(),
    }
