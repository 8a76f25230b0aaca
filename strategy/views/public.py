"""The public page: adopted editions with their PDF and data, for anybody, without signing in."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from strategy.models import Edition, Plan
from strategy.open_data import data_files, file_names
from strategy.public_page import checks, edition_contents, hash_groups, listed_files, pdf_name

AN_HOUR = 3600


def load_edition(label: str, revision: int, *, with_data: bool = True) -> Edition:
    """The adopted edition at a stable address; 404 when there is none."""
    plan = get_object_or_404(Plan.objects.for_label(label))
    editions = Edition.objects.public()
    chosen = editions if with_data else editions.without_data()
    return get_object_or_404(chosen, plan=plan, revision=revision)


@login_not_required
@require_safe
def edition_list(request: HttpRequest) -> HttpResponse:
    """Every adopted edition, newest first."""
    editions = Edition.objects.public().without_data()
    return render(request, "public/edition_list.html", {"editions": editions})


@login_not_required
@require_safe
def edition_detail(request: HttpRequest, label: str, revision: int) -> HttpResponse:
    """One edition: its act, its file, its proof, its data."""
    edition = load_edition(label, revision)
    siblings = list(Edition.objects.public().without_data().filter(plan=edition.plan))
    context: dict[str, Any] = {
        "edition": edition,
        "siblings": siblings,
        "newest": siblings[0],
        "is_pdf_intact": edition.is_pdf_intact(),
        "hash_groups": hash_groups(edition.pdf_sha256),
        "checks": checks(pdf_name(edition)),
    }
    if edition.is_snapshot_intact():
        data = json.loads(edition.snapshot)
        context |= {"contents": edition_contents(data), "files": listed_files(edition, data)}
    return render(request, "public/edition_detail.html", context)


@login_not_required
@require_safe
def edition_pdf(request: HttpRequest, label: str, revision: int) -> HttpResponseBase:
    """The adopted file. A file whose hash is not that of the day of adoption is never served."""
    edition = load_edition(label, revision, with_data=False)
    if not edition.is_pdf_intact():
        return damaged(request, edition)
    if unchanged := unchanged_since(request, edition.pdf_sha256):
        return unchanged
    response = FileResponse(
        edition.pdf.open("rb"),
        content_type="application/pdf",
        as_attachment=True,
        filename=pdf_name(edition),
    )
    return kept(response, edition.pdf_sha256)


@login_not_required
@require_safe
def edition_data(request: HttpRequest, label: str, revision: int, name: str) -> HttpResponseBase:
    """One file of the published data, made of the frozen snapshot."""
    if name not in file_names():
        raise Http404
    edition = load_edition(label, revision)
    if not edition.is_snapshot_intact():
        return damaged(request, edition)
    tag = f"{edition.snapshot_sha256}-{name}"
    if unchanged := unchanged_since(request, tag):
        return unchanged
    files = {file.name: file for file in data_files(json.loads(edition.snapshot))}
    response = HttpResponse(
        files[name].content,
        content_type=f"{files[name].mime_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
    return kept(response, tag)


def damaged(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Nothing is served: what is stored is not what was adopted."""
    response = render(request, "public/edition_damaged.html", {"edition": edition}, status=503)
    patch_cache_control(response, no_store=True)
    return response


def unchanged_since(request: HttpRequest, tag: str) -> HttpResponseBase | None:
    """304 for a reader who already holds the very same bytes."""
    etag = quote_etag(tag)
    response = get_conditional_response(request, etag=etag)
    return kept(response, tag) if response is not None else None


def kept(response: HttpResponseBase, tag: str) -> HttpResponseBase:
    """A response that caches may keep, recognised by the hash of the edition."""
    response.headers["ETag"] = quote_etag(tag)
    patch_cache_control(response, public=True, max_age=AN_HOUR)
    return response
