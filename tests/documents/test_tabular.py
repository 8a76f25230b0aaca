"""Files of data: what was printed comes back, formulas do not run, numbers stay numbers."""

import csv
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from documents.tabular import csv_bytes, is_formula, neutralised, xlsx_bytes

texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")))


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+39 035", "@SUM(A1)", "\tx", "\rx", "-2+3", "-A1", "--1", "-cmd|' /C calc'!A0"],
)
def test_text_that_would_run_is_neutralised(text):
    assert (is_formula(text), neutralised(text)) == (True, f"'{text}")


@pytest.mark.parametrize(
    "text",
    ["", "-", " - ", "-3,5", "-1.257.178", "-10,1%", "- 5", "-4,00 €", "90%", "≥ 90%", "a=b"],
)
def test_printed_cell_stays_as_printed(text):
    assert (is_formula(text), neutralised(text)) == (False, text)


def test_csv_follows_rfc_4180():
    content = csv_bytes(
        ["a", "b"], [['un "testo", lungo', "due\nrighe"], [None, True], [Decimal("1.50"), 2]]
    )

    assert content == (b'a,b\r\n"un ""testo"", lungo","due\nrighe"\r\n,true\r\n1.50,2\r\n')


def test_csv_dates_are_iso_and_false_is_a_word():
    assert csv_bytes(["d", "f"], [[date(2021, 1, 25), False]]) == b"d,f\r\n2021-01-25,false\r\n"


def test_csv_leaves_formulas_alone_on_request():
    assert csv_bytes(["a"], [["=1"]], neutralise=False) == b"a\r\n=1\r\n"


@given(st.lists(st.lists(texts, min_size=2, max_size=2)))
def test_csv_reads_back_as_written(rows):
    content = csv_bytes(["a", "b"], rows, neutralise=False)

    assert list(csv.reader(StringIO(content.decode(), newline=""))) == [["a", "b"], *rows]


def test_xlsx_keeps_numbers_and_days_native():
    rows = [["testo", 4500, Decimal("0.77"), date(2021, 1, 25), None, True]]

    sheet = load_workbook(BytesIO(xlsx_bytes("Dati", list("abcdef"), rows))).active

    cells = next(iter(sheet.iter_rows(min_row=2)))
    assert [cell.data_type for cell in cells] == ["s", "n", "n", "d", "n", "b"]
    assert [cell.value for cell in cells][1:3] == [4500, 0.77]


@pytest.mark.parametrize(("neutralise", "value"), [(True, "'=1+1"), (False, "=1+1")])
def test_xlsx_never_holds_a_formula(neutralise, value):
    content = xlsx_bytes("Dati", ["a"], [["=1+1"]], neutralise=neutralise)

    cell = load_workbook(BytesIO(content)).active["A2"]

    assert (cell.value, cell.data_type) == (value, "s")


def test_lengths_of_time_are_added_up_by_a_spreadsheet():
    row = [timedelta(hours=7, minutes=12), timedelta(hours=36)]

    sheet = load_workbook(BytesIO(xlsx_bytes("Ore", ["a", "b"], [row]))).active

    assert [cell.value for cell in sheet[2]] == row
    assert {cell.number_format for cell in sheet[2]} == {"[h]:mm"}
    assert csv_bytes(["a", "b"], [row]).decode().splitlines()[1] == "7:12,36:00"


def test_xlsx_has_a_frozen_bold_header_and_a_lawful_title():
    book = load_workbook(BytesIO(xlsx_bytes("Piano/2021: [bozza]" * 3, ["a"], [["\x01b" * 80]])))

    sheet = book.active
    assert sheet.title == ("Piano 2021   bozza " * 3)[:31].strip()
    assert (sheet.freeze_panes, sheet["A1"].font.b) == ("A2", True)
    assert sheet["A2"].value == "b" * 80
    assert sheet.column_dimensions["A"].width == 60


def test_xlsx_without_a_title_has_one():
    assert load_workbook(BytesIO(xlsx_bytes("", ["a"], []))).sheetnames == ["Dati"]
