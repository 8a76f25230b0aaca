"""How long lists stand in columns: people and acts, 25 to a page, sortable."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeVar

import django_tables2 as tables
from django.http import HttpRequest
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from organization import audit_phrases
from organization.models import AuditEvent, Person

PER_PAGE = 25
LINES_IN_VIEW = 5  # of one act; the others unfold
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # how the trace keeps a day
TableT = TypeVar("TableT", bound=tables.Table)


def paged(request: HttpRequest, table: TableT, *, per_page: int = PER_PAGE) -> TableT:
    """The table sorted and turned to the page that the address names, the nearest one when there is
    no such page. How long a page is, the address never says: `?per_page=` could ask for all."""
    table.request = request
    if order := request.GET.getlist(table.prefixed_order_by_field):
        table.order_by = order
    table.paginate(per_page=per_page)
    table.page = table.paginator.get_page(request.GET.get(table.prefixed_page_field, 1))
    return table


class PersonTable(tables.Table):
    """People with unit, category, working time and what they are in charge of."""

    caption = _("People")

    name = tables.Column(
        verbose_name=_("Name"),
        accessor="last_name",
        order_by=("last_name", "first_name"),
        linkify=lambda record: record.get_absolute_url(),
    )
    unit = tables.Column(verbose_name=_("Unit"), linkify=True, order_by="unit__name", default="")
    category = tables.Column(verbose_name=_("Category"), default="")
    part_time_percent = tables.Column(
        verbose_name=_("Working time"), attrs={"td": {"class": "cp-num"}, "th": {"class": "cp-num"}}
    )
    posts = tables.Column(
        verbose_name=_("Appointments"), accessor="running_appointments", orderable=False
    )

    class Meta:
        model = Person
        fields = ("name", "unit", "category", "part_time_percent", "posts")
        order_by = "name"
        empty_text = _("No person with these filters.")

    def render_name(self, record: Person) -> str:
        return f"{record.last_name} {record.first_name}"

    def render_part_time_percent(self, value: int) -> str:
        return f"{value}%"

    def render_posts(self, value: list[Any]) -> str:
        labels = dict.fromkeys(str(appointment.get_role_display()) for appointment in value)
        return ", ".join(labels)


class AuditEventTable(tables.Table):
    """Acts: when, who, what, on what, and the values before and after."""

    caption = _("Acts")

    at = tables.DateTimeColumn(verbose_name=_("When"), format="j.n.Y, G.i")
    who = tables.Column(verbose_name=_("Who"), accessor="actor_label")
    verb = tables.Column(verbose_name=_("What"))
    target = tables.Column(verbose_name=_("On what"), accessor="target_label", orderable=False)
    details = tables.Column(
        verbose_name=_("Before and after"),
        accessor="note",
        empty_values=(),
        orderable=False,
        attrs={"td": {"class": "cp-cell-wide"}},
    )

    class Meta:
        model = AuditEvent
        fields = ("at", "who", "verb", "target", "details")
        order_by = "-at"
        empty_text = _("No act with these filters.")

    def render_who(self, record: AuditEvent) -> Any:
        return record.who

    def render_verb(self, value: str) -> Any:
        return audit_phrases.phrase(value)

    def render_details(self, record: AuditEvent) -> Any:
        changed = [
            (audit_phrases.field_name(name), *_changed(name, record.before.get(name, ""), after))
            for name, after in record.after.items()
            if record.before.get(name, "") != after
        ]
        return _folded(record.note.splitlines(), changed)


def _folded(note: Sequence[str], changed: Sequence[tuple[Any, Any, Any]]) -> Any:
    """What an act says, line by line, then the values that it changed; of many lines (a save of
    the grid, a load) the first ones, the others folded."""
    total = len(note) + len(changed)
    if total <= LINES_IN_VIEW + 1:
        return _lines(note, changed)
    in_view = max(0, LINES_IN_VIEW - len(note))
    return format_html(
        '{}<details class="cp-more"><summary>{}</summary>{}</details>',
        _lines(note[:LINES_IN_VIEW], changed[:in_view]),
        _("The other %(n)s lines") % {"n": total - LINES_IN_VIEW},
        _lines(note[LINES_IN_VIEW:], changed[in_view:]),
    )


def _lines(note: Sequence[str], changed: Sequence[tuple[Any, Any, Any]]) -> Any:
    lines = format_html_join("", '<li>{}: {}<ins class="cp-new">{}</ins></li>', changed)
    values = format_html('<ul class="cp-small">{}</ul>', lines) if changed else ""
    return format_html("{}{}", linebreaksbr("\n".join(note)), values)


def _changed(name: str, before: Any, after: Any) -> tuple[Any, Any]:
    """A value before and after a change, each in its words."""
    was, is_now = (audit_phrases.value_words(name, value) for value in (before, after))
    return _before(was), _shown(is_now)


def _before(value: Any) -> Any:
    """The value before a change, struck out; nothing where there was none."""
    if value in (None, ""):
        return ""
    return format_html('<del class="cp-old">{}</del> ', _shown(value))


def _shown(value: Any) -> Any:
    """A value of the trace in a cell: of a long list only how many things it holds, a day as the
    office writes it, yes, no and nothing in words."""
    if value in (None, ""):
        return _("empty")
    if isinstance(value, list | dict):
        return len(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str) and DAY.fullmatch(value):
        year, month, day = map(int, value.split("-"))
        return f"{day}.{month}.{year}"
    return value
