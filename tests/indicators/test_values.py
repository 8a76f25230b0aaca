"""The notation of the plan: what a cell says, what is refused, and that printing loses nothing."""

import pickle
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.enums import Availability, Comparator, NotationFault, TargetKind
from indicators.values import (
    FIGURES,
    FIRST_YEAR,
    LAST_YEAR,
    MAX_HEAD_COUNT,
    MAX_LENGTH,
    WORDS,
    NotationError,
    Value,
    print_value,
    read,
)
from tests.source import cell_texts

CELLS = sorted(cell_texts())
NOT_FORESEEN = Value(availability=Availability.NOT_FORESEEN)
NOT_FILLED = Value(availability=Availability.NOT_FILLED)
NOT_AVAILABLE = Value(availability=Availability.NOT_AVAILABLE)
MONITORING = Value(availability=Availability.MONITORING)
YES = Value(kind=TargetKind.YES_NO, is_yes=True)
NO = Value(kind=TargetKind.YES_NO, is_yes=False)


def number(digits, comparator=""):
    return Value(kind=TargetKind.NUMBER, number=Decimal(digits), comparator=comparator)


def percent(digits, comparator="", head_count=None):
    return Value(
        kind=TargetKind.PERCENT,
        number=Decimal(digits),
        comparator=comparator,
        head_count=head_count,
    )


def money(digits, comparator=""):
    return Value(kind=TargetKind.MONEY, number=Decimal(digits), comparator=comparator)


def on(year, month, day):
    return Value(kind=TargetKind.DATE, day=date(year, month, day))


def by(year, month, day):
    return Value(kind=TargetKind.DATE, day=date(year, month, day), comparator=Comparator.BY)


def span(low, high, ends=TargetKind.NUMBER):
    return Value(kind=TargetKind.RANGE, number=Decimal(low), number_to=Decimal(high), ends=ends)


def words(word):
    return Value(kind=TargetKind.TEXT, word=word)


