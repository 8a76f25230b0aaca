"""How many of those who can work remotely do, and how many should at least? Pure (art. 3).

“At least 60%” is rounded up: of 72 people 44, so 43 (59,7%) are one too few.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from indicators.rounding import percent_text


@dataclass(frozen=True, slots=True)
class Share:
    """Workers with an agreement among those who can work remotely, against the least share."""

    effective: int
    potential: int
    percent: int

    @property
    def least(self) -> int:
        """How many there should be, rounded up."""
        return -(-self.potential * self.percent // 100)

    @property
    def is_reached(self) -> bool:
        """There are enough of them."""
        return self.effective >= self.least

    @property
    def missing(self) -> int:
        """How many are missing."""
        return max(0, self.least - self.effective)

    @property
    def words(self) -> str:
        """The share as the offices write it: 59,7%; a dash when nobody can work remotely."""
        if not self.potential:
            return "–"
        return percent_text(Fraction(self.effective * 100, self.potential))

    @property
    def width(self) -> int:
        """The share in whole parts of a hundred, for a bar."""
        return min(100, self.effective * 100 // self.potential) if self.potential else 0
