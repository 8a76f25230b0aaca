"""Pages of agile work: what was done in figures, the indicators of the programme, the rules."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from organization import clock
from pola.models import AgileMonth, GuidelineArticle, Norm
from pola.reports import effect_signs, guidelines_report, months_chart, months_report
from pola.reports.monitoring import days_chart
from pola.reports.programme import PROGRAMME_TABLE, programme_report
from pola.reports.statistics import KnownMonths, known_months, year_months
from strategy.models import Plan
from strategy.reports import (
    dashboard_report,
    group_lines,
    pola_dashboard,
    reference_table_report,
)
from strategy.views.reporting import YearTab


def newest_plan(request: HttpRequest) -> Plan | None:
    """The newest plan that the person may read; the frame of the page shows the same."""
    plan: Plan | None = Plan.objects.visible_to(request.user).first()
    request.plan = plan  # type: ignore[attr-defined]  # read by camera_perf.context.frame
    return plan


def year_tabs(known: KnownMonths, year: int) -> list[YearTab]:
    """The same page of the other years of which something is known."""
    years = known.years(today=clock.today())
    return [YearTab(str(each), f"?anno={each}", each == year) for each in years]


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Agile work in figures: the months of a year, computed, beside those of the year before the
    plan; a year of printed months as printed; the programme of 5.2.4, printed and computed."""
    plan = newest_plan(request)
    today, known = clock.today(), known_months()
    year = known.chosen_year(request.GET.get("anno", ""), today=today)
    told = year_months(year, today=today, known=known)
    now = () if all(month.is_printed for month in told) else told
    beside = plan.baseline_year if plan and (now or not told) else year
    report = months_report(beside, AgileMonth.objects.visible_to(request.user))
    context: dict[str, Any] = {"plan": plan, "report": report, "year": year, "now": now}
    context |= {"year_tabs": year_tabs(known, year), "is_running": year == today.year}
    if report.months:
        context["wide"] = months_chart(report, left=48)
        context["narrow"] = months_chart(report, left=40, width=358, height=190)
        context |= {"latest": report.last, "latest_days": report.total_days}
    if now:
        total = sum(month.days for month in now)
        context |= {"total_now": total, "now_wide": days_chart(now)}
        context["now_narrow"] = days_chart(now, width=358, left=40)
        over = [month for month in now if not month.is_running]
        context |= {"latest": (over or now)[-1], "latest_days": total}
    if plan:
        table = plan.reference_tables.with_cells().filter(slug=PROGRAMME_TABLE).first()
        if table:
            norms = Norm.objects.in_force(on=min(today, datetime.date(year, 12, 31)))
            context["programme"] = programme_report(reference_table_report(table), now, norms)
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
