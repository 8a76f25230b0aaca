"""The degree of attainment: every row of the table of rules is a case, its id is the rule."""

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from indicators.attainment import (
    ActualValue,
    Cells,
    TargetValue,
    attainment,
    attainment_of_cells,
    explain,
    explanation_of_cells,
)
from indicators.bands import BandLimits
from indicators.enums import (
    AttainmentBand,
    AttainmentNote,
    AttainmentRule,
    AttainmentState,
    Polarity,
    TargetKind,
)
from indicators.rounding import figure_text, half_up, percent_text
from indicators.values import Value, read

HIGHER, LOWER = Polarity.HIGHER_IS_BETTER, Polarity.LOWER_IS_BETTER
amounts = st.decimals("-1000000", "1000000", places=2)
above_zero = st.decimals("0.01", "1000000", places=2)


def degree(target, actual, polarity="", **more):
    """The attainment of two cells as printed; `more` belongs to the target, or is the ratio's."""
    counts = {
        name: more.pop(name) for name in ("numerator", "denominator", "is_early") if name in more
    }
    return attainment(
        TargetValue(value=read(target), polarity=polarity, **more),
        ActualValue(value=read(actual), **counts),
    )


def numbers(target, actual, polarity):
    return attainment(
        TargetValue(value=Value(kind=TargetKind.NUMBER, number=target), polarity=polarity),
        ActualValue(value=Value(kind=TargetKind.NUMBER, number=actual)),
    ).value


# Rule by rule

DEGREES = {
    "higher: C / T": ("11", "8", HIGHER, {}, Fraction(800, 11)),
    "higher: reached": ("11", "11", HIGHER, {}, 100),
    "higher: not capped": ("31", "64", HIGHER, {}, Fraction(6400, 31)),
    "higher: percentages are ratios too": ("60%", "84%", HIGHER, {}, 140),
    "higher: decimals": ("1", "0,77", HIGHER, {}, 77),
    "higher: amounts in euro": ("1.000 €", "€ 250,50", HIGHER, {}, Fraction("25.05")),
    "higher: nothing done": ("3", "0", HIGHER, {}, 0),
    "higher: a result below zero counts zero": ("32%", "-5%", HIGHER, {}, 0),
    "higher: T = 0, C >= 0": ("0", "0", HIGHER, {}, 100),
    "higher: T = 0, C > 0": ("0%", "12%", HIGHER, {}, 100),
    "higher: T = 0, C < 0": ("0", "-1", HIGHER, {}, 0),
    "higher: T < 0, better": ("-10", "-5", HIGHER, {}, 150),
    "higher: T < 0, reached": ("-10", "-10", HIGHER, {}, 100),
    "higher: T < 0, worse": ("-10", "-15", HIGHER, {}, 50),
    "lower: (2T - C) / T": ("130%", "106,78%", LOWER, {}, Fraction(15322, 130)),
    "lower: reached": ("3", "3", LOWER, {}, 100),
    "lower: half over": ("40", "60", LOWER, {}, 50),
    "lower: twice the target": ("40", "80", LOWER, {}, 0),
    "lower: beyond twice, floor 0": ("40", "500", LOWER, {}, 0),
    "lower: C = 0": ("40", "0", LOWER, {}, 200),
    "lower: T = 0, C <= 0": ("0", "0", LOWER, {}, 100),
    "lower: T = 0, C > 0": ("0", "1", LOWER, {}, 0),
    "lower: T < 0, better": ("-10", "-15", LOWER, {}, 150),
    "lower: T < 0, worse": ("-10", "-5", LOWER, {}, 50),
    "ratio: N / D first, then as a percentage": (
        "90%", "83,33%", HIGHER, {"numerator": Decimal(10), "denominator": Decimal(12)},
        Fraction(1000, 12) / 90 * 100,
    ),
    "ratio: a plain number": (
        "1", "0,77", HIGHER, {"numerator": Decimal(77), "denominator": Decimal(100)}, 77,
    ),
    "date: on the day": ("31.12.2020", "31.12.2020", "", {}, 100),
    "date: early gives no more than 100": ("30.10.2020", "29.5.2020", "", {}, 100),
    "date: late is 0": ("30.10.2020", "31.10.2020", "", {}, 0),
    "date: by the day": ("entro il 30/6/2021", "30.6.2021", "", {}, 100),
    "date: tolerance, linear": ("1.6.2021", "7.6.2021", "", {"tolerance_days": 30}, 80),
    "date: tolerance used up": ("1.6.2021", "1.7.2021", "", {"tolerance_days": 30}, 0),
    "date: beyond the tolerance": ("1.6.2021", "1.8.2021", "", {"tolerance_days": 30}, 0),
    "date: on time with a tolerance": ("1.6.2021", "1.6.2021", "", {"tolerance_days": 30}, 100),
    "SI/NO: expected and given": ("SI/NO", "SI", "", {}, 100),
    "SI/NO: not given": ("SI/NO", "NO", "", {}, 0),
    "SI/NO: a NO expected": ("NO", "NO", "", {}, 100),
    "range: inside": ("da 2.064 a 6.192", "3.000", "", {}, 100),
    "range: on its lower end": ("da 2.064 a 6.192", "2.064", "", {}, 100),
    "range: on its upper end": ("da 2.064 a 6.192", "6.192", "", {}, 100),
    "range: below, C / min": ("da 2.064 a 6.192", "n. 1.032", "", {}, 50),
    "range: above, symmetric": ("da 2.064 a 6.192", "7.693", "", {}, Fraction(469100, 6192)),
    "range: far above, floor 0": ("da 1 a 2", "5", "", {}, 0),
    "range: percentages": ("da 10% a 20%", "5%", "", {}, 50),
    "range: below a lower end of zero": ("da 0 a 2", "-1", "", {}, 0),
    "range: below a lower end under zero": ("da -10 a 2", "-15", "", {}, 50),
    "range: above an upper end of zero": ("da -2 a 0", "1", "", {}, 0),
    "range: above an upper end under zero": ("da -4 a -2", "-1", "", {}, 50),
    "project: progress on its target": ("30%", "30%", HIGHER, {"is_project": True}, 100),
    "project: half of the progress": ("30%", "15%", "", {"is_project": True}, 50),
    "project: whatever the polarity": ("100%", "90%", LOWER, {"is_project": True}, 90),
    "project with a date": ("31.12.2021", "1.12.2021", "", {"is_project": True}, 100),
    "comparison: at least": ("≥ 90%", "45%", "", {}, 50),
    "comparison: at most": ("<= 3", "4,5", "", {}, 50),
    "comparison: decides against the polarity": ("≤ 3", "4,5", HIGHER, {}, 50),
    "head count: the percentage counts": ("60% (43 dip.)", "45% (32 dip.)", HIGHER, {}, 75),
}  # fmt: skip


