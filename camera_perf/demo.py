"""Who are the demo people, and what can each of them be tried for?"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from organization.enums import Role
from organization.models import User

BERGAMO = settings.BASE_DIR / "fixtures" / "bergamo"
PASSWORD = "demo-bergamo-2021"  # noqa: S105 - public on purpose, refused when DEBUG is off

WHAT_TO_TRY = {
    Role.PLANNER: _(
        "the strategic dashboard with its filters, the figures to be validated; the computed "
        "figures of agile work, its report and programme"
    ),
    Role.SECRETARY_GENERAL: _(
        "the strategy map and the dashboard of the Secretary General; agreements to write and to "
        "accept, the quota of the ente"
    ),
    Role.DIRIGENTE: _(
        "the dashboard of the dirigente and those of the area; requests of agile work to decide by "
        "criteria and precedence"
    ),
    Role.UNIT_HEAD: _(
        "the figures of 30 June to be recorded, a substitute; the months of agile work approved "
        "together, a day revoked with another in its place"
    ),
    Role.HR: _(
        "the people and the tables of the staff; requests to check, who lacks the course, the "
        "month for the attendance system, the list for the Ministry"
    ),
    Role.EMPLOYEE: _(
        "the home page and the document with its index; days of agile work to ask, the month to "
        "send, an activity sheet"
    ),
    Role.OIV: _(
        "the OIV workspace: the weakest objectives and what is missing; the adopted edition; the "
        "report of agile work, without names"
    ),
    Role.ADMINISTRATOR: _("the administration pages"),
}


@dataclass(frozen=True)
class DemoPerson:
    """One line of the table of demo people."""

    username: str
    name: str
    roles: str
    what_to_try: str


def demo_people() -> list[DemoPerson]:
    """The accounts that hold a role, in the order in which they were loaded."""
    people = []
    for user in User.objects.select_related("person").order_by("pk"):
        roles = [Role(role) for role, _unit in user.held_posts]
        if roles:
            people.append(
                DemoPerson(
                    username=user.username,
                    name=str(user),
                    roles=", ".join(str(role.label) for role in roles),
                    what_to_try="; ".join(str(WHAT_TO_TRY.get(role, "")) for role in roles),
                )
            )
    return people
