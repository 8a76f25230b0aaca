"""The days as calendars: of a person, of a unit, of a message."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from organization import clock
from organization.models import Institution, Unit
from pola.day_ical import Entry, calendar_bytes
from pola.enums import DayState
from pola.models import AgileDay, CalendarFeed

SHOWN = (DayState.ASKED, DayState.APPROVED, DayState.PROPOSED)
PAST = datetime.timedelta(days=92)  # how far back a calendar goes


def host() -> str:
    """The name under which the identifiers of the days are unique."""
    return urlsplit(settings.BASE_URL).hostname or "camera-perf.invalid"


def entries_of(days: QuerySet, *, with_names: bool) -> list[Entry]:
    """The days as entries of a calendar; those not live any more are cancelled."""
    told = days.annotate(times=Count("events"), changed=Max("events__at")).select_related("person")
    found = []
    for one in told.order_by("day", "pk"):
        words = _("Agile work")
        if with_names:
            words = f"{words}: {one.person}"
        if one.state == DayState.ASKED:
            words = _("%(what)s (asked)") % {"what": words}
        elif one.state == DayState.PROPOSED:
            words = _("%(what)s (proposed)") % {"what": words}
        found.append(
            Entry(
                key=one.pk,
                day=one.day,
                summary=words,
                changed_at=one.changed or one.decided_at or one.asked_at,
                sequence=max(one.times - 1, 0),
                is_tentative=one.state in (DayState.ASKED, DayState.PROPOSED),
                is_cancelled=one.state not in DayState.live,
            )
        )
    return found


def feed_bytes(feed: CalendarFeed) -> bytes:
    """The calendar that an address gives: the live days of its owner, or of the people of its unit
    and of those below without what they are still writing; in three statements at most."""
    since = clock.today() - PAST
    days = AgileDay.objects.filter(day__gte=since, state__in=SHOWN)
    if feed.unit_id is None:
        days = days.filter(person=feed.owner_id)
    else:
        below = Unit.objects.ids_under(feed.unit_id)
        days = days.filter(person__unit__in=below).told_to_others()
    with override("it"):
        name = _("Agile work, %(who)s") % {"who": feed.unit or feed.owner}
        entries = entries_of(days, with_names=feed.unit_id is not None)
        return calendar_bytes(entries, name=name, host=host())


def attachments_of(
    days: QuerySet, institution: Institution | None
) -> Iterator[tuple[str, str, bytes]]:
    """The files of a message: the days that hold, and those that are taken away."""
    sender = (institution.email if institution else "") or settings.DEFAULT_FROM_EMAIL
    holds = Q(state=DayState.APPROVED)
    for name, method, chosen in (
        ("giornate.ics", "PUBLISH", days.filter(holds)),
        ("giornate-annullate.ics", "CANCEL", days.exclude(holds)),
    ):
        entries = entries_of(chosen, with_names=False)
        if entries:
            content = calendar_bytes(
                entries, name=_("Agile work"), host=host(), sender=sender, method=method
            )
            yield name, method, content
