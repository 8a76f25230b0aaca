"""Closing a year: what is missing, what is decided of it, the closing itself, a reopening."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from rules import has_perm

from organization import clock
from organization.http import AuthenticatedHttpRequest
from organization.models import User
from strategy import operations
from strategy.forms.closing import FORMS, DecisionForm, ReasonForm, RefusalForm
from strategy.in_force import DamagedEditionError, unadopted_words
from strategy.models import Plan, YearClosing
from strategy.monitoring_enums import YearAct
from strategy.reports.closing import (
    ClosingReport,
    DamagedClosingError,
    closing_report,
    data_of,
    standing_closing,
)
from strategy.rules import YEAR_ACTORS
from strategy.views.attempts import attempt
from strategy.views.loaders import load_plan, may_edit
from strategy.views.reporting import begun_year, last_over, year_frame

CONFLICTS = {
    "changed",
    "closed_year",
    "damaged",
    "early",
    "open",
    "pending",
    "same_person",
    "unadopted",
    "unresolved",
}
DONE = {
    YearAct.EXCLUDE: _("Proposed: the exclusions wait for the Secretary General."),
    YearAct.ZERO: _("They count zero from now on."),
    YearAct.APPROVE: _("The exclusions are approved."),
    YearAct.REFUSE: _("The exclusions are refused: the results are missing again."),
    YearAct.WITHDRAW: _("The decision is taken back: the result is missing again."),
    YearAct.CLOSE: _("The year is closed: its results do not change any more."),
    YearAct.REOPEN: _("The year is open again. What had been closed stays as it was."),
}


@require_safe
def closings(request: HttpRequest, year: int) -> HttpResponse:
    """The way in: the last year that is over."""
    plan = load_plan(request, year)
    return redirect("strategy:year-closing", year, last_over(plan))


@require_http_methods(["GET", "HEAD", "POST"])
def year_closing(request: AuthenticatedHttpRequest, year: int, at: int) -> HttpResponse:
    """The page of a year on its way to be closed; a POST does one of its acts."""
    plan = load_plan(request, year)
    at = begun_year(plan, at)
    if request.method != "POST":
        return _page(request, plan, at)
    if request.POST.get("act") not in YearAct.values:
        raise BadRequest
    act = YearAct(request.POST["act"])
    if not YEAR_ACTORS[act].test(request.user):
        raise PermissionDenied
    form = _form(act, request.POST)
    done = PERFORM[act]
    code = attempt(form, lambda **given: done(plan, at, by=request.user, **_arguments(act, given)))
    if form.is_valid():
        messages.success(request, DONE[act])
        return redirect("strategy:year-closing", year, at)
    status = 409 if code in CONFLICTS else 200
    return _page(request, plan, at, tried=(act, form), status=status)


@require_safe
def closing_data(request: HttpRequest, year: int, at: int, number: int) -> HttpResponse:
    """The data of a closing, as they were fixed; a damaged one is never given out."""
    plan = load_plan(request, year)
    closing = get_object_or_404(YearClosing, plan=plan, year=at, number=number)
    closing.plan = plan
    if not closing.is_snapshot_intact():
        return damaged(request, closing)
    name = f"anno-{at}-chiusura-{number}.json"
    return HttpResponse(
        closing.snapshot,
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def damaged(request: HttpRequest, closing: YearClosing) -> HttpResponse:
    """Nothing is shown: what is stored is not what was closed."""
    context = {"plan": closing.plan, "closing": closing}
    return render(request, "strategy/closing_damaged.html", context, status=503)


def _form(act: YearAct, data: Any) -> forms.Form:
    """The form of an act; what it may choose from is for the operation to say."""
    form = FORMS[act]
    if issubclass(form, DecisionForm | RefusalForm) or act == YearAct.WITHDRAW:
        offered = (
            int(pk)
            for pk in data.getlist("chosen")
            if pk.isascii() and pk.isdigit() and len(pk) < 18
        )
        return form(offered, data)  # type: ignore[arg-type]  # a ChosenForm
    return form(data)


PERFORM: dict[YearAct, Callable[..., object]] = {
    YearAct.EXCLUDE: operations.propose_exclusions,
    YearAct.ZERO: operations.count_as_zero,
    YearAct.APPROVE: operations.approve_exclusions,
    YearAct.REFUSE: operations.refuse_exclusions,
    YearAct.WITHDRAW: operations.withdraw_resolutions,
    YearAct.CLOSE: operations.close_year,
    YearAct.REOPEN: operations.reopen_year,
}
ON_INDICATORS = {YearAct.EXCLUDE, YearAct.ZERO}
ON_RESOLUTIONS = {YearAct.APPROVE, YearAct.REFUSE, YearAct.WITHDRAW}
WITHOUT_REASON = {YearAct.APPROVE, YearAct.WITHDRAW, YearAct.CLOSE}


def _arguments(act: YearAct, cleaned: dict[str, Any]) -> dict[str, Any]:
    """What the operation of an act is told."""
    told: dict[str, Any] = {}
    if act in ON_INDICATORS:
        told["indicators"] = cleaned["chosen"]
    if act in ON_RESOLUTIONS:
        told["resolutions"] = cleaned["chosen"]
    if act not in WITHOUT_REASON:
        told["reason"] = cleaned["reason"]
    return told


def _page(
    request: AuthenticatedHttpRequest,
    plan: Plan,
    at: int,
    *,
    tried: tuple[YearAct, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page as the person may act on it; with the form that was refused, where it was typed."""
    closing = standing_closing(plan, at)
    try:
        data = data_of(plan, at, closing)
    except DamagedClosingError as error:
        return damaged(request, error.closing)
    edits = may_edit(request, plan)
    report = closing_report(plan, at, data=data, user=request.user, edits=edits)
    act, form = tried or (None, None)
    is_over = at < clock.today().year
    held_up = _held_up(plan, at) if closing is None and is_over else ""
    context = year_frame(plan, at, partial(_address, plan)) | {
        "closing": closing,
        "report": report,
        "is_over": is_over,
        "closings": list(_closings(plan, at)),
        "may": _may(request.user, plan, report, is_closed=closing is not None),
        "held_up": held_up,
        "may_close": closing is None and is_over and not report.is_held_up and not held_up,
        "missing_error": _chosen_error(form) if act in ON_INDICATORS else "",
        "waiting_error": _chosen_error(form) if act in ON_RESOLUTIONS else "",
        "refused": form,
        "chosen": set(request.POST.getlist("chosen")) if tried else set(),
        "decision_form": form if act in ON_INDICATORS else DecisionForm([]),
        "refusal_form": form if act in {YearAct.APPROVE, YearAct.REFUSE} else RefusalForm([]),
        "reason_form": form if act == YearAct.REOPEN else ReasonForm(),
    }
    return render(request, "strategy/closing.html", context, status=status)