READINGS = {
    "4500": (number("4500"), "4.500"),
    "4.500": (number("4500"), "4.500"),
    "1.257.178": (number("1257178"), "1.257.178"),
    "0": (number("0"), "0"),
    "0,77": (number("0.77"), "0,77"),
    "0,125": (number("0.125"), "0,125"),
    "1.234,56": (number("1234.56"), "1.234,56"),
    "1234,5": (number("1234.5"), "1.234,5"),
    "2.33": (number("2.33"), "2,33"),
    "2.5": (number("2.5"), "2,5"),
    "30.6": (number("30.6"), "30,6"),
    "1234.56": (number("1234.56"), "1.234,56"),
    "999.999.999.999,999999": (number("999999999999.999999"), "999.999.999.999,999999"),
    "-3": (number("-3"), "-3"),
    "-1.257.178": (number("-1257178"), "-1.257.178"),
    "−3,1": (number("-3.1"), "-3,1"),
    "n. 7.693": (number("7693"), "7.693"),
    "N.7": (number("7"), "7"),
    "90%": (percent("90"), "90%"),
    "90 %": (percent("90"), "90%"),
    "153,38%": (percent("153.38"), "153,38%"),
    "36,20%": (percent("36.20"), "36,20%"),
    "-2,0%": (percent("-2.0"), "-2,0%"),
    "60% (43 dip.)": (percent("60", head_count=43), "60% (43 dip.)"),
    "60%(43 dip.)": (percent("60", head_count=43), "60% (43 dip.)"),
    "60% (1.043 dipendenti)": (percent("60", head_count=1043), "60% (1.043 dip.)"),
    "1% (1 dipendente)": (percent("1", head_count=1), "1% (1 dip.)"),
    ">= 60% (43 dip.)": (
        percent("60", Comparator.AT_LEAST, head_count=43),
        "≥ 60% (43 dip.)",
    ),
    "1.234,56 €": (money("1234.56"), "1.234,56 €"),
    "1.234,56€": (money("1234.56"), "1.234,56 €"),
    "€ 1.234,56": (money("1234.56"), "1.234,56 €"),
    "€1.234": (money("1234"), "1.234 €"),
    "1.000 euro": (money("1000"), "1.000 €"),
    "Euro 1.000": (money("1000"), "1.000 €"),
    "€ -5,00": (money("-5.00"), "-5,00 €"),
    ">= 90%": (percent("90", Comparator.AT_LEAST), "≥ 90%"),
    "≥90%": (percent("90", Comparator.AT_LEAST), "≥ 90%"),
    "≤ 3": (number("3", Comparator.AT_MOST), "≤ 3"),
    "<=3": (number("3", Comparator.AT_MOST), "≤ 3"),
    "<= € 1.000": (money("1000", Comparator.AT_MOST), "≤ 1.000 €"),
    "28.2.2021": (on(2021, 2, 28), "28.2.2021"),
    "10.09.2020": (on(2020, 9, 10), "10.9.2020"),
    "30/6/2021": (on(2021, 6, 30), "30.6.2021"),
    "29.2.2024": (on(2024, 2, 29), "29.2.2024"),
    "entro il 30/6/2021": (by(2021, 6, 30), "entro il 30.6.2021"),
    "Entro 30.6.2021": (by(2021, 6, 30), "entro il 30.6.2021"),
    "entro l'8.3.2021": (by(2021, 3, 8), "entro l'8.3.2021"),
    "entro l’11/3/2021": (by(2021, 3, 11), "entro l'11.3.2021"),
    "da 2.064 a 6.192": (span("2064", "6192"), "da 2.064 a 6.192"),
    "da 1 a 3": (span("1", "3"), "da 1 a 3"),
    "da 3 a 3": (span("3", "3"), "da 3 a 3"),
    "da -3 a 2,5": (span("-3", "2.5"), "da -3 a 2,5"),
    "da 60% a 80%": (span("60", "80", TargetKind.PERCENT), "da 60% a 80%"),
    "dal 60% all'80%": (span("60", "80", TargetKind.PERCENT), "da 60% a 80%"),
    "dall’1% al 2%": (span("1", "2", TargetKind.PERCENT), "da 1% a 2%"),
    "da € 5 a 10,50 €": (span("5", "10.50", TargetKind.MONEY), "da 5 € a 10,50 €"),
    "SI": (YES, "SI"),
    "SÌ": (YES, "SI"),
    "Si\u0300": (YES, "SI"),
    "sí": (YES, "SI"),
    "SI'": (YES, "SI"),
    "SI’": (YES, "SI"),
    "SI/NO": (YES, "SI"),
    "SÌ/NO": (YES, "SI"),
    "NO": (NO, "NO"),
    "verifica": (words("verifica"), "verifica"),
    "Rivalutazione": (words("rivalutazione"), "rivalutazione"),
    "monitoraggio": (MONITORING, "monitoraggio"),
    "Monitoraggio": (MONITORING, "monitoraggio"),
    "n.d.": (NOT_AVAILABLE, "n.d."),
    "N.D": (NOT_AVAILABLE, "n.d."),
    "nd": (NOT_AVAILABLE, "n.d."),
    "-": (NOT_FORESEEN, "-"),
    "–": (NOT_FORESEEN, "-"),
    "—": (NOT_FORESEEN, "-"),
    "−": (NOT_FORESEEN, "-"),
    "": (NOT_FILLED, ""),
    " \u00a0\t": (NOT_FILLED, ""),
    "  4.500 ": (number("4500"), "4.500"),
    "90\u00a0%": (percent("90"), "90%"),
    "\u00a0da  1\u00a0a\n3": (span("1", "3"), "da 1 a 3"),
}

UNKNOWN = (
    "novanta|90 %%|%90|%|1.23.4|1.2345|12.34,5|1.2345,6|0.123,4|12,345.6|1,234,567|,5|5,|"
    "5.|.5|007|05.06|+5|- 5|--5|1 234|1e3|٣|½|ſi|nan|infinity|1_000|entro 30.6|30.6.21|"
    "30.6/2021|2021-06-30|30 giugno 2021|entro 90%|>= 30.6.2021|> 90%|< 3|>=|>= >= 3|=> 3|"
    ">= SI|€ 5 €|€ 5%|$ 5|n.|n. -5|n. 90%|n. d.|da 1|da a|da 1 a|da 60 a 80%|da 60% a 80|"
    "da 28.2.2021 a 30.6.2021|da 1 a 3 a 5|da ≥ 1 a 3|14-18|43 (60%)|43 (43 dip.)|"
    "60% (4.3 dip.)|60% (4.0 dip.)|60% (dip.)|60% (43)|60% (43 dip.|SI NO|NO/SI|"
    "verifica 2023|monitoraggio 90%|n/a|\u200b4|\ud800|\x00"
)

