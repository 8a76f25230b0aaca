"""Which deviations of a year the reader asked for. Pure: lines in, lines and choices out.

As for a dashboard (strategy.filters) the filters live in the address, and a value that the year
does not hold is ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from indicators.enums import AttainmentBand
from strategy.filters import ENTE_ONLY, Chip, Field, make_field
from strategy.monitoring_enums import DeviationCause, ReasonFilter
from strategy.reports.year_lines import YearLine

YEAR, ORDER, WORST = "anno", "ordine", "peggiori"
UNIT, BAND, REASON, CAUSE = "servizio", "fascia", "motivo", "causa"


@dataclass(frozen=True, slots=True)
class Selection:
    """The deviations asked for among all, with the filters to draw again."""

    lines: tuple[YearLine, ...]
    total: int
    fields: tuple[Field, ...]
    chips: tuple[Chip, ...]
    is_worst_first: bool
    query: str

    @property
    def is_filtered(self) -> bool:
        """Some filter is in force."""
        return bool(self.chips)


def select_deviations(
    lines: tuple[YearLine, ...], asked: Mapping[str, str], *, dashboards: Mapping[str, str]
) -> Selection:
    """The deviations that match every filter asked for; `dashboards` maps signs to names."""
    fields = tuple(_fields(lines, asked, dashboards))
    chosen = {
        field.name: next(choice.value for choice in field.choices if choice.is_selected)
        for field in fields
        if field.chosen
    }
    found = tuple(
        line for line in lines if all(CHECKS[name](line, value) for name, value in chosen.items())
    )
    is_worst_first = asked.get(ORDER) == WORST
    kept = {name: asked[name] for name in (YEAR, ORDER) if asked.get(name)}
    return Selection(
        worst_first(found) if is_worst_first else found,
        len(lines),
        fields,
        tuple(
            Chip(f"{field.label}: {field.chosen}", _without(field.name, chosen, kept))
            for field in fields
            if field.chosen
        ),
        is_worst_first,
        urlencode({**kept, **chosen}),
    )


def worst_first(lines: Iterable[YearLine]) -> tuple[YearLine, ...]:
    """The least attained first; those that are not measured after them all."""
    return tuple(sorted(lines, key=lambda line: (line.value is None, line.value or 0)))


def _in_unit(line: YearLine, code: str) -> bool:
    return code in line.codes or (code == ENTE_ONLY and not line.codes)


CHECKS: Mapping[str, Callable[[YearLine, str], bool]] = {
    UNIT: _in_unit,
    BAND: lambda line, band: line.mark.band == band,
    # One or the other of every line, also of one that has no result to give a reason for yet.
    REASON: lambda line, asked: line.has_reason == (asked == ReasonFilter.WITH),
    CAUSE: lambda line, cause: line.told is not None and line.told.cause == cause,
}


def _fields(
    lines: Iterable[YearLine], asked: Mapping[str, str], dashboards: Mapping[str, str]
) -> Iterable[Field]:
    lines = tuple(lines)
    codes = {code for line in lines for code in line.codes or (ENTE_ONLY,)}
    units = {code: name for code, name in dashboards.items() if code in codes}
    if ENTE_ONLY in codes:
        units[ENTE_ONLY] = _("only the ente")
    bands = {line.mark.band for line in lines}
    causes = {line.told.cause for line in lines if line.told}
    yield make_field(UNIT, _("Dashboard"), _("All"), units, asked)
    yield make_field(
        BAND, _("Band"), pgettext("bands", "All"), _options(AttainmentBand, bands), asked
    )
    yield make_field(
        REASON, _("Reason"), pgettext("reasons", "With and without"), _options(ReasonFilter), asked
    )
    yield make_field(
        CAUSE, _("Cause"), pgettext("causes", "All"), _options(DeviationCause, causes), asked
    )


def _options(choices: Iterable[object], seen: Iterable[object] | None = None) -> dict[str, str]:
    """The members met, in their own order, with their words."""
    found = None if seen is None else set(seen)
    return {
        str(one.value): str(one.label)  # type: ignore[attr-defined]  # members of an enumeration
        for one in choices
        if found is None or one in found
    }


def _without(name: str, chosen: Mapping[str, str], kept: Mapping[str, str]) -> str:
    rest = {key: value for key, value in chosen.items() if key != name}
    return "?" + urlencode({**kept, **rest})
