"""The door of the results: those of a closed year do not change, whoever writes them.

Whatever writes results (grid, recording, projects) asks here, inside its transaction and after it
has locked the plan it works on: closing a year locks every plan that holds the year.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from rules import has_perm

from organization.models import User
from strategy.models import PerformanceReport, Plan
from strategy.monitoring_enums import YearAct
from strategy.report_enums import ReportAct
from strategy.reports.closing import (
    Cell,
    closed_cells,
    closed_words,
    closed_years,
    reported_years,
)


def refuse_closed(cells: Iterable[Cell]) -> None:
    """Refuse results of a closed year (ValidationError with code `closed_year`)."""
    wanted = set(cells)
    if found := wanted & closed_cells(year for _indicator, year in wanted):
        raise ValidationError(closed_words(min(year for _i, year in found)), code="closed_year")


def refuse_others(act: YearAct | ReportAct, about: Plan | PerformanceReport, *, by: User) -> None:
    """Refuse whoever has not the part that the act asks for, administrators too: who runs the
    machine does not decide of the year."""
    if not has_perm(f"strategy.{act.value}", by, about):
        raise PermissionDenied(_("You have no right to do this."))


def locked_open_year(plan: Plan, year: int) -> Plan:
    """The plan, locked until the transaction ends; refuses a year that is not its own or is
    closed."""
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    if year not in reported_years(locked):
        raise ValidationError(_("The plan gives no account of this year."), code="year")
    if year in closed_years(locked):
        raise ValidationError(closed_words(year), code="closed_year")
    return locked
