"""The grid in which targets and results are written: its page, its plain form, its save."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from organization import clock
from organization.http import AuthenticatedHttpRequest
from strategy.cell_changes import (
    CellChange,
    CellKey,
    CellVerdict,
    PayloadError,
    change,
    changes_from,
)
from strategy.enums import DashboardKind
from strategy.models import Dashboard, Plan
from strategy.operations.cells import CellsRefusedError, save_cells
from strategy.reports.cells import review_cells
from strategy.reports.closing import closed_years
from strategy.reports.grid import grid_form, grid_report
from strategy.views.grid_words import grid_words
from strategy.views.loaders import edits_plan

JSON = "application/json"
FORM = "modulo"
KEEP = "mine"


def dashboard_of(plan: Plan, **which: Any) -> Dashboard:
    """A dashboard of a plan that is already loaded; 404 when it has none such."""
    dashboard = get_object_or_404(Dashboard.objects.select_related("unit"), plan=plan, **which)
    dashboard.plan = plan
    return dashboard


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def strategic_dashboard_edit(request: AuthenticatedHttpRequest, plan: Plan) -> HttpResponse:
    """The grid of the strategic dashboard; a POST saves all its changed cells, or none."""
    return edit(request, dashboard_of(plan, kind=DashboardKind.STRATEGIC))


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def dashboard_edit(request: AuthenticatedHttpRequest, plan: Plan, slug: str) -> HttpResponse:
    """The same for the dashboard of a unit, of the Secretary General, of the dirigente."""
    dashboard = dashboard_of(plan, slug=slug)
    if dashboard.kind == DashboardKind.STRATEGIC and request.method != "POST":
        return redirect(dashboard.edit_url)
    return edit(request, dashboard)


@require_POST
@edits_plan
def dashboard_check(request: AuthenticatedHttpRequest, plan: Plan, slug: str) -> HttpResponse:
    """How the server reads the cells being written, and what stands against them; nothing is
    saved."""
    dashboard = dashboard_of(plan, slug=slug)
    try:
        changes = changes_from(_payload(request))
    except PayloadError:
        return _unreadable()
    review = review_cells(dashboard, plan, changes, today=clock.today())
    return JsonResponse({"cells": [verdict.as_data() for verdict in review.verdicts]})


def edit(request: AuthenticatedHttpRequest, dashboard: Dashboard) -> HttpResponse:
    """Page, form or save, as it was asked for."""
    if request.method == "POST":
        if request.content_type == JSON:
            return _save_sent(request, dashboard)
        return _save_form(request, dashboard)
    if FORM in request.GET:
        return _form_page(request, dashboard)
    report = grid_report(dashboard, this_year=clock.today().year)
    context = {
        **_frame(dashboard),
        "report": report,
        "words": grid_words(),
        "check_url": reverse(
            "strategy:dashboard-check", args=[dashboard.plan.first_year, dashboard.slug]
        ),
    }
    return render(request, "strategy/grid.html", context)


def _frame(dashboard: Dashboard) -> dict[str, Any]:
    closed = closed_years(dashboard.plan)
    return {
        "plan": dashboard.plan,
        "dashboard": dashboard,
        "edit_url": dashboard.edit_url,
        "closed_years": closed,
        "closed_list": ", ".join(map(str, sorted(closed))),
    }


def _payload(request: HttpRequest) -> Any:
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError):
        raise PayloadError("json") from None


def _unreadable() -> JsonResponse:
    error = _("What was sent cannot be read: reload the page. What you wrote is kept.")
    return JsonResponse({"error": error}, status=400)


def _save_sent(request: AuthenticatedHttpRequest, dashboard: Dashboard) -> JsonResponse:
    """The changed cells as the page sends them; the answer tells each cell's fate."""
    try:
        saved = save_cells(dashboard, changes=changes_from(_payload(request)), by=request.user)
    except PayloadError:
        return _unreadable()
    except CellsRefusedError as refused:
        cells = [verdict.as_data() for verdict in refused.verdicts]
        # Not an error of the request: the browser would note a 422 in its console at every save.
        return JsonResponse({"cells": cells, "refused": refused_words(refused)})
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=409)
    return JsonResponse(
        {"saved": {str(key): text for key, text in saved.items()}, "message": saved_words(saved)}
    )


def saved_words(saved: Mapping[CellKey, str]) -> str:
    """What was done."""
    count = len(saved)
    if not count:
        return _("Nothing to save: every cell is as it was.")
    return ngettext("%(count)s cell saved.", "%(count)s cells saved.", count) % {"count": count}


def refused_words(refused: CellsRefusedError) -> str:
    """What was not done."""
    faulty, total = len(refused.faulty), len(refused.verdicts)
    told = ngettext(
        "Not saved: %(faulty)s cell of %(total)s waits for you. No cell was changed.",
        "Not saved: %(faulty)s cells of %(total)s wait for you. No cell was changed.",
        faulty,
    )
    return told % {"faulty": faulty, "total": total}


# Without JavaScript: a form of fields, page by page


def _form_page(
    request: AuthenticatedHttpRequest,
    dashboard: Dashboard,
    changes: Sequence[CellChange] = (),
    verdicts: Sequence[CellVerdict] = (),
    error: str = "",
) -> HttpResponse:
    page = request.GET.get(FORM, "")
    frame = _frame(dashboard)
    form = grid_form(
        grid_report(dashboard, this_year=clock.today().year),
        number=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        changes=changes,
        verdicts=verdicts,
        closed=frame["closed_years"],
    )
    context = {**frame, "form": form, "error": error, "count": len(changes)}
    return render(request, "strategy/grid_form.html", context)


def _save_form(request: AuthenticatedHttpRequest, dashboard: Dashboard) -> HttpResponse:
    changes = form_changes(request.POST)
    saved: Mapping[CellKey, str] = {}
    try:
        if changes:
            saved = save_cells(dashboard, changes=changes, by=request.user)
    except CellsRefusedError as refused:
        error = refused_words(refused)
        return _form_page(request, dashboard, changes, refused.verdicts, error)
    except ValidationError as error:
        return _form_page(request, dashboard, changes, error=" ".join(error.messages))
    messages.success(request, saved_words(saved))
    return redirect(request.get_full_path())


def form_changes(data: Mapping[str, str]) -> list[CellChange]:
    """The fields that no longer say what the page was loaded with.

    Of a conflict the person says which text stays (`pick-…`): without an answer it comes back.
    """
    loaded = _loaded(data.get("loaded", ""))
    changes = []
    for name, text in data.items():
        key = CellKey.read(name)
        if key is None or not isinstance(text, str):
            continue
        was = loaded.get(name, "")
        pick = data.get(f"pick-{name}", "")
        if pick:
            was = data.get(f"saved-{name}", "")
        made = change(
            key,
            text=text if pick in ("", KEEP) else was,
            was=was,
            reason=data.get(f"reason-{name}", ""),
        )
        if made.text != made.was:
            changes.append(made)
    return changes


def _loaded(text: str) -> dict[str, str]:
    """The texts the page was loaded with; a damaged list counts as none, so nothing is
    overwritten."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: value for name, value in found.items() if isinstance(value, str)}
