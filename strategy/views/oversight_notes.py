"""Notes of the OIV on a year, and the answers to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from rules import has_perm

from indicators.models import Indicator
from organization.http import AuthenticatedHttpRequest
from organization.models import User
from strategy.forms.oversight import AnswerForm, NoteForm, WithdrawForm
from strategy.models import OversightNote, Plan, StrategicObjective
from strategy.operations import answer_note, withdraw_note, write_note
from strategy.views.attempts import attempt
from strategy.views.oversight import load_oversight
from strategy.views.reporting import begun_year, year_frame

WRITE, ANSWER, WITHDRAW = "scrivi", "rispondi", "ritira"
FORMS: dict[str, type[forms.Form]] = {
    WRITE: NoteForm,
    ANSWER: AnswerForm,
    WITHDRAW: WithdrawForm,
}
DONE = {
    WRITE: _("The note is written: planning and the Secretary General read it."),
    ANSWER: _("The answer stands under the note."),
    WITHDRAW: _("It is withdrawn; it stays readable with your reason."),
}
CONFLICTS = {"withdrawn", "answer"}
ON_OBJECTIVE, ON_INDICATOR = "obiettivo", "indicatore"


class Subject(NamedTuple):
    """What a note is about: the whole year when it is neither an objective nor an indicator."""

    objective: StrategicObjective | None = None
    indicator: Indicator | None = None
    token: str = ""

    @property
    def name(self) -> str:
        """As it is called; empty for the whole year."""
        return str(self.objective or self.indicator or "")


@dataclass(frozen=True, slots=True)
class Voice:
    """A note or an answer, with what the person may do of it."""

    note: OversightNote
    withdraw_form: forms.Form | None


@dataclass(frozen=True, slots=True)
class Thread:
    """A note with its answers."""

    voice: Voice
    answers: tuple[Voice, ...]
    answer_form: forms.Form | None
    url: str

    @property
    def every_form(self) -> tuple[forms.Form | None, ...]:
        """The forms that stand in it."""
        voices = (self.voice, *self.answers)
        return (self.answer_form, *(voice.withdraw_form for voice in voices))


@require_http_methods(["GET", "HEAD", "POST"])
def oversight_notes(request: AuthenticatedHttpRequest, year: int, at: int) -> HttpResponse:
    """The notes of a year, or on one thing in it (`su`); a POST writes, answers or withdraws."""
    plan = load_oversight(request, year)
    at = begun_year(plan, at)
    subject = _subject(request, plan)
    if request.method != "POST":
        return _page(request, plan, at, subject)
    act = request.POST.get("act", "")
    if act not in FORMS:
        raise BadRequest
    note = None if act == WRITE else _note(request, plan, at)
    form = FORMS[act](request.POST, auto_id=_ids(note))
    done = _operation(act, plan, at, subject=subject, note=note, by=request.user)
    code = attempt(form, done)
    if form.is_valid():
        messages.success(request, DONE[act])
        return redirect(request.get_full_path())
    status = 409 if code in CONFLICTS else 200
    return _page(request, plan, at, subject, tried=(note, act, form), status=status)


def _operation(
    act: str, plan: Plan, at: int, *, subject: Subject, note: OversightNote | None, by: User
) -> Callable[..., object]:
    """What the act does, still to be told what its form says."""
    if note is None:
        objective, indicator = subject.objective, subject.indicator
        return partial(write_note, plan, at, objective=objective, indicator=indicator, by=by)
    return partial(answer_note if act == ANSWER else withdraw_note, note, by=by)


def _page(
    request: AuthenticatedHttpRequest,
    plan: Plan,
    at: int,
    subject: Subject,
    *,
    tried: tuple[OversightNote | None, str, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    user = request.user
    found = OversightNote.objects.visible_to(user).of_year(plan, at).asked().with_answers()
    if subject.token:
        found = found.filter(objective=subject.objective, indicator=subject.indicator)
    tried_note, tried_act, tried_form = tried or (None, "", None)
    form = tried_form if tried_act == WRITE else NoteForm()
    known = (tried_note.pk if tried_note else 0, tried_act)
    threads = _threads(found, user, plan, known, tried_form)
    writes = form if has_perm("strategy.write_oversight_note", user, plan) else None
    context = year_frame(plan, at, lambda each: address(plan, each)) | {
        "subject": subject,
        "threads": threads,
        "lost": _lost(tried_form, [writes, *chain(*(one.every_form for one in threads))]),
        "form": writes,
        "all_url": address(plan, at),
        "workspace_url": reverse("strategy:oversight-year", args=[plan.first_year, at]),
    }
    return render(request, "strategy/oversight_notes.html", context, status=status)


def _lost(tried: forms.Form | None, shown: list[forms.Form | None]) -> dict[str, Any] | None:
    """A form that was refused and stands nowhere on the page, because what it was about is gone:
    why, and what was typed."""
    if tried is None or any(form is tried for form in shown):
        return None
    return {
        "errors": tried.non_field_errors(),
        "typed": [(field.label, field.value()) for field in tried if field.value()],
    }


def _threads(
    notes: Any, user: User, plan: Plan, known: tuple[int, str], tried: forms.Form | None
) -> list[Thread]:
    may_answer = has_perm("strategy.answer_oversight_note", user, plan)

    def shown(note: OversightNote, act: str) -> forms.Form | None:
        """The form of an act on a note: the one that was refused, with what was typed."""
        return tried if (note.pk, act) == known else FORMS[act](auto_id=_ids(note))

    def voice(note: OversightNote) -> Voice:
        is_own = note.written_by_id == user.pk and not note.is_withdrawn
        return Voice(note, shown(note, WITHDRAW) if is_own else None)

    return [
        Thread(
            voice(note),
            tuple(voice(answer) for answer in note.replies.all()),
            shown(note, ANSWER) if may_answer and not note.is_withdrawn else None,
            _url_of(note, plan),
        )
        for note in notes
    ]


def _ids(note: OversightNote | None) -> str:
    """So that the same field of two notes has two names on the page."""
    return f"id_%s_{note.pk}" if note else "id_%s"


def _note(request: HttpRequest, plan: Plan, at: int) -> OversightNote:
    """The note of the year that the act is about; 404 when it is not there."""
    number = request.POST.get("note", "")
    visible = OversightNote.objects.visible_to(request.user).of_year(plan, at)
    pk = int(number) if number.isascii() and number.isdecimal() and len(number) < 18 else 0
    note: OversightNote = get_object_or_404(visible.select_related("plan"), pk=pk)
    return note


def _subject(request: HttpRequest, plan: Plan) -> Subject:
    """The objective or the indicator that the address names; 404 for one that is not there."""
    token = request.GET.get("su", "")
    if not token:
        return Subject()
    kind, _dash, number = token.partition("-")
    pk = int(number) if number.isascii() and number.isdecimal() and len(number) < 18 else 0
    if kind == ON_OBJECTIVE:
        objectives = StrategicObjective.objects.visible_to(request.user)
        return Subject(
            objective=get_object_or_404(objectives, perspective__plan=plan, pk=pk), token=token
        )
    if kind == ON_INDICATOR:
        shown = Indicator.objects.filter(rows__dashboard__plan=plan).distinct()
        return Subject(indicator=get_object_or_404(shown, pk=pk), token=token)
    raise Http404


def _url_of(note: OversightNote, plan: Plan) -> str:
    """The page of what the note is about; none for the whole year or an objective that is gone."""
    if note.objective_id:
        return reverse("strategy:objective-detail", args=[plan.first_year, note.objective_id])
    if note.indicator_id:
        return reverse("strategy:indicator-detail", args=[plan.first_year, note.indicator_id])
    return ""


def address(plan: Plan, at: int) -> str:
    """The notes of a year."""
    return reverse("strategy:oversight-notes", args=[plan.first_year, at])
