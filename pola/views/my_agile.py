"""The employee's own page: the request in four steps, what happens next, the agreement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organization import clock
from organization.http import AuthenticatedHttpRequest
from organization.models import Person
from organization.refusals import refusals_at, refusals_told
from pola.enums import AgreementState, InterestState, Party, PriorityKind, VersionState
from pola.forms.interests import ActivitiesForm, DaysForm, PriorityForm
from pola.models import Activity, Agreement, AgreementVersion, Interest, Norm, PriorityGround
from pola.norms import Norms
from pola.operations import save_draft, send_interest, withdraw_interest
from pola.operations.interests import problems_of_request
from pola.priorities import Ground
from pola.problems import Finding
from pola.problems.finding import blockers
from pola.reports.agreements import day_gone_by, lead_words
from pola.reports.counterparts import chart_of
from pola.reports.interests import ground_words, windows_of
from pola.reports.limits import limits_of
from pola.reports.my_agile import current_and_next, in_force
from pola.reports.steps import steps_of
from pola.reports.texts import text_of_day
from pola.views.agreements import shown_text

STEPS = {
    "attivita": gettext_lazy("What for"),
    "giorni": gettext_lazy("Days, place, hours"),
    "priorita": gettext_lazy("Precedence"),
    "invio": gettext_lazy("Read again and send"),
}
# Which step mends what a request lacks, by the code of the finding; the others lie elsewhere.
MENDED_IN = {
    **dict.fromkeys(("activities", "purposes"), "attivita"),
    **dict.fromkeys(("place", "start", "trial", "days", "weekdays", "windows"), "giorni"),
}
STEP_ICONS = {
    "done": "it-check-circle",
    "now": "it-pencil",
    "no": "it-warning-circle",
    "": "it-minus-circle",
}


def employee_of(request: AuthenticatedHttpRequest) -> Person:
    """The person behind the account; 403 for whoever is not an employee."""
    person = request.user.person
    if person is None or not person.category:
        raise PermissionDenied
    return person


@require_safe
def my_agile(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Where I stand: request, agreement, what happens next, what there was before."""
    person = request.user.person
    own = Interest.objects.filter(person=person).with_people()
    interests = list(own.select_related("agreement")) if person else []
    mine = Agreement.objects.filter(person=person).select_related("unit", "counterpart")
    agreements = list(mine) if person else []
    agreement, following = current_and_next(agreements, on=clock.today())
    open_one = next((one for one in interests if one.is_open), None)
    interest = open_one or _latest(interests, agreement)
    texts = _texts(agreement)
    version = shown_text(texts)
    is_running = bool(agreement and agreement.state == AgreementState.RUNNING)
    context = {
        "mine": in_force(agreement, version, following) if agreement and is_running else None,
        "version": text_of_day(texts, clock.today()) or version,
        "to_accept": _waits(version),
        "following": following,
        "following_waits": _waits(shown_text(_texts(following))),
        "is_employee": bool(person and person.category),
        "interest": interest,
        "agreement": agreement,
        "agreement_words": agreement
        and lead_words(agreement, version, person_id=agreement.person_id),
        "steps": steps_of(interest, agreement, texts[-1] if texts else None)
        if interest or agreement
        else (),
        "earlier_interests": [one for one in interests if one != interest],
        "earlier_agreements": [one for one in agreements if one.is_over],
        "is_draft": bool(open_one and open_one.state == InterestState.DRAFT),
        "is_waiting": bool(open_one and open_one.state in InterestState.waiting),
    }
    return render(request, "pola/agreements_mine.html", context)


def _texts(agreement: Agreement | None) -> list[AgreementVersion]:
    """Its texts, the newest first."""
    return list(agreement.versions.order_by("-number")) if agreement else []


def _waits(version: AgreementVersion | None) -> bool:
    """The text waits for the employee."""
    if version is None or version.state != VersionState.OFFERED or day_gone_by(version):
        return False
    return not version.accepted_by(Party.EMPLOYEE)


def _latest(interests: list[Interest], agreement: Agreement | None) -> Interest | None:
    """The request of the agreement at hand; without one the newest, unless its agreement is over:
    it led where it could."""
    if agreement is not None:
        return next((one for one in interests if one.pk == agreement.interest_id), None)
    newest = interests[0] if interests else None
    return None if newest is None or newest.state == InterestState.GRANTED else newest


