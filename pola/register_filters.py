"""Which activities, people, items and incidents a list shows: filters that live in the address."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization import clock
from organization.filters import PeopleByUnitFilter
from organization.models import Unit
from organization.querysets import PERSON_NAMES, holding_words
from pola.enums import EquipmentKind, Grade, IncidentKind
from pola.models import Activity, Equipment, Incident
from pola.register_facts import (
    equipment_held,
    remote_workers,
    trained,
    with_agreement,
    with_safety_receipt,
)
from pola.register_querysets import a_year_before

DUE = "due"


def _units() -> QuerySet:
    return Unit.objects.in_order()


class ActivityFilter(django_filters.FilterSet):
    """Activities by unit and grade."""

    unit = django_filters.ModelChoiceFilter(
        label=_("Unit"),
        queryset=lambda _request: _units(),
        method="of_unit",
        empty_label=pgettext_lazy("units", "All"),
    )
    grade = django_filters.ChoiceFilter(
        label=_("Grade"),
        choices=[*Grade.choices, (DUE, _("to be reviewed"))],
        method="of_grade",
        empty_label=_("All"),
    )

    class Meta:
        model = Activity
        fields: list[str] = []

    def of_unit(self, queryset: QuerySet, name: str, value: Unit) -> QuerySet:
        return queryset.filter(unit_id__in=Unit.objects.ids_under(value.pk))

    def of_grade(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == DUE:
            return queryset.filter(last_mapped_on__lte=a_year_before(clock.today()))
        return queryset.filter(grade=value)


class PeopleInOrderFilter(PeopleByUnitFilter):
    """People by words, unit, what they lack, who they are to agile work."""

    LACKS = {
        "course": (_("the course"), trained),
        "notice": (_("the safety notice"), with_safety_receipt),
        "equipment": (_("the equipment"), equipment_held),
    }
    GROUPS = {
        "remote": (_("who can work remotely"), remote_workers),
        "agreement": (_("who has an agreement"), with_agreement),
    }
    lacks = django_filters.ChoiceFilter(
        label=_("Lacks"),
        choices=[(name, words) for name, (words, _fact) in LACKS.items()],
        method="lacking",
        empty_label=_("All"),
    )
    group = django_filters.ChoiceFilter(
        label=_("Among"),
        choices=[(name, words) for name, (words, _fact) in GROUPS.items()],
        method="among",
        empty_label=_("All"),
    )

    def lacking(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        _words, fact = self.LACKS[value]
        return queryset.exclude(pk__in=fact(clock.today()).values("pk"))

    def among(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        _words, fact = self.GROUPS[value]
        return queryset.filter(pk__in=fact(clock.today()).values("pk"))


class EquipmentFilter(django_filters.FilterSet):
    """Items by person, kind, and whether they are back."""

    HELD, RETURNED = "held", "returned"
    q = django_filters.CharFilter(
        label=_("Person or number"),
        method="search",
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=EquipmentKind, empty_label=_("All"))
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(HELD, _("held")), (RETURNED, _("returned"))],
        method="in_state",
        empty_label=_("All"),
    )

    class Meta:
        model = Equipment
        fields: list[str] = []

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return holding_words(queryset, value, *PERSON_NAMES, "number__icontains")

    def in_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(returned_on__isnull=value == self.HELD)


class IncidentFilter(django_filters.FilterSet):
    """Reports by kind, year, and whether something was done."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=IncidentKind, empty_label=_("All"))
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("open", _("to be followed")), ("closed", _("followed"))],
        method="in_state",
        empty_label=_("All"),
    )

    class Meta:
        model = Incident
        fields: list[str] = []

    def in_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(follow_up="") if value == "open" else queryset.exclude(follow_up="")
