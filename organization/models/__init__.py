"""The Chamber, its units, its people, who holds which role, and the trace of what was done."""

from organization.models.chart import Institution, Unit
from organization.models.kept import Kept
from organization.models.people import (
    Appointment,
    Delegation,
    EstablishedPosts,
    Person,
    User,
)
from organization.models.personal_data import PersonalData
from organization.models.trace import AuditEvent

__all__ = [
    "Appointment",
    "AuditEvent",
    "Delegation",
    "EstablishedPosts",
    "Institution",
    "Kept",
    "Person",
    "PersonalData",
    "Unit",
    "User",
]
