"""The checks of single indicators: target, source, polarity, denominator, ambition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from indicators.enums import Polarity, TargetKind
from strategy.enums import CheckRule
from strategy.problems.measures import Measure
from strategy.problems.reading import Reading
from strategy.problems.records import Problem

PERCENT_NAMES = ("%", "percentuale")


def indicators_without_target(reading: Reading) -> Iterator[Problem]:
    """Cells of the plan's years in which nothing is written (3.2).

    The first year is what is adopted now: empty, it is a blocker. The years that follow are not,
    nor what was adopted so, nor the lines of the POLA alone (5.4).
    """
    for measure in reading.measures.values():
        years = measure.years_without_target(reading.plan)
        if years:
            text = _("Nothing is written for %(years)s: a target, monitoring or a hyphen.") % {
                "years": ", ".join(map(str, years))
            }
            is_due = reading.plan.first_year in years
            found = _needed(reading, measure, CheckRule.TARGET, text, is_due=is_due)
            yield replace(found, cell_url=reading.target_address(measure, years[0]))


def indicators_without_source(reading: Reading) -> Iterator[Problem]:
    """Indicators of which nobody says where the figure is read (3.2)."""
    for measure in reading.measures.values():
        if measure.source_id is None:
            text = _("The source of the figure is not said.")
            yield _needed(reading, measure, CheckRule.SOURCE, text, is_due=True)


def _needed(
    reading: Reading, measure: Measure, rule: CheckRule, text: str, *, is_due: bool
) -> Problem:
    """What the indicator lacks: a blocker when it is due and was not adopted so."""
    was_adopted = (rule, measure.pk) in reading.adopted_faults
    if is_due and was_adopted:
        asked = _("So in the edition in force: a question for the office.")
        text = f"{text} {asked}"
    is_blocker = is_due and not was_adopted and not measure.is_pola_only
    return _problem(reading, measure, rule, text, is_blocker=is_blocker)


def polarities(reading: Reading) -> Iterator[Problem]:
    """Figures expected in the plan's years without polarity, or of which it is not confirmed."""
    for measure in reading.measures.values():
        unsaid = [
            str(target.year)
            for target in measure.figures
            if not target.polarity and target.year in reading.plan.years
        ]
        if unsaid:
            text = _("Is higher or lower better? Not said for %(years)s.") % {
                "years": ", ".join(sorted(unsaid))
            }
            yield _problem(reading, measure, CheckRule.POLARITY, text, is_blocker=True)
        elif measure.has_polarity_to_confirm:
            said = {Polarity(one.polarity).label for one in measure.figures if one.polarity}
            text = _("Read as: %(polarity)s. To be confirmed.") % {
                "polarity": ", ".join(sorted(map(str, said))) or _("not said")
            }
            yield _problem(reading, measure, CheckRule.POLARITY, text)


def ratios_without_denominator(reading: Reading) -> Iterator[Problem]:
    """Indicators with a numerator alone, or called a percentage of something never counted.

    A caution: what is divided may be clear to who measures it, and surveys give percentages too.
    """
    for measure in reading.measures.values():
        if measure.denominator:
            continue
        is_percent = any(target.kind == TargetKind.PERCENT for target in measure.targets.values())
        if measure.numerator:
            text = _("It has a numerator and no denominator.")
        elif is_percent and measure.name.lower().startswith(PERCENT_NAMES):
            text = _("By its name a percentage; what it is a part of is not said.")
        else:
            continue
        yield _problem(reading, measure, CheckRule.RATIO, text)


def targets_worse_than_last(reading: Reading) -> Iterator[Problem]:
    """Targets that ask for less than the last result, without a reason (3.2)."""
    for measure in reading.measures.values():
        years = [year for year in reading.plan.years if measure.asks_less(year)]
        if years:
            last = measure.last_result(before=years[0])
            targets = ", ".join(f"{year}: {measure.targets[year].printed}" for year in years)
            text = _("Result %(year)s: %(result)s; targets %(targets)s. Say why.") % {
                "year": last.year,
                "result": last.printed,
                "targets": targets,
            }
            yield _problem(reading, measure, CheckRule.AMBITION, text)


def _problem(
    reading: Reading, measure: Measure, rule: CheckRule, text: str, *, is_blocker: bool = False
) -> Problem:
    return Problem(
        rule=rule,
        place=measure.name,
        url=reading.address("indicator-detail", measure.pk),
        text=text,
        is_blocker=is_blocker,
    )
