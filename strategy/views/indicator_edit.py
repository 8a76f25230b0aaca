"""Indicators in the hands of planning: made, described anew, retired, taken back, deleted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from indicators.likeness import alike
from indicators.models import Indicator
from organization.http import AuthenticatedHttpRequest
from organization.refusals import refusals_told, tell
from strategy.forms.structure import IndicatorForm, RetireForm
from strategy.indicator_search import found_indicators
from strategy.models import Dashboard, Plan
from strategy.operations import indicators as operations
from strategy.reports.usage import usage_report
from strategy.views.cells import dashboard_of
from strategy.views.loaders import edits_plan
from strategy.views.rows import rows_url

READ = ("GET", "HEAD", "POST")


@require_http_methods(READ)
@edits_plan
def indicator_add(request: AuthenticatedHttpRequest, plan: Plan, slug: str) -> HttpResponse:
    """A new indicator on a dashboard; those that look like it are shown before it is made."""
    dashboard = dashboard_of(plan, slug=slug)
    initial = {
        "action": request.GET.get("azione", "")[:18],
        "name": request.GET.get("nome", "").replace("\0", "")[:500],
    }
    form = IndicatorForm(request.POST or None, dashboard=dashboard, initial=initial)
    twins: list[Any] = []
    if request.method == "POST" and form.is_valid():
        # What is another one is the name that was shown with those like it, and no other name.
        if form.cleaned_data["is_another"] != form.cleaned_data["name"]:
            twins = _twins(plan, dashboard, form.cleaned_data["name"])
        if not twins and (indicator := _create(request, dashboard, form)):
            told = _("“%(indicator)s” is made. Next step: its targets, in the grid.")
            messages.success(request, told % {"indicator": indicator})
            return redirect(rows_url(dashboard))
    context = {"plan": plan, "dashboard": dashboard, "form": form, "twins": twins}
    context["rows_url"] = rows_url(dashboard)
    status = 400 if form.errors else 200
    return render(request, "strategy/indicator_form.html", context, status=status)


def _twins(plan: Plan, dashboard: Dashboard, name: str) -> list[Any]:
    """Indicators whose names are like this one, each with where it stands."""
    found = alike(name, Indicator.objects.values_list("pk", "name"))
    return [found_indicators(plan, dashboard, "", pk=str(one.pk))[0] for one in found]


def _create(
    request: AuthenticatedHttpRequest, dashboard: Dashboard, form: IndicatorForm
) -> Indicator | None:
    try:
        return operations.create_indicator(
            dashboard,
            action=form.cleaned_data["action"],
            fields=form.facts(),
            new_source=form.cleaned_data["new_source"],
            by=request.user,
        )
    except ValidationError as error:
        tell(form, error)
        return None


def load_indicator(plan: Plan, pk: int) -> Indicator:
    """An indicator that the plan shows, one retired, or one that stands nowhere; 404 for those of
    other plans."""
    kept = Q(rows__dashboard__plan=plan) | Q(retired_on__isnull=False) | Q(rows__isnull=True)
    return get_object_or_404(Indicator.objects.with_source().filter(kept).distinct(), pk=pk)


@require_http_methods(READ)
@edits_plan
def indicator_edit(request: AuthenticatedHttpRequest, plan: Plan, pk: int) -> HttpResponse:
    """What an indicator is: name, source, supplier, what it divides."""
    indicator = load_indicator(plan, pk)
    form = IndicatorForm(request.POST or None, indicator=indicator)
    saved: dict[str, str] = {}
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_indicator(
                indicator,
                plan=plan,
                fields=form.facts(),
                new_source=form.cleaned_data["new_source"],
                was=form.cleaned_data["was"],
                by=request.user,
            )
        except ValidationError as error:
            indicator = load_indicator(plan, pk)
            if getattr(error, "code", "") == "stale":
                form.bring_up_to_date(operations.indicator_fingerprint(indicator))
                saved = _different(form, indicator)
            tell(form, error)
        else:
            messages.success(request, _("The indicator is saved."))
            return redirect("strategy:indicator-detail", plan.first_year, pk)
    context = {"plan": plan, "indicator": indicator, "form": form, "saved": saved}
    context["usage"] = usage_report(plan, indicator)
    status = 400 if form.errors else 200
    return render(request, "strategy/indicator_form.html", context, status=status)


def _different(form: IndicatorForm, indicator: Indicator) -> dict[str, str]:
    """What stands now where it is not what was typed, by label."""
    return {
        str(form.fields[name].label): str(getattr(indicator, name) or "–")
        for name, typed in form.facts().items()
        if getattr(indicator, name) != typed
    }


@require_http_methods(READ)
@edits_plan
def indicator_retire(request: AuthenticatedHttpRequest, plan: Plan, pk: int) -> HttpResponse:
    """Says where an indicator is used; a POST retires it or, if nothing would miss it, deletes
    it."""
    indicator = load_indicator(plan, pk)
    is_deleting = "delete" in request.POST
    form = RetireForm(None if is_deleting else request.POST or None)
    if request.method == "POST" and (is_deleting or form.is_valid()):
        with refusals_told(request):
            if is_deleting:
                operations.delete_indicator(indicator, plan=plan, by=request.user)
                told = _("“%(indicator)s” is deleted.")
            else:
                reason = form.cleaned_data["reason"]
                operations.retire_indicator(indicator, plan=plan, reason=reason, by=request.user)
                told = _("“%(indicator)s” is retired. It can be taken back from the search.")
            messages.success(request, told % {"indicator": indicator})
            return redirect("strategy:indicator-list", plan.first_year)
        return redirect("strategy:indicator-retire", plan.first_year, pk)
    context = {
        "plan": plan,
        "indicator": indicator,
        "form": form,
        "usage": usage_report(plan, indicator),
    }
    status = 400 if form.errors else 200
    return render(request, "strategy/indicator_retire.html", context, status=status)


@require_POST
@edits_plan
def indicator_resume(request: AuthenticatedHttpRequest, plan: Plan, pk: int) -> HttpResponse:
    """A retired indicator is taken back into use; the search that offered it comes back."""
    indicator = load_indicator(plan, pk)
    with refusals_told(request):
        operations.resume_indicator(indicator, plan=plan, by=request.user)
        told = _("“%(indicator)s” is in use again: put it on a dashboard.")
        messages.success(request, told % {"indicator": indicator})
    slug = request.POST.get("dashboard", "").replace("\0", "")
    dashboard = plan.dashboards.filter(slug=slug).first()
    if dashboard is None:
        return redirect("strategy:dashboard-list", plan.first_year)
    query = {"q": request.POST.get("q", ""), "azione": request.POST.get("action", "")[:18]}
    arguments = [plan.first_year, dashboard.slug]
    return redirect(reverse("strategy:row-add", args=arguments, query=query))
