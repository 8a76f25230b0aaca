"""One thing found by the checks."""

from __future__ import annotations

from dataclasses import dataclass

from strategy.enums import CheckRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to mend (a blocker) or to look at: by which rule, where, in which words; `cell_url`
    is the cell of a grid that mends it, for who may write in the plan."""

    rule: CheckRule
    place: str
    url: str
    text: str
    is_blocker: bool = False
    cell_url: str = ""
