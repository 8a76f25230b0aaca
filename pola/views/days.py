"""The calendar of an employee: days chosen month by month, a weekly pattern, a range given up."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from organization import clock
from organization.http import AuthenticatedHttpRequest
from organization.models import Person
from organization.refusals import refusals_at
from pola.day_looks import DRAFT, USUAL, legend_of
from pola.forms.days import PatternForm, RangeForm, days_asked, month_asked
from pola.models import Agreement
from pola.months import month_end, next_month
from pola.operations.asking import (
    Asked,
    ask_days,
    cancel_days,
    change_days,
    given_up,
    range_of,
    submit_month,
)
from pola.problems.days import gathered
from pola.problems.standing import standing_of
from pola.quotas import pattern_days
from pola.reports.day_month import month_page, submission_words

SEND, SAVE = "send", "save"
USUAL_OF_ONE = (*USUAL[:2], DRAFT, *USUAL[2:])


def own_person(request: AuthenticatedHttpRequest) -> Person:
    """The person of the account; an account without one has no days."""
    if request.user.person is None:
        raise PermissionDenied(_("This account belongs to no person: it has no days."))
    return request.user.person


def calendar_url(month: datetime.date) -> str:
    """The calendar of a month."""
    return f"{reverse('pola:day-calendar')}?{urlencode({'mese': f'{month:%Y-%m}'})}"


@require_http_methods(["GET", "HEAD", "POST"])
def day_calendar(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The own month; a POST asks for the days chosen and withdraws those that no longer are, then
    submits the month when it is asked to."""
    person = own_person(request)
    month = month_asked(request.GET.get("mese"), clock.today())
    if request.method != "POST":
        return _page(request, person, month)
    chosen, shown = days_asked(request.POST.getlist("day")), days_asked(request.POST.getlist("was"))
    try:
        done, withdrawn = _written(request, person, month, chosen, shown)
    except ValidationError as refusal:
        return _page(request, person, month, chosen=chosen, errors=refusal.messages, status=409)
    said = [*_said(len(done.days), withdrawn), submission_words(person, [month])]
    messages.success(request, " ".join(filter(None, said)))
    return redirect(calendar_url(month))


@transaction.atomic
def _written(
    request: AuthenticatedHttpRequest,
    person: Person,
    month: datetime.date,
    chosen: set[datetime.date],
    shown: set[datetime.date],
) -> tuple[Asked, int]:
    """Days asked and days withdrawn, the month submitted when it is asked to: all or nothing."""
    done = change_days(person=person, ask=chosen - shown, give_up=shown - chosen, by=request.user)
    if request.POST.get("act") == SEND:
        submit_month(person=person, month=month, by=request.user)
    elif not chosen ^ shown:
        raise ValidationError(_("Nothing was chosen or withdrawn."), code="none")
    return done, len(shown - chosen)


def _said(asked: int, withdrawn: int) -> list[str]:
    told = []
    if asked:
        words = ngettext("%(count)s day asked.", "%(count)s days asked.", asked)
        told.append(words % {"count": asked})
    if withdrawn:
        words = ngettext("%(count)s day withdrawn.", "%(count)s days withdrawn.", withdrawn)
        told.append(words % {"count": withdrawn})
    return told


