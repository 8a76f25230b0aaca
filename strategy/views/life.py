"""The life of a plan: where it stands, what can be done now, its editions, what has happened."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from rules import has_perm

from documents.models import Build
from documents.operations import expire_stale_builds
from organization.http import AuthenticatedHttpRequest
from organization.models import User
from strategy import operations
from strategy.adoption_tasks import adopt_plan_job
from strategy.enums import PlanAct, PlanState
from strategy.forms.life import form_for
from strategy.models import Edition, PerformanceReport, Plan
from strategy.operations.adoption import adoption_kind
from strategy.problems import Problem, plan_problems
from strategy.public_page import act_name, pdf_name
from strategy.reports.life import NEXT_STEPS, edition_lines, happenings, life_steps, not_heard
from strategy.rules import ACTORS
from strategy.transitions import acts_possible
from strategy.views.act_offers import Offer, by_act, followed, is_drawn
from strategy.views.attempts import attempt
from strategy.views.build_words import stage_and_page
from strategy.views.edition_files import act_response, pdf_response
from strategy.views.loaders import load_plan

CONFLICTS = {"state", "revision", "under_way", "blockers"}
DONE = {
    PlanAct.OPEN_CONSULTATION: _("The consultation is open."),
    PlanAct.RECORD_CONSULTATION: _("The opinion is recorded."),
    PlanAct.PROPOSE: _("The plan is proposed: from now on it is not edited."),
    PlanAct.SEND_BACK: _("The proposal is back at work."),
    PlanAct.ADOPT: _("The edition is being made: its PDF first, then the adoption."),
    PlanAct.PUBLISH: _("The edition is published."),
    PlanAct.OPEN_UPDATE: _("The update is open: planning can change the plan."),
    PlanAct.CLOSE: _("The plan is closed."),
}
MEANINGS = {
    PlanAct.OPEN_CONSULTATION: _(
        "Unions and RSU, CUG and OIV read the plan and say what they think of it. "
        "It can still be edited."
    ),
    PlanAct.RECORD_CONSULTATION: _("What a body heard said stays with this revision."),
    PlanAct.PROPOSE: _(
        "The plan goes to the Giunta and is not edited any more, unless it is sent back."
    ),
    PlanAct.ADOPT: _(
        "Data and PDF are fixed with the act: nobody can change them any more. "
        "Making the PDF takes less than a minute."
    ),
    PlanAct.SEND_BACK: _("Planning can edit it again; the reason stays in the register."),
    PlanAct.PUBLISH: _(
        "The edition appears on the public page with PDF, data, act and hashes. "
        "The one before it stays, marked as superseded."
    ),
    PlanAct.OPEN_UPDATE: _(
        "The plan opens for changes as the next revision. "
        "The edition in force stays and does not change."
    ),
    PlanAct.CLOSE: _(
        "Close the plan for good? No further revision can be made; its editions stay published."
    ),
}
SHOWN_BLOCKERS = 5  # the page of the checks has all
# What goes back is plain, what ends is a warning.
LOOKS = {
    PlanAct.SEND_BACK: "btn-outline-primary",
    PlanAct.CLOSE: "btn-outline-danger",
}
FILES = {"piano.pdf": (pdf_response, pdf_name), "atto.pdf": (act_response, act_name)}


@require_http_methods(["GET", "HEAD", "POST"])
def plan_life(request: AuthenticatedHttpRequest, year: int) -> HttpResponse:
    """The page of the life of a plan; a POST does one of its acts."""
    plan = load_plan(request, year)
    if request.method != "POST":
        return _page(request, plan)
    if request.POST.get("act") not in PlanAct.values:
        raise BadRequest
    act = PlanAct(request.POST["act"])
    if not ACTORS[act].test(request.user):
        raise PermissionDenied
    form = form_for(act, request.POST, request.FILES)
    code = attempt(form, partial(PERFORM[act], plan, by=request.user))
    if form.is_valid():
        messages.success(request, DONE[act])
        return redirect("strategy:plan-life", year)
    refused = load_plan(request, year)
    status = 409 if code in CONFLICTS else 200
    return _page(request, refused, tried=Offer(act, form), status=status)


@require_safe
def adoption_status(request: HttpRequest, year: int) -> HttpResponse:
    """How far the adoption is."""
    plan = load_plan(request, year)
    return followed(request, "strategy/life_adoption.html", {"plan": plan} | _adoption(plan))


@require_safe
def edition_file(request: HttpRequest, year: int, revision: int, name: str) -> HttpResponseBase:
    """A file of an edition for whoever reads the plan, also before it is published."""
    plan = load_plan(request, year)
    editions = Edition.objects.without_data().select_related("plan")
    edition = get_object_or_404(editions, plan=plan, revision=revision)
    if name not in FILES or (name == "atto.pdf" and not edition.act_file):
        raise Http404
    serve, named = FILES[name]
    back = reverse("strategy:plan-life", args=[year])
    return serve(request, edition, name=named(edition), back=back)


PERFORM: dict[PlanAct, Callable[..., object]] = {
    PlanAct.OPEN_CONSULTATION: operations.open_consultation,
    PlanAct.RECORD_CONSULTATION: operations.record_consultation,
    PlanAct.PROPOSE: operations.propose_plan,
    PlanAct.SEND_BACK: operations.send_back_plan,
    PlanAct.ADOPT: by_act(operations.request_adoption, adopt_plan_job.enqueue),
    PlanAct.PUBLISH: operations.publish_plan,
    PlanAct.OPEN_UPDATE: operations.open_update,
    PlanAct.CLOSE: operations.close_plan,
}


def _page(
    request: AuthenticatedHttpRequest, plan: Plan, *, tried: Offer | None = None, status: int = 200
) -> HttpResponse:
    """The page as the person may see it; with the form that was refused, where it was typed."""
    adoption = _adoption(plan)
    offers = _offers(plan, request.user, adoption["build"], tried)
    consultations = list(plan.consultations.all())
    reads_trace = request.user.has_perm("organization.read_trace")
    context = {
        "plan": plan,
        "next_step": NEXT_STEPS[plan.state],
        "steps": life_steps(plan),
        "offers": offers,
        "checks_url": reverse("strategy:checks", args=[plan.first_year]),
        "refused": None if is_drawn(tried, offers) else tried,
        "consultations": consultations,
        "not_heard": not_heard(plan, consultations),
        "is_being_heard": plan.state == PlanState.CONSULTATION,
        "is_in_work": plan.is_draft,
        "editions": edition_lines(plan),
        "happenings": happenings(plan, reads_trace=reads_trace),
        "reads_trace": reads_trace,
        "reports": _reports(plan, request.user),
        "may_roll_forward": has_perm("strategy.roll_plan_forward", request.user, plan),
    }
    return render(request, "strategy/life.html", context | adoption, status=status)


def _reports(plan: Plan, user: User) -> list[PerformanceReport]:
    """The Relazioni of the plan that the person may read."""
    found = list(PerformanceReport.objects.visible_to(user).filter(plan=plan))
    for report in found:
        report.plan = plan
    return found


def _offers(plan: Plan, user: User, build: Build | None, tried: Offer | None) -> list[Offer]:
    """The acts that the person may do now; none while an adoption is under way."""
    if build is not None and build.is_open:
        return []
    possible = [act for act in acts_possible(plan.state) if ACTORS[act].test(user)]
    return [
        Offer(
            act,
            tried.form if tried and tried.act == act else form_for(act),
            MEANINGS[act],
            LOOKS.get(act, "btn-primary"),
            _blockers(plan) if act == PlanAct.PROPOSE else (),
            SHOWN_BLOCKERS,
        )
        for act in possible
    ]


def _blockers(plan: Plan) -> list[Problem]:
    """What stands in the way of the proposal."""
    return [problem for problem in plan_problems(plan) if problem.is_blocker]


def _adoption(plan: Plan) -> dict[str, Any]:
    """The last adoption asked for of this revision, while the plan waits for it."""
    build = None
    if plan.state == PlanState.PROPOSED:
        expire_stale_builds()
        build = Build.objects.filter(kind=adoption_kind(plan)).first()
    stage, page = stage_and_page(build)
    return {"build": build, "stage": stage, "page": page}
