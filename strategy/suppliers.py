"""Which unit supplies the figure of an indicator? Pure.

One unit supplies a figure, however many dashboards show it. The indicator may say which one; where
it does not, it is the only unit whose dashboard shows it and, failing that, the planning office.
"""

from __future__ import annotations

from collections.abc import Iterable

from strategy.enums import DashboardKind


def supplier_of(declared: int | None, showing: Iterable[tuple[str, int | None]]) -> int | None:
    """The identifier of the unit, None for the planning office.

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
