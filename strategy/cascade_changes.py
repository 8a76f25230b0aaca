"""Which indicators are to go down to which dashboards, as the matrix came back? Pure.

A check box is named `12-5`: indicator 12 on dashboard 5. What the page was loaded with travels with
the boxes (`5 7;12:5;13:`: the dashboards, then for each indicator those it went to), so that nobody
undoes what he has not seen, and a box that was not on the page is neither ticked nor unticked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

ID = r"[1-9][0-9]{0,17}"
BOX = re.compile(rf"(?P<indicator>{ID})-(?P<dashboard>{ID})", re.ASCII)
ONE = re.compile(ID, re.ASCII)
IDS = re.compile(rf"(?:{ID}(?: {ID})*)?", re.ASCII)
KEEP_MINE = "mine"
TAKE_SAVED = "saved"


class TicksError(ValueError):
    """What was sent does not say what the page was loaded with."""


class BoxKey(NamedTuple):
    """A box of the matrix: an indicator on a cascaded dashboard."""

    indicator_id: int
    dashboard_id: int

    def __str__(self) -> str:
        return f"{self.indicator_id}-{self.dashboard_id}"

    @classmethod
    def read(cls, text: str) -> BoxKey | None:
        """The box that a name stands for; None when it names none."""
        match = BOX.fullmatch(text)
        return cls(int(match["indicator"]), int(match["dashboard"])) if match else None


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """The dashboards an indicator is wanted on, and those it stood on when the page was read."""

    indicator_id: int
    wanted: frozenset[int]
    was: frozenset[int]

    @property
    def is_changed(self) -> bool:
        """Somebody ticked or unticked one of its boxes."""
        return self.wanted != self.was

    def clashes_with(self, saved: frozenset[int]) -> bool:
        """Somebody else changed the same indicator meanwhile, and into something else."""
        return self.is_changed and saved not in (self.was, self.wanted)


@dataclass(frozen=True, kw_only=True)
class Ticks:
    """The matrix as it came back: the dashboards it showed, its indicators in order, and which
    losses were accepted (see also: strategy.reports.cascade_edit.Loss)."""

    dashboards: frozenset[int]
    assignments: tuple[Assignment, ...]
    accepted: frozenset[str] = frozenset()

    @property
    def changed(self) -> list[Assignment]:
        """The indicators that somebody wants elsewhere."""
        return [one for one in self.assignments if one.is_changed]


def loaded_text(dashboards: Iterable[int], goes: Mapping[int, frozenset[int]]) -> str:
    """What a page is loaded with, as it travels."""
    rows = [f"{indicator}:{ids_text(found)}" for indicator, found in goes.items()]
    return ";".join([ids_text(dashboards), *rows])


def ids_text(ids: Iterable[int]) -> str:
    """Identifiers as they travel."""
    return " ".join(str(one) for one in sorted(ids))


def ticks_from(data: Mapping[str, Sequence[str]]) -> Ticks:
    """The matrix that a form sends: `loaded`, the ticked boxes (`box`), of each conflict which side
    stays (`pick-12`, with the other side in `saved-12`), the losses accepted (`lose`).

    Of a conflict without answer nothing is decided: it comes back. TicksError when what was loaded
    is missing or damaged, since every box would then seem changed.
    """
    dashboards, goes = _loaded(_first(data, "loaded"))
    ticked: dict[int, set[int]] = defaultdict(set)
    for text in data.get("box", ()):
        key = BoxKey.read(text)
        if key is not None and key.dashboard_id in dashboards:
            ticked[key.indicator_id].add(key.dashboard_id)
    assignments = tuple(
        _answered(
            Assignment(indicator_id=pk, wanted=frozenset(ticked[pk]), was=was),
            pick=_first(data, f"pick-{pk}"),
            saved=_first(data, f"saved-{pk}"),
        )
        for pk, was in goes.items()
    )
    accepted = frozenset(data.get("lose", ()))
    return Ticks(dashboards=dashboards, assignments=assignments, accepted=accepted)


def _answered(assignment: Assignment, *, pick: str, saved: str) -> Assignment:
    """The assignment after the person said which side of a conflict stays."""
    if pick not in (KEEP_MINE, TAKE_SAVED):
        return assignment
    theirs = _ids(saved)
    wanted = assignment.wanted if pick == KEEP_MINE else theirs
    return Assignment(indicator_id=assignment.indicator_id, wanted=wanted, was=theirs)


def _loaded(text: str) -> tuple[frozenset[int], dict[int, frozenset[int]]]:
    head, *rows = text.split(";")
    dashboards = _ids(head)
    goes: dict[int, frozenset[int]] = {}
    for row in rows:
        indicator, _colon, found = row.partition(":")
        if ONE.fullmatch(indicator) is None:
            raise TicksError("indicator")
        goes[int(indicator)] = _ids(found)
    if not goes:
        raise TicksError("loaded")
    return dashboards, goes


def _ids(text: str) -> frozenset[int]:
    if IDS.fullmatch(text) is None:
        raise TicksError("ids")
    return frozenset(int(one) for one in text.split())


def _first(data: Mapping[str, Sequence[str]], name: str) -> str:
    found = data.get(name, ())
    return found[0] if found else ""
