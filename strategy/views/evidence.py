"""Files that prove a figure, given out to be saved."""

from __future__ import annotations

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from documents.file_hashes import file_sha256
from organization.http import AuthenticatedHttpRequest
from strategy.models import Evidence
from strategy.views.loaders import load_plan


@require_safe
def evidence_file(request: AuthenticatedHttpRequest, year: int, pk: int) -> FileResponse:
    """A proof for whoever may see its figure: always to be saved, never opened by the browser.

    One that is not there, or is not what was added any more, is not given out (404).
    """
    evidence = _load(request, year, pk)
    if file_sha256(evidence.file) != evidence.sha256:
        raise Http404(_("The file is not what was added: it is not given out."))
    answer = FileResponse(
        evidence.file.open("rb"),
        as_attachment=True,
        filename=evidence.name,
        content_type=evidence.content_type,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _load(request: AuthenticatedHttpRequest, year: int, pk: int) -> Evidence:
    plan = load_plan(request, year)
    proofs = Evidence.objects.visible_to(request.user).select_related("recording__period")
    evidence: Evidence = get_object_or_404(proofs, pk=pk, recording__period__plan=plan)
    return evidence
