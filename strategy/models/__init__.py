"""The plan and its parts."""

from strategy.models.dashboard import Dashboard, DashboardRow
from strategy.models.document import (
    ReferenceColumn,
    ReferenceRow,
    ReferenceTable,
    Section,
    SectionBlock,
)
from strategy.models.map import Action, Perspective, StrategicObjective
from strategy.models.plan import Edition, Plan

__all__ = [
    "Action",
    "Dashboard",
    "DashboardRow",
    "Edition",
    "Perspective",
    "Plan",
    "ReferenceColumn",
    "ReferenceRow",
    "ReferenceTable",
    "Section",
    "SectionBlock",
    "StrategicObjective",
]
