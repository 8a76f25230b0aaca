"""Which unit supplies the figure of an indicator? Pure.

One unit supplies a figure, however many dashboards show it. The indicator may say which one; where
it does not, it is the only unit whose dashboard shows it and, failing that, the planning office.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from strategy.enums import DashboardKind

Unit = TypeVar("Unit", int, str)


def supplier_of(declared: Unit | None, showing: Iterable[tuple[str, Unit | None]]) -> Unit | None:
    """The unit, by identifier or by name; None for the planning office.

    `showing` are the dashboards that show the indicator: kind and unit. The dashboards of services
    come first; those of Segretario Generale and dirigente count where no service shows it.
    """
    if declared is not None:
        return declared
    places = list(showing)
    for kinds in ({DashboardKind.UNIT}, DashboardKind.cascaded):
        units = {unit for kind, unit in places if kind in kinds and unit is not None}
        if units:
            return units.pop() if len(units) == 1 else None
    return None
