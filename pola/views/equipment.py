"""Equipment of agile work: what is with whom, deliveries, returns."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from rules import has_perm

from organization import clock
from organization.filters import chips
from organization.http import AuthenticatedHttpRequest
from organization.models import Person
from organization.refusals import refusals_at
from organization.tables import paged
from pola.forms.registers import EquipmentForm, ReturnForm
from pola.models import Equipment
from pola.operations import registers as operations
from pola.register_filters import EquipmentFilter
from pola.register_tables import EquipmentTable
from pola.views.register_frame import KEEP, file_urls, refuse_readers, register_tabs


@require_safe
def equipment_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What was handed over to the people whom one reads."""
    items = Equipment.objects.visible_to(request.user).select_related("person")
    filterset = EquipmentFilter(request.GET, queryset=items)
    context = {
        "table": paged(request, EquipmentTable(filterset.qs)),
        "has_any": items.exists(),
        "filter": filterset,
        "chips": chips(filterset),
        "tabs": register_tabs("pola:equipment-list"),
        "may_keep": has_perm(KEEP, request.user),
    }
    return render(request, "pola/equipment_list.html", context | file_urls("dotazioni"))


@require_http_methods(["GET", "HEAD", "POST"])
def equipment_add(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Hand an item over to a person."""
    refuse_readers(request)
    people = Person.objects.in_service()
    initial = {"delivered_on": clock.today()}
    form = EquipmentForm(people, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_at(form):
            operations.deliver_equipment(**form.cleaned_data, by=request.user)
            messages.success(request, _("The delivery is recorded."))
            return redirect("pola:equipment-list")
    status = 400 if form.errors else 200
    return render(request, "pola/equipment_form.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def equipment_return(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Asks for the day; a POST takes the item back."""
    refuse_readers(request)
    items = Equipment.objects.visible_to(request.user).select_related("person")
    item = get_object_or_404(items, pk=pk)
    form = ReturnForm(request.POST or None, initial={"returned_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_at(form):
            operations.return_equipment(item, **form.cleaned_data, by=request.user)
            messages.success(request, _("The return is recorded."))
            return redirect("pola:equipment-list")
    context = {"item": item, "form": form}
    status = 400 if form.errors else 200
    return render(request, "pola/equipment_return.html", context, status=status)
