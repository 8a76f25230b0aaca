"""Values tried on a scorecard: read from the address, refused with the reason, never saved."""

import pytest
from django.http import QueryDict
from django.utils import translation

from strategy.trials import read_trial, trial_chips

NAMES = {12: "N. cose", 15: "Corso di formazione"}


def obstacle(pk, value) -> str:
    """As if the target of every indicator were a figure or an answer: no day can be compared."""
    return "" if value.day is None and value.printed not in ("-", "n.d.") else "Not compared."


def trial(query: str):
    with translation.override("en"):
        return read_trial(QueryDict(query), NAMES, obstacle)


def printed(found) -> dict[int, str]:
    return {pk: value.printed for pk, value in found.values.items()}


def test_nothing_in_the_address_tries_nothing() -> None:
    found = trial("anno=2020")

    assert (printed(found), found.chosen, found.text, found.error) == ({}, None, "", "")
    assert not found.is_open


def test_what_is_written_is_tried_and_leaves_the_form() -> None:
    found = trial("prova=12&valore=+95%25+")

    assert printed(found) == {12: "95%"}
    assert (found.chosen, found.text, found.error, found.pairs) == (None, "", "", ["12:95%"])
    assert found.is_open


def test_values_add_up_and_the_last_one_wins() -> None:
    found = trial("provato=12:95%25&provato=15:SI&prova=12&valore=80%25")

    assert printed(found) == {12: "80%", 15: "SI"}
    assert found.pairs == ["12:80%", "15:SI"]


def test_an_indicator_may_be_chosen_before_anything_is_written() -> None:
    found = trial("prova=15")

    assert (printed(found), found.chosen, found.error, found.is_open) == ({}, 15, "", True)


@pytest.mark.parametrize(
    ("query", "text", "beginning"),
    [
        ("prova=12&valore=novanta", "novanta", "“novanta” cannot be read."),
        ("prova=12&valore=31.2.2021", "31.2.2021", "“31.2.2021” is not a day"),
        ("prova=12&valore=1.1.2020", "1.1.2020", "Not compared."),
        ("prova=12&valore=-", "-", "Not compared."),
        ("prova=12&valore=n.d.", "n.d.", "Not compared."),
        ("prova=12&valore=+", " ", "Write the value to try"),
        ("prova=99&valore=9", "9", "Choose an indicator"),
        ("prova=&valore=9", "9", "Choose an indicator"),
    ],
)
def test_what_cannot_be_tried_stays_in_the_form_with_the_reason(query, text, beginning) -> None:
    found = trial(f"provato=15:SI&{query}")

    assert printed(found) == {15: "SI"}
    assert (found.text, found.is_open) == (text, True)
    assert found.error.startswith(beginning)


def test_a_long_text_is_refused() -> None:
    found = trial(f"prova=12&valore={'9' * 500}")

    assert printed(found) == {}
    assert "too long" in found.error


@pytest.mark.parametrize(
    "pair", ["99:9", "12", "12:", "12:novanta", "x:9", ":", "12:%00", "12:1.1.2020"]
)
def test_an_address_tampered_with_tries_nothing(pair) -> None:
    assert printed(trial(f"provato={pair}")) == {}


def test_each_value_can_be_taken_away_alone() -> None:
    found = trial("provato=12:95%25&provato=15:SI")

    chips = trial_chips(found, NAMES, {"anno": "2020", "ordine": ""})

    assert [(chip.label, chip.remove_url) for chip in chips] == [
        ("N. cose: 95%", "?anno=2020&provato=15%3ASI"),
        ("Corso di formazione: SI", "?anno=2020&provato=12%3A95%25"),
    ]
