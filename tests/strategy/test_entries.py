"""What is asked of who supplies a figure, and how what was typed is read and judged."""

import datetime
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from indicators.enums import Availability, Polarity, TargetKind
from indicators.values import read
from strategy.entries import Answer, divided, judge, wants_forecast
from strategy.monitoring_enums import EntryFault, EntryKind, EntryState
from strategy.questions import Question, counts_things, entry_of, kind_of

TODAY = datetime.date(2021, 7, 5)
JUNE = datetime.date(2021, 6, 30)
DECEMBER = datetime.date(2021, 12, 31)
NUMBER, PERCENT, DATE = TargetKind.NUMBER, TargetKind.PERCENT, TargetKind.DATE


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def question(target="100", *, ratio=False, ends_on=JUNE, kind=None, **changed) -> Question:
    """A question about a target, by default at 30 June; `target` None is monitoring."""
    value = read(target) if target else None
    known = kind if kind is not None else kind_of([value] if value else [], is_ratio=ratio)
    facts = {
        "entry": entry_of(known, is_ratio=ratio),
        "kind": known,
        "target": value,
        "ends_on": ends_on,
        "is_final": ends_on == DECEMBER,
        "polarity": Polarity.HIGHER_IS_BETTER,
    }
    return Question(**facts | changed)


def faults(asked: Question, today=TODAY, **typed) -> list[tuple[str, EntryFault]]:
    found = judge(asked, Answer(**typed), today=today)
    return [(one.field, one.kind) for one in found.faults]


# What is asked


@pytest.mark.parametrize(
    ("kind", "is_ratio", "entry"),
    [
        (DATE, False, EntryKind.DATE),
        (DATE, True, EntryKind.DATE),
        (TargetKind.YES_NO, True, EntryKind.YES_NO),
        (PERCENT, True, EntryKind.RATIO),
        (NUMBER, True, EntryKind.RATIO),
        (PERCENT, False, EntryKind.VALUE),
        ("", False, EntryKind.VALUE),
    ],
)
def test_how_a_figure_is_entered(kind, is_ratio, entry):
    assert entry_of(kind, is_ratio=is_ratio) == entry


@pytest.mark.parametrize(
    ("cells", "is_ratio", "kind"),
    [
        (["90%", "3"], False, PERCENT),
        (["monitoraggio", "2.33"], False, NUMBER),
        (["verifica", "30%"], False, PERCENT),
        (["da 2.064 a 6.192"], False, NUMBER),
        (["monitoraggio", "n.d."], True, PERCENT),
        (["monitoraggio", "-"], False, ""),
    ],
)
def test_what_a_figure_counts_is_told_by_its_cells(cells, is_ratio, kind):
    assert kind_of([read(cell) for cell in cells], is_ratio=is_ratio) == kind


@pytest.mark.parametrize(
    ("target", "ends_on", "due_on", "is_due"),
    [
        ("100", JUNE, DECEMBER, False),
        ("100", DECEMBER, DECEMBER, True),
        ("30.6.2021", JUNE, JUNE, True),
        ("1.7.2021", JUNE, datetime.date(2021, 7, 1), False),
        (None, DECEMBER, DECEMBER, False),
    ],
)
def test_when_a_target_is_due(target, ends_on, due_on, is_due):
    asked = question(target, ends_on=ends_on)

    assert (asked.due_on, asked.is_due) == (due_on, is_due)


@pytest.mark.parametrize(
    ("target", "example"),
    [
        ("100", "4.500"),
        ("90%", "90%"),
        ("30.6.2021", "30.6.2021"),
        ("SI", "SI"),
        (None, "4.500, 90%"),
    ],
)
def test_an_example_is_of_the_kind_asked(target, example):
    assert question(target).example == example


# What is answered


def test_an_answer_is_cleaned_of_what_a_database_cannot_hold():
    typed = Answer(value=" 90% ", note="una\r\nriga\x00 \ud800")

    assert typed.cleaned() == Answer(value="90%", note="una\nriga")


