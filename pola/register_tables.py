"""How the registers stand in columns, 25 lines to a page, sortable."""

from __future__ import annotations

import datetime
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from rules import has_perm

from organization import clock
from organization.models import Person
from pola.enums import IncidentKind
from pola.models import Equipment, Incident
from pola.reports.registers import delay_words, is_current

WIDE = {"td": {"class": "cp-cell-wide"}}


def _tag(words: Any, tone: str) -> Any:
    return format_html('<span class="cp-tag cp-tag--{}">{}</span>', tone, words)


def _day(day: datetime.date) -> str:
    return date_format(day, "j.n.Y")


class RegisterPersonTable(tables.Table):
    """People with what they attended, received and hold."""

    caption = _("People with courses, safety notices and equipment")

    name = tables.Column(
        verbose_name=_("Name"), accessor="last_name", order_by=("last_name", "first_name")
    )
    unit = tables.Column(verbose_name=_("Unit"), order_by="unit__name")
    trained_on = tables.Column(verbose_name=_("Course"), empty_values=())
    received_on = tables.Column(verbose_name=_("Safety notice"), empty_values=())
    equipment = tables.Column(verbose_name=_("Equipment"), accessor="held_items", orderable=False)
    has_agreement = tables.Column(verbose_name=_("Agreement"))

    class Meta:
        model = Person
        fields = ("name", "unit", "trained_on", "received_on", "equipment", "has_agreement")
        order_by = "name"
        empty_text = _("No person with these filters.")

    def render_name(self, record: Person) -> str:
        return f"{record.last_name} {record.first_name}"

    def render_trained_on(self, value: datetime.date | None) -> Any:
        return _day(value) if value else _tag(_("missing"), "caution")

    def render_received_on(self, value: datetime.date | None) -> Any:
        if value is None:
            return _tag(_("missing"), "caution")
        if is_current(value, on=clock.today()):
            return _day(value)
        return format_html("{} {}", _day(value), _tag(_("over a year ago"), "caution"))

    def render_equipment(self, value: list[Equipment]) -> str:
        return ", ".join(str(item.get_kind_display()) for item in value) or "-"

    def render_has_agreement(self, value: bool) -> Any:
        return _("in force") if value else "-"


class EquipmentTable(tables.Table):
    """Items handed over: to whom, when, when they came back."""

    caption = _("Equipment handed over")

    person = tables.Column(
        verbose_name=_("Person"), order_by=("person__last_name", "person__first_name")
    )
    kind = tables.Column(verbose_name=_("Kind"))
    number = tables.Column(verbose_name=_("Number"), default="-")
    delivered_on = tables.DateColumn(verbose_name=_("Delivered"), format="j.n.Y")
    returned_on = tables.Column(verbose_name=_("Returned"), empty_values=())
    note = tables.Column(verbose_name=_("Note"), default="", orderable=False)

    class Meta:
        model = Equipment
        fields = ("person", "kind", "number", "delivered_on", "returned_on", "note")
        order_by = "person"
        empty_text = _("No item with these filters.")

    def render_person(self, record: Equipment) -> str:
        return f"{record.person.last_name} {record.person.first_name}"

    def render_returned_on(self, value: datetime.date | None, record: Equipment) -> Any:
        if value:
            return _day(value)
        if not has_perm("pola.keep_registers", self.request.user):
            return _("held")
        return format_html(
            '<a href="{}">{}<span class="visually-hidden"> {}, {}</span></a>',
            reverse("pola:equipment-return", args=[record.pk]),
            _("Record the return"),
            record,
            record.person,
        )


class IncidentTable(tables.Table):
    """Reports: when it happened, what it is, how soon it was reported, what was done."""

    caption = _("Accidents and technical problems reported")

    happened_on = tables.Column(
        verbose_name=_("Day"), linkify=lambda record: reverse("pola:incident", args=[record.pk])
    )
    kind = tables.Column(verbose_name=_("Kind"))
    person = tables.Column(
        verbose_name=_("Person"), order_by=("person__last_name", "person__first_name")
    )
    reported_on = tables.Column(verbose_name=_("Reported"))
    state = tables.Column(verbose_name=_("State"), accessor="follow_up", empty_values=())

    class Meta:
        model = Incident
        fields = ("happened_on", "kind", "person", "reported_on", "state")
        order_by = "-happened_on"
        empty_text = _("No report with these filters.")

    def render_happened_on(self, value: datetime.date) -> str:
        return _day(value)

    def render_kind(self, record: Incident) -> Any:
        tone = "error" if record.kind == IncidentKind.ACCIDENT else "info"
        return _tag(record.get_kind_display(), tone)

    def render_reported_on(self, value: datetime.date, record: Incident) -> str:
        return delay_words(value, record.happened_on)

    def render_state(self, record: Incident) -> Any:
        if record.is_closed:
            return _tag(_("followed"), "ok")
        return _tag(_("to be followed"), "caution")
