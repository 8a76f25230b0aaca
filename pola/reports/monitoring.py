"""The POLA monitoring report: totals of the whole Chamber, nobody's own days, no reason of
anybody."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from documents.charts import Chart, Series, bar_chart, grouped_bars
from documents.templatetags.charts import print_number
from pola.enums import AgreementState, DayState, SheetState, WorkGrade
from pola.models import ActivitySheet, AgileDay, Agreement, Norm, Suspension
from pola.norms import Norms
from pola.reports.figures import ProposedFigure, proposed_figures
from pola.reports.programme import PROGRAMME_TABLE, ProgrammeReport, programme_report
from pola.reports.statistics import year_months
from pola.statistics import MonthFigures, share
from strategy.models import Plan
from strategy.reports import reference_table_report


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of something there are."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class MonitoringReport:
    """What the report says of a year, as of a day."""

    plan: Plan
    year: int
    today: datetime.date
    months: tuple[MonthFigures, ...]
    programme: ProgrammeReport | None
    agreements: tuple[Tally, ...]
    in_force: int
    days: tuple[Tally, ...]
    sheets: tuple[Tally, ...]
    grades: tuple[Tally, ...]
    figures: tuple[ProposedFigure, ...]
    norms: Norms

    @property
    def total_days(self) -> int:
        """Days worked remotely in the year so far."""
        return sum(month.days for month in self.months)

    @property
    def last(self) -> MonthFigures | None:
        """The last month that is over."""
        over = [month for month in self.months if not month.is_running]
        return over[-1] if over else None

    @property
    def share_in_force(self) -> str:
        """Agreements in force on who can work remotely, in words; empty before a month is over."""
        if self.last is None:
            return ""
        found = share(self.in_force, self.last.potential)
        return "" if found is None else f"{found}%".replace(".", ",")


def monitoring_report(plan: Plan, year: int, *, today: datetime.date) -> MonitoringReport:
    """The whole report in a number of statements that does not grow with people or days."""
    months = year_months(year, today=today)
    norms = Norm.objects.in_force(on=today)
    table = plan.reference_tables.with_cells().filter(slug=PROGRAMME_TABLE).first()
    programme = programme_report(reference_table_report(table), months, norms) if table else None
    sheets = ActivitySheet.objects.filter(month__year=year)
    agreements, in_force = _agreements(year, today)
    return MonitoringReport(
        plan=plan,
        year=year,
        today=today,
        months=months,
        programme=programme,
        agreements=agreements,
        in_force=in_force,
        days=_days(year),
        sheets=_by_state(sheets.values_list("state").annotate(Count("pk")).order_by(), SheetState),
        grades=_grades(sheets.filter(state=SheetState.EVALUATED)),
        figures=proposed_figures(plan, today=today),
        norms=norms,
    )


def _agreements(year: int, today: datetime.date) -> tuple[tuple[Tally, ...], int]:
    """Agreements that touch the year, by state, and those that hold on the day."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    touching = Q(starts_on__lte=last, ends_on__gte=first)
    held = Agreement.objects.filter(touching).order_by().values_list("state")
    tallies = _by_state(held.annotate(Count("pk")), AgreementState)
    suspended = Suspension.objects.filter(starts_on__lte=today, ends_on__gte=today).count()
    in_force = Agreement.objects.covering(on=today).count()
    more = Tally(_("suspended on the day of the report"), suspended)
    return (*tallies, more), in_force


def _days(year: int) -> tuple[Tally, ...]:
    """Days of the year by state, those proposed in the place of revoked ones apart."""
    days = AgileDay.objects.filter(day__year=year).order_by().values_list("state")
    tallies = _by_state(days.annotate(Count("pk")), DayState)
    moved = AgileDay.objects.filter(day__year=year, replaces__isnull=False, state=DayState.APPROVED)
    return (*tallies, Tally(_("approved in the place of a revoked one"), moved.count()))


def _by_state(rows: object, states: type) -> tuple[Tally, ...]:
    found = dict(rows)  # type: ignore[call-overload]  # pairs of state and count
    return tuple(Tally(str(state.label), found.get(state.value, 0)) for state in states)  # type: ignore[attr-defined]  # an enum of choices


def _grades(sheets: object) -> tuple[Tally, ...]:
    """How many evaluated sheets have both grades at least as in the office, and the others."""
    below = Q(quantity_grade=WorkGrade.BELOW) | Q(quality_grade=WorkGrade.BELOW)
    found = sheets.aggregate(all=Count("pk"), below=Count("pk", filter=below))  # type: ignore[attr-defined]  # a queryset
    return (
        Tally(_("quantity and quality at least as in the office"), found["all"] - found["below"]),
        Tally(_("quantity or quality less than in the office"), found["below"]),
    )


def month_label(month: MonthFigures) -> str:
    """The month under its column."""
    return date_format(month.month, "M").lower().rstrip(".")


def days_chart(months: tuple[MonthFigures, ...], *, width: float = 660, left: float = 48) -> Chart:
    """Days worked remotely month by month."""
    total = print_number(sum(month.days for month in months))
    finding = _("Days worked remotely, %(total)s in all.") % {"total": total}
    return bar_chart(
        finding,
        [month_label(month) for month in months],
        [month.days for month in months],
        print_number=print_number,
        width=width,
        height=190,
        left=left,
    )


def workers_chart(
    months: tuple[MonthFigures, ...], *, width: float = 660, left: float = 48
) -> Chart:
    """Who could work remotely and who did, month by month."""
    finding = _("Employees who could work remotely, and those who did.")
    return grouped_bars(
        finding,
        [month_label(month) for month in months],
        [
            Series(_("could"), tuple(month.potential for month in months)),
            Series(_("did"), tuple(month.effective for month in months)),
        ],
        print_number=print_number,
        width=width,
        height=210,
        left=left,
    )
