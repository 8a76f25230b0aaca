"""Closures, absences, the export for the attendance system, the addresses of calendars."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from rules import has_perm

from organization import clock
from organization.http import AuthenticatedHttpRequest
from organization.models import Person, Unit, User
from organization.refusals import refusals_at
from organization.tables import PER_PAGE
from pola.forms.days import AbsenceForm, ClosureForm, month_asked
from pola.models import Absence, AgileDay, Agreement, CalendarFeed, Closure
from pola.months import next_month
from pola.operations.day_calendar import (
    close_office,
    record_absence,
    remove_absence,
    remove_closure,
)
from pola.operations.feeds import make_feed, revoke_feed
from pola.reports.agreement_days import days_within, with_fallen
from pola.reports.day_export import HEADER, export_lines
from pola.reports.day_feeds import feed_bytes
from pola.views.days import own_person
from pola.views.register_frame import table_file

SINCE = datetime.timedelta(days=92)  # closures and absences gone by for longer are not listed


@dataclass(frozen=True, slots=True)
class Falling:
    """The days that a closure, or an absence, would take away: asked about before it is kept."""

    is_closure: bool
    days: list[AgileDay]

    @property
    def token(self) -> str:
        """Which days were seen: others than these are asked about again."""
        keys = " ".join(str(one.pk) for one in self.days)
        return hashlib.sha256(keys.encode()).hexdigest()

    @property
    def by_day(self) -> list[tuple[datetime.date, int]]:
        """How many fall on each day."""
        return sorted(Counter(one.day for one in self.days).items())


@require_http_methods(["GET", "HEAD", "POST"])
def day_closures(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Days on which the office is closed and people are absent; a POST adds or takes one away."""
    may_close = has_perm("pola.close_office", request.user)
    may_keep = has_perm("pola.keep_absences", request.user)
    if not may_close:
        raise PermissionDenied
    act = request.POST.get("act", "")
    units, people = Unit.objects.in_order(), Person.objects.in_service()
    closure_form = ClosureForm(units, request.POST if act == "close" else None, prefix="closure")
    absence_form = AbsenceForm(people, request.POST if act == "absent" else None, prefix="absence")
    falling = None
    if request.method == "POST":
        form = {"close": closure_form, "absent": absence_form}.get(act)
        is_done, falling = _kept(request, act, form)
        if is_done:
            return redirect("pola:day-closures")
    recent = clock.today() - SINCE
    closures = Closure.objects.visible_to(request.user)
    absences = Absence.objects.visible_to(request.user) if may_keep else Absence.objects.none()
    context = {
        "closure_form": closure_form,
        "absence_form": absence_form if may_keep else None,
        "closures": closures.filter(ends_on__gte=recent).select_related("unit"),
        "absences": absences.filter(ends_on__gte=recent).select_related("person"),
        "may_keep": may_keep,
        "falling": falling,
    }
    wrong = bool(closure_form.errors or absence_form.errors)
    return render(request, "pola/day_closures.html", context, status=400 if wrong else 200)


def _kept(request: AuthenticatedHttpRequest, act: str, form: Any) -> tuple[bool, Falling | None]:
    """Whether the act was done, and the days to be asked about first; what is wrong is told on its
    form."""
    if act.startswith(("reopen-", "present-")):
        _take_back(request, act)
        return True, None
    if form is None:
        raise BadRequest
    if not form.is_valid():
        return False, None
    falling = Falling(act == "close", _falling_days(act, form.cleaned_data))
    is_asked = bool(falling.days) and request.POST.get("sure") != falling.token
    with refusals_at(form):
        _do(act, form.cleaned_data, by=request.user, is_trial=is_asked)
    if form.errors or is_asked:
        return False, None if form.errors else falling
    done = _("It is kept: no agile work is asked on those days.")
    messages.success(request, with_fallen(done, len(falling.days)))
    return True, None


def _falling_days(act: str, data: dict[str, Any]) -> list[AgileDay]:
    if act == "close":
        agreements = Agreement.objects.of_unit(data["unit"])
    else:
        agreements = Agreement.objects.filter(person=data["person"])
    return days_within(agreements, data["first"], data["last"])


