"""Pages of the organization: chart, units, people, staff tables, trace of the acts."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from rules import has_perm

from organization import clock
from organization.filters import AuditEventFilter, PersonFilter, chips
from organization.forms import StaffDayForm, SubstituteForm
from organization.http import AuthenticatedHttpRequest
from organization.models import Appointment, AuditEvent, Delegation, Person, Unit
from organization.operations import end_substitution, name_substitute
from organization.refusals import refusals_at, refusals_told
from organization.reports import delegation_lines, history_of, staff_report, unit_tree
from organization.tables import AuditEventTable, PersonTable, paged


@require_safe
def unit_list(request: HttpRequest) -> HttpResponse:
    units = Unit.objects.visible_to(request.user).with_heads().with_people_count().in_order()
    return render(request, "organization/unit_list.html", {"nodes": unit_tree(units)})


@require_safe
def unit_detail(request: HttpRequest, slug: str) -> HttpResponse:
    units = Unit.objects.visible_to(request.user).with_heads().with_people_count().in_order()
    by_slug = {unit.slug: unit for unit in units}
    if slug not in by_slug:
        raise Http404
    unit = by_slug[slug]
    nodes = unit_tree(units, root=unit.pk)
    people = Person.objects.visible_to(request.user).in_service().filter(unit=unit)
    context = {
        "unit": unit,
        "parent": next((found for found in units if found.pk == unit.parent_id), None),
        "nodes": nodes,
        "total": unit.people_count + sum(node.total for node in nodes),
        "people": people.with_posts(),
    }
    return render(request, "organization/unit_detail.html", context)


@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    people = Person.objects.visible_to(request.user)
    filterset = PersonFilter(request.GET, queryset=people)
    table = paged(request, PersonTable(filterset.qs.with_posts()))
    context = {
        "table": table,
        "filter": filterset,
        "chips": chips(filterset),
        "count": table.paginator.count,
        "everybody": people.count(),
    }
    return render(request, "organization/person_list.html", context)


@require_safe
def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    people = Person.objects.visible_to(request.user).with_posts()
    person = get_object_or_404(people, pk=pk)
    past = Appointment.objects.filter(person=person).ended().latest_first()
    context = {"person": person, "past": past, "history": history_of(person)}
    return render(request, "organization/person_detail.html", context)


@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    form = StaffDayForm(request.GET if "day" in request.GET else None, initial={"day": today})
    report = staff_report(on=form.day_or(today))
    return render(request, "organization/staff.html", {"form": form, "report": report})


@require_http_methods(["GET", "HEAD", "POST"])
def delegation_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Who stands in for whom; a POST names a substitute for a unit that the person leads."""
    units = Unit.objects.filter(pk__in=request.user.led_unit_ids).in_order()
    asked = next((unit for unit in units if unit.slug == request.GET.get("unita")), None)
    initial = {"unit": asked or next(iter(units), None), "starts_on": clock.today()}
    form = SubstituteForm(units, request.POST or None, initial=initial, by=request.user)
    if request.method == "POST":
        if not units:
            raise PermissionDenied
        if form.is_valid():
            with refusals_at(form):
                made = name_substitute(**form.cleaned_data, by=request.user)
                messages.success(request, _("%(person)s stands in.") % {"person": made.delegate})
                return redirect("organization:delegation-list")
    found = Delegation.objects.visible_to(request.user).with_people().with_posts()
    lines = delegation_lines(found, on=clock.today(), led=request.user.led_unit_ids)
    context = {"form": form if units else None, "lines": lines}
    status = 400 if form.errors else 200
    return render(request, "organization/delegation_list.html", context, status=status)


@require_POST
def delegation_end(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """End a substitution at once."""
    found = Delegation.objects.visible_to(request.user).with_people()
    delegation = get_object_or_404(found, pk=pk)
    if not has_perm("organization.delegate", request.user, delegation.unit):
        raise PermissionDenied
    with refusals_told(request):
        ended = end_substitution(delegation, by=request.user)
        taken_back, over = _("The substitution is taken back."), _("The substitution is ended.")
        messages.success(request, taken_back if ended.is_taken_back else over)
    return redirect("organization:delegation-list")


@require_safe
@permission_required("organization.read_trace", raise_exception=True)
def audit_list(request: HttpRequest) -> HttpResponse:
    events = AuditEvent.objects.visible_to(request.user)
    filterset = AuditEventFilter(request.GET, queryset=events)
    table = paged(request, AuditEventTable(filterset.qs))
    context = {
        "table": table,
        "filter": filterset,
        "chips": chips(filterset),
        "count": table.paginator.count,
        "all_acts": events.count(),
    }
    return render(request, "organization/audit_list.html", context)