def test_the_digest_changes_with_any_field():
    blank = Answer()

    assert blank.digest == Answer().digest
    assert len({blank.digest, Answer(value="1").digest, Answer(note="1").digest}) == 3


@pytest.mark.parametrize(
    ("typed", "is_blank"),
    [({}, True), ({"note": "x"}, True), ({"forecast": "yes"}, False), ({"numerator": "1"}, False)],
)
def test_an_answer_is_blank_without_figure_and_forecast(typed, is_blank):
    assert Answer(**typed).is_blank == is_blank


# Values


def test_a_value_with_its_forecast_is_ready():
    found = judge(question(), Answer(value=" 1.250 ", forecast="yes"), today=TODAY)

    assert (found.state, found.value.number, found.printed) == (EntryState.READY, 1250, "1.250")


def test_a_blank_row_says_nothing():
    found = judge(question(), Answer(note="Dopo le ferie."), today=TODAY)

    assert (found.state, found.faults, found.is_ready) == (EntryState.BLANK, (), False)


def test_a_value_without_forecast_is_to_be_completed():
    found = judge(question(), Answer(value="12"), today=TODAY)

    assert (found.state, found.message("forecast")) == (
        EntryState.INCOMPLETE,
        "Say whether the target will be reached.",
    )
    assert found.message("value") == ""


def test_a_forecast_without_value_is_to_be_completed():
    assert faults(question(), forecast="yes") == [("value", EntryFault.MISSING)]


@pytest.mark.parametrize(
    ("target", "value", "kind"),
    [
        ("100", "novanta", EntryFault.NOTATION),
        ("100", "90%", EntryFault.KIND),
        ("90%", "90", EntryFault.KIND),
        ("100", "monitoraggio", EntryFault.KIND),
        ("100", "-", EntryFault.KIND),
        ("100", "da 1 a 3", EntryFault.KIND),
        ("100", "≥ 90", EntryFault.BOUND),
        ("30.6.2021", "giugno", EntryFault.NOTATION),
        ("30.6.2021", "31.2.2021", EntryFault.DAY),
        ("100", "1234.567", EntryFault.POINT),
        ("100", "9" * 20, EntryFault.LARGE),
        ("100", "da 3 a 1", EntryFault.KIND),
        ("30.6.2021", "12", EntryFault.KIND),
        ("30.6.2021", "entro il 28.6.2021", EntryFault.BOUND),
        ("30.6.2021", "28.6.2020", EntryFault.YEAR),
        ("30.6.2021", "28.6.2022", EntryFault.YEAR),
        ("31.12.2021", "6.7.2021", EntryFault.FUTURE),
        ("SI", "12", EntryFault.KIND),
        (None, "da 1 a 3", EntryFault.KIND),
        (None, "verifica", EntryFault.KIND),
    ],
)
def test_what_is_not_an_answer_is_wrong_at_its_field(target, value, kind):
    asked = question(target)

    found = judge(asked, Answer(value=value, forecast="yes"), today=TODAY)

    assert [(one.field, one.kind, one.is_wrong) for one in found.faults] == [("value", kind, True)]
    assert (found.state, found.value) == (EntryState.WRONG, None)
    assert found.printed == value
    assert " or -" not in found.message("value")


def test_the_message_quotes_what_was_typed_and_shows_what_is_meant():
    found = judge(question("30.6.2021"), Answer(value="12"), today=TODAY)

    assert found.message("value") == (
        "A date is needed here, not “12”. Write for example 30.6.2021."
    )


