"""The scorecard of the ente as row objects: perspectives, objectives, actions, indicators.

A mean of means (see also: `strategy.rollup`); each level carries its formula, its coverage, the
year before. Beside it the scorecards of units, Secretary General and dirigente in one list.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from indicators.aggregation import Aggregate
from indicators.values import Value
from strategy.band_looks import Mark, mark_of
from strategy.enums import DashboardKind, ScoreLevel
from strategy.models import Dashboard, Plan
from strategy.reports.scorecards import (
    MeanReport,
    ScoreLine,
    before_of,
    count_bands,
    mean_report,
    score_lines,
)
from strategy.reports.scores import PlanScores, ScoreRow, plan_scores
from strategy.rollup import Score

METHODS: dict[ScoreLevel, str | Promise] = {
    ScoreLevel.ACTION: gettext_lazy("mean of the indicators measured, each at most 100"),
    ScoreLevel.OBJECTIVE: gettext_lazy("mean of the actions measured"),
    ScoreLevel.PERSPECTIVE: gettext_lazy("mean of the objectives measured"),
    ScoreLevel.BODY: gettext_lazy("mean of the perspectives measured"),
}
ANCHORS = {ScoreLevel.PERSPECTIVE: "prospettiva", ScoreLevel.OBJECTIVE: "obiettivo"}
PAGES = {
    ScoreLevel.PERSPECTIVE: "strategy:perspective-detail",
    ScoreLevel.OBJECTIVE: "strategy:objective-detail",
}
EXPLAINED = "spiega"  # in the address: the level whose explanation is open
Means = Mapping[tuple[ScoreLevel, Hashable], Aggregate]


@dataclass(frozen=True, slots=True)
class ScoreNode:
    """A level of the scorecard of the ente with its mean; below it other levels, or indicators.
    With values tried the mean is what it would be, and `recorded` what it is, when they differ."""

    level: ScoreLevel
    key: Hashable
    code: str
    name: str
    url: str
    mean: MeanReport
    children: tuple[ScoreNode, ...]
    lines: tuple[ScoreLine, ...]
    recorded: Mark | None = None

    @property
    def heading(self) -> str:
        """Code and name."""
        return f"{self.code} {self.name}".strip()

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return anchor_of(self.level, self.key)

    @property
    def shown_formula(self) -> str:
        """The mean of the indicators with its numbers, where there is more than one."""
        return self.mean.formula if self.lines and len(self.mean.aggregate.terms) > 1 else ""

    def every(self, level: ScoreLevel) -> Iterator[ScoreNode]:
        """The nodes of a level, in order."""
        if self.level == level:
            yield self
        for child in self.children:
            yield from child.every(level)

    def everything(self) -> Iterator[ScoreNode]:
        """This node and all below it."""
        yield self
        for child in self.children:
            yield from child.everything()


@dataclass(frozen=True, slots=True)
class DashboardScore:
    """A scorecard in the list of all: whose it is and how it stands."""

    dashboard: Dashboard
    url: str
    mean: MeanReport
    recorded: Mark | None = None


@dataclass(frozen=True, slots=True)
class Degree:
    """A mean in one year, for the trend."""

    mark: Mark
    aggregate: Aggregate


@dataclass(frozen=True, slots=True)
class YearScore:
    """The ente in one year, for the trend."""

    year: int
    mark: Mark
    aggregate: Aggregate
    perspectives: Mapping[Hashable, Degree]


@dataclass(frozen=True, slots=True)
class BodyScorecard:
    """The scorecard of the ente in a year: `mean` and `bands` as recorded, all the rest with the
    values tried, if any."""

    year: int
    mean: MeanReport
    bands: tuple[tuple[Mark, int], ...]
    body: ScoreNode
    dashboards: tuple[DashboardScore, ...]
    trend: tuple[YearScore, ...]
    would_be: MeanReport | None = None

    @property
    def objectives(self) -> tuple[ScoreNode, ...]:
        """The objectives, in plan order."""
        return tuple(self.body.every(ScoreLevel.OBJECTIVE))

    @property
    def perspectives_by_year(self) -> tuple[tuple[ScoreNode, tuple[Degree, ...]], ...]:
        """Each perspective with its degree in every year that has results."""
        return tuple(
            (node, tuple(score.perspectives[node.key] for score in self.trend))
            for node in self.body.children
        )

    @property
    def moved(self) -> tuple[ScoreNode, ...]:
        """The levels that the values tried move."""
        return tuple(node for node in self.body.everything() if node.recorded)


def body_scorecard(
    scores: PlanScores, year: int, *, tried: Mapping[int, Value] | None = None
) -> BodyScorecard:
    """The scorecard of the ente from the scores of all its dashboards."""
    shown = scores.trying(tried, year) if tried else scores
    recorded = scores.body(year)
    before = _means(scores.body(year - 1)) if year - 1 in scores.years else {}
    builder = _Builder(scores, shown, year, before, _means(recorded))
    strategic = (one for one in scores.dashboards if one.kind == DashboardKind.STRATEGIC)
    body = builder.node(shown.body(year) if tried else recorded)
    return BodyScorecard(
        year,
        builder.mean(recorded),
        count_bands(
            scores.limits.band(row.attainment.value)
            for dashboard in strategic
            for row in scores.scored(dashboard, year)
            if row.attainment.is_expected
        ),
        body,
        tuple(
            builder.dashboard(one)
            for one in scores.dashboards
            if one.kind in DashboardKind.cascaded
        ),
        tuple(_year_score(scores, each) for each in scores.years),
        would_be=body.mean if tried else None,
    )


def body_trend(plan: Plan) -> tuple[YearScore, ...]:
    """The ente in every year that has results, as they stand now."""
    strategic = list(plan.dashboards.filter(kind=DashboardKind.STRATEGIC))
    scores = plan_scores(plan, strategic)
    return tuple(_year_score(scores, each) for each in scores.years)


def dashboard_url(dashboard: Dashboard) -> str:
    """The page of a scorecard."""
    if dashboard.kind == DashboardKind.STRATEGIC:
        return body_url(dashboard.plan)
    return reverse("strategy:scorecard-detail", args=[dashboard.plan.first_year, dashboard.slug])


def body_url(plan: Plan) -> str:
    """The page of the scorecard of the ente."""
    return reverse("strategy:scorecards", args=[plan.first_year])


def anchor_of(level: ScoreLevel, key: Hashable) -> str:
    """Where a perspective or an objective stands on the page of the scorecard of the ente."""
    return f"{ANCHORS[level]}-{key}" if level in ANCHORS else ""


def explained_url(plan: Plan, year: int | str, level: ScoreLevel, key: Hashable) -> str:
    """The scorecard of the ente in a year, open at the explanation of a level."""
    anchor = anchor_of(level, key)
    return f"{body_url(plan)}?anno={year}&{EXPLAINED}={anchor}#{anchor}"


def worst_nodes(nodes: tuple[ScoreNode, ...]) -> tuple[ScoreNode, ...]:
    """The least attained first; those without a degree last."""
    return tuple(sorted(nodes, key=lambda node: _rank(node.mean.aggregate)))


def worst_dashboards(found: tuple[DashboardScore, ...]) -> tuple[DashboardScore, ...]:
    """The same of scorecards."""
    return tuple(sorted(found, key=lambda one: _rank(one.mean.aggregate)))


def _rank(found: Aggregate) -> tuple[bool, object]:
    return (found.value is None, found.value or 0)


@dataclass(frozen=True)
class _Builder:
    """Makes nodes of scores, with what they were the year before and, where values are tried,
    what is recorded."""

    scores: PlanScores
    shown: PlanScores
    year: int
    before: Means
    recorded: Means

    def node(self, score: Score) -> ScoreNode:
        """A level and everything below it."""
        code, name = _named(score)
        page = PAGES.get(score.level)
        return ScoreNode(
            score.level,
            score.key,
            code,
            name,
            reverse(page, args=[self.scores.plan.first_year, score.key]) if page else "",
            self.mean(score),
            tuple(self.node(child) for child in score.children),
            tuple(score_lines(self.shown, score.rows, self.year)),
            self._if_moved(self.recorded[score.level, score.key], score.aggregate),
        )

    def mean(self, score: Score) -> MeanReport:
        """The mean of a level as it is shown."""
        limits = self.scores.limits
        return MeanReport(
            mark_of(score.aggregate.value, limits),
            score.aggregate,
            str(METHODS[score.level]),
            before_of(self.before.get((score.level, score.key))),
        )

    def dashboard(self, dashboard: Dashboard) -> DashboardScore:
        """A scorecard of the list."""
        found = mean_report(self.shown, dashboard, self.year)
        recorded = self.scores.mean(dashboard, self.year) if self.shown.recorded else None
        moved = self._if_moved(recorded, found.aggregate) if recorded else None
        return DashboardScore(dashboard, dashboard_url(dashboard), found, moved)

    def _if_moved(self, recorded: Aggregate, shown: Aggregate) -> Mark | None:
        if recorded.value == shown.value:
            return None
        return mark_of(recorded.value, self.scores.limits)


def _means(score: Score) -> dict[tuple[ScoreLevel, Hashable], Aggregate]:
    """Every mean below a score, by level and key."""
    found = {(score.level, score.key): score.aggregate}
    for child in score.children:
        found |= _means(child)
    return found


def _named(score: Score) -> tuple[str, str]:
    """Code and name of a level as the screen says them."""
    first = _first_row(score)
    if first is None or score.level == ScoreLevel.BODY:
        return "", capfirst(str(ScoreLevel.BODY.label))
    if score.level == ScoreLevel.PERSPECTIVE:
        name = first.perspective
        return "", name.capitalize() if name.isupper() else name
    if score.level == ScoreLevel.OBJECTIVE:
        return first.objective_code, first.objective
    return "", first.action


def _first_row(score: Score) -> ScoreRow | None:
    if score.rows:
        subject: ScoreRow = score.rows[0].subject
        return subject
    return _first_row(score.children[0]) if score.children else None


def _year_score(scores: PlanScores, year: int) -> YearScore:
    body = scores.body(year)
    return YearScore(
        year,
        mark_of(body.aggregate.value, scores.limits),
        body.aggregate,
        {
            score.key: Degree(mark_of(score.aggregate.value, scores.limits), score.aggregate)
            for score in body.every(ScoreLevel.PERSPECTIVE)
        },
    )