@pytest.mark.parametrize("case", DEGREES.values(), ids=DEGREES)
def test_degree_follows_its_rule(case):
    target, actual, polarity, more, expected = case

    found = degree(target, actual, polarity, **more)

    assert (found.state, found.value) == (AttainmentState.MEASURED, expected)
    assert found.contribution == min(expected, 100)
    assert found.is_expected


NOT_MEASURED = {
    "monitoring": ("monitoraggio", "90%", "outside", AttainmentNote.MONITORING),
    "target -": ("-", "27", "outside", AttainmentNote.TARGET_NOT_FORESEEN),
    "target empty": ("", "", "outside", AttainmentNote.TARGET_NOT_FILLED),
    "target n.d.": ("n.d.", "5", "outside", AttainmentNote.TARGET_NOT_AVAILABLE),
    "words": ("verifica", "SI", "outside", AttainmentNote.WORDS),
    "result -": ("100%", "-", "waiting", AttainmentNote.ACTUAL_NOT_FORESEEN),
    "result empty": ("90%", "", "waiting", AttainmentNote.ACTUAL_NOT_FILLED),
    "result n.d.": ("90%", "n.d.", "waiting", AttainmentNote.ACTUAL_NOT_AVAILABLE),
    "result monitoraggio": ("90%", "monitoraggio", "waiting", AttainmentNote.ACTUAL_NOT_FILLED),
    "number on percentage": ("90%", "9", "incomparable", AttainmentNote.DIFFERENT_KINDS),
    "percentage on number": ("3", "3%", "incomparable", AttainmentNote.DIFFERENT_KINDS),
    "euro on number": ("3", "3 €", "incomparable", AttainmentNote.DIFFERENT_KINDS),
    "number on date": ("31.12.2021", "2", "incomparable", AttainmentNote.DIFFERENT_KINDS),
    "date on number": ("6", "31.12.2021", "incomparable", AttainmentNote.DIFFERENT_KINDS),
    "SI on date": ("31.12.2021", "SI", "incomparable", AttainmentNote.DIFFERENT_KINDS),
    "word on number": ("6", "verifica", "incomparable", AttainmentNote.DIFFERENT_KINDS),
    "percentage on range": ("da 1 a 3", "2%", "incomparable", AttainmentNote.DIFFERENT_KINDS),
    "range on range": ("da 1 a 3", "da 1 a 3", "incomparable", AttainmentNote.DIFFERENT_KINDS),
    "a limit as a result": ("90%", ">= 90%", "incomparable", AttainmentNote.ACTUAL_NOT_PRECISE),
    "a day at the latest": (
        "30.6.2021", "entro il 30/6/2021", "incomparable", AttainmentNote.ACTUAL_NOT_PRECISE,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", NOT_MEASURED.values(), ids=NOT_MEASURED)
def test_what_is_not_measured_says_why(case):
    target, actual, state, note = case

    found = degree(target, actual, HIGHER)

    assert (found.state, found.value, found.contribution) == (AttainmentState(state), None, None)
    assert (found.notes, found.formula) == ((note,), ())
    assert found.is_expected == (state != "outside")


def test_without_a_cell_of_the_year_there_is_no_result():
    found = attainment(TargetValue(value=read("90%"), polarity=HIGHER))

    assert (found.state, found.notes) == (
        AttainmentState.WAITING,
        (AttainmentNote.ACTUAL_NOT_FILLED,),
    )


def test_figures_without_polarity_are_not_compared():
    assert degree("90%", "80%").notes == (AttainmentNote.POLARITY_MISSING,)
    assert degree("90%", "80%").state == AttainmentState.INCOMPARABLE


def test_zero_denominator_is_not_available():
    found = degree("90%", "n.d.", HIGHER, numerator=Decimal(3), denominator=Decimal(0))

    assert (found.state, found.notes) == (
        AttainmentState.WAITING,
        (AttainmentNote.ZERO_DENOMINATOR,),
    )


REMARKS = {
    "polarity to confirm": ("60%", "50%", {"is_polarity_confirmed": False}, "POLARITY_UNCONFIRMED"),
    "sign against polarity": ("≤ 3", "3", {}, "COMPARATOR_DECIDES"),
    "ratio written rounded": (
        "90%", "83%", {"numerator": Decimal(10), "denominator": Decimal(12)}, "EXACT_RATIO",
    ),
    "people in brackets": ("60% (43 dip.)", "60%", {}, "HEADS_LEFT_OUT"),
    "people in the result": ("60%", "60% (43 dip.)", {}, "HEADS_LEFT_OUT"),
    "negative target": ("-10", "-10", {}, "NEGATIVE_TARGET"),
    "below zero": ("10", "-10", {}, "RAISED_TO_ZERO"),
    "beyond the target": ("10", "11", {}, "CAPPED"),
    "early": ("10", "10", {"is_early": True}, "EARLY"),
}  # fmt: skip


@pytest.mark.parametrize("case", REMARKS.values(), ids=REMARKS)
def test_a_measured_degree_says_what_must_be_known(case):
    target, actual, more, note = case

    assert degree(target, actual, HIGHER, **more).notes == (AttainmentNote[note],)


def test_nothing_is_remarked_where_there_is_nothing_to_know():
    assert degree("60%", "50%", HIGHER).notes == ()
    assert degree("30.6.2021", "1.6.2021", is_polarity_confirmed=False).notes == ()
    assert degree(">= 60%", "50%", is_polarity_confirmed=False).notes == ()
    assert not degree("60%", "50%", HIGHER).is_early
    assert degree("60%", "50%", HIGHER, is_early=True).is_early


# The explanation

FORMULAS = {
    "higher": ("4.000", "3.497", HIGHER, {}, ("3.497 / 4.000 × 100 = 87,43%",)),
    "lower": ("130%", "106,78%", LOWER, {}, ("(2 × 130% - 106,78%) / 130% × 100 = 117,86%",)),
    "euro": ("1.000 €", "250,5 €", HIGHER, {}, ("250,5 € / 1.000 € × 100 = 25,05%",)),
    "zero": ("0", "5", HIGHER, {}, ("5 ≥ 0 → 100%",)),
    "zero, missed": ("0%", "5%", LOWER, {}, ("5% > 0% → 0%",)),
    "negative": ("-10", "-5", HIGHER, {}, ("100 + ((-5) - (-10)) / 10 × 100 = 150%",)),
    "negative, lower": ("-10", "5", LOWER, {}, ("100 + ((-10) - 5) / 10 × 100 = -50%",)),
    "ratio": (
        "90%", "83,33%", HIGHER, {"numerator": Decimal(10), "denominator": Decimal(12)},
        ("10 / 12 × 100 = 83,33%", "83,33% / 90% × 100 = 92,59%"),
    ),
    "ratio of a number": (
        "1", "0,77", HIGHER, {"numerator": Decimal(77), "denominator": Decimal(100)},
        ("77 / 100 = 0,77", "0,77 / 1 × 100 = 77%"),
    ),
    "date": ("30.10.2020", "29.5.2020", "", {}, ("29.5.2020 ≤ 30.10.2020 → 100%",)),
    "date, late": ("30.10.2020", "1.11.2020", "", {}, ("1.11.2020 > 30.10.2020 → 0%",)),
    "tolerance": ("1.6.2021", "7.6.2021", "", {"tolerance_days": 30},
                  ("(30 - 6) / 30 × 100 = 80%",)),
    "yes": ("SI/NO", "SI", "", {}, ("SI = SI → 100%",)),
    "no": ("SI/NO", "NO", "", {}, ("NO ≠ SI → 0%",)),
    "range": ("da 1 a 3", "2", "", {}, ("1 ≤ 2 ≤ 3 → 100%",)),
    "range, below": ("da 2% a 3%", "1%", "", {}, ("1% / 2% × 100 = 50%",)),
    "project": ("30%", "15%", "", {"is_project": True}, ("15% / 30% × 100 = 50%",)),
}  # fmt: skip


@pytest.mark.parametrize("case", FORMULAS.values(), ids=FORMULAS)
def test_formula_holds_the_numbers(case):
    target, actual, polarity, more, formula = case

    assert degree(target, actual, polarity, **more).formula == formula


def test_explanation_tells_both_sides_the_rule_and_what_to_know():
    told = explain(TargetValue(value=read(">= 60% (43 dip.)")), ActualValue(value=read(" 84 % ")))

    assert (told.target, told.actual) == (">= 60% (43 dip.)", " 84 % ")
    assert (told.polarity, told.rule) == (HIGHER, AttainmentRule.HIGHER)
    assert told.formula == ("84% / 60% × 100 = 140%",)
    assert len(told.notes) == 2


def test_explanation_of_an_obstacle_names_the_two_kinds():
    with translation.override("en"):
        told = explain(TargetValue(value=read("da 1% a 3%")), ActualValue(value=read("2.1.2021")))

    assert told.notes == (
        "The target is of kind “percentage”, the result of kind “date”: not compared.",
    )
    assert (told.polarity, told.rule, told.formula) == ("", AttainmentRule.RANGE, ())


def test_explanation_has_words_for_its_rule_and_its_polarity():
    with translation.override("en"):
        told = explain(
            TargetValue(value=read("60%"), polarity=HIGHER), ActualValue(value=read("84%"))
        )
        outside = explain(TargetValue(value=read("-")))

        assert (told.rule_label, told.polarity_label) == (
            "result / target × 100",
            "higher is better",
        )
        assert (outside.rule_label, outside.polarity_label, outside.notes) == (
            "",
            "",
            ("Nothing is foreseen in the year.",),
        )


def test_explanation_of_what_is_outside_has_no_rule():
    with translation.override("en"):
        told = explain(TargetValue(value=read("monitoraggio"), polarity=HIGHER))

    assert (told.rule, told.polarity, told.actual) == ("", "", "")
    assert told.notes == ("It is watched without a target, so it never counts (plan, 3.2).",)


def test_values_not_written_by_anybody_are_printed():
    due = Value(kind=TargetKind.DATE, day=datetime.date(2021, 6, 30))

    told = explain(TargetValue(value=due), ActualValue(value=due))

    assert (told.target, told.actual) == ("30.6.2021", "30.6.2021")


def test_a_date_without_a_day_is_no_value():
    broken = Value(kind=TargetKind.DATE, day=datetime.date(2021, 6, 30))
    object.__setattr__(broken, "day", None)

    with pytest.raises(ValueError, match="without a day"):
        attainment(TargetValue(value=broken), ActualValue(value=broken))


def test_cells_as_printed_give_the_same_degree():
    cells = Cells("60%", HIGHER, True, 0, False, "84%")

    assert attainment_of_cells(cells) == degree("60%", "84%", HIGHER)
    assert explanation_of_cells(cells) == explain(
        TargetValue(value=read("60%"), polarity=HIGHER), ActualValue(value=read("84%"))
    )


# Laws of arithmetic


@given(above_zero, amounts, st.sampled_from([HIGHER, LOWER]))
def test_degree_is_never_below_zero_and_what_counts_never_beyond_100(target, actual, polarity):
    value = numbers(target, actual, polarity)

    assert value >= 0
    assert isinstance(value, Fraction)


@given(amounts, amounts, amounts, st.sampled_from([HIGHER, LOWER]))
def test_a_better_result_never_attains_less(target, one, other, polarity):
    worse, better = sorted([one, other], reverse=polarity == LOWER)

    assert numbers(target, worse, polarity) <= numbers(target, better, polarity)


@given(amounts, st.sampled_from([HIGHER, LOWER]))
def test_reaching_the_target_is_100(target, polarity):
    assert numbers(target, target, polarity) == 100


@given(above_zero, amounts)
def test_higher_and_lower_mirror_each_other_around_the_target(target, distance):
    over = numbers(target, target + distance, LOWER)
    under = numbers(target, target - distance, HIGHER)

    assert over == under


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 60))
def test_later_never_attains_more(one, other, tolerance):
    due = datetime.date(2021, 6, 1)
    earlier, later = sorted([one, other])

    degrees = [
        attainment(
            TargetValue(value=Value(kind=TargetKind.DATE, day=due), tolerance_days=tolerance),
            ActualValue(value=Value(kind=TargetKind.DATE, day=due + datetime.timedelta(days=late))),
        ).value
        for late in (earlier, later)
    ]

    assert 100 >= degrees[0] >= degrees[1] >= 0


