"""The registers of agile work: who is in order, courses and safety notices with their people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from rules import has_perm

from organization import clock
from organization.filters import chips
from organization.http import AuthenticatedHttpRequest
from organization.models import Person
from organization.refusals import refusals_at, refusals_told
from organization.tables import paged
from pola.forms.registers import CourseForm, PeopleForm
from pola.models import Equipment, SafetyReceipt, TrainingAttendance, TrainingCourse
from pola.operations import registers as operations
from pola.register_facts import register_people, trained
from pola.register_filters import PeopleInOrderFilter
from pola.register_tables import RegisterPersonTable
from pola.reports import registers as reports
from pola.views.register_frame import (
    BY_NAME,
    KEEP,
    file_urls,
    refuse_readers,
    register_tabs,
    table_file,
)


@require_safe
def register_people_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The people whom one reads, with what they lack."""
    today = clock.today()
    people = register_people(request.user, today)
    filterset = PeopleInOrderFilter(request.GET, queryset=people)
    found = reports.with_registers(filterset.qs, on=today)
    context = {
        "table": paged(request, RegisterPersonTable(found)),
        "filter": filterset,
        "chips": chips(filterset),
        "counts": reports.register_counts(request.user, on=today),
        "tabs": register_tabs("pola:register-people"),
        "may_keep": has_perm(KEEP, request.user),
    }
    context |= file_urls("persone", request.GET.urlencode())
    return render(request, "pola/register_people.html", context)


@require_safe
def register_file(request: AuthenticatedHttpRequest, register: str, extension: str) -> HttpResponse:
    """A register as CSV or XLSX, for HR alone."""
    refuse_readers(request)
    if register not in FILES:
        raise Http404
    header, rows = FILES[register](request)
    return table_file(register, extension, header, rows)


def _people_file(request: AuthenticatedHttpRequest) -> tuple[Any, Any]:
    today = clock.today()
    people = register_people(request.user, today).order_by("last_name", "first_name")
    chosen = PeopleInOrderFilter(request.GET, queryset=people).qs
    found = reports.with_registers(chosen, on=today)
    return reports.PEOPLE_HEADER, reports.people_rows(found, on=today)


def _training_file(request: AuthenticatedHttpRequest) -> tuple[Any, Any]:
    attendances = TrainingAttendance.objects.visible_to(request.user)
    found = attendances.select_related("course", "person").order_by(
        "-course__held_on", "course__title", "person__last_name", "person__first_name"
    )
    return reports.TRAINING_HEADER, reports.training_rows(found)


def _receipt_file(request: AuthenticatedHttpRequest) -> tuple[Any, Any]:
    receipts = SafetyReceipt.objects.visible_to(request.user)
    found = receipts.select_related("notice", "person").order_by(
        "-notice__issued_on", "notice__title", "person__last_name", "person__first_name"
    )
    return reports.RECEIPT_HEADER, reports.receipt_rows(found)


def _equipment_file(request: AuthenticatedHttpRequest) -> tuple[Any, Any]:
    items = Equipment.objects.visible_to(request.user).select_related("person")
    found = items.order_by("person__last_name", "person__first_name", "kind", "-delivered_on")
    return reports.EQUIPMENT_HEADER, reports.equipment_rows(found)


FILES: dict[str, Callable[[AuthenticatedHttpRequest], tuple[Any, Any]]] = {
    "persone": _people_file,
    "formazione": _training_file,
    "sicurezza": _receipt_file,
    "dotazioni": _equipment_file,
}


@require_safe
def training_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The courses, with how many attended among those whom one reads."""
    courses = TrainingCourse.objects.visible_to(request.user).with_count(request.user)
    context = {
        "courses": courses,
        "tabs": register_tabs("pola:training-list"),
        "may_keep": has_perm(KEEP, request.user),
    }
    return render(request, "pola/training_list.html", context | file_urls("formazione"))


@require_http_methods(["GET", "HEAD", "POST"])
def training_add(request: AuthenticatedHttpRequest) -> HttpResponse:
    """A new course; then its people are ticked."""
    refuse_readers(request)
    form = CourseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_at(form):
            made = operations.record_course(**form.cleaned_data, by=request.user)
            messages.success(request, _("The course is recorded: tick who attended."))
            return redirect("pola:training", made.pk)
    status = 400 if form.errors else 200
    return render(request, "pola/training_form.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def training(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A course and who attended; a POST of HR adds the people ticked."""
    course = get_object_or_404(TrainingCourse.objects.visible_to(request.user), pk=pk)
    form = None
    if request.method == "POST":
        refuse_readers(request)
        form = PeopleForm(people_without(course.attendances), request.POST)
        if form.is_valid():
            people = form.cleaned_data["people"]
            with refusals_at(form):
                made = operations.record_attendance(course, people=people, by=request.user)
                messages.success(request, added_words(len(made)))
                return redirect("pola:training", pk)
    may_keep = has_perm(KEEP, request.user)
    attendances = TrainingAttendance.objects.visible_to(request.user).filter(course=course)
    context = {
        "course": course,
        "attendances": attendances.select_related("person__unit").order_by(*BY_NAME),
        "form": form,
        "may_keep": may_keep,
    }
    if may_keep and course.held_on <= clock.today():
        known = set(trained(clock.today()).values_list("pk", flat=True))
        context["units"] = candidates(request, people_without(course.attendances), known)
    return render(request, "pola/training.html", context, status=400 if form else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def attendance_remove(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Asks; a POST takes a person off those who attended."""
    refuse_readers(request)
    attendances = TrainingAttendance.objects.visible_to(request.user)
    attendance = get_object_or_404(attendances.select_related("course", "person"), pk=pk)
    if request.method == "POST":
        with refusals_told(request):
            operations.remove_attendance(attendance, by=request.user)
            messages.success(request, _("The person is taken off."))
        return redirect("pola:training", attendance.course_id)
    return render(request, "pola/attendance_remove.html", {"attendance": attendance})


def candidates(
    request: HttpRequest, people: Any, in_order: set[int]
) -> list[reports.CandidateUnit]:
    """The people who can be ticked, those in want of it marked."""
    found = list(people)
    lacking = {person.pk for person in found} - in_order
    chosen = set(request.POST.getlist("people"))
    return reports.candidate_units(found, lacking=lacking, chosen=chosen)


def added_words(count: int) -> str:
    """How many people were added."""
    return ngettext("%(n)s person added.", "%(n)s people added.", count) % {"n": count}


def people_without(rows: Any) -> Any:
    """Who is in service and stands in none of the rows, unit by unit."""
    people = Person.objects.in_service().exclude(pk__in=rows.values("person"))
    return people.select_related("unit").order_by("unit__name", "last_name", "first_name")
