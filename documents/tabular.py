"""Rows as files of data: CSV that any program reads, XLSX with numbers as numbers.

A text that a spreadsheet would run as a formula is made harmless, yet the plan's open data must
stay exactly as printed. So an apostrophe is put only before a text that begins with `=`, `+`, `@`,
TAB or CR, or with a `-` followed by something that is neither nothing nor a number: `-` (not
foreseen), `-3,5` and `-1.257.178` stay what they are.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Value = str | int | float | Decimal | datetime | date | timedelta | bool | None
NUMBER = re.compile(r"-\s?\d[\d.,]*\s?[%€]?")
LEADS = ("=", "+", "@", "\t", "\r")
# What XML cannot hold, and Excel therefore refuses to open.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
WIDEST_COLUMN = 60
# More than 24 hours stay hours: 36:00, never 12:00 of the next day.
HOURS = "[h]:mm"


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run the text instead of showing it."""
    if text.startswith(LEADS):
        return True
    return text.startswith("-") and text.strip() != "-" and not NUMBER.fullmatch(text.strip())


def neutralised(value: Value) -> Value:
    """The value with an apostrophe before a text that a spreadsheet would run."""
    return f"'{value}" if isinstance(value, str) and is_formula(value) else value


def csv_bytes(
    header: Sequence[str], rows: Iterable[Sequence[Value]], *, neutralise: bool = True
) -> bytes:
    """RFC 4180 in UTF-8: commas, CRLF, quotes where needed, dot decimals, None as nothing."""
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        cells = map(neutralised, row) if neutralise else row
        writer.writerow([_csv_text(cell) for cell in cells])
    return buffer.getvalue().encode("utf-8")


def xlsx_bytes(
    title: str, header: Sequence[str], rows: Iterable[Sequence[Value]], *, neutralise: bool = True
) -> bytes:
    """One sheet with a frozen bold header; numbers, days, hours native, texts never a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_title(title))
    table = [tuple(map(neutralised, row)) if neutralise else tuple(row) for row in rows]
    # A write-only sheet takes its widths before its first row.
    for index, width in enumerate(_widths(header, table)):
        sheet.column_dimensions[get_column_letter(index + 1)].width = width
    sheet.freeze_panes = "A2"
    sheet.append([_xlsx_cell(sheet, name, is_bold=True) for name in header])
    for row in table:
        sheet.append([_xlsx_cell(sheet, value) for value in row])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def hours_and_minutes(length: timedelta) -> str:
    """A length of time, not an hour of the day: 7:12."""
    minutes = length // timedelta(minutes=1)
    return f"{minutes // 60}:{minutes % 60:02}"


def _csv_text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, timedelta):
        return hours_and_minutes(value)
    return "" if value is None else str(value)


def _sheet_title(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", CONTROL.sub("", title))[:31].strip() or "Dati"


def _widths(header: Sequence[str], rows: Sequence[Sequence[Value]]) -> list[int]:
    widths = [len(name) for name in header]
    for row in rows:
        for index, value in enumerate(row[: len(widths)]):
            widths[index] = max(widths[index], len(_csv_text(value)))
    return [min(width + 2, WIDEST_COLUMN) for width in widths]


def _xlsx_cell(sheet: WriteOnlyWorksheet, value: Value, *, is_bold: bool = False) -> Cell:
    cell: Cell = WriteOnlyCell(sheet)
    cell.value = CONTROL.sub("", value) if isinstance(value, str) else value
    if isinstance(value, str):
        # openpyxl takes a text that begins with "=" for a formula.
        cell.data_type = "s"
    if isinstance(value, timedelta):
        cell.number_format = HOURS
    if is_bold:
        cell.font = Font(bold=True)
    return cell
