"""What the applications above hand down, whose structure is theirs: read as it comes. Pure.

The annex of the projects has its own reading: strategy.differences.projects.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from strategy.differences.changes import Change, Snapshot, Subject, text
from strategy.differences.matching import match_in_order
from strategy.differences.projects import ANNEX as PROJECTS
from strategy.enums import ChangeKind, PlanPart

# By which field a thing of a list is recognised, in this order; by which it is called.
IDENTITIES = ("id", "slug", "number", "code", "month", "name", "title")
NAMES = ("number", "code", "month", "name", "title")


def annex_changes(old: Snapshot, new: Snapshot) -> Iterator[Subject]:
    """Annex by annex, thing by thing."""
    for name in sorted({*old, *new} - {PROJECTS}):
        yield from _thing(name, "", old.get(name, {}), new.get(name, {}))


def _thing(place: str, name: str, old: Snapshot, new: Snapshot) -> Iterator[Subject]:
    """The plain fields of a thing, then the lists and the things inside it."""
    said = []
    inside = []
    for field in dict.fromkeys((*new, *old)):
        was, is_now = old.get(field), new.get(field)
        if was == is_now:
            continue
        if _is_branch(was) or _is_branch(is_now):
            inside.append((field, was, is_now))
        else:
            said.append(Change(ChangeKind.CHANGED, field, text(was), text(is_now)))
    if said:
        yield Subject(PlanPart.ANNEXES, place, name, tuple(said))
    for field, was, is_now in inside:
        if isinstance(was or is_now, Mapping):
            yield from _thing(place, field, was or {}, is_now or {})
        else:
            yield from _list(place, was or [], is_now or [])


def _is_branch(value: Any) -> bool:
    """A thing, or a list of things."""
    if isinstance(value, Mapping):
        return True
    return isinstance(value, list) and any(isinstance(one, Mapping) for one in value)


def _list(place: str, old: Sequence[Snapshot], new: Sequence[Snapshot]) -> Iterator[Subject]:
    matching = match_in_order(old, new, _identity)
    for was, is_now in matching.pairs:
        yield from _thing(place, _name(is_now), was, is_now)
    for kind, things in (
        (ChangeKind.ADDED, [matching.new[at] for at in matching.added]),
        (ChangeKind.REMOVED, [matching.old[at] for at in matching.removed]),
    ):
        for thing in things:
            yield Subject(PlanPart.ANNEXES, place, _name(thing), tuple(_whole(kind, thing)))


def _whole(kind: ChangeKind, thing: Snapshot) -> Iterator[Change]:
    """Every plain field of a thing added or removed, then those of what is inside it."""
    for field, value in thing.items():
        if not _is_branch(value):
            sides = (None, text(value)) if kind == ChangeKind.ADDED else (text(value), None)
            yield Change(kind, field, *sides)
    for value in thing.values():
        if _is_branch(value):
            for one in [value] if isinstance(value, Mapping) else value:
                yield from _whole(kind, one)


def _identity(thing: Snapshot) -> str:
    return next((f"{name} {thing[name]}" for name in IDENTITIES if name in thing), "")


def _name(thing: Snapshot) -> str:
    return " ".join(str(thing[name]) for name in NAMES if name in thing)
