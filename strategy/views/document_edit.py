"""Writing the text of a section: the page, the saves, who else is there, the mark, the versions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.rich_text import clean_html
from organization.http import AuthenticatedHttpRequest
from strategy.block_registry import BlockContext, PlanReports, block_kind, build_block
from strategy.document_layout import shifted_headings
from strategy.forms.document import PictureForm, SectionTextForm, VersionForm
from strategy.models import Plan, Section, SectionBlock
from strategy.operations import document as operations
from strategy.reports.document import outline_report, section_versions
from strategy.views.loaders import edits_plan
from strategy.word_differences import has_changes, word_changes

NEWEST = 5


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def section_edit(request: AuthenticatedHttpRequest, plan: Plan, slug: str) -> HttpResponse:
    """The text in the editor, its blocks, the index; a POST saves without script."""
    section = load_section(plan, slug)
    if request.method != "POST":
        return _page(request, section, _text_form(section))
    form = SectionTextForm(request.POST)
    if not form.is_valid():
        return _page(request, section, form, status=400)
    try:
        operations.write_section(section, **form.cleaned_data, by=request.user)
    except ValidationError as error:
        if error_code(error) == "stale":
            mine = clean_html(form.cleaned_data["body"])
            section.refresh_from_db()
            again = _text_form(section, body=mine, apart=True)
            return _page(request, section, again, status=409, **_conflict(section, mine))
        form.add_error(None if error_code(error) else "body", error.messages)
        return _page(request, section, form, status=400)
    messages.success(request, _("The text is saved."))
    return redirect("strategy:section-edit", plan.first_year, slug)


@require_POST
@edits_plan
def section_save(request: AuthenticatedHttpRequest, plan: Plan, slug: str) -> JsonResponse:
    """The same save, asked for by the editor every few seconds: answers what is to be shown.

    A refusal is an answer like the others (200), which the page shows in its place.
    """
    section = load_section(plan, slug)
    form = SectionTextForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"problem": _("The page is incomplete: open it again.")})
    try:
        section = operations.write_section(section, **form.cleaned_data, by=request.user)
    except ValidationError as error:
        if error_code(error) != "stale":
            return JsonResponse({"problem": " ".join(error.messages)})
        section.refresh_from_db()
        conflict = _conflict(section, clean_html(form.cleaned_data["body"]))
        html = render_to_string(
            "strategy/section_edit_conflict.html", {"section": section, **conflict}, request
        )
        return JsonResponse({"conflict": html, "version": section.version, "body": section.body})
    return JsonResponse({"version": section.version, "saved": saved_words(section)})


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
        request, "strategy/section_edit_people.html", {"others": _others(request, section)}
    )


@require_POST
@edits_plan
def section_done(request: AuthenticatedHttpRequest, plan: Plan, slug: str) -> HttpResponse:
    """Mark the section as done, or take the mark away."""
    section = load_section(plan, slug)
    is_done = request.POST.get("done") == "1"
    try:
        operations.mark_section(section, is_done=is_done, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        words = (
            _("“%(section)s” is marked as done.") if is_done else _("“%(section)s” is open again.")
        )
        messages.success(request, words % {"section": section.heading})
    return redirect("strategy:section-edit", plan.first_year, slug)


@require_safe
@edits_plan
def version_list(request: HttpRequest, plan: Plan, slug: str) -> HttpResponse:
    """The versions of the text, newest first."""
    section = load_section(plan, slug)
    context = {"plan": plan, "section": section, "versions": section_versions(section)}
    return render(request, "strategy/section_versions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def version_detail(
    request: AuthenticatedHttpRequest, plan: Plan, slug: str, pk: int
) -> HttpResponse:
    """What a version changed, word by word; a POST brings its text back as a new version."""
    section = load_section(plan, slug)
    record = get_object_or_404(section.history, history_id=pk)
    if request.method == "POST":
        return _restore(request, section, record)
    versions = section_versions(section)
    place = next((i for i, version in enumerate(versions) if version.pk == pk), None)
    version = versions[place] if place is not None else None
    older = versions[place + 1] if place is not None and place + 1 < len(versions) else None
    with_present = request.GET.get("con") == "oggi"
    if with_present:
        changes = word_changes(record.body, section.body)
    else:
        before = section.history.get(history_id=older.pk).body if older else ""
        changes = word_changes(before, record.body)
    context = {
        "plan": plan,
        "section": section,
        "version": version,
        "older": older,
        "record": record,
        "with_present": with_present,
        "ways": [
            {"label": _("What it changed"), "url": "?", "is_current": not with_present},
            {
                "label": _("Against the present text"),
                "url": "?con=oggi",
                "is_current": with_present,
            },
        ],
        "changes": changes,
        "has_changes": has_changes(changes),
        "body": shifted_headings(clean_html(record.body), above=2),
        "form": VersionForm(initial={"version": section.version}),
    }
    return render(request, "strategy/section_version.html", context)


def load_section(plan: Plan, slug: str) -> Section:
    """A section of the plan with its blocks; 404 when there is none."""
    section: Section = get_object_or_404(plan.sections.with_blocks(), slug=slug)
    section.plan = plan
    return section


def saved_words(section: Section) -> str:
    """When the text was last saved: 10.42 today, with the date otherwise."""
    if section.edited_at is None:
        return ""
    moment = timezone.localtime(section.edited_at)
    if moment.date() == timezone.localdate():
        return _("Saved at %(hour)s") % {"hour": date_format(moment, "G.i")}
    return _("Saved on %(day)s") % {"day": date_format(moment, "j.n.Y, G.i")}


def error_code(error: ValidationError) -> str:
    """The code of a refusal that is about no field; nothing for one about fields."""
    return "" if hasattr(error, "error_dict") else str(error.error_list[0].code or "")


def _restore(request: AuthenticatedHttpRequest, section: Section, record: Any) -> HttpResponse:
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        operations.restore_section(section, record=record, version=version, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(
            "strategy:section-version", section.plan.first_year, section.slug, record.history_id
        )
    messages.success(request, _("The text is that of the version you chose."))
    return redirect("strategy:section-edit", section.plan.first_year, section.slug)


def _text_form(
    section: Section, *, body: str | None = None, apart: bool = False
) -> SectionTextForm:
    text = section.body if body is None else body
    return SectionTextForm(initial={"body": text, "version": section.version, "apart": apart})


def _conflict(section: Section, mine: str) -> dict[str, Any]:
    """Both texts and the words that tell them apart."""
    return {
        "mine": shifted_headings(mine, above=2),
        "saved": shifted_headings(section.body, above=2),
        "changes": word_changes(section.body, mine),
    }


def _placed(stored: SectionBlock, shared: PlanReports) -> dict[str, Any]:
    """A block as the editor shows it: whole when it is small, by name when it has dashboards."""
    views = build_block(BlockContext(shared, stored, level=3))
    is_large = any(view.dashboards for view in views)
    return {
        "stored": stored,
        "kind": block_kind(stored.kind),
        "views": [] if is_large else views,
    }


def _others(request: AuthenticatedHttpRequest, section: Section) -> list[Any]:
    """Who else has the section open."""
    return list(section.presences.here(timezone.now()).exclude(user=request.user))


def _page(
    request: AuthenticatedHttpRequest,
    section: Section,
    form: SectionTextForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    plan = section.plan
    shared = PlanReports(plan)
    context = {
        "plan": plan,
        "section": section,
        "form": form,
        "outline": outline_report(plan),
        "others": _others(request, section),
        "saved_words": saved_words(section),
        "versions": section_versions(section)[:NEWEST],
        "blocks": [_placed(stored, shared) for stored in section.blocks.all()],
        "picture_form": PictureForm(auto_id="picture_%s"),
        **more,
    }
    return render(request, "strategy/section_edit.html", context, status=status)
