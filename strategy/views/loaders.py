"""The access layer of the plan's pages: a stranger gets 404, and no view can forget it."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from strategy.models import Plan


def load_plan(request: HttpRequest, year: int) -> Plan:
    """The plan whose triennium starts in the year, if the person may read it; 404 otherwise."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user), first_year=year)
    request.plan = plan  # type: ignore[attr-defined]  # read by camera_perf.context.frame
    return plan
