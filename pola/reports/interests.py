"""What the queue of HR and the desk of the dirigente show of the requests."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from organization.days import written
from pola.contact_windows import Window
from pola.enums import PriorityKind
from pola.models import Interest, PriorityGround
from pola.norms import Norms
from pola.priorities import Candidate, Ground, Ranked, Tier, ranking
from pola.problems import Finding
from pola.problems.agreements import eligibility_problems
from pola.register_facts import put_duties
from pola.reports.steps import moment_day


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A request in the queue of HR: what its requirements still lack."""

    interest: Interest
    sent_on: str
    problems: tuple[Finding, ...]

    @property
    def is_whole(self) -> bool:
        """Nothing is missing."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A request on the desk of who decides: its place in the ranking and why."""

    interest: Interest
    sent_on: str
    position: int
    reasons: tuple[str, ...]
    tier: str
    is_within: bool


def queue_lines(
    interests: Iterable[Interest], norms: Norms, *, on: datetime.date
) -> tuple[QueueLine, ...]:
    """The requests that wait for HR, the oldest first, with what the registers know."""
    interests = list(interests)
    put_duties(interests, on)
    return tuple(
        QueueLine(one, moment_day(one.sent_at), tuple(eligibility_problems(one, norms, on=on)))
        for one in interests
    )


def desk_lines(
    interests: Sequence[Interest],
    norms: Norms,
    *,
    user: Any,
    on: datetime.date,
    places: int | None,
) -> tuple[DeskLine, ...]:
    """The requests in the order of art. 3, each with its reasons; the grounds are those that the
    user may read."""
    grounds = grounds_of(interests, user)
    candidates = [Candidate(x.pk, x.sent_at, grounds[x.pk]) for x in interests if x.sent_at]
    by_pk = {one.pk: one for one in interests}
    return tuple(
        DeskLine(
            interest=by_pk[one.pk],
            sent_on=moment_day(by_pk[one.pk].sent_at),
            position=one.position,
            reasons=reasons(one),
            tier=tier_words(one.tier),
            is_within=one.is_within,
        )
        for one in ranking(candidates, on=on, years=norms.maternity_years, places=places)
    )


def grounds_of(interests: Iterable[Interest], user: Any) -> defaultdict[int, tuple[Ground, ...]]:
    """The grounds of each request that the user may read: one statement."""
    readable = PriorityGround.objects.visible_to(user).filter(interest__in=list(interests))
    found: defaultdict[int, tuple[Ground, ...]] = defaultdict(tuple)
    for row in readable:
        found[row.interest_id] += (Ground(PriorityKind(row.kind), row.leave_ended_on),)
    return found


def tier_words(tier: Tier) -> str:
    """Why a request stands where it stands."""
    match tier:
        case Tier.BY_LAW:
            return _("precedence by law (art. 3)")
        case Tier.DISADVANTAGE:
            return _("general precedence (art. 3)")
        case _:
            return _("in order of arrival")


def reasons(one: Ranked) -> tuple[str, ...]:
    """The grounds that put a request in its place, in words."""
    return tuple(ground_words(ground) for ground in one.grounds)


def ground_words(ground: Ground) -> str:
    """A ground in words; of maternity with the day on which the leave ended."""
    label = str(ground.kind.label)
    if ground.leave_ended_on is None:
        return label
    return _("%(ground)s, ended on %(day)s") % {
        "ground": label,
        "day": written(ground.leave_ended_on),
    }


def windows_of(interest: Interest) -> str:
    """Both contact windows as they are asked."""
    windows = (
        Window(interest.morning_from, interest.morning_to),
        Window(interest.afternoon_from, interest.afternoon_to),
    )
    return ", ".join(window.words for window in windows if not window.is_empty)
