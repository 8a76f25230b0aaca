"""Does a result miss its target, and by how much? The one place that this is asked. Pure.

Table 2.3 in short, without degrees: the degree of attainment is computed elsewhere. Numbers,
percentages and amounts by polarity (`HIGHER_IS_BETTER` unless said otherwise); a date by its days
of tolerance; yes or no; a range by its two ends. What cannot be compared misses nothing.
"""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.deviation import deviation as gap_of
from indicators.enums import Comparator, Polarity, TargetKind
from indicators.values import Value


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
    gap = gap_of(target, actual)
    return gap_words(gap.figure, gap.kind) if gap else ""


def gap_words(figure: str, measure: str) -> str:
    """A difference with its sign (see also: indicators.deviation) in the words of its measure."""
    amount = figure.lstrip("+-")
    if measure == TargetKind.DATE:
        return _days(figure, amount)
    if measure == TargetKind.PERCENT and amount != "0":
        words = ngettext("%(figure)s point", "%(figure)s points", 1 if amount == "1" else 2)
        return words % {"figure": figure}
    unit = " €" if measure == TargetKind.MONEY and amount != "0" else ""
    return f"{figure}{unit}"


def _days(figure: str, amount: str) -> str:
    if amount == "0":
        return figure
    count = 1 if amount == "1" else 2
    if figure.startswith("-"):
        words = ngettext("%(days)s day early", "%(days)s days early", count)
    else:
        words = ngettext("%(days)s day late", "%(days)s days late", count)
    return words % {"days": amount}
