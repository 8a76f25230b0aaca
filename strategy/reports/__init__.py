"""What the pages and the document say of a plan, as row objects without markup."""

from strategy.reports.cascade import (
    CascadeCount,
    CascadeLine,
    CascadeObjective,
    CascadeReport,
    cascade_report,
)
from strategy.reports.dashboards import (
    ABSENT,
    LOOKS,
    ActionGroup,
    Cell,
    Column,
    DashboardReport,
    Line,
    ObjectiveGroup,
    PerspectiveGroup,
    Placements,
    cells_of,
    columns_of,
    dashboard_report,
    dashboard_reports,
    group_lines,
    placements_of,
    pola_dashboard,
)
from strategy.reports.maps import MapObjective, MapPerspective, map_report
from strategy.reports.objectives import ObjectivePlace, objective_report
from strategy.reports.tables import TableReport, TableRow, reference_table_report

__all__ = [
    "ABSENT",
    "LOOKS",
    "ActionGroup",
    "CascadeCount",
    "CascadeLine",
    "CascadeObjective",
    "CascadeReport",
    "Cell",
    "Column",
    "DashboardReport",
    "Line",
    "MapObjective",
    "MapPerspective",
    "ObjectiveGroup",
    "ObjectivePlace",
    "PerspectiveGroup",
    "Placements",
    "TableReport",
    "TableRow",
    "cascade_report",
    "cells_of",
    "columns_of",
    "dashboard_report",
    "dashboard_reports",
    "group_lines",
    "map_report",
    "objective_report",
    "placements_of",
    "pola_dashboard",
    "reference_table_report",
]
