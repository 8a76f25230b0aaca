"""How large a file is, as its reader says it: 7 byte, 12 kB, 1,2 MB."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import ngettext

STEP = 1024


def file_size(size: int) -> str:
    """The size in the largest unit that it fills, with a decimal while it is under ten; the line
    never breaks before the unit."""
    amount, unit, decimals = float(size), ngettext("byte", "bytes", size), 0
    for larger in ("kB", "MB"):
        if amount >= STEP:
            amount, unit = amount / STEP, larger
            decimals = 1 if amount < 9.95 else 0
    return f"{number_format(round(amount, decimals), decimal_pos=decimals)}\xa0{unit}"
