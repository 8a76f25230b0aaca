"""The checks of the map and of the dashboards: objectives without indicator, weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.enums import Availability, TargetKind
from strategy.enums import CheckRule
from strategy.problems.reading import Reading
from strategy.problems.records import Problem

UNSAID = Decimal(1)  # a weight nobody has given
WHOLE = Decimal(100)


def objectives_without_indicator(reading: Reading) -> Iterator[Problem]:
    """Objectives of the map of which the strategic dashboard measures nothing (3.2)."""
    for objective in reading.objectives:
        if not objective.indicator_count:
            yield Problem(
                rule=CheckRule.OBJECTIVE,
                place=objective.heading,
                url=reading.address("objective-detail", objective.pk),
                text=_("No indicator of the strategic dashboard measures it."),
                is_blocker=True,
            )


def weights(reading: Reading) -> Iterator[Problem]:
    """Weights of a dashboard that do not add up, or given to what never weighs (3.2).

    Weights are relative, and 1 unless somebody gives one: without any, nothing is said.
    """
    for dashboard in reading.dashboards:
        rows = reading.weights.get(dashboard.pk, [])
        scored = [weight for indicator, weight in rows if _is_scored(reading, indicator)]
        idle = [
            weight
            for indicator, weight in rows
            if weight != UNSAID and not _is_scored(reading, indicator)
        ]
        for text in (_sum_text(scored), _idle_text(len(idle))):
            if text:
                yield Problem(
                    rule=CheckRule.WEIGHTS,
                    place=dashboard.title,
                    url=dashboard.get_absolute_url(),
                    text=text,
                )


def _is_scored(reading: Reading, indicator: int) -> bool:
    """Its target of the first year counts in the averages. See also: Target.is_weighted."""
    target = reading.measures[indicator].targets.get(reading.plan.first_year)
    if target is None or target.availability != Availability.STATED:
        return False
    return bool(target.kind != TargetKind.TEXT)


def _sum_text(scored: Sequence[Decimal]) -> str:
    given = [weight for weight in scored if weight != UNSAID]
    total = sum(scored, Decimal(0))
    figure = f"{total.normalize():f}".replace(".", ",")
    if not given:
        return ""
    if len(given) < len(scored):
        return _(
            "Weights are given to %(given)s of %(all)s rows, the others weigh 1. Sum: %(sum)s."
        ) % {"given": len(given), "all": len(scored), "sum": figure}
    if total != WHOLE:
        return _("The weights add up to %(sum)s, not to 100.") % {"sum": figure}
    return ""


def _idle_text(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(count)s row has a weight and no target to weigh: monitoring never weighs.",
        "%(count)s rows have a weight and no target to weigh: monitoring never weighs.",
        count,
    ) % {"count": count}
