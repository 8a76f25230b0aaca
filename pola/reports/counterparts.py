"""Who decides and signs for the Chamber with a person (art. 3 and 6), and over which area."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from organization.enums import Role, StaffCategory, UnitKind
from organization.models import Appointment, Person, Unit

AREAS = frozenset(
    {UnitKind.AREA, UnitKind.SECRETARY_GENERAL, UnitKind.SPECIAL_AGENCY, UnitKind.BODY}
)


@dataclass(frozen=True)
class Chart:
    """The chart of a day with whoever leads it as dirigente or Secretary General: two
    statements."""

    units: dict[int, Unit]
    leaders: dict[int, Person]
    secretaries: dict[int, Person]

    def above(self, unit_id: int | None) -> Iterator[Unit]:
        """The unit and those it is part of, up to the Chamber."""
        while unit_id is not None:
            unit = self.units[unit_id]
            yield unit
            unit_id = unit.parent_id

    def area_of(self, unit_id: int | None) -> Unit | None:
        """The area that a unit is in: of a dirigente, of the Secretary General, the agency."""
        return next((unit for unit in self.above(unit_id) if unit.kind in AREAS), None)

    def counterpart_of(self, person: Person, unit_id: int | None) -> Person | None:
        """The dirigente of the area of the unit; of a dirigente, and where there is none, the
        Secretary General. Nobody is one's own."""
        is_dirigente = person.category == StaffCategory.DIRIGENTI
        leaders = self.secretaries if is_dirigente else self.leaders
        nearest = [leaders[unit.pk] for unit in self.above(unit_id) if unit.pk in leaders]
        every = [*nearest, *self.secretaries.values()]
        return next((leader for leader in every if leader != person), None)


def chart_of(on: datetime.date) -> Chart:
    """The chart on a day."""
    units = {unit.pk: unit for unit in Unit.objects.all()}
    leading = Appointment.objects.running(on=on).filter(
        role__in=[Role.DIRIGENTE, Role.SECRETARY_GENERAL]
    )
    found = list(leading.select_related("person").order_by("pk"))
    secretaries = {x.unit_id: x.person for x in found if x.role == Role.SECRETARY_GENERAL}
    return Chart(units, {x.unit_id: x.person for x in found}, secretaries)
