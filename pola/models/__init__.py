"""Agile work: rules of the day, activities, agreements, days."""

from pola.models.activities import Activity, ActivityAssignment
from pola.models.agreements import Agreement, Exemption, Suspension
from pola.models.days import AgileDay, MonthPlan
from pola.models.guidelines import GuidelineArticle, GuidelineRule
from pola.models.monitoring import ActivitySheet, FigureDecision
from pola.models.months import AgileMonth
from pola.models.norms import Norm

__all__ = [
    "Activity",
    "ActivityAssignment",
    "ActivitySheet",
    "AgileDay",
    "AgileMonth",
    "Agreement",
    "Exemption",
    "FigureDecision",
    "GuidelineArticle",
    "GuidelineRule",
    "MonthPlan",
    "Norm",
    "Suspension",
]
