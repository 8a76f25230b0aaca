"""Agile work: rules of the day, activities, agreements, days."""

from pola.models.activities import Activity, ActivityAssignment
from pola.models.agreements import Agreement, Exemption, Suspension
from pola.models.consultations import AgileConsultation
from pola.models.days import AgileDay, MonthPlan
from pola.models.guidelines import GuidelineArticle, GuidelineRule
from pola.models.mappings import ActivityMapping
from pola.models.monitoring import ActivitySheet, FigureDecision
from pola.models.months import AgileMonth
from pola.models.norms import Norm
from pola.models.registers import (
    Equipment,
    Incident,
    SafetyNotice,
    SafetyReceipt,
    TrainingAttendance,
    TrainingCourse,
)

__all__ = [
    "Activity",
    "ActivityAssignment",
    "ActivityMapping",
    "ActivitySheet",
    "AgileConsultation",
    "AgileDay",
    "AgileMonth",
    "Agreement",
    "Equipment",
    "Exemption",
    "FigureDecision",
    "GuidelineArticle",
    "GuidelineRule",
    "Incident",
    "MonthPlan",
    "Norm",
    "SafetyNotice",
    "SafetyReceipt",
    "Suspension",
    "TrainingAttendance",
    "TrainingCourse",
]
