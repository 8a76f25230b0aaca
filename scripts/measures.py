"""The measures of `make bench` that need the application at hand; scripts/bench.py runs them.

It loads the Bergamo plan into the empty database it is given, measures with its 58 strategic
rows, clones them to 580 and measures again. The addresses below add the bare view, whose only
purpose is to be compared with.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import chain
from json import dumps
from statistics import median

from django.db import connection
from django.db.models import F, FilteredRelation, Q
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.urls import include, path
from django.utils import timezone
from weasyprint import CSS, HTML

from camera_perf.demo import BERGAMO, PASSWORD
from camera_perf.loading import adopt_loaded, load_plan, load_users
from documents.resources import ORIGIN, ProjectFetcher, static_path, static_url
from indicators.models import Actual, Indicator, Target
from organization.models import User
from strategy.document import plan_document, plan_html
from strategy.enums import DashboardKind
from strategy.models import DashboardRow, MonitoringPeriod, Plan, Recording
from strategy.plan_pdf import build_plan_pdf
from strategy.reports.recording import load_sheet
from strategy.snapshots import canonical, plan_snapshot, sha256

YEAR = 2021
COPIES = 10
ROUNDS = 60
PAGE = f"/piano/{YEAR}/cruscotto/"
OTHER_PAGES = {
    "unit dashboard": f"/piano/{YEAR}/cruscotti/registro-imprese/",
    "cascade": f"/piano/{YEAR}/cascata/",
    "home": "/",
}
SMALL, LARGE = "58 rows", "580 rows"
FIGURES = 50
# The bulk writes, and what opens and ends the transaction around them.
BULK = (
    'INSERT INTO "strategy_recording"',
    'INSERT INTO "strategy_historicalrecording"',
    "BEGIN",
    "SAVEPOINT",
    "RELEASE",
)


@dataclass(frozen=True)
class Measure:
    """One figure and the most it may be."""

    name: str
    figure: float
    bound: float


# The bare view: one statement, one loop over the cells that the page shows.

CELLS = {
    "target_before": ("targets", YEAR - 1),
    "actual_before": ("actuals", YEAR - 1),
    "target_first": ("targets", YEAR),
    "target_second": ("targets", YEAR + 1),
    "target_third": ("targets", YEAR + 2),
}
COLUMNS = (
    "action__name",
    "indicator__name",
    "indicator__source__name",
    *CELLS,
)
BARE = engines["django"].from_string(
    "<!doctype html><title>bare</title><table>{% for row in rows %}<tr>"
    + "".join(f"<td>{{{{ row.{name} }}}}</td>" for name in COLUMNS)
    + "</tr>{% endfor %}</table>"
)


def bare(request: HttpRequest) -> HttpResponse:
    """The cells of a row of the strategic dashboard, in one statement and nothing around them."""
    rows = DashboardRow.objects.filter(dashboard__kind=DashboardKind.STRATEGIC)
    for name, (relation, year) in CELLS.items():
        only = {f"indicator__{relation}__year": year}
        if relation == "actuals":
            only[f"indicator__{relation}__is_current"] = True
        joined = FilteredRelation(f"indicator__{relation}", condition=Q(**only))
        rows = rows.annotate(**{f"{name}_row": joined}).annotate(
            **{name: F(f"{name}_row__printed")}
        )
    return HttpResponse(BARE.render({"rows": rows.order_by("position").values(*COLUMNS)}))


urlpatterns = [path("bare/", bare), path("", include("camera_perf.urls"))]


# How things are measured


@contextmanager
def counted() -> Iterator[list[str]]:
    """Every SQL statement sent meanwhile."""
    statements: list[str] = []

    def note(execute, sql, parameters, many, context):
        statements.append(sql)
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        yield statements


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes once."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def alternating(*works: Callable[[], object], rounds: int) -> list[float]:
    """The median time of each work, taken in turns so that the machine's moods hit all alike."""
    times = [[seconds(work) for work in works] for _ in range(rounds)]
    return [median(column) for column in zip(*times, strict=True)]


