"""The cascade as check boxes: what stands where, what is asked for, what stands against it.

The one place where the rules of the matrix are applied: the operation reads the review inside its
transaction, the page shows what the review found.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from indicators.models import Indicator
from strategy.cascade_changes import Assignment, BoxKey, Ticks, ids_text
from strategy.enums import DashboardKind
from strategy.models import Dashboard, DashboardRow, Plan
from strategy.reports.cells import author_of
from strategy.row_places import Branch


@dataclass(frozen=True, slots=True)
class CascadeState:
    """Where the strategic indicators of a plan stand: the cascaded dashboards from the top, the
    rows of the strategic dashboard and of each of the others, in order; by box, the row behind it;
    by strategic indicator, the dashboards it goes to."""

    dashboards: tuple[Dashboard, ...]
    strategic: tuple[DashboardRow, ...]
    rows: Mapping[int, tuple[DashboardRow, ...]]
    behind: Mapping[BoxKey, DashboardRow]
    goes: Mapping[int, frozenset[int]]

    def signs(self, dashboards: frozenset[int]) -> str:
        """The signs of some dashboards, from the top, in words."""
        signs = [one.sign for one in self.dashboards if one.pk in dashboards]
        return ", ".join(signs) or _("only the ente")


@dataclass(frozen=True, slots=True)
class Conflict:
    """An indicator that somebody else sent elsewhere meanwhile: both sides, who and when."""

    assignment: Assignment
    saved: frozenset[int]
    mine: str
    theirs: str
    who: str
    when: str

    @property
    def saved_text(self) -> str:
        """The other side, as it travels."""
        return ids_text(self.saved)


@dataclass(frozen=True, slots=True)
class Loss:
    """What a row that is taken away says and no other place does: its weight where it is not 1 and
    the name printed there."""

    key: BoxKey
    sign: str
    weight: Decimal | None
    printed_name: str

    @property
    def text(self) -> str:
        """What somebody accepts to lose, as it travels: accepted is what was read, nothing else."""
        return " ".join([str(self.key), self.weight_text, self.printed_name])

    @property
    def weight_text(self) -> str:
        """The weight without idle zeros, with the comma of the offices."""
        return format(self.weight.normalize(), "f").replace(".", ",") if self.weight else ""

    @property
    def words(self) -> str:
        """What goes, in words."""
        told = []
        if self.weight:
            told.append(_("weight %(weight)s") % {"weight": self.weight_text})
        if self.printed_name:
            told.append(_("own name “%(name)s”") % {"name": self.printed_name})
        return ", ".join(told)


@dataclass(frozen=True, slots=True)
class CascadeReview:
    """What would change (boxes to tick and to untick) and what stands against it: conflicts, losses
    not yet accepted, indicators that are no longer on the page, or are retired and cannot be sent
    down. `accepted` are the losses somebody has agreed to."""

    state: CascadeState
    ticks: Ticks
    added: tuple[BoxKey, ...]
    removed: tuple[BoxKey, ...]
    conflicts: Mapping[int, Conflict]
    losses: tuple[Loss, ...]
    accepted: tuple[Loss, ...]
    gone: tuple[str, ...]

    @property
    def is_refused(self) -> bool:
        """Nothing can be saved before somebody answers."""
        return bool(self.conflicts or self.losses or self.gone)

    @property
    def elsewhere(self) -> int:
        """Indicators that somebody else changed and this page left alone: they stay as they are."""
        seen = self.ticks.dashboards
        return sum(
            not one.is_changed and self.state.goes[one.indicator_id] & seen != one.was
            for one in self.ticks.assignments
            if one.indicator_id in self.state.goes
        )


def branch_of(row: DashboardRow) -> Branch:
    """What a row hangs on."""
    objective = row.action.objective
    return Branch(objective.perspective_id, objective.pk, row.action_id, row.indicator_id)


def loss_of(row: DashboardRow, sign: str) -> Loss | None:
    """What would go with a row; None when it is like any other."""
    if row.weight == 1 and not row.printed_name:
        return None
    weight = None if row.weight == 1 else row.weight
    return Loss(BoxKey(row.indicator_id, row.dashboard_id), sign, weight, row.printed_name)


def cascade_state(plan: Plan) -> CascadeState:
    """Where the strategic indicators stand, in two statements whatever their number."""
    dashboards = tuple(plan.dashboards.cascaded().from_the_top().select_related("unit"))
    kinds = [DashboardKind.STRATEGIC, *DashboardKind.cascaded]
    found = DashboardRow.objects.filter(dashboard__plan=plan, dashboard__kind__in=kinds)
    rows: dict[int, list[DashboardRow]] = {one.pk: [] for one in dashboards}
    strategic: list[DashboardRow] = []
    for row in found.select_related("indicator", "action__objective").order_by("position"):
        rows.get(row.dashboard_id, strategic).append(row)
    behind = {
        BoxKey(row.indicator_id, row.dashboard_id): row
        for others in rows.values()
        for row in others
    }
    return CascadeState(
        dashboards,
        tuple(strategic),
        {pk: tuple(others) for pk, others in rows.items()},
        behind,
        {
            row.indicator_id: frozenset(
                one.pk for one in dashboards if BoxKey(row.indicator_id, one.pk) in behind
            )
            for row in strategic
        },
    )


def review_cascade(plan: Plan, ticks: Ticks, *, today: datetime.date) -> CascadeReview:
    """Judge the matrix as it came back: two statements, one more when somebody else changed it
    meanwhile, one more when an indicator left it."""
    state = cascade_state(plan)
    live = frozenset(one.pk for one in state.dashboards)
    retired = {row.indicator_id for row in state.strategic if row.indicator.retired_on}
    added: list[BoxKey] = []
    removed: list[BoxKey] = []
    clashes: list[tuple[Assignment, frozenset[int]]] = []
    gone: list[int] = []
    for one in ticks.changed:
        pk = one.indicator_id
        if pk not in state.goes or not (one.wanted ^ one.was) <= live:
            gone.append(pk)
            continue
        saved = state.goes[pk] & ticks.dashboards
        if one.clashes_with(saved):
            clashes.append((one, saved))
            continue
        if one.wanted - saved and pk in retired:
            gone.append(pk)
            continue
        added += [BoxKey(pk, other) for other in sorted(one.wanted - saved)]
        removed += [BoxKey(pk, other) for other in sorted(saved - one.wanted)]
    losses = list(_losses(state, removed))
    return CascadeReview(
        state=state,
        ticks=ticks,
        added=tuple(added),
        removed=tuple(removed),
        conflicts={one.assignment.indicator_id: one for one in _conflicts(state, clashes, today)},
        losses=tuple(loss for loss in losses if loss.text not in ticks.accepted),
        accepted=tuple(loss for loss in losses if loss.text in ticks.accepted),
        gone=_names(gone),
    )


def _losses(state: CascadeState, removed: Iterable[BoxKey]) -> Iterator[Loss]:
    signs = {one.pk: one.sign for one in state.dashboards}
    for key in removed:
        loss = loss_of(state.behind[key], signs[key.dashboard_id])
        if loss is not None:
            yield loss


def _conflicts(
    state: CascadeState, clashes: Sequence[tuple[Assignment, frozenset[int]]], today: datetime.date
) -> Iterator[Conflict]:
    """The conflicts with who put or took the rows that were not expected, and when."""
    if not clashes:
        return
    unexpected = {
        BoxKey(one.indicator_id, other) for one, saved in clashes for other in saved ^ one.was
    }
    records = DashboardRow.history.filter(
        history_type__in="+-",
        indicator_id__in={key.indicator_id for key in unexpected},
        dashboard_id__in={key.dashboard_id for key in unexpected},
    )
    authors: dict[int, tuple[str, str]] = {}
    for record in records.select_related("history_user__person").order_by("history_id"):
        if BoxKey(record.indicator_id, record.dashboard_id) in unexpected:
            authors[record.indicator_id] = author_of(record, today)
    for one, saved in clashes:
        who, when = authors.get(one.indicator_id, ("", ""))
        yield Conflict(one, saved, state.signs(one.wanted), state.signs(saved), who, when)


def _names(indicators: list[int]) -> tuple[str, ...]:
    """The indicators by name."""
    if not indicators:
        return ()
    found = dict(Indicator.objects.filter(pk__in=indicators).values_list("pk", "name"))
    return tuple(found.get(pk, _("an indicator that is no longer there")) for pk in indicators)
