"""In which order do the rows of a dashboard stand when a branch moves or a row arrives? Pure.

A dashboard prints its rows by perspective, objective and action, but the plan may print a dashboard
in an order of its own: only what moves is moved, next to the branch that now stands before it, and
no objective is ever split.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

# Place of perspective, objective and action, each among its siblings.
Path = tuple[int, int, int]


class Spot(NamedTuple):
    """A row and the branch it stands on."""

    pk: int
    action: int
    path: Path


def beside_its_branch(spots: Sequence[Spot], moving: Collection[int], prefix: Sequence[int]) -> int:
    """Where, among the rows that stay, those that move are to stand.

    `prefix` is the path of what moved: of a perspective one number, of an action three. They stand
    after the nearest branch before them that has rows here, otherwise before the nearest after
    them; of an action first among its siblings, then among those of its objective, and so on.
    """
    rest = [spot for spot in spots if spot.pk not in moving]
    prefix = tuple(prefix)
    own = [place for place, spot in enumerate(rest) if spot.path[: len(prefix)] == prefix]
    if own:
        return own[-1] + 1
    for depth in range(len(prefix) - 1, -1, -1):
        near = [
            (spot.path[depth], place)
            for place, spot in enumerate(rest)
            if spot.path[:depth] == prefix[:depth]
        ]
        before = [found for found in near if found[0] < prefix[depth]]
        if before:
            nearest = max(number for number, _place in before)
            return max(place for number, place in before if number == nearest) + 1
        if near:
            nearest = min(number for number, _place in near)
            return min(place for number, place in near if number == nearest)
    return 0


def with_branch(
    spots: Sequence[Spot], actions: Collection[int], prefix: Sequence[int]
) -> list[int]:
    """The rows, as identifiers, once those on the actions stand where their branch now stands."""
    moving = [spot.pk for spot in spots if spot.action in actions]
    return _placed(spots, moving, beside_its_branch(spots, moving, prefix))


def with_row(spots: Sequence[Spot], row: Spot, *, index: int | None = None) -> list[int]:
    """The rows with one that arrives, or moves, to its action: at a place among those that stand
    on it there, or after them."""
    rest = [spot for spot in spots if spot.pk != row.pk]
    own = [place for place, spot in enumerate(rest) if spot.action == row.action]
    if index is not None and index < len(own):
        return _placed(spots, [row.pk], own[max(index, 0)])
    return _placed(spots, [row.pk], beside_its_branch(spots, [row.pk], row.path))


def _placed(spots: Sequence[Spot], moving: Sequence[int], place: int) -> list[int]:
    rest = [spot.pk for spot in spots if spot.pk not in moving]
    return [*rest[:place], *moving, *rest[place:]]
