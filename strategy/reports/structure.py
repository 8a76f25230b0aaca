"""The structure of a plan as its editors see it: the tree with what stands on it, the dashboards,
the rows of one dashboard with their weights."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count

from indicators.models import Target
from strategy.branches import Branch, kind_of
from strategy.enums import BranchKind, DashboardKind, MapKind
from strategy.models import Action, Dashboard, DashboardRow, Perspective, Plan, StrategicObjective
from strategy.reports.dashboards import placements_of

LEVELS = {BranchKind.PERSPECTIVE: 1, BranchKind.OBJECTIVE: 2, BranchKind.ACTION: 3}
PARTS = {BranchKind.PERSPECTIVE: BranchKind.OBJECTIVE, BranchKind.OBJECTIVE: BranchKind.ACTION}


@dataclass(frozen=True, slots=True)
class BranchLine:
    """A branch of the tree: where it stands among its siblings and what stands on it.

    `codes` are the signs of the dashboards that have rows on it.
    """

    kind: BranchKind
    pk: int
    heading: str
    parent: str
    index: int
    is_first: bool
    is_last: bool
    indicator_count: int
    codes: tuple[str, ...]

    @property
    def level(self) -> int:
        """How deep it stands, from 1."""
        return LEVELS[self.kind]

    @property
    def key(self) -> str:
        """By which name the page calls it."""
        return f"{self.kind}-{self.pk}"

    @property
    def part(self) -> BranchKind | None:
        """What can be added to it; to an action, rows of dashboards."""
        return PARTS.get(self.kind)

    @property
    def codes_text(self) -> str:
        """The signs in one line."""
        return " ".join(self.codes)


def tree_report(plan: Plan, chart: MapKind) -> list[BranchLine]:
    """Every branch of a tree of the plan, each after what it is part of, in four statements."""
    perspectives = list(Perspective.objects.filter(plan=plan, chart=chart).order_by("position"))
    objectives = _by_parent(
        StrategicObjective.objects.filter(perspective__in=perspectives), "perspective_id"
    )
    on_tree = {"objective__perspective__plan": plan, "objective__perspective__chart": chart}
    actions = _by_parent(Action.objects.filter(**on_tree), "objective_id")
    standing = _standing(plan)
    lines: list[BranchLine] = []
    for perspective, place in _placed(perspectives):
        own = objectives[perspective.pk]
        below = [action for objective in own for action in actions[objective.pk]]
        lines.append(_line(perspective, "", place, below, standing))
        for objective, inner in _placed(own):
            parts = actions[objective.pk]
            lines.append(_line(objective, lines_key(perspective), inner, parts, standing))
            lines += [
                _line(action, lines_key(objective), innermost, [action], standing)
                for action, innermost in _placed(parts)
            ]
    return lines


def lines_key(branch: Branch) -> str:
    """The name of a branch on the page. See also: BranchLine.key."""
    return f"{kind_of(branch)}-{branch.pk}"


def _by_parent(branches: Any, parent: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for branch in branches.order_by("position", "pk"):
        found[getattr(branch, parent)].append(branch)
    return found


def _placed(siblings: Sequence[Any]) -> Iterable[tuple[Any, tuple[int, int]]]:
    """Siblings with their place and how many they are."""
    return ((one, (place, len(siblings))) for place, one in enumerate(siblings))


@dataclass(frozen=True, slots=True)
class _Standing:
    """Which indicators stand on each action, and the signs of the dashboards they are on."""

    indicators: dict[int, set[int]]
    codes: dict[int, set[str]]
    order: list[str]


def _standing(plan: Plan) -> _Standing:
    indicators: dict[int, set[int]] = defaultdict(set)
    codes: dict[int, set[str]] = defaultdict(set)
    order: dict[str, tuple[bool, int]] = {}
    rows = DashboardRow.objects.filter(dashboard__plan=plan).values_list(
        "action_id",
        "indicator_id",
        "dashboard__code",
        "dashboard__kind",
        "dashboard__position",
    )
    for action, indicator, code, kind, position in rows:
        indicators[action].add(indicator)
        if kind in DashboardKind.cascaded:
            codes[action].add(code)
            order[code] = (kind == DashboardKind.UNIT, position)
    return _Standing(indicators, codes, sorted(order, key=lambda code: order[code]))


def _line(
    branch: Branch,
    parent: str,
    place: tuple[int, int],
    below: Iterable[Action],
    standing: _Standing,
) -> BranchLine:
    pks = [action.pk for action in below]
    signs = {code for pk in pks for code in standing.codes[pk]}
    return BranchLine(
        kind=kind_of(branch),
        pk=branch.pk,
        heading=str(branch),
        parent=parent,
        index=place[0],
        is_first=place[0] == 0,
        is_last=place[0] == place[1] - 1,
        indicator_count=len({one for pk in pks for one in standing.indicators[pk]}),
        codes=tuple(code for code in standing.order if code in signs),
    )


@dataclass(frozen=True)
class TypedWeight:
    """A weight as somebody typed it, and the text it was typed over."""

    text: str
    was: str
    is_wrong: bool = False


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row of a dashboard for its editors; `is_scored` when its target of the first year counts
    in the averages (3.2: monitoring never weighs); `typed` is what was typed on a page that comes
    back."""

    row: DashboardRow
    index: int
    is_first: bool
    is_last: bool
    is_scored: bool
    is_strategic: bool
    codes: tuple[str, ...]
    typed: TypedWeight | None = None

    @property
    def saved(self) -> str:
        """The weight that stands, in our notation."""
        return f"{self.row.weight.normalize():f}".replace(".", ",")

    @property
    def weight(self) -> str:
        """What the field says."""
        return self.typed.text if self.typed else self.saved

    @property
    def was(self) -> str:
        """What the field was loaded with."""
        return (self.typed.was if self.typed else "") or self.saved

    @property
    def is_wrong(self) -> bool:
        """What was typed cannot be read."""
        return bool(self.typed and self.typed.is_wrong)

    @property
    def is_overtaken(self) -> bool:
        """What was typed is not what stands: somebody else may have written meanwhile."""
        return bool(self.typed and not self.typed.was and self.typed.text != self.saved)

    @property
    def codes_text(self) -> str:
        """The signs of the other dashboards that show the indicator, in one line."""
        return " ".join(self.codes)


