"""The rows of a dashboard in the hands of planning: order, weights, additions, removals."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from organization.http import AuthenticatedHttpRequest
from organization.refusals import refusals_at, refusals_told
from strategy.forms.structure import (
    MoveForm,
    RowAddForm,
    RowMoveForm,
    actions_of,
    typed_weights,
    weight_changes,
)
from strategy.indicator_search import found_indicators
from strategy.models import Action, Dashboard, DashboardRow, Plan
from strategy.operations import rows as operations
from strategy.reports.structure import rows_report
from strategy.views.cells import dashboard_of
from strategy.views.loaders import edits_plan


def rows_url(dashboard: Dashboard, moved: int | None = None) -> str:
    """The page of the rows, with the keyboard on the one that moved."""
    arguments = [dashboard.plan.first_year, dashboard.slug]
    query = {"spostata": moved} if moved else {}
    return reverse("strategy:dashboard-rows", args=arguments, query=query)


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def dashboard_rows(request: AuthenticatedHttpRequest, plan: Plan, slug: str) -> HttpResponse:
    """The rows with their weights; a POST saves the weights, all or none."""
    dashboard = dashboard_of(plan, slug=slug)
    problem = ""
    typed = typed_weights(request.POST)
    if request.method == "POST":
        problem, is_stale = _save_weights(request, dashboard)
        if not problem:
            return redirect(rows_url(dashboard))
        if is_stale:
            # What stands now is on the page: saving again is meant, of what was typed alone.
            changes, _wrong = weight_changes(request.POST)
            typed = {pk: replace(typed[pk], was="") for pk in changes}
    context = {
        "plan": plan,
        "dashboard": dashboard,
        "report": rows_report(dashboard, typed),
        "problem": problem,
        "moved": request.GET.get("spostata"),
    }
    status = 400 if problem else 200
    return render(request, "strategy/dashboard_rows_edit.html", context, status=status)


def _save_weights(request: AuthenticatedHttpRequest, dashboard: Dashboard) -> tuple[str, bool]:
    """Save them and say so, or say why not, and whether somebody else was faster."""
    changes, wrong = weight_changes(request.POST)
    if wrong:
        told = ngettext(
            "Not saved: %(n)s weight cannot be read. A weight is above zero, with two decimals at "
            "most: 1, 2,5 or 20.",
            "Not saved: %(n)s weights cannot be read. A weight is above zero, with two decimals "
            "at most: 1, 2,5 or 20.",
            len(wrong),
        )
        return told % {"n": len(wrong)}, False
    try:
        count = operations.set_weights(dashboard, weights=changes, by=request.user)
    except ValidationError as error:
        return " ".join(error.messages), isinstance(error, operations.WeightsRefusedError)
    told = ngettext("%(n)s weight saved.", "%(n)s weights saved.", count) % {"n": count}
    messages.success(request, told if count else _("Nothing to save: every weight is as it was."))
    return "", False


@require_POST
@edits_plan
def row_move(request: AuthenticatedHttpRequest, plan: Plan, slug: str) -> HttpResponse:
    """A row takes a step among those of its action, or is dropped at a place."""
    dashboard = dashboard_of(plan, slug=slug)
    form = MoveForm(request.POST)
    row = _named(dashboard, form.cleaned_data["item"]) if form.is_valid() else None
    if row is None:
        messages.error(request, _("The row is not there any more: look at the dashboard again."))
        return redirect(rows_url(dashboard))
    with refusals_told(request):
        action, index = _destination(dashboard, row, form)
        operations.move_row(row, action=action, index=index, by=request.user)
        messages.success(request, _("“%(row)s” is moved.") % {"row": row})
    return redirect(rows_url(dashboard, row.pk))


def _named(dashboard: Dashboard, name: str) -> DashboardRow | None:
    if not (name.isascii() and name.isdigit() and len(name) < 18):
        return None
    rows = DashboardRow.objects.filter(dashboard=dashboard, pk=int(name))
    row = rows.select_related("action__objective__perspective", "indicator").first()
    if row is not None:
        row.dashboard = dashboard
    return row


def _destination(dashboard: Dashboard, row: DashboardRow, form: MoveForm) -> tuple[Action, int]:
    """The action a row goes to, and its place among the rows that stand there."""
    if direction := form.cleaned_data["direction"]:
        own = dashboard.rows.filter(action=row.action).order_by("position", "pk")
        index = list(own.values_list("pk", flat=True)).index(row.pk)
        return row.action, max(index + (1 if direction == "down" else -1), 0)
    parent = form.cleaned_data["parent"]
    pk = int(parent) if parent.isascii() and parent.isdigit() and len(parent) < 18 else 0
    action = actions_of(dashboard.plan, dashboard).filter(pk=pk).first()
    if action is None:
        raise ValidationError(_("There is no place there."))
    return action, form.cleaned_data["index"] or 0


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def row_add(request: AuthenticatedHttpRequest, plan: Plan, slug: str) -> HttpResponse:
    """An indicator that exists is searched and put on the dashboard; it is never retyped."""
    dashboard = dashboard_of(plan, slug=slug)
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:200]
    form = RowAddForm(plan, dashboard, request.POST or None, initial={"action": _asked(request)})
    problem = ""
    if request.method == "POST":
        problem = _put(request, dashboard, form)
        if not problem:
            return redirect(rows_url(dashboard))
    context = {
        "plan": plan,
        "dashboard": dashboard,
        "form": form,
        "query": query,
        "problem": problem,
        "found": found_indicators(plan, dashboard, query) if query else None,
        "action": _asked(request),
    }
    status = 400 if problem else 200
    return render(request, "strategy/row_add.html", context, status=status)


def _asked(request: HttpRequest) -> str:
    return request.GET.get("azione", "")[:18]


def _put(request: AuthenticatedHttpRequest, dashboard: Dashboard, form: RowAddForm) -> str:
    """Put the chosen indicator on the dashboard and say so, or say why not."""
    chosen = request.POST.get("indicator", "")
    if not form.is_valid():
        return _("Choose the action under which it goes.")
    found = found_indicators(dashboard.plan, dashboard, "", pk=chosen)
    if not found:
        return _("Choose one of the indicators found.")
    try:
        row = operations.add_row(
            dashboard,
            action=form.cleaned_data["action"],
            indicator=found[0].indicator,
            by=request.user,
        )
    except ValidationError as error:
        return " ".join(error.messages)
    told = _("“%(row)s” stands on the dashboard, under “%(action)s”.")
    messages.success(request, told % {"row": row, "action": row.action})
    return ""


def load_row(plan: Plan, pk: int) -> DashboardRow:
    """A row of the plan with all it needs; 404 when the plan has none such."""
    rows = DashboardRow.objects.filter(dashboard__plan=plan).select_related(
        "dashboard__unit", "indicator", "action__objective__perspective"
    )
    row = get_object_or_404(rows, pk=pk)
    row.dashboard.plan = plan
    return row


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def row_edit(request: AuthenticatedHttpRequest, plan: Plan, pk: int) -> HttpResponse:
    """Under which action a row stands."""
    row = load_row(plan, pk)
    others = _others(row)
    form = RowMoveForm(row, len(others), request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_at(form):
            operations.move_row(
                row,
                action=form.cleaned_data["action"],
                everywhere=form.cleaned_data.get("everywhere", False),
                by=request.user,
            )
            messages.success(request, _("“%(row)s” is moved.") % {"row": row})
            return redirect(rows_url(row.dashboard, row.pk))
    context = {"plan": plan, "row": row, "form": form, "others": others}
    context["rows_url"] = rows_url(row.dashboard)
    status = 400 if form.errors else 200
    return render(request, "strategy/row_edit.html", context, status=status)


def _others(row: DashboardRow) -> list[DashboardRow]:
    """The rows of the same indicator under the same action of other dashboards of the plan."""
    rows = DashboardRow.objects.filter(
        dashboard__plan=row.dashboard.plan, indicator=row.indicator, action=row.action
    )
    return list(rows.exclude(pk=row.pk).select_related("dashboard__unit").in_order())


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def row_remove(request: AuthenticatedHttpRequest, plan: Plan, pk: int) -> HttpResponse:
    """Asks, saying where the indicator stays; a POST takes the row off the dashboard."""
    row = load_row(plan, pk)
    if request.method == "POST":
        with refusals_told(request):
            operations.remove_row(row, by=request.user)
            told = _("“%(row)s” is taken off the dashboard.")
            messages.success(request, told % {"row": row})
        return redirect(rows_url(row.dashboard))
    elsewhere = DashboardRow.objects.filter(dashboard__plan=plan, indicator=row.indicator)
    context: dict[str, Any] = {
        "plan": plan,
        "row": row,
        "elsewhere": elsewhere.exclude(pk=row.pk).select_related("dashboard__unit").in_order(),
        "rows_url": rows_url(row.dashboard),
    }
    return render(request, "strategy/row_remove.html", context)
