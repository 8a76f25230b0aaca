"""The calendar of the monitoring: everybody reads it, planning moves, locks and reopens."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from rules import has_perm

from organization import clock
from organization.http import AuthenticatedHttpRequest
from organization.refusals import refusals_told
from strategy.forms.monitoring import PeriodForm, PeriodsForm, ReopenForm
from strategy.models import MonitoringPeriod, Plan
from strategy.operations import periods as operations
from strategy.reports.periods import period_lines
from strategy.views.attempts import attempt
from strategy.views.loaders import load_plan

LOCK, REOPEN = "lock", "reopen"


@require_http_methods(["GET", "HEAD", "POST"])
def period_list(request: AuthenticatedHttpRequest, year: int) -> HttpResponse:
    """The periods of a plan; a POST locks the chosen ones, or reopens them with a reason."""
    plan = load_plan(request, year)
    if request.method != "POST":
        return _page(request, plan)
    _refuse_readers(request, plan)
    if request.POST.get("act") not in (LOCK, REOPEN):
        raise BadRequest
    form = (ReopenForm if request.POST["act"] == REOPEN else PeriodsForm)(plan, request.POST)
    if not form.is_valid():
        return _page(request, plan, form)
    try:
        changed = _done(form, request)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, plan, form, status=409)
    messages.success(request, _said(request.POST["act"], changed))
    return redirect("strategy:period-list", year)


@require_http_methods(["GET", "HEAD", "POST"])
def period_add(request: AuthenticatedHttpRequest, year: int) -> HttpResponse:
    """One more period."""
    plan = load_plan(request, year)
    _refuse_readers(request, plan)
    form = PeriodForm(request.POST or None)
    add = partial(operations.add_period, plan, by=request.user)
    if request.method == "POST" and not attempt(form, add):
        messages.success(request, _("The period is added."))
        return redirect("strategy:period-list", year)
    status = 400 if form.errors else 200
    return render(request, "strategy/period_form.html", {"plan": plan, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def period_edit(request: AuthenticatedHttpRequest, year: int, pk: int) -> HttpResponse:
    """The days of a period."""
    plan, period = _load(request, year, pk)
    days = {"ends_on": period.ends_on, "opens_on": period.opens_on, "closes_on": period.closes_on}
    form = PeriodForm(request.POST or None, initial=days)
    change = partial(operations.change_period, period, by=request.user)
    if request.method == "POST" and not attempt(form, change):
        messages.success(request, _("The period is saved."))
        return redirect("strategy:period-list", year)
    today = clock.today()
    is_near = period.year <= today.year and today < period.opens_on
    context = {
        "plan": plan,
        "period": period,
        "form": form,
        "may_open": is_near and not period.is_locked,
    }
    status = 400 if form.errors else 200
    return render(request, "strategy/period_form.html", context, status=status)


@require_POST
def period_open(request: AuthenticatedHttpRequest, year: int, pk: int) -> HttpResponse:
    """Open a period today, before its day."""
    _plan, period = _load(request, year, pk)
    with refusals_told(request):
        operations.open_period(period, by=request.user)
        messages.success(request, _("The period is open."))
    return redirect("strategy:period-list", year)


@require_http_methods(["GET", "HEAD", "POST"])
def period_remove(request: AuthenticatedHttpRequest, year: int, pk: int) -> HttpResponse:
    """Asks; a POST removes the period."""
    plan, period = _load(request, year, pk)
    if request.method == "POST":
        with refusals_told(request):
            operations.remove_period(period, by=request.user)
            messages.success(request, _("The period is removed."))
        return redirect("strategy:period-list", year)
    return render(request, "strategy/period_remove.html", {"plan": plan, "period": period})


def _load(request: AuthenticatedHttpRequest, year: int, pk: int) -> tuple[Plan, MonitoringPeriod]:
    """The plan and one of its periods for whoever may change it; 404 to strangers, 403 to
    readers."""
    plan = load_plan(request, year)
    _refuse_readers(request, plan)
    period = get_object_or_404(plan.periods, pk=pk)
    period.plan = plan
    return plan, period


def _refuse_readers(request: HttpRequest, plan: Plan) -> None:
    if not has_perm("strategy.edit_periods", request.user, plan):
        raise PermissionDenied


def _done(form: Any, request: AuthenticatedHttpRequest) -> list[MonitoringPeriod]:
    chosen = list(form.cleaned_data.pop("periods"))
    if isinstance(form, ReopenForm):
        return operations.reopen_periods(chosen, **form.cleaned_data, by=request.user)
    return operations.lock_periods(chosen, by=request.user)


def _said(act: str, changed: Sequence[MonitoringPeriod]) -> str:
    count = len(changed)
    if act == REOPEN:
        words = ngettext("%(count)s period reopened.", "%(count)s periods reopened.", count)
    else:
        words = ngettext("%(count)s period locked.", "%(count)s periods locked.", count)
    return words % {"count": count}


def _page(
    request: AuthenticatedHttpRequest, plan: Plan, form: Any = None, *, status: int = 200
) -> HttpResponse:
    lines = period_lines(plan, clock.today())
    context = {
        "plan": plan,
        "lines": lines,
        "open_line": next((line for line in lines if line.is_open), None),
        "next_line": next((line for line in lines if line.is_to_come), None),
        "may_edit": has_perm("strategy.edit_periods", request.user, plan),
        "form": form if isinstance(form, ReopenForm) else ReopenForm(plan),
        "errors": form.non_field_errors() + form["periods"].errors if form else [],
        "chosen": request.POST.getlist("periods"),
    }
    return render(request, "strategy/period_list.html", context, status=status)
