"""The plan and its parts."""

from strategy.models.closing import Resolution, YearClosing, YearReopening
from strategy.models.dashboard import Dashboard, DashboardRow
from strategy.models.deviation import DeviationReason
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
from strategy.models.oversight import CriterionFinding, OversightNote, ReportExamination
from strategy.models.plan import Edition, Plan
from strategy.models.project import ActivityResult, ProjectActivity, ProjectSheet
from strategy.models.report import (
    PerformanceReport,
    ReportEdition,
    ReportSection,
    ReportValidation,
)

__all__ = [
    "Action",
    "ActivityResult",
    "Consultation",
    "CriterionFinding",
    "Dashboard",
    "DashboardRow",
    "DeviationReason",
    "Edition",
    "Evidence",
    "MonitoringPeriod",
    "OversightNote",
    "PerformanceReport",
    "Perspective",
    "Plan",
    "ProjectActivity",
    "ProjectSheet",
    "Recording",
    "ReferenceColumn",
    "ReferenceRow",
    "ReferenceTable",
    "Reminder",
    "ReportEdition",
    "ReportExamination",
    "ReportSection",
    "ReportValidation",
    "Resolution",
    "Section",
    "SectionBlock",
    "SectionImage",
    "SectionPresence",
    "StrategicObjective",
    "YearClosing",
    "YearReopening",
]
