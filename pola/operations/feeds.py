"""What happens when somebody makes or revokes the secret address of a calendar."""

from __future__ import annotations

import datetime
import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rules import has_perm

from organization import audit
from organization.models import Person, Unit, User
from pola.models import CalendarFeed


@transaction.atomic
def make_feed(
    *, by: User, unit: Unit | None = None, at: datetime.datetime | None = None
) -> CalendarFeed:
    """Make a new secret address of the own calendar, or of a unit that one runs; the one before
    stops answering. Record `calendar.made`, never the secret.

    Refuses an account without a person, and a unit that somebody else runs.
    """
    at = at or timezone.now()
    owner = _owner(by)
    if unit is not None and not has_perm("pola.read_team", by, unit):
        raise PermissionDenied(_("The calendar of this unit is read by who runs it."))
    Person.objects.select_for_update(of=("self",)).get(pk=owner.pk)
    running = CalendarFeed.objects.running().filter(owner=owner, unit=unit)
    running.update(revoked_at=at, revoked_by_label=str(by))
    made = CalendarFeed(
        owner=owner,
        unit=unit,
        token=secrets.token_urlsafe(32),
        made_at=at,
        made_by_label=str(by),
    )
    made.full_clean()
    made.save(force_insert=True)
    audit.record("calendar.made", target=made, by=by, at=at)
    return made


@transaction.atomic
def revoke_feed(feed: CalendarFeed, *, by: User, at: datetime.datetime | None = None) -> None:
    """Make an address stop answering at once; record `calendar.revoked`.

    Refuses whoever does not own it. One revoked already stays as it is.
    """
    at = at or timezone.now()
    if _owner(by).pk != feed.owner_id:
        raise PermissionDenied(_("This calendar belongs to somebody else."))
    running = CalendarFeed.objects.running().filter(pk=feed.pk)
    if running.update(revoked_at=at, revoked_by_label=str(by)):
        audit.record("calendar.revoked", target=feed, by=by, at=at)


def _owner(by: User) -> Person:
    if by.person is None:
        raise PermissionDenied(_("Only a person has a calendar."))
    return by.person
