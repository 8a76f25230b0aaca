"""The strategy map drawn from its report: on paper, on a wide and on a narrow screen."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.strategy_map import (
    NARROW,
    PRINT,
    WIDE,
    Objective,
    ObjectiveStanding,
    Perspective,
    StrategyMap,
    strategy_map,
)
from strategy.reports import MapPerspective
from strategy.reports.maps import MapObjective, MapResults, MapStanding


def map_drawings(
    found: Sequence[MapPerspective],
    *,
    is_print: bool = False,
    results: MapResults | None = None,
) -> list[StrategyMap]:
    """The map for paper, or for a wide and for a narrow screen with a link on each card; coloured
    by the results of a year when they are given."""
    standings = results.perspectives if results else {}
    perspectives = [
        Perspective(
            str(number),
            perspective.title,
            tuple(
                Objective(
                    objective.code,
                    objective.name,
                    counts(objective.action_count, objective.indicator_count),
                    "" if is_print else _link(objective, results),
                    _standing(results.objectives.get(objective.pk)) if results else None,
                )
                for objective in perspective.objectives
            ),
            *_figure(standings.get(perspective.pk)),
        )
        for number, perspective in enumerate(found, start=1)
    ]
    finding = _("Strategy map, from the first perspective to the last.")
    if results:
        finding = _(
            "Strategy map with the attainment of %(year)s, from the first perspective to the last."
        ) % {"year": results.year}
    variants = [PRINT] if is_print else [WIDE, NARROW]
    return [strategy_map(finding, perspectives, variant) for variant in variants]


def _link(objective: MapObjective, results: MapResults | None) -> str:
    """Where a card leads: to why the objective stands there, else to its page."""
    found = results.objectives.get(objective.pk) if results else None
    return (found.url if found else "") or objective.url


def _figure(found: MapStanding | None) -> tuple[str, str]:
    """How a perspective stands: its degree, how sure it is."""
    return (found.mark.text, found.coverage) if found and found.mark.text else ("", "")


def _standing(found: MapStanding | None) -> ObjectiveStanding | None:
    """How an objective stands; nothing when no indicator stands on it."""
    if found is None:
        return None
    mark = found.mark
    return ObjectiveStanding(mark.word, mark.text, found.coverage, mark.ink, mark.glyph)


def counts(actions: int, indicators: int) -> str:
    """How much stands on an objective, in words."""
    return ", ".join(
        (
            ngettext("%(count)s action", "%(count)s actions", actions) % {"count": actions},
            ngettext("%(count)s indicator", "%(count)s indicators", indicators)
            % {"count": indicators},
        )
    )