@pytest.mark.parametrize(
    ("target", "value", "message"),
    [
        ("100", "-", "A number is needed here, not “-”. Write for example 4.500."),
        ("100", "90%", "A number is needed here, not “90%”. Write for example 4.500."),
        ("100", "da 3 a 1", "A number is needed here, not “da 3 a 1”. Write for example 4.500."),
        ("90%", "90", "A percentage is needed here, not “90”. Write for example 90%."),
        ("1 €", "90", "An amount in euro is needed here, not “90”. Write for example 1.234,56 €."),
        ("SI", "12", "Yes or no is needed here, not “12”. Write for example SI."),
        (None, "verifica", "A value is needed here, not “verifica”. Write for example 4.500, 90%."),
    ],
)
def test_a_value_of_another_kind_is_told_what_is_asked(target, value, message):
    found = judge(question(target), Answer(value=value, forecast="yes"), today=TODAY)

    assert found.message("value") == message


@pytest.mark.parametrize("value", ["4", "90%", "1.000 €", "5.7.2021", "SI", "n.d."])
def test_what_the_plan_never_said_may_be_of_any_kind(value):
    assert judge(question(None, kind=""), Answer(value=value), today=TODAY).is_ready


def test_heads_may_stand_beside_a_percentage():
    found = judge(question("60%"), Answer(value="60% (43 dip.)", forecast="yes"), today=TODAY)

    assert (found.is_ready, found.value.head_count) == (True, 43)


# Dates


def test_a_date_done_needs_no_forecast():
    assert judge(question("30.6.2021"), Answer(value="28.6.2021"), today=TODAY).is_ready


def test_a_date_not_reached_is_left_empty_with_its_forecast():
    found = judge(question("31.12.2021"), Answer(forecast="yes"), today=TODAY)

    assert (found.is_ready, found.value, found.printed) == (True, None, "")


def test_a_date_gone_by_asks_why_and_what_caused_it():
    asked = question("30.6.2021")

    assert faults(asked, forecast="no") == [
        ("reason", EntryFault.REASON),
        ("cause", EntryFault.CAUSE),
    ]
    assert faults(asked, value="2.7.2021") == [
        ("reason", EntryFault.REASON),
        ("cause", EntryFault.CAUSE),
    ]
    done = {"value": "2.7.2021", "reason": "Ritardo.", "cause": "exogenous"}
    assert faults(asked, **done) == []


def test_at_the_end_of_the_year_a_date_is_there_or_not_available():
    asked = question("31.12.2021", ends_on=DECEMBER)
    after = datetime.date(2022, 1, 7)

    assert judge(asked, Answer(), today=after).state == EntryState.BLANK
    assert faults(asked, today=after, value="n.d.") == [
        ("reason", EntryFault.REASON),
        ("cause", EntryFault.CAUSE),
    ]
    assert judge(asked, Answer(value="20.12.2021"), today=after).is_ready


# Yes and no


def test_a_yes_needs_no_forecast_and_a_no_does():
    assert judge(question("SI"), Answer(value="SI"), today=TODAY).is_ready
    assert faults(question("SI"), value="NO") == [("forecast", EntryFault.FORECAST)]


# Ratios


def test_a_ratio_is_computed_per_cent_with_two_decimals():
    asked = question("60%", ratio=True, is_share=True)
    typed = Answer(numerator="12.480", denominator="13.902", forecast="yes")

    found = judge(asked, typed, today=TODAY)

    assert found.is_ready
    assert (found.printed, found.value.number) == ("89,77%", Decimal("89.77"))
    assert (found.numerator, found.denominator) == (12480, 13902)


@pytest.mark.parametrize(
    ("numerator", "denominator", "kind", "printed"),
    [
        ("1", "3", PERCENT, "33,33%"),
        ("2", "3", PERCENT, "66,67%"),
        ("1", "2", PERCENT, "50%"),
        ("1", "8", PERCENT, "12,50%"),
        ("5", "1000", PERCENT, "0,50%"),
        ("3", "2", PERCENT, "150%"),
        ("7", "2", NUMBER, "3,50"),
        ("1000000", "3", TargetKind.MONEY, "333.333,33 €"),
        ("1", "0", PERCENT, "n.d."),
        ("0", "0", PERCENT, "n.d."),
        ("0.005", "1", "", "0,01"),
    ],
)
def test_what_a_ratio_gives(numerator, denominator, kind, printed):
    assert divided(Decimal(numerator), Decimal(denominator), kind).printed == printed


