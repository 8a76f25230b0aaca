"""The figures that wait for planning, each beside its target: read in three statements; one
more where the figure of a project waits, one where a figure was changed after it was typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators.models import Target
from indicators.values import Value, read
from organization.models import Unit, User
from strategy.forecasts import ForecastLook, forecast_look
from strategy.models import Evidence, MonitoringPeriod, Plan, Recording
from strategy.monitoring_enums import Forecast
from strategy.off_target import deviation, is_off_target
from strategy.reports.dashboards import ABSENT, LOOKS, Cell
from strategy.reports.figure_authors import authors_of


@dataclass(frozen=True, kw_only=True)
class QueueRow:
    """A figure that was sent: what it says, what was expected, who may look at it."""

    recording: Recording
    target: Cell
    deviation: str
    is_off: bool
    is_own: bool
    is_own_sending: bool = False
    is_chosen: bool = False
    reason: str = ""
    error: str = ""
    is_opened: bool = False
    evidence: Sequence[Evidence] = ()

    @property
    def key(self) -> str:
        """Its identifier, as a form sends it back."""
        return str(self.recording.pk)

    @property
    def counts(self) -> str:
        """The two counts of a ratio, as they were typed."""
        one = self.recording
        return f"{one.numerator} / {one.denominator}" if one.denominator else ""

    @property
    def forecast(self) -> ForecastLook:
        """Whether the target will be reached, in words and with their look."""
        return forecast_look(self.recording.forecast)

    @property
    def is_open(self) -> bool:
        """The part in which it is returned is unfolded."""
        return bool(self.is_opened or self.error or self.reason)

    @property
    def corrected(self) -> str:
        """The validated figure that it takes the place of, if it corrects one."""
        old = self.recording.supersedes
        return (old.printed or _("not yet")) if old else ""

    @property
    def is_pending(self) -> bool:
        """A date that is not reached yet."""
        return not self.recording.printed

    @property
    def is_doubtful(self) -> bool:
        """The target is missed, or may be."""
        return self.is_off or self.recording.forecast in Forecast.doubtful


@dataclass(frozen=True)
class Queue:
    """What waits, in the order of units and periods, and what it may be narrowed to."""

    rows: tuple[QueueRow, ...]
    units: tuple[Unit, ...]
    periods: tuple[MonitoringPeriod, ...]
    total: int

    @property
    def choosable(self) -> int:
        """How many the person may validate."""
        return sum(not row.is_own for row in self.rows)


def validation_queue(
    plan: Plan,
    user: User,
    *,
    unit: str = "",
    period: str = "",
    chosen: Collection[str] = (),
    reasons: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    opened: str = "",
) -> Queue:
    """The figures of a plan that wait for planning, narrowed to a unit (its address name) or to the
    day of a period; with what was chosen and written when an act was refused."""
    recordings = Recording.objects.awaiting().filter(period__plan=plan).with_people()
    recordings = recordings.select_related("indicator", "supplier", "period", "supersedes")
    waiting = list(recordings.order_by("supplier__position", "supplier__name", "period", "pk"))
    targets = _targets(plan, waiting)
    proofs: dict[int, list[Evidence]] = defaultdict(list)
    for proof in Evidence.objects.filter(recording__in=[one.pk for one in waiting]):
        proofs[proof.recording_id].append(proof)
    shown = [
        one
        for one in waiting
        if (not unit or (one.supplier and one.supplier.slug == unit))
        and (not period or one.period.ends_on.isoformat() == period)
    ]
    authors = authors_of(shown)
    rows = tuple(
        _row(
            one,
            targets.get((one.indicator_id, one.period.year)),
            is_own=user.pk in authors[one.pk],
            is_own_sending=one.is_sent_by_another and one.submitted_by_id == user.pk,
            chosen=chosen,
            reason=(reasons or {}).get(str(one.pk), ""),
            error=(errors or {}).get(str(one.pk), ""),
            is_opened=str(one.pk) == opened,
            evidence=proofs[one.pk],
        )
        for one in shown
    )
    units = {one.supplier.pk: one.supplier for one in waiting if one.supplier}
    periods = {one.period.pk: one.period for one in waiting}
    return Queue(rows, tuple(units.values()), tuple(periods.values()), len(waiting))


def _targets(plan: Plan, waiting: Sequence[Recording]) -> dict[tuple[int, int], Target]:
    indicators = [one.indicator_id for one in waiting]
    found = Target.objects.for_cycle(plan.first_year).filter(indicator__in=indicators)
    return {(target.indicator_id, target.year): target for target in found}


def _row(
    recording: Recording,
    target: Target | None,
    *,
    is_own: bool,
    is_own_sending: bool,
    chosen: Collection[str],
    reason: str,
    error: str,
    is_opened: bool,
    evidence: Sequence[Evidence],
) -> QueueRow:
    expected = read(target.printed) if target is not None and target.is_stated else None
    actual = read(recording.printed)
    return QueueRow(
        recording=recording,
        target=Cell(target.printed, LOOKS[target.availability], target.kind) if target else ABSENT,
        deviation=deviation(expected, actual) if expected else "",
        is_off=_is_off(recording, target, expected, actual),
        is_own=is_own,
        is_own_sending=is_own_sending,
        is_chosen=str(recording.pk) in chosen,
        reason=reason,
        error=error,
        is_opened=is_opened,
        evidence=evidence,
    )


def _is_off(
    recording: Recording, target: Target | None, expected: Value | None, actual: Value
) -> bool:
    """The figure itself misses the target: at the end of the year, or once its day is over."""
    if target is None or expected is None:
        return False
    period = recording.period
    if expected.day is not None and expected.day <= period.ends_on and not recording.printed:
        return True
    is_due = period.is_final or (expected.day is not None and expected.day <= period.ends_on)
    return is_due and is_off_target(
        expected, actual, polarity=target.polarity, tolerance_days=target.tolerance_days
    )
