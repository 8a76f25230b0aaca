"""Agile work: rules of the day, activities, agreements, days."""

from pola.models.activities import Activity, ActivityAssignment
from pola.models.agreements import Agreement, Exemption, Suspension
from pola.models.consultations import AgileConsultation
from pola.models.day_calendar import Absence, Closure
from pola.models.day_story import CalendarFeed, DayEvent, DayNotice
from pola.models.days import AgileDay, MonthPlan
from pola.models.guidelines import GuidelineArticle, GuidelineRule
from pola.models.interests import Interest, PriorityGround
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
from pola.models.texts import (
    AgreementEvaluation,
    AgreementReminder,
    AgreementVersion,
    Withdrawal,
)

__all__ = [
    "Absence",
    "Activity",
    "ActivityAssignment",
    "ActivityMapping",
    "ActivitySheet",
    "AgileConsultation",
    "AgileDay",
    "AgileMonth",
    "Agreement",
    "AgreementEvaluation",
    "AgreementReminder",
    "AgreementVersion",
    "CalendarFeed",
    "Closure",
    "DayEvent",
    "DayNotice",
    "Equipment",
    "Exemption",
    "FigureDecision",
    "GuidelineArticle",
    "GuidelineRule",
    "Incident",
    "Interest",
    "MonthPlan",
    "Norm",
    "PriorityGround",
    "SafetyNotice",
    "SafetyReceipt",
    "Suspension",
    "TrainingAttendance",
    "TrainingCourse",
    "Withdrawal",
]
