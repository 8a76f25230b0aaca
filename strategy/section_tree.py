"""The index of the document as a tree: what may be moved where, and which number it then has. Pure.

Sections are given and answered in the order in which they are printed, each after its parent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

DEEPEST = 3
Direction = Literal["up", "down", "in", "out"]


class TreeError(ValueError):
    """The section cannot stand there; `reason` is below, annex, deep or self."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Place:
    """Where a section stands; `number` is empty when it is not counted."""

    pk: int
    parent: int | None
    number: str = ""
    is_annex: bool = False
    level: int = 1


def moved(places: Sequence[Place], pk: int, *, parent: int | None, index: int) -> tuple[Place, ...]:
    """The index with a section, and all that is below it, at another place.

    `index` counts among the parts of the new parent, without the section itself; beyond the last
    one it means the end. Refuses a place inside itself, a fourth level, an annex inside a chapter.
    """
    children = _children(places)
    by_pk = {place.pk: place for place in places}
    below = {place.pk for place in _walk(children, pk)}
    if parent == pk or parent in below:
        raise TreeError("self")
    if parent is not None and by_pk[pk].is_annex:
        raise TreeError("annex")
    level = 1 + (by_pk[parent].level if parent is not None else 0)
    height = max((by_pk[one].level for one in below), default=by_pk[pk].level) - by_pk[pk].level
    if level + height > DEEPEST:
        raise TreeError("deep")
    children[by_pk[pk].parent].remove(by_pk[pk])
    children[parent].insert(max(index, 0), replace(by_pk[pk], parent=parent))
    return numbered(tuple(_walk(children, None)))


def step(places: Sequence[Place], pk: int, direction: Direction) -> tuple[int | None, int] | None:
    """Parent and index one step away: before or after its neighbour, into the neighbour above it,
    or out of its parent, right after it; none when there is no such place."""
    children = _children(places)
    by_pk = {place.pk: place for place in places}
    place = by_pk[pk]
    siblings = children[place.parent]
    index = siblings.index(place)
    if direction == "up":
        return (place.parent, index - 1) if index else None
    if direction == "down":
        return (place.parent, index + 1) if index + 1 < len(siblings) else None
    if direction == "in":
        return (siblings[index - 1].pk, len(children[siblings[index - 1].pk])) if index else None
    if place.parent is None:
        return None
    parent = by_pk[place.parent]
    return parent.parent, children[parent.parent].index(parent) + 1


def numbered(places: Sequence[Place]) -> tuple[Place, ...]:
    """The same sections with level and number by place: 5, 5.2, 5.2.4; annexes A1, A2.

    Sections without a number are not counted, and neither are the parts of one without."""
    counts: dict[tuple[int | None, bool], int] = defaultdict(int)
    done: dict[int, Place] = {}
    for place in places:
        parent = done[place.parent] if place.parent is not None else None
        number = ""
        if place.number and (parent is None or parent.number):
            counts[place.parent, place.is_annex] += 1
            own = str(counts[place.parent, place.is_annex])
            number = f"{parent.number}.{own}" if parent else f"A{own}" if place.is_annex else own
        done[place.pk] = replace(place, number=number, level=1 + (parent.level if parent else 0))
    return tuple(done.values())


def _children(places: Sequence[Place]) -> dict[int | None, list[Place]]:
    found: dict[int | None, list[Place]] = defaultdict(list)
    for place in places:
        found[place.parent].append(place)
    return found


def _walk(children: dict[int | None, list[Place]], parent: int | None) -> Iterator[Place]:
    for place in list(children[parent]):
        yield place
        yield from _walk(children, place.pk)
