"""How an exact figure is shown: rounded half up, in the notation of the plan. Pure.

Degrees of attainment are quotients and means of quotients: they are kept as fractions, so that
nothing is rounded before it is shown and no sum depends on its order.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor

_SEPARATORS = str.maketrans(",.", ".,")
HALF = Fraction(1, 2)


def half_up(value: Fraction, places: int) -> Decimal:
    """The value with that many decimals; a half goes away from zero."""
    whole = floor(abs(value) * 10**places + HALF)
    return Decimal(-whole if value < 0 else whole).scaleb(-places)


def figure_text(value: Fraction, places: int = 2) -> str:
    """A figure with at most that many decimals: 69,23; 3.497; 100."""
    rounded = half_up(value, places)
    trimmed = rounded if rounded else abs(rounded)
    text = f"{trimmed:,f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).translate(_SEPARATORS)


def percent_text(value: Fraction, places: int = 1) -> str:
    """Percent points with exactly that many decimals: 93,9%; 100,0%."""
    return f"{half_up(value, places):,f}".translate(_SEPARATORS) + "%"
