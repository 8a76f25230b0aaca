"""Who was heard or acted on agile work: the steps of 5.3, their outcomes and files."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from rules import has_perm

from documents.file_hashes import file_sha256
from organization.http import AuthenticatedHttpRequest
from organization.refusals import refusals_at
from pola.forms.registers import ConsultationForm
from pola.models import AgileConsultation
from pola.operations.consultations import record_consultation
from pola.reports.consultations import actor_steps
from pola.views.overview import newest_plan
from strategy.reports import reference_table_report

RECORD = "pola.record_consultation"
ROLES_TABLE = "ruoli-pola"


@require_safe
def consultation_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Every actor with its step while the POLA is made and once it runs."""
    plan = newest_plan(request)
    tables = plan.reference_tables.with_cells().filter(slug=ROLES_TABLE) if plan else []
    table = next(iter(tables), None)
    consultations = AgileConsultation.objects.visible_to(request.user)
    context = {
        "actors": actor_steps(consultations, reference_table_report(table) if table else None),
        "plan": plan,
        "may_record": has_perm(RECORD, request.user),
    }
    return render(request, "pola/consultation_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def consultation_add(request: AuthenticatedHttpRequest) -> HttpResponse:
    """One more step written down."""
    if not has_perm(RECORD, request.user):
        raise PermissionDenied
    chosen = {name: request.GET.get(name) for name in ("actor", "phase")}
    form = ConsultationForm(request.POST or None, request.FILES or None, initial=chosen)
    if request.method == "POST" and form.is_valid():
        with refusals_at(form):
            record_consultation(**form.cleaned_data, by=request.user)
            messages.success(request, _("The consultation is recorded."))
            return redirect("pola:consultation-list")
    status = 400 if form.errors else 200
    return render(request, "pola/consultation_form.html", {"form": form}, status=status)


@require_safe
def consultation_file(request: AuthenticatedHttpRequest, pk: int) -> FileResponse:
    """The file of a consultation, always to be saved; 404 when there is none, or not that one."""
    readable = AgileConsultation.objects.visible_to(request.user)
    consultation = get_object_or_404(readable.exclude(file=""), pk=pk)
    if file_sha256(consultation.file) != consultation.sha256:
        raise Http404(_("The file is not what was added: it is not given out."))
    answer = FileResponse(
        consultation.file.open("rb"),
        as_attachment=True,
        filename=consultation.file_name,
        content_type=consultation.content_type,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
