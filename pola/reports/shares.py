"""How many of those who can work remotely do, area by area and for the ente (art. 3)."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from pola.models import Agreement
from pola.norms import Norms
from pola.register_facts import remote_workers
from pola.reports.counterparts import Chart
from pola.shares import Share


@dataclass(frozen=True, slots=True)
class AreaShare:
    """The share of an area; of the ente when it has no unit."""

    name: str
    unit_id: int | None
    share: Share


def shares_of(chart: Chart, norms: Norms, *, on: datetime.date) -> tuple[AreaShare, ...]:
    """The areas where somebody can work remotely, then the ente: one statement."""
    able: Counter[int] = Counter()
    doing: Counter[int] = Counter()
    for unit_id, has_agreement in _able(on):
        area = chart.area_of(unit_id)
        key = area.pk if area else 0
        able[key] += 1
        doing[key] += has_agreement
    percent = norms.share_of_workers
    areas = [
        AreaShare(unit.name, unit.pk, Share(doing[unit.pk], able[unit.pk], percent))
        for unit in chart.units.values()
        if able[unit.pk]
    ]
    total = AreaShare("", None, Share(doing.total(), able.total(), percent))
    return (*sorted(areas, key=lambda area: area.name), total)


def chamber_share(norms: Norms, *, on: datetime.date) -> Share:
    """The same of the ente alone: one statement."""
    able = _able(on)
    return Share(sum(does for _unit, does in able), len(able), norms.share_of_workers)


def _able(on: datetime.date) -> list[tuple[int, bool]]:
    """Of each who can work remotely on the day: the unit, and whether an agreement covers the day,
    suspended or not. An agreement of anybody else counts nowhere."""
    covering = Agreement.objects.covering(on=on).filter(person=OuterRef("pk"))
    people = remote_workers(on).annotate(does=Exists(covering))
    return list(people.order_by().values_list("unit_id", "does"))
