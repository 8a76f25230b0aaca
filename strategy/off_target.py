"""Does a result miss its target, and by how much, in words? Pure.

A result is off target when its degree (see also: indicators.attainment) is below 100: the same
question in the sheet where figures are entered, in the queue where they are validated and on the
page of the deviations. What cannot be compared misses nothing.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.attainment import ActualValue, TargetValue, attainment
from indicators.deviation import deviation as gap_of
from indicators.enums import Polarity, TargetKind
from indicators.measuring import FULL
from indicators.values import Value


def is_off_target(
    target: Value,
    actual: Value,
    *,
    polarity: str = "",
    tolerance_days: int = 0,
) -> bool:
    """The result does not reach the target of its year. While its polarity is not known, higher is
    taken for better: a reason asked too often does no harm."""
    expected = TargetValue(
        value=target,
        polarity=Polarity(polarity or Polarity.HIGHER_IS_BETTER),
        tolerance_days=tolerance_days,
    )
    degree = attainment(expected, ActualValue(value=actual)).value
    return degree is not None and degree < FULL


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
