"""A day with its story: given up, answered, revoked, moved, called back from here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from rules import has_perm

from organization import clock
from organization.http import AuthenticatedHttpRequest
from pola.enums import DayState
from pola.forms.days import InsteadForm, ReasonForm, RevokeForm
from pola.models import AgileDay, Incident
from pola.operations.asking import cancel_days
from pola.operations.revoking import (
    answer_proposal,
    ask_instead,
    propose_day,
    recall_day,
    revoke_day,
)
from pola.reports.day_detail import DayPage, day_page

FORMS = {"revoke": RevokeForm, "recall": ReasonForm, "propose": InsteadForm, "move": InsteadForm}


@require_http_methods(["GET", "HEAD", "POST"])
def day_detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A day that one reads: how it stands, its story, what may be done; a POST does it."""
    days = AgileDay.objects.visible_to(request.user)
    found = days.select_related("person", "agreement", "replaces").prefetch_related("events")
    held = get_object_or_404(found, pk=pk)
    if held.person_id != request.user.person_id:
        request.menu_page = "day-team"
    reserved = has_perm("pola.read_reserved", request.user, held.agreement)
    page = day_page(held, today=clock.today(), now=clock.now(), reserved=reserved)
    if request.method != "POST":
        return _page(request, page)
    act = request.POST.get("act", "")
    if act not in DOERS:
        raise BadRequest
    form = _form(act, page, request.POST)
    if form is not None and not form.is_valid():
        return _page(request, page, act=act, form=form, status=400)
    try:
        words = DOERS[act](request, held, form.cleaned_data if form else {})
    except ValidationError as refusal:
        return _page(request, page, act=act, form=form, errors=refusal.messages, status=409)
    messages.success(request, words)
    return redirect("pola:day-detail", pk=held.pk)


def _form(act: str, page: DayPage, data: Any = None) -> Any:
    """The form of an act, filled when it was sent; none for an act that asks nothing."""
    kind: Any = FORMS.get(act)
    if kind is None:
        return None
    if issubclass(kind, InsteadForm):
        free = page.free if act == "move" else page.proposable
        return kind(free, data, prefix=act)
    return kind(data, prefix=act)


def _page(
    request: AuthenticatedHttpRequest,
    page: DayPage,
    *,
    act: str = "",
    form: Any = None,
    errors: Any = (),
    status: int = 200,
) -> HttpResponse:
    forms = {f"{name}_form": _form(name, page) for name in FORMS}
    if form is not None:
        forms[f"{act}_form"] = form
    context = {
        "page": page,
        "held": page.held,
        "is_own": page.held.person_id == request.user.person_id,
        "may_decide": has_perm("pola.decide_days", request.user, page.held.person),
        "errors": errors,
        "incident": _incident(request, page.held),
        "opened": {name: name == act for name in FORMS},
        **forms,
    }
    return render(request, "pola/day_detail.html", context, status=status)


def _incident(request: AuthenticatedHttpRequest, held: AgileDay) -> Incident | None:
    """The report of the problem for which somebody was called back, for who may read it."""
    if held.state != DayState.RECALLED:
        return None
    readable = Incident.objects.technical_of(held.person_id, held.day)
    return readable.filter(pk__in=Incident.objects.visible_to(request.user)).first()


# What is done


def _give_up(request: AuthenticatedHttpRequest, held: AgileDay, _data: Any) -> str:
    cancel_days(person=held.person, days=[held.day], by=request.user)
    return _("The day is given up: that day you are in the office.")


def _accept(request: AuthenticatedHttpRequest, held: AgileDay, _data: Any) -> str:
    answer_proposal(held, accept=True, by=request.user)
    return _("The day is yours: it is approved.")


def _decline(request: AuthenticatedHttpRequest, held: AgileDay, _data: Any) -> str:
    answer_proposal(held, accept=False, by=request.user)
    return _("The day is not taken: you stay in the office.")


def _move(request: AuthenticatedHttpRequest, held: AgileDay, data: Any) -> str:
    ask_instead(held, instead=data["instead"], by=request.user)
    return _("The other day is asked.")


def _revoke(request: AuthenticatedHttpRequest, held: AgileDay, data: Any) -> str:
    revoke_day(held, reason=data["reason"], instead=data["instead"], by=request.user)
    return _("The day is revoked: the person is told.")


def _propose(request: AuthenticatedHttpRequest, held: AgileDay, data: Any) -> str:
    propose_day(held, instead=data["instead"], by=request.user)
    return _("The other day is proposed: the person is told.")


def _recall(request: AuthenticatedHttpRequest, held: AgileDay, data: Any) -> str:
    recall_day(held, reason=data["reason"], by=request.user)
    return _("The person is called back to the office: the problem is reported in its register.")


Doer = Callable[[AuthenticatedHttpRequest, AgileDay, Any], str]
DOERS: dict[str, Doer] = {
    "give-up": _give_up,
    "accept": _accept,
    "decline": _decline,
    "move": _move,
    "revoke": _revoke,
    "propose": _propose,
    "recall": _recall,
}