@given(st.integers(-100, 100), st.integers(0, 100), st.integers(-300, 300))
def test_within_a_range_is_100_and_outside_less(low, width, number):
    target = Value(
        kind=TargetKind.RANGE,
        number=Decimal(low),
        number_to=Decimal(low + width),
        ends=TargetKind.NUMBER,
    )

    found = attainment(
        TargetValue(value=target),
        ActualValue(value=Value(kind=TargetKind.NUMBER, number=Decimal(number))),
    )

    assert (found.value == 100) == (low <= number <= low + width)
    assert 0 <= found.value <= 100


# Bands

LIMITS = {
    "beyond": ("100.01", AttainmentBand.BEYOND),
    "100 is reached": ("100", AttainmentBand.REACHED),
    "90 is reached": ("90", AttainmentBand.REACHED),
    "just under 90": ("89.999999", AttainmentBand.PARTLY_REACHED),
    "70 is partly": ("70", AttainmentBand.PARTLY_REACHED),
    "just under 70": ("69.999999", AttainmentBand.NOT_REACHED),
    "nothing": ("0", AttainmentBand.NOT_REACHED),
}


@pytest.mark.parametrize("case", LIMITS.values(), ids=LIMITS)
def test_band_begins_at_its_limit(case):
    value, band = case

    assert BandLimits().band(Fraction(value)) == band


