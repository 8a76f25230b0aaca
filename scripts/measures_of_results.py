"""The measures of the results: figures saved; scorecards, their statements and their CPU."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta

from django.db import transaction
from django.test import Client
from django.utils import timezone

from indicators.models import Actual, Indicator, Target
from organization.models import User
from scripts.measuring import Measure, counted, cpu_seconds, fetch, statement_count
from strategy.enums import DashboardKind
from strategy.models import DashboardRow, MonitoringPeriod, Plan, Recording
from strategy.reports.body_scorecard import body_scorecard, dashboard_url
from strategy.reports.recording import load_sheet
from strategy.reports.scorecards import scorecard
from strategy.reports.scores import plan_scores
from strategy.views.scorecards import scored_dashboards

YEAR = 2021
FIGURES = 50
# The bulk writes, and what opens and ends the transaction around them.
BULK = (
    'INSERT INTO "strategy_recording"',
    'INSERT INTO "strategy_historicalrecording"',
    "BEGIN",
    "SAVEPOINT",
    "RELEASE",
)
SCORED_INDICATORS = 2000
SCORECARDS = f"/piano/{YEAR}/risultati/"
LARGEST_UNIT = f"{SCORECARDS}risorse-umane/"


def grow_to(number: int) -> None:
    """As many indicators as asked: those of every dashboard again, with their rows and values."""
    rows = list(DashboardRow.objects.exclude(dashboard__kind=DashboardKind.POLA))
    shown = list({row.indicator_id: row.indicator for row in rows}.values())
    targets = list(Target.objects.filter(indicator__in=shown))
    actuals = list(Actual.objects.current().filter(indicator__in=shown))
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
                if isinstance(value, Actual):
                    value.supersedes = None
                if isinstance(value, DashboardRow):
                    value.position += copy * 1000
            model.objects.bulk_create(again)


def scorecards(client: Client, plan: Plan) -> Iterator[Measure]:
    """Statements of two scorecards; the CPU of all thirteen of 2,000 indicators."""
    pages = {"scorecard of the ente": SCORECARDS, "scorecard of the largest unit": LARGEST_UNIT}
    for name, address in pages.items():
        yield Measure(f"{name}, statements", statement_count(client, address), 15)
    with transaction.atomic():  # what comes after is measured without these
        yield from of_many_indicators(client, plan, pages)
        transaction.set_rollback(True)


def of_many_indicators(client: Client, plan: Plan, pages: dict[str, str]) -> Iterator[Measure]:
    """The same of a plan of 2,000 indicators, and what all thirteen ask of one processor."""
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


def recording(year: int) -> Iterator[Measure]:
    """Fifty figures of a service saved in one request; its first period made open today."""
    period = MonitoringPeriod.objects.select_related("plan").get(ends_on=date(year, 6, 30))
    period.closes_on = timezone.localdate() + timedelta(days=10)
    period.save()
    head = User.objects.get(username="responsabile")
    client = Client()
    client.force_login(head, "django.contrib.auth.backends.ModelBackend")
    lines = load_sheet(period.plan, period, units=head.led_unit_ids).mine[:FIGURES]
    form = {"act": "send"}
    for line in lines:
        form |= {f"seen-{line.indicator_id}": line.token, f"value-{line.indicator_id}": "n.d."}
        form |= {f"forecast-{line.indicator_id}": "yes", f"reason-{line.indicator_id}": "Prova."}
    with counted() as statements:
        answer = client.post(f"/piano/{year}/da-rilevare/?periodo={period.ends_on}", form)
    kept = Recording.objects.filter(period=period).count()
    if answer.status_code != 302 or kept != FIGURES:
        sys.exit(f"{kept} figures kept, answer {answer.status_code}: nothing to measure.")
    others = [one for one in statements if not one.startswith(BULK)]
    yield Measure(f"{FIGURES} figures saved, statements besides bulk", len(others), 12)
