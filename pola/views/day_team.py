"""The calendar of a unit and of the Chamber; months approved in bulk or one by one."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from rules import has_perm

from organization import clock
from organization.http import AuthenticatedHttpRequest, typed
from organization.models import Unit
from pola.day_looks import legend_of
from pola.day_rules import is_decided_above
from pola.enums import DayState
from pola.forms.days import keys_asked, month_asked
from pola.models import MonthPlan
from pola.months import next_month
from pola.operations.deciding import (
    approve_in_bulk,
    decide_month,
    return_in_bulk,
    return_month,
)
from pola.reports.day_month import month_page
from pola.reports.day_team import house_page, team_page


def team_url(unit: Unit | None, month: datetime.date) -> str:
    """The calendar of a unit in a month."""
    query = urlencode({"unita": unit.slug if unit else "", "mese": f"{month:%Y-%m}"})
    return f"{reverse('pola:day-team')}?{query}"


@require_http_methods(["GET", "HEAD", "POST"])
def day_team(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The month of a unit; a POST approves the months of the people chosen, or returns them."""
    units = list(Unit.objects.in_order())
    readable = _readable(request, units)
    unit = _unit(request, readable)
    month = month_asked(request.GET.get("mese"), clock.today())
    if request.method != "POST":
        return _page(request, units, readable, unit, month)
    plans = _chosen(request, month)
    try:
        words, left = _done(request, plans)
    except ValidationError as refusal:
        return _page(
            request, units, readable, unit, month, errors=refusal.messages, chosen=plans, status=409
        )
    if words:
        messages.success(request, words)
    for line in left:
        messages.warning(request, line)
    return redirect(team_url(unit, month))


def _readable(request: AuthenticatedHttpRequest, units: Collection[Unit]) -> list[Unit]:
    """The units whose calendar the person reads; 403 for who reads none."""
    if has_perm("pola.read_presence", request.user):
        return list(units)
    own = request.user.recording_unit_ids
    readable = [unit for unit in units if unit.pk in own]
    if not readable:
        raise PermissionDenied(_("The calendar of a unit is read by who leads it."))
    return readable


def _unit(request: AuthenticatedHttpRequest, readable: Collection[Unit]) -> Unit:
    """The unit asked for, else the first that the person leads; 404 for one that is not theirs."""
    wanted = request.GET.get("unita", "")
    if wanted:
        found = next((unit for unit in readable if unit.slug == wanted), None)
        if found is None:
            raise Http404
        return found
    held = [unit_id for _role, unit_id in request.user.held_posts]
    mine = (unit for unit in readable if unit.pk in held and unit.pk in request.user.led_unit_ids)
    return next(mine, next(iter(readable)))


def _chosen(request: AuthenticatedHttpRequest, month: datetime.date) -> list[MonthPlan]:
    plans = MonthPlan.objects.visible_to(request.user).filter(month=month)
    keys = keys_asked(request.POST.getlist("plan"))
    return list(plans.filter(pk__in=keys).select_related("person"))


def _done(request: AuthenticatedHttpRequest, plans: list[MonthPlan]) -> tuple[str, list[str]]:
    """What was done in words, and what was left with its reason."""
    seen = {
        plan.pk: keys_asked(request.POST.get(f"seen-{plan.pk}", "").split(",")) for plan in plans
    }
    if is_return := request.POST.get("act") == "return":
        reason = typed(request, "reason")
        outcome = return_in_bulk(plans, reason=reason, seen=seen, by=request.user)
    else:
        outcome = approve_in_bulk(plans, seen=seen, by=request.user)
    left = [f"{plan.person}: {words}" for plan, words in outcome.left]
    count = len(outcome.done)
    if not count:
        return "", left
    if is_return:
        words = ngettext("%(count)s month returned.", "%(count)s months returned.", count)
    else:
        words = ngettext(
            "%(days)s days approved for %(count)s person.",
            "%(days)s days approved for %(count)s people.",
            count,
        )
    return words % {"count": count, "days": outcome.days}, left