@dataclass(frozen=True, slots=True)
class RowGroup:
    """The rows of an action on a dashboard; `opens` when it is the first of its objective."""

    action: Action
    opens: bool
    lines: tuple[RowLine, ...]


@dataclass(frozen=True, slots=True)
class RowsReport:
    """The rows of a dashboard in their order, with the sum of what weighs."""

    groups: tuple[RowGroup, ...]

    @property
    def lines(self) -> list[RowLine]:
        """All rows."""
        return [line for group in self.groups for line in group.lines]

    @property
    def scored_count(self) -> int:
        """How many rows weigh."""
        return sum(line.is_scored for line in self.lines)

    @property
    def weight_sum(self) -> str:
        """The sum of the weights of those rows, in our notation."""
        total = sum((line.row.weight for line in self.lines if line.is_scored), Decimal(0))
        return f"{total.normalize():f}".replace(".", ",")


def rows_report(dashboard: Dashboard, typed: Mapping[int, TypedWeight] | None = None) -> RowsReport:
    """The rows of a dashboard by action, in three statements."""
    typed = typed or {}
    plan = dashboard.plan
    rows = list(
        DashboardRow.objects.filter(dashboard=dashboard)
        .with_tree()
        .select_related("action__objective__perspective", "indicator__source")
        .order_by("position", "pk")
    )
    scored = set(
        Target.objects.for_cycle(plan.first_year)
        .for_year(plan.first_year)
        .weighted()
        .filter(indicator__rows__dashboard=dashboard)
        .values_list("indicator_id", flat=True)
    )
    placements = placements_of(plan)
    own: dict[int, list[DashboardRow]] = defaultdict(list)
    for row in rows:
        own[row.action_id].append(row)
    groups: list[RowGroup] = []
    objective = None
    for action_id, members in own.items():
        action = members[0].action
        lines = tuple(
            RowLine(
                row=row,
                index=place,
                is_first=place == 0,
                is_last=place == len(members) - 1,
                is_scored=row.indicator_id in scored,
                is_strategic=row.indicator_id in placements.strategic,
                codes=tuple(
                    code
                    for code in placements.codes.get(row.indicator_id, ())
                    if code != dashboard.code
                ),
                typed=typed.get(row.pk),
            )
            for place, row in enumerate(own[action_id])
        )
        groups.append(RowGroup(action, action.objective_id != objective, lines))
        objective = action.objective_id
    return RowsReport(tuple(groups))


def dashboards_report(plan: Plan) -> list[Dashboard]:
    """The dashboards of a plan in their order with the number of their rows, in one statement."""
    counted = plan.dashboards.annotate(row_count=Count("rows")).select_related("unit", "plan")
    return list(counted.order_by("position", "pk"))
