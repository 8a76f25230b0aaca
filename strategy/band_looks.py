"""How a degree of attainment looks: word, icon and colour of its band, the same everywhere.

Never colour alone: the word always stands beside it, on screen and on paper.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from indicators.attainment import BandLimits
from indicators.enums import AttainmentBand
from indicators.rounding import percent_text


class BandLook(NamedTuple):
    """The class of a band, its icon, its colour on white (contrast 6.8 or more)."""

    css: str
    icon_name: str
    ink: str


LOOKS = {
    AttainmentBand.BEYOND: BandLook("over", "it-arrow-up-circle", "#00529e"),
    AttainmentBand.REACHED: BandLook("ok", "it-check-circle", "#00613f"),
    AttainmentBand.PARTLY_REACHED: BandLook("part", "it-minus-circle", "#7a4b00"),
    AttainmentBand.NOT_REACHED: BandLook("no", "it-close-circle", "#a3152f"),
    AttainmentBand.NOT_MEASURABLE: BandLook("none", "it-help-circle", "#4a5d70"),
}


class Mark(NamedTuple):
    """A degree as it is shown: its band, and its figure unless there is none."""

    band: AttainmentBand
    text: str = ""

    @property
    def css(self) -> str:
        """The class of the band."""
        return LOOKS[self.band].css

    @property
    def icon_name(self) -> str:
        """The icon of the band."""
        return LOOKS[self.band].icon_name

    @property
    def ink(self) -> str:
        """The colour of the band on white."""
        return LOOKS[self.band].ink

    @property
    def word(self) -> str:
        """The name of the band, as it begins a line."""
        label = str(self.band.label)
        return label[:1].upper() + label[1:]


def mark_of(value: Fraction | None, limits: BandLimits) -> Mark:
    """A degree with its band, rounded half up to one decimal."""
    return Mark(limits.band(value), "" if value is None else percent_text(value))
