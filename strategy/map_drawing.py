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
    Perspective,
    StrategyMap,
    strategy_map,
)
from strategy.reports import MapPerspective


def map_drawings(found: Sequence[MapPerspective], *, is_print: bool = False) -> list[StrategyMap]:
    """The map for paper, or for a wide and for a narrow screen with a link on each card."""
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
                )
                for objective in perspective.objectives
            ),
        )
        for number, perspective in enumerate(found, start=1)
    ]
    finding = _("Strategy map, from the first perspective to the last.")
    variants = [PRINT] if is_print else [WIDE, NARROW]
    return [strategy_map(finding, perspectives, variant) for variant in variants]


def counts(actions: int, indicators: int) -> str:
    """How much stands on an objective, in words."""
    return ", ".join(
        (
            ngettext("%(count)s action", "%(count)s actions", actions) % {"count": actions},
            ngettext("%(count)s indicator", "%(count)s indicators", indicators)
            % {"count": indicators},
        )
    )
