"""What happens when the office is closed or somebody is absent on days already asked."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from organization import audit, clock
from organization.models import Person, Unit, User
from organization.operations import refuse_unless_permitted
from pola.enums import DayAct, DayState
from pola.models import Absence, AgileDay, Agreement, Closure
from pola.operations.day_doors import tell
from pola.operations.day_notices import queue_taken_away
from pola.operations.settling import settle_months
from strategy.operations.editing import still_there


@transaction.atomic
def close_office(
    *,
    unit: Unit | None,
    starts_on: datetime.date,
    ends_on: datetime.date,
    reason: str,
    by: User,
    at: datetime.datetime | None = None,
) -> Closure:
    """Close the Chamber, or a unit with all below it, on some days; the days of agile work on them
    are taken away. Record `office.closed`.

    Refuses whoever may not, days gone by, and days on which the same unit is closed already.
    """
    closure = Closure(unit=unit, starts_on=starts_on, ends_on=ends_on, reason=reason.strip())
    refuse_unless_permitted("pola.close_office", closure, by)
    at = at or timezone.now()
    _refuse_past(starts_on)
    closure.full_clean()
    # Where nobody has an agreement there is no other row that two who close at once would wait for.
    list(Unit.objects.select_for_update(of=("self",), no_key=True).filter(parent=None))
    with override("it"):
        note = _("The office is closed: %(reason)s") % {"reason": closure.reason}
    agreements = Agreement.objects.of_unit(unit)
    take_away_days(agreements, starts_on, ends_on, by=by, at=at, note=note)
    if Closure.objects.filter(unit=unit).between(starts_on, ends_on).exists():
        raise ValidationError(_("It is closed on some of these days already."))
    closure.save(force_insert=True)
    audit.record("office.closed", target=closure, by=by, at=at, after=_as_text(closure))
    return closure


@transaction.atomic
def record_absence(
    *,
    person: Person,
    starts_on: datetime.date,
    ends_on: datetime.date,
    by: User,
    at: datetime.datetime | None = None,
) -> Absence:
    """Keep that a person is absent on some days, never why; the days of agile work on them are
    taken away. Record `absence.recorded`, without the name and the days.

    Refuses whoever may not, and days on which an absence is recorded already.
    """
    refuse_unless_permitted("pola.keep_absences", person, by)
    at = at or timezone.now()
    # Who has no agreement has no other row that two who record at once would both wait for.
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    agreements = Agreement.objects.filter(person=person)
    absence = Absence(
        person=person,
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_at=at,
        recorded_by_label=str(by),
    )
    absence.full_clean()
    with override("it"):
        note = _("Absence")
    take_away_days(agreements, starts_on, ends_on, by=by, at=at, note=note)
    if Absence.objects.filter(person=person).between(starts_on, ends_on).exists():
        raise ValidationError(_("An absence is recorded on some of these days already."))
    absence.save(force_insert=True)
    audit.record("absence.recorded", target=absence, by=by, at=at)
    return absence


@transaction.atomic
def remove_closure(closure: Closure, *, by: User, at: datetime.datetime | None = None) -> None:
    """Take a closure back; the days it took away are asked anew by who wants them. Record
    `office.reopened`. Refuses whoever may not, and (code `gone`) one taken back already."""
    refuse_unless_permitted("pola.close_office", closure, by)
    closure = still_there(Closure.objects.select_for_update(), closure.pk)
    audit.record("office.reopened", target=closure, by=by, at=at, before=_as_text(closure))
    closure.delete()


@transaction.atomic
def remove_absence(absence: Absence, *, by: User, at: datetime.datetime | None = None) -> None:
    """Take an absence back; record `absence.removed`. Refuses as above."""
    refuse_unless_permitted("pola.keep_absences", absence, by)
    absence = still_there(Absence.objects.select_for_update(), absence.pk)
    audit.record("absence.removed", target=absence, by=by, at=at)
    absence.delete()


def _refuse_past(day: datetime.date) -> None:
    if day < clock.today():
        raise ValidationError({"starts_on": _("This day has gone by.")})


def take_away_days(
    agreements: models.QuerySet,
    first: datetime.date,
    last: datetime.date,
    *,
    by: User | None,
    at: datetime.datetime,
    note: str,
) -> None:
    """Take away the live days of some agreements in a range, locked as whoever asks locks them; for
    a suspension, a withdrawal, a closure, an absence. Each person is told which and why: `note`
    names the act, never a personal cause. A month in which nothing asked is left waits no more.
    Call it inside the transaction of the act."""
    held = agreements.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True)
    live = AgileDay.objects.live().filter(agreement__in=list(held)).between(first, last)
    gone: dict[Person, list[AgileDay]] = {}
    for one in live.select_related("person").order_by("day"):
        gone.setdefault(one.person, []).append(one)
    taken = [one for days in gone.values() for one in days]
    AgileDay.objects.filter(pk__in=[one.pk for one in taken]).update(state=DayState.CANCELLED)
    tell(taken, DayAct.TAKEN, by=by, at=at, note=note)
    settle_months(taken, by=by, at=at)
    for person, days in gone.items():
        queue_taken_away(person, days, reason=note, at=at)


def _as_text(closure: Closure) -> dict[str, str]:
    """The days as the trace keeps them, with the unit closed if there is one."""
    found = {"starts_on": closure.starts_on.isoformat(), "ends_on": closure.ends_on.isoformat()}
    return found | ({"unit": closure.unit.slug} if closure.unit else {})