def test_a_ratio_too_large_to_be_written_is_told():
    asked = question("60%", ratio=True)
    typed = {"numerator": "999.999.999.999", "denominator": "0,000001", "forecast": "yes"}

    assert divided(Decimal(10) ** 13, Decimal(1), NUMBER) is None
    assert ("numerator", EntryFault.LARGE) in faults(asked, **typed)


def test_a_zero_denominator_is_not_available_and_says_why():
    asked = question("60%", ratio=True)
    typed = {"numerator": "0", "denominator": "0", "forecast": "yes"}

    found = judge(asked, Answer(**typed), today=TODAY)

    assert found.value.availability == Availability.NOT_AVAILABLE
    assert [one.kind for one in found.faults] == [EntryFault.REASON]
    assert judge(asked, Answer(**typed, reason="Nessun verbale."), today=TODAY).is_ready


def test_a_part_of_nothing_is_not_available_either():
    asked = question("60%", ratio=True, is_share=True)
    typed = {"numerator": "5", "denominator": "0", "forecast": "yes"}

    assert faults(asked, **typed) == [("reason", EntryFault.REASON)]
    found = judge(asked, Answer(**typed, reason="Nessun verbale."), today=TODAY)
    assert (found.is_ready, found.printed) == (True, "n.d.")


def test_a_ratio_not_available_is_written_in_the_first_field():
    asked = question(None, ratio=True, kind=PERCENT)

    found = judge(asked, Answer(numerator="N.D."), today=TODAY)

    assert (found.is_ready, found.printed, found.numerator) == (True, "n.d.", None)


@pytest.mark.parametrize(
    ("words", "measure", "expected"),
    [
        ("N. incontri", "", True),
        ("Diffusione della piattaforma: n. eventi", "n.", True),
        ("Tempi medi", "giorni lavorativi", True),
        ("Indicatore di tempestività dei pagamenti", "giorni", False),
        ("Variazione delle imprese", "%", False),
    ],
)
def test_what_is_counted_is_told_by_its_words_or_its_unit_of_measure(words, measure, expected):
    assert counts_things(words, measure) is expected


def test_a_count_is_never_negative_what_may_be_a_loss_is():
    assert faults(question(), value="-3", forecast="no") == [("value", EntryFault.COUNT)]
    assert faults(question(may_be_negative=True), value="-3", forecast="yes") == []


def test_a_difference_of_amounts_may_be_negative():
    typed = {
        "numerator": "-100.000",
        "denominator": "500.000",
        "forecast": "no",
        "reason": "Crisi.",
    }
    asked = question("32%", ratio=True, may_be_negative=True)

    found = judge(asked, Answer(**typed), today=TODAY)

    assert (found.is_ready, found.printed, found.numerator) == (True, "-20%", -100_000)
    assert read(found.printed) == found.value
    assert faults(question("32%", ratio=True), **typed) == [("numerator", EntryFault.COUNT)]
    assert faults(asked, **typed | {"denominator": "-1"}) == [("denominator", EntryFault.COUNT)]


@pytest.mark.parametrize(
    ("words", "counts"),
    [
        ("N. incontri necessari", True),
        ("n. pratiche", True),
        ("Numero di imprese", True),
        ("Tempo medio di lavorazione delle pratiche", True),
        ("Tempi medi di elaborazione dei certificati", True),
        ("Tempo medio di pagamento delle fatture", False),
        ("N. mandati di pagamento", True),
        ("Proventi strutturali -Oneri strutturali", False),
        ("", False),
    ],
)
def test_what_counts_things_says_so(words, counts):
    assert counts_things(words) == counts


