"""Activity sheets: written by the person, evaluated by the head (art. 13)."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organization import clock
from organization.http import AuthenticatedHttpRequest
from organization.tables import PER_PAGE
from pola.enums import SheetState
from pola.forms.days import month_read
from pola.forms.sheets import EvaluationForm, ReturnForm, SheetForm
from pola.models import ActivitySheet
from pola.monitoring_rules import evaluates, writes
from pola.months import last_month_gone_by
from pola.operations.sheets import evaluate_sheet, return_sheet, save_sheet
from pola.problems.finding import Blocker
from pola.problems.sheets import sending_problem, writing_problem
from pola.reports.sheets import days_of, own_months, sheets_read, sheets_waiting


@require_safe
def sheet_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """One's own months, the sheets that wait for an evaluation, those of a month that one reads."""
    today = clock.today()
    month = month_read(request.GET.get("mese", "")) or last_month_gone_by(today)
    others = sheets_read(request.user, month)
    first, after_others = sheets_waiting(request.user)
    context = {
        "own": own_months(request.user, today=today),
        "waiting": first,
        "also": after_others,
        "month": month,
        "others": Paginator(others, PER_PAGE).get_page(request.GET.get("page")),
        "leads": bool(request.user.led_unit_ids),
    }
    return render(request, "pola/sheet_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_write(request: AuthenticatedHttpRequest, month: str) -> HttpResponse:
    """Write the own sheet of a month; a POST keeps it, or sends it to the head."""
    first = month_read(month)
    if first is None or request.user.person is None:
        raise Http404
    sheet = ActivitySheet.objects.filter(person=request.user.person, month=first).first()
    if sheet and not sheet.is_draft:
        return redirect(sheet)
    if sheet is None:
        problem = writing_problem(request.user.person, first, today=clock.today())
        if problem:
            return _no_sheet_page(request, first, problem)
    if request.method != "POST":
        form = SheetForm(initial=_initial(request, sheet, first))
        return _write_page(request, first, sheet, form)
    form = SheetForm(request.POST)
    if not form.is_valid():
        return _write_page(request, first, sheet, form)
    send = request.POST.get("act") == "send"
    version = form.cleaned_data["version"]
    try:
        saved = save_sheet(
            month=first, texts=form.texts, version=version, send=send, by=request.user
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _write_page(request, first, sheet, form)
    kept, sent = _("The sheet is saved: send it when done."), _("The sheet is with your head.")
    messages.success(request, sent if send else kept)
    return redirect(saved) if send else redirect("pola:sheet-write", month)


def _no_sheet_page(
    request: AuthenticatedHttpRequest, month: datetime.date, problem: Blocker
) -> HttpResponse:
    """The month has no sheet: why, in the place of a form that would be refused."""
    context = {"month": month, "problem": problem}
    status = 409 if request.method == "POST" else 200
    return render(request, "pola/sheet_none.html", context, status=status)


def _initial(
    request: AuthenticatedHttpRequest, sheet: ActivitySheet | None, month: datetime.date
) -> dict[str, Any]:
    """What was written; of a sheet not begun the objectives of the last one."""
    if sheet:
        fields = ("objectives", "output", "quality", "version")
        return {name: getattr(sheet, name) for name in fields}
    before = ActivitySheet.objects.filter(person=request.user.person, month__lt=month)
    last = before.order_by("-month").first()
    return {"objectives": last.objectives if last else "", "version": 0}


def _write_page(
    request: AuthenticatedHttpRequest,
    month: datetime.date,
    sheet: ActivitySheet | None,
    form: SheetForm,
) -> HttpResponse:
    today = clock.today()
    shown = sheet or ActivitySheet(person=request.user.person, month=month)
    context = {
        "sheet": shown,
        "form": form,
        "days": days_of(shown, today=today),
        "not_yet": sending_problem(shown.person, month, today=today),
    }
    return render(request, "pola/sheet_write.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Read a sheet that was sent; its head evaluates it or gives it back with a reason."""
    visible = ActivitySheet.objects.visible_to(request.user).select_related("person__unit")
    sheet = get_object_or_404(visible, pk=pk)
    is_own = writes(request.user, sheet)
    if sheet.is_draft:
        if not is_own:
            raise Http404
        return redirect("pola:sheet-write", f"{sheet.month:%Y-%m}")
    evaluation, given_back = EvaluationForm(), ReturnForm()
    if request.method == "POST":
        if not evaluates(request.user, sheet):
            raise PermissionDenied
        act = request.POST.get("act")
        if act == "return":
            given_back = ReturnForm(request.POST)
            form: EvaluationForm | ReturnForm = given_back
        elif act == "evaluate":
            evaluation = EvaluationForm(request.POST)
            form = evaluation
        else:
            raise BadRequest
        if form.is_valid() and (answer := _decide(request, sheet, form)):
            return answer
    context = {
        "sheet": sheet,
        "days": days_of(sheet, today=clock.today()),
        "evaluates": sheet.state == SheetState.SENT and evaluates(request.user, sheet),
        "evaluation": evaluation,
        "given_back": given_back,
        "is_own": is_own,
        "is_evaluated": sheet.state == SheetState.EVALUATED,
    }
    return render(request, "pola/sheet_detail.html", context)


def _decide(
    request: AuthenticatedHttpRequest, sheet: ActivitySheet, form: EvaluationForm | ReturnForm
) -> HttpResponse | None:
    """Evaluate the sheet or give it back; nothing when it is refused, which the form says."""
    data = form.cleaned_data
    try:
        if isinstance(form, EvaluationForm):
            evaluate_sheet(sheet, by=request.user, **data)
            messages.success(request, _("The sheet is evaluated: the person reads it."))
        else:
            return_sheet(sheet, reason=data["return_reason"], by=request.user)
            messages.success(request, _("The sheet is back with the person."))
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None
    return redirect("pola:sheet-list")
