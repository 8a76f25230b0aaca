"""Which rows a filter of a dashboard finds, and how the address tells of it."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy.filters import NAMES, folded, kind_label, kind_of, select
from strategy.reports import ABSENT, Cell, Line

MONITORING = Cell("monitoraggio", "monitoring")
PERCENT = Cell("90%", "", "percent")
DASHBOARDS = {"SG": "SEGRETARIO GENERALE", "RI": "SERVIZIO REGISTRO IMPRESE", "AG": "AFFARI"}


def line(number: int, **given) -> Line:
    values = {
        "row_id": number,
        "position": number,
        "dashboard_id": 1,
        "indicator_id": number,
        "indicator": f"N. cose {number}",
        "action_id": 1,
        "action": "Fare",
        "objective_id": 11,
        "objective_code": "1.1",
        "objective": "Servizi",
        "perspective_id": 1,
        "perspective": "SVILUPPO DEL TERRITORIO",
        "source": "Priamo",
        "is_strategic": True,
        "cells": (ABSENT, PERCENT),
        "codes": (),
    }
    return Line(**values | given)


LINES = (
    line(1, codes=("SG", "RI"), indicator="Attività di promozione"),
    line(2, source="Infocamere", is_strategic=False, codes=("RI",)),
    line(
        3, objective_id=21, objective_code="2.1", perspective_id=2, perspective="Utenti e imprese"
    ),
    line(4, cells=(ABSENT, MONITORING), source="", action="Misurare"),
    line(5, cells=(PERCENT, ABSENT), action="Controllare le attività"),
)


def found(**asked: str) -> list[int]:
    return [one.row_id for one in selected(**asked).lines]


def selected(lines=LINES, *, with_nature=True, **asked: str):
    return select(lines, asked, current=1, dashboards=DASHBOARDS, with_nature=with_nature)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, [1, 2, 3, 4, 5]),
        ({"perspective": "2"}, [3]),
        ({"objective": "11"}, [1, 2, 4, 5]),
        ({"unit": "RI"}, [1, 2]),
        ({"unit": "ente"}, [3, 4, 5]),
        ({"source": "Infocamere"}, [2]),
        ({"kind": "percent"}, [1, 2, 3]),
        ({"kind": "monitoring"}, [4]),
        ({"kind": "absent"}, [5]),
        ({"nature": "operativo"}, [2]),
        ({"nature": "strategico", "unit": "RI"}, [1]),
        ({"q": "attivita"}, [1, 5]),
        ({"q": "ATTIVITÀ  promozione"}, [1]),
        ({"q": "promozione controllare"}, []),
        ({"q": "2.1"}, [3]),
        ({"q": "infocamere"}, [2]),
        ({"q": "   "}, [1, 2, 3, 4, 5]),
        ({"q": "cose", "source": "Priamo", "kind": "percent"}, [3]),
    ],
    ids=str,
)
def test_rows_match_every_filter_asked_for(asked, expected):
    assert found(**asked) == expected


@pytest.mark.parametrize(
    "asked",
    [
        {"perspective": "99"},
        {"objective": "' or 1=1"},
        {"unit": "AG"},  # a dashboard without rows here
        {"source": "priamo"},
        {"kind": "money"},
        {"nature": "strategic"},
        {"unheard": "of"},
    ],
    ids=str,
)
def test_a_value_the_dashboard_does_not_hold_is_ignored(asked):
    selection = selected(**asked)

    assert (len(selection.lines), selection.chips, selection.is_filtered) == (5, (), False)


def test_choices_are_those_of_the_rows_in_the_order_of_the_plan():
    choices = {
        field.name: [(choice.value, choice.label) for choice in field.choices]
        for field in selected().fields
    }

    assert choices == {
        "perspective": [("1", "Sviluppo del territorio"), ("2", "Utenti e imprese")],
        "objective": [("11", "1.1 Servizi"), ("21", "2.1 Servizi")],
        "unit": [
            ("SG", "SEGRETARIO GENERALE"),
            ("RI", "SERVIZIO REGISTRO IMPRESE"),
            ("ente", choices["unit"][-1][1]),
        ],
        "source": [("Infocamere", "Infocamere"), ("Priamo", "Priamo")],
        "kind": [(key, kind_label(key)) for key in ("absent", "monitoring", "percent")],
        "nature": choices["nature"],
    }


def test_the_dashboard_of_the_ente_has_no_nature_to_choose():
    names = [field.name for field in selected(with_nature=False).fields]

    assert names == ["perspective", "objective", "unit", "source", "kind"]
    assert len(selected(with_nature=False, nature="operativo").lines) == 5


def test_choices_stay_when_rows_are_filtered_away():
    narrow, wide = selected(unit="RI", q="promozione"), selected()

    assert [len(f.choices) for f in narrow.fields] == [len(f.choices) for f in wide.fields]
    assert narrow.total == 5


def test_a_chip_lifts_its_own_filter_only():
    chips = selected(q="cose", source="Priamo", kind="percent").chips

    assert [dict(parse_qsl(chip.remove_url.removeprefix("?"))) for chip in chips] == [
        {"source": "Priamo", "kind": "percent"},
        {"q": "cose", "kind": "percent"},
        {"q": "cose", "source": "Priamo"},
    ]


def test_a_long_search_is_cut():
    assert len(selected(q="a" * 500).query) == 200


def test_no_rows_give_no_choices():
    selection = selected(())

    assert selection.lines == ()
    assert [field.choices for field in selection.fields[:5]] == [()] * 5


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (PERCENT, "percent"),
        (MONITORING, "monitoring"),
        (Cell("-", "none"), "none"),
        (Cell("n.d.", "nd"), "nd"),
        (Cell("", "empty"), "empty"),
        (ABSENT, "absent"),
    ],
)
def test_blanks_are_kinds_too_and_have_a_word(cell, kind):
    assert kind_of(line(1, cells=(cell,)), 0) == kind
    assert kind_label(kind)


asked = st.dictionaries(
    st.sampled_from(NAMES),
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            ["1", "2", "11", "RI", "ente", "Priamo", "percent", "operativo", "attivita"]
        ),
    ),
)


@given(asked)
def test_filters_only_take_away_and_keep_the_order(asked):
    numbers = found(**asked)

    assert numbers == sorted(numbers)
    assert set(numbers) <= {1, 2, 3, 4, 5}


@given(asked, asked)
def test_two_filters_find_what_both_find(first, second):
    if first.keys() & second.keys():
        return

    both = found(**first | second)

    assert both == [number for number in found(**first) if number in found(**second)]


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert folded(folded(text)) == folded(text)
