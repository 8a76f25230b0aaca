"""The list of agreements for the Ministry of Labour: what is missing first, then the file."""

from __future__ import annotations

import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from rules import has_perm

from organization import audit, clock
from organization.http import AuthenticatedHttpRequest
from organization.models import Person, PersonalData
from organization.operations import write_personal_data
from organization.refusals import refusals_at
from organization.tables import PER_PAGE
from pola.forms.ministry import MonthForm, PersonalDataForm
from pola.reports.ministry import MinistryReport, ministry_csv, ministry_report


@require_http_methods(["GET", "HEAD", "POST"])
def ministry(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The agreements of a month, first those whose lines lack something; a POST gives the file out,
    which the trace records."""
    _refuse_others(request)
    if request.method == "POST":
        return _file(request, ministry_report(request.user, _month(request.POST)))
    month = _month(request.GET)
    report = ministry_report(request.user, month)
    lines = sorted(report.lines, key=lambda line: not line.missing)
    context = {
        "report": report,
        "page": Paginator(lines, PER_PAGE).get_page(request.GET.get("page")),
        "form": MonthForm(initial={"month": month}),
        "month": f"{month:%Y-%m}",
    }
    return render(request, "pola/ministry.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def personal_data(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """What the Ministry asks of a person, written by HR."""
    _refuse_others(request)
    person = get_object_or_404(Person.objects.visible_to(request.user).employees(), pk=pk)
    known = PersonalData.objects.visible_to(request.user).filter(person=person).first()
    names = ("tax_code", "born_on", "birthplace_code", "employment")
    initial = {name: getattr(known, name) for name in names} if known else None
    form = PersonalDataForm(request.POST or None, initial=initial)
    month = f"{_month(request.GET):%Y-%m}"
    back = f"{reverse('pola:ministry')}?month={month}"
    if request.method == "POST" and form.is_valid():
        with refusals_at(form):
            write_personal_data(person, **form.cleaned_data, by=request.user)
            messages.success(request, _("The data are written."))
            return redirect(back)
    context = {"person": person, "form": form, "back": back}
    status = 400 if form.errors else 200
    return render(request, "pola/personal_data.html", context, status=status)


def _refuse_others(request: HttpRequest) -> None:
    """403 for whoever does not notify the Ministry."""
    if not has_perm("pola.notify_ministry", request.user):
        raise PermissionDenied


def _month(data: dict[str, str]) -> datetime.date:
    """The month asked for; the one before this one otherwise, which is due next."""
    before = clock.today().replace(day=1) - datetime.timedelta(days=1)
    return MonthForm(data).month_or(before.replace(day=1))


def _file(request: AuthenticatedHttpRequest, report: MinistryReport) -> HttpResponse:
    month = f"{report.month:%Y-%m}"
    audit.record(
        "ministry.list_exported",
        target=report.institution,
        by=request.user,
        after={"month": month, "agreements": len(report.lines)},
    )
    headers = {
        "Content-Disposition": f'attachment; filename="accordi-ministero-{month}.csv"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(
        ministry_csv(report), content_type="text/csv; charset=utf-8", headers=headers
    )
