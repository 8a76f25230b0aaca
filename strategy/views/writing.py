"""Writing a text at its desk: the page, the saves, the mark, the versions.

Whose text it is, and who may write it, was decided before: see strategy.views.document_edit for
the plan, strategy.views.report_edit for a Relazione.
"""

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

from documents.rich_text import clean_html
from organization.http import AuthenticatedHttpRequest
from organization.refusals import refusals_told
from strategy.document_layout import shifted_headings
from strategy.forms.document import PictureForm, SectionTextForm, VersionForm
from strategy.models import ReportSection, Section
from strategy.operations import document as operations
from strategy.reports.document import section_versions
from strategy.views.desks import Desk
from strategy.word_differences import has_changes, word_changes

Written = Section | ReportSection
NEWEST = 5


def edit(request: AuthenticatedHttpRequest, desk: Desk) -> HttpResponse:
    """The text in the editor, its blocks, the index; a POST saves without script."""
    section = desk.section
    if request.method != "POST":
        return _page(request, desk, _text_form(section))
    form = SectionTextForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, form, status=400)
    try:
        operations.write_section(section, **form.cleaned_data, by=request.user)
    except ValidationError as error:
        if error_code(error) == "stale":
            mine = clean_html(form.cleaned_data["body"])
            section.refresh_from_db()
            again = _text_form(section, body=mine, apart=True)
            return _page(request, desk, again, status=409, **_conflict(section, mine))
        form.add_error(None if error_code(error) else "body", error.messages)
        return _page(request, desk, form, status=400)
    messages.success(request, _("The text is saved."))
    return redirect(desk.edit_url)


def save(request: AuthenticatedHttpRequest, desk: Desk) -> JsonResponse:
    """The same save, asked for by the editor every few seconds: answers what is to be shown.

    A refusal is an answer like the others (200), which the page shows in its place.
    """
    section = desk.section
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
            "strategy/section_edit_conflict.html",
            {"section": section, "desk": desk, **conflict},
            request,
        )
        return JsonResponse({"conflict": html, "version": section.version, "body": section.body})
    return JsonResponse({"version": section.version, "saved": saved_words(section)})


def mark(request: AuthenticatedHttpRequest, desk: Desk) -> HttpResponse:
    """Mark the section as done, or take the mark away."""
    section = desk.section
    is_done = request.POST.get("done") == "1"
    with refusals_told(request):
        operations.mark_section(section, is_done=is_done, by=request.user)
        words = (
            _("“%(section)s” is marked as done.") if is_done else _("“%(section)s” is open again.")
        )
        messages.success(request, words % {"section": section.heading})
    return redirect(desk.edit_url)


def versions(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The versions of the text, newest first."""
    context = _frame(desk) | {"versions": section_versions(desk.section)}
    return render(request, "strategy/section_versions.html", context)


def version(request: AuthenticatedHttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """What a version changed, word by word; a POST brings its text back as a new version."""
    section = desk.section
    record = get_object_or_404(section.history, history_id=pk)
    if request.method == "POST":
        return _restore(request, desk, record)
    known = section_versions(section)
    place = next((i for i, one in enumerate(known) if one.pk == pk), None)
    found = known[place] if place is not None else None
    older = known[place + 1] if place is not None and place + 1 < len(known) else None
    with_present = request.GET.get("con") == "oggi"
    if with_present:
        changes = word_changes(record.body, section.body)
    else:
        before = section.history.get(history_id=older.pk).body if older else ""
        changes = word_changes(before, record.body)
    context = _frame(desk) | {
        "version": found,
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


def saved_words(section: Written) -> str:
    """When the text was last saved: 10.42 today, with the date otherwise."""
    if section.edited_at is None:
        return ""
    moment = timezone.localtime(section.edited_at)
    if moment.date() == timezone.localtime().date():  # a moment is always the real one
        return _("Saved at %(hour)s") % {"hour": date_format(moment, "G.i")}
    return _("Saved on %(day)s") % {"day": date_format(moment, "j.n.Y, G.i")}


def error_code(error: ValidationError) -> str:
    """The code of a refusal that is about no field; nothing for one about fields."""
    return "" if hasattr(error, "error_dict") else str(error.error_list[0].code or "")


def _restore(request: AuthenticatedHttpRequest, desk: Desk, record: Any) -> HttpResponse:
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    with refusals_told(request):
        operations.restore_section(desk.section, record=record, version=version, by=request.user)
        messages.success(request, _("The text is that of the version you chose."))
        return redirect(desk.edit_url)
    return redirect(desk.version_url(record.history_id))


def _text_form(
    section: Written, *, body: str | None = None, apart: bool = False
) -> SectionTextForm:
    text = section.body if body is None else body
    return SectionTextForm(initial={"body": text, "version": section.version, "apart": apart})


def _conflict(section: Written, mine: str) -> dict[str, Any]:
    """Both texts and the words that tell them apart."""
    return {
        "mine": shifted_headings(mine, above=2),
        "saved": shifted_headings(section.body, above=2),
        "changes": word_changes(section.body, mine),
    }


def others(request: AuthenticatedHttpRequest, section: Section) -> list[Any]:
    """Who else has the section open."""
    return list(section.presences.here(timezone.now()).exclude(user=request.user))


def _frame(desk: Desk) -> dict[str, Any]:
    """What every page of a desk is given."""
    return {"plan": desk.plan, "section": desk.section, "desk": desk}


def _page(
    request: AuthenticatedHttpRequest,
    desk: Desk,
    form: SectionTextForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    section = desk.section
    context = _frame(desk) | {
        "form": form,
        "outline": desk.outline(),
        "others": others(request, section) if isinstance(section, Section) else [],
        "saved_words": saved_words(section),
        "versions": section_versions(section)[:NEWEST],
        "blocks": desk.blocks(),
        "picture_form": PictureForm(auto_id="picture_%s"),
        **more,
    }
    return render(request, "strategy/section_edit.html", context, status=status)