def _held_up(plan: Plan, at: int) -> str:
    """Why the year waits, besides what is missing: a revision changes it and is not adopted, or
    what was adopted is damaged."""
    try:
        return unadopted_words(plan, at)
    except DamagedEditionError as error:
        return str(error)


def _chosen_error(form: forms.Form | None) -> str:
    """What is wrong with the choice made in a list."""
    return " ".join(map(str, form.errors.get("chosen", []))) if form else ""


def _address(plan: Plan, at: int) -> str:
    return reverse("strategy:year-closing", args=[plan.first_year, at])


def _closings(plan: Plan, at: int) -> Any:
    """Every closing of the year, the newest first, with its reopening."""
    return YearClosing.objects.of_year(plan, at).without_data().select_related("reopening")


def _may(user: User, plan: Plan, report: ClosingReport, *, is_closed: bool) -> dict[str, bool]:
    """Which acts are offered to the person."""
    allowed = {act: has_perm(f"strategy.{act.value}", user, plan) for act in YearAct}
    return {
        "exclude": not is_closed and allowed[YearAct.EXCLUDE] and report.may_decide,
        "zero": not is_closed and allowed[YearAct.ZERO] and report.may_decide,
        "approve": not is_closed and allowed[YearAct.APPROVE] and bool(report.waiting),
        "withdraw": not is_closed and allowed[YearAct.WITHDRAW],
        "close": not is_closed and allowed[YearAct.CLOSE],
        "reopen": is_closed and allowed[YearAct.REOPEN],
    }
