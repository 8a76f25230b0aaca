"""The list of dashboards in the hands of planning: made, named, put in order, removed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organization.http import AuthenticatedHttpRequest
from organization.refusals import refusals_at, refusals_told, tell
from strategy.forms.structure import DashboardForm, MoveForm
from strategy.models import Plan
from strategy.operations import dashboards as operations
from strategy.reports.structure import dashboards_report
from strategy.views.cells import dashboard_of
from strategy.views.loaders import edits_plan
from strategy.views.structure import stale_values


def list_url(plan: Plan, moved: str = "") -> str:
    """The list of the dashboards, with the keyboard on the one that moved."""
    query = {"spostato": moved} if moved else {}
    return reverse("strategy:structure-dashboards", args=[plan.first_year], query=query)


@require_safe
@edits_plan
def structure_dashboards(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The dashboards of the plan in their order, and the ways to change them."""
    context = {
        "plan": plan,
        "dashboards": dashboards_report(plan),
        "moved": request.GET.get("spostato"),
    }
    return render(request, "strategy/structure_dashboards.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def dashboard_add(request: AuthenticatedHttpRequest, plan: Plan) -> HttpResponse:
    """A new dashboard, still empty."""
    form = DashboardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind = form.cleaned_data["kind"]
        with refusals_at(form):
            made = operations.add_dashboard(plan, kind=kind, fields=form.facts(), by=request.user)
            messages.success(request, _("“%(name)s” is added.") % {"name": made})
            return redirect("strategy:dashboard-rows", plan.first_year, made.slug)
    context = {"plan": plan, "form": form, "list_url": list_url(plan)}
    status = 400 if form.errors else 200
    return render(request, "strategy/dashboard_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def dashboard_rename(request: AuthenticatedHttpRequest, plan: Plan, slug: str) -> HttpResponse:
    """Heading, sign and unit of a dashboard."""
    dashboard = dashboard_of(plan, slug=slug)
    form = DashboardForm(request.POST or None, dashboard=dashboard)
    saved: dict[str, str] = {}
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.change_dashboard(
                dashboard, fields=form.facts(), was=form.cleaned_data["was"], by=request.user
            )
        except ValidationError as error:
            dashboard = dashboard_of(plan, slug=slug)
            saved = stale_values(form, error, dashboard, operations.FIELDS)
            tell(form, error)
        else:
            messages.success(request, _("“%(name)s” is saved.") % {"name": made})
            return redirect(list_url(plan, slug))
    context = {
        "plan": plan,
        "form": form,
        "dashboard": dashboard,
        "saved": saved,
        "list_url": list_url(plan),
    }
    status = 400 if form.errors else 200
    return render(request, "strategy/dashboard_form.html", context, status=status)


@require_POST
@edits_plan
def dashboard_move(request: AuthenticatedHttpRequest, plan: Plan) -> HttpResponse:
    """A dashboard takes a step in the order, or is dropped at a place."""
    form = MoveForm(request.POST)
    slugs = [one.slug for one in plan.dashboards.order_by("position", "pk")]
    if not form.is_valid() or form.cleaned_data["item"] not in slugs:
        messages.error(request, _("It is not there any more: look at the list again."))
        return redirect(list_url(plan))
    slug = form.cleaned_data["item"]
    index = form.cleaned_data["index"] or 0
    if direction := form.cleaned_data["direction"]:
        index = max(slugs.index(slug) + (1 if direction == "down" else -1), 0)
    with refusals_told(request):
        moved = operations.move_dashboard(
            dashboard_of(plan, slug=slug), index=index, by=request.user
        )
        messages.success(request, _("“%(name)s” is moved.") % {"name": moved})
    return redirect(list_url(plan, slug))


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def dashboard_remove(request: AuthenticatedHttpRequest, plan: Plan, slug: str) -> HttpResponse:
    """Asks, saying what stands on the dashboard; a POST removes an empty one."""
    dashboard = dashboard_of(plan, slug=slug)
    if request.method == "POST":
        with refusals_told(request):
            operations.remove_dashboard(dashboard, by=request.user)
            messages.success(request, _("“%(name)s” is removed.") % {"name": dashboard})
            return redirect(list_url(plan))
        return redirect("strategy:dashboard-remove", plan.first_year, slug)
    context = {
        "plan": plan,
        "dashboard": dashboard,
        "row_count": dashboard.rows.count(),
        "blocks": operations.blocks_that_print(dashboard),
        "list_url": list_url(plan),
    }
    return render(request, "strategy/dashboard_remove.html", context)