def _do(act: str, data: dict[str, Any], *, by: User, is_trial: bool) -> None:
    """Do the act. On trial nothing stays done: what refuses it is told before anybody is asked."""
    dates = {"starts_on": data["first"], "ends_on": data["last"]}
    with transaction.atomic():
        if act == "close":
            close_office(unit=data["unit"], reason=data["reason"], by=by, **dates)
        else:
            record_absence(person=data["person"], by=by, **dates)
        transaction.set_rollback(is_trial)


def _take_back(request: AuthenticatedHttpRequest, act: str) -> None:
    """Take back a closure or an absence."""
    by = request.user
    verb, _dash, key = act.partition("-")
    pk = int(key) if key.isdecimal() and len(key) < 18 else 0
    try:
        if verb == "reopen":
            closures = Closure.objects.visible_to(by)
            remove_closure(get_object_or_404(closures, pk=pk), by=by)
        else:
            absences = Absence.objects.visible_to(by)
            remove_absence(get_object_or_404(absences, pk=pk), by=by)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("It is taken back: the days can be asked again."))


@require_safe
def day_export(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The days of a month for the attendance system: on the page 25 at a time, whole as CSV and as
    XLSX."""
    if not has_perm("pola.export_days", request.user):
        raise PermissionDenied
    month = month_asked(request.GET.get("mese"), clock.today())
    lines = export_lines(month)
    kind = request.GET.get("formato", "")
    if kind:
        name = f"giornate-agili-{month:%Y-%m}"
        return table_file(name, kind, HEADER, (line.cells for line in lines))
    context = {
        "month": month,
        "months": _months(month),
        "page": Paginator(lines, PER_PAGE).get_page(request.GET.get("page")),
        "people": len({line.employee_number for line in lines}),
    }
    return render(request, "pola/day_export.html", context)


def _months(month: datetime.date) -> list[datetime.date]:
    """Next month, whose file can be taken before it begins, the last twelve, the one asked for."""
    found, one = [], next_month(clock.today().replace(day=1))
    for _number in range(13):
        found.append(one)
        one = (one - datetime.timedelta(days=1)).replace(day=1)
    return found if month in found else [month, *found]


@require_http_methods(["GET", "HEAD", "POST"])
def day_feeds(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The secret addresses of the own calendar and of the units that one leads; a POST makes one
    anew or revokes it."""
    person = own_person(request)
    units = list(Unit.objects.filter(pk__in=request.user.recording_unit_ids).in_order())
    feeds = {feed.unit_id: feed for feed in CalendarFeed.objects.running().visible_to(request.user)}
    if request.method == "POST":
        slug = request.POST.get("unit", "")
        unit = next((one for one in units if one.slug == slug), None)
        if slug and unit is None:
            raise Http404
        _change_feed(request, feeds.get(unit.pk if unit else None), unit)
        return redirect("pola:day-feeds")
    base = settings.BASE_URL or request.build_absolute_uri("/").rstrip("/")
    lines = [
        (unit, feed, f"{base}{reverse('pola:day-feed', args=[feed.token])}" if feed else "")
        for unit in (None, *units)
        for feed in [feeds.get(unit.pk if unit else None)]
    ]
    return render(request, "pola/day_feeds.html", {"person": person, "lines": lines})


def _change_feed(
    request: AuthenticatedHttpRequest, feed: CalendarFeed | None, unit: Unit | None
) -> None:
    if request.POST.get("act") != "revoke":
        make_feed(by=request.user, unit=unit)
        words = _("The address is ready: copy it into your calendar program.")
        messages.success(request, words)
    elif feed is not None:
        revoke_feed(feed, by=request.user)
        messages.success(request, _("The address does not answer any more."))


@require_safe
@never_cache
@login_not_required
def day_feed(request: AuthenticatedHttpRequest, token: str) -> HttpResponse:
    """A calendar at its secret address, for whoever has it; 404 once it is revoked, its owner has
    left, or no longer runs the unit."""
    feeds = CalendarFeed.objects.running().select_related("owner", "unit")
    feed = get_object_or_404(feeds, token=token)
    owner = User.objects.filter(person=feed.owner_id, is_active=True).first()
    left_on = feed.owner.left_on
    if owner is None or (left_on is not None and left_on <= clock.today()):
        raise Http404
    if feed.unit is not None and not has_perm("pola.read_team", owner, feed.unit):
        raise Http404
    headers = {"Content-Disposition": 'inline; filename="giornate-agili.ics"'}
    return HttpResponse(
        feed_bytes(feed), content_type="text/calendar; charset=utf-8", headers=headers
    )
