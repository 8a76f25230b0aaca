"""The measures of `make bench` that need the application at hand; scripts/bench.py runs them.

It loads the Bergamo plan into the empty database it is given, measures with its 58 strategic
rows, clones them to 580 and measures again. The addresses below add the bare view, whose only
purpose is to be compared with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from itertools import chain
from json import dumps

from django.db import transaction
from django.db.models import F, FilteredRelation, Q
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.urls import include, path
from weasyprint import CSS, HTML

from camera_perf.demo import BERGAMO, PASSWORD
from camera_perf.loading import adopt_loaded, load_plan, load_users
from documents.resources import ORIGIN, ProjectFetcher, static_path, static_url
from indicators.models import Actual, Indicator, Target
from organization.models import User
from scripts.measures_of_days import days
from scripts.measures_of_results import recording, scorecards
from scripts.measures_of_work import comparing, saving
from scripts.measuring import Measure, alternating, fetch, statement_count
from strategy.document import plan_document, plan_html
from strategy.enums import DashboardKind
from strategy.models import DashboardRow, PerformanceReport, Plan
from strategy.operations import close_year, count_as_zero, open_report
from strategy.plan_pdf import build_plan_pdf
from strategy.report_document import report_document, report_html
from strategy.report_pdf import build_report_pdf
from strategy.reports.year import YearReport
from strategy.snapshots import canonical, plan_snapshot, sha256
from strategy.year_data import year_data

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


# What is measured


def page_times(client: Client) -> tuple[float, float]:
    """The median time of the page and of the bare view."""
    page, plain = alternating(
        lambda: fetch(client, PAGE), lambda: fetch(client, "/bare/"), rounds=ROUNDS
    )
    return page, plain


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
    """Building the plan, and a Relazione, against the bare engine on the same HTML and CSS."""
    digest = sha256(canonical(plan_snapshot(plan)).encode())
    html = plan_html(plan_document(plan, snapshot_sha256=digest))
    ratio = against_engine(html, lambda: build_plan_pdf(plan))
    yield Measure("plan PDF / bare WeasyPrint", ratio, 1.15)
    with transaction.atomic():
        report = closed_report(plan)
        html = report_html(report_document(report))
        ratio = against_engine(html, lambda: build_report_pdf(report))
        # What follows writes results of that year.
        transaction.set_rollback(True)
    yield Measure("Relazione PDF / bare WeasyPrint", ratio, 1.15)


def against_engine(html: str, build: Callable[[], object]) -> float:
    """How much longer the building takes than the bare engine on its HTML."""
    style = static_path("css/print.css").read_text("utf-8")

    def engine() -> None:
        css = CSS(string=style, base_url=static_url("css/print.css"), url_fetcher=ProjectFetcher())
        document = HTML(string=html, base_url=ORIGIN, url_fetcher=ProjectFetcher())
        document.write_pdf(stylesheets=[css], pdf_variant="pdf/a-3a")

    build()
    engine()
    ours, theirs = alternating(build, engine, rounds=3)
    return ours / theirs


def closed_report(plan: Plan) -> PerformanceReport:
    """The Relazione of the year before the plan, closed with what is missing at zero."""
    year = plan.baseline_year
    planner = User.objects.get(username="pianificazione")
    secretary = User.objects.get(username="segretario")
    missing = [line.indicator_id for line in YearReport(year_data(plan, year)).unresolved]
    count_as_zero(plan, year, indicators=missing, by=planner)
    close_year(plan, year, by=secretary)
    return open_report(plan, year, by=planner)


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


def main() -> None:
    load_plan(BERGAMO)
    load_users(BERGAMO, password=PASSWORD)
    adopt_loaded(BERGAMO, pdf_builder=lambda plan, act: b"%PDF-1.7")
    client = Client()
    client.force_login(
        User.objects.get(username="pianificazione"), "django.contrib.auth.backends.ModelBackend"
    )
    plan = Plan.objects.get(first_year=YEAR)
    with override_settings(ROOT_URLCONF="scripts.measures"):
        # The print first: the clones would print ten times as much.
        works = (
            printing(plan),
            pages(client),
            saving(client, plan),
            comparing(client, plan),
            recording(YEAR),
            scorecards(client, plan),
            days(),
        )
        for measure in chain(*works):
            print(dumps(asdict(measure)), flush=True)