def test_without_a_degree_there_is_a_band_of_its_own():
    assert BandLimits().band(None) == AttainmentBand.NOT_MEASURABLE


def test_limits_are_those_of_the_plan():
    strict = BandLimits(Fraction(110), Fraction(95), Fraction(80))

    assert [strict.band(Fraction(n)) for n in (111, 110, 95, 94, 79)] == [
        AttainmentBand.BEYOND,
        AttainmentBand.REACHED,
        AttainmentBand.REACHED,
        AttainmentBand.PARTLY_REACHED,
        AttainmentBand.NOT_REACHED,
    ]


# What is shown


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("0.5", 0, "1"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("0.05", 1, "0.1"),
        ("93.949999", 1, "93.9"),
        ("93.95", 1, "94.0"),
    ],
)
def test_a_half_goes_up(value, places, shown):
    assert str(half_up(Fraction(value), places)) == shown


def test_figures_are_written_as_the_plan_writes_them():
    assert [
        figure_text(Fraction(text)) for text in ("3497", "69.2307", "100", "-0.001", "0.5")
    ] == [
        "3.497",
        "69,23",
        "100",
        "0",
        "0,5",
    ]
    assert [percent_text(Fraction(text)) for text in ("93.94", "100", "1234.56")] == [
        "93,9%",
        "100,0%",
        "1.234,6%",
    ]
