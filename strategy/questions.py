"""What is asked of who supplies a figure: what it counts, when it is due, how it is entered. Pure.

See also: `strategy.entries`, what was answered and what stands against it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import pgettext, pgettext_lazy

from indicators.enums import Availability, TargetKind
from indicators.values import Value
from strategy.monitoring_enums import EntryKind

EXAMPLES = {
    TargetKind.NUMBER: "4.500",
    TargetKind.PERCENT: "90%",
    TargetKind.MONEY: "1.234,56 €",
    TargetKind.YES_NO: "SI",
}
ASKED = {
    TargetKind.NUMBER: pgettext_lazy("asked", "A number"),
    TargetKind.PERCENT: pgettext_lazy("asked", "A percentage"),
    TargetKind.MONEY: pgettext_lazy("asked", "An amount in euro"),
    TargetKind.DATE: pgettext_lazy("asked", "A date"),
    TargetKind.YES_NO: pgettext_lazy("asked", "Yes or no"),
}


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked of an indicator at the end of a period.

    `kind` is what the figure counts, empty when the plan has never said it. `target` is None where
    the year is only monitored. `is_share`: the numerator is part of the denominator;
    `may_be_negative`: nothing is counted that cannot be below zero.
    """

    entry: EntryKind
    ends_on: datetime.date
    is_final: bool
    kind: TargetKind | Literal[""] = ""
    target: Value | None = None
    polarity: str = ""
    tolerance_days: int = 0
    is_share: bool = False
    may_be_negative: bool = False

    @property
    def due_on(self) -> datetime.date:
        """The day at which the target is to be reached: its own, or the end of the year."""
        if self.target is not None and self.target.day is not None:
            return self.target.day
        return datetime.date(self.ends_on.year, 12, 31)

    @property
    def is_due(self) -> bool:
        """The figure itself is held against the target, not a forecast."""
        return self.target is not None and (self.is_final or self.due_on <= self.ends_on)

    @property
    def may_be_pending(self) -> bool:
        """A date not reached yet is left empty."""
        return self.entry == EntryKind.DATE and not self.is_final

    @property
    def asked(self) -> str:
        """What is to be written, in words."""
        if self.kind in ASKED:
            return str(ASKED[TargetKind(self.kind)])
        return pgettext("asked", "A value")

    @property
    def example(self) -> str:
        """A figure as it may be written."""
        if self.entry == EntryKind.DATE:
            return f"{self.ends_on.day}.{self.ends_on.month}.{self.ends_on.year}"
        return EXAMPLES.get(TargetKind(self.kind), "") if self.kind else "4.500, 90%"


def is_asked(availability: str, kind: str) -> bool:
    """A figure is asked of a target or monitoring; not of a hyphen, an empty cell, a word that puts
    it off."""
    return (
        availability in (Availability.STATED, Availability.MONITORING) and kind != TargetKind.TEXT
    )


def entry_of(kind: TargetKind | Literal[""], *, is_ratio: bool) -> EntryKind:
    """How a figure of that kind is entered."""
    if kind == TargetKind.DATE:
        return EntryKind.DATE
    if kind == TargetKind.YES_NO:
        return EntryKind.YES_NO
    return EntryKind.RATIO if is_ratio else EntryKind.VALUE


def kind_of(cells: Iterable[Value], *, is_ratio: bool) -> TargetKind | Literal[""]:
    """What the figure of an indicator counts, from its cells, the one that says most first; a
    range counts what its ends count, words count nothing. A ratio that never said it is per cent.
    """
    for cell in cells:
        kind = cell.ends or cell.kind
        if kind and kind != TargetKind.TEXT:
            return TargetKind(kind)
    return TargetKind.PERCENT if is_ratio else ""


def counts_things(words: str, measure: str = "") -> bool:
    """The words of a count begin with its sign: N. pratiche, Numero di imprese; those of a
    time with its own: Tempo medio; or the unit of measure is one: n., giorni. Below zero there is
    none, but for payments, which come before their term too (D.P.C.M. 22.9.2014, art. 9)."""
    said, measured = words.lower(), measure.lower()
    if said.startswith(("n.", "numero ")) or measured.startswith(("n.", "ore")):
        return True
    is_time = said.startswith(("tempo ", "tempi ")) or measured.startswith("giorn")
    return is_time and not any(one in said for one in ("pagament", "ritard"))
