"""The map and the tree of the POLA: perspectives, objectives, actions. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from strategy.differences.changes import (
    Change,
    Snapshot,
    Subject,
    fields_changed,
    moved,
    whole,
)
from strategy.differences.matching import Matching, match, out_of_order
from strategy.enums import ChangeKind, PlanPart

OBJECTIVE_FIELDS = ("code", "name", "map_name", "mission")
Path = tuple[str, str, str, str]


class Node(NamedTuple):
    """A branch of the tree: the place of what it hangs on, its own place there, its data."""

    parent: int
    position: int
    chart: str
    above: str
    data: Snapshot

    @property
    def name(self) -> str:
        """Code, where there is one, and name."""
        return f"{self.data.get('code', '')} {self.data['name']}".strip()


class Level(NamedTuple):
    """What a rank of the tree is called, and which fields it has."""

    field: str
    parent_field: str
    names: tuple[str, ...]


LEVELS = (
    Level("perspective", "", ("name",)),
    Level("objective", "perspective", OBJECTIVE_FIELDS),
    Level("action", "objective", ("name",)),
)


@dataclass(frozen=True)
class MapMatching:
    """The three ranks of both trees, matched."""

    ranks: tuple[Matching[Node], Matching[Node], Matching[Node]]
    old_actions: dict[Path, int]
    new_actions: dict[Path, int]

    def is_same_action(self, old: Path, new: Path) -> bool:
        """Whether two rows stand on the same action, which may have been renamed or moved with
        its objective."""
        known = self.old_actions.get(old), self.new_actions.get(new)
        return old == new if None in known else known[0] == known[1]


def match_map(old: Snapshot, new: Snapshot) -> MapMatching:
    """Perspectives by tree and name, or by their objectives; objectives and actions by id, or by
    name."""
    sides = [_nodes(side["map"]) for side in (old, new)]
    ranks = (
        match(
            sides[0][0],
            sides[1][0],
            lambda node: (node.chart, node.data["name"]),
            lambda node: tuple(sorted(o["id"] for o in node.data["objectives"])) or None,
        ),
        match(sides[0][1], sides[1][1], *_KEYS),
        match(sides[0][2], sides[1][2], *_KEYS),
    )
    paths = [_paths(*side) for side in sides]
    pair_of = [
        {here: pair for pair, (here, _there) in enumerate(ranks[2].both)},
        {there: pair for pair, (_here, there) in enumerate(ranks[2].both)},
    ]
    known = [
        {
            path: pair_of[side][place]
            for path, place in paths[side].items()
            if place in pair_of[side]
        }
        for side in (0, 1)
    ]
    return MapMatching(ranks, *known)


_KEYS: tuple[Callable[[Node], Any], ...] = (
    lambda node: node.data["id"],
    lambda node: (node.chart, node.above, node.data["name"]),
    lambda node: (node.chart, node.data["name"]),
)


def _nodes(branches: Sequence[Snapshot]) -> tuple[list[Node], list[Node], list[Node]]:
    perspectives: list[Node] = []
    objectives: list[Node] = []
    actions: list[Node] = []
    for position, branch in enumerate(branches):
        perspectives.append(Node(0, position, branch["chart"], "", branch))
        for at, objective in enumerate(branch["objectives"]):
            node = Node(position, at, branch["chart"], branch["name"], objective)
            objectives.append(node)
            actions.extend(
                Node(len(objectives) - 1, rank, branch["chart"], node.name, action)
                for rank, action in enumerate(objective["actions"])
            )
    return perspectives, objectives, actions


def _paths(
    perspectives: Sequence[Node], objectives: Sequence[Node], actions: Sequence[Node]
) -> dict[Path, int]:
    """The place of each action by what a row says of it."""
    found = {}
    for place, action in enumerate(actions):
        objective = objectives[action.parent]
        branch = perspectives[objective.parent].data["name"]
        code, name = objective.data["code"], objective.data["name"]
        found[branch, code, name, action.data["name"]] = place
    return found


def map_changes(tree: MapMatching) -> Iterator[Subject]:
    """What changed in the tree, rank by rank."""
    parents: Matching[Node] | None = None
    for level, rank in zip(LEVELS, tree.ranks, strict=True):
        yield from _rank_changes(level, rank, parents)
        parents = rank


def _rank_changes(
    level: Level, rank: Matching[Node], parents: Matching[Node] | None
) -> Iterator[Subject]:
    went = _went_elsewhere(rank, parents)
    shuffled = _shuffled(rank, went)
    for pair, (old, new) in enumerate(rank.pairs):
        changes = fields_changed(old.data, new.data, level.names)
        if pair in went:
            changes.append(moved(level.parent_field, old.above, new.above))
        if pair in shuffled:
            changes.append(moved("order", old.position + 1, new.position + 1))
        if changes:
            yield _subject(new, changes)
    yield from _ends(ChangeKind.ADDED, level, (rank.new[place] for place in rank.added))
    yield from _ends(ChangeKind.REMOVED, level, (rank.old[place] for place in rank.removed))


def _went_elsewhere(rank: Matching[Node], parents: Matching[Node] | None) -> set[int]:
    """The pairs that hang on something else than before."""
    if parents is None:
        return set()
    there_of = dict(parents.both)
    return {
        pair for pair, (old, new) in enumerate(rank.pairs) if there_of.get(old.parent) != new.parent
    }


def _shuffled(rank: Matching[Node], went: set[int]) -> set[int]:
    """The pairs that left their order among those that stayed."""
    staying = [pair for pair in range(len(rank.both)) if pair not in went]
    pairs = rank.pairs
    names = [" ".join(sorted(str(n.data.get("id", n.name)) for n in pairs[p])) for p in staying]
    by_parent: dict[int, list[int]] = {}
    for at, pair in enumerate(staying):
        by_parent.setdefault(pairs[pair][1].parent, []).append(at)
    return {
        staying[group[one]]
        for group in by_parent.values()
        for one in out_of_order(
            [rank.both[staying[at]] for at in group], [names[at] for at in group]
        )
    }


def _ends(kind: ChangeKind, level: Level, nodes: Iterable[Node]) -> Iterator[Subject]:
    for node in nodes:
        yield _subject(node, whole(kind, level.field, node.name, node.data))


def _subject(node: Node, changes: list[Change]) -> Subject:
    return Subject(PlanPart.MAP, node.above, node.name, tuple(changes))