def test_a_numerator_is_no_larger_than_what_it_is_a_part_of():
    typed = {"numerator": "11", "denominator": "10", "forecast": "yes"}

    assert faults(question("60%", ratio=True, is_share=True), **typed) == [
        ("numerator", EntryFault.WHOLE)
    ]
    assert faults(question("60%", ratio=True, is_share=False), **typed) == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"numerator": "1"}, [("denominator", EntryFault.HALF)]),
        ({"denominator": "1"}, [("numerator", EntryFault.HALF)]),
        ({"numerator": "uno", "denominator": "2"}, [("numerator", EntryFault.COUNT)]),
        ({"numerator": "1", "denominator": "2%"}, [("denominator", EntryFault.COUNT)]),
        ({"numerator": "9" * 20, "denominator": "2"}, [("numerator", EntryFault.LARGE)]),
        ({"numerator": "-1", "denominator": "2"}, [("numerator", EntryFault.COUNT)]),
        ({"numerator": "≥ 1", "denominator": "2"}, [("numerator", EntryFault.COUNT)]),
        ({"numerator": "n.d.", "denominator": "2"}, [("numerator", EntryFault.COUNT)]),
    ],
)
def test_two_counts_go_together(typed, expected):
    assert faults(question("60%", ratio=True), forecast="yes", **typed) == expected


# Reasons


@pytest.mark.parametrize("forecast", ["at_risk", "no"])
def test_a_doubtful_forecast_asks_why_and_not_the_cause(forecast):
    asked = question()

    assert faults(asked, value="1", forecast=forecast) == [("reason", EntryFault.REASON)]
    assert faults(asked, value="1", forecast=forecast, reason="Spostati in autunno.") == []


def test_during_the_year_a_figure_below_its_target_asks_nothing():
    assert faults(question("100"), value="40", forecast="yes") == []


@pytest.mark.parametrize(
    ("value", "polarity", "asks"),
    [
        ("99", Polarity.HIGHER_IS_BETTER, True),
        ("100", Polarity.HIGHER_IS_BETTER, False),
        ("101", Polarity.LOWER_IS_BETTER, True),
        ("n.d.", Polarity.HIGHER_IS_BETTER, True),
    ],
)
def test_at_the_end_of_the_year_a_missed_target_asks_why(value, polarity, asks):
    asked = question("100", ends_on=DECEMBER, polarity=polarity)

    found = judge(asked, Answer(value=value), today=datetime.date(2022, 1, 7))

    assert (found.asks_reason, found.asks_cause) == (asks, asks)
    assert found.is_ready is not asks


def test_what_is_only_watched_asks_neither_forecast_nor_reason():
    asked = question(None, kind=NUMBER)

    assert not wants_forecast(asked, None)
    assert judge(asked, Answer(value="n.d."), today=TODAY).is_ready


# What is not kept


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"value": "9" * 81}, [("value", EntryFault.LENGTH)]),
        ({"numerator": "9" * 81}, [("numerator", EntryFault.LENGTH)]),
        ({"value": "9", "forecast": "yes", "note": "a" * 2001}, [("note", EntryFault.LENGTH)]),
        ({"value": "9", "forecast": "forse"}, [("forecast", EntryFault.CHOICE)]),
        ({"value": "9", "forecast": "yes", "cause": "sorte"}, [("cause", EntryFault.CHOICE)]),
    ],
)
def test_texts_too_long_and_invented_choices_are_refused(typed, expected):
    found = judge(question(), Answer(**typed), today=TODAY)

    assert [(one.field, one.kind) for one in found.faults] == expected
    assert {one.kind for one in found.faults} <= EntryFault.unkept


@given(st.text(max_size=90), st.text(max_size=20), st.text(max_size=20))
def test_whatever_is_typed_is_judged(value, numerator, denominator):
    for asked in (question(), question("60%", ratio=True), question("30.6.2021")):
        typed = Answer(value=value, numerator=numerator, denominator=denominator)

        found = judge(asked, typed, today=TODAY)

        assert found.is_ready is (found.state == EntryState.READY)


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_share_stands_between_nothing_and_the_whole(part, rest):
    value = divided(Decimal(part), Decimal(part + rest), PERCENT)

    assert 0 <= value.number <= 100
    assert read(value.printed) == value
