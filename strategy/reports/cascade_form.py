"""The matrix of check boxes as row objects: fresh, or as it came back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from strategy.cascade_changes import BoxKey, Ticks, loaded_text
from strategy.models import Dashboard, DashboardRow
from strategy.reports.cascade_edit import (
    CascadeReview,
    CascadeState,
    Conflict,
    Loss,
    loss_of,
)


class FormColumn(NamedTuple):
    """A cascaded dashboard at the head of its column, with how many boxes are ticked under it."""

    pk: int
    sign: str
    short_name: str
    title: str
    ticks: int


class FormBox(NamedTuple):
    """A check box: as it is and as it was loaded, what its row says of its own, whether somebody
    else changed it meanwhile."""

    key: BoxKey
    sign: str
    is_ticked: bool
    was_ticked: bool
    own: Loss | None
    is_disputed: bool

    @property
    def is_changed(self) -> bool:
        """Ticked or unticked since the page was loaded."""
        return self.is_ticked != self.was_ticked


class FormLine(NamedTuple):
    """A strategic indicator: its boxes and, under them, what stands against its changes."""

    indicator_id: int
    indicator: str
    action: str
    boxes: tuple[FormBox, ...]
    conflict: Conflict | None
    losses: tuple[Loss, ...]
    accepted: tuple[Loss, ...]

    @property
    def total(self) -> int:
        """How many dashboards it is to go down to."""
        return sum(box.is_ticked for box in self.boxes)

    @property
    def is_waiting(self) -> bool:
        """Something under it waits for an answer."""
        return bool(self.conflict or self.losses)

    @property
    def has_messages(self) -> bool:
        """Something stands under it: what waits, or a loss agreed to that travels on."""
        return self.is_waiting or bool(self.accepted)


class FormObjective(NamedTuple):
    """An objective and its strategic indicators."""

    pk: int
    heading: str
    lines: tuple[FormLine, ...]


@dataclass(frozen=True, slots=True)
class CascadeForm:
    """The matrix, and in one text what it was loaded with."""

    columns: tuple[FormColumn, ...]
    objectives: tuple[FormObjective, ...]
    loaded: str

    @property
    def lines(self) -> list[FormLine]:
        """Every indicator, in order."""
        return [line for objective in self.objectives for line in objective.lines]

    @property
    def assigned_count(self) -> int:
        """Indicators that are to go down to at least one dashboard."""
        return sum(1 for line in self.lines if line.total)


def cascade_form(
    state: CascadeState, *, ticks: Ticks | None = None, review: CascadeReview | None = None
) -> CascadeForm:
    """The matrix as it stands, with what was ticked in it and what the review found.

    An indicator that nobody changed, or that was changed into what is saved already, is shown as it
    is saved now; only in a conflict what was loaded stays what it was, until somebody answers.
    """
    conflicts: Mapping[int, Conflict] = review.conflicts if review else {}
    losses = review.losses if review else ()
    agreed = review.accepted if review else ()
    ticked = {one.indicator_id: one.wanted for one in ticks.changed} if ticks else {}
    goes = dict(state.goes)
    goes.update({pk: conflict.assignment.was for pk, conflict in conflicts.items()})

    def line(row: DashboardRow) -> FormLine:
        pk = row.indicator_id
        seen = ticks.dashboards if ticks else frozenset()
        wanted = ticked[pk] | (state.goes[pk] - seen) if pk in ticked else state.goes[pk]
        disputed = wanted ^ conflicts[pk].saved if pk in conflicts else frozenset()
        boxes = tuple(box(pk, one, wanted, disputed) for one in state.dashboards)
        said = tuple(loss for loss in losses if loss.key.indicator_id == pk)
        kept = tuple(loss for loss in agreed if loss.key.indicator_id == pk)
        return FormLine(pk, str(row), row.action.name, boxes, conflicts.get(pk), said, kept)

    def box(
        pk: int, dashboard: Dashboard, wanted: frozenset[int], disputed: frozenset[int]
    ) -> FormBox:
        key, sign = BoxKey(pk, dashboard.pk), dashboard.sign
        row = state.behind.get(key)
        return FormBox(
            key=key,
            sign=sign,
            is_ticked=dashboard.pk in wanted,
            was_ticked=dashboard.pk in goes[pk],
            own=loss_of(row, sign) if row else None,
            is_disputed=dashboard.pk in disputed,
        )

    objectives = tuple(
        FormObjective(objective.pk, objective.heading, tuple(line(row) for row in rows))
        for objective, rows in groupby(state.strategic, lambda row: row.action.objective)
    )
    counts = Counter(
        box.key.dashboard_id
        for objective in objectives
        for line in objective.lines
        for box in line.boxes
        if box.is_ticked
    )
    columns = tuple(_column(one, counts[one.pk]) for one in state.dashboards)
    loaded = loaded_text([one.pk for one in state.dashboards], goes)
    return CascadeForm(columns, objectives, loaded)


def _column(dashboard: Dashboard, count: int) -> FormColumn:
    short_name = dashboard.unit.short_name if dashboard.unit else dashboard.title
    return FormColumn(dashboard.pk, dashboard.sign, short_name, dashboard.title, count)
