"""Which place the rows of a dashboard take: the one way in which their order is written."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence

from simple_history.utils import bulk_update_with_history

from organization.models import User
from strategy.models import Dashboard, DashboardRow, Plan
from strategy.row_order import Path, Spot, with_branch

REASON = "order"
TREE = (
    "action__objective__perspective__position",
    "action__objective__position",
    "action__position",
)


def spots_of(rows: Iterable[DashboardRow]) -> list[Spot]:
    """Rows, loaded with their branch, as the order knows them."""
    return [Spot(row.pk, row.action_id, path_of(row)) for row in rows]


def path_of(row: DashboardRow) -> Path:
    """Where the action of a row stands in the tree."""
    objective = row.action.objective
    return (objective.perspective.position, objective.position, row.action.position)


def rows_in_place(dashboard: Dashboard) -> list[DashboardRow]:
    """The rows of a dashboard with their branch, in order, locked until the transaction ends."""
    rows = DashboardRow.objects.filter(dashboard=dashboard).order_by("position", "pk")
    return list(
        rows.select_related("action__objective__perspective").select_for_update(of=["self"])
    )


def keep_order(
    rows: Sequence[DashboardRow], order: Sequence[int], *, by: User | None, at: datetime.datetime
) -> None:
    """Number the rows from 1 in the given order; those that are right already are left alone."""
    by_pk = {row.pk: row for row in rows}
    changed = []
    for position, pk in enumerate(order, start=1):
        if by_pk[pk].position != position:
            by_pk[pk].position = position
            changed.append(by_pk[pk])
    bulk_update_with_history(
        changed,
        DashboardRow,
        ["position"],
        default_user=by,
        default_date=at,
        default_change_reason=REASON,
    )


def follow_branch(
    plan: Plan,
    actions: Collection[int],
    prefix: Sequence[int],
    *,
    by: User | None,
    at: datetime.datetime,
) -> None:
    """On every dashboard of the plan the rows of a branch that moved stand where it now stands."""
    on_branch = DashboardRow.objects.filter(dashboard__plan=plan, action__in=actions)
    dashboards = Dashboard.objects.filter(pk__in=on_branch.values("dashboard"))
    for dashboard in dashboards:
        rows = rows_in_place(dashboard)
        keep_order(rows, with_branch(spots_of(rows), actions, prefix), by=by, at=at)
