"""An agreement as PDF: asked for, followed while a worker builds it, downloaded."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from documents.models import Build
from documents.operations import expire_stale_builds
from organization.http import AuthenticatedHttpRequest
from pola.agreement_pdf import agreement_fingerprint
from pola.models import AgreementVersion
from pola.tasks import request_agreement_pdf
from pola.views.agreements import load_agreement
from strategy.views.build_words import stage_and_page


def load_version(request: AuthenticatedHttpRequest, pk: int, number: int) -> AgreementVersion:
    """A text of an agreement that the person may read; 404 otherwise."""
    agreement = load_agreement(request, pk)
    version: AgreementVersion = get_object_or_404(agreement.versions.all(), number=number)
    version.agreement = agreement
    return version


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_pdf(request: AuthenticatedHttpRequest, pk: int, number: int) -> HttpResponse:
    """The PDF of a text; a POST asks for it as it stands."""
    version = load_version(request, pk, number)
    if request.method == "POST":
        build = request_agreement_pdf(version, by=request.user)
        name = "pola:agreement-file" if build.is_done else "pola:agreement-pdf"
        return redirect(name, pk, number)
    expire_stale_builds()
    build_found = Build.objects.filter(
        kind=version.kind, fingerprint=agreement_fingerprint(version)
    ).first()
    stage, page = stage_and_page(build_found)
    context = {
        "agreement": version.agreement,
        "version": version,
        "build": build_found,
        "stage": stage,
        "page": page,
    }
    return render(request, "pola/agreements_pdf.html", context)


@require_safe
def agreement_file(request: AuthenticatedHttpRequest, pk: int, number: int) -> FileResponse:
    """The file of the text as it stands, for whoever reads the agreement."""
    version = load_version(request, pk, number)
    builds = Build.objects.filter(kind=version.kind, fingerprint=agreement_fingerprint(version))
    build = next((one for one in builds if one.is_done), None)
    if build is None:
        raise Http404
    try:
        content = build.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    answer = FileResponse(
        content,
        as_attachment=True,
        filename=version.file_name,
        content_type="application/pdf",
    )
    answer["Cache-Control"] = "private, no-store"
    return answer
