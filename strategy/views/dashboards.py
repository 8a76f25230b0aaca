"""The strategic dashboard and those of units, Secretary General and dirigente."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from strategy import filters
from strategy.enums import DashboardKind
from strategy.models import Dashboard
from strategy.reports import dashboard_report, group_lines
from strategy.views.loaders import load_dashboard, load_plan, may_edit


def page_of(request: HttpRequest, dashboard: Dashboard) -> dict[str, Any]:
    """What a dashboard page shows: the rows asked for, in groups, and the filters."""
    report = dashboard_report(dashboard)
    selection = filters.select(
        report.lines,
        request.GET,
        current=next(i for i, column in enumerate(report.columns) if column.is_current),
        dashboards=report.headings,
        with_nature=dashboard.kind in DashboardKind.cascaded,
    )
    groups = group_lines(selection.lines)
    return {
        "plan": dashboard.plan,
        "dashboard": dashboard,
        "may_edit": may_edit(request, dashboard.plan),
        "columns": report.columns,
        "selection": selection,
        "groups": groups,
        "signs": report.headings.items(),
        "objective_count": sum(len(group.objectives) for group in groups),
        "action_count": sum(len(o.actions) for group in groups for o in group.objectives),
    }


@require_safe
def strategic_dashboard(request: HttpRequest, year: int) -> HttpResponse:
    """The strategic dashboard of section 3.2: years across, perspectives to indicators down."""
    dashboard = load_dashboard(request, year, kind=DashboardKind.STRATEGIC)
    return render(request, "strategy/strategic_dashboard.html", page_of(request, dashboard))


@require_safe
def dashboard_list(request: HttpRequest, year: int) -> HttpResponse:
    """Every dashboard of the plan, with how many rows each has."""
    plan = load_plan(request, year)
    dashboards = Dashboard.objects.visible_to(request.user).filter(plan=plan).cascaded()
    context = {
        "plan": plan,
        "may_edit": may_edit(request, plan),
        "dashboards": dashboards.with_natures().select_related("unit", "plan"),
    }
    return render(request, "strategy/dashboard_list.html", context)


@require_safe
def dashboard_detail(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """A dashboard of section 3.3 or 4: operational rows carry a background and a word."""
    dashboard = load_dashboard(request, year, slug=slug)
    if dashboard.kind == DashboardKind.STRATEGIC:
        return redirect(dashboard.get_absolute_url())
    return render(request, "strategy/dashboard_detail.html", page_of(request, dashboard))
