"""Safety notices with their receipts, and reports of accidents and technical problems."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from rules import has_perm

from organization import clock
from organization.filters import chips
from organization.http import AuthenticatedHttpRequest
from organization.models import Person
from organization.refusals import refusals_at, refusals_told
from organization.tables import paged
from pola.forms.registers import FollowForm, IncidentForm, NoticeForm, ReceiptsForm
from pola.models import Incident, SafetyNotice, SafetyReceipt
from pola.operations import incidents, registers
from pola.register_facts import with_safety_receipt
from pola.register_filters import IncidentFilter
from pola.register_tables import IncidentTable
from pola.views.register_frame import BY_NAME, KEEP, file_urls, refuse_readers, register_tabs
from pola.views.registers import added_words, candidates, people_without


@require_safe
def safety_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The notices, with how many received them among those whom one reads."""
    notices = SafetyNotice.objects.visible_to(request.user).with_count(request.user)
    context = {
        "notices": notices,
        "tabs": register_tabs("pola:safety-list"),
        "may_keep": has_perm(KEEP, request.user),
    }
    return render(request, "pola/safety_list.html", context | file_urls("sicurezza"))


@require_http_methods(["GET", "HEAD", "POST"])
def safety_add(request: AuthenticatedHttpRequest) -> HttpResponse:
    """A new notice; then those who received it are ticked."""
    refuse_readers(request)
    form = NoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_at(form):
            made = registers.issue_notice(**form.cleaned_data, by=request.user)
            messages.success(request, _("The notice is recorded: tick who received it."))
            return redirect("pola:safety", made.pk)
    status = 400 if form.errors else 200
    return render(request, "pola/safety_form.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def safety(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A notice and who received it; a POST of HR adds the people ticked."""
    notice = get_object_or_404(SafetyNotice.objects.visible_to(request.user), pk=pk)
    may_keep, tried = has_perm(KEEP, request.user), request.method == "POST"
    if tried:
        refuse_readers(request)
    data = request.POST if tried else None
    lacking = people_without(notice.receipts)
    form = ReceiptsForm(lacking, data, initial={"received_on": clock.today()})
    if tried and form.is_valid():
        with refusals_at(form):
            made = registers.record_receipts(notice, **form.cleaned_data, by=request.user)
            messages.success(request, added_words(len(made)))
            return redirect("pola:safety", pk)
    receipts = SafetyReceipt.objects.visible_to(request.user).filter(notice=notice)
    context: dict[str, Any] = {
        "notice": notice,
        "receipts": receipts.select_related("person__unit").order_by(*BY_NAME),
        "form": form,
        "may_keep": may_keep,
    }
    if may_keep:
        known = set(with_safety_receipt(clock.today()).values_list("pk", flat=True))
        context["units"] = candidates(request, lacking, known)
    return render(request, "pola/safety.html", context, status=400 if tried else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def receipt_remove(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Asks; a POST takes a person off those who received a notice."""
    refuse_readers(request)
    receipts = SafetyReceipt.objects.visible_to(request.user)
    receipt = get_object_or_404(receipts.select_related("notice", "person"), pk=pk)
    if request.method == "POST":
        with refusals_told(request):
            registers.remove_receipt(receipt, by=request.user)
            messages.success(request, _("The person is taken off."))
        return redirect("pola:safety", receipt.notice_id)
    return render(request, "pola/receipt_remove.html", {"receipt": receipt})


@require_safe
def incident_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The reports that one may read."""
    readable = Incident.objects.visible_to(request.user).select_related("person")
    filterset = IncidentFilter(request.GET, queryset=readable)
    context = {
        "table": paged(request, IncidentTable(filterset.qs)),
        "has_any": readable.exists(),
        "filter": filterset,
        "chips": chips(filterset),
        "tabs": register_tabs("pola:incident-list"),
        "may_keep": has_perm(KEEP, request.user),
    }
    return render(request, "pola/incident_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def incident_add(request: AuthenticatedHttpRequest) -> HttpResponse:
    """A report of what happened to oneself, or to somebody for HR."""
    people = Person.objects.in_service()
    if not has_perm(KEEP, request.user):
        people = people.filter(pk=request.user.person_id)
    initial = {"happened_on": clock.today(), "person": request.user.person_id}
    form = IncidentForm(people, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_at(form):
            made = incidents.report_incident(**form.cleaned_data, by=request.user)
            messages.success(request, _("The report is sent to the HR office."))
            return redirect("pola:incident", made.pk)
    status = 400 if form.errors else 200
    return render(request, "pola/incident_form.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def incident(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A report; a POST of HR writes what was done about it."""
    readable = Incident.objects.visible_to(request.user).select_related("person__unit")
    report = get_object_or_404(readable, pk=pk)
    form = FollowForm(request.POST or None, initial={"follow_up": report.follow_up})
    if request.method == "POST":
        refuse_readers(request)
        if form.is_valid():
            incidents.follow_incident(report, **form.cleaned_data, by=request.user)
            messages.success(request, _("What was done is written."))
            return redirect("pola:incident", pk)
    may_keep = has_perm(KEEP, request.user)
    context = {"incident": report, "form": form if may_keep else None}
    return render(request, "pola/incident.html", context, status=400 if form.errors else 200)
