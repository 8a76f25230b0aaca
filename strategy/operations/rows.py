"""What happens to the rows of a dashboard: an indicator put on it, moved, weighed, taken away."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from indicators.models import Indicator
from organization import audit
from organization.models import User
from strategy.branches import root_of
from strategy.models import Action, Dashboard, DashboardRow, Plan
from strategy.operations.editing import locked_for_edit, still_there
from strategy.operations.history import sign
from strategy.operations.row_positions import keep_order, path_of, rows_in_place, spots_of
from strategy.row_order import Spot, with_row


@dataclass(frozen=True)
class WeightChange:
    """The weight wanted for a row, and the one it had when it was read."""

    weight: Decimal
    was: Decimal


class WeightsRefusedError(ValidationError):
    """Somebody else gave some row another weight meanwhile; `saved` are the weights that stand."""

    def __init__(self, saved: Mapping[int, Decimal]) -> None:
        super().__init__(
            _("Changed by somebody else while you were writing. No weight was saved."),
            code="stale",
        )
        self.saved = saved


@transaction.atomic
def add_row(
    dashboard: Dashboard,
    *,
    action: Action,
    indicator: Indicator,
    by: User | None,
    at: datetime.datetime | None = None,
) -> DashboardRow:
    """Put an indicator on a dashboard, under an action, after the rows that stand there.

    Its targets and results are those it has everywhere. Refuses an action of another plan, an
    indicator that is retired, one that the dashboard already shows.
    """
    at = at or timezone.now()
    plan = locked_for_edit(dashboard.plan, by=by)
    dashboard = still_there(plan.dashboards.select_related("unit"), dashboard.pk)
    action = still_there(Action.objects.select_related("objective__perspective"), action.pk)
    _refuse_strangers(plan, dashboard, action)
    if Indicator.objects.in_use().filter(pk=indicator.pk).first() is None:
        raise ValidationError(
            _("“%(indicator)s” is retired: take it back into use first.")
            % {"indicator": indicator},
            code="retired",
        )
    rows = rows_in_place(dashboard)
    row = DashboardRow(
        dashboard=dashboard, action=action, indicator=indicator, position=len(rows) + 1
    )
    row.full_clean()
    sign(row, by=by, at=at)
    row.save(force_insert=True)
    order = with_row(spots_of(rows), Spot(row.pk, action.pk, path_of(row)))
    keep_order([*rows, row], order, by=by, at=at)
    audit.record("row.added", target=row, by=by, at=at, after=_as_text(row))
    return row


@transaction.atomic
def move_row(
    row: DashboardRow,
    *,
    action: Action,
    index: int | None = None,
    everywhere: bool = False,
    by: User | None,
    at: datetime.datetime | None = None,
) -> DashboardRow:
    """Move a row to a place among those of an action; without `index` after them.

    With `everywhere` the rows of the same indicator that stand on the same action of other
    dashboards go along, each after those that stand there. Under its own action without `index`
    nothing moves. Refuses an action of another plan.
    """
    at = at or timezone.now()
    plan = locked_for_edit(row.dashboard.plan, by=by)
    action = still_there(Action.objects.select_related("objective__perspective"), action.pk)
    row = still_there(
        DashboardRow.objects.select_related("dashboard__unit", "action", "indicator"), row.pk
    )
    _refuse_strangers(plan, row.dashboard, action)
    if index is None and row.action_id == action.pk:
        return row
    before = _as_text(row)
    others = DashboardRow.objects.filter(
        dashboard__plan=plan, indicator=row.indicator, action=row.action
    ).exclude(pk=row.pk)
    going = list(others.select_related("dashboard")) if everywhere else []
    _put(row, action, index, by=by, at=at)
    for other in going:
        _put(other, action, None, by=by, at=at)
    row.refresh_from_db()
    after = _as_text(row) | ({"also_on": _signs(going)} if going else {})
    if after != before:
        audit.record("row.moved", target=row, by=by, at=at, before=before, after=after)
    return row


@transaction.atomic
def remove_row(row: DashboardRow, *, by: User | None, at: datetime.datetime | None = None) -> None:
    """Take an indicator off a dashboard; the indicator, its values and its other rows stay."""
    at = at or timezone.now()
    locked_for_edit(row.dashboard.plan, by=by)
    row = still_there(
        DashboardRow.objects.select_related("dashboard__unit", "action", "indicator"), row.pk
    )
    audit.record("row.removed", target=row, by=by, at=at, before=_as_text(row))
    sign(row, by=by, at=at)
    row.delete()


@transaction.atomic
def set_weights(
    dashboard: Dashboard,
    *,
    weights: Mapping[int, WeightChange],
    by: User | None,
    at: datetime.datetime | None = None,
) -> int:
    """Give rows of a dashboard other weights (relative, from 0.01 to 9999.99), all or none.

    Refuses (WeightsRefusedError) when somebody else changed one of them meanwhile. One act records
    them all. Gives back how many changed.
    """
    at = at or timezone.now()
    locked_for_edit(dashboard.plan, by=by)
    held = DashboardRow.objects.filter(dashboard=dashboard, pk__in=weights).select_for_update()
    rows = {row.pk: row for row in held.select_related("indicator")}
    saved = {pk: row.weight for pk, row in rows.items()}
    lost = {
        pk: saved[pk]
        for pk, change in weights.items()
        if pk in saved and saved[pk] not in (change.was, change.weight)
    }
    if lost or len(rows) < len(weights):
        raise WeightsRefusedError(lost)
    changed = [row for pk, row in rows.items() if row.weight != weights[pk].weight]
    for row in changed:
        row.weight = weights[row.pk].weight
        row.clean_fields(exclude=["dashboard", "action", "indicator"])
    if changed:
        bulk_update_with_history(
            changed, DashboardRow, ["weight"], default_user=by, default_date=at
        )
        audit.record(
            "weights.changed",
            target=dashboard,
            by=by,
            at=at,
            before={str(row): _said(saved[row.pk]) for row in changed},
            after={str(row): _said(row.weight) for row in changed},
        )
    return len(changed)


def _put(
    row: DashboardRow,
    action: Action,
    index: int | None,
    *,
    by: User | None,
    at: datetime.datetime,
) -> None:
    """Hang a row under an action and give every row of its dashboard its place."""
    if row.action_id != action.pk:
        row.action = action
        sign(row, by=by, at=at)
        row.save(update_fields=["action"])
    rows = rows_in_place(row.dashboard)
    own = next(one for one in rows if one.pk == row.pk)
    order = with_row(spots_of(rows), Spot(own.pk, own.action_id, path_of(own)), index=index)
    keep_order(rows, order, by=by, at=at)


def _refuse_strangers(plan: Plan, dashboard: Dashboard, action: Action) -> None:
    root = root_of(action)
    if (root.plan_id, dashboard.plan_id, root.chart) != (plan.pk, plan.pk, dashboard.chart):
        raise ValidationError(_("Choose an action of this plan."), code="place")


def _signs(rows: list[DashboardRow]) -> str:
    return ", ".join(row.dashboard.code or row.dashboard.title for row in rows)


def _said(weight: Decimal) -> str:
    return f"{weight.normalize():f}".replace(".", ",")


def _as_text(row: DashboardRow) -> dict[str, Any]:
    """The row as the register keeps it."""
    return {
        "dashboard": row.dashboard.title,
        "action": str(row.action),
        "position": row.position,
    }
