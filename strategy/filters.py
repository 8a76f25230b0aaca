"""Which rows of a dashboard the reader asked for. Pure: lines in, lines and choices out.

The filters live in the address, so that a link shows another person the same rows. A value that
the dashboard does not hold is ignored, never an error.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from indicators.enums import Availability, TargetKind
from strategy.enums import RowNature
from strategy.reports import LOOKS, Line

ENTE_ONLY = "ente"
BLANKS = {look: Availability(value) for value, look in LOOKS.items() if look}
NAMES = ("q", "perspective", "objective", "unit", "source", "kind", "nature")


class Choice(NamedTuple):
    """One option of a filter."""

    value: str
    label: str
    is_selected: bool


class Field(NamedTuple):
    """One filter with its options; `chosen` is the label of the selected one."""

    name: str
    label: str
    any_label: str
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> str:
        """The selected label, empty when nothing is selected."""
        return next((choice.label for choice in self.choices if choice.is_selected), "")


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, and the address that lifts it."""

    label: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows asked for among all, with the filters to draw again."""

    lines: tuple[Line, ...]
    total: int
    query: str
    fields: tuple[Field, ...]
    chips: tuple[Chip, ...]

    @property
    def is_filtered(self) -> bool:
        """Some filter is in force."""
        return bool(self.chips)


def folded(text: str) -> str:
    """Without capitals and accents, so that `attivita` finds `attività`."""
    # Letters in fancy dress first become plain ones, which then have a small form.
    small = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", small)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def kind_of(line: Line, current: int) -> str:
    """The kind of the row's target in the current year; monitoring and blanks are kinds too."""
    cell = line.cells[current]
    return cell.kind or cell.look or "absent"


def select(
    lines: tuple[Line, ...],
    asked: Mapping[str, str],
    *,
    current: int,
    dashboards: Mapping[str, str],
    with_nature: bool,
) -> Selection:
    """Rows that match every filter asked for. `current` is the index of the current year's cell,
    `dashboards` maps the sign of each dashboard to its name."""
    fields = _fields(lines, asked, current, dashboards, with_nature=with_nature)
    chosen = {
        field.name: next(c.value for c in field.choices if c.is_selected)
        for field in fields
        if field.chosen
    }
    query = " ".join(asked.get("q", "").split())[:200]
    words = folded(query).split()
    found = lines
    if chosen or words:
        found = tuple(x for x in lines if _matches(x, chosen, current) and _holds(x, words))
    return Selection(found, len(lines), query, fields, _chips(fields, chosen, query))


def _matches(line: Line, chosen: Mapping[str, str], current: int) -> bool:
    checks = {
        "perspective": lambda value: str(line.perspective_id) == value,
        "objective": lambda value: str(line.objective_id) == value,
        "unit": lambda value: value in line.codes or (value == ENTE_ONLY and not line.codes),
        "source": lambda value: line.source == value,
        "kind": lambda value: kind_of(line, current) == value,
        "nature": lambda value: line.nature == value,
    }
    return all(checks[name](value) for name, value in chosen.items())


def _holds(line: Line, words: list[str]) -> bool:
    if not words:
        return True
    text = folded(f"{line.indicator} {line.action} {line.source} {line.objective_heading}")
    return all(word in text for word in words)


def _fields(
    lines: Iterable[Line],
    asked: Mapping[str, str],
    current: int,
    dashboards: Mapping[str, str],
    *,
    with_nature: bool,
) -> tuple[Field, ...]:
    seen = _seen(lines, current)
    units = {code: name for code, name in dashboards.items() if code in seen["unit"]}
    if ENTE_ONLY in seen["unit"]:
        units[ENTE_ONLY] = _("only the ente")
    perspectives = {str(pk): _sentence(name) for pk, name in seen["perspective"]}
    objectives = {str(pk): f"{code} {name}".strip() for pk, code, name in seen["objective"]}
    sources = {name: name for name in sorted(filter(None, seen["source"]), key=folded)}
    kinds = {key: kind_label(key) for key in sorted(seen["kind"])}
    fields = [
        make_field(
            "perspective", _("Perspective"), pgettext("perspectives", "All"), perspectives, asked
        ),
        make_field("objective", _("Objective"), _("All"), objectives, asked),
        make_field("unit", _("Dashboard"), _("All"), units, asked),
        make_field("source", _("Source"), pgettext("sources", "All"), sources, asked),
        make_field("kind", _("Kind of target"), _("All"), kinds, asked),
    ]
    if with_nature:
        natures = {nature.value: str(nature.label) for nature in RowNature}
        any_nature = pgettext("natures", "All")
        fields.append(make_field("nature", _("Nature"), any_nature, natures, asked))
    return tuple(fields)


def _seen(lines: Iterable[Line], current: int) -> dict[str, dict[Any, None]]:
    """What the rows hold under each filter, in the order met."""
    seen: dict[str, dict[Any, None]] = {name: {} for name in NAMES}
    for line in lines:
        seen["perspective"][line.perspective_id, line.perspective] = None
        seen["objective"][line.objective_id, line.objective_code, line.objective] = None
        seen["unit"].update(dict.fromkeys(line.codes or (ENTE_ONLY,)))
        seen["source"][line.source] = None
        seen["kind"][kind_of(line, current)] = None
    return seen


def kind_label(key: str) -> str:
    """The word for a kind of target, blanks and monitoring included."""
    if key == "absent":
        return _("no value")
    return str(BLANKS[key].label if key in BLANKS else TargetKind(key).label)


def make_field(
    name: str, label: str, any_label: str, options: Mapping[str, str], asked: Mapping[str, str]
) -> Field:
    """A filter with its options by value, the one asked for selected."""
    value = asked.get(name, "")
    return Field(
        name, label, any_label, tuple(Choice(k, v, k == value) for k, v in options.items())
    )


def _chips(fields: Iterable[Field], chosen: Mapping[str, str], query: str) -> tuple[Chip, ...]:
    kept = dict(chosen) | ({"q": query} if query else {})

    def without(name: str) -> str:
        rest = {key: value for key, value in kept.items() if key != name}
        return "?" + urlencode(rest)

    chips = [Chip(f"{f.label}: {f.chosen}", without(f.name)) for f in fields if f.chosen]
    if query:
        chips.insert(0, Chip(f"«{query}»", without("q")))
    return tuple(chips)


def _sentence(text: str) -> str:
    return text.capitalize() if text.isupper() else text
