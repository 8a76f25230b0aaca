"""Who answers for what: the matrix of indicators and objectives by dashboards, shown and edited."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from organization.http import AuthenticatedHttpRequest
from strategy.cascade_changes import Ticks, TicksError, ticks_from
from strategy.models import Plan
from strategy.operations.cascade import CascadeRefusedError, SavedCascade, save_cascade
from strategy.reports import cascade_report
from strategy.reports.cascade_edit import CascadeReview, cascade_state
from strategy.reports.cascade_form import cascade_form
from strategy.views.cascade_words import cascade_words
from strategy.views.loaders import edits_plan, load_plan, may_edit


@require_safe
def cascade(request: HttpRequest, year: int) -> HttpResponse:
    """Where each strategic indicator goes, and how many rows each dashboard has by objective."""
    plan = load_plan(request, year)
    report = cascade_report(plan)
    context = {
        "plan": plan,
        "report": report,
        "may_edit": may_edit(request, plan),
        "signs": [(dashboard.code, dashboard.title) for dashboard in report.dashboards],
        "ente_only": report.line_count - report.assigned_count,
        "column_count": len(report.dashboards) + 2,
        "indicator_base": reverse("strategy:indicator-list", args=[plan.first_year]),
    }
    return render(request, "strategy/cascade.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@edits_plan
def cascade_edit(request: AuthenticatedHttpRequest, plan: Plan) -> HttpResponse:
    """The same matrix as check boxes; a POST saves all of them, or none."""
    return save(request, plan) if request.method == "POST" else _page(request, plan)


def save(request: AuthenticatedHttpRequest, plan: Plan) -> HttpResponse:
    """Save what came back, or show it again beside what stands against it."""
    try:
        ticks = ticks_from(dict(request.POST.lists()))
    except TicksError:
        error = _("What was sent cannot be read: nothing was saved. Tick again and save.")
        return _page(request, plan, error=error, status=400)
    try:
        saved = save_cascade(plan, ticks=ticks, by=request.user)
    except CascadeRefusedError as refused:
        return _page(request, plan, ticks, refused.review, error=refused_words(refused.review))
    except ValidationError as closed:
        return _page(request, plan, ticks, error=" ".join(closed.messages), status=409)
    messages.success(request, saved_words(saved))
    return redirect("strategy:cascade-edit", plan.first_year)


def _page(
    request: AuthenticatedHttpRequest,
    plan: Plan,
    ticks: Ticks | None = None,
    review: CascadeReview | None = None,
    *,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    """The matrix as it stands, or as it came back beside what was refused."""
    state = review.state if review else cascade_state(plan)
    form = cascade_form(state, ticks=ticks, review=review)
    context = {
        "plan": plan,
        "form": form,
        "review": review,
        "came_back": ticks is not None,
        "error": error,
        "column_count": len(form.columns) + 2,
        "words": cascade_words(),
    }
    return render(request, "strategy/cascade_edit.html", context, status=status)


def saved_words(saved: SavedCascade) -> str:
    """What was done, and what somebody else had done meanwhile."""
    told = [
        words % {"count": count}
        for count, words in (
            (saved.added, ngettext("%(count)s row added", "%(count)s rows added", saved.added)),
            (
                saved.removed,
                ngettext("%(count)s row taken away", "%(count)s rows taken away", saved.removed),
            ),
        )
        if count
    ]
    if told:
        done = _("Cascade saved: %(what)s.") % {"what": ", ".join(told)}
    else:
        done = _("Nothing to save: every box is as it was.")
    if not saved.elsewhere:
        return done
    others = ngettext(
        "%(count)s more indicator was changed by somebody else meanwhile: it stays as saved.",
        "%(count)s more indicators were changed by somebody else meanwhile: they stay as saved.",
        saved.elsewhere,
    )
    return f"{done} {others % {'count': saved.elsewhere}}"


def refused_words(review: CascadeReview) -> str:
    """What was not done."""
    losing = {loss.key.indicator_id for loss in review.losses}
    waiting = len(review.conflicts) + len(losing) + len(review.gone)
    told = ngettext(
        "Not saved: %(count)s indicator waits for your answer. No row was changed.",
        "Not saved: %(count)s indicators wait for your answer. No row was changed.",
        waiting,
    )
    return told % {"count": waiting}
