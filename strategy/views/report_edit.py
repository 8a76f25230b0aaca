"""The sections of a Relazione: read, and written with the pages of strategy.views.writing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from rules import has_perm

from organization.http import AuthenticatedHttpRequest
from strategy.document_layout import shifted_headings
from strategy.models import PerformanceReport, ReportSection
from strategy.printables import PrintableReport
from strategy.report_blocks import report_views
from strategy.report_enums import ReportAct, ReportState
from strategy.reports.closing import DamagedClosingError
from strategy.reports.report_closing import overtaken
from strategy.reports.report_sections import asks_in, report_sections
from strategy.reports.report_year import ReportFigures
from strategy.rules import is_planner
from strategy.transitions import report_allows_act
from strategy.views import writing
from strategy.views.closing import damaged
from strategy.views.desks import report_desk
from strategy.views.document_images import add_to
from strategy.views.loaders import load_report
from strategy.views.pdf import ask_for_pdf, pdf_page


def edits_report(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page of the planning office that changes a Relazione: the view gets it, not the years.

    A stranger to it gets 404, a reader 403; once it is approved the page says so with 409.
    """

    @wraps(view)
    def answer(request: HttpRequest, year: int, at: int, **which: Any) -> HttpResponseBase:
        report = load_report(request, year, at)
        if not is_planner(request.user):
            raise PermissionDenied
        if not report.is_editable:
            context = {
                "plan": report.plan,
                "report": report,
                "may_go_back": report_allows_act(
                    ReportAct.REWORK, report.state, is_overtaken=report.is_overtaken
                ),
                "is_examined": report.state == ReportState.TRANSMITTED,
            }
            return render(request, "strategy/report_locked.html", context, status=409)
        return view(request, report, **which)

    return answer


@require_safe
def section_detail(request: HttpRequest, year: int, at: int, slug: str) -> HttpResponse:
    """One section: its text or what belongs there, its blocks, the index, the next one."""
    report = load_report(request, year, at)
    sections = report_sections(report)
    index = next((i for i, section in enumerate(sections) if section.slug == slug), None)
    if index is None:
        raise Http404
    section, shared = sections[index], ReportFigures(report)
    try:
        blocks = report_views(section, shared)
    except DamagedClosingError as error:
        return damaged(request, error.closing)
    may_write = has_perm("strategy.write_report", request.user, report)
    context = {
        "plan": report.plan,
        "report": report,
        "overtaken": overtaken(shared.edition),
        "may_edit": may_write,
        "outline_url": report.get_absolute_url(),
        "document_name": str(report),
        "sections": sections,
        "section": section,
        "asks": asks_in(section) if report.is_editable else "",
        "body": shifted_headings(section.body, above=1),
        "blocks": blocks,
        "previous": sections[index - 1] if index else None,
        "next": sections[index + 1] if index + 1 < len(sections) else None,
    }
    return render(request, "strategy/section_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@edits_report
def section_edit(
    request: AuthenticatedHttpRequest, report: PerformanceReport, slug: str
) -> HttpResponse:
    """The text in the editor, what belongs there, the blocks, the index."""
    try:
        return writing.edit(request, report_desk(_section(report, slug)))
    except DamagedClosingError as error:
        return damaged(request, error.closing)


@require_POST
@edits_report
def section_save(
    request: AuthenticatedHttpRequest, report: PerformanceReport, slug: str
) -> JsonResponse:
    """The same save, asked for by the editor every few seconds."""
    return writing.save(request, report_desk(_section(report, slug)))


@require_POST
@edits_report
def section_done(
    request: AuthenticatedHttpRequest, report: PerformanceReport, slug: str
) -> HttpResponse:
    """Mark the section as done, or take the mark away."""
    return writing.mark(request, report_desk(_section(report, slug)))


@require_safe
@edits_report
def version_list(request: HttpRequest, report: PerformanceReport, slug: str) -> HttpResponse:
    """The versions of the text, newest first."""
    return writing.versions(request, report_desk(_section(report, slug)))


@require_http_methods(["GET", "HEAD", "POST"])
@edits_report
def version_detail(
    request: AuthenticatedHttpRequest, report: PerformanceReport, slug: str, pk: int
) -> HttpResponse:
    """What a version changed, word by word; a POST brings its text back as a new version."""
    return writing.version(request, report_desk(_section(report, slug)), pk)


@require_POST
@edits_report
def picture_add(request: AuthenticatedHttpRequest, report: PerformanceReport) -> JsonResponse:
    """Keep a picture of the Relazione."""
    return add_to(report, request)


@require_http_methods(["GET", "HEAD", "POST"])
def report_pdf(request: AuthenticatedHttpRequest, year: int, at: int) -> HttpResponse:
    """The draft as it will print: asked for, followed, opened; of what is approved, its file."""
    report = load_report(request, year, at)
    if not report.is_editable:
        number = report.editions.latest("number").number
        return redirect("strategy:report-file", year, at, number, "relazione.pdf")
    printable = PrintableReport(report)
    if request.method == "POST":
        return ask_for_pdf(request, printable)
    return render(request, "strategy/report_pdf.html", pdf_page(printable) | {"report": report})


def _section(report: PerformanceReport, slug: str) -> ReportSection:
    """A section of the Relazione; 404 when there is none."""
    section: ReportSection = get_object_or_404(report.sections, slug=slug)
    section.report = report
    return section
