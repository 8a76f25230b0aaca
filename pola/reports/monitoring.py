"""The POLA monitoring report: totals of the whole Chamber, nobody's own days, no reason of
anybody."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from documents.charts import Chart, Series, bar_chart, grouped_bars
from documents.templatetags.charts import print_number
from organization.day_names import named
from organization.days import written
from pola.enums import AgreementState, DayState, SheetState, WorkGrade
from pola.models import ActivitySheet, AgileDay, Agreement, Norm
from pola.norms import Norms
from pola.reports.figures import ProposedFigure, proposed_figures
from pola.reports.programme import PROGRAMME_TABLE, ProgrammeReport, programme_report
from pola.reports.shares import chamber_share
from pola.reports.statistics import KnownMonths, year_months
from pola.shares import Share
from pola.statistics import MonthFigures
from strategy.models import Plan
from strategy.reports import reference_table_report


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of something there are; `is_part` of those counted above."""

    label: str
    count: int
    is_part: bool = False

    @property
    def words(self) -> str:
        """What is counted, as a line of the table begins: a part says that it is one."""
        words = _("of which %(part)s") % {"part": self.label} if self.is_part else self.label
        return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class MonitoringReport:
    """What the report says of a year, as of a day; agreements and who can work remotely are those
    of `on`: the same day, the last one of a year gone by."""

    plan: Plan
    year: int
    today: datetime.date
    on: datetime.date
    months: tuple[MonthFigures, ...]
    programme: ProgrammeReport | None
    agreements: tuple[Tally, ...]
    in_force: int
    share: Share
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
    def has_share(self) -> bool:
        """Some agreement is in force and somebody can work remotely."""
        return bool(self.in_force and self.share.potential)

    @property
    def is_printed(self) -> bool:
        """Every month is as the plan prints it."""
        return all(month.is_printed for month in self.months)

    @property
    def last(self) -> MonthFigures | None:
        """The last month that is over."""
        over = [month for month in self.months if not month.is_running]
        return over[-1] if over else None


def monitoring_report(
    plan: Plan, year: int, *, today: datetime.date, known: KnownMonths | None = None
) -> MonitoringReport:
    """The whole report in a number of statements that does not grow with people or days."""
    on = min(today, datetime.date(year, 12, 31))
    months = year_months(year, today=today, known=known)
    norms = Norm.objects.in_force(on=on)
    table = plan.reference_tables.with_cells().filter(slug=PROGRAMME_TABLE).first()
    programme = programme_report(reference_table_report(table), months, norms) if table else None
    sheets = ActivitySheet.objects.filter(month__year=year)
    agreements, in_force = _agreements(year, on)
    return MonitoringReport(
        plan=plan,
        year=year,
        today=today,
        on=on,
        months=months,
        programme=programme,
        agreements=agreements,
        in_force=in_force,
        share=chamber_share(norms, on=on),
        days=_days(year),
        sheets=_by_state(sheets.values_list("state").annotate(Count("pk")).order_by(), SheetState),
        grades=_grades(sheets.filter(state=SheetState.EVALUATED)),
        figures=proposed_figures(plan, today=min(today, datetime.date(year + 1, 1, 1))),
        norms=norms,
    )


def _agreements(year: int, on: datetime.date) -> tuple[tuple[Tally, ...], int]:
    """Agreements that touch the year, by state, and those that hold on the day."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    touching = Q(starts_on__lte=last, ends_on__gte=first)
    held = Agreement.objects.filter(touching).order_by().values_list("state")
    tallies = _by_state(held.annotate(Count("pk")), AgreementState)
    suspended = Q(suspensions__starts_on__lte=on, suspensions__ends_on__gte=on)
    found = Agreement.objects.covering(on=on).aggregate(
        all=Count("pk", distinct=True), suspended=Count("pk", filter=suspended, distinct=True)
    )
    more = Tally(_("suspended on %(day)s") % {"day": written(on)}, found["suspended"], is_part=True)
    return (*tallies, more), found["all"]


def _days(year: int) -> tuple[Tally, ...]:
    """Days of the year by state, those proposed in the place of revoked ones apart."""
    days = AgileDay.objects.filter(day__year=year).order_by().values_list("state")
    tallies = _by_state(days.annotate(Count("pk")), DayState)
    moved = AgileDay.objects.filter(day__year=year, replaces__isnull=False, state=DayState.APPROVED)
    words = _("approved in the place of a revoked one")
    return (*tallies, Tally(words, moved.count(), is_part=True))


def _by_state(rows: object, states: type) -> tuple[Tally, ...]:
    found = dict(rows)  # type: ignore[call-overload]  # pairs of state and count
    return tuple(Tally(str(state.label), found.get(state.value, 0)) for state in states)  # type: ignore[attr-defined]  # an enum of choices


def _grades(sheets: object) -> tuple[Tally, ...]:
    """How many evaluated sheets have both grades at least as in the office, and the others."""
    below = Q(quantity_grade=WorkGrade.BELOW) | Q(quality_grade=WorkGrade.BELOW)
    found = sheets.aggregate(all=Count("pk"), below=Count("pk", filter=below))  # type: ignore[attr-defined]  # a queryset
    at_least = _("quantity and quality at least as in the office")
    less = _("quantity or quality less than in the office")
    return (
        Tally(at_least, found["all"] - found["below"], is_part=True),
        Tally(less, found["below"], is_part=True),
    )


def month_label(month: MonthFigures) -> str:
    """The month under its column."""
    return named(month.month, "M").rstrip(".")


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
