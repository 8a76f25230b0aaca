"""Pages of the organization: chart, units, people, staff tables, trace of the acts."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from organization import clock
from organization.filters import AuditEventFilter, PersonFilter, chips
from organization.forms import StaffDayForm
from organization.models import Appointment, AuditEvent, Person, Unit
from organization.reports import history_of, staff_report, unit_tree
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