def fetch(client: Client, address: str) -> bytes:
    """The page, which must be there."""
    answer = client.get(address)
    if answer.status_code != 200:
        sys.exit(f"{address} answers {answer.status_code}: nothing to measure.")
    return answer.content


def statement_count(client: Client, address: str) -> int:
    """How many statements a page takes, once the process is warm."""
    fetch(client, address)
    with counted() as statements:
        fetch(client, address)
    return len(statements)


def page_times(client: Client) -> tuple[float, float]:
    """The median time of the page and of the bare view."""
    page, plain = alternating(
        lambda: fetch(client, PAGE), lambda: fetch(client, "/bare/"), rounds=ROUNDS
    )
    return page, plain


# What is measured


def clone_rows() -> None:
    """Ten rows for one: the same rows, indicators, targets and results under new names."""
    rows = list(DashboardRow.objects.filter(dashboard__kind=DashboardKind.STRATEGIC))
    for copy in range(1, COPIES):
        for row in rows:
            indicator = Indicator.objects.get(pk=row.indicator_id)
            values = [
                *Target.objects.filter(indicator=indicator),
                *Actual.objects.filter(indicator=indicator),
            ]
            others = list(
                DashboardRow.objects.filter(indicator=indicator).exclude(dashboard=row.dashboard_id)
            )
            indicator.pk = None
            indicator.name = f"{indicator.name} ({copy})"
            indicator.save(force_insert=True)
            for value in values:
                value.pk, value.indicator = None, indicator
            Target.objects.bulk_create([value for value in values if isinstance(value, Target)])
            Actual.objects.bulk_create([value for value in values if isinstance(value, Actual)])
            copies = [DashboardRow.objects.get(pk=row.pk), *others]
            for place in copies:
                place.pk, place.indicator = None, indicator
                place.position += copy * 100
            DashboardRow.objects.bulk_create(copies)


def printing(plan: Plan) -> Iterator[Measure]:
    """Building the plan against the bare engine on the same HTML and CSS."""
    digest = sha256(canonical(plan_snapshot(plan)).encode())
    html = plan_html(plan_document(plan, snapshot_sha256=digest))
    style = static_path("css/print.css").read_text("utf-8")

    def engine() -> None:
        css = CSS(string=style, base_url=static_url("css/print.css"), url_fetcher=ProjectFetcher())
        document = HTML(string=html, base_url=ORIGIN, url_fetcher=ProjectFetcher())
        document.write_pdf(stylesheets=[css], pdf_variant="pdf/a-3a")

    build_plan_pdf(plan)
    engine()
    ours, theirs = alternating(lambda: build_plan_pdf(plan), engine, rounds=3)
    yield Measure("plan PDF / bare WeasyPrint", ours / theirs, 1.15)


def pages(client: Client) -> Iterator[Measure]:
    """Statements and times of the pages, small and large."""
    times = {}
    counts = {}
    for size in (SMALL, LARGE):
        if size == LARGE:
            clone_rows()
        counts[size] = statement_count(client, PAGE)
        yield Measure(f"strategic dashboard, statements, {size}", counts[size], 12)
        for name, address in OTHER_PAGES.items():
            yield Measure(f"{name}, statements, {size}", statement_count(client, address), 15)
        times[size], plain = page_times(client)
        yield Measure(f"strategic dashboard / bare view, {size}", times[size] / plain, 2.0)
    yield Measure("statements, 580 rows / 58 rows", counts[LARGE] / counts[SMALL], 1.0)
    yield Measure("page time, 580 rows / 58 rows", times[LARGE] / times[SMALL], 10.0)


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


def main() -> None:
    load_plan(BERGAMO)
    load_users(BERGAMO, password=PASSWORD)
    adopt_loaded(BERGAMO, pdf_builder=lambda plan, act: b"%PDF-1.7")
    client = Client()
    client.force_login(
        User.objects.get(username="pianificazione"), "django.contrib.auth.backends.ModelBackend"
    )
    with override_settings(ROOT_URLCONF="scripts.measures"):
        # The print first: the clones would print ten times as much.
        plan = Plan.objects.get(first_year=YEAR)
        for measure in chain(printing(plan), pages(client), recording(YEAR)):
            print(dumps(asdict(measure)), flush=True)
