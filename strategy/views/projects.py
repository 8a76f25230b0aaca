"""The projects of a plan: the list, the sheet of one, its facts, what its indicator receives."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from rules import has_perm

from indicators.models import Indicator
from organization import clock
from organization.audit_phrases import field_name
from organization.http import AuthenticatedHttpRequest
from strategy.forms.projects import SheetForm
from strategy.models import Plan, ProjectSheet
from strategy.operations.projects import change_sheet, open_project_sheets
from strategy.operations.recording_doors import enters_figures_of
from strategy.reports import projects as reports
from strategy.reports.desks import desk_for, desks_of
from strategy.reports.project_drawing import project_drawings, sheet_events
from strategy.rules import plan_is_monitored
from strategy.views.attempts import attempt
from strategy.views.loaders import edits_plan, load_plan, may_edit
from strategy.views.project_access import (
    as_seen,
    form_page,
    load_sheet,
    shown_year,
    year_tabs,
)


@require_safe
def project_list(request: HttpRequest, year: int) -> HttpResponse:
    """Every project with progress and attainment, which are two numbers, and what is late."""
    plan = load_plan(request, year)
    at = shown_year(request, plan)
    context = {
        "plan": plan,
        "year": at,
        "year_tabs": year_tabs(plan, at, request.path),
        "projects": reports.project_list(plan, year=at, today=clock.today()),
        "may_edit": may_edit(request, plan),
    }
    return render(request, "strategy/project_list.html", context)


@require_safe
def project_detail(request: AuthenticatedHttpRequest, year: int, pk: int) -> HttpResponse:
    """The sheet of a project: its two numbers, activities drawn and in a table, its story."""
    plan = load_plan(request, year)
    at = shown_year(request, plan)
    sheet = load_sheet(request, plan, pk, open_in=at)
    report = reports.project_report(sheet, year=at, today=clock.today())
    is_monitored = plan_is_monitored(request.user, plan)
    open_at: datetime.date | None = getattr(sheet, "open_at", None) if is_monitored else None
    context = {
        "plan": plan,
        "year": at,
        "year_tabs": year_tabs(plan, at, request.path),
        "sheet": sheet,
        "report": report,
        "drawings": project_drawings(report, today=clock.today()),
        "actual": reports.current_actual(sheet, year=at),
        "open_at": open_at,
        "record_url": _record_url(request, report, open_at),
        "events": sheet_events(sheet),
        "may_edit": has_perm("strategy.change_project", request.user, sheet),
        "rows": _rows(request, report),
        "moved": request.GET.get("spostata", ""),
    }
    return render(request, "strategy/project_detail.html", context)


def _record_url(
    request: AuthenticatedHttpRequest, report: reports.ProjectReport, open_at: datetime.date | None
) -> str:
    """The row in which the person enters the figure of the project; empty for others, and while no
    period is open."""
    sheet = report.sheet
    if open_at is None or not enters_figures_of(request.user, report.supplier_id):
        return ""
    desk = desk_for(desks_of(request.user, on=clock.today()), report.supplier_id)
    if desk is None:
        return ""
    query = urlencode({"periodo": open_at.isoformat(), "unita": desk.key})
    address = reverse("strategy:recording-list", args=[sheet.plan.first_year])
    return f"{address}?{query}#r-{sheet.indicator_id}"


def _rows(
    request: HttpRequest, report: reports.ProjectReport
) -> list[tuple[reports.ActivityLine, bool, bool]]:
    """Each activity, whether the person may record its result, and whether move it in time."""
    names = ("strategy.record_activity_result", "strategy.schedule_activity")
    rows = []
    for line in report.lines:
        line.activity.sheet = report.sheet
        result, dates = (has_perm(name, request.user, line.activity) for name in names)
        rows.append((line, result, dates))
    return rows


@require_POST
@edits_plan
def project_open(request: AuthenticatedHttpRequest, plan: Plan) -> HttpResponse:
    """Open the sheets that are missing; an indicator named becomes a project first."""
    project = None
    if named := request.POST.get("indicator", ""):
        indicators = Indicator.objects.filter(rows__dashboard__plan=plan).distinct()
        project = get_object_or_404(
            indicators, pk=int(named) if named.isdecimal() and len(named) < 18 else 0
        )
    sheets = open_project_sheets(plan, project=project, by=request.user)
    words = ngettext("%(n)s sheet is open.", "%(n)s sheets are open.", len(sheets))
    messages.success(request, words % {"n": len(sheets)})
    if project is not None and (own := project.project_sheets.filter(plan=plan).first()):
        return redirect("strategy:project-detail", plan.first_year, own.pk)
    return redirect("strategy:project-list", plan.first_year)


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def project_edit(request: AuthenticatedHttpRequest, plan: Plan, pk: int) -> HttpResponse:
    """Who answers for a project, what it is for."""
    sheet = load_sheet(request, plan, pk)
    form = SheetForm(sheet, request.POST or None, today=clock.today())
    code = ""
    if request.method == "POST":
        code = attempt(form, lambda **said: change_sheet(sheet, **said, by=request.user))
        if not code:
            messages.success(request, _("The sheet is saved."))
            return redirect("strategy:project-detail", plan.first_year, pk)
    if code == "stale":
        sheet = load_sheet(request, plan, pk)
        as_seen(form, sheet.version)
    context: dict[str, Any] = {"plan": plan, "sheet": sheet}
    return form_page(
        request, "strategy/project_form.html", form, code=code, saved=_saved(sheet), **context
    )


def _saved(sheet: ProjectSheet) -> dict[str, str]:
    """The facts of a sheet as they are saved, under their names."""
    facts = {
        "responsible": str(sheet.responsible or ""),
        "purpose": sheet.purpose,
        "notes": sheet.notes,
    }
    return {str(field_name(name)): value for name, value in facts.items()}
