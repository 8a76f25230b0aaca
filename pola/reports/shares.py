"""How many of those who can work remotely do, area by area and for the ente (art. 3)."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass

from organization.models import Person
from pola.models import ActivityAssignment, Agreement
from pola.norms import Norms
from pola.reports.counterparts import Chart
from pola.shares import Share


@dataclass(frozen=True, slots=True)
class AreaShare:
    """The share of an area; of the ente when it has no unit."""

    name: str
    unit_id: int | None
    share: Share


def shares_of(chart: Chart, norms: Norms, *, on: datetime.date) -> tuple[AreaShare, ...]:
    """The areas where somebody can work remotely, then the ente: two statements.

    Can work remotely who does an activity that can be done remotely and is in service; does who
    has an agreement in force that day, suspended or not.
    """
    assigned = ActivityAssignment.objects.running(on=on).remote().values("person")
    serving = Person.objects.in_service(on=on).filter(pk__in=assigned)
    potential = dict(serving.values_list("pk", "unit_id"))
    covering = Agreement.objects.covering(on=on).filter(person__in=serving)
    effective = set(covering.order_by().values_list("person_id", flat=True))
    able: Counter[int] = Counter()
    doing: Counter[int] = Counter()
    for person, unit_id in potential.items():
        area = chart.area_of(unit_id)
        key = area.pk if area else 0
        able[key] += 1
        doing[key] += person in effective
    percent = norms.share_of_workers
    areas = [
        AreaShare(unit.name, unit.pk, Share(doing[unit.pk], able[unit.pk], percent))
        for unit in chart.units.values()
        if able[unit.pk]
    ]
    total = AreaShare("", None, Share(doing.total(), able.total(), percent))
    return (*sorted(areas, key=lambda area: area.name), total)
