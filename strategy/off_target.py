"""Does a result miss its target, and by how much? The one place that this is asked. Pure.

Table 2.3 in short, without degrees: the degree of attainment is computed elsewhere. Numbers,
percentages and amounts by polarity (`HIGHER_IS_BETTER` unless said otherwise); a date by its days
of tolerance; yes or no; a range by its two ends. What cannot be compared misses nothing.
"""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.enums import Comparator, Polarity, TargetKind
from indicators.values import Value, print_value

AMOUNTS = frozenset({TargetKind.NUMBER, TargetKind.PERCENT, TargetKind.MONEY})


def is_off_target(
    target: Value, actual: Value, *, polarity: str = "", tolerance_days: int = 0
) -> bool:
    """The result does not reach the target of its year."""
    if target.is_yes is not None and actual.is_yes is not None:
        return target.is_yes and not actual.is_yes
    if target.day is not None and actual.day is not None:
        return actual.day > target.day + datetime.timedelta(days=tolerance_days)
    if target.number is None or actual.number is None:
        return False
    if target.number_to is not None:
        return target.ends == actual.kind and not (
            target.number <= actual.number <= target.number_to
        )
    if target.kind != actual.kind:
        return False
    is_most = target.comparator == Comparator.AT_MOST or polarity == Polarity.LOWER_IS_BETTER
    return actual.number > target.number if is_most else actual.number < target.number


def deviation(target: Value, actual: Value) -> str:
    """Result less target in words: ``-3``, ``+2,5 points``, ``5 days late``; empty when the two
    cannot be compared. Of a range the nearest end counts."""
    if target.is_yes is not None and actual.is_yes is not None:
        return "" if target.is_yes == actual.is_yes else _("not done")
    if target.day is not None and actual.day is not None:
        return _days((actual.day - target.day).days)
    if target.number is None or actual.number is None:
        return ""
    expected, kind = target.number, target.kind
    if target.number_to is not None:
        kind = target.ends
        expected = min(max(actual.number, target.number), target.number_to)
    if kind != actual.kind or kind not in AMOUNTS:
        return ""
    return _amount(actual.number - expected, TargetKind(kind))


def _days(late: int) -> str:
    if late > 0:
        return ngettext("%(days)s day late", "%(days)s days late", late) % {"days": late}
    early = -late
    return (
        ngettext("%(days)s day early", "%(days)s days early", early) % {"days": early}
        if early
        else "0"
    )


def _amount(difference: Decimal, kind: TargetKind) -> str:
    """The difference with its sign; of percentages, percent points."""
    if not difference:
        return "0"
    number = difference.normalize()
    if int(number.as_tuple().exponent) > 0:
        number = number.quantize(Decimal(1))
    sign = "+" if difference > 0 else "-"
    written = print_value(Value(kind=TargetKind.NUMBER, number=abs(number)))
    if kind == TargetKind.PERCENT:
        return ngettext(
            "%(sign)s%(number)s point", "%(sign)s%(number)s points", 1 if abs(number) == 1 else 2
        ) % {"sign": sign, "number": written}
    unit = " €" if kind == TargetKind.MONEY else ""
    return f"{sign}{written}{unit}"
