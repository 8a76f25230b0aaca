"""What a page sends to be changed: read strictly, bounded, harmless to store."""

import pytest

from strategy.cell_changes import (
    MAX_CELLS,
    CellKey,
    CellVerdict,
    PayloadError,
    change,
    changes_from,
)
from strategy.enums import CellFault


def sent(**given) -> dict:
    return {"cells": [{"key": "t12-2021", "text": "4.500", "was": "4.000"} | given]}


@pytest.mark.parametrize("name", ["t12-2021", "a7-2020"])
def test_a_cell_is_named_and_read_back(name):
    assert str(CellKey.read(name)) == name


@pytest.mark.parametrize(
    "name",
    ["", "t12", "x12-2021", "t012-2021", "t12-21", "t12-2021 ", "t1٢-2021", f"t{'9' * 19}-2021"],
)
def test_what_names_no_cell(name):
    assert CellKey.read(name) is None


def test_changes_are_read_without_the_space_around_them():
    [made] = changes_from(sent(text=" 4.500\n", was=" 4.000", reason=" perché "))

    assert (made.key, made.text, made.was, made.reason) == (
        CellKey(False, 12, 2021),
        "4.500",
        "4.000",
        "perché",
    )


def test_a_reason_holds_nothing_a_database_refuses():
    made = change(CellKey(False, 12, 2021), text="1", was="2", reason="a\x00b\ud800c")

    assert made.reason == "abc"


@pytest.mark.parametrize(
    "payload",
    [
        None,
        [],
        {},
        {"cells": {}},
        {"cells": []},
        {"cells": ["t12-2021"]},
        sent(key=12),
        sent(key="t12"),
        sent(text=None),
        sent(was=7),
        sent(reason=[]),
        {"cells": sent()["cells"] * 2},
        {"cells": sent()["cells"] * (MAX_CELLS + 1)},
    ],
)
def test_anything_else_is_refused(payload):
    with pytest.raises(PayloadError):
        changes_from(payload)


def test_a_verdict_tells_only_what_it_says():
    key = CellKey(False, 12, 2021)
    fine = CellVerdict(key=key, reading="numero 4")
    emptied = CellVerdict(key=key, fault=CellFault.CONFLICT, message="!", who="Livia", when="ieri")

    assert fine.as_data() == {"key": "t12-2021", "reading": "numero 4"}
    assert emptied.as_data() == {
        "key": "t12-2021",
        "fault": "conflict",
        "message": "!",
        "who": "Livia",
        "when": "ieri",
        "saved": "",
    }
