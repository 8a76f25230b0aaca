"""The strategy map and its parts: perspectives and objectives."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from indicators.enums import AttainmentBand
from strategy.band_looks import Mark
from strategy.enums import MapKind, ScoreLevel
from strategy.map_drawing import map_drawings
from strategy.models import Perspective as PlanPerspective
from strategy.models import Plan, StrategicObjective
from strategy.reports import map_report, objective_report
from strategy.reports.body_scorecard import explained_url
from strategy.reports.maps import map_results
from strategy.views.loaders import load_plan, may_edit

PLAIN = "nessuno"  # the map as the plan draws it, without results


@require_safe
def plan_map(request: HttpRequest, year: int) -> HttpResponse:
    """The map: four perspectives, twelve objectives, how they stand, and the same as
    a list."""
    plan = load_plan(request, year)
    perspectives = map_report(plan)
    asked = request.GET.get("anno", "")
    results = map_results(plan, asked)
    is_coloured = results is not None and asked != PLAIN
    wide, narrow = map_drawings(perspectives, results=results if is_coloured else None)
    context = {
        "plan": plan,
        "may_edit": may_edit(request, plan),
        "perspectives": perspectives,
        "results": results,
        "is_coloured": is_coloured,
        "legend": [Mark(band) for band in AttainmentBand if band != AttainmentBand.BEYOND],
        "objective_count": sum(len(p.objectives) for p in perspectives),
        "indicator_count": sum(p.indicator_count for p in perspectives),
        "wide": wide,
        "narrow": narrow,
    }
    return render(request, "strategy/map.html", context)


@require_safe
def perspective_detail(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """A perspective: its objectives with what stands on each."""
    plan = load_plan(request, year)
    perspectives = PlanPerspective.objects.visible_to(request.user).filter(plan=plan)
    perspective = get_object_or_404(perspectives.strategic(), pk=pk)
    report = next((p for p in map_report(plan) if p.pk == perspective.pk), None)
    context = {"plan": plan, "perspective": perspective, "report": report}
    return render(request, "strategy/perspective_detail.html", context)


@require_safe
def objective_detail(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """An objective: its actions and indicators on every dashboard, the others beside it."""
    plan = load_plan(request, year)
    objectives = StrategicObjective.objects.visible_to(request.user).select_related("perspective")
    objective = get_object_or_404(objectives.filter(perspective__plan=plan), pk=pk)
    return render(
        request,
        "strategy/objective_detail.html",
        {
            "plan": plan,
            "objective": objective,
            "report": objective_report(plan, objective),
            "explained": _explained(request, plan, objective),
            "indicator_base": reverse("strategy:indicator-list", args=[plan.first_year]),
        },
    )


def _explained(request: HttpRequest, plan: Plan, objective: StrategicObjective) -> str:
    """The explanation of the degree of the objective, in the year that the address carries; no
    degree is made of the tree of POLA."""
    if objective.perspective.chart != MapKind.STRATEGY:
        return ""
    asked = request.GET.get("anno", "")
    year = asked if asked.isascii() and asked.isdecimal() else ""
    return explained_url(plan, year, ScoreLevel.OBJECTIVE, objective.pk)
