"""The menu of agile work: one entry for each thing that people do, related pages behind tabs.

Twenty pages do not fit in a line: an entry leads to the first of its pages that is open to the
person, the tabs under the section to the others.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from organization.enums import Role
from pola.day_rules import PRESENCE_READERS

TEAM = "pola:day-team"  # for those who lead a unit, stand in for its head or read every one
CLOSURES = "pola:day-closures"
ATTENDANCE = "pola:day-export"
MINISTRY = "pola:ministry"
REQUESTS = "pola:interest-list"  # for the personnel office
DECISIONS = "pola:decision-list"  # for who decides
AGREEMENTS = "pola:agreement-list"  # for those who read agreements of others
# For who works at the Chamber, as the OIV does not.
OWN = ("pola:my-agile", "pola:day-calendar", "pola:sheet-list", "pola:register-people")

Page = tuple[Any, str, tuple[str, ...]]

MY_PAGES: tuple[Page, ...] = (
    (_("My agile work"), "pola:my-agile", ("my-agile", "interest-write")),
    (
        _("My days"),
        "pola:day-calendar",
        ("day-calendar", "day-pattern", "day-cancel", "day-feeds", "day-detail"),
    ),
    (_("Activity sheets"), "pola:sheet-list", ("sheet-list", "sheet-detail", "sheet-write")),
)
PEOPLES_PAGES: tuple[Page, ...] = (
    (_("Days of the unit"), TEAM, ("day-team", "day-month", "day-house")),
    (_("Requests"), REQUESTS, ("interest-list",)),
    (_("To decide"), DECISIONS, ("decision-list", "interest-detail")),
    (
        _("Agreements"),
        AGREEMENTS,
        (
            "agreement-list",
            "agreement-detail",
            "agreement-write",
            "agreement-story",
            "agreement-difference",
            "agreement-act",
            "agreement-pdf",
        ),
    ),
)
REGISTERS: Page = (
    _("Registers"),
    "pola:register-people",
    (
        "register-people",
        "training-list",
        "training-add",
        "training",
        "attendance-remove",
        "safety-list",
        "safety-add",
        "safety",
        "receipt-remove",
        "equipment-list",
        "equipment-add",
        "equipment-return",
        "incident-list",
        "incident-add",
        "incident",
    ),
)
DUTIES: tuple[Page, ...] = (
    (_("Attendance"), ATTENDANCE, ("day-export",)),
    (_("Closures and absences"), CLOSURES, ("day-closures",)),
    (_("Ministry"), MINISTRY, ("ministry", "personal-data")),
)
ACTIVITIES: Page = (
    _("Activities"),
    "pola:activity-list",
    ("activity-list", "activity-add", "activity-detail", "activity-map", "assignment-end"),
)
FIGURES: tuple[Page, ...] = (
    (_("Agile work in figures"), "pola:overview", ("overview",)),
    (_("Monitoring"), "pola:monitoring", ("monitoring", "monitoring-pdf", "figure-list")),
    (_("Programme indicators"), "pola:indicators", ("indicators",)),
)
RULES: tuple[Page, ...] = (
    (_("Rules in force"), "pola:norm-list", ("norm-list", "norm-detail", "norm-withdraw")),
    (_("Guidelines"), "pola:guidelines", ("guidelines",)),
    (_("Consultations"), "pola:consultation-list", ("consultation-list", "consultation-add")),
)

# Each entry with the pages behind it.
AGILE_PAGES: tuple[tuple[Any, tuple[Page, ...]], ...] = (
    *((page[0], (page,)) for page in (*MY_PAGES, *PEOPLES_PAGES, REGISTERS)),
    (_("Office duties"), DUTIES),
    (ACTIVITIES[0], (ACTIVITIES,)),
    (_("In figures"), FIGURES),
    (_("Rules"), RULES),
)


def agile_pages_closed_to(roles: frozenset[str], *, stands_in: bool) -> set[str]:
    """The pages of agile work that somebody with these roles may not open; who stands in for a head
    opens the calendar of the unit."""
    administrator, hr = Role.ADMINISTRATOR.value in roles, Role.HR.value in roles
    is_oiv_alone = roles == {Role.OIV.value}
    may = dict.fromkeys(OWN, not is_oiv_alone) | {
        TEAM: stands_in or bool(roles & (Role.leaders | PRESENCE_READERS)),
        CLOSURES: administrator or hr,
        ATTENDANCE: hr,
        MINISTRY: hr,
        REQUESTS: hr,
        DECISIONS: bool(roles & {Role.DIRIGENTE.value, Role.SECRETARY_GENERAL.value}),
        AGREEMENTS: administrator or hr or bool(roles & Role.leaders),
    }
    return {page for page, is_open in may.items() if not is_open}
