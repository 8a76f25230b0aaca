"""The page of one indicator."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from indicators.models import Indicator
from organization.querysets import holding_words
from organization.tables import paged
from strategy.indicator_page import indicator_chart, indicator_history, indicator_report
from strategy.models import ProjectSheet
from strategy.tables import IndicatorTable
from strategy.views.loaders import load_plan, may_edit


@require_safe
def indicator_list(request: HttpRequest, year: int) -> HttpResponse:
    """Every indicator of the plan, to search and to sort."""
    plan = load_plan(request, year)
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:200]
    in_plan = Q(rows__dashboard__plan=plan)
    indicators = Indicator.objects.visible_to(request.user).filter(in_plan).with_source()
    indicators = indicators.annotate(dashboard_count=Count("rows", filter=in_plan, distinct=True))
    indicators = holding_words(indicators, query, "name__icontains", "source__name__icontains")
    table = IndicatorTable(indicators.order_by("pk"), year=plan.first_year)
    context = {
        "plan": plan,
        "may_edit": may_edit(request, plan),
        "table": paged(request, table, per_page=50),
        "query": query,
    }
    return render(request, "strategy/indicator_list.html", context)


@require_safe
def indicator_detail(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Definition, years as a table and a chart, dashboards, history of changes."""
    plan = load_plan(request, year)
    indicators = Indicator.objects.visible_to(request.user).filter(rows__dashboard__plan=plan)
    indicator = get_object_or_404(indicators.with_source().distinct(), pk=pk)
    report = indicator_report(plan, indicator)
    sheets = ProjectSheet.objects.filter(plan=plan, indicator=indicator)
    context = {
        "plan": plan,
        "indicator": indicator,
        "may_edit": may_edit(request, plan),
        "report": report,
        "sheet": sheets.first() if indicator.is_project else None,
        "chart": indicator_chart(report),
        "history": indicator_history(plan, indicator),
    }
    return render(request, "strategy/indicator_detail.html", context)
