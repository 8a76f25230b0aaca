""" "Da rilevare": the figures that a unit has to enter, typed in the row, kept as drafts, sent."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from indicators.models import Indicator
from organization import clock
from organization.http import AuthenticatedHttpRequest
from organization.refusals import refusals_told
from strategy.entries import FIELDS, Answer
from strategy.evidence import ACCEPT
from strategy.forms.recording import (
    PASTE,
    REMOVE,
    PayloadError,
    changes_from_form,
    changes_from_script,
    rows_of,
)
from strategy.models import Evidence, MonitoringPeriod, Plan, Recording
from strategy.monitoring_enums import DeviationCause, EntryState, Forecast, PeriodState
from strategy.operations.corrections import discard_correction
from strategy.operations.evidence import remove_evidence
from strategy.operations.recording import save_recordings, take_back
from strategy.operations.recording_doors import refuse_foreign
from strategy.operations.recording_rows import Outcome, RecordingChange
from strategy.pasted_column import Spread, spread
from strategy.reports.desks import Desk, desks_of
from strategy.reports.project_figures import sheet_figures
from strategy.reports.recording import Sheet, load_sheet
from strategy.reports.recording_page import TONES, recording_page
from strategy.views.loaders import load_period, load_plan
from strategy.views.recording_words import pasted_words, recording_words, saved_words

TAKE, BACK, SHEET = "take-", "back-", "sheet-"
ASK, DISCARD = "ask-", "discard-"  # a correction is given up: asked first, then done


@require_http_methods(["GET", "HEAD", "POST"])
def recording_list(request: AuthenticatedHttpRequest, year: int) -> HttpResponse:
    """The rows of a desk in a period; a POST keeps what was typed, sends it, or fills a column."""
    period: MonitoringPeriod | None
    if "periodo" in request.GET:
        period = load_period(request, year, _day(request))
        plan = period.plan
    else:
        plan = load_plan(request, year)
        period = _period(plan)
    if period is None:
        _desks, desk = _desk(request)
        context = {"plan": plan, "desk": desk, "next_period": plan.periods.first()}
        return render(request, "strategy/recording_none.html", context)
    if request.method == "POST":
        return _save_form(request, plan, period)
    return _page(request, plan, period)


@require_POST
def recording_save(request: AuthenticatedHttpRequest, year: int) -> JsonResponse:
    """Drafts of rows while they are written; the answer tells how each is read and what is said of
    it. Nothing is sent to planning from here."""
    period = load_period(request, year, _day(request))
    try:
        changes = changes_from_script(json.loads(request.body))
        outcomes = save_recordings(period, changes=changes, by=request.user)
    except ValidationError as refusal:
        return JsonResponse({"error": " ".join(refusal.messages)}, status=409)
    except (PayloadError, ValueError, RecursionError):
        words = _("What was sent cannot be read: reload the page. What you wrote is kept.")
        return JsonResponse({"error": words}, status=400)
    moment = timezone.localtime()
    rows = [_told(outcome) for outcome in outcomes.values()]
    return JsonResponse({"rows": rows, "at": f"{moment.hour}.{moment:%M}"})


# Desk, period, sheet


def _desk(request: AuthenticatedHttpRequest) -> tuple[list[Desk], Desk]:
    """The desks of the person and the one asked for; 403 for who has none, 404 for an unknown."""
    desks = desks_of(request.user, on=clock.today())
    if not desks:
        refuse_foreign(request.user)
    wanted = request.GET.get("unita", "")
    desk = next((one for one in desks if one.key == wanted), None if wanted else desks[0])
    if desk is None:
        raise Http404
    return desks, desk


def _day(request: HttpRequest) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(request.GET.get("periodo", ""))
    except ValueError:
        return None


def _period(plan: Plan) -> MonitoringPeriod | None:
    """The open period that closes first; else the last one that was open, if there was any."""
    periods = list(plan.periods.with_closed_years().order_by("ends_on"))
    for period in periods:
        period.plan = plan
    today = clock.today()
    is_open = [one for one in periods if one.is_open_on(today)]
    if is_open:
        return min(is_open, key=lambda one: (one.closes_on, one.ends_on))
    begun = [one for one in periods if one.opens_on <= today]
    return begun[-1] if begun else None


def _sheet(plan: Plan, period: MonitoringPeriod, desk: Desk) -> Sheet:
    return load_sheet(plan, period, units=desk.unit_ids, planning=desk.unit is None)


# The form


def _save_form(
    request: AuthenticatedHttpRequest, plan: Plan, period: MonitoringPeriod
) -> HttpResponse:
    """Keep the rows of the form. Sheet and desks are read only for a page that is shown again, or
    to know where a pasted column goes: who may is the business of the operation."""
    act = request.POST.get("act", "")
    pasted = _pasted(request, plan, period) if act == PASTE else Spread({})
    said = _said_by_sheet(request, plan, period, act) if act.startswith(SHEET) else {}
    changes = changes_from_form(request.POST, request.FILES, filled={**pasted.fields, **said})
    if act.startswith((TAKE, DISCARD)):
        left = act.partition("-")[2]
        changes = [one for one in changes if str(one.indicator_id) != left]
    outcomes: Mapping[int, Outcome] = {}
    try:
        if changes:
            outcomes = save_recordings(period, changes=changes, by=request.user)
    except PermissionDenied as refusal:
        return _refused(request, plan, str(refusal), changes)
    except ValidationError as refusal:
        error = " ".join(refusal.messages)
        return _page(request, plan, period, changes=changes, error=error, status=409)
    done = [one for one in outcomes.values() if not one.why_left]
    is_partial = len(done) < len(outcomes)
    if pasted.outside:
        messages.warning(request, pasted_words(len(pasted.fields), pasted.outside))
    if act.startswith(ASK) and not is_partial:
        pk = _number(act.removeprefix(ASK))
        query = urlencode({**request.GET.dict(), "scarta": pk})
        return redirect(f"{request.path}?{query}#q-{pk}")
    if act.startswith((BACK, REMOVE, DISCARD)) and not is_partial:
        _undo(request, period, act)
    elif done or not is_partial:
        level, words = saved_words(done, is_partial=is_partial)
        messages.add_message(request, level, words)
    if is_partial:
        return _page(request, plan, period, changes=changes, outcomes=outcomes)
    return redirect(request.get_full_path())


def _refused(
    request: AuthenticatedHttpRequest, plan: Plan, reason: str, changes: Sequence[RecordingChange]
) -> HttpResponse:
    """The whole form is not the person's to send (a substitution that is over, another unit): it
    says why, and gives back what was written."""
    written = {one.indicator_id: _written(one.answer) for one in changes if one.is_touched}
    names = Indicator.objects.filter(pk__in=written).values_list("name", "pk")
    typed = [(name, written[pk]) for name, pk in names]
    context = {
        "plan": plan,
        "reason": reason,
        "typed": [one for one in typed if one[1]],
        "has_desk": bool(desks_of(request.user, on=clock.today())),
    }
    return render(request, "strategy/recording_refused.html", context, status=403)


def _written(answer: Answer) -> list[str]:
    """What was written in a row, the choices in the words of the page."""
    choices: dict[str, str] = {
        **{value: str(label) for value, label in Forecast.choices},
        **{value: str(label) for value, label in DeviationCause.choices},
    }
    texts = {name: getattr(answer, name) for name in FIELDS}
    texts |= {name: choices.get(texts[name], texts[name]) for name in ("forecast", "cause")}
    return [text for text in texts.values() if text]


def _pasted(request: AuthenticatedHttpRequest, plan: Plan, period: MonitoringPeriod) -> Spread:
    """What a pasted column fills, from the row chosen downwards."""
    _desks, desk = _desk(request)
    sheet = _sheet(plan, period, desk)
    sent = set(rows_of(request.POST))
    page = recording_page(sheet, today=clock.today())
    shown = [row.pk for row in page.open_rows if row.pk in sent]
    start = request.POST.get("from", "")
    keys = [str(pk) for pk in shown]
    first = keys.index(start) if start in keys else 0
    rows = [(pk, sheet.by_indicator[pk].question.entry) for pk in shown[first:]]
    return spread(request.POST.get("column", ""), rows)


def _said_by_sheet(
    request: AuthenticatedHttpRequest, plan: Plan, period: MonitoringPeriod, act: str
) -> dict[int, dict[str, str]]:
    """The figure of a project as its sheet says it now, with the calculation in the note."""
    _desks, desk = _desk(request)
    pk = act.removeprefix(SHEET)
    figures = sheet_figures(_sheet(plan, period, desk))
    figure = {str(key): found for key, found in figures.items()}.get(pk)
    if figure is None or not figure.printed:
        return {}
    note = figure.note(request.POST.get(f"note-{pk}", ""))
    return {int(pk): {"value": figure.printed, "note": note}}


def _undo(request: AuthenticatedHttpRequest, period: MonitoringPeriod, act: str) -> None:
    """Take back a figure that was sent, give up a correction, or take away a proof; what was typed
    is kept before."""
    verb, _dash, pk = act.partition("-")
    number = _number(pk)
    with refusals_told(request):
        if f"{verb}-" == DISCARD:
            words = _discard(request, period, number)
        elif f"{verb}-" == BACK:
            recordings = Recording.objects.visible_to(request.user).select_related("period")
            take_back(get_object_or_404(recordings, pk=number, period=period), by=request.user)
            words = _("The figure is a draft again: send it when it is right.")
        else:
            proofs = Evidence.objects.visible_to(request.user)
            proof = get_object_or_404(proofs, pk=number, recording__period=period)
            remove_evidence(proof, by=request.user)
            words = _("“%(name)s” is taken away.") % {"name": proof.name}
        messages.success(request, words)


def _discard(request: AuthenticatedHttpRequest, period: MonitoringPeriod, pk: int) -> str:
    """Give up the correction in the row of an indicator; what stands again, in words."""
    recordings = Recording.objects.visible_to(request.user).select_related("period")
    correction = get_object_or_404(
        recordings, indicator=pk, period=period, is_current=True, supersedes__isnull=False
    )
    seen = request.POST.get(f"seen-{pk}", "")
    corrected = discard_correction(correction, seen=seen, by=request.user)
    return _("The correction is discarded: the validated figure stands, %(printed)s.") % {
        "printed": corrected.printed or _("not yet")
    }


def _number(text: str) -> int:
    """The key that a button names; 0 for what is none of ours."""
    return int(text) if text.isdecimal() and len(text) < 18 else 0


# What the page and its script are told


def _left(sheet: Sheet, outcomes: Mapping[int, Outcome]) -> list[tuple[int, str, str]]:
    """The rows that were not kept, or whose file was not, each with why, line by line."""
    return [
        (pk, sheet.by_indicator[pk].name, "\n".join(one.why_left))
        for pk, one in outcomes.items()
        if pk in sheet.by_indicator and one.why_left
    ]


def _page(
    request: AuthenticatedHttpRequest,
    plan: Plan,
    period: MonitoringPeriod,
    *,
    changes: Sequence[RecordingChange] = (),
    outcomes: Mapping[int, Outcome] | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    today = clock.today()
    desks, desk = _desk(request)
    sheet = _sheet(plan, period, desk)
    page = recording_page(
        sheet,
        today=today,
        correcting=_number(request.GET.get("correggi", "")),
        discarding=_number(request.GET.get("scarta", "")),
        changes=changes,
        outcomes=outcomes,
        projects=sheet_figures(sheet),
    )
    query = urlencode({"periodo": period.ends_on.isoformat(), "unita": desk.key})
    address = reverse("strategy:recording-list", args=[plan.first_year])
    context = {
        "plan": plan,
        "period": period,
        "period_state": period.state_on(today),
        "is_to_come": period.state_on(today) == PeriodState.TO_COME,
        "periods": [one for one in plan.periods.all() if one.opens_on <= today],
        "page": page,
        "desk": desk,
        "desks": desks,
        "error": error,
        "left": _left(sheet, outcomes or {}),
        "form_url": f"{address}?{query}",
        "save_url": f"{reverse('strategy:recording-save', args=[plan.first_year])}?{query}",
        "forecasts": Forecast.choices,
        "causes": DeviationCause.choices,
        "accept": ACCEPT,
        "looks": [(state, state.label, TONES[state]) for state in EntryState],
        "words": recording_words(),
        "may_delegate": desk.unit is not None and desk.unit.pk in request.user.led_unit_ids,
    }
    return render(request, "strategy/recording_list.html", context, status=status)


def _told(outcome: Outcome) -> dict[str, Any]:
    """A row for the script: its state, what it reads, what is said at its fields."""
    told: dict[str, Any] = {
        "id": outcome.indicator_id,
        "state": outcome.state.value,
        "seen": outcome.token,
        "printed": outcome.judgement.printed if outcome.judgement.value else "",
        "asks": outcome.judgement.asks_reason,
        "unkept": "" if outcome.is_kept else " ".join(outcome.why_left),
        "messages": {
            one.field: {"text": one.message, "wrong": one.is_wrong}
            for one in reversed(outcome.faults)
        },
    }
    if outcome.saved is not None:
        saved = _text(outcome.saved)
        told["conflict"] = {"who": outcome.who, "when": _hour(outcome), "text": saved}
    return told


def _hour(outcome: Outcome) -> str:
    if outcome.when is None:
        return ""
    moment = timezone.localtime(outcome.when)
    return f"{moment.hour}.{moment:%M}"


def _text(answer: Answer) -> str:
    counts = (answer.numerator, answer.denominator)
    return answer.value or " / ".join(filter(None, counts))
