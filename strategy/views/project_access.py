"""The access layer of the projects' pages, and what their forms have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from rules import has_perm

from organization import clock
from strategy.models import Plan, ProjectActivity, ProjectSheet
from strategy.operations.project_doors import ACTORS
from strategy.views.reporting import YearTab

CONFLICTS = {"stale", "state", "gone"}


def shown_year(request: HttpRequest, plan: Plan) -> int:
    """The year asked for in the address (`anno`), else the one that runs, within the plan."""
    named = {str(year): year for year in plan.years}
    running = min(max(clock.today().year, plan.first_year), plan.last_year)
    return named.get(request.GET.get("anno", ""), running)


def year_tabs(plan: Plan, at: int, address: str) -> list[YearTab]:
    """The same page of each year of the plan."""
    return [YearTab(str(year), f"{address}?anno={year}", year == at) for year in plan.years]


def load_sheet(
    request: HttpRequest, plan: Plan, pk: int, *, open_in: int | None = None
) -> ProjectSheet:
    """A sheet of the plan, if the person may read it; 404 otherwise. With `open_in` it knows which
    figures of that year are entered today (`ProjectSheetQuerySet.with_open_period`)."""
    sheets = ProjectSheet.objects.visible_to(request.user).filter(plan=plan)
    if open_in is not None:
        sheets = sheets.with_open_period(year=open_in, on=clock.today())
    sheet: ProjectSheet = get_object_or_404(sheets.with_facts().with_activities(), pk=pk)
    sheet.plan = plan
    return sheet


def load_activity(request: HttpRequest, plan: Plan, sheet: int, pk: int) -> ProjectActivity:
    """An activity of a sheet of the plan; 404 as above."""
    activities = ProjectActivity.objects.visible_to(request.user).select_related(
        "sheet__indicator", "responsible"
    )
    activity: ProjectActivity = get_object_or_404(activities, sheet__plan=plan, sheet=sheet, pk=pk)
    activity.sheet.plan = plan
    return activity


def closed_to(request: HttpRequest, permission: str, thing: Any, plan: Plan) -> HttpResponse | None:
    """What stands in the way of an act: 403 for who may never do it, a page with 409 while the
    state of the plan does not allow it; nothing otherwise."""
    if not ACTORS[permission].test(request.user, thing):
        raise PermissionDenied
    if not has_perm(permission, request.user, thing):
        return render(request, "strategy/plan_locked.html", {"plan": plan}, status=409)
    return None


def status_of(code: str) -> int:
    """The status of the page after a refusal."""
    if not code:
        return 200
    return 409 if code in CONFLICTS else 400


def as_seen(form: forms.Form, version: int) -> None:
    """Let the form be sent again upon the version that is there now; what was typed stays."""
    typed: Any = form.data
    form.data = typed.copy()
    form.data["version"] = str(version)  # type: ignore[index] # a copy can be written in


def form_page(
    request: HttpRequest,
    template: str,
    form: forms.Form,
    *,
    code: str,
    saved: Mapping[str, Any],
    **context: Any,
) -> HttpResponse:
    """The page of a form; after somebody else's change, with what is saved now beside it."""
    shown = {"form": form, "saved": saved if code == "stale" else {}}
    return render(request, template, shown | context, status=status_of(code))
