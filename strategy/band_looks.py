"""How a degree of attainment looks: word, icon and colour of its band, the same everywhere.

Never colour alone: the word always stands beside it, on screen and on paper.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from indicators.bands import BandLimits
from indicators.enums import AttainmentBand
from indicators.rounding import percent_text


class BandLook(NamedTuple):
    """The class of a band on screen and on paper, its icon, its colour on white (contrast 6.8 or
    more), and its icon as a stroke for drawings, in a box of twelve units around its middle."""

    css: str
    print_css: str
    icon_name: str
    ink: str
    glyph: str


UP = "M0 4.2V-3.8M-3.4-.4L0-3.8L3.4-.4"
CHECK = "M-4.2.2L-1.2 3.2L4.2-3"
MINUS = "M-4 0H4"
CROSS = "M-3.1-3.1L3.1 3.1M3.1-3.1L-3.1 3.1"
QUESTION = "M-2.4-2.2A2.4 2.4 0 1 1 .9.1C.2.4 0 .8 0 1.7M0 3.6V4.6"
B = AttainmentBand
LOOKS = {
    B.BEYOND: BandLook("over", "over", "it-arrow-up-circle", "#00529e", UP),
    B.REACHED: BandLook("ok", "met", "it-check-circle", "#00613f", CHECK),
    B.PARTLY_REACHED: BandLook("part", "partly", "it-minus-circle", "#7a4b00", MINUS),
    B.NOT_REACHED: BandLook("no", "missed", "it-close-circle", "#a3152f", CROSS),
    B.NOT_MEASURABLE: BandLook("none", "unmeasured", "it-help-circle", "#4a5d70", QUESTION),
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
    def print_css(self) -> str:
        """The class of the band on paper."""
        return LOOKS[self.band].print_css

    @property
    def icon_name(self) -> str:
        """The icon of the band."""
        return LOOKS[self.band].icon_name

    @property
    def ink(self) -> str:
        """The colour of the band on white."""
        return LOOKS[self.band].ink

    @property
    def glyph(self) -> str:
        """The icon as a stroke."""
        return LOOKS[self.band].glyph

    @property
    def word(self) -> str:
        """The name of the band, as it begins a line."""
        label = str(self.band.label)
        return label[:1].upper() + label[1:]


def mark_of(value: Fraction | None, limits: BandLimits) -> Mark:
    """A degree with its band, rounded half up to one decimal."""
    return Mark(limits.band(value), "" if value is None else percent_text(value))
