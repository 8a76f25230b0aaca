"""How the fields and the values of a difference are called on the page and on paper."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy, pgettext_lazy

from indicators.enums import MeasurementArea, Polarity
from strategy.block_registry import block_kind
from strategy.enums import ChangeKind, DashboardKind, PlanPart, RowLevel
from strategy.word_differences import text_lines

HTML = frozenset({"body", "lead"})
TRUE_OR_FALSE = frozenset({"is_project", "is_polarity_confirmed", "is_annex", "is_numeric"})
DAYS = frozenset({"reference_date", "measured_on", "starts_on", "ends_on"})
LIMITS = frozenset({"beyond_above", "reached_from", "partly_reached_from"})
DECIMALS = frozenset({"weight", "numerator_value", "denominator_value"}) | LIMITS
CHOICES = {"polarity": Polarity, "measurement_area": MeasurementArea, "level": RowLevel}

FIELDS: dict[str, str | Promise] = {
    # whole things
    "perspective": gettext_lazy("Perspective"),
    "objective": gettext_lazy("Objective"),
    "action": gettext_lazy("Action"),
    "indicator": gettext_lazy("Indicator"),
    "dashboard": gettext_lazy("Dashboard"),
    "row": gettext_lazy("Row"),
    "section": gettext_lazy("Section"),
    "block": gettext_lazy("Generated block"),
    "table": gettext_lazy("Table of figures"),
    "table_row": gettext_lazy("Row of the table"),
    "column": gettext_lazy("Column"),
    "posts": gettext_lazy("Established posts"),
    "activity": gettext_lazy("Activity"),
    # cells
    "target": gettext_lazy("Target"),
    "target_value": gettext_lazy("Value of the target"),
    "actual": gettext_lazy("Result"),
    "actual_value": gettext_lazy("Value of the result"),
    "polarity": gettext_lazy("Polarity"),
    "is_polarity_confirmed": gettext_lazy("Polarity confirmed"),
    "tolerance_days": gettext_lazy("Tolerance in days"),
    "reason": gettext_lazy("Reason of the target"),
    "measured_on": gettext_lazy("Measured on"),
    "numerator_value": gettext_lazy("Numerator"),
    "denominator_value": gettext_lazy("Denominator"),
    "note": gettext_lazy("Note"),
    "result": pgettext_lazy("activity of a project", "Result"),
    "result_value": gettext_lazy("Value of the result"),
    "cell": gettext_lazy("Cell"),
    "count": gettext_lazy("People"),
    # words
    "name": gettext_lazy("Name"),
    "printed_name": gettext_lazy("Name as printed here"),
    "definition": gettext_lazy("Definition"),
    "numerator": gettext_lazy("Numerator"),
    "denominator": gettext_lazy("Denominator"),
    "unit_of_measure": gettext_lazy("Unit of measure"),
    "is_project": gettext_lazy("Measures a project"),
    "measurement_area": gettext_lazy("Area of art. 8"),
    "source": gettext_lazy("Source of the figure"),
    "supplier": gettext_lazy("Unit that supplies the figure"),
    "code": gettext_lazy("Code"),
    "map_name": gettext_lazy("Name on the map"),
    "mission": gettext_lazy("MiSE mission"),
    "heading": gettext_lazy("Heading"),
    "unit": gettext_lazy("Unit"),
    "kind": gettext_lazy("Kind"),
    "weight": gettext_lazy("Weight"),
    "title": gettext_lazy("Title"),
    "label": gettext_lazy("Triennium"),
    "reference_date": gettext_lazy("Reference date"),
    "beyond_above": gettext_lazy("Beyond the target above"),
    "reached_from": gettext_lazy("Reached from"),
    "partly_reached_from": gettext_lazy("Partly reached from"),
    "short_name": gettext_lazy("Short name"),
    "city": gettext_lazy("City"),
    "province": gettext_lazy("Province"),
    "ipa_code": gettext_lazy("IPA code"),
    "tax_code": gettext_lazy("Tax code"),
    "website": gettext_lazy("Website"),
    "number": gettext_lazy("Number"),
    "level": gettext_lazy("Level"),
    "is_annex": gettext_lazy("Annex"),
    "summary": gettext_lazy("Summary"),
    "key_figure": gettext_lazy("Key figure"),
    "key_figure_caption": gettext_lazy("What the figure is"),
    "body": gettext_lazy("Text"),
    "argument": gettext_lazy("Which dashboard or project"),
    "caption": gettext_lazy("Caption"),
    "lead": gettext_lazy("Introduction"),
    "source_note": gettext_lazy("Source"),
    "is_numeric": gettext_lazy("Column of figures"),
    "office": gettext_lazy("Office that answers"),
    "purpose": gettext_lazy("Purpose"),
    "notes": gettext_lazy("Notes"),
    "starts_on": gettext_lazy("From"),
    "ends_on": gettext_lazy("To"),
    # places
    "parent": gettext_lazy("Part of"),
    "order": pgettext_lazy("place in a list", "Order"),
}
PLACES: dict[str, str | Promise] = {}
COUNTS = {
    ChangeKind.ADDED: ngettext_lazy("%(n)s added", "%(n)s of them added", "n"),
    ChangeKind.REMOVED: ngettext_lazy("%(n)s removed", "%(n)s of them removed", "n"),
    ChangeKind.MOVED: ngettext_lazy("%(n)s moved", "%(n)s of them moved", "n"),
    ChangeKind.CHANGED: ngettext_lazy("%(n)s changed", "%(n)s of them changed", "n"),
}


def name_fields(fields: Mapping[str, str | Promise], **places: str | Promise) -> None:
    """Teach the names of what an application above hands down in its annex."""
    FIELDS.update({name: words for name, words in fields.items() if name not in FIELDS})
    PLACES.update(places)


def counts_words(counts: Counter[ChangeKind]) -> str:
    """How many changes, then how many of each kind that there is: 3 changes: 1 added, 2 moved."""
    total = sum(counts.values())
    all_of_them = ngettext("%(n)s change", "%(n)s changes", total) % {"n": total}
    kinds = [str(words % {"n": counts[kind]}) for kind, words in COUNTS.items() if counts[kind]]
    return f"{all_of_them}: {', '.join(kinds)}."


def field_words(field: str, detail: str) -> str:
    """What is called what: Target 2021, Heading 2; the cell of a table by its column."""
    if field == "cell" and detail:
        return detail
    return f"{FIELDS.get(field, field)} {detail}".strip()


def place_words(part: PlanPart, place: str) -> str:
    """The words of a place; most speak for themselves, printed capitals are read as words."""
    if part == PlanPart.MAP and place.isupper():
        return place.capitalize()
    return str(PLACES.get(place, place))


def name_words(name: str) -> str:
    """The name of a thing; a block without caption is called by its kind."""
    kind = block_kind(name)
    return str(kind.label) if kind else name


def value_words(field: str, value: str) -> str:
    """A value as it is read."""
    if field in HTML:
        return "\n".join(text_lines(value))
    if field in TRUE_OR_FALSE:
        return _("yes") if value == "true" else _("no")
    if field in DAYS and value:
        day = datetime.date.fromisoformat(value)
        return f"{day.day}.{day.month}.{day.year}"
    if field in DECIMALS:
        return value.replace(".", ",")
    if field == "kind":
        kinds = {str(kind.value): str(kind.label) for kind in DashboardKind}
        return kinds.get(value) or name_words(value)
    choices = CHOICES.get(field)
    return str(dict(choices.choices).get(value, value)) if choices else value
