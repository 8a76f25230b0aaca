"""The minutes of the OIV on the public page, with the Relazione they are about."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from documents.file_hashes import file_sha256
from strategy.minutes_pdf import minutes_file_name
from strategy.models import Plan, ReportEdition
from strategy.views.edition_files import kept, unchanged_since


@login_not_required
@require_safe
def public_minutes(request: HttpRequest, label: str, year: int) -> HttpResponseBase:
    """The minutes of a published Relazione. A file whose hash is not that of the day of the
    decision is never served; 404 where there are none."""
    plan = get_object_or_404(Plan.objects.for_label(label))
    editions = ReportEdition.objects.public().without_data()
    edition = editions.filter(report__plan=plan, report__year=year).first()
    if edition is None or not edition.validation.minutes:
        raise Http404
    decided = edition.validation
    if file_sha256(decided.minutes) != decided.minutes_sha256:
        response = render(request, "public/minutes_damaged.html", {"edition": edition}, status=503)
        patch_cache_control(response, no_store=True)
        return response
    if unchanged := unchanged_since(request, decided.minutes_sha256):
        return kept(unchanged)
    return kept(
        FileResponse(
            decided.minutes.open("rb"),
            content_type="application/pdf",
            as_attachment=True,
            filename=minutes_file_name(edition),
            headers={"ETag": quote_etag(decided.minutes_sha256)},
        )
    )
