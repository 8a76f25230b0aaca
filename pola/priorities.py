"""Which requests come first when they are more than the places, and why? Pure (art. 3).

First by law: mothers within three years of the end of maternity leave, workers with a child with a
disability. Then whoever lives a personal, social or family disadvantage. Then the others. Among
equals the earlier request comes first.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from pola.durations import add_months
from pola.enums import PriorityKind


class Tier(IntEnum):
    """How a request is ranked."""

    BY_LAW = 1
    DISADVANTAGE = 2
    NONE = 3


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground of precedence; of maternity, the day on which the leave ended."""

    kind: PriorityKind
    leave_ended_on: datetime.date | None = None

    def holds(self, on: datetime.date, years: int) -> bool:
        """Whether it counts on the day: of maternity only for so many years."""
        if self.kind is not PriorityKind.MATERNITY:
            return True
        ended = self.leave_ended_on
        return ended is not None and on <= add_months(ended, 12 * years)

    @property
    def tier(self) -> Tier:
        """Where it puts a request."""
        return Tier.BY_LAW if self.kind in PriorityKind.by_law else Tier.DISADVANTAGE


@dataclass(frozen=True, slots=True)
class Candidate:
    """A request as it is ranked."""

    pk: int
    sent_at: datetime.datetime
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """The place of a request: its tier with the grounds that put it there."""

    pk: int
    position: int
    tier: Tier
    grounds: tuple[Ground, ...]
    is_within: bool


def ranking(
    candidates: Sequence[Candidate], *, on: datetime.date, years: int, places: int | None = None
) -> tuple[Ranked, ...]:
    """The requests in their order; without a number of places all of them are within."""
    judged = [(one, _counting(one, on, years)) for one in candidates]
    ordered = sorted(judged, key=lambda pair: (_tier(pair[1]), pair[0].sent_at, pair[0].pk))
    return tuple(
        Ranked(
            pk=one.pk,
            position=position,
            tier=_tier(grounds),
            grounds=tuple(ground for ground in grounds if ground.tier is _tier(grounds)),
            is_within=places is None or position <= places,
        )
        for position, (one, grounds) in enumerate(ordered, start=1)
    )


def _counting(one: Candidate, on: datetime.date, years: int) -> tuple[Ground, ...]:
    return tuple(ground for ground in one.grounds if ground.holds(on, years))


def _tier(grounds: tuple[Ground, ...]) -> Tier:
    return min((ground.tier for ground in grounds), default=Tier.NONE)
