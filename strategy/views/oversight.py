"""The workspace of the OIV: a year objective by objective, and what is missing of it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from rules import has_perm

from organization.http import AuthenticatedHttpRequest
from strategy.models import Plan
from strategy.oversight_csv import oversight_csv
from strategy.oversight_filters import select_oversight
from strategy.reports.closing import DamagedClosingError, data_of, standing_closing
from strategy.reports.oversight import oversight_report, readable_proofs
from strategy.reports.year import YearReport
from strategy.views.closing import damaged
from strategy.views.loaders import load_plan
from strategy.views.reporting import begun_year, last_over, year_frame

CSV = "text/csv; charset=utf-8"


def load_oversight(request: HttpRequest, year: int) -> Plan:
    """The plan, if the person may read what the OIV looks at: 404 for a stranger to the plan, 403
    for its other readers."""
    plan = load_plan(request, year)
    if not has_perm("strategy.read_oversight", request.user, plan):
        raise PermissionDenied
    return plan


@require_safe
def oversight(request: HttpRequest, year: int) -> HttpResponse:
    """The way in: the last year that is over."""
    plan = load_oversight(request, year)
    return redirect("strategy:oversight-year", year, last_over(plan))


@require_safe
def oversight_year(request: AuthenticatedHttpRequest, year: int, at: int) -> HttpResponse:
    """A year, with its filter and its order in the address."""
    plan = load_oversight(request, year)
    at = begun_year(plan, at)
    closing = standing_closing(plan, at)
    try:
        found = oversight_report(plan, YearReport(data_of(plan, at, closing)))
    except DamagedClosingError as error:
        return damaged(request, error.closing)
    selection = select_oversight(found, request.GET.dict())
    csv = reverse("strategy:oversight-csv", args=[year, at])
    context = year_frame(plan, at, lambda each: address(plan, each)) | {
        "closing": closing,
        "found": found,
        "selection": selection,
        "readable": readable_proofs(plan, request.user),
        "notes_url": reverse("strategy:oversight-notes", args=[year, at]),
        "takes_notes": has_perm("strategy.write_oversight_note", request.user, plan),
        "csv_url": f"{csv}?{selection.query}",
        "indicator_base": reverse("strategy:indicator-list", args=[year]),
    }
    return render(request, "strategy/oversight.html", context)


@require_safe
def oversight_file(request: HttpRequest, year: int, at: int) -> HttpResponse:
    """What the filter of the address chooses, as CSV."""
    plan = load_oversight(request, year)
    at = begun_year(plan, at)
    try:
        found = oversight_report(plan, YearReport(data_of(plan, at, standing_closing(plan, at))))
    except DamagedClosingError as error:
        return damaged(request, error.closing)
    selection = select_oversight(found, request.GET.dict())
    name = f"spazio-oiv-{at}.csv"
    return HttpResponse(
        oversight_csv(at, selection.objectives),
        content_type=CSV,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def address(plan: Plan, at: int) -> str:
    """The workspace of a year."""
    return reverse("strategy:oversight-year", args=[plan.first_year, at])
