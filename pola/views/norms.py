"""The rules of agile work: what holds, since when, by which act; a new value from a day on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from rules import has_perm

from organization import clock
from organization.http import AuthenticatedHttpRequest
from organization.refusals import refusals_told
from pola.enums import NormKey
from pola.forms.norms import NormForm
from pola.models import Norm
from pola.operations.norms import set_norm, withdraw_norm
from pola.problems.finding import Finding, blockers
from pola.problems.norms import norm_problems
from pola.reports.norms import norm_articles, norm_line

SET = "pola.set_norm"


@require_safe
def norm_list(request: HttpRequest) -> HttpResponse:
    """Every rule with the value in force today."""
    values = Norm.objects.visible_to(request.user)
    context = {
        "articles": norm_articles(values, on=clock.today()),
        "may_set": has_perm(SET, request.user),
    }
    return render(request, "pola/norm_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def norm_detail(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """A rule with all its values; a POST gives it a new one, once the cautions were read."""
    if key not in NormKey.values:
        raise Http404
    rule, may_set = NormKey(key), has_perm(SET, request.user)
    if request.method != "POST":
        return _page(request, rule, NormForm(rule) if may_set else None)
    if not may_set:
        raise PermissionDenied
    form = NormForm(rule, request.POST)
    if not form.is_valid():
        return _page(request, rule, form, status=400)
    data = form.cleaned_data
    findings = norm_problems(rule, data["printed"], data["starts_on"], today=clock.today())
    if findings and not blockers(findings) and not data["is_confirmed"]:
        form.ask()
        return _page(request, rule, form, findings)
    try:
        set_norm(
            key=rule,
            printed=data["printed"],
            starts_on=data["starts_on"],
            act=data["act"],
            by=request.user,
        )
    except ValidationError as refusal:
        form.add_error(None, ValidationError(refusal.messages))
        return _page(request, rule, form, status=409)
    messages.success(request, _("The value is set."))
    return redirect("pola:norm-detail", key)


@require_http_methods(["GET", "HEAD", "POST"])
def norm_withdraw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Asks; a POST takes back a value that is not in force yet."""
    norm = get_object_or_404(Norm.objects.visible_to(request.user), pk=pk)
    if not has_perm(SET, request.user):
        raise PermissionDenied
    if request.method == "POST":
        with refusals_told(request):
            withdraw_norm(norm, by=request.user)
            messages.success(request, _("The value is taken back."))
        return redirect("pola:norm-detail", norm.key)
    return render(request, "pola/norm_withdraw.html", {"norm": norm})


def _page(
    request: HttpRequest,
    rule: NormKey,
    form: NormForm | None,
    findings: list[Finding] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    values = Norm.objects.visible_to(request.user).filter(key=rule.value)
    line = norm_line(rule, values, on=clock.today())
    context: dict[str, Any] = {"line": line, "form": form, "findings": findings or []}
    return render(request, "pola/norm_detail.html", context, status=status)
