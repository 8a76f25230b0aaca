"""The Relazione of a year: where it stands, what can be done now, its sections, its approvals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from rules import has_perm

from documents.models import Build
from documents.operations import expire_stale_builds
from organization.http import AuthenticatedHttpRequest
from organization.models import User
from organization.refusals import refusals_told
from strategy import operations
from strategy.forms.report import form_for
from strategy.models import PerformanceReport, Plan
from strategy.operations.report_approval import approval_kind
from strategy.report_enums import ReportAct, ReportState
from strategy.report_tasks import approve_report_job
from strategy.reports.closing import standing_closing
from strategy.reports.life import happenings
from strategy.reports.report_closing import overtaken
from strategy.reports.report_life import (
    ReportEditionLine,
    Unwritten,
    edition_lines,
    next_step,
    report_steps,
    unwritten,
)
from strategy.reports.report_sections import report_outline
from strategy.rules import REPORT_ACTORS, reads_drafts
from strategy.transitions import report_acts_possible
from strategy.views.act_offers import Offer, by_act, followed, is_drawn
from strategy.views.attempts import attempt
from strategy.views.build_words import stage_and_page
from strategy.views.edition_files import act_response, minutes_response, pdf_response
from strategy.views.loaders import load_plan, load_report
from strategy.views.reporting import begun_year, last_over, year_frame

CONFLICTS = {"state", "under_way", "unwritten", "open_year", "reopened", "exists", "damaged"}
DONE = {
    ReportAct.APPROVE: _("The Relazione is being approved: its PDF first, then the approval."),
    ReportAct.TRANSMIT: _("The Relazione is sent to the OIV."),
    ReportAct.REWORK: _("The Relazione is back at work: planning can write it again."),
    ReportAct.PUBLISH: _("The Relazione is published."),
}
MEANINGS = {
    ReportAct.APPROVE: _(
        "Texts, figures and PDF are fixed with the act: nobody can change them any more. "
        "Making the PDF takes less than a minute."
    ),
    ReportAct.TRANSMIT: _("The OIV finds it on its own page and answers with its validation."),
    ReportAct.REWORK: _(
        "Planning can write it again; what was approved stays, and so does what the OIV said. The "
        "reason stays in the register."
    ),
    ReportAct.PUBLISH: _(
        "It appears on the public page with PDF, act, answer of the OIV, hashes and data."
    ),
}
# The OIV validates on its own pages; texts are written section by section.
OFFERED = frozenset(MEANINGS)
# Acts that wait for the new figures when the year was opened again after the approval.
HELD_UP = frozenset({ReportAct.TRANSMIT, ReportAct.PUBLISH})


@require_safe
def reports(request: HttpRequest, year: int) -> HttpResponse:
    """The way in: the last year that is over."""
    plan = load_plan(request, year)
    return redirect("strategy:report", year, last_over(plan))


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: AuthenticatedHttpRequest, year: int, at: int) -> HttpResponse:
    """The page of the Relazione of a year; a POST does one of its acts."""
    plan = load_plan(request, year)
    at = begun_year(plan, at)
    found = PerformanceReport.objects.visible_to(request.user).filter(plan=plan, year=at).first()
    if found is None:
        return _not_begun(request, plan, at)
    found.plan = plan
    if request.method != "POST":
        return _page(request, found)
    if request.POST.get("act") not in OFFERED:
        raise BadRequest
    act = ReportAct(request.POST["act"])
    if not REPORT_ACTORS[act].test(request.user):
        raise PermissionDenied
    form = form_for(act, request.POST, request.FILES)
    code = attempt(form, partial(PERFORM[act], found, by=request.user))
    if form.is_valid():
        messages.success(request, DONE[act])
        return redirect(found)
    found.refresh_from_db()
    found.plan = plan
    status = 409 if code in CONFLICTS else 200
    return _page(request, found, tried=Offer(act, form), status=status)


@require_POST
def report_open(request: AuthenticatedHttpRequest, year: int, at: int) -> HttpResponse:
    """Begin the Relazione of a closed year."""
    plan = load_plan(request, year)
    at = begun_year(plan, at)
    with refusals_told(request):
        operations.open_report(plan, at, by=request.user)
        messages.success(request, _("The Relazione is begun: its sections wait for their texts."))
    return redirect("strategy:report", year, at)


@require_safe
def approval_status(request: HttpRequest, year: int, at: int) -> HttpResponse:
    """How far the approval is."""
    found = load_report(request, year, at)
    return followed(request, "strategy/report_approval.html", {"report": found} | _approval(found))


@require_safe
def report_file(
    request: HttpRequest, year: int, at: int, number: int, name: str
) -> HttpResponseBase:
    """A file of an approval for whoever may read it, also before it is published."""
    found = load_report(request, year, at)
    editions = found.editions.visible_to(request.user).without_data().select_related("validation")
    edition = get_object_or_404(editions, number=number)
    edition.report = found
    if name not in FILES:
        raise Http404
    return FILES[name](request, edition, name=f"{at}-{name}", back=found.get_absolute_url())


FILES: dict[str, Callable[..., HttpResponseBase]] = {
    "relazione.pdf": pdf_response,
    "atto.pdf": act_response,
    "verbale-oiv.pdf": minutes_response,
}


PERFORM: dict[ReportAct, Callable[..., object]] = {
    ReportAct.APPROVE: by_act(operations.request_approval, approve_report_job.enqueue),
    ReportAct.TRANSMIT: operations.transmit_report,
    ReportAct.REWORK: operations.rework_report,
    ReportAct.PUBLISH: operations.publish_report,
}


def _not_begun(request: AuthenticatedHttpRequest, plan: Plan, at: int) -> HttpResponse:
    """What a Relazione is, and what it waits for: the closing, then whoever begins it."""
    if request.method == "POST":
        raise Http404
    context = year_frame(plan, at, partial(_address, plan)) | {
        "closing": standing_closing(plan, at),
        "may_open": has_perm("strategy.open_report", request.user, plan),
        "is_hidden": plan.performance_reports.filter(year=at).exists(),
    }
    return render(request, "strategy/report_none.html", context)


def _page(
    request: AuthenticatedHttpRequest,
    report: PerformanceReport,
    *,
    tried: Offer | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page as the person may see it; with the form that was refused, where it was typed."""
    plan = report.plan
    approval = _approval(report)
    outline = report_outline(report)
    may_write = has_perm("strategy.write_report", request.user, report)
    waiting = unwritten(report, may_write=may_write)
    editions = edition_lines(report, request.user)
    stale = overtaken(editions[0].edition) if editions and not report.is_editable else None
    offers = _offers(
        report, request.user, approval["build"], tried, waiting, is_overtaken=stale is not None
    )
    context = year_frame(plan, report.year, partial(_address, plan)) | {
        "report": report,
        "next_step": next_step(report, is_overtaken=stale is not None, is_written=not waiting),
        "overtaken": stale,
        "steps": report_steps(report, editions),
        "offers": offers,
        "refused": None if is_drawn(tried, offers) else tried,
        "outline": outline,
        "waiting": waiting,
        "may_write": may_write,
        "editions": editions,
        "remarks": _remarks(report, editions),
        "closing": standing_closing(plan, report.year),
        "reads_oversight": has_perm("strategy.read_oversight", request.user, plan),
        "happenings": happenings(report, reads_trace=reads_drafts.test(request.user)),
    }
    return render(request, "strategy/report.html", context | approval, status=status)


