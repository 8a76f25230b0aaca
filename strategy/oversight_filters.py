"""Which objectives of a year the OIV asked for. Pure: objectives in, objectives and choices out.

The filter and the order live in the address; a value that is not one of them is ignored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from strategy.oversight_enums import OversightFilter
from strategy.reports.oversight import (
    OversightLine,
    OversightObjective,
    OversightReport,
    weakest_first,
)

SHOW, ORDER, PLAN_ORDER = "mostra", "ordine", "piano"


@dataclass(frozen=True, slots=True)
class Pill:
    """A way of looking at the year, with how much it finds."""

    label: str
    url: str
    is_current: bool
    count: int


@dataclass(frozen=True, slots=True)
class OversightSelection:
    """The objectives asked for, each with the indicators asked for."""

    objectives: tuple[OversightObjective, ...]
    pills: tuple[Pill, ...]
    shown: OversightFilter | None
    is_plan_order: bool
    order_url: str
    query: str

    @property
    def lines(self) -> tuple[OversightLine, ...]:
        """The indicators of the objectives."""
        return tuple(line for objective in self.objectives for line in objective.lines)

    @property
    def opens(self) -> bool:
        """What was looked for lies inside the objectives, which are shown open."""
        return self.shown is not None


def select_oversight(found: OversightReport, asked: Mapping[str, str]) -> OversightSelection:
    """The objectives that the address asks for, the weakest first unless it asks for the order of
    the plan."""
    value = asked.get(SHOW, "")
    shown = OversightFilter(value) if value in OversightFilter.values else None
    is_plan_order = asked.get(ORDER) == PLAN_ORDER
    chosen = _matching(found, shown)
    return OversightSelection(
        chosen if is_plan_order else weakest_first(chosen),
        _pills(found, shown, is_plan_order=is_plan_order),
        shown,
        is_plan_order,
        _address(shown, is_plan_order=not is_plan_order),
        _address(shown, is_plan_order=is_plan_order).lstrip("?"),
    )


def _matching(
    found: OversightReport, shown: OversightFilter | None
) -> tuple[OversightObjective, ...]:
    if shown is None:
        return found.objectives
    if shown == OversightFilter.WEAKEST:
        return tuple(one for one in found.objectives if one in found.weakest)
    kept = (
        replace(one, lines=tuple(line for line in one.lines if _holds(line, shown)))
        for one in found.objectives
    )
    return tuple(one for one in kept if one.lines)


def _holds(line: OversightLine, shown: OversightFilter) -> bool:
    if shown == OversightFilter.CORRECTED:
        return bool(line.corrections)
    return shown.piece in line.missing


def _pills(
    found: OversightReport, shown: OversightFilter | None, *, is_plan_order: bool
) -> tuple[Pill, ...]:
    """Every way of looking; one that finds nothing is offered too: none is an answer."""
    counts = {
        one: found.lacks.get(one.piece, 0) if one.piece else found.corrected_count
        for one in OversightFilter
    } | {OversightFilter.WEAKEST: len(found.weakest)}
    everything = Pill(
        _("All the objectives"),
        _address(None, is_plan_order=is_plan_order),
        shown is None,
        len(found.objectives),
    )
    return (
        everything,
        *(
            Pill(str(one.label), _address(one, is_plan_order=is_plan_order), one == shown, count)
            for one, count in counts.items()
        ),
    )


def _address(shown: OversightFilter | None, *, is_plan_order: bool) -> str:
    asked = {SHOW: shown.value if shown else "", ORDER: PLAN_ORDER if is_plan_order else ""}
    return "?" + urlencode({name: value for name, value in asked.items() if value})
