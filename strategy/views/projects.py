"""The projects of a plan: the list, the sheet of one, its facts, what its indicator receives."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
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
from strategy.operations.project_results import record_project_result
from strategy.operations.projects import change_sheet, open_project_sheets
from strategy.reports import projects as reports
from strategy.reports.project_drawing import project_drawings, sheet_events
from strategy.views.attempts import attempt
from strategy.views.loaders import edits_plan, load_plan, may_edit
from strategy.views.project_access import (
    as_seen,
    closed_to,
    form_page,
    load_sheet,
)


@require_safe
def project_list(request: HttpRequest, year: int) -> HttpResponse:
    """Every project with progress and attainment, which are two numbers, and what is late."""
    plan = load_plan(request, year)
    context = {
        "plan": plan,
        "projects": reports.project_list(plan, today=clock.today()),
        "may_edit": may_edit(request, plan),
    }
    return render(request, "strategy/project_list.html", context)


@require_safe
def project_detail(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """The sheet of a project: its two numbers, activities drawn and in a table, its story."""
    plan = load_plan(request, year)
    sheet = load_sheet(request, plan, pk)
    report = reports.project_report(sheet, today=clock.today())
    context = {
        "plan": plan,
        "sheet": sheet,
        "report": report,
        "drawings": project_drawings(report, today=clock.today()),
        "actual": reports.current_actual(sheet),
        "events": sheet_events(sheet),
        "may_edit": has_perm("strategy.change_project", request.user, sheet),
        "may_record": has_perm("strategy.record_project_result", request.user, sheet),
        "rows": _rows(request, report),
        "moved": request.GET.get("spostata", ""),
    }
    return render(request, "strategy/project_detail.html", context)


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
        project = get_object_or_404(indicators, pk=int(named) if named.isdecimal() else 0)
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


@require_http_methods(["GET", "HEAD", "POST"])
def project_record(request: AuthenticatedHttpRequest, year: int, pk: int) -> HttpResponseBase:
    """Asks, showing the calculation; a POST writes what the activities say as the result of the
    indicator."""
    plan = load_plan(request, year)
    sheet = load_sheet(request, plan, pk)
    if closed := closed_to(request, "strategy.record_project_result", sheet, plan):
        return closed
    refusal: list[str] = []
    if request.method == "POST":
        try:
            result = record_project_result(
                sheet, seen=request.POST.get("seen", ""), by=request.user
            )
        except ValidationError as error:
            refusal = error.messages
        else:
            words = _("%(printed)s is recorded as the result of %(year)s.")
            messages.success(request, words % {"printed": result.printed, "year": result.year})
            return redirect("strategy:project-detail", year, pk)
        sheet = load_sheet(request, plan, pk)
    context = {
        "plan": plan,
        "sheet": sheet,
        "report": reports.project_report(sheet, today=clock.today()),
        "calculation": reports.calculation(sheet),
        "actual": reports.current_actual(sheet),
        "refusal": refusal,
    }
    return render(request, "strategy/project_record.html", context, status=409 if refusal else 200)