@require_http_methods(["GET", "HEAD", "POST"])
def interest_write(request: AuthenticatedHttpRequest, step: str) -> HttpResponse:
    """One step of the request; a POST keeps it and goes on, the last one sends it."""
    person = employee_of(request)
    if step not in STEPS:
        raise Http404
    interest = Interest.objects.filter(person=person, state__in=sorted(InterestState.open)).first()
    if interest is not None and interest.state != InterestState.DRAFT:
        return redirect("pola:my-agile")
    if step == "invio":
        return _send(request, interest)
    norms = Norm.objects.in_force()
    form = _form(step, person, interest, norms, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_at(form):
            save_draft(person, **_written(step, form), by=request.user)
            return redirect("pola:interest-write", _after(step, request.POST.get("go", "")))
    problems = problems_of_request(interest) if interest else None
    context = _frame(step, problems) | {"form": form}
    if step == "giorni":
        context["limits"] = limits_of(norms, percent=person.part_time_percent)
    return render(request, "pola/requests_write.html", context)


def _send(request: AuthenticatedHttpRequest, interest: Interest | None) -> HttpResponse:
    """What was written, what it still lacks, the button that sends it."""
    if interest is None:
        return redirect("pola:interest-write", "attivita")
    refused: list[str] = []
    if request.method == "POST":
        try:
            send_interest(interest, by=request.user)
        except ValidationError as refusal:
            refused = refusal.messages
        else:
            messages.success(request, _("Sent. The personnel office checks the requirements now."))
            return redirect("pola:my-agile")
    problems = problems_of_request(interest)
    chart = chart_of(clock.today())
    context = _frame("invio", problems) | {
        "interest": interest,
        "decider": chart.counterpart_of(interest.person, interest.unit_id),
        "activities": list(interest.activities.all()),
        "windows": windows_of(interest),
        "grounds": [ground_words(one) for one in _grounds(interest)],
        "note": next((row.note for row in interest.grounds.all()), ""),
        "problems": problems,
        "refused": refused,
    }
    return render(request, "pola/requests_send.html", context)


@require_POST
def interest_withdraw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take one's request back."""
    interest = get_object_or_404(Interest.objects.visible_to(request.user), pk=pk)
    with refusals_told(request):
        withdraw_interest(interest, by=request.user)
        messages.success(request, _("The request is taken back. You can write another one."))
    return redirect("pola:my-agile")


def _frame(step: str, problems: Iterable[Finding] | None) -> dict[str, Any]:
    """The four steps around the one at hand; of those before it, which lack something: every one,
    without `problems`, when nothing was kept yet."""
    names = list(STEPS)
    here = names.index(step)
    wanting = set(MENDED_IN.values())
    if problems is not None:
        wanting = {MENDED_IN[one.code] for one in blockers(problems) if one.code in MENDED_IN}
    lacking = wanting.intersection(names[:here])
    looks = ["no" if name in lacking else _look(index, here) for index, name in enumerate(names)]
    steps = [
        {
            "name": name,
            "label": STEPS[name],
            "number": number,
            "look": look,
            "icon_name": STEP_ICONS[look],
            "is_here": name == step,
            "is_lacking": name in lacking,
        }
        for number, (name, look) in enumerate(zip(names, looks, strict=True), start=1)
    ]
    before = names[here - 1] if here else ""
    return {"step": step, "steps": steps, "before": before, "title": STEPS[step]}


def _look(index: int, here: int) -> str:
    return "now" if index == here else "done" if index < here else ""


def _after(step: str, go: str) -> str:
    names = list(STEPS)
    return go if go in names else names[names.index(step) + 1]


def _offered(person: Person) -> Any:
    return Activity.objects.remote().filter(unit=person.unit_id)


def _form(
    step: str, person: Person, interest: Interest | None, norms: Norms, data: Any
) -> forms.Form:
    shown = interest or Interest(person=person)
    if step == "attivita":
        chosen = list(interest.activities.all()) if interest else []
        initial = {
            "activities": chosen,
            "other_activities": shown.other_activities,
            "purposes": shown.purposes,
        }
        return ActivitiesForm(data, initial=initial, offered=_offered(person))
    if step == "giorni":
        names = DaysForm.base_fields
        initial = {name: getattr(shown, name) for name in names}
        return DaysForm(data, initial=initial, most=norms.max_days_per_week)
    rows = list(interest.grounds.all()) if interest else []
    leave = next((row.leave_ended_on for row in rows if row.leave_ended_on), None)
    initial = {
        "kinds": [row.kind for row in rows],
        "leave_ended_on": leave,
        "note": rows[0].note if rows else "",
    }
    return PriorityForm(data, initial=initial)


def _written(step: str, form: forms.Form) -> dict[str, Any]:
    """What of a step the operation is given."""
    data = form.cleaned_data
    if step == "attivita":
        return {"values": data, "activities": data.pop("activities", [])}
    if step == "giorni":
        return {"values": data}
    kinds = [PriorityKind(kind) for kind in data["kinds"]]
    grounds = [
        Ground(kind, data["leave_ended_on"] if kind is PriorityKind.MATERNITY else None)
        for kind in kinds
    ]
    return {"values": {}, "grounds": grounds, "note": data["note"]}


def _grounds(interest: Interest) -> list[Ground]:
    rows = PriorityGround.objects.filter(interest=interest)
    return [Ground(PriorityKind(row.kind), row.leave_ended_on) for row in rows]
