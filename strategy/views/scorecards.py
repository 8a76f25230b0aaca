"""Scorecards: how the ente, each unit, Secretary General and dirigente attained their targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from rules import has_perm

from indicators.values import Value
from organization.http import AuthenticatedHttpRequest
from strategy.enums import DashboardKind, ScoreLevel
from strategy.forms.bands import BandLimitsForm
from strategy.models import Dashboard, Plan
from strategy.operations.bands import set_band_limits
from strategy.printables import PrintableScorecard
from strategy.reports.body_scorecard import (
    EXPLAINED,
    body_scorecard,
    dashboard_url,
    worst_dashboards,
    worst_nodes,
)
from strategy.reports.scorecards import scorecard, worst_first
from strategy.reports.scores import (
    SCORED,
    PlanScores,
    ScoreRow,
    chosen_year,
    plan_scores,
    strategic_indicators,
    years_with_results,
)
from strategy.score_drawings import bands_drawing, trend_drawing
from strategy.trials import Trial, read_trial, trial_chips
from strategy.views.loaders import edits_plan, load_dashboard, load_plan, may_edit
from strategy.views.pdf import ask_for_pdf, pdf_page

IN_PLAN_ORDER, WORST_FIRST = "piano", "peggiori"


@require_safe
def scorecards(request: HttpRequest, year: int) -> HttpResponse:
    """The ente: perspectives, objectives and actions, the years, the scorecards of everybody."""
    plan = load_plan(request, year)
    dashboards = scored_dashboards(plan)
    if chosen := _other_page(request, dashboards):
        return redirect(chosen)
    scores = plan_scores(plan, dashboards)
    at = chosen_year(request.GET.get("anno", ""), scores.years)
    context = _frame(request, plan, dashboards, scores, at, default=IN_PLAN_ORDER)
    if at is None:
        return render(request, "strategy/scorecards.html", context)
    trial = _trial(request, scores, context)
    card = body_scorecard(scores, at, tried=trial.values)
    is_worst_first = context["is_worst_first"]
    context |= {
        "card": card,
        "bands_drawing": bands_drawing(card.bands),
        "trend_drawing": trend_drawing(card.trend),
        "objectives": worst_nodes(card.objectives) if is_worst_first else (),
        "explained": request.GET.get(EXPLAINED, ""),
        "may_edit": may_edit(request, plan),
        "reads_oversight": has_perm("strategy.read_oversight", request.user, plan),
        "others": worst_dashboards(card.dashboards) if is_worst_first else card.dashboards,
    }
    return render(request, "strategy/scorecards.html", context)


@require_safe
def scorecard_detail(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """A unit, the Secretary General or a dirigente: every row with its degree and its reason."""
    plan = load_plan(request, year)
    dashboards = scored_dashboards(plan)
    if chosen := _other_page(request, dashboards):
        return redirect(chosen)
    dashboard = next((one for one in dashboards if one.slug == slug), None)
    if dashboard is None:
        raise Http404
    if dashboard.kind == DashboardKind.STRATEGIC:
        return redirect("strategy:scorecards", plan.first_year)
    scores = plan_scores(plan, [dashboard])
    at = chosen_year(request.GET.get("anno", ""), scores.years)
    context = _frame(request, plan, dashboards, scores, at, default=WORST_FIRST)
    context |= {"dashboard": dashboard}
    if at is None:
        return render(request, "strategy/scorecard_detail.html", context)
    trial = _trial(request, scores, context)
    card = scorecard(
        scores, dashboard, at, strategic=strategic_indicators(plan), tried=trial.values
    )
    context |= {
        "card": card,
        "bands_drawing": bands_drawing(card.bands),
        "lines": worst_first(card.lines) if context["is_worst_first"] else card.lines,
    }
    return render(request, "strategy/scorecard_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def scorecard_pdf(request: AuthenticatedHttpRequest, year: int, slug: str) -> HttpResponse:
    """The PDF of a scorecard in a year: asked for, followed, downloaded."""
    dashboard = load_dashboard(request, year, slug=slug, kind__in=SCORED)
    at = chosen_year(request.GET.get("anno", ""), years_with_results(dashboard.plan))
    if at is None:
        raise Http404
    printable = PrintableScorecard(dashboard, at)
    if request.method == "POST":
        return ask_for_pdf(request, printable)
    context = pdf_page(printable) | {
        "dashboard": dashboard,
        "title": scorecard_title(dashboard),
        "year": at,
        "back": dashboard_url(dashboard),
    }
    return render(request, "strategy/scorecard_pdf.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def band_limits(request: AuthenticatedHttpRequest, plan: Plan) -> HttpResponse:
    """From where on a degree is called what, while the plan may still be changed."""
    form = BandLimitsForm(request.POST or None, instance=plan)
    if request.method == "POST" and form.is_valid():
        set_band_limits(plan, **form.cleaned_data, by=request.user)
        messages.success(request, _("The limits of the bands are saved."))
        return redirect("strategy:scorecards", plan.first_year)
    context = {"plan": plan, "form": form}
    return render(request, "strategy/band_limits.html", context, status=400 if form.errors else 200)


def scored_dashboards(plan: Plan) -> list[Dashboard]:
    """The dashboards that have a scorecard, as the cascade runs."""
    found = list(plan.dashboards.filter(kind__in=SCORED).from_the_top().select_related("unit"))
    for dashboard in found:
        dashboard.plan = plan
    return found


def _frame(
    request: HttpRequest,
    plan: Plan,
    dashboards: Sequence[Dashboard],
    scores: PlanScores,
    at: int | None,
    *,
    default: str,
) -> dict[str, Any]:
    """What every scorecard shows around its rows: year and order chosen, the other scorecards."""
    order = request.GET.get("ordine")
    chosen = order if order in (IN_PLAN_ORDER, WORST_FIRST) else default
    return {
        "plan": plan,
        "year": at,
        "next_year": at + 1 if at else None,
        "year_before": at - 1 if at else None,
        "years": scores.years,
        "has_before": at is not None and at - 1 in scores.years,
        "is_worst_first": chosen == WORST_FIRST,
        "choices": [(one.slug, scorecard_title(one)) for one in dashboards],
        "indicator_base": reverse("strategy:indicator-list", args=[plan.first_year]),
    }


def scorecard_title(dashboard: Dashboard) -> str:
    """Whose scorecard it is: the ente, a unit, a post."""
    if dashboard.kind == DashboardKind.STRATEGIC:
        return capfirst(str(ScoreLevel.BODY.label))
    return dashboard.title


def _trial(request: HttpRequest, scores: PlanScores, context: dict[str, Any]) -> Trial:
    """The values tried; the page is told what it shows of them."""
    rows = {row.indicator_id: row for found in scores.rows.values() for row in found}
    expected = {
        pk: row.name
        for pk, row in rows.items()
        if scores.attainment(row, context["year"]).is_expected
    }
    trial = read_trial(request.GET, expected, partial(_obstacle, scores, context["year"], rows))
    context |= {
        "trial": trial,
        "trial_names": expected.items(),
        "trial_chips": trial_chips(trial, expected, _kept(request)),
    }
    return trial


def _obstacle(
    scores: PlanScores, year: int, rows: Mapping[int, ScoreRow], pk: int, value: Value
) -> str:
    """Why a value cannot be tried, beside the target that it would be held against."""
    found = scores.obstacle(rows[pk], value, year)
    if not found:
        return ""
    words = _("The target is %(target)s.")
    return f"{found} {words % {'target': scores.target(rows[pk], year).printed}}"


def _other_page(request: HttpRequest, dashboards: Sequence[Dashboard]) -> str:
    """The address of the scorecard chosen in the selector, when it is not the one shown."""
    asked = request.GET.get("scheda", "")
    found = next((one for one in dashboards if one.slug == asked), None)
    if found is None or dashboard_url(found) == request.path:
        return ""
    kept = urlencode({name: text for name, text in _kept(request).items() if text})
    return f"{dashboard_url(found)}{'?' if kept else ''}{kept}"


def _kept(request: HttpRequest) -> dict[str, str]:
    """What every link of the page keeps."""
    return {name: request.GET.get(name, "") for name in ("anno", "ordine")}
