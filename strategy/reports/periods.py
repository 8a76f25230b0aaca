"""The monitoring periods of a plan as the page lists them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from strategy.models import MonitoringPeriod, Plan
from strategy.monitoring_enums import PeriodState

TONES = {
    PeriodState.TO_COME: "neutral",
    PeriodState.OPEN: "ok",
    PeriodState.REOPENED: "caution",
    PeriodState.CLOSED: "neutral",
}


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """A period on a day."""

    period: MonitoringPeriod
    state: PeriodState

    @property
    def is_open(self) -> bool:
        """Figures can be entered."""
        return self.state in PeriodState.writable

    @property
    def is_to_come(self) -> bool:
        """It opens later."""
        return self.state == PeriodState.TO_COME

    @property
    def tone(self) -> str:
        """The look of its state."""
        return TONES[self.state]

    @property
    def key(self) -> str:
        """Its identifier as a form sends it back."""
        return str(self.period.pk)


def period_lines(plan: Plan, day: datetime.date) -> list[PeriodLine]:
    """The periods in the order of their days, as they stand on a day: one statement."""
    periods = list(plan.periods.with_closed_years().order_by("ends_on"))
    for period in periods:
        period.plan = plan
    return [PeriodLine(period, period.state_on(day)) for period in periods]
