"""The index of the document in the hands of its editors: order, additions, names, removals."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organization.http import AuthenticatedHttpRequest
from organization.refusals import refusals_at, refusals_told
from strategy.forms.document import SectionForm, SectionMoveForm, SectionNameForm
from strategy.models import Plan, Section
from strategy.operations import document_tree as operations
from strategy.reports.document import outline_report, section_places
from strategy.section_tree import step
from strategy.views.document_edit import load_section
from strategy.views.loaders import edits_plan


@require_safe
@edits_plan
def document_edit(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The index with what is done, and the ways to change it."""
    context = {"plan": plan, "outline": outline_report(plan), "moved": request.GET.get("spostata")}
    return render(request, "strategy/document_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def section_add(request: AuthenticatedHttpRequest, plan: Plan) -> HttpResponse:
    """A new section at the end of its siblings."""
    initial = {"parent": request.GET.get("in"), "is_numbered": True}
    form = SectionForm(plan, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_at(form):
            section = operations.add_section(plan, **form.cleaned_data, by=request.user)
            messages.success(request, _("“%(section)s” is added.") % {"section": section.heading})
            return redirect("strategy:section-edit", plan.first_year, section.slug)
    return render(
        request,
        "strategy/section_form.html",
        {"plan": plan, "form": form},
        status=400 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def section_rename(request: AuthenticatedHttpRequest, plan: Plan, slug: str) -> HttpResponse:
    """Title, address, summary and key figure of a section."""
    section = load_section(plan, slug)
    form = SectionNameForm(section, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_at(form):
            section = operations.rename_section(section, **form.cleaned_data, by=request.user)
            messages.success(request, _("“%(section)s” is saved.") % {"section": section.heading})
            return redirect("strategy:section-edit", plan.first_year, section.slug)
    context = {"plan": plan, "section": section, "form": form}
    return render(
        request, "strategy/section_form.html", context, status=400 if form.errors else 200
    )


@require_POST
@edits_plan
def section_move(request: AuthenticatedHttpRequest, plan: Plan) -> HttpResponse:
    """A section takes a step, or is dropped at a place; the page says where it now is."""
    form = SectionMoveForm(plan, request.POST)
    if not form.is_valid():
        messages.error(request, _("The section is not there any more: look at the index again."))
        return redirect("strategy:document-edit", plan.first_year)
    section: Section = form.cleaned_data["section"]
    parent, index = form.cleaned_data["parent"], form.cleaned_data["index"] or 0
    with refusals_told(request):
        if direction := form.cleaned_data["direction"]:
            sections = list(plan.sections.in_order().defer("body"))
            target = step(section_places(sections), section.pk, direction)
            if target is None:
                raise ValidationError(_("There is no place there."))
            parent = next((one for one in sections if one.pk == target[0]), None)
            index = target[1]
        section = operations.move_section(section, parent=parent, index=index, by=request.user)
        words = _("“%(section)s” is moved.") % {"section": section.heading}
        messages.success(request, words)
    answer = redirect("strategy:document-edit", plan.first_year)
    # The keyboard stays on the section that was moved.
    answer["Location"] += f"?spostata={section.pk}"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def section_remove(request: AuthenticatedHttpRequest, plan: Plan, slug: str) -> HttpResponse:
    """Asks, saying what goes; a POST removes."""
    section = load_section(plan, slug)
    parts = list(section.children.order_by("position").defer("body"))
    if request.method == "POST":
        with refusals_told(request):
            operations.remove_section(section, by=request.user)
            messages.success(request, _("“%(section)s” is removed.") % {"section": section.heading})
            return redirect("strategy:document-edit", plan.first_year)
        return redirect("strategy:section-remove", plan.first_year, slug)
    context = {
        "plan": plan,
        "section": section,
        "parts": parts,
        "word_count": operations.word_count(section),
    }
    return render(request, "strategy/section_remove.html", context)