REFUSALS = {
    "0.125": NotationFault.AMBIGUOUS_POINT,
    "-0.125": NotationFault.AMBIGUOUS_POINT,
    "1234.567": NotationFault.AMBIGUOUS_POINT,
    "0.125%": NotationFault.AMBIGUOUS_POINT,
    "da 0.125 a 3": NotationFault.AMBIGUOUS_POINT,
    "31.2.2021": NotationFault.NO_SUCH_DAY,
    "29.2.2021": NotationFault.NO_SUCH_DAY,
    "12/31/2021": NotationFault.NO_SUCH_DAY,
    "entro il 31/6/2021": NotationFault.NO_SUCH_DAY,
    "1.1.0000": NotationFault.NO_SUCH_DAY,
    "1.1.1899": NotationFault.NO_SUCH_DAY,
    "1.1.2200": NotationFault.NO_SUCH_DAY,
    "da 6.192 a 2.064": NotationFault.REVERSED_RANGE,
    "1.000.000.000.000": NotationFault.TOO_LONG,
    "0,0000001": NotationFault.TOO_LONG,
    "60% (1.000.000 dip.)": NotationFault.TOO_LONG,
    "1" * (MAX_LENGTH + 1): NotationFault.TOO_LONG,
    " " * (MAX_LENGTH + 1): NotationFault.TOO_LONG,
    **dict.fromkeys(UNKNOWN.split("|"), NotationFault.UNREADABLE),
}


def labels(texts):
    """Test ids: the texts, in ASCII and short."""
    return [ascii(text[:30]) for text in texts]


@pytest.mark.parametrize(
    ("text", "value"), [(t, v) for t, (v, _) in READINGS.items()], ids=labels(READINGS)
)
def test_read_each_form(text, value):
    assert read(text) == value


@pytest.mark.parametrize(
    ("text", "printed"), [(t, p) for t, (_, p) in READINGS.items()], ids=labels(READINGS)
)
def test_print_each_form_in_our_own_notation(text, printed):
    assert print_value(read(text)) == printed


@pytest.mark.parametrize("text", [*READINGS, *CELLS], ids=labels([*READINGS, *CELLS]))
def test_read_keeps_the_printed_text_unchanged(text):
    assert read(text).printed == text


@pytest.mark.parametrize(("text", "fault"), REFUSALS.items(), ids=labels(REFUSALS))
def test_read_refuses_what_is_unknown_or_has_two_readings(text, fault):
    with pytest.raises(NotationError) as caught:
        read(text)

    assert (caught.value.fault, caught.value.text) == (fault, text)


def test_read_keeps_every_digit():
    assert str(read("36,20%").number) == "36.20"
    assert str(read("999.999.999.999,999999").number) == "999999999999.999999"


def test_print_a_number_held_with_an_exponent():
    assert print_value(number("45E+2")) == "4.500"


def test_the_error_quotes_the_text_and_shows_examples():
    with pytest.raises(NotationError) as caught:
        read(" novanta ")

    with translation.override("en"):
        assert str(caught.value) == (
            "“novanta” cannot be read. "
            "Write for example 90%, 4.500, 0,77, 30.6.2021, monitoraggio, -."
        )


def test_the_examples_are_those_of_the_place():
    with pytest.raises(NotationError) as caught:
        read("31.2.2021")

    assert caught.value.said("1, 2, 0,5").endswith("Scrivi per esempio 1, 2, 0,5.")
    assert "monitoraggio" not in caught.value.said(FIGURES)


@pytest.mark.parametrize("fault", NotationFault)
def test_every_error_quotes_a_long_text_only_in_part(fault):
    text = "%(text)s " * 1000

    message = str(NotationError(fault, text))

    assert message.replace(f"{text[:40]}…", "") == str(NotationError(fault, ""))


def test_every_example_of_the_error_can_be_read():
    examples = ["90%", "4.500", "0,77", "30.6.2021", "monitoraggio", "-", "da 1 a 3"]

    assert [print_value(read(example)) for example in examples] == examples


def test_the_error_survives_a_worker_boundary():
    error = pickle.loads(pickle.dumps(NotationError(NotationFault.UNREADABLE, "novanta")))  # noqa: S301 -- our own bytes

    assert (error.fault, error.text) == (NotationFault.UNREADABLE, "novanta")


