"""The strategy map as row objects: perspectives, objectives, how much stands on each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from strategy.models import Plan, StrategicObjective


@dataclass(frozen=True, slots=True)
class MapObjective:
    """An objective on the map, with how much stands on it."""

    pk: int
    code: str
    name: str
    action_count: int
    indicator_count: int
    url: str


@dataclass(frozen=True, slots=True)
class MapPerspective:
    """A perspective on the map."""

    pk: int
    title: str
    objectives: tuple[MapObjective, ...]

    @property
    def indicator_count(self) -> int:
        """Indicators of the strategic dashboard under this perspective."""
        return sum(objective.indicator_count for objective in self.objectives)


def map_report(plan: Plan) -> tuple[MapPerspective, ...]:
    """The strategy map of section 3.1 in one statement: perspectives, objectives, counts."""
    objectives = (
        StrategicObjective.objects.filter(perspective__plan=plan)
        .strategic()
        .with_counts()
        .select_related("perspective__plan")
    )
    found = []
    for perspective, members in groupby(objectives, attrgetter("perspective")):
        cards = tuple(
            MapObjective(
                o.pk, o.code, o.name, o.action_count, o.indicator_count, o.get_absolute_url()
            )
            for o in members
        )
        found.append(MapPerspective(perspective.pk, perspective.title, cards))
    return tuple(found)
