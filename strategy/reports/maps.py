"""The strategy map as row objects: perspectives, objectives, how much stands on each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.utils.translation import gettext as _

from strategy.band_looks import Mark, mark_of
from strategy.coverage import standing_words
from strategy.enums import DashboardKind, ScoreLevel
from strategy.models import Plan, StrategicObjective
from strategy.reports.body_scorecard import explained_url
from strategy.reports.scores import PlanScores, chosen_year, plan_scores
from strategy.rollup import Score


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


@dataclass(frozen=True, slots=True)
class MapStanding:
    """How a level of the map stands: its degree, how sure it is in words, and the page that
    explains it, if there is one."""

    mark: Mark
    coverage: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class MapResults:
    """The results the map is coloured by: the year, how perspectives and objectives stand by
    their identifier, the years there are."""

    year: int
    years: tuple[int, ...]
    perspectives: Mapping[object, MapStanding]
    objectives: Mapping[object, MapStanding]

    @property
    def method(self) -> str:
        """How the degrees come about, and how sure they are; a sentence."""
        return _(
            "Attainment %(year)s: mean of means (indicators, actions, objectives), each indicator "
            "at most 100. Where it says “provisional”, something is not measured, or not yet at "
            "the end of the year."
        ) % {"year": self.year}


def map_results(plan: Plan, asked: str = "") -> MapResults | None:
    """The results of the year asked for, or of the last one that has results; none without."""
    dashboards = list(plan.dashboards.filter(kind=DashboardKind.STRATEGIC))
    scores = plan_scores(plan, dashboards)
    year = chosen_year(asked, scores.years)
    if year is None:
        return None
    body = scores.body(year)
    return MapResults(
        year,
        scores.years,
        {one.key: _standing(one, scores, year) for one in body.every(ScoreLevel.PERSPECTIVE)},
        {one.key: _standing(one, scores, year) for one in body.every(ScoreLevel.OBJECTIVE)},
    )


def _standing(score: Score, scores: PlanScores, year: int) -> MapStanding:
    mean = score.aggregate
    url = explained_url(scores.plan, year, score.level, score.key)
    return MapStanding(
        mark_of(mean.value, scores.limits), standing_words(mean) if mean.total else "", url
    )
