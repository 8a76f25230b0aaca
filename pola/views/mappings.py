"""The activities of the units: their mapping with ten parameters, its reviews, who does them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from rules import has_perm

from organization import clock
from organization.filters import chips
from organization.http import AuthenticatedHttpRequest
from organization.models import Person, Unit
from organization.refusals import refusals_at
from pola.enums import Grade
from pola.forms.mappings import ActivityForm, AssignmentForm, LastDayForm, MappingForm
from pola.mapping import PARAMETERS
from pola.models import Activity, ActivityAssignment
from pola.operations import mappings as operations
from pola.register_facts import remote_workers
from pola.register_filters import ActivityFilter
from pola.reports.mappings import activity_report, activity_units, grade_counts


@require_safe
def activity_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The activities unit by unit, what is still to be mapped, those that are never remote."""
    activities = Activity.objects.visible_to(request.user).with_facts()
    filterset = ActivityFilter(request.GET, queryset=activities)
    units = activity_units(filterset.qs, on=clock.today())
    context = {
        "units": units,
        "counts": grade_counts(units),
        "waiting": sum(unit.waiting for unit in units),
        "remote_count": remote_workers().count(),
        "filter": filterset,
        "chips": chips(filterset),
        "may_add": has_perm("pola.add_activity", request.user),
    }
    return render(request, "pola/activity_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def activity_add(request: AuthenticatedHttpRequest) -> HttpResponse:
    """One more activity of a unit that one leads."""
    if not has_perm("pola.add_activity", request.user):
        raise PermissionDenied
    units = Unit.objects.filter(pk__in=request.user.led_unit_ids).in_order()
    form = ActivityForm(units, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_at(form):
            made = operations.add_activity(**form.cleaned_data, by=request.user)
            messages.success(request, _("The activity is added: now it can be mapped."))
            return redirect("pola:activity-map", made.pk)
    status = 400 if form.errors else 200
    return render(request, "pola/activity_form.html", {"form": form}, status=status)


@require_safe
def activity_detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """An activity: its grade and why, its reviews, the people whom the reader may see in it."""
    return _page(request, _load(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def activity_map(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The guided form with the ten parameters; a POST maps the activity today."""
    activity = _load(request, pk)
    if not has_perm("pola.map_activity", request.user, activity):
        raise PermissionDenied
    newest = activity.mappings.first()
    form = MappingForm(request.POST or None, initial=newest.levels if newest else None)
    if request.method == "POST" and form.is_valid():
        with refusals_at(form):
            made = operations.map_activity(
                activity, levels=form.levels, note=form.cleaned_data["note"], by=request.user
            )
            messages.success(request, _("Mapped: %(grade)s.") % {"grade": Grade(made.grade).label})
            return redirect("pola:activity-detail", pk)
    context = {
        "activity": activity,
        "newest": newest,
        "form": form,
        "fields": [form[parameter.name] for parameter in PARAMETERS],
    }
    return render(request, "pola/activity_map.html", context, status=400 if form.errors else 200)


@require_POST
def activity_assign(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Give the activity to a person."""
    activity = _load(request, pk)
    if not has_perm("pola.assign_activity", request.user, activity):
        raise PermissionDenied
    form = AssignmentForm(_candidates(activity), request.POST)
    if not form.is_valid():
        return _page(request, activity, form, status=400)
    try:
        operations.assign_activity(activity, **form.cleaned_data, by=request.user)
    except ValidationError as refusal:
        form.add_error(None, ValidationError(refusal.messages))
        return _page(request, activity, form, status=409)
    messages.success(request, _("The activity is given."))
    return redirect("pola:activity-detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def assignment_end(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Asks for the last day; a POST sets it."""
    assignments = ActivityAssignment.objects.visible_to(request.user)
    assignment = get_object_or_404(assignments.select_related("activity", "person"), pk=pk)
    if not has_perm("pola.assign_activity", request.user, assignment.activity):
        raise PermissionDenied
    form = LastDayForm(request.POST or None, initial={"day": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_at(form):
            operations.end_assignment(assignment, ends_on=form.cleaned_data["day"], by=request.user)
            messages.success(request, _("The last day is set."))
            return redirect("pola:activity-detail", assignment.activity_id)
    context = {"assignment": assignment, "form": form}
    status = 400 if form.errors else 200
    return render(request, "pola/assignment_end.html", context, status=status)


def _load(request: HttpRequest, pk: int) -> Activity:
    activities = Activity.objects.visible_to(request.user).with_facts()
    activity: Activity = get_object_or_404(activities, pk=pk)
    return activity


def _candidates(activity: Activity) -> Any:
    """Who may do the activity: the people of its unit and below, everybody for a listed one."""
    people = Person.objects.in_service()
    if activity.unit_id is None:
        return people
    return people.filter(unit_id__in=Unit.objects.ids_under(activity.unit_id))


def _page(
    request: AuthenticatedHttpRequest,
    activity: Activity,
    form: AssignmentForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    may_assign = has_perm("pola.assign_activity", request.user, activity)
    if may_assign and form is None:
        form = AssignmentForm(_candidates(activity), initial={"starts_on": clock.today()})
    doing = ActivityAssignment.objects.running().visible_to(request.user)
    context = {
        "activity": activity,
        "report": activity_report(activity, list(activity.mappings.all()), on=clock.today()),
        "assignments": doing.filter(activity=activity).select_related("person__unit"),
        "form": form,
        "may_map": has_perm("pola.map_activity", request.user, activity),
    }
    return render(request, "pola/activity_detail.html", context, status=status)
