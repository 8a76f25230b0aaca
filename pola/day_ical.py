"""Days of agile work as a calendar that any program reads (RFC 5545): whole days, free time.

A day keeps its identifier for its whole life; each change raises its sequence.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Calendar, Event, vCalAddress

PRODUCT = "-//camera_perf//giornate agili//IT"
REFRESH = datetime.timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A day in a calendar: its key, date, words, how often it changed, when it last did."""

    key: int
    day: datetime.date
    summary: str
    changed_at: datetime.datetime
    sequence: int = 0
    is_tentative: bool = False
    is_cancelled: bool = False


def calendar_bytes(
    entries: Iterable[Entry], *, name: str, host: str, sender: str = "", method: str = "PUBLISH"
) -> bytes:
    """The calendar with all its entries; `method` is PUBLISH, or CANCEL for a message that takes
    entries away."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for entry in entries:
        calendar.add_component(_event(entry, host=host, sender=sender))
    return bytes(calendar.to_ical())


def _event(entry: Entry, *, host: str, sender: str) -> Event:
    event = Event()
    event.add("uid", f"giornata-{entry.key}@{host}")
    event.add("dtstamp", entry.changed_at.astimezone(datetime.UTC))
    event.add("last-modified", entry.changed_at.astimezone(datetime.UTC))
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + datetime.timedelta(days=1))
    event.add("summary", entry.summary)
    event.add("transp", "TRANSPARENT")
    event.add("status", _status(entry))
    if sender:
        event.add("organizer", vCalAddress(f"mailto:{sender}"))
    return event


def _status(entry: Entry) -> str:
    if entry.is_cancelled:
        return "CANCELLED"
    return "TENTATIVE" if entry.is_tentative else "CONFIRMED"
