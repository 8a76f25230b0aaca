"""The access layer of the plan's pages: a stranger gets 404, and no view can forget it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from strategy.enums import PlanState
from strategy.models import Dashboard, MonitoringPeriod, PerformanceReport, Plan
from strategy.rules import is_planner


def load_plan(request: HttpRequest, year: int) -> Plan:
    """The plan whose triennium starts in the year, if the person may read it; 404 otherwise."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user), first_year=year)
    request.plan = plan  # type: ignore[attr-defined]  # read by camera_perf.context.frame
    return plan


def load_dashboard(request: HttpRequest, year: int, **which: Any) -> Dashboard:
    """A dashboard of the plan of that year with plan and unit, in one statement; 404 as above."""
    dashboards = Dashboard.objects.visible_to(request.user).select_related("plan", "unit")
    dashboard = get_object_or_404(dashboards, plan__first_year=year, **which)
    request.plan = dashboard.plan  # type: ignore[attr-defined]  # as above
    return dashboard


def load_report(request: HttpRequest, year: int, at: int) -> PerformanceReport:
    """The Relazione of a year of the plan of that triennium, in one statement; 404 as above."""
    reports = PerformanceReport.objects.visible_to(request.user).select_related("plan")
    report: PerformanceReport = get_object_or_404(reports, plan__first_year=year, year=at)
    request.plan = report.plan  # type: ignore[attr-defined]  # as above
    return report


def load_period(request: HttpRequest, year: int, day: datetime.date | None) -> MonitoringPeriod:
    """The period of a day with the plan of that year, in one statement; 404 as above."""
    periods = MonitoringPeriod.objects.visible_to(request.user).with_closed_years()
    period: MonitoringPeriod = get_object_or_404(
        periods.select_related("plan"), plan__first_year=year, ends_on=day
    )
    request.plan = period.plan  # type: ignore[attr-defined]  # as above
    return period


def edits_plan(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page of the planning office that changes the plan: the view gets the plan, not the year.

    A stranger to the plan gets 404, a reader 403; while the plan is proposed or adopted the page
    says so with 409 and shows the way on.
    """

    @wraps(view)
    def answer(request: HttpRequest, year: int, **which: Any) -> HttpResponseBase:
        plan = load_plan(request, year)
        if not is_planner(request.user):
            raise PermissionDenied
        if plan.state not in PlanState.editable:
            return render(request, "strategy/plan_locked.html", {"plan": plan}, status=409)
        return view(request, plan, **which)

    return answer


def may_edit(request: HttpRequest, plan: Plan) -> bool:
    """Whether the person may change the plan now: shows the way to the pages above."""
    return plan.state in PlanState.editable and is_planner(request.user)
