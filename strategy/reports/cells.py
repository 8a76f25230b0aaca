"""What stands in the cells that somebody wants to change, and what stands against the change?

The one place where the grid's rules are applied: the page asks while one types, the operation asks
again, with the rows locked, before it writes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.doubts import is_worse
from indicators.enums import Availability, Polarity, TargetKind
from indicators.models import Actual, PrintedValue, Target
from indicators.values import NotationError, Value, print_value, read
from strategy.cell_changes import MAX_REASON, CellChange, CellKey, CellVerdict
from strategy.enums import CellFault
from strategy.models import Dashboard, DashboardRow, Plan
from strategy.reports.closing import Closed, closed_in, closed_words
from strategy.reports.grid import grid_columns, is_open


@dataclass(slots=True)
class CellReview:
    """The cells as they stand and the verdict on each change; `asked` are the targets that must
    say why they ask for less."""

    plan: Plan
    changes: Sequence[CellChange]
    names: dict[int, str]
    open_cells: frozenset[tuple[bool, int]]
    closed: Closed
    held: dict[CellKey, PrintedValue]
    asked: set[CellKey] = field(default_factory=set)
    verdicts: tuple[CellVerdict, ...] = ()

    def text(self, key: CellKey) -> str:
        """What the cell says now."""
        held = self.held.get(key)
        return held.printed.strip() if held else ""

    def is_closed(self, key: CellKey) -> bool:
        """Belongs to a closed year: of this plan, or a result that another plan has closed."""
        is_locked = key.is_actual and (key.indicator_id, key.year) in self.closed.cells
        return is_locked or key.year in self.closed.years

    def real_changes(self) -> list[CellChange]:
        """The changes that do change something."""
        return [change for change in self.changes if change.text != self.text(change.key)]

    def label(self, key: CellKey) -> str:
        """The cell in words: indicator, target or result, year."""
        words = _("Result %(year)s") if key.is_actual else _("Target %(year)s")
        return f"{self.names[key.indicator_id]}, {words % {'year': key.year}}"

    def polarity(self, key: CellKey) -> str:
        """Which way the target improves; a new one takes after the nearest year of its plan."""
        if key.is_actual:
            return ""
        own = self.held.get(key)
        years = [key.year] if own else range(self.plan.baseline_year, self.plan.last_year + 1)
        found = [self.held.get(CellKey(False, key.indicator_id, year)) for year in years]
        siblings = [target for target in found if isinstance(target, Target) and target.polarity]
        nearest = min(siblings, key=lambda target: abs(target.year - key.year), default=None)
        return nearest.polarity if nearest else ""

    def new_target(self, key: CellKey) -> Target:
        """The target of a year that had none."""
        return Target(
            indicator_id=key.indicator_id,
            cycle=self.plan.first_year,
            year=key.year,
            polarity=self.polarity(key),
        )


def review_cells(
    dashboard: Dashboard,
    plan: Plan,
    changes: Sequence[CellChange],
    *,
    today: datetime.date,
    lock: bool = False,
) -> CellReview:
    """Judge the changes to a dashboard's cells, in four statements and two more for conflicts;
    with `lock` nobody changes those cells before the transaction ends."""
    indicators = {change.key.indicator_id for change in changes}
    columns = grid_columns(dashboard, plan, this_year=today.year)
    closed = closed_in(plan)
    review = CellReview(
        plan=plan,
        changes=changes,
        names=_names(dashboard, indicators),
        open_cells=frozenset((c.is_actual, c.year) for c in columns if is_open(c, plan)),
        closed=closed,
        held=_held(plan, indicators, lock=lock),
    )
    results = _results(review)
    verdicts = [_verdict(review, change, results) for change in changes]
    review.verdicts = tuple(_with_authors(review, verdicts, today))
    return review


def _names(dashboard: Dashboard, indicators: set[int]) -> dict[int, str]:
    """The indicators that do stand on the dashboard, by the name printed there."""
    rows = DashboardRow.objects.filter(dashboard=dashboard, indicator__in=indicators)
    fields = rows.values_list("indicator_id", "printed_name", "indicator__name")
    return {indicator_id: printed or name for indicator_id, printed, name in fields}


def _held(plan: Plan, indicators: set[int], *, lock: bool) -> dict[CellKey, PrintedValue]:
    """The targets of the plan and the latest results of the indicators."""
    targets = Target.objects.filter(cycle=plan.first_year, indicator__in=indicators).order_by()
    actuals = Actual.objects.current().filter(
        indicator__in=indicators, year__range=(plan.baseline_year, plan.last_year)
    )
    if lock:
        targets, actuals = targets.select_for_update(), actuals.select_for_update()
    held: dict[CellKey, PrintedValue] = {
        CellKey(False, target.indicator_id, target.year): target for target in targets
    }
    for actual in actuals.order_by("measured_on"):
        held[CellKey(True, actual.indicator_id, actual.year)] = actual
    return held


def _results(review: CellReview) -> dict[CellKey, str]:
    """The results as they would stand with the changes."""
    stands = {key: cell.printed for key, cell in review.held.items() if key.is_actual}
    return stands | {x.key: x.text for x in review.changes if x.key.is_actual}


def _verdict(review: CellReview, change: CellChange, results: dict[CellKey, str]) -> CellVerdict:
    key = change.key
    if review.is_closed(key):
        return CellVerdict(key=key, fault=CellFault.CLOSED, message=closed_words(key.year))
    if key.indicator_id not in review.names or (key.is_actual, key.year) not in review.open_cells:
        message = _("This cell is not open for changes on this dashboard any more.")
        return CellVerdict(key=key, fault=CellFault.CLOSED, message=message)
    saved = review.text(key)
    value = _read(change.text)
    reading = "" if isinstance(value, NotationError) else reading_of(value)
    polarity = str(Polarity(found).label) if (found := review.polarity(key)) else ""
    if saved not in (change.was, change.text):
        return CellVerdict(
            key=key,
            reading=reading,
            polarity=polarity,
            fault=CellFault.CONFLICT,
            message=_("Changed by somebody else while you were writing."),
            saved=saved,
        )
    if isinstance(value, NotationError):
        return CellVerdict(key=key, fault=CellFault.NOTATION, message=str(value))
    asks = "" if change.text == saved else _question(review, change, value, results)
    fault, message = None, ""
    if asks:
        review.asked.add(key)
        fault, message = _answer_fault(change, asks)
    return CellVerdict(
        key=key, reading=reading, polarity=polarity, fault=fault, message=message, asks=asks
    )


def _read(text: str) -> Value | NotationError:
    try:
        return read(text)
    except NotationError as error:
        return error


def reading_of(value: Value) -> str:
    """How a text is understood: its kind and the value in our own notation."""
    if value.availability != Availability.STATED:
        return str(Availability(value.availability).label)
    return f"{TargetKind(value.kind).label} {print_value(value)}"


def _question(
    review: CellReview, change: CellChange, target: Value, results: dict[CellKey, str]
) -> str:
    """What is asked of a target worse than the last result; empty when nothing is."""
    key = change.key
    if key.is_actual:
        return ""
    polarity = review.polarity(key)
    for year in range(key.year - 1, review.plan.baseline_year - 1, -1):
        actual = _read(results.get(CellKey(True, key.indicator_id, year), ""))
        if isinstance(actual, Value) and actual.availability == Availability.STATED:
            if not is_worse(target, actual, polarity):
                return ""
            words = (
                _("%(target)s is above the result %(year)s (%(actual)s).")
                if polarity == Polarity.LOWER_IS_BETTER
                else _("%(target)s is below the result %(year)s (%(actual)s).")
            )
            return words % {"target": change.text, "year": year, "actual": actual.printed}
    return ""


def _answer_fault(change: CellChange, asks: str) -> tuple[CellFault | None, str]:
    if not change.reason:
        return CellFault.REASON, asks
    if len(change.reason) > MAX_REASON:
        limit = _("The reason is too long: at most %(limit)s characters.")
        return CellFault.REASON, limit % {"limit": MAX_REASON}
    return None, ""


def _with_authors(
    review: CellReview, verdicts: Iterable[CellVerdict], today: datetime.date
) -> Iterator[CellVerdict]:
    """The verdicts, those of a conflict with who changed the cell and when."""
    verdicts = list(verdicts)
    keys = [verdict.key for verdict in verdicts if verdict.fault == CellFault.CONFLICT]
    held = {key: review.held[key] for key in keys if key in review.held}
    authors: dict[CellKey, tuple[str, str]] = {}
    for model, is_actual in ((Target, False), (Actual, True)):
        pks = {cell.pk: key for key, cell in held.items() if key.is_actual == is_actual}
        if pks:
            records = model.history.filter(id__in=pks).select_related("history_user__person")
            for record in records.order_by("history_id"):
                authors[pks[record.id]] = author_of(record, today)
    for verdict in verdicts:
        who, when = authors.get(verdict.key, ("", ""))
        yield replace(verdict, who=who, when=when)


def author_of(record: Any, today: datetime.date) -> tuple[str, str]:
    """Who made a version that the history keeps, and when, in words."""
    moment = timezone.localtime(record.history_date)
    hour = f"{moment.hour}.{moment:%M}"
    if moment.date() == today:
        when = _("today at %(hour)s") % {"hour": hour}
    else:
        day = f"{moment.day}.{moment.month}.{moment.year}"
        when = _("on %(day)s at %(hour)s") % {"day": day, "hour": hour}
    return str(record.history_user or record.history_change_reason or ""), when
