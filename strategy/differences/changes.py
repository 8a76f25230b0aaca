"""The records of a difference: what changed, of what, where. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from strategy.enums import ChangeKind, PlanPart

Snapshot = Mapping[str, Any]
ENDS = {ChangeKind.ADDED, ChangeKind.REMOVED}


@dataclass(frozen=True, slots=True)
class Change:
    """One field that is not what it was. None where the thing did not, or does not, exist.

    `detail` says which of many: the year of a target, the column of a table.
    """

    kind: ChangeKind
    field: str
    old: str | None
    new: str | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing with its changes: where it stands, how it is called, what it is known by now.

    `link` is the sort of thing and its identifier in the new snapshot, for whoever shows it.
    """

    part: PlanPart
    place: str
    name: str
    changes: tuple[Change, ...]
    link: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Difference:
    """All that changed, in the order of the plan."""

    subjects: tuple[Subject, ...]

    @property
    def changes(self) -> Iterator[Change]:
        """Every change."""
        return (change for subject in self.subjects for change in subject.changes)

    def kinds(self) -> Counter[ChangeKind]:
        """How many changes of each kind."""
        return Counter(change.kind for change in self.changes)

    def parts(self) -> Counter[PlanPart]:
        """How many changes in each part of the plan."""
        return Counter(subject.part for subject in self.subjects for _change in subject.changes)

    def only(self, *, part: str = "", kind: str = "") -> Difference:
        """The changes of one part, of one kind."""
        chosen = (
            replace(
                subject, changes=tuple(c for c in subject.changes if not kind or c.kind == kind)
            )
            for subject in self.subjects
            if not part or subject.part == part
        )
        return Difference(tuple(subject for subject in chosen if subject.changes))


def text(value: Any) -> str:
    """A plain value as it is written in a change."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return " | ".join(text(one) for one in value)
    return "" if value is None else str(value)


def fields_changed(
    old: Snapshot, new: Snapshot, names: Iterable[str], *, detail: str = ""
) -> list[Change]:
    """The fields of a thing that are not what they were."""
    return [
        Change(ChangeKind.CHANGED, name, text(old.get(name)), text(new.get(name)), detail)
        for name in names
        if text(old.get(name)) != text(new.get(name))
    ]


def whole(
    kind: ChangeKind, field: str, value: str, thing: Snapshot, names: Iterable[str] = ()
) -> list[Change]:
    """A thing added or removed as a whole, then each of its fields that says something."""
    said = [(field, value, "")]
    said += [(name, text(thing[name]), "") for name in names if thing[name]]
    return [one_sided(kind, *each) for each in said]


def one_sided(kind: ChangeKind, field: str, value: str, detail: str = "") -> Change:
    """A change of which only one side exists."""
    is_added = kind == ChangeKind.ADDED
    return Change(kind, field, None if is_added else value, value if is_added else None, detail)


def moved(field: str, old: object, new: object) -> Change:
    """The thing is the same and stands elsewhere."""
    return Change(ChangeKind.MOVED, field, str(old), str(new))
