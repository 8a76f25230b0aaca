"""Which thing of one list is which of the other, and which of them left their order. Pure.

Every answer is the same seen from the other side: what is removed from here to there is added from
there to here, what moved one way moved the other way.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
Key = Callable[[T], Hashable | None]


@dataclass(frozen=True, slots=True)
class Matching(Generic[T]):
    """Places of the things found on both sides (in the order of the new one), of those that only
    one side has."""

    old: Sequence[T]
    new: Sequence[T]
    both: tuple[tuple[int, int], ...]
    removed: tuple[int, ...]
    added: tuple[int, ...]

    @property
    def pairs(self) -> list[tuple[T, T]]:
        """The things found on both sides."""
        return [(self.old[here], self.new[there]) for here, there in self.both]


def match(old: Sequence[T], new: Sequence[T], *keys: Key[T]) -> Matching[T]:
    """Pair the things that have the same key, unless several share it; what the first key leaves
    over is tried with the next. A key of None pairs nothing."""
    return match_marked(
        old, new, *([[key(one) for one in side] for side in (old, new)] for key in keys)
    )


def match_in_order(old: Sequence[T], new: Sequence[T], key: Key[T]) -> Matching[T]:
    """Pair things without identity: by key, the second of a key with the second; what is left
    over stands for what stood in the same gap between two that were paired."""
    marks = [_numbered([key(one) for one in side]) for side in (old, new)]
    by_key = match_marked(old, new, marks)
    gaps = [
        _gaps(len(old), {here: pair for pair, (here, _there) in enumerate(by_key.both)}),
        _gaps(len(new), {there: pair for pair, (_here, there) in enumerate(by_key.both)}),
    ]
    return match_marked(old, new, marks, gaps)


def match_marked(
    old: Sequence[T], new: Sequence[T], *rounds: Sequence[Sequence[Hashable | None]]
) -> Matching[T]:
    """The same with the keys at hand: for each round those of the old side and of the new one."""
    there_of: dict[int, int] = {}
    left_old, left_new = list(range(len(old))), list(range(len(new)))
    for old_marks, new_marks in rounds:
        here, there = _single(left_old, old_marks), _single(left_new, new_marks)
        there_of |= {here[mark]: there[mark] for mark in here if mark in there}
        taken = set(there_of.values())
        left_old = [place for place in left_old if place not in there_of]
        left_new = [place for place in left_new if place not in taken]
    both = sorted(there_of.items(), key=lambda pair: pair[1])
    return Matching(old, new, tuple(both), tuple(left_old), tuple(left_new))


def _single(places: Sequence[int], marks: Sequence[Hashable | None]) -> dict[Hashable, int]:
    """The places whose mark no other place carries."""
    found: dict[Hashable, list[int]] = defaultdict(list)
    for place in places:
        if marks[place] is not None:
            found[marks[place]].append(place)
    return {mark: same[0] for mark, same in found.items() if len(same) == 1}


def _numbered(marks: Sequence[Hashable | None]) -> list[Hashable | None]:
    """Each mark with how often it came before."""
    seen: dict[Hashable | None, int] = defaultdict(int)
    numbered: list[Hashable | None] = []
    for mark in marks:
        numbered.append((mark, seen[mark]))
        seen[mark] += 1
    return numbered


def _gaps(count: int, pair_at: dict[int, int]) -> list[Hashable | None]:
    """For each place not paired: the pair before it and how many stand between."""
    marks: list[Hashable | None] = []
    last, between = -1, 0
    for place in range(count):
        if place in pair_at:
            last, between = pair_at[place], 0
            marks.append(None)
        else:
            marks.append((last, between))
            between += 1
    return marks


def out_of_order(places: Sequence[tuple[int, int]], names: Sequence[str]) -> set[int]:
    """Which of the pairs left their order: all but the longest run that kept it.

    Of several such runs the first by name stays, so that the answer does not depend on the side.
    """
    order = sorted(range(len(places)), key=lambda pair: places[pair])
    targets = [places[pair][1] for pair in order]
    if targets == sorted(targets):
        return set()
    layers: dict[int, list[int]] = defaultdict(list)
    tails: list[int] = []
    for step in reversed(range(len(order))):
        length = bisect_left(tails, -targets[step])
        tails[length : length + 1] = [-targets[step]]
        layers[length].append(step)
    kept: set[int] = set()
    last = -1
    for length in sorted(layers, reverse=True):
        able = (
            step
            for step in layers[length]
            if last < 0 or (step > last and targets[step] > targets[last])
        )
        last = min(able, key=lambda step: names[order[step]])
        kept.add(order[last])
    return set(range(len(places))) - kept
