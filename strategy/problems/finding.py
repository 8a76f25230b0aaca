"""All the checks, in the order of their rules."""

from __future__ import annotations

from strategy.enums import CheckRule
from strategy.models import Plan
from strategy.problems import dashboards, document, figures, indicators, projects
from strategy.problems.reading import Reading
from strategy.problems.records import Problem

FINDERS = (
    dashboards.objectives_without_indicator,
    indicators.indicators_without_target,
    indicators.indicators_without_source,
    indicators.polarities,
    indicators.ratios_without_denominator,
    indicators.targets_worse_than_last,
    dashboards.weights,
    projects.projects_without_activities,
    figures.figures_that_disagree,
    document.empty_sections,
    document.missing_blocks,
    document.wrong_blocks,
    document.unshown_tables,
    document.pictures_without_words,
)


def plan_problems(plan: Plan) -> list[Problem]:
    """Everything found on the plan as it stands: blockers first, then by rule.

    The number of statements does not depend on the size of the plan.
    """
    reading = Reading(plan)
    found = [problem for find in FINDERS for problem in find(reading)]
    order = list(CheckRule)
    return sorted(found, key=lambda one: (not one.is_blocker, order.index(one.rule)))
