"""The access layer of the plan's pages: a stranger gets 404, and no view can forget it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from strategy.models import Dashboard, Plan


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
