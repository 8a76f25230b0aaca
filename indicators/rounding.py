"""How an exact figure is shown: rounded half up, in the notation of the plan. Pure.

Degrees of attainment are quotients and means of quotients: they are kept as fractions, so that
nothing is rounded before it is shown and no sum depends on its order.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

_SEPARATORS = str.maketrans(",.", ".,")


def half_up(value: Fraction, places: int) -> Decimal:
    """The value with that many decimals; a half goes away from zero."""
    above, below = value.numerator * 10**places, value.denominator
    whole = (2 * abs(above) + below) // (2 * below)
    return Decimal(-whole if above < 0 else whole).scaleb(-places)


def figure_text(value: Fraction, places: int = 2) -> str:
    """A figure with at most that many decimals: 69,23; 3.497; 100."""
    rounded = half_up(value, places)
    trimmed = rounded if rounded else abs(rounded)
    text = f"{trimmed:,f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).translate(_SEPARATORS)


def percent_text(value: Fraction, places: int = 1) -> str:
    """Percent points with exactly that many decimals: 93,9%; 100,0%."""
    return f"{half_up(value, places):,f}".translate(_SEPARATORS) + "%"
