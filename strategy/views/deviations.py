"""The deviations of a year: every indicator off target, why, what is done about it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from rules import has_perm

from organization.http import AuthenticatedHttpRequest
from organization.models import User
from strategy.deviation_csv import deviations_csv
from strategy.deviation_filters import Selection, select_deviations
from strategy.forms.deviations import DeviationForm
from strategy.models import DeviationReason, Plan, YearClosing
from strategy.operations import explain_deviation
from strategy.operations.deviations import seen_of
from strategy.reports.closing import (
    DamagedClosingError,
    data_of,
    may_decide_of,
    standing_closing,
    suppliers_of,
)
from strategy.reports.year import YearReport
from strategy.reports.year_lines import YearLine
from strategy.views.attempts import attempt
from strategy.views.closing import damaged
from strategy.views.loaders import load_plan
from strategy.views.reporting import asked_year, year_frame

CSV = "text/csv; charset=utf-8"
CONFLICTS = {"stale", "changed", "closed_year"}


@require_safe
def deviations(request: HttpRequest, year: int) -> HttpResponse:
    """The list, with its filters in the address."""
    plan = load_plan(request, year)
    at = asked_year(request, plan)
    closing = standing_closing(plan, at)
    try:
        report = YearReport(data_of(plan, at, closing))
    except DamagedClosingError as error:
        return damaged(request, error.closing)
    selection = _selection(request, report)
    lines = selection.lines
    csv = reverse("strategy:deviations-csv", args=[plan.first_year])
    context = year_frame(plan, at, lambda each: address(plan, each)) | {
        "closing": closing,
        "report": report,
        "selection": selection,
        "untold_count": sum(line.lacks_reason for line in report.off_target),
        "is_all_told": all(line.has_reason for line in report.off_target),
        "explained": _explained_by(request.user, plan, closing, lines),
        "csv_url": f"{csv}?{selection.query}",
        "indicator_base": reverse("strategy:indicator-list", args=[plan.first_year]),
    }
    return render(request, "strategy/deviations.html", context)


@require_safe
def deviation_file(request: HttpRequest, year: int) -> HttpResponse:
    """The deviations that the filters of the address choose, as CSV."""
    plan = load_plan(request, year)
    at = asked_year(request, plan)
    try:
        report = YearReport(data_of(plan, at, standing_closing(plan, at)))
    except DamagedClosingError as error:
        return damaged(request, error.closing)
    name = f"scostamenti-{at}.csv"
    return HttpResponse(
        deviations_csv(at, _selection(request, report).lines),
        content_type=CSV,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def deviation_edit(request: AuthenticatedHttpRequest, year: int, pk: int) -> HttpResponse:
    """Why one indicator is off target; a POST writes it."""
    plan = load_plan(request, year)
    at = asked_year(request, plan)
    if standing_closing(plan, at) is None:
        report = YearReport(data_of(plan, at, None))
        line = next((one for one in report.off_target if one.indicator_id == pk), None)
    else:
        line = None
    if line is None:
        raise Http404
    if not _may_explain(request.user, plan, pk):
        raise PermissionDenied
    form = DeviationForm(request.POST or None, initial=_initial(plan, at, line))
    code = ""
    if request.method == "POST":
        explain = partial(explain_deviation, plan, at, indicator=pk, by=request.user)
        code = attempt(form, explain)
        if not code:
            messages.success(request, _("The reason is written."))
            return redirect(address(plan, at))
    status = 409 if code in CONFLICTS else 200
    context = {
        "plan": plan,
        "year": at,
        "line": line,
        "form": form,
        "back": address(plan, at),
        "saved": _own(plan, at, pk) if status == 409 else None,
    }
    return render(request, "strategy/deviation_edit.html", context, status=status)


def address(plan: Plan, at: int) -> str:
    """The deviations of a year."""
    return f"{reverse('strategy:deviations', args=[plan.first_year])}?anno={at}"


def _selection(request: HttpRequest, report: YearReport) -> Selection:
    names = {one.code: one.title for one in report.dashboards}
    return select_deviations(report.off_target, request.GET.dict(), dashboards=names)


def _own(plan: Plan, at: int, pk: int) -> DeviationReason | None:
    """The reason written for the year, if there is one."""
    written = DeviationReason.objects.filter(plan=plan, year=at, indicator=pk)
    return written.select_related("written_by__person").first()


def _initial(plan: Plan, at: int, line: YearLine) -> dict[str, Any]:
    """What stands there: also what was sent with the figure, to be bettered."""
    told = line.told
    return {
        "reason": told.reason if told else "",
        "cause": told.cause if told else "",
        "corrective_action": told.corrective_action if told else "",
        "seen": seen_of(_own(plan, at, line.indicator_id)),
    }


def _may_explain(user: User, plan: Plan, pk: int) -> bool:
    supplier = suppliers_of(plan, {pk}).get(pk)
    return has_perm("strategy.explain_deviation", user, plan) and may_decide_of(user, supplier)


def _explained_by(
    user: Any, plan: Plan, closing: YearClosing | None, lines: tuple[YearLine, ...]
) -> set[int]:
    """The indicators of which the person may write the reason."""
    if closing is not None or not has_perm("strategy.explain_deviation", user, plan):
        return set()
    suppliers = suppliers_of(plan, {line.indicator_id for line in lines})
    return {pk for pk, supplier in suppliers.items() if may_decide_of(user, supplier)}
