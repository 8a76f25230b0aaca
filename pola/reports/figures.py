"""The computed figures that planning may take as results, beside what the plan expects."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from indicators.models import Actual, Indicator, Target
from pola.day_querysets import AgileDayQuerySet
from pola.enums import EquipmentKind
from pola.measures import NAMES, Counts, Figure, figures, normalised
from pola.models import (
    AgileDay,
    Agreement,
    Equipment,
    FigureDecision,
    TrainingAttendance,
    TrainingCourse,
)
from pola.months import last_month_gone_by, month_end, month_of
from pola.register_querysets import a_year_before
from pola.reports.statistics import computed_months
from strategy.models import DashboardRow, Plan


@dataclass(frozen=True, slots=True)
class ProposedFigure:
    """A figure computed for an indicator of the plan, with its target, the result it would take
    the place of, and what was decided of it."""

    figure: Figure
    indicator: Indicator
    target: Target | None
    actual: Actual | None
    decision: FigureDecision | None

    @property
    def is_open(self) -> bool:
        """Planning has still to decide: nothing was decided of this very figure."""
        return self.decision is None

    @property
    def decided_word(self) -> str:
        """What planning decided, in a word."""
        if self.decision is None:
            return _("to be decided")
        return pgettext("figure", "accepted") if self.decision.is_accepted else _("declined")


def counts_at(day: datetime.date) -> Counts:
    """What agreements, days and registers give at the end of a month: eight statements."""
    month = month_of(day)
    (figures_of_month,) = computed_months(month, month, today=day + datetime.timedelta(days=1))
    since = day.replace(month=1, day=1)
    days = AgileDay.objects.lived(on=day + datetime.timedelta(days=1)).between(since, day).count()
    workers = set(Agreement.objects.covering(on=day).values_list("person_id", flat=True))
    courses = TrainingCourse.objects.filter(held_on__gt=a_year_before(day), held_on__lte=day)
    trained: int | None = None
    if courses.exists():
        attended = TrainingAttendance.objects.filter(course__in=courses)
        trained = len(workers & set(attended.values_list("person_id", flat=True)))
    held = Equipment.objects.held(on=day).order_by().values_list("kind", flat=True)
    kinds = list(held)
    known = {kind: kinds.count(kind) if kinds else None for kind in EquipmentKind}
    return Counts(
        measured_on=day,
        employees=figures_of_month.employees,
        potential=figures_of_month.potential,
        effective=figures_of_month.effective,
        days=days,
        agile_workers=len(workers),
        trained=trained,
        pcs=known[EquipmentKind.PC],
        vpn=known[EquipmentKind.VPN],
        vdi=known[EquipmentKind.VDI],
    )


def measured_on(plan: Plan, today: datetime.date) -> datetime.date | None:
    """The day of the figures: the end of the last month gone by, in a year of the plan."""
    day = month_end(last_month_gone_by(today))
    return day if plan.first_year <= day.year <= plan.last_year else None


def has_undecided(plan: Plan, *, today: datetime.date) -> bool:
    """Days were lived in the last month gone by and nothing was decided of its figures."""
    if not lived_days(plan, today=today).exists():
        return False
    return not FigureDecision.objects.filter(
        measured_on=month_end(last_month_gone_by(today))
    ).exists()


def lived_days(plan: Plan, *, today: datetime.date) -> AgileDayQuerySet:
    """The days lived in the month of the figures."""
    day = measured_on(plan, today)
    if day is None:
        return AgileDay.objects.none()
    return AgileDay.objects.lived(on=today).between(month_of(day), day)


def proposed_figures(plan: Plan, *, today: datetime.date) -> tuple[ProposedFigure, ...]:
    """The figures of the last month gone by, for the indicators that the plan has."""
    day = measured_on(plan, today)
    if day is None:
        return ()
    indicators = _indicators(plan)
    found = [one for one in figures(counts_at(day)) if normalised(one.name) in indicators]
    keys = [indicators[normalised(one.name)].pk for one in found]
    targets = Target.objects.filter(indicator__in=keys, cycle=plan.first_year, year=day.year)
    actuals = Actual.objects.current().filter(indicator__in=keys, year=day.year)
    latest = {one.indicator_id: one for one in actuals.order_by("measured_on")}
    held = {one.indicator_id: one for one in targets}
    decided = FigureDecision.objects.filter(indicator__in=keys, measured_on=day)
    decisions = {one.indicator_id: one for one in decided.order_by("decided_at", "pk")}
    proposed = []
    for figure, pk in zip(found, keys, strict=True):
        decision = decisions.get(pk)
        if decision and decision.printed != figure.printed:
            decision = None  # the figure has moved since: it is proposed anew
        indicator = indicators[normalised(figure.name)]
        proposed.append(ProposedFigure(figure, indicator, held.get(pk), latest.get(pk), decision))
    return tuple(proposed)


def _indicators(plan: Plan) -> dict[str, Indicator]:
    """The indicators of the plan that can be fed, by their name."""
    wanted = {normalised(name) for name in NAMES}
    shown = DashboardRow.objects.filter(dashboard__plan=plan).values("indicator")
    every = Indicator.objects.filter(pk__in=shown).only("pk", "name")
    return {normalised(one.name): one for one in every if normalised(one.name) in wanted}
