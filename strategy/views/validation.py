"""The queue of planning: figures that were sent, to be validated or returned."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from organization.http import AuthenticatedHttpRequest, typed
from strategy.models import Plan
from strategy.operations.validation import return_recording, validate_recordings
from strategy.reports.validation import validation_queue
from strategy.rules import is_planner
from strategy.views.loaders import load_plan

ACT = re.compile(r"(?P<verb>validate|return)(?:-(?P<pk>[1-9][0-9]{0,17}))?", re.ASCII)
KEY = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


@require_http_methods(["GET", "HEAD", "POST"])
def validation_list(request: AuthenticatedHttpRequest, year: int) -> HttpResponse:
    """What waits for planning; a POST validates the chosen figures, or one, or returns one with its
    reason."""
    plan = load_plan(request, year)
    if not is_planner(request.user):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, plan)
    act = ACT.fullmatch(request.POST.get("act", ""))
    if act is None or (act["verb"] == "return" and not act["pk"]):
        raise BadRequest
    chosen = [act["pk"]] if act["pk"] else _chosen(request)
    try:
        words = _done(request, plan, act["verb"], chosen)
    except ValidationError as refusal:
        return _refused(request, plan, refusal, verb=act["verb"], key=act["pk"] or "")
    messages.success(request, words)
    return redirect(request.get_full_path())


def _chosen(request: AuthenticatedHttpRequest) -> list[str]:
    return [key for key in request.POST.getlist("chosen") if KEY.fullmatch(key)]


def _version(request: AuthenticatedHttpRequest, key: str) -> int:
    """Which version of a figure the page showed; none that exists when it does not say."""
    text = request.POST.get(f"version-{key}", "")
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _done(request: AuthenticatedHttpRequest, plan: Plan, verb: str, chosen: Sequence[str]) -> str:
    if verb == "return":
        [key] = chosen
        reason = typed(request, f"reason-{key}")
        version = _version(request, key)
        return_recording(plan, pk=int(key), version=version, reason=reason, by=request.user)
        return _("The figure is returned.")
    seen = {int(key): _version(request, key) for key in chosen}
    count = len(validate_recordings(plan, seen=seen, by=request.user))
    words = ngettext("%(count)s figure validated.", "%(count)s figures validated.", count)
    return words % {"count": count}


def _refused(
    request: AuthenticatedHttpRequest,
    plan: Plan,
    refusal: ValidationError,
    *,
    verb: str,
    key: str,
) -> HttpResponse:
    """The page again with what was ticked and written, and at the top what stands against it and in
    which row; a missing reason is told at its field too."""
    reasons = {
        name.removeprefix("reason-"): text
        for name, text in request.POST.items()
        if name.startswith("reason-") and isinstance(text, str)
    }
    is_reason = hasattr(refusal, "error_dict") and "reason" in refusal.error_dict
    words = " ".join(refusal.messages)
    return _page(
        request,
        plan,
        chosen=_chosen(request),
        reasons=reasons,
        errors={key: words} if is_reason else {},
        error=words,
        refused=key,
        opened=key if verb == "return" else "",
        status=200 if is_reason else 409,
    )


def _page(
    request: AuthenticatedHttpRequest,
    plan: Plan,
    *,
    chosen: Sequence[str] = (),
    reasons: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    error: str = "",
    refused: str = "",
    opened: str = "",
    status: int = 200,
) -> HttpResponse:
    unit, period = request.GET.get("unita", ""), request.GET.get("periodo", "")
    queue = validation_queue(
        plan,
        request.user,
        unit=unit,
        period=period,
        chosen=chosen,
        reasons=reasons,
        errors=errors,
        opened=opened,
    )
    words = {
        "none": _("Validate the chosen ones"),
        "one": _("Validate the one chosen"),
        "many": _("Validate the {n} chosen"),
    }
    context = {
        "plan": plan,
        "queue": queue,
        "unit": unit,
        "period": period,
        "error": error,
        "refused": next((row for row in queue.rows if row.key == refused), None),
        "words": words,
    }
    return render(request, "strategy/validation_list.html", context, status=status)
