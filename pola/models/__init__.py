"""Agile work: rules of the day, activities, agreements, days."""

from pola.models.activities import Activity, ActivityAssignment
from pola.models.agreements import Agreement, Exemption, Suspension
from pola.models.days import AgileDay, MonthPlan
from pola.models.guidelines import GuidelineArticle, GuidelineRule
from pola.models.interests import Interest, PriorityGround
from pola.models.months import AgileMonth
from pola.models.norms import Norm
from pola.models.texts import (
    AgreementEvaluation,
    AgreementReminder,
    AgreementVersion,
    Withdrawal,
)

__all__ = [
    "Activity",
    "ActivityAssignment",
    "AgileDay",
    "AgileMonth",
    "Agreement",
    "AgreementEvaluation",
    "AgreementReminder",
    "AgreementVersion",
    "Exemption",
    "GuidelineArticle",
    "GuidelineRule",
    "Interest",
    "MonthPlan",
    "Norm",
    "PriorityGround",
    "Suspension",
    "Withdrawal",
]
