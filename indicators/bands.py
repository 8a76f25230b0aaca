"""What is a degree of attainment called? The bands and their limits, set by each plan. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from indicators.enums import AttainmentBand


@dataclass(frozen=True, slots=True)
class BandLimits:
    """From where on a degree is called what, percent points: beyond above the first limit, then
    reached and partly reached from their limit up."""

    beyond: Fraction = Fraction(100)
    reached: Fraction = Fraction(90)
    partly_reached: Fraction = Fraction(70)

    def band(self, value: Fraction | None) -> AttainmentBand:
        """The word for a degree."""
        if value is None:
            return AttainmentBand.NOT_MEASURABLE
        if value > self.beyond:
            return AttainmentBand.BEYOND
        if value >= self.reached:
            return AttainmentBand.REACHED
        if value >= self.partly_reached:
            return AttainmentBand.PARTLY_REACHED
        return AttainmentBand.NOT_REACHED