def _remarks(report: PerformanceReport, editions: Sequence[ReportEditionLine]) -> Any:
    """What the OIV last said, while it is of the Relazione at hand or why it is being mended."""
    newest = editions[0].validation if editions else None
    return newest if newest and newest.notes and report.state != ReportState.TRANSMITTED else None


def _offers(
    report: PerformanceReport,
    user: User,
    build: Build | None,
    tried: Offer | None,
    waiting: Sequence[Unwritten],
    *,
    is_overtaken: bool,
) -> list[Offer]:
    """The acts that the person may do now; none while an approval is under way."""
    if build is not None and build.is_open:
        return []
    possible = [
        act
        for act in report_acts_possible(report.state, is_overtaken=is_overtaken)
        if act in OFFERED and REPORT_ACTORS[act].test(user)
        if not (is_overtaken and act in HELD_UP)
    ]
    return [
        Offer(
            act,
            tried.form if tried and tried.act == act else form_for(act),
            MEANINGS[act],
            "btn-outline-primary" if act == ReportAct.REWORK else "btn-primary",
            waiting if act == ReportAct.APPROVE else (),
        )
        for act in possible
    ]


def _approval(report: PerformanceReport) -> dict[str, Any]:
    """The last approval asked for, while the draft waits for it."""
    build = None
    if report.state == ReportState.DRAFT:
        expire_stale_builds()
        build = Build.objects.filter(kind=approval_kind(report)).first()
        if build and build.is_done:  # of an approval that went back to work
            build = None
    stage, page = stage_and_page(build)
    return {"build": build, "stage": stage, "page": page}


def _address(plan: Plan, at: int) -> str:
    return reverse("strategy:report", args=[plan.first_year, at])
