"""How the person's own scorecards stand, in a line each: by the roles held today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.text import capfirst

from camera_perf.home_facts import Facts
from organization.enums import Role
from strategy.band_looks import Mark
from strategy.coverage import coverage_words
from strategy.enums import DashboardKind, ScoreLevel
from strategy.models import Dashboard
from strategy.reports.body_scorecard import dashboard_url
from strategy.reports.scorecards import mean_report


@dataclass(frozen=True, slots=True)
class ScorecardLine:
    """A scorecard in a line: whose, of which year, how it stands, how sure it is."""

    title: str
    year: int
    mark: Mark
    coverage: str
    is_provisional: bool
    url: str


def standings_of(facts: Facts) -> list[ScorecardLine]:
    """The scorecards of every role held, each once, in the last year that has results."""
    dashboards: dict[int, Dashboard] = {}
    for role, find in FINDERS.items():
        if role.value in facts.user.roles:
            dashboards.update({one.pk: one for one in find(facts)})
    scores = facts.scores(list(dashboards.values()))
    if scores is None or not scores.years:
        return []
    year = scores.years[-1]
    found = [(one, mean_report(scores, one, year)) for one in dashboards.values()]
    return [
        ScorecardLine(
            _title(dashboard),
            year,
            report.mark,
            coverage_words(report.aggregate),
            report.aggregate.is_provisional,
            dashboard_url(dashboard),
        )
        for dashboard, report in found
        if report.aggregate.total
    ]


def _title(dashboard: Dashboard) -> str:
    if dashboard.kind == DashboardKind.STRATEGIC:
        return capfirst(str(ScoreLevel.BODY.label))
    return dashboard.title


def _body(facts: Facts) -> list[Dashboard]:
    """That of the ente."""
    return [one for one in facts.scored_dashboards if one.kind == DashboardKind.STRATEGIC]


def _own(facts: Facts) -> list[Dashboard]:
    """Those of the units the person works in."""
    return facts.own_dashboards


FINDERS: dict[Role, Callable[[Facts], list[Dashboard]]] = {
    Role.PLANNER: _body,
    Role.SECRETARY_GENERAL: lambda facts: [*_body(facts), *_own(facts)],
    Role.DIRIGENTE: _own,
    Role.UNIT_HEAD: _own,
}
