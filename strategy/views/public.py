"""The public page: published editions with PDF, data and act, for anybody, without signing in."""

from __future__ import annotations

import json

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from documents.file_hashes import hash_groups
from strategy.integrity import act_file_looks_intact, pdf_looks_intact
from strategy.models import Edition, Plan, ReportEdition
from strategy.open_data import data_files, file_names
from strategy.public_page import act_name, checks, edition_facts, pdf_name
from strategy.views.edition_files import (
    act_response,
    damaged,
    kept,
    pdf_response,
    unchanged_since,
)


def load_edition(label: str, revision: int, *, with_data: bool = False) -> Edition:
    """The published edition at a stable address; 404 when there is none."""
    plan = get_object_or_404(Plan.objects.for_label(label))
    editions = Edition.objects.public().with_standing()
    chosen = editions if with_data else editions.without_data()
    return get_object_or_404(chosen, plan=plan, revision=revision)


@login_not_required
@require_safe
def edition_list(request: HttpRequest) -> HttpResponse:
    """Every published edition, newest first."""
    context = {
        "editions": list(Edition.objects.public().with_standing().without_data()),
        "reports": ReportEdition.objects.public().without_data(),
    }
    return render(request, "public/edition_list.html", context)


@login_not_required
@require_safe
def edition_detail(request: HttpRequest, label: str, revision: int) -> HttpResponse:
    """One edition: its act, its file, its proof, its data; of an old one, where the new one is."""
    edition = load_edition(label, revision)
    public = Edition.objects.public().with_standing().without_data()
    siblings = list(public.filter(plan=edition.plan))
    context = {
        "edition": edition,
        "siblings": siblings,
        "newest": siblings[0],
        "is_pdf_intact": pdf_looks_intact(edition),
        "is_act_file_intact": act_file_looks_intact(edition),
        "hash_groups": hash_groups(edition.pdf_sha256),
        "act_hash_groups": hash_groups(edition.act_file_sha256),
        "checks": checks(pdf_name(edition)),
    }
    if facts := edition_facts(edition):
        context |= {"contents": facts.contents, "files": facts.files}
    return render(request, "public/edition_detail.html", context)


@login_not_required
@require_safe
def edition_pdf(request: HttpRequest, label: str, revision: int) -> HttpResponseBase:
    """The adopted file. A file whose hash is not that of the day of adoption is never served."""
    edition = load_edition(label, revision)
    return kept(pdf_response(request, edition, name=pdf_name(edition)))


@login_not_required
@require_safe
def edition_act(request: HttpRequest, label: str, revision: int) -> HttpResponseBase:
    """The file of the act that adopted the edition, checked in the same way; 404 without one."""
    edition = load_edition(label, revision)
    if not edition.act_file:
        raise Http404
    return kept(act_response(request, edition, name=act_name(edition)))


@login_not_required
@require_safe
def edition_data(request: HttpRequest, label: str, revision: int, name: str) -> HttpResponseBase:
    """One file of the published data, made of the frozen snapshot."""
    if name not in file_names():
        raise Http404
    edition = load_edition(label, revision, with_data=True)
    if not edition.is_snapshot_intact():
        return damaged(request, edition)
    tag = f"{edition.snapshot_sha256}-{name}"
    if unchanged := unchanged_since(request, tag):
        return kept(unchanged)
    files = {file.name: file for file in data_files(json.loads(edition.snapshot))}
    response = HttpResponse(
        files[name].content,
        content_type=f"{files[name].mime_type}; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "ETag": quote_etag(tag),
        },
    )
    return kept(response)