@require_http_methods(["GET", "HEAD", "POST"])
def day_pattern(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Ask for the same days of each week, from a day to a day; what a rule stops is left out."""
    person = own_person(request)
    today = clock.today()
    month = month_asked(request.GET.get("mese"), today)
    first = max(month, today + datetime.timedelta(days=1))
    last = max(month_end(month), first)
    usual = _usual_weekdays(person, first)
    initial = {"first": first, "last": last, "weekdays": usual}
    form = PatternForm(request.POST or None, initial=initial)
    left_out: Collection[Any] = ()
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        days = pattern_days(data["first"], data["last"], data["weekdays"])
        with refusals_at(form):
            asked = ask_days(person=person, days=days, by=request.user, is_pattern=True)
            if asked.days:
                _tell_pattern(request, person, asked)
                return redirect(calendar_url(asked.days[0].day))
            form.add_error(None, _nothing_to_ask(asked))
            left_out = asked.left_out
    context = {"form": form, "left_out": left_out, "month": month, "back": calendar_url(month)}
    return render(request, "pola/day_pattern.html", context, status=400 if form.errors else 200)


def _usual_weekdays(person: Person, day: datetime.date) -> list[int]:
    """Those of the agreement that covers the day: the pattern that is asked most often."""
    agreement = Agreement.objects.filter(person=person).covering(on=day).first()
    if agreement is None:
        return []
    terms = agreement.terms_on(day) or {}
    return list(terms.get("weekdays", agreement.weekdays))


def _had(count: int) -> str:
    """How many days of a pattern stand in the calendar already."""
    words = ngettext(
        "%(count)s day was asked or approved already.",
        "%(count)s days were asked or approved already.",
        count,
    )
    return words % {"count": count}


def _nothing_to_ask(asked: Asked) -> str:
    """Why a pattern asks for nothing, as far as its days are not named one by one."""
    if asked.had and not asked.left_out:
        return _("All the days of this pattern were asked or approved already.")
    told = [_("No day of this pattern can be asked."), *([_had(asked.had)] if asked.had else [])]
    return " ".join(told)


def _tell_pattern(request: AuthenticatedHttpRequest, person: Person, asked: Asked) -> None:
    told = _said(len(asked.days), 0)
    if asked.had:
        told.append(_had(asked.had))
    if asked.left_out:
        told.append(_("Left out: %(days)s.") % {"days": "; ".join(gathered(asked.left_out))})
    told.append(submission_words(person, {one.day.replace(day=1) for one in asked.days}))
    messages.success(request, " ".join(told))


@require_http_methods(["GET", "HEAD", "POST"])
def day_cancel(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Give up the days from a day to a day: the page names them, then asks."""
    person = own_person(request)
    month = month_asked(request.GET.get("mese"), clock.today())
    first = max(month, clock.today())
    initial = {"first": first, "last": max(month_end(month), first)}
    form = RangeForm(request.POST or None, initial=initial)
    found, is_asked = [], False
    if request.method == "POST" and form.is_valid():
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
        days = range_of(first, last)
        if request.POST.get("act") == "confirm":
            with refusals_at(form):
                gone = cancel_days(person=person, days=days, by=request.user)
                words = ngettext("%(count)s day given up.", "%(count)s days given up.", len(gone))
                messages.success(request, words % {"count": len(gone)})
                return redirect(calendar_url(gone[0].day))
        else:
            found, is_asked = given_up(standing_of(person, first, last), days), True
    context = {"form": form, "found": found, "is_asked": is_asked, "back": calendar_url(month)}
    return render(request, "pola/day_cancel.html", context, status=400 if form.errors else 200)


def _page(
    request: AuthenticatedHttpRequest,
    person: Person,
    month: datetime.date,
    *,
    chosen: Collection[datetime.date] | None = None,
    errors: Collection[str] = (),
    status: int = 200,
) -> HttpResponse:
    today = clock.today()
    page = month_page(person, month, today=today, chosen=chosen)
    context = {
        "page": page,
        "errors": errors,
        "legend": legend_of(shown=page.looks, usual=USUAL_OF_ONE),
        "form_url": calendar_url(month),
        "month_query": urlencode({"mese": f"{month:%Y-%m}"}),
        "next_month": next_month(month),
        "words": {
            "send": [
                ngettext("Send %(count)s request", "Send %(count)s requests", count)
                for count in (1, 2)
            ],
            "none": _("Send the requests"),
            "left": [ngettext("%(left)s left", "%(left)s left", count) for count in (1, 2)],
            "full": _("limit reached"),
            "exceeded": _("limit exceeded"),
            "nothing": _("no other day"),
            "chosen": _("Chosen"),
            "ask": _("Ask"),
            "limit": _("limit"),
            "of": _("%(taken)s of %(most)s"),
            "over": _("Art. %(article)s: at most %(most)s days in this week. Withdraw one first."),
        },
    }
    return render(request, "pola/day_calendar.html", context, status=status)
