"""The measures of the results: statements of the scorecards, the CPU they ask for."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from django.test import Client

from indicators.models import Actual, Indicator, Target
from scripts.measuring import Measure, cpu_seconds, fetch, statement_count
from strategy.enums import DashboardKind
from strategy.models import DashboardRow, Plan
from strategy.reports.body_scorecard import body_scorecard, dashboard_url
from strategy.reports.scorecards import scorecard
from strategy.reports.scores import plan_scores
from strategy.views.scorecards import scored_dashboards

YEAR = 2021
SCORED_INDICATORS = 2000
SCORECARDS = f"/piano/{YEAR}/risultati/"
LARGEST_UNIT = f"{SCORECARDS}risorse-umane/"


def grow_to(number: int) -> None:
    """As many indicators as asked: those of every dashboard again, with their rows and values."""
    rows = list(DashboardRow.objects.exclude(dashboard__kind=DashboardKind.POLA))
    shown = list({row.indicator_id: row.indicator for row in rows}.values())
    targets = list(Target.objects.filter(indicator__in=shown))
    actuals = list(Actual.objects.filter(indicator__in=shown))
    missing = number - Indicator.objects.count()
    for copy in range(1, 2 + missing // len(shown)):
        wanted = shown[: missing - (copy - 1) * len(shown)]
        twins = Indicator.objects.bulk_create(
            [Indicator(name=f"{one.name} ({copy})", is_project=one.is_project) for one in wanted]
        )
        twin_of = {one.pk: twin for one, twin in zip(wanted, twins, strict=True)}
        for model, values in ((Target, targets), (Actual, actuals), (DashboardRow, rows)):
            again = [deepcopy(value) for value in values if value.indicator_id in twin_of]
            for value in again:
                value.pk, value.indicator = None, twin_of[value.indicator_id]
                if isinstance(value, DashboardRow):
                    value.position += copy * 1000
            model.objects.bulk_create(again)


def scorecards(client: Client, plan: Plan) -> Iterator[Measure]:
    """Statements of two scorecards; the CPU of all thirteen of 2,000 indicators."""
    pages = {"scorecard of the ente": SCORECARDS, "scorecard of the largest unit": LARGEST_UNIT}
    for name, address in pages.items():
        yield Measure(f"{name}, statements", statement_count(client, address), 15)
    grow_to(SCORED_INDICATORS)
    for name, address in pages.items():
        count = statement_count(client, address)
        yield Measure(f"{name}, statements, {SCORED_INDICATORS} indicators", count, 15)
    dashboards = scored_dashboards(plan)

    def reckon() -> None:
        scores = plan_scores(plan, dashboards)
        body_scorecard(scores, YEAR - 1)
        for dashboard in dashboards[1:]:
            scorecard(scores, dashboard, YEAR - 1)

    def serve() -> None:
        for dashboard in dashboards:
            fetch(client, dashboard_url(dashboard))

    for name, work in (("reckoned", reckon), ("as pages", serve)):
        work()
        yield Measure(f"thirteen scorecards {name}, s of CPU", cpu_seconds(work, rounds=3), 1.0)
