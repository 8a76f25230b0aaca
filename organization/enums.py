"""Fixed vocabularies of people, units and roles."""

from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class UnitKind(TextChoices):
    """What a unit is in the organisation chart."""

    BODY = "body", _("Chamber")
    SECRETARY_GENERAL = "secretary_general", _("Secretary General")
    AREA = "area", pgettext_lazy("organisation", "Area")
    SERVICE = "service", _("Service")
    OFFICE = "office", _("Office")
    SPECIAL_AGENCY = "special_agency", _("Special agency")


class StaffCategory(TextChoices):
    """Category of employment, as the staff tables of the plan print it (section 1.2)."""

    DIRIGENTI = "Dirigenti", _("Dirigenti")
    D = "D", "D"
    C = "C", "C"
    B3 = "B3", "B3"
    B1 = "B1", "B1"
    A1 = "A1", "A1"

    group = property(lambda self: self.value if self.value == "Dirigenti" else self.value[0])


class EmploymentKind(TextChoices):
    """How long a person is employed for, as the notices to the Ministry ask."""

    PERMANENT = "permanent", _("permanent")
    FIXED_TERM = "fixed_term", _("fixed term")


class Gender(TextChoices):
    """Gender as the staff tables print it."""

    MALE = "M", _("Male")
    FEMALE = "F", _("Female")


class Role(TextChoices):
    """What a person may do, where and from when: always through an appointment."""

    PLANNER = "planner", _("Planning and control")
    SECRETARY_GENERAL = "secretary_general", _("Secretary General")
    DIRIGENTE = "dirigente", _("Dirigente")
    UNIT_HEAD = "unit_head", _("Head of unit")
    HR = "hr", _("Human resources office")
    EMPLOYEE = "employee", _("Employee")
    OIV = "oiv", _("OIV")
    ADMINISTRATOR = "administrator", _("System administrator")
    CUG = "cug", _("CUG")
    UNIONS = "unions", _("Unions and RSU")

    # Who reads a plan before it is adopted, besides its authors (domain: consultation of 3.2).
    drafts_readers = nonmember(
        frozenset(
            {
                "planner",
                "secretary_general",
                "dirigente",
                "unit_head",
                "hr",
                "oiv",
                "administrator",
                "cug",
                "unions",
            }
        )
    )
    # Who sees every person; the others see their own unit or themselves.
    people_readers = nonmember(
        frozenset({"planner", "secretary_general", "hr", "oiv", "administrator"})
    )
    # Who reads the trace of what was done.
    trace_readers = nonmember(frozenset({"planner", "secretary_general", "oiv", "administrator"}))
    # Who leads a unit: one person at a time for each of these roles.
    leaders = nonmember(frozenset({"secretary_general", "dirigente", "unit_head"}))
