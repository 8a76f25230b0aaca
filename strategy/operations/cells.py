"""What happens when targets and results are changed in the grid: all of them, or none."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from indicators.models import Actual, PrintedValue, Target
from indicators.values import TYPED, read
from organization import audit, clock
from organization.models import User
from strategy.cell_changes import CellChange, CellKey, CellVerdict
from strategy.models import Dashboard
from strategy.operations.editing import locked_for_edit
from strategy.reports.cells import CellReview, review_cells

WRITTEN = ("printed", *TYPED)
BATCH = 200

Printed = TypeVar("Printed", bound=PrintedValue)


class CellsRefusedError(ValidationError):
    """Some cell cannot be saved, so none was; `verdicts` says which and why."""

    def __init__(self, verdicts: Sequence[CellVerdict]) -> None:
        super().__init__(_("No cell was changed."), code="cells")
        self.verdicts = tuple(verdicts)

    @property
    def faulty(self) -> list[CellVerdict]:
        """The cells that stand in the way."""
        return [verdict for verdict in self.verdicts if verdict.fault]


@dataclass(frozen=True, slots=True)
class _Written:
    """A cell that changes: its change, the row it had, the row it gets."""

    change: CellChange
    old: PrintedValue | None
    new: PrintedValue


@transaction.atomic
def save_cells(
    dashboard: Dashboard,
    *,
    changes: Sequence[CellChange],
    by: User,
    at: datetime.datetime | None = None,
) -> dict[CellKey, str]:
    """Write the changed targets and results of a dashboard, all of them or none.

    Refuses (CellsRefusedError) when one is not in the plan's notation, is not open, was changed by
    somebody else since it was read, or asks for less than the last result without saying why. A
    target keeps its row; a corrected result is a new row that supersedes the old one. The two
    counts of a ratio go along only while they still give the text typed: a correction that
    contradicts them stands without counts, which stay with the old row. One act records every
    cell, before and after. Gives back the texts written, by cell.
    """
    today, at = clock.today(at), at or timezone.now()
    plan = locked_for_edit(dashboard.plan, by=by)
    review = review_cells(dashboard, plan, changes, today=today, lock=True)
    if any(verdict.fault for verdict in review.verdicts):
        raise CellsRefusedError(review.verdicts)
    written = [_write(review, change, today) for change in review.real_changes()]
    if written:
        _save_targets([x for x in written if isinstance(x.new, Target)], by, at)
        _save_actuals([x for x in written if isinstance(x.new, Actual)], by, at)
        _record(dashboard, review, written, by, at)
    return {x.change.key: x.change.text for x in written}


def _write(review: CellReview, change: CellChange, today: datetime.date) -> _Written:
    old = review.held.get(change.key)
    if change.key.is_actual:
        return _Written(change, old, _result(change, old, today))
    target = old if isinstance(old, Target) else review.new_target(change.key)
    before = Target(printed=old.printed, reason=old.reason) if isinstance(old, Target) else None
    target.reason = change.reason if change.key in review.asked else ""
    return _Written(change, before, _cleaned(target, change.text))


def _result(change: CellChange, old: PrintedValue | None, today: datetime.date) -> Actual:
    """A correction is measured on the day of what it corrects; a first result at the end of its
    year or, in the current year, today."""
    key = change.key
    new = Actual(indicator_id=key.indicator_id, year=key.year)
    if isinstance(old, Actual):
        new.measured_on, new.supersedes = old.measured_on, old
        if old.counts_give(read(change.text)):
            new.numerator_value = old.numerator_value
            new.denominator_value = old.denominator_value
    else:
        new.measured_on = min(datetime.date(key.year, 12, 31), today)
    return _cleaned(new, change.text)


def _cleaned(cell: Printed, text: str) -> Printed:
    """Every rule of the model but those that ask the database, which holds them by itself."""
    cell.take(read(text))
    cell.full_clean(
        exclude=["indicator", "supersedes"], validate_unique=False, validate_constraints=False
    )
    return cell


def _save_targets(written: Iterable[_Written], by: User, at: datetime.datetime) -> None:
    targets = [x.new for x in written]
    known = [target for target in targets if target.pk]
    new = [target for target in targets if not target.pk]
    if known:
        bulk_update_with_history(
            known, Target, [*WRITTEN, "reason"], batch_size=BATCH, default_user=by, default_date=at
        )
    if new:
        bulk_create_with_history(new, Target, batch_size=BATCH, default_user=by, default_date=at)


def _save_actuals(written: Iterable[_Written], by: User, at: datetime.datetime) -> None:
    pairs = [(x.old, x.new) for x in written]
    superseded = [old for old, _new in pairs if isinstance(old, Actual)]
    for old in superseded:
        old.is_current = False
    if superseded:
        bulk_update_with_history(
            superseded, Actual, ["is_current"], batch_size=BATCH, default_user=by, default_date=at
        )
    if pairs:
        news = [new for _old, new in pairs]
        bulk_create_with_history(news, Actual, batch_size=BATCH, default_user=by, default_date=at)


def _record(
    dashboard: Dashboard,
    review: CellReview,
    written: Iterable[_Written],
    by: User,
    at: datetime.datetime,
) -> None:
    """One act for the save, in the language of the plan whoever reads or writes it."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    with override("it"):
        for x in written:
            label = review.label(x.change.key)
            label = f"{label} [{x.change.key}]" if label in after else label
            before[label] = x.old.printed if x.old else ""
            after[label] = x.change.text
            if isinstance(x.new, Target) and x.new.reason:
                after[_("%(cell)s, reason") % {"cell": label}] = x.new.reason
        audit.record(
            "targets.edited",
            target=dashboard.plan,
            by=by,
            at=at,
            before=before,
            after=after,
            note=dashboard.title,
        )
