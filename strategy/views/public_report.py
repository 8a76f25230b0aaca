"""The published Relazioni, for anybody, without signing in: file, act, answer of the OIV, data."""

from __future__ import annotations

import json

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from documents.file_hashes import hash_groups
from strategy.attainment_data import ATTAINMENT
from strategy.integrity import act_file_looks_intact, pdf_looks_intact
from strategy.models import Plan, ReportEdition
from strategy.operations.report_approval import pdf_file_name
from strategy.public_page import checks
from strategy.report_pdf import attainment_file
from strategy.reports.year import YearReport
from strategy.views.closing import damaged as damaged_closing
from strategy.views.edition_files import (
    act_response,
    kept,
    minutes_response,
    pdf_response,
    unchanged_since,
)


def load_published(label: str, year: int, *, with_closing: bool = False) -> ReportEdition:
    """The published Relazione of a year at its stable address, with what was closed where it is
    read; 404 when there is none."""
    plan = get_object_or_404(Plan.objects.for_label(label))
    editions = ReportEdition.objects.public().without_data()
    if with_closing:
        editions = editions.select_related("closing").defer("snapshot", "closing__indicator_ids")
    return get_object_or_404(editions, report__plan=plan, report__year=year)


@login_not_required
@require_safe
def report_detail(request: HttpRequest, label: str, year: int) -> HttpResponse:
    """One Relazione: its act, the answer of the OIV, its file, its proof, its data."""
    edition = load_published(label, year, with_closing=True)
    closing = edition.closing
    is_data_intact = closing.is_snapshot_intact()
    report = YearReport(json.loads(closing.snapshot)) if is_data_intact else None
    context = {
        "edition": edition,
        "report": edition.report,
        "year": report,
        "is_pdf_intact": pdf_looks_intact(edition),
        "is_act_file_intact": act_file_looks_intact(edition),
        "hash_groups": hash_groups(edition.pdf_sha256),
        "data_hash_groups": hash_groups(closing.snapshot_sha256),
        "checks": checks(pdf_file_name(edition.report)),
    }
    return render(request, "public/report_detail.html", context)


@login_not_required
@require_safe
def report_pdf(request: HttpRequest, label: str, year: int) -> HttpResponseBase:
    """The approved file; one whose hash is not that of the approval is never served."""
    edition = load_published(label, year)
    return kept(pdf_response(request, edition, name=pdf_file_name(edition.report)))


@login_not_required
@require_safe
def report_act(request: HttpRequest, label: str, year: int) -> HttpResponseBase:
    """The file of the act that approved it, checked in the same way; 404 without one."""
    return kept(act_response(request, load_published(label, year), name=f"atto-{year}.pdf"))


@login_not_required
@require_safe
def report_minutes(request: HttpRequest, label: str, year: int) -> HttpResponseBase:
    """The minutes of the OIV, likewise."""
    edition = load_published(label, year)
    return kept(minutes_response(request, edition, name=f"verbale-oiv-{year}.pdf"))


@login_not_required
@require_safe
def report_data(request: HttpRequest, label: str, year: int) -> HttpResponseBase:
    """The degrees of the year as CSV, made of the frozen closing."""
    edition = load_published(label, year, with_closing=True)
    closing = edition.closing
    closing.plan = edition.report.plan
    if not closing.is_snapshot_intact():
        return damaged_closing(request, closing)
    tag = f"{closing.snapshot_sha256}-{ATTAINMENT}"
    if unchanged := unchanged_since(request, tag):
        return kept(unchanged)
    file = attainment_file(json.loads(closing.snapshot))
    response = HttpResponse(
        file.content,
        content_type=f"{file.mime_type}; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="attainment-{year}.csv"',
            "ETag": quote_etag(tag),
        },
    )
    return kept(response)
