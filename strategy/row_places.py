"""Where does a new row stand on a dashboard? Pure.

A dashboard prints its rows in order and heads each run of one perspective, objective or action
once: a row in the wrong place would split a heading in two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Branch(NamedTuple):
    """What a row hangs on, from the top: perspective, objective, action, then its indicator."""

    perspective_id: int
    objective_id: int
    action_id: int
    indicator_id: int


class Order:
    """The order of the strategic dashboard: of its perspectives, objectives, actions, indicators,
    each by where it first stands."""

    def __init__(self, strategic: Iterable[Branch]) -> None:
        self._ranks: tuple[dict[int, int], ...] = ({}, {}, {}, {})
        for rank, branch in enumerate(strategic):
            for ranks, pk in zip(self._ranks, branch, strict=True):
                ranks.setdefault(pk, rank)

    def follows(self, one: Branch, other: Branch, level: int) -> bool:
        """At a level of the branch (0 to 3), the first comes after the second on the strategic
        dashboard; what does not stand there comes after nothing."""
        ranks = self._ranks[level]
        return ranks.get(one[level], -1) > ranks[other[level]]


def place(rows: Sequence[Branch], new: Branch, order: Order) -> int:
    """The index at which a row of the strategic dashboard enters a dashboard that lacks it.

    It goes where its action is, else where its objective is, else where its perspective is. There,
    before the first row that follows it on the strategic dashboard; after the last one when none
    does, which is also where operational rows leave it. No run of rows is ever split.
    """
    among = list(range(len(rows)))
    level = 0
    while level < 3 and (same := [i for i in among if rows[i][level] == new[level]]):
        among, level = same, level + 1
    later = [i for i in among if order.follows(rows[i], new, level)]
    if later:
        return later[0]
    return among[-1] + 1 if among else len(rows)
