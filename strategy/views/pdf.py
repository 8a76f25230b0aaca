"""The PDF of a plan or of a dashboard: asked for, followed while a worker builds it, downloaded."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from documents.models import Build
from documents.operations import expire_stale_builds
from organization.http import AuthenticatedHttpRequest
from strategy.models import Edition, Section
from strategy.operations import request_pdf
from strategy.printables import (
    Printable,
    PrintableDashboard,
    PrintablePlan,
    PrintableSection,
    find_printable,
)
from strategy.views.build_words import stage_and_page
from strategy.views.loaders import load_dashboard, load_plan

HISTORY = 10


@require_http_methods(["GET", "HEAD", "POST"])
def plan_pdf(request: AuthenticatedHttpRequest, year: int) -> HttpResponse:
    """The newest PDF of the plan and the earlier ones; a POST asks for it as the plan stands."""
    plan = load_plan(request, year)
    printable = PrintablePlan(plan)
    if request.method == "POST":
        return ask_for_pdf(request, printable)
    edition = Edition.objects.public().without_data().filter(plan=plan).first()
    return render(request, "strategy/plan_pdf.html", pdf_page(printable) | {"edition": edition})


@require_http_methods(["GET", "HEAD", "POST"])
def dashboard_pdf(request: AuthenticatedHttpRequest, year: int, slug: str) -> HttpResponse:
    """The same for one dashboard alone."""
    dashboard = load_dashboard(request, year, slug=slug)
    printable = PrintableDashboard(dashboard)
    if request.method == "POST":
        return ask_for_pdf(request, printable)
    context = pdf_page(printable) | {"dashboard": dashboard}
    return render(request, "strategy/dashboard_pdf.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def section_pdf(request: AuthenticatedHttpRequest, year: int, slug: str) -> HttpResponse:
    """One section as it will print: asked for, followed, opened in the browser."""
    plan = load_plan(request, year)
    section = get_object_or_404(Section, plan=plan, slug=slug)
    section.plan = plan
    printable = PrintableSection(section)
    if request.method == "POST":
        return ask_for_pdf(request, printable)
    return render(request, "strategy/section_pdf.html", pdf_page(printable) | {"section": section})


@require_safe
def build_status(request: AuthenticatedHttpRequest, year: int, pk: int) -> HttpResponse:
    """How far a build is: the piece of the page that asks again every second."""
    expire_stale_builds()
    printable, build = _load_build(request, year, pk)
    # Who has waited finds the keyboard on the file as soon as it is there.
    context = _status(printable, build) | {"takes_focus": True}
    return render(request, "strategy/build_status.html", context)


@require_safe
def build_file(request: AuthenticatedHttpRequest, year: int, pk: int) -> FileResponse:
    """The file of a finished build."""
    printable, build = _load_build(request, year, pk)
    if not build.is_done:
        raise Http404
    try:
        content = build.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(
        content,
        as_attachment=not printable.is_preview,
        filename=printable.file_name,
        content_type="application/pdf",
    )


def ask_for_pdf(request: AuthenticatedHttpRequest, printable: Printable) -> HttpResponse:
    """Content that is built already is handed over; what must be built is followed on its page."""
    if not request.user.has_perm("strategy.build_pdf", printable.plan):
        raise PermissionDenied
    build = request_pdf(printable, by=request.user)
    if build.is_done:
        return redirect("strategy:build-file", printable.plan.first_year, build.pk)
    return redirect(printable)


def _load_build(request: AuthenticatedHttpRequest, year: int, pk: int) -> tuple[Printable, Build]:
    """A build of that year and what it is of, if the person may read it as it stands; else 404."""
    build = get_object_or_404(Build, pk=pk)
    printable = find_printable(build.kind, reader=request.user)
    if printable is None or printable.plan.first_year != year:
        raise Http404
    return printable, build


def pdf_page(printable: Printable) -> dict[str, Any]:
    """The newest build on top, the earlier ones below."""
    expire_stale_builds()
    builds = list(Build.objects.filter(kind=printable.kind)[:HISTORY])
    return _status(printable, builds[0] if builds else None) | {"builds": builds[1:]}


def _status(printable: Printable, build: Build | None) -> dict[str, Any]:
    """The build shown on top, its stage in words, the page it has reached."""
    stage, page = stage_and_page(build)
    return {
        "plan": printable.plan,
        "printable": printable,
        "build": build,
        "stage": stage,
        "page": page,
    }
