"""A day with its story, and what can still be done about it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import gettext as _

from pola.day_looks import ICONS, LOOKS, TOLD, Look
from pola.enums import DayAct, DayState
from pola.models import AgileDay, DayEvent
from pola.months import month_end
from pola.problems.days import (
    moment_in_words,
    office_zone,
    revoking_problems,
)
from pola.problems.finding import Finding
from pola.problems.standing import standing_of
from pola.quotas import WEEK, latest_revocation
from pola.reports.day_month import free_days
from pola.reports.story import StoryEntry
from pola.reports.texts import terms_of_day
from pola.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPage:
    """A day: how it stands, what happened to it, what may be done by whom."""

    held: AgileDay
    look: Look | None
    story: tuple[StoryEntry, ...]
    proposal: AgileDay | None
    free: tuple[datetime.date, ...]
    proposable: tuple[datetime.date, ...]
    latest: str
    terms: Terms
    too_late: tuple[Finding, ...]
    today: datetime.date

    @property
    def is_ahead(self) -> bool:
        """The day has not come yet."""
        return self.held.day > self.today

    @property
    def may_give_up(self) -> bool:
        """The person can give it up."""
        is_held = self.held.state in (DayState.ASKED, DayState.APPROVED)
        return is_held and self.held.day >= self.today

    @property
    def may_answer(self) -> bool:
        """The person can accept it or not."""
        return self.held.state == DayState.PROPOSED and self.is_ahead

    @property
    def may_move(self) -> bool:
        """Another day can take the place of the revoked one."""
        is_free = self.proposal is None or self.proposal.state == DayState.PROPOSED
        return self.held.state == DayState.REVOKED and is_free and bool(self.free)

    @property
    def may_propose(self) -> bool:
        """The head can propose another day: one that was not refused or taken back already."""
        return self.may_move and self.proposal is None and bool(self.proposable)

    @property
    def may_revoke(self) -> bool:
        """The head can revoke it: there is still time."""
        return self._could_be_revoked and not self.too_late

    @property
    def is_late_to_revoke(self) -> bool:
        """The notice of art. 4 can no more be given, and the day has still to come."""
        return self._could_be_revoked and bool(self.too_late)

    @property
    def _could_be_revoked(self) -> bool:
        return self.held.state == DayState.APPROVED and self.is_ahead

    @property
    def may_recall(self) -> bool:
        """The head can call the person back today."""
        return self.held.state == DayState.APPROVED and self.held.day == self.today


def day_page(
    held: AgileDay, *, today: datetime.date, now: datetime.datetime, reserved: bool
) -> DayPage:
    """A day and its story; the rules are those in force on the day itself. Without `reserved` the
    story does not say when a day after the last one of the agreement fell: that moment and the last
    day give the notice of a withdrawal (art. 8)."""
    standing = standing_of(held.person, held.day.replace(day=1), month_end(held.day + WEEK))
    norms = standing.norms.on(held.day)
    terms = terms_of_day(held.agreement, held.day)
    latest = latest_revocation(held.day, terms.day_begins_at, norms.revocation_hours, office_zone())
    live = held.replacements.live().order_by("pk")
    free = tuple(free_days(standing, held, today=today))
    told = {one.day for one in standing.days if one.state in TOLD}
    return DayPage(
        held=held,
        look=LOOKS.get(DayState(held.state)),
        story=tuple(_story(held, reserved=reserved)),
        proposal=live.last(),
        free=free,
        proposable=tuple(day for day in free if day not in told),
        latest=moment_in_words(latest),
        terms=terms,
        too_late=tuple(revoking_problems(standing, held, at=now)),
        today=today,
    )


FALLEN = frozenset({DayAct.CANCELLED, DayAct.DECLINED, DayAct.TAKEN})


def _story(held: AgileDay, *, reserved: bool) -> Iterator[StoryEntry]:
    is_silent = held.day > held.agreement.ends_on and not reserved
    for event in held.events.all() or _told_by_row(held):
        entry = _entry(event)
        yield replace(entry, when="") if is_silent and event.act in FALLEN else entry


def _told_by_row(held: AgileDay) -> list[DayEvent]:
    """The story of a day that was loaded as it stood: when it was asked, when it was decided."""
    found = [DayEvent(day=held, act=DayAct.ASKED, at=held.asked_at, by_label=held.asked_by_label)]
    if held.decided_at and held.state in DayAct.values:
        found.append(
            DayEvent(
                day=held,
                act=held.state,
                at=held.decided_at,
                by_label=held.decided_by_label,
                note=held.reason,
            )
        )
    return found


def _entry(event: DayEvent) -> StoryEntry:
    local = timezone.localtime(event.at)
    who = event.by_label
    if event.acted_for_label:
        who = _("%(who)s on behalf of %(head)s") % {"who": who, "head": event.acted_for_label}
    text = f"{who}. {event.note}" if event.note else who
    return StoryEntry(
        when=f"{local.day}.{local.month}.{local.year} {local.hour}.{local:%M}",
        title=event.get_act_display(),
        text=text,
        icon_name=ICONS[DayAct(event.act)],
    )
