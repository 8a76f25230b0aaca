"""The PDF of a plan: asked for, followed while a worker builds it, downloaded."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.enums import PrintStage
from documents.models import Build
from documents.operations import expire_stale_builds
from organization.http import AuthenticatedHttpRequest
from strategy.models import Dashboard, Plan
from strategy.operations import request_plan_pdf
from strategy.plan_pdf import build_dashboard_pdf
from strategy.tasks import file_name, kind_of
from strategy.views.loaders import load_plan

HISTORY = 10


@require_http_methods(["GET", "HEAD", "POST"])
def plan_pdf(request: AuthenticatedHttpRequest, year: int) -> HttpResponse:
    """The newest PDF of the plan and the earlier ones; a POST asks for it as the plan stands."""
    plan = load_plan(request, year)
    if request.method == "POST":
        return _ask(request, plan)
    expire_stale_builds()
    builds = list(Build.objects.filter(kind=kind_of(plan))[:HISTORY])
    edition = plan.editions.without_data().order_by("-revision").first()
    context = {"plan": plan, "edition": edition, "builds": builds[1:]}
    return render(request, "strategy/plan_pdf.html", context | _status(plan, builds[:1]))


def _ask(request: AuthenticatedHttpRequest, plan: Plan) -> HttpResponse:
    if not request.user.has_perm("strategy.build_plan_pdf", plan):
        raise PermissionDenied
    build = request_plan_pdf(plan, by=request.user)
    if build.is_done:
        messages.success(request, _("Nothing has changed since this PDF was built: here it is."))
    return redirect("strategy:plan-pdf", plan.first_year)


@require_safe
def build_status(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """How far a build is: the piece of the page that asks again every second."""
    plan = load_plan(request, year)
    expire_stale_builds()
    build = get_object_or_404(Build, pk=pk, kind=kind_of(plan))
    return render(request, "strategy/build_status.html", {"plan": plan} | _status(plan, [build]))


@require_safe
def build_file(request: HttpRequest, year: int, pk: int) -> FileResponse:
    """The file of a finished build."""
    plan = load_plan(request, year)
    build = get_object_or_404(Build.objects.done(), pk=pk, kind=kind_of(plan))
    try:
        content = build.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(
        content, as_attachment=True, filename=file_name(plan), content_type="application/pdf"
    )


@require_safe
def dashboard_pdf(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """One dashboard alone: a few pages, built while one waits."""
    plan = load_plan(request, year)
    dashboards = Dashboard.objects.visible_to(request.user).select_related("plan", "unit")
    dashboard = get_object_or_404(dashboards, plan=plan, slug=slug)
    response = HttpResponse(build_dashboard_pdf(dashboard), content_type="application/pdf")
    name = f"cruscotto-{dashboard.slug}-{plan.label}-rev-{plan.revision}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _status(plan: Plan, builds: list[Build]) -> dict[str, object]:
    """The build shown on top, its stage in words, the page it has reached."""
    build = builds[0] if builds else None
    name, _space, page = (build.stage if build else "").partition(" ")
    stage = PrintStage(name).label if name in PrintStage.values else ""
    return {"build": build, "stage": stage, "page": page, "file_name": file_name(plan)}
