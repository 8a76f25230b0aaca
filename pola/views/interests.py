"""The queue of HR, the desk of who decides, one request."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from rules import has_perm

from organization import clock
from organization.enums import Role
from organization.http import AuthenticatedHttpRequest
from organization.tables import PER_PAGE
from pola.enums import InterestState
from pola.forms.interests import AssessmentForm, EligibilityForm, PlacesForm
from pola.models import Interest, Norm
from pola.operations import assess_interest, check_eligibility
from pola.problems.agreements import eligibility_problems, share_problems
from pola.querysets import decided_by
from pola.register_facts import Duties, duties_of
from pola.reports.counterparts import chart_of
from pola.reports.interests import (
    desk_lines,
    ground_words,
    grounds_of,
    queue_lines,
    windows_of,
)
from pola.reports.shares import AreaShare, shares_of
from pola.reports.steps import steps_of


@require_safe
def interest_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The queue of HR: requests whose requirements are to be checked, then the others."""
    if not has_perm("pola.read_requests", request.user):
        raise PermissionDenied
    on = clock.today()
    norms = Norm.objects.in_force(on=on)
    readable = Interest.objects.visible_to(request.user).with_people()
    sent = readable.filter(state=InterestState.SENT).order_by("sent_at")
    others = readable.exclude(state__in=[InterestState.SENT, InterestState.DRAFT])
    context = {
        "lines": queue_lines(sent, norms, on=on),
        "others": Paginator(list(others), PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "pola/requests_queue.html", context)


@require_safe
def decision_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The desk of who decides: the requests in the order of art. 3, the share of the areas."""
    if not request.user.holds(Role.DIRIGENTE, Role.SECRETARY_GENERAL):
        raise PermissionDenied
    on = clock.today()
    norms = Norm.objects.in_force(on=on)
    mine = Interest.objects.visible_to(request.user).filter(decided_by(request.user))
    checked = list(mine.filter(state=InterestState.CHECKED).with_people())
    form = PlacesForm(request.GET or None)
    places = form.cleaned_data["posti"] if form.is_bound and form.is_valid() else None
    context = {
        "form": form,
        "places": places,
        "exceeds": places is not None and len(checked) > places,
        "lines": desk_lines(checked, norms, user=request.user, on=on, places=places),
        "decided": list(mine.exclude(decided_at=None).with_people()[:20]),
    } | shares_context(on)
    return render(request, "pola/requests_desk.html", context)


def shares_context(on: Any) -> dict[str, Any]:
    """The live share of each area and of the ente, and what it is short of."""
    norms = Norm.objects.in_force(on=on)
    shares: tuple[AreaShare, ...] = shares_of(chart_of(on), norms, on=on)
    total = shares[-1].share
    return {
        "shares": shares,
        "share_percent": norms.share_of_workers,
        "share_problems": share_problems([total]),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def interest_detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """One request; a POST is the check of HR or the decision of the dirigente."""
    readable = Interest.objects.visible_to(request.user).with_people()
    interest: Interest = get_object_or_404(readable.select_related("agreement"), pk=pk)
    request.menu_page = _menu_page(request, interest)
    people = [interest.person_id]
    duties = duties_of(people, clock.today(), with_equipment=True)[interest.person_id]
    form = _form(request, interest, duties)
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid() and _act(request, interest, form):
            return redirect(_way_on(request, interest))
    if interest.state in InterestState.waiting:
        duties.put_in(interest)
    context = _context(request, interest, form) | {"duties": duties}
    return render(request, "pola/requests_detail.html", context)


def _menu_page(request: AuthenticatedHttpRequest, interest: Interest) -> str:
    """The page that one comes from: one's own, the queue of HR, the desk of who decides."""
    if interest.person_id == request.user.person_id:
        return "my-agile"
    may_check = has_perm("pola.read_requests", request.user)
    return "interest-list" if may_check else "interest-detail"


def _form(
    request: AuthenticatedHttpRequest, interest: Interest, duties: Duties
) -> forms.Form | None:
    """The form of the act that waits for the person, if one does."""
    data = request.POST or None
    may_check = has_perm("pola.check_interest", request.user, interest)
    if interest.state == InterestState.SENT and may_check:
        initial = {"training_on": interest.training_on, "safety_on": interest.safety_on}
        known = [name for name in initial if getattr(duties, name)]
        return EligibilityForm(data, initial=initial, known=known)
    may_assess = has_perm("pola.assess_interest", request.user, interest)
    if interest.state == InterestState.CHECKED and may_assess:
        return AssessmentForm(data)
    return None


def _act(request: AuthenticatedHttpRequest, interest: Interest, form: forms.Form) -> bool:
    """Do what the form says; whether it was done, the form else says why not."""
    try:
        if isinstance(form, AssessmentForm):
            assess_interest(
                interest,
                criteria=form.criteria,
                is_granted=form.is_granted,
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
            words = _("Granted: the agreement begins to be written.")
            messages.success(request, words if form.is_granted else _("Refused, with the reason."))
        elif isinstance(form, EligibilityForm):
            done = check_eligibility(interest, **form.days, by=request.user)
            _tell_check(request, is_whole=done.state == InterestState.CHECKED)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True


def _tell_check(request: AuthenticatedHttpRequest, *, is_whole: bool) -> None:
    if is_whole:
        messages.success(request, _("Checked: the request passes to the dirigente."))
    else:
        messages.warning(request, _("Kept. The request waits for what is missing."))


def _way_on(request: AuthenticatedHttpRequest, interest: Interest) -> Any:
    """Where the act leads: to the draft of the agreement, else to the request."""
    interest = Interest.objects.select_related("agreement").get(pk=interest.pk)
    return getattr(interest, "agreement", None) or interest


def _context(
    request: AuthenticatedHttpRequest, interest: Interest, form: forms.Form | None
) -> dict[str, Any]:
    on = clock.today()
    agreement = getattr(interest, "agreement", None)
    version = agreement.versions.order_by("-number").first() if agreement else None
    reads_reserved = has_perm("pola.read_reserved", request.user, interest)
    grounds = grounds_of([interest], request.user)[interest.pk] if reads_reserved else ()
    is_waiting = interest.state in InterestState.waiting
    return {
        "interest": interest,
        "agreement": agreement,
        "decider": interest.decider,
        "steps": steps_of(interest, agreement, version),
        "activities": list(interest.activities.all()),
        "windows": windows_of(interest),
        "reason": interest.decision_reason if reads_reserved else "",
        "grounds": [ground_words(one) for one in grounds],
        "notes": _notes(request, interest) if grounds else "",
        "criteria": _criteria(interest) if reads_reserved else [],
        "problems": eligibility_problems(interest, Norm.objects.in_force(on=on), on=on)
        if is_waiting
        else [],
        "form": form,
        "is_assessment": isinstance(form, AssessmentForm),
        "is_own": interest.person_id == request.user.person_id,
        "reads_requests": has_perm("pola.read_requests", request.user),
        "is_waiting": is_waiting,
    }


def _notes(request: AuthenticatedHttpRequest, interest: Interest) -> str:
    """The reserved note, for who may read it."""
    readable = interest.grounds.visible_to(request.user)
    return next((row.note for row in readable if row.note), "")


def _criteria(interest: Interest) -> list[tuple[str, Any, bool]]:
    """The three criteria with their answers, once decided."""
    fields = [interest._meta.get_field(f"criterion_{letter}") for letter in "abc"]
    found = [(f.name[-1], f.verbose_name, getattr(interest, f.name)) for f in fields]  # type: ignore[union-attr]  # fields of our own
    return found if interest.decided_at else []
