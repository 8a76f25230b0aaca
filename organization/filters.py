"""Which people and acts a list shows: filters that live in the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization import audit_phrases
from organization.enums import StaffCategory
from organization.models import AuditEvent, Person, Unit
from organization.querysets import holding_words


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force and the address without it."""

    label: str
    remove_url: str


def chips(filterset: django_filters.FilterSet) -> list[Chip]:
    """The filters in force, each with the way to lift it."""
    if not filterset.form.is_valid():
        return []
    return [
        Chip(
            f"{filterset.form.fields[name].label}: {_said(filterset.form[name], value)}",
            f"?{_without(filterset.data, name).urlencode()}",
        )
        for name, value in filterset.form.cleaned_data.items()
        if value
    ]


def _said(field: Any, value: Any) -> str:
    """The value of a filter as words."""
    chosen = dict(getattr(field.field, "choices", ()))
    if isinstance(value, str) and value in chosen:
        return str(chosen[value])
    return date_format(value, "j.n.Y") if hasattr(value, "isoformat") else str(value)


def _without(query: QueryDict, name: str) -> QueryDict:
    """The query of the address without one filter and without the page number."""
    kept = query.copy()
    kept.pop(name, None)
    kept.pop("page", None)
    return kept


class PeopleByUnitFilter(django_filters.FilterSet):
    """People by words and unit."""

    q = django_filters.CharFilter(
        label=_("Search"), method="search", widget=forms.TextInput(attrs={"type": "search"})
    )
    unit = django_filters.ModelChoiceFilter(
        label=_("Unit"),
        queryset=Unit.objects.in_order(),
        method="of_unit",
        empty_label=pgettext_lazy("units", "All"),
    )

    class Meta:
        model = Person
        fields: list[str] = []

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        columns = ("first_name__icontains", "last_name__icontains", "employee_number")
        return holding_words(queryset, value, *columns)

    def of_unit(self, queryset: QuerySet, name: str, value: Unit) -> QuerySet:
        return queryset.filter(unit_id__in=Unit.objects.ids_under(value.pk))


class PersonFilter(PeopleByUnitFilter):
    """People by words, unit and category."""

    category = django_filters.ChoiceFilter(
        label=_("Category"),
        choices=StaffCategory,
        empty_label=pgettext_lazy("categories", "All"),
    )


class DayInput(forms.DateInput):
    """A day chosen from the browser's own calendar, which writes it as 2021-12-31."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AuditEventFilter(django_filters.FilterSet):
    """Acts by person, verb and period."""

    person = django_filters.CharFilter(
        label=_("Person"),
        field_name="actor_label",
        lookup_expr="icontains",
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    verb = django_filters.ChoiceFilter(
        label=_("Act"), choices=audit_phrases.choices, empty_label=_("All")
    )
    since = django_filters.DateFilter(
        label=_("From the day"), field_name="at", lookup_expr="date__gte", widget=DayInput()
    )
    until = django_filters.DateFilter(
        label=_("To the day"), field_name="at", lookup_expr="date__lte", widget=DayInput()
    )

    class Meta:
        model = AuditEvent
        fields: list[str] = []
