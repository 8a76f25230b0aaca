"""Generated blocks of a section: placed, said otherwise, moved, removed."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organization.http import AuthenticatedHttpRequest
from organization.refusals import refusals_at, refusals_told
from strategy.block_registry import block_kind
from strategy.forms.document import BlockForm
from strategy.models import Plan, SectionBlock
from strategy.operations import document_blocks as operations
from strategy.views.attempts import attempt
from strategy.views.document_edit import load_section
from strategy.views.loaders import edits_plan


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def block_add(request: AuthenticatedHttpRequest, plan: Plan, slug: str) -> HttpResponse:
    """Place a block under the text."""
    section = load_section(plan, slug)
    form = BlockForm(plan, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_at(form):
            block = operations.place_block(section, **form.cleaned_data, by=request.user)
            messages.success(request, _("The block is placed under the text."))
            return _to_block(block)
    context = {"plan": plan, "section": section, "form": form}
    return render(
        request, "strategy/section_block_form.html", context, status=400 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def block_edit(request: AuthenticatedHttpRequest, plan: Plan, slug: str, pk: int) -> HttpResponse:
    """Caption, introduction, source of a block, and what it shows."""
    block = _load_block(plan, slug, pk)
    form = BlockForm(plan, request.POST or None, block=block)
    change = partial(operations.change_block, block, by=request.user)
    if request.method == "POST" and not attempt(form, change):
        messages.success(request, _("The block is saved."))
        return _to_block(block)
    context = {
        "plan": plan,
        "section": block.section,
        "placed": block,
        "kind": block_kind(block.kind),
        "form": form,
    }
    return render(
        request, "strategy/section_block_form.html", context, status=400 if form.errors else 200
    )


@require_POST
@edits_plan
def block_move(request: AuthenticatedHttpRequest, plan: Plan, slug: str, pk: int) -> HttpResponse:
    """Before or after its neighbour."""
    block = _load_block(plan, slug, pk)
    down = request.POST.get("direction") == "down"
    with refusals_told(request):
        block = operations.move_block(block, direction="down" if down else "up", by=request.user)
        messages.success(request, _("The block is moved."))
    return _to_block(block)


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def block_remove(request: AuthenticatedHttpRequest, plan: Plan, slug: str, pk: int) -> HttpResponse:
    """Asks; a POST takes the block away from the section."""
    block = _load_block(plan, slug, pk)
    if request.method == "POST":
        with refusals_told(request):
            operations.remove_block(block, by=request.user)
            messages.success(request, _("The block is taken away; its data stay where they are."))
        return redirect("strategy:section-edit", plan.first_year, slug)
    context = {
        "plan": plan,
        "section": block.section,
        "placed": block,
        "kind": block_kind(block.kind),
    }
    return render(request, "strategy/section_block_remove.html", context)


def _load_block(plan: Plan, slug: str, pk: int) -> SectionBlock:
    block: SectionBlock = get_object_or_404(
        SectionBlock.objects.select_related("section", "table"),
        pk=pk,
        section__slug=slug,
        section__plan=plan,
    )
    block.section.plan = plan
    return block


def _to_block(block: SectionBlock) -> HttpResponse:
    """Back to the section, at the block."""
    section = block.section
    page = reverse("strategy:section-edit", args=[section.plan.first_year, section.slug])
    return redirect(f"{page}#b-{block.pk}")