IMPOSSIBLE = {
    "nothing stated": {},
    "a mark with a kind": {"availability": Availability.MONITORING, "kind": TargetKind.NUMBER},
    "a mark with a number": {"availability": Availability.NOT_FILLED, "number": Decimal(1)},
    "a kind alone": {"kind": TargetKind.NUMBER},
    "a date with a number": {
        "kind": TargetKind.DATE,
        "day": date(2021, 1, 1),
        "number": Decimal(1),
    },
    "employees of a number": {"kind": TargetKind.NUMBER, "number": Decimal(1), "head_count": 1},
    "a number by": {
        "kind": TargetKind.NUMBER,
        "number": Decimal(1),
        "comparator": Comparator.BY,
    },
    "a date at least": {
        "kind": TargetKind.DATE,
        "day": date(2021, 1, 1),
        "comparator": Comparator.AT_LEAST,
    },
    "a year before the first": {"kind": TargetKind.DATE, "day": date(FIRST_YEAR - 1, 12, 31)},
    "a year after the last": {"kind": TargetKind.DATE, "day": date(LAST_YEAR + 1, 1, 1)},
    "a range downwards": {
        "kind": TargetKind.RANGE,
        "ends": TargetKind.NUMBER,
        "number": Decimal(3),
        "number_to": Decimal(1),
    },
    "a range of dates": {
        "kind": TargetKind.RANGE,
        "ends": TargetKind.DATE,
        "number": Decimal(1),
        "number_to": Decimal(3),
    },
    "thirteen digits": {"kind": TargetKind.NUMBER, "number": Decimal(10**12)},
    "seven decimals": {"kind": TargetKind.NUMBER, "number": Decimal("0.0000001")},
    "infinite": {"kind": TargetKind.NUMBER, "number": Decimal("Infinity")},
    "not a number": {"kind": TargetKind.NUMBER, "number": Decimal("sNaN")},
    "negative employees": {
        "kind": TargetKind.PERCENT,
        "number": Decimal(1),
        "head_count": -1,
    },
    "too many employees": {
        "kind": TargetKind.PERCENT,
        "number": Decimal(1),
        "head_count": MAX_HEAD_COUNT + 1,
    },
    "an unknown word": {"kind": TargetKind.TEXT, "word": "vedremo"},
}


@pytest.mark.parametrize("parts", IMPOSSIBLE.values(), ids=IMPOSSIBLE.keys())
def test_a_value_that_the_notation_cannot_write_does_not_exist(parts):
    with pytest.raises(ValueError, match=r"^(not a value of kind|out of the bounds)"):
        Value(**parts)


# Laws

numbers = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places),
    st.integers(-(10**12) + 1, 10**12 - 1),
    st.integers(0, 6),
)
dates = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
bounds = st.sampled_from(["", Comparator.AT_LEAST, Comparator.AT_MOST])
amounts = st.sampled_from([TargetKind.NUMBER, TargetKind.PERCENT, TargetKind.MONEY])
values = st.one_of(
    st.sampled_from([NOT_FORESEEN, NOT_FILLED, NOT_AVAILABLE, MONITORING, YES, NO]),
    st.builds(Value, kind=amounts, number=numbers, comparator=bounds),
    st.builds(
        Value,
        kind=st.just(TargetKind.PERCENT),
        number=numbers,
        comparator=bounds,
        head_count=st.integers(0, MAX_HEAD_COUNT),
    ),
    st.builds(
        Value,
        kind=st.just(TargetKind.DATE),
        day=dates,
        comparator=st.sampled_from(["", Comparator.BY]),
    ),
    st.builds(
        lambda ends, pair: span(min(pair), max(pair), ends), amounts, st.tuples(numbers, numbers)
    ),
    st.builds(words, st.sampled_from(sorted(WORDS))),
)
PIECES = [
    *"0123456789.,-−%€<>=≥≤/()'’ \u00a0",
    *("da ", " a ", "entro ", "il ", "l'", "dip.", "n.", "SI", "NO", "euro", "12", "2021", "000"),
]
almost_notation = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
spaces = st.text(alphabet=" \t\n\u00a0\u202f", max_size=5)


@settings(max_examples=500, deadline=None)
@given(values)
def test_reading_what_was_printed_gives_the_same_value(value):
    assert read(print_value(value)) == value


@pytest.mark.parametrize("text", CELLS, ids=labels(CELLS))
def test_reading_what_was_printed_gives_the_same_value_for_every_cell_of_the_plan(text):
    assert read(print_value(read(text))) == read(text)


def test_the_plan_prints_most_cells_in_our_own_notation():
    rewritten = {text: print_value(read(text)) for text in CELLS}

    assert {text: own for text, own in rewritten.items() if text != own} == {
        "10.09.2020": "10.9.2020",
        "2.33": "2,33",
        "SI/NO": "SI",
        "n. 7.693": "7.693",
    }


@settings(max_examples=300, deadline=None)
@given(values, spaces, spaces)
def test_surrounding_spaces_make_no_difference(value, before, after):
    text = f"{before}{print_value(value)}{after}"

    assert (read(text), read(text).printed) == (value, text)


@pytest.mark.slow
@settings(max_examples=1000, deadline=None)
@given(st.one_of(st.text(), st.text(min_size=60), almost_notation))
def test_any_text_is_read_or_refused_and_what_is_read_can_be_printed(text):
    try:
        value = read(text)
    except NotationError:
        return

    assert (read(print_value(value)), value.printed) == (value, text)
