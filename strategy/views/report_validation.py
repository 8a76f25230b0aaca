"""The OIV examines a Relazione it was sent, makes the minutes, decides."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from itertools import chain
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.models import Build
from documents.operations import expire_stale_builds
from organization import clock
from organization.http import AuthenticatedHttpRequest
from organization.models import User
from strategy.forms.oversight import DecisionForm, ExaminationForm
from strategy.minutes_pdf import minutes_file_name, minutes_kind
from strategy.minutes_tasks import build_minutes_job
from strategy.models import PerformanceReport, Plan, ReportEdition, ReportExamination
from strategy.operations.examinations import (
    decide_report,
    made_build,
    made_minutes,
    request_minutes,
    save_examination,
    seen_of,
)
from strategy.problems.examinations import examination_problems
from strategy.report_enums import ReportAct, ReportState
from strategy.reports.closing import DamagedClosingError
from strategy.reports.examinations import ExaminationSheet, examination_sheet
from strategy.reports.report_closing import overtaken
from strategy.rules import REPORT_ACTORS
from strategy.views.build_words import stage_and_page
from strategy.views.closing import damaged
from strategy.views.oversight import load_oversight
from strategy.views.reporting import begun_year, year_frame

SAVE, MINUTES, DECIDE = "salva", "verbale", "valida"
CONFLICTS = {"stale", "state", "reopened", "damaged"}
DONE = {
    SAVE: _("The examination is saved: the others see it once you have decided."),
    MINUTES: _("The examination is saved, the PDF of the minutes is being made."),
    DECIDE: _("The decision is recorded with its minutes."),
}
# Why minutes are not made of an examination that is saved all the same.
UNPRINTABLE = {"incomplete", "reopened", "damaged"}
Tried = tuple[Any, bool]  # the form of an act that was refused, and whether what it says is saved


def tells_damage(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that shows figures of a closing: of a damaged one it says so, and shows nothing."""

    @wraps(view)
    def answer(request: AuthenticatedHttpRequest, year: int, at: int) -> HttpResponse:
        try:
            return view(request, year, at)
        except DamagedClosingError as error:
            return damaged(request, error.closing)

    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@tells_damage
def report_validation(request: AuthenticatedHttpRequest, year: int, at: int) -> HttpResponse:
    """Where the validation of a year stands; a POST of the OIV saves, prints or decides."""
    plan = load_oversight(request, year)
    at = begun_year(plan, at)
    report = _report(request, plan, at)
    if request.method != "POST":
        return _page(request, plan, at, report)
    if report is None:
        raise Http404
    act = request.POST.get("act", "")
    if act not in DONE:
        raise BadRequest
    if not REPORT_ACTORS[ReportAct.VALIDATE].test(request.user):
        raise PermissionDenied
    form = (
        DecisionForm(request.POST, request.FILES)
        if act == DECIDE
        else ExaminationForm(request.POST.dict())
    )
    codes = _refusals(act, form, report, by=request.user)
    if form.is_valid():
        messages.success(request, DONE[act])
        return redirect("strategy:report-validation", year, at)
    status = 409 if codes & CONFLICTS else 200
    tried = (form, act == MINUTES and bool(codes & UNPRINTABLE))
    return _page(request, plan, at, _report(request, plan, at), tried=tried, status=status)


@require_safe
@tells_damage
def minutes_status(request: AuthenticatedHttpRequest, year: int, at: int) -> HttpResponse:
    """How far the minutes are: the piece of the page that asks again every second."""
    sheet = _under_examination(request, year, at)
    return render(request, "strategy/minutes_status.html", _minutes(sheet))


@require_safe
@tells_damage
def minutes_made(request: AuthenticatedHttpRequest, year: int, at: int) -> HttpResponse:
    """The minutes of the examination as it stands, to be read and signed; for the OIV alone."""
    sheet = _under_examination(request, year, at)
    content = made_minutes(sheet)
    if not content:
        raise Http404
    name = minutes_file_name(sheet.edition)
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _report(request: HttpRequest, plan: Plan, at: int) -> PerformanceReport | None:
    """The Relazione of the year, if there is one that the person may read."""
    visible = PerformanceReport.objects.visible_to(request.user)
    report: PerformanceReport | None = visible.filter(plan=plan, year=at).first()
    if report:
        report.plan = plan
    return report


def _refusals(act: str, form: Any, report: PerformanceReport, *, by: User) -> set[str]:
    """Do the act if its form is in order; a refusal stands on the form, its codes are told."""
    if not form.is_valid():
        return {"form"}
    try:
        if act == DECIDE:
            decide_report(report, **form.cleaned_data, by=by)
        else:
            save_examination(report, **form.given, by=by)
            if act == MINUTES:
                request_minutes(report, by=by, enqueue=build_minutes_job.enqueue)
    except ValidationError as refusal:
        at_fields = getattr(refusal, "error_dict", None)
        found = list(chain(*at_fields.values())) if at_fields else refusal.error_list
        is_at_fields = at_fields and isinstance(form, ExaminationForm)
        form.add_error(None, refusal if is_at_fields else found)
        return {one.code or "" for one in found}
    return set()


