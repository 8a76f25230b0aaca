"""Pages of agile work: what was done in figures, the indicators of the programme, the rules."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from organization import clock
from pola.models import AgileMonth, GuidelineArticle
from pola.reports import effect_signs, guidelines_report, months_chart, months_report
from strategy.models import Plan
from strategy.reports import (
    TableReport,
    dashboard_report,
    group_lines,
    pola_dashboard,
    reference_table_report,
)

PROGRAMME_TABLE = "programma-agile"


def newest_plan(request: HttpRequest) -> Plan | None:
    """The newest plan that the person may read; the frame of the page shows the same."""
    plan: Plan | None = Plan.objects.visible_to(request.user).first()
    request.plan = plan  # type: ignore[attr-defined]  # read by camera_perf.context.frame
    return plan


def programme_cards(table: TableReport) -> dict[str, Any]:
    """A table of figures whose cells carry their heading, which a card on the phone needs."""
    names = [heading for heading, _is_numeric in table.headings[1:]]
    rows = [
        (row.heading, list(zip(names, (text for text, _n in row.cells), strict=True)))
        for row in table.rows
    ]
    return {"table": table, "rows": rows}


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Agile work in figures: the year before the plan month by month, the programme of 5.2.4."""
    plan = newest_plan(request)
    months = AgileMonth.objects.visible_to(request.user)
    year = plan.baseline_year if plan else clock.today().year
    report = months_report(year, months)
    context: dict[str, Any] = {"plan": plan, "report": report}
    if report.months:
        context["wide"] = months_chart(report, left=48)
        context["narrow"] = months_chart(report, left=40, width=358, height=190)
    if plan:
        table = plan.reference_tables.with_cells().filter(slug=PROGRAMME_TABLE).first()
        context["programme"] = programme_cards(reference_table_report(table)) if table else None
    return render(request, "pola/overview.html", context)


@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """The indicators of the development programme (5.4): dimension, area, objective, indicator."""
    plan = newest_plan(request)
    dashboard = pola_dashboard(plan) if plan else None
    context: dict[str, Any] = {"plan": plan, "dashboard": dashboard}
    if plan and dashboard:
        report = dashboard_report(dashboard)
        context |= {
            "columns": report.columns,
            "groups": group_lines(report.lines),
            "column_count": len(report.columns) + 3,
            "line_count": len(report.lines),
            "indicator_base": reverse("strategy:indicator-list", args=[plan.first_year]),
        }
    return render(request, "pola/indicators.html", context)


@require_safe
def guidelines(request: HttpRequest) -> HttpResponse:
    """The guidelines of Allegato 1: articles, numbered rules, what each rule does."""
    plan = newest_plan(request)
    readable = GuidelineArticle.objects.visible_to(request.user)
    articles = guidelines_report(plan, readable) if plan else ()
    context = {
        "plan": plan,
        "articles": articles,
        "rule_count": sum(len(article.rules) for article in articles),
        "signs": effect_signs().values(),
    }
    return render(request, "pola/guidelines.html", context)
