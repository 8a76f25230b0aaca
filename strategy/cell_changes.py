"""Which cells of a dashboard are to be changed, into what, and what stands against it? Pure.

A cell is named `t12-2021` (target of indicator 12 for 2021) or `a12-2020` (result). A change says
what was read when it was made (`was`), so that nobody overwrites what he has not seen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from strategy.enums import CellFault

MAX_CELLS = 5_000
MAX_REASON = 2_000
KEY = re.compile(r"(?P<what>[ta])(?P<indicator>[1-9][0-9]{0,17})-(?P<year>[1-9][0-9]{3})", re.ASCII)


class PayloadError(ValueError):
    """What was sent is not a list of changes, or is longer than any dashboard."""


class CellKey(NamedTuple):
    """A cell: the target or the result of an indicator in a year."""

    is_actual: bool
    indicator_id: int
    year: int

    def __str__(self) -> str:
        return f"{'a' if self.is_actual else 't'}{self.indicator_id}-{self.year}"

    @classmethod
    def read(cls, text: str) -> CellKey | None:
        """The cell that a name stands for; None when it names none."""
        match = KEY.fullmatch(text)
        if match is None:
            return None
        return cls(match["what"] == "a", int(match["indicator"]), int(match["year"]))


@dataclass(frozen=True, kw_only=True)
class CellChange:
    """The text wanted in a cell, the one it had when it was read, why it asks for less."""

    key: CellKey
    text: str
    was: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class CellVerdict:
    """What becomes of a change: how its text is read and, if it cannot be saved, why.

    `asks` is the question that a target worse than the last result puts, answered or not;
    `saved`, `who` and `when` tell the other text of a conflict.
    """

    key: CellKey
    reading: str = ""
    polarity: str = ""
    fault: CellFault | None = None
    message: str = ""
    asks: str = ""
    saved: str = ""
    who: str = ""
    when: str = ""

    def as_data(self) -> dict[str, str]:
        """The verdict for the page, without what it does not say."""
        told = {
            "reading": self.reading,
            "polarity": self.polarity,
            "fault": self.fault.value if self.fault else "",
            "message": self.message,
            "asks": self.asks,
            "who": self.who,
            "when": self.when,
        }
        data = {name: text for name, text in told.items() if text}
        if self.fault == CellFault.CONFLICT:
            data["saved"] = self.saved
        return {"key": str(self.key), **data}


def changes_from(payload: Any) -> list[CellChange]:
    """The changes that a page sent: `{"cells": [{"key", "text", "was", "reason"}]}`."""
    cells = payload.get("cells") if isinstance(payload, Mapping) else None
    if not isinstance(cells, list) or not 0 < len(cells) <= MAX_CELLS:
        raise PayloadError("cells")
    changes = [_change_from(cell) for cell in cells]
    if len({change.key for change in changes}) < len(changes):
        raise PayloadError("key")
    return changes


def _change_from(cell: Any) -> CellChange:
    if not isinstance(cell, Mapping):
        raise PayloadError("cell")
    texts = [cell.get("key"), cell.get("text"), cell.get("was"), cell.get("reason", "")]
    if not all(isinstance(text, str) for text in texts):
        raise PayloadError("text")
    key = CellKey.read(texts[0])
    if key is None:
        raise PayloadError("key")
    return change(key, text=texts[1], was=texts[2], reason=texts[3])


def change(key: CellKey, *, text: str, was: str, reason: str = "") -> CellChange:
    """A change as it is kept: no space around the texts, nothing a database cannot hold."""
    storable = reason.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
    return CellChange(key=key, text=text.strip(), was=was.strip(), reason=storable.strip())
