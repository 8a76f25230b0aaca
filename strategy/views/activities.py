"""The activities of a project: added, changed, moved in time and in order, removed, their results
recorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from organization import clock
from organization.audit_phrases import field_name
from organization.http import AuthenticatedHttpRequest
from organization.refusals import refusals_told
from strategy.forms.projects import ActivityForm, DatesForm, ResultForm
from strategy.models import Plan, ProjectActivity
from strategy.operations import projects as operations
from strategy.operations.project_doors import activity_facts
from strategy.operations.project_results import record_activity_result
from strategy.reports.project_words import day_words
from strategy.views.attempts import attempt
from strategy.views.loaders import edits_plan, load_plan
from strategy.views.project_access import (
    as_seen,
    closed_to,
    form_page,
    load_activity,
    load_sheet,
)

Words = str | Promise


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def activity_add(request: AuthenticatedHttpRequest, plan: Plan, pk: int) -> HttpResponse:
    """A new activity at the end of the list."""
    sheet = load_sheet(request, plan, pk)
    form = ActivityForm(request.POST or None, today=clock.today())
    code = ""
    if request.method == "POST":
        code = attempt(form, lambda **said: operations.add_activity(sheet, **said, by=request.user))
        if not code:
            words = _("“%(activity)s” is added.") % {"activity": form.cleaned_data["name"]}
            messages.success(request, words)
            return redirect("strategy:project-detail", plan.first_year, pk)
    context = {"plan": plan, "sheet": sheet, "title": _("Add an activity"), "verb": _("Add")}
    return form_page(request, "strategy/activity_form.html", form, code=code, saved={}, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def activity_edit(
    request: AuthenticatedHttpRequest, plan: Plan, pk: int, activity: int
) -> HttpResponse:
    """Name, responsible, dates, target and weight of an activity."""
    held = load_activity(request, plan, pk, activity)
    form = ActivityForm(request.POST or None, activity=held, today=clock.today())
    return _answer(
        request,
        held,
        form,
        lambda **said: operations.change_activity(held, **said, by=request.user),
        title=gettext_lazy("Change the activity"),
        done=gettext_lazy("“%(activity)s” is saved."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def activity_dates(
    request: AuthenticatedHttpRequest, year: int, pk: int, activity: int
) -> HttpResponseBase:
    """When an activity begins and ends, with the reason of the change."""
    plan = load_plan(request, year)
    held = load_activity(request, plan, pk, activity)
    if closed := closed_to(request, "strategy.schedule_activity", held, plan):
        return closed
    return _answer(
        request,
        held,
        DatesForm(held, request.POST or None),
        lambda **said: operations.reschedule_activity(held, **said, by=request.user),
        title=gettext_lazy("Change the dates"),
        done=gettext_lazy("The dates of “%(activity)s” are saved."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def activity_result(
    request: AuthenticatedHttpRequest, year: int, pk: int, activity: int
) -> HttpResponseBase:
    """What came out of an activity, for who answers for it or for the project."""
    plan = load_plan(request, year)
    held = load_activity(request, plan, pk, activity)
    if closed := closed_to(request, "strategy.record_activity_result", held, plan):
        return closed
    return _answer(
        request,
        held,
        ResultForm(held, request.POST or None, today=clock.today()),
        lambda **said: record_activity_result(held, **said, by=request.user),
        title=gettext_lazy("Record the result"),
        done=gettext_lazy("The result of “%(activity)s” is recorded."),
        results=list(held.results.order_by("-pk")),
    )


@require_POST
@edits_plan
def activity_move(
    request: AuthenticatedHttpRequest, plan: Plan, pk: int, activity: int
) -> HttpResponse:
    """Before or after its neighbour."""
    held = load_activity(request, plan, pk, activity)
    down = request.POST.get("direction") == "down"
    with refusals_told(request):
        operations.move_activity(held, direction="down" if down else "up", by=request.user)
        messages.success(request, _("“%(activity)s” is moved.") % {"activity": held.name})
    answer = redirect("strategy:project-detail", plan.first_year, pk)
    # The keyboard stays on the activity that was moved.
    answer["Location"] += f"?spostata={held.pk}#a-{held.pk}"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def activity_remove(
    request: AuthenticatedHttpRequest, plan: Plan, pk: int, activity: int
) -> HttpResponse:
    """Asks, saying what goes; a POST removes."""
    held = load_activity(request, plan, pk, activity)
    if request.method == "POST":
        with refusals_told(request):
            operations.remove_activity(held, by=request.user)
            messages.success(request, _("“%(activity)s” is removed.") % {"activity": held.name})
        return redirect("strategy:project-detail", plan.first_year, pk)
    context = {
        "plan": plan,
        "sheet": held.sheet,
        "activity": held,
        "results": list(held.results.order_by("-pk")),
    }
    return render(request, "strategy/activity_remove.html", context)


def _answer(
    request: AuthenticatedHttpRequest,
    held: ProjectActivity,
    form: forms.Form,
    act: Callable[..., object],
    *,
    title: Words,
    done: Words,
    **context: Any,
) -> HttpResponse:
    """The page of a form about an activity; a POST does the act, or shows why not."""
    plan, code = held.sheet.plan, ""
    if request.method == "POST":
        code = attempt(form, act)
        if not code:
            messages.success(request, str(done) % {"activity": held.name})
            return redirect("strategy:project-detail", plan.first_year, held.sheet_id)
    saved: dict[str, Any] = {}
    if code == "stale":
        held = load_activity(request, plan, held.sheet_id, held.pk)
        as_seen(form, held.version)
        saved = _saved(held)
    return form_page(
        request,
        "strategy/activity_form.html",
        form,
        code=code,
        saved=saved,
        plan=plan,
        sheet=held.sheet,
        activity=held,
        title=title,
        verb=_("Save"),
        **context,
    )


def _saved(activity: ProjectActivity) -> dict[str, str]:
    """The facts of an activity as they are saved, its result among them, under their names."""
    facts = activity_facts(activity) | {
        "starts_on": day_words(activity.starts_on),
        "ends_on": day_words(activity.ends_on),
    }
    last = activity.results.last()
    if last is not None:
        facts["result"] = f"{last.printed or '-'} ({day_words(last.measured_on)})"
    return {str(field_name(name)): value for name, value in facts.items()}