def _page(
    request: AuthenticatedHttpRequest,
    plan: Plan,
    at: int,
    report: PerformanceReport | None,
    *,
    tried: Tried | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page as the person may act on it; with the form that was refused, as it was typed."""
    editions = _editions(report) if report else []
    decided = [one for one in editions if hasattr(one, "validation")]
    is_examined = report is not None and report.state == ReportState.TRANSMITTED
    may_decide = is_examined and REPORT_ACTORS[ReportAct.VALIDATE].test(request.user)
    shown = editions[0] if editions and (may_decide or hasattr(editions[0], "validation")) else None
    visible = ReportExamination.objects.visible_to(request.user)
    sheet = examination_sheet(shown, visible) if shown else None
    context = year_frame(plan, at, lambda each: address(plan, each)) | {
        "report": report,
        "is_examined": is_examined,
        "overtaken": _overtaken(report, editions),
        "may_decide": may_decide,
        "sheet": sheet,
        "decided": decided,
        "workspace_url": reverse("strategy:oversight-year", args=[plan.first_year, at]),
    }
    if may_decide and sheet:
        context |= _deciding(sheet, tried)
    elif tried and isinstance(tried[0], ExaminationForm):
        context |= {"refused": tried[0].non_field_errors(), "typed": tried[0].typed}
    return render(request, "strategy/report_validation.html", context, status=status)


def _overtaken(
    report: PerformanceReport | None, editions: list[ReportEdition]
) -> ReportEdition | None:
    """The last approval, if the Relazione is past its draft and its year was opened again."""
    if report is None or report.is_editable or not editions:
        return None
    return overtaken(editions[0])


def _editions(report: PerformanceReport) -> list[ReportEdition]:
    """The approvals of a Relazione, the newest first, with what was decided of each."""
    found = report.editions.without_data().select_related("validation", "closing__reopening")
    editions = list(found.order_by("-number"))
    for edition in editions:
        edition.report = report
    return editions


def _deciding(sheet: ExaminationSheet, tried: Tried | None) -> dict[str, Any]:
    """What the OIV needs to decide: the form, what is missing, the minutes."""
    form, is_saved = tried or (None, False)
    examination = sheet.examination or ReportExamination(edition=sheet.edition)
    typed = form if isinstance(form, ExaminationForm) else None
    is_seen = typed is None or typed["seen"].value() == seen_of(sheet.examination)
    if typed is not None and not is_seen:
        # What the others saved stands beside it: saving once more is to replace it knowingly.
        typed.data = {**typed.data, "seen": seen_of(sheet.examination)}
    examining = typed or ExaminationForm(initial=_initial(sheet))
    lines = zip(sheet.lines, examining.criteria, strict=True)
    return _minutes(sheet) | {
        "form": examining,
        "lines": [(line, *fields) for line, fields in lines],
        "refused": form.non_field_errors() if form else [],
        "is_saved": is_saved,
        "is_stale": not is_seen and not is_saved,
        "decision_form": _decision_form(sheet, form),
        "lacks": examination_problems(
            examination,
            sheet.findings,
            approved_on=sheet.edition.act_date,
            today=clock.today(),
        ),
    }


def _decision_form(sheet: ExaminationSheet, tried: Any) -> DecisionForm:
    """The form of the decision on what this page shows, with what was wrong in it."""
    seen = {"seen": seen_of(sheet.examination)}
    if not isinstance(tried, DecisionForm):
        return DecisionForm(initial=seen)
    tried.data = {**tried.data, **seen}
    return tried


def _initial(sheet: ExaminationSheet) -> dict[str, Any]:
    """What was saved, in the fields."""
    found = sheet.examination
    own = ("meeting_on", "present", "outcome", "notes")
    initial = {name: getattr(found, name) for name in own} if found else {}
    for name, finding in sheet.findings.items():
        initial[f"answer_{name}"] = finding.answer
        initial[f"observation_{name}"] = finding.observation
    return initial | {"seen": seen_of(found)}


def _minutes(sheet: ExaminationSheet) -> dict[str, Any]:
    """The minutes of the examination as it stands, where they are made: else those last asked
    for."""
    expire_stale_builds()
    report = sheet.edition.report
    made = made_build(sheet)
    build = made or Build.objects.filter(kind=minutes_kind(sheet.edition)).first()
    stage, page = stage_and_page(build)
    return {
        "plan": report.plan,
        "year": report.year,
        "build": build,
        "stage": stage,
        "page": page,
        "is_made": made is not None,
    }


def _under_examination(request: AuthenticatedHttpRequest, year: int, at: int) -> ExaminationSheet:
    """What the OIV is examining; 403 for the others, 404 when there is nothing to examine."""
    plan = load_oversight(request, year)
    if not REPORT_ACTORS[ReportAct.VALIDATE].test(request.user):
        raise PermissionDenied
    report = _report(request, plan, at)
    if report is None or report.state != ReportState.TRANSMITTED:
        raise Http404
    return examination_sheet(_editions(report)[0])


def address(plan: Plan, at: int) -> str:
    """The validation of a year."""
    return reverse("strategy:report-validation", args=[plan.first_year, at])