def _page(
    request: AuthenticatedHttpRequest,
    units: Collection[Unit],
    readable: Collection[Unit],
    unit: Unit,
    month: datetime.date,
    *,
    errors: Collection[str] = (),
    chosen: Collection[MonthPlan] | None = None,
    status: int = 200,
) -> HttpResponse:
    page = team_page(
        unit,
        month,
        today=clock.today(),
        may_decide=partial(has_perm, "pola.decide_days", request.user),
        is_decided_above=partial(is_decided_above, request.user),
        parents={one.pk: one.parent_id for one in units},
    )
    keys = [plan.pk for plan in chosen] if chosen is not None else None
    context: dict[str, Any] = {
        "page": page,
        "units": readable,
        "errors": errors,
        "reason": typed(request, "reason"),
        "chosen": [row.plan_id for row in page.waiting] if keys is None else keys,
        "legend": legend_of(shown=page.looks),
        "words": {
            "approve": [
                ngettext("Approve %(count)s month", "Approve %(count)s months", count)
                for count in (1, 2)
            ],
            "none": _("Approve the chosen months"),
        },
        "form_url": team_url(unit, month),
        "previous_url": team_url(unit, (month - datetime.timedelta(days=1)).replace(day=1)),
        "next_url": team_url(unit, next_month(month)),
        "may_read_house": has_perm("pola.read_presence", request.user),
        "may_decide": unit.pk in request.user.recording_unit_ids,
        "may_delegate": unit.pk in request.user.led_unit_ids,
    }
    return render(request, "pola/day_team.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def day_month(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The month of a person as who decides it sees it, with the same limits; a POST approves the
    days chosen, or returns the month."""
    plans = MonthPlan.objects.visible_to(request.user).select_related("person__unit")
    plan = get_object_or_404(plans, pk=pk)
    if not has_perm("pola.decide_days", request.user, plan.person):
        raise PermissionDenied
    if request.method != "POST":
        return _month_page(request, plan)
    reason = typed(request, "reason")
    try:
        if request.POST.get("act") == "return":
            return_month(plan, reason=reason, by=request.user)
            words = _("The month is returned to %(person)s.")
        else:
            decide_month(
                plan,
                approve=keys_asked(request.POST.getlist("approve")),
                seen=keys_asked(request.POST.getlist("seen")),
                reason=reason,
                by=request.user,
            )
            words = _("The month of %(person)s is decided.")
    except ValidationError as refusal:
        return _month_page(request, plan, errors=refusal.messages, status=409)
    messages.success(request, words % {"person": plan.person})
    return redirect(team_url(plan.person.unit, plan.month))


def _month_page(
    request: AuthenticatedHttpRequest,
    plan: MonthPlan,
    *,
    errors: Collection[str] = (),
    status: int = 200,
) -> HttpResponse:
    page = month_page(plan.person, plan.month, today=clock.today(), to_others=True)
    approve = keys_asked(request.POST.getlist("approve")) if request.method == "POST" else None
    waiting = [one for one in page.live if one.state == DayState.ASKED]
    context = {
        "page": page,
        "plan": plan,
        "waiting": [(one, approve is None or one.pk in approve) for one in waiting],
        "is_waiting": bool(waiting) and not page.may_send,
        "errors": errors,
        "reason": typed(request, "reason"),
        "back": team_url(plan.person.unit, plan.month),
    }
    return render(request, "pola/day_month.html", context, status=status)


@require_safe
def day_house(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Who is in the office, unit by unit: numbers alone."""
    if not has_perm("pola.read_presence", request.user):
        raise PermissionDenied
    month = month_asked(request.GET.get("mese"), clock.today())
    page = house_page(month, list(Unit.objects.in_order()), today=clock.today())
    context = {
        "page": page,
        "today": clock.today(),
        "previous": (month - datetime.timedelta(days=1)).replace(day=1),
        "next": next_month(month),
    }
    return render(request, "pola/day_house.html", context)
