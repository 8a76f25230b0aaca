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
from strategy.reports.maps import MapResults, MapStanding


def map_drawings(
    found: Sequence[MapPerspective],
    *,
    is_print: bool = False,
    results: MapResults | None = None,
) -> list[StrategyMap]:
    """The map for paper, or for a wide and for a narrow screen with a link on each card; coloured
    by the results of a year when they are given."""
    figures = {pk: one.mark.text for pk, one in results.perspectives.items()} if results else {}
    perspectives = [
        Perspective(
            str(number),
            perspective.title,
            tuple(
                Objective(
                    objective.code,
                    objective.name,
                    counts(objective.action_count, objective.indicator_count),
                    "" if is_print else objective.url,
                    _standing(results.objectives.get(objective.pk)) if results else None,
                )
                for objective in perspective.objectives
            ),
            figures.get(perspective.pk, ""),
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
