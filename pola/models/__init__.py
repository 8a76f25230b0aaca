"""Agile work: rules of the day, activities, agreements, days."""

from pola.models.activities import Activity, ActivityAssignment
from pola.models.agreements import Agreement, Exemption, Suspension
from pola.models.day_calendar import Absence, Closure
from pola.models.day_story import CalendarFeed, DayEvent, DayNotice
from pola.models.days import AgileDay, MonthPlan
from pola.models.guidelines import GuidelineArticle, GuidelineRule
from pola.models.months import AgileMonth
from pola.models.norms import Norm

__all__ = [
    "Absence",
    "Activity",
    "ActivityAssignment",
    "AgileDay",
    "AgileMonth",
    "Agreement",
    "CalendarFeed",
    "Closure",
    "DayEvent",
    "DayNotice",
    "Exemption",
    "GuidelineArticle",
    "GuidelineRule",
    "MonthPlan",
    "Norm",
    "Suspension",
]
