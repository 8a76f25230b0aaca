"""Who answers for what: the matrix of indicators and objectives by dashboards."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from strategy.reports import cascade_report
from strategy.views.loaders import load_plan


@require_safe
def cascade(request: HttpRequest, year: int) -> HttpResponse:
    """Where each strategic indicator goes, and how many rows each dashboard has by objective."""
    plan = load_plan(request, year)
    report = cascade_report(plan)
    context = {
        "plan": plan,
        "report": report,
        "signs": [(dashboard.code, dashboard.title) for dashboard in report.dashboards],
        "ente_only": report.line_count - report.assigned_count,
        "column_count": len(report.dashboards) + 2,
        "indicator_base": reverse("strategy:indicator-list", args=[plan.first_year]),
    }
    return render(request, "strategy/cascade.html", context)
