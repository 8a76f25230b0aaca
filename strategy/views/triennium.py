"""The plan of the next triennium: what it takes over, its making, what it leaves to decide."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organization.http import AuthenticatedHttpRequest
from strategy.enums import PlanState
from strategy.models import Plan
from strategy.operations import roll_plan_forward
from strategy.reports.decisions import decisions
from strategy.reports.triennium import baseline_count, carried_parts, forecast
from strategy.rules import is_planner
from strategy.views.loaders import load_plan, may_edit


@require_http_methods(["GET", "HEAD", "POST"])
def plan_roll_forward(request: AuthenticatedHttpRequest, year: int) -> HttpResponse:
    """What would be carried, counted; a POST makes the plan and leads to what is to decide."""
    plan = load_plan(request, year)
    if not is_planner(request.user):
        raise PermissionDenied
    if request.method == "POST":
        try:
            new = roll_plan_forward(plan, by=request.user)
        except ValidationError as error:
            return _confirm(request, plan, errors=error.messages)
        messages.success(request, _("The plan %(label)s was made.") % {"label": new.label})
        return redirect("strategy:plan-decisions", new.first_year)
    return _confirm(request, plan)


def _confirm(request: HttpRequest, plan: Plan, errors: list[str] | None = None) -> HttpResponse:
    """The page before the deed; it answers 409 when the deed is not possible now."""
    found = forecast(plan)
    is_open = plan.state in PlanState.continuable
    context = {
        "plan": plan,
        "next_label": f"{found.first_year}-{found.first_year + 2}",
        "existing": Plan.objects.filter(first_year=found.first_year).first(),
        "is_open": is_open,
        "forecast": found,
        "parts": carried_parts(found),
        "targets": sorted(found.targets_by_year.items()),
        "baseline_count": baseline_count(found),
        "errors": errors or [],
    }
    refused = bool(errors) or not is_open
    return render(
        request, "strategy/triennium_confirm.html", context, status=409 if refused else 200
    )


@require_safe
def plan_decisions(request: HttpRequest, year: int) -> HttpResponse:
    """What is left to decide on a plan made of the one before; 404 for any other plan."""
    plan = load_plan(request, year)
    if plan.continues is None:
        raise Http404
    edits = may_edit(request, plan)
    found = [
        one if edits or not one.is_for_editors else replace(one, url="") for one in decisions(plan)
    ]
    context = {
        "plan": plan,
        "decisions": [one for one in found if not one.is_news],
        "news": [one for one in found if one.is_news],
    }
    return render(request, "strategy/triennium_decisions.html", context)
