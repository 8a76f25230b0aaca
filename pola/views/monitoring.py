"""The monitoring of agile work: the report of a year, its PDF, the figures that planning takes."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organization import clock
from organization.http import AuthenticatedHttpRequest, typed
from pola.models import FigureDecision
from pola.operations.figures import accept_figure, decline_figure
from pola.printed import PrintableMonitoring
from pola.reports.figures import proposed_figures
from pola.reports.monitoring import days_chart, monitoring_report, workers_chart
from pola.reports.statistics import known_months
from pola.views.overview import newest_plan, year_tabs
from strategy.models import Plan
from strategy.rules import is_planner
from strategy.views.pdf import ask_for_pdf, pdf_page

PHONE, PHONE_LEFT = 358, 40
SHOWN = 20  # decisions listed
KEY = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


@require_safe
def monitoring(request: HttpRequest) -> HttpResponse:
    """How agile work is carried out in a year: totals of the whole Chamber."""
    plan = newest_plan(request)
    if plan is None:
        return render(request, "pola/monitoring.html", {"plan": None})
    today, known = clock.today(), known_months()
    year = known.chosen_year(request.GET.get("anno", ""), today=today)
    report = monitoring_report(plan, year, today=today, known=known)
    context: dict[str, Any] = {"plan": plan, "report": report, "year": year}
    context["year_tabs"] = year_tabs(known, year)
    context["decides"] = is_planner(request.user)
    if report.months:
        phone = {"width": PHONE, "left": PHONE_LEFT}
        context |= {
            "days_wide": days_chart(report.months),
            "days_narrow": days_chart(report.months, **phone),
            "workers_wide": workers_chart(report.months),
            "workers_narrow": workers_chart(report.months, **phone),
        }
    return render(request, "pola/monitoring.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def monitoring_pdf(request: AuthenticatedHttpRequest, year: int) -> HttpResponse:
    """The newest PDF of the report of a year and the earlier ones; a POST asks for it."""
    plan = newest_plan(request)
    if plan is None or year not in known_months().years(today=clock.today()):
        raise Http404
    printable = PrintableMonitoring(plan, year)
    if request.method == "POST":
        return ask_for_pdf(request, printable)
    year_frame = {"year": year, "year_query": f"?anno={year}"}
    return render(request, "pola/monitoring_pdf.html", pdf_page(printable) | year_frame)


@require_http_methods(["GET", "HEAD", "POST"])
def figure_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The computed figures that planning takes as results or declines; what was decided."""
    if not is_planner(request.user):
        raise PermissionDenied
    plan = newest_plan(request)
    if plan is None:
        return render(request, "pola/figure_list.html", {"plan": None})
    if request.method != "POST":
        return _figures(request, plan)
    verb, _dash, key = request.POST.get("act", "").partition("-")
    if verb not in ("accept", "decline") or not KEY.fullmatch(key):
        raise BadRequest
    printed = request.POST.get(f"printed-{key}", "")
    reason = typed(request, f"reason-{key}")
    try:
        if verb == "accept":
            made = accept_figure(plan, indicator_id=int(key), printed=printed, by=request.user)
            words = _("%(figure)s is now the result of the indicator.") % {"figure": made.printed}
        else:
            decline_figure(
                plan, indicator_id=int(key), printed=printed, reason=reason, by=request.user
            )
            words = _("The figure is declined: the indicator stays as it is.")
    except ValidationError as refusal:
        return _figures(request, plan, refusal=refusal, key=key)
    messages.success(request, words)
    return redirect("pola:figure-list")


def _figures(
    request: AuthenticatedHttpRequest,
    plan: Plan,
    *,
    refusal: ValidationError | None = None,
    key: str = "",
) -> HttpResponse:
    """The page, after a refusal with what was typed in every row; a missing reason is told at its
    field."""
    proposed = proposed_figures(plan, today=clock.today())
    words = " ".join(refusal.messages) if refusal else ""
    at_field = bool(refusal and hasattr(refusal, "error_dict"))
    decided = FigureDecision.objects.visible_to(request.user).select_related("indicator")
    context = {
        "plan": plan,
        "open": [
            (one, typed(request, f"reason-{one.indicator.pk}")) for one in proposed if one.is_open
        ],
        "decided": decided[:SHOWN],
        "measured_on": proposed[0].figure.measured_on if proposed else None,
        "error": "" if at_field else words,
        "field_error": words if at_field else "",
        "asked": int(key) if key else None,
    }
    status = 409 if refusal and not at_field else 200
    return render(request, "pola/figure_list.html", context, status=status)
