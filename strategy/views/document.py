"""The document of the plan, read online with its index."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from strategy.blocks import section_blocks
from strategy.document_layout import shifted_headings
from strategy.models import Section
from strategy.views.loaders import load_plan, may_edit


@require_safe
def document(request: HttpRequest, year: int) -> HttpResponse:
    """The document opens at its first section."""
    plan = load_plan(request, year)
    first = Section.objects.visible_to(request.user).filter(plan=plan).in_order().first()
    if first is None:
        context = {"plan": plan, "may_edit": may_edit(request, plan)}
        return render(request, "strategy/document_empty.html", context)
    return redirect("strategy:section-detail", year, first.slug)


@require_safe
def section_detail(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """One section: its text, its generated blocks, the index beside it, the next one below."""
    plan = load_plan(request, year)
    sections = list(
        Section.objects.visible_to(request.user).filter(plan=plan).in_order().defer("body")
    )
    index = next((i for i, section in enumerate(sections) if section.slug == slug), None)
    if index is None:
        raise Http404
    for one in sections:
        one.plan = plan
    section = Section.objects.with_blocks().get(pk=sections[index].pk)
    section.plan = plan
    context = {
        "plan": plan,
        "may_edit": may_edit(request, plan),
        "outline_url": reverse("strategy:document-edit", args=[year]),
        "pdf_url": reverse("strategy:plan-pdf", args=[year]),
        "sections": sections,
        "section": section,
        "body": shifted_headings(section.body, above=1),
        "blocks": section_blocks(plan, section),
        "previous": sections[index - 1] if index else None,
        "next": sections[index + 1] if index + 1 < len(sections) else None,
    }
    return render(request, "strategy/section_detail.html", context)
