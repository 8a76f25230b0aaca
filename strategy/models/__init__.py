"""The plan and its parts."""

from strategy.models.dashboard import Dashboard, DashboardRow
from strategy.models.document import (
    ReferenceColumn,
    ReferenceRow,
    ReferenceTable,
    Section,
    SectionBlock,
    SectionImage,
    SectionPresence,
)
from strategy.models.life import Consultation
from strategy.models.map import Action, Perspective, StrategicObjective
from strategy.models.monitoring import Evidence, MonitoringPeriod, Recording, Reminder
from strategy.models.plan import Edition, Plan

__all__ = [
    "Action",
    "Consultation",
    "Dashboard",
    "DashboardRow",
    "Edition",
    "Evidence",
    "MonitoringPeriod",
    "Perspective",
    "Plan",
    "Recording",
    "ReferenceColumn",
    "ReferenceRow",
    "ReferenceTable",
    "Reminder",
    "Section",
    "SectionBlock",
    "SectionImage",
    "SectionPresence",
    "StrategicObjective",
]
