"""Writing the text of a section of the plan: the pages of strategy.views.writing behind the door
of the plan, and who else is there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organization.http import AuthenticatedHttpRequest
from strategy.models import Plan, Section
from strategy.operations import document as operations
from strategy.views import writing
from strategy.views.desks import plan_desk
from strategy.views.loaders import edits_plan


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def section_edit(request: AuthenticatedHttpRequest, plan: Plan, slug: str) -> HttpResponse:
    """The text in the editor, its blocks, the index; a POST saves without script."""
    return writing.edit(request, plan_desk(load_section(plan, slug)))


@require_POST
@edits_plan
def section_save(request: AuthenticatedHttpRequest, plan: Plan, slug: str) -> JsonResponse:
    """The same save, asked for by the editor every few seconds."""
    return writing.save(request, plan_desk(load_section(plan, slug)))


@require_POST
@edits_plan
def section_presence(request: AuthenticatedHttpRequest, plan: Plan, slug: str) -> HttpResponse:
    """A sign of life from the open page; the answer says who else is there."""
    section = load_section(plan, slug)
    if "leaving" in request.POST:
        operations.end_presence(section, by=request.user)
        return HttpResponse(status=204)
    operations.note_presence(section, by=request.user)
    return render(
        request,
        "strategy/section_edit_people.html",
        {"others": writing.others(request, section)},
    )


@require_POST
@edits_plan
def section_done(request: AuthenticatedHttpRequest, plan: Plan, slug: str) -> HttpResponse:
    """Mark the section as done, or take the mark away."""
    return writing.mark(request, plan_desk(load_section(plan, slug)))


@require_safe
@edits_plan
def version_list(request: HttpRequest, plan: Plan, slug: str) -> HttpResponse:
    """The versions of the text, newest first."""
    return writing.versions(request, plan_desk(load_section(plan, slug)))


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def version_detail(
    request: AuthenticatedHttpRequest, plan: Plan, slug: str, pk: int
) -> HttpResponse:
    """What a version changed, word by word; a POST brings its text back as a new version."""
    return writing.version(request, plan_desk(load_section(plan, slug)), pk)


def load_section(plan: Plan, slug: str) -> Section:
    """A section of the plan with its blocks; 404 when there is none."""
    section: Section = get_object_or_404(plan.sections.with_blocks(), slug=slug)
    section.plan = plan
    return section
