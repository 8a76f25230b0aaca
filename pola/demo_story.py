"""The day on which the demonstration stands, who leads whom, who can work remotely."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from organization.enums import Role
from organization.loading import Stamp
from organization.models import Appointment, Person, Unit
from pola.models import ActivityAssignment

Told = dict[str, Any]
ONE_DAY = datetime.timedelta(days=1)


def moment(day: datetime.date, hour: int = 9) -> datetime.datetime:
    """An hour of the day in the Chamber's time zone."""
    zone = ZoneInfo(settings.TIME_ZONE)
    return datetime.datetime.combine(day, datetime.time(hour), tzinfo=zone)


@dataclass
class Story:
    """The story as its file tells it, as far as the day the office stands on."""

    told: Told
    stand: datetime.date

    @property
    def stamp(self) -> Stamp:
        """What the history of the rows says."""
        return Stamp(reason=_("Demonstration data"), at=moment(self.told["signed_on"]))

    @cached_property
    def parents(self) -> dict[int, int | None]:
        """The unit above each unit."""
        return dict(Unit.objects.values_list("pk", "parent_id"))

    @cached_property
    def leaders(self) -> dict[tuple[str, int], Person]:
        """Who leads which unit in which role."""
        leading = Appointment.objects.leading().select_related("person")
        return {(one.role, one.unit_id): one.person for one in leading}

    @cached_property
    def people(self) -> dict[str, Person]:
        """Who can work remotely when the story begins, by employee number."""
        first = self.told["starts_on"]
        assigned = ActivityAssignment.objects.remote(on=first).running(on=first).values("person")
        remote = Person.objects.in_service(on=first).filter(pk__in=assigned)
        return {
            one.employee_number: one
            for one in remote.order_by("employee_number").select_related("unit")
        }

    def head(self, person: Person) -> Person:
        """Who decides of the days of a person: the nearest head who is somebody else."""
        return self._nearest(person, Role.UNIT_HEAD, Role.DIRIGENTE, Role.SECRETARY_GENERAL)

    def counterpart(self, person: Person) -> Person:
        """Who signs for the Chamber: the dirigente; the Secretary General for a dirigente."""
        return self._nearest(person, Role.DIRIGENTE, Role.SECRETARY_GENERAL)

    def _nearest(self, person: Person, *roles: Role) -> Person:
        unit_id = person.unit_id
        while unit_id is not None:
            for role in roles:
                leader = self.leaders.get((role.value, unit_id))
                if leader and leader != person:
                    return leader
            unit_id = self.parents[unit_id]
        # Beside the areas stands the special agency: the Secretary General answers for it.
        return next(one for (role, _u), one in self.leaders.items() if role == roles[-1].value)
