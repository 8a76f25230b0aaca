"""What happens when indicators are sent down by the cascade: all the ticks, or none."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from organization import audit, clock
from organization.models import User
from strategy.cascade_changes import BoxKey, Ticks
from strategy.models import DashboardRow, Plan
from strategy.operations.editing import locked_for_edit
from strategy.operations.history import bulk_delete_with_history
from strategy.reports.cascade_edit import (
    CascadeReview,
    branch_of,
    loss_of,
    review_cascade,
)
from strategy.row_places import Order, place

BATCH = 200


class CascadeRefusedError(ValidationError):
    """Something stands against the matrix, so nothing was saved; `review` says what."""

    def __init__(self, review: CascadeReview) -> None:
        super().__init__(_("The cascade was not changed."), code="cascade")
        self.review = review


@dataclass(frozen=True, slots=True)
class SavedCascade:
    """How many rows were put on dashboards and taken away; how many indicators somebody else had
    changed meanwhile, which stay as they are."""

    added: int
    removed: int
    elsewhere: int


@transaction.atomic
def save_cascade(
    plan: Plan, *, ticks: Ticks, by: User, at: datetime.datetime | None = None
) -> SavedCascade:
    """Send the strategic indicators down to the dashboards that are ticked, all of them or none.

    A tick puts a row of weight 1 on the dashboard, on the action that the strategic dashboard has
    it on, at its place (see also: row_places.place); without its tick a row goes, and the history
    keeps it. The rows of a dashboard that changed are counted anew. Rows of indicators that nobody
    touched are left alone. One act records every indicator, with its signs before and after.

    Refuses (CascadeRefusedError) when somebody else sent one of these indicators elsewhere, when a
    row that goes has a weight or a name of its own and nobody accepted to lose it, when an
    indicator or a dashboard is no longer there.
    """
    today, at = clock.today(at), at or timezone.now()
    plan = locked_for_edit(plan, by=by)
    review = review_cascade(plan, ticks, today=today)
    if review.is_refused:
        raise CascadeRefusedError(review)
    if review.added or review.removed:
        _Arrangement(review).save(by=by, at=at)
        _record(plan, review, by=by, at=at)
    return SavedCascade(len(review.added), len(review.removed), review.elsewhere)


class _Arrangement:
    """The rows of the dashboards that change, in their new order."""

    def __init__(self, review: CascadeReview) -> None:
        state = review.state
        self.gone = [state.behind[key] for key in review.removed]
        gone = {row.pk for row in self.gone}
        self.new: list[DashboardRow] = []
        self.moved: list[DashboardRow] = []
        added, order = set(review.added), Order(branch_of(row) for row in state.strategic)
        changed = {key.dashboard_id for key in (*review.added, *review.removed)}
        for dashboard in state.dashboards:
            if dashboard.pk not in changed:
                continue
            rows = [row for row in state.rows[dashboard.pk] if row.pk not in gone]
            for one in state.strategic:
                if BoxKey(one.indicator_id, dashboard.pk) in added:
                    branches = [branch_of(row) for row in rows]
                    index = place(branches, branch_of(one), order)
                    rows.insert(
                        index,
                        DashboardRow(
                            dashboard=dashboard, action=one.action, indicator=one.indicator
                        ),
                    )
            self._number(rows)

    def _number(self, rows: list[DashboardRow]) -> None:
        """Positions from 1; rows that stay where they are are left alone."""
        for position, row in enumerate(rows, start=1):
            if row.position == position:
                continue
            row.position = position
            row.full_clean(
                exclude=["dashboard", "action", "indicator"],
                validate_unique=False,
                validate_constraints=False,
            )
            (self.moved if row.pk else self.new).append(row)

    def save(self, *, by: User, at: datetime.datetime) -> None:
        """Write what goes, what moves, what is new, each kind in one go."""
        bulk_delete_with_history(self.gone, by=by, at=at)
        kept = {"batch_size": BATCH, "default_user": by, "default_date": at}
        if self.moved:
            bulk_update_with_history(self.moved, DashboardRow, ["position"], **kept)
        if self.new:
            bulk_create_with_history(self.new, DashboardRow, **kept)


def _record(plan: Plan, review: CascadeReview, *, by: User, at: datetime.datetime) -> None:
    """One act for the matrix, in the language of the plan whoever reads or writes it."""
    state = review.state
    changed = {key.indicator_id for key in (*review.added, *review.removed)}
    added, removed = frozenset(review.added), frozenset(review.removed)
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    with override("it"):
        for row in state.strategic:
            pk = row.indicator_id
            if pk not in changed:
                continue
            label = f"{row} [{pk}]" if str(row) in after else str(row)
            stood, stands = [], []
            for dashboard in state.dashboards:
                key, sign = BoxKey(pk, dashboard.pk), dashboard.sign
                old = state.behind.get(key)
                if old is not None:
                    stood.append(_told(old, sign) if key in removed else sign)
                if key in added or (old is not None and key not in removed):
                    stands.append(sign)
            before[label] = ", ".join(stood) or _("only the ente")
            after[label] = ", ".join(stands) or _("only the ente")
        audit.record("cascade.edited", target=plan, by=by, at=at, before=before, after=after)


def _told(row: DashboardRow, sign: str) -> str:
    """The sign of a row that goes, with what goes with it."""
    loss = loss_of(row, sign)
    return f"{sign} ({loss.words})" if loss else sign
