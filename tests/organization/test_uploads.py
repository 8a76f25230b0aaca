"""Which uploads are read."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from organization.uploads import MAX_BYTES, check_evidence, check_upload


def archive(content):
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as zipped:
        zipped.writestr("a.xml", content)
    return file.getvalue()


def workbook():
    file = io.BytesIO()
    Workbook().save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [("dati.csv", b"name\nPriamo\n"), ("dati.CSV", "name\nL’è\n".encode()), ("d.xlsx", workbook())],
    ids=["csv", "csv utf-8", "xlsx"],
)
def test_upload_read_and_rewound(name, content):
    file = SimpleUploadedFile(name, content)

    check_upload(file)

    assert file.read() == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("dati.csv", b"a" * (MAX_BYTES + 1)),
        ("dati.csv", b"\xff\xfe\x00"),
        ("dati.csv", b"a\0b"),
        ("dati.xls", b"name"),
        ("dati.xlsx", b"name\nPriamo\n"),
        ("dati.xlsx", b"PK\x03\x04 and then nothing"),
        ("dati.xlsx", archive(b"0" * 1_000_000)),
        ("dati.xlsx", archive(bytes(range(256)) * 4 + b"0" * 60 * 1024 * 1024)),
    ],
    ids=["heavy", "not utf-8", "null", "kind", "not a zip", "broken", "ratio", "unpacked"],
)
def test_upload_refused(name, content):
    with pytest.raises(ValidationError):
        check_upload(SimpleUploadedFile(name, content))


def damaged(file: bytes, at: bytes, behind: int, sign: int) -> bytes:
    """The archive with one byte changed, so many behind the last mark."""
    place = file.rindex(at) + behind
    return file[:place] + bytes([sign]) + file[place + 1 :]


def open_document() -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as zipped:
        zipped.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return file.getvalue()


ENTRY, END = b"PK\x01\x02", b"PK\x05\x06"
DAMAGES = {
    "a version nobody unpacks": (ENTRY, 6, 99),
    "locked with a password": (ENTRY, 8, 1),
    "packed in an unknown way": (ENTRY, 10, 99),
    "another checksum": (ENTRY, 16, 0),
    "no content where it should be": (ENTRY, 42, 9),
    "a list that begins before the file": (END, 19, 127),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_document_is_refused(damage):
    file = damaged(open_document(), *damage)

    with pytest.raises(ValidationError):
        check_evidence(SimpleUploadedFile("dati.ods", file))


def test_a_workbook_of_a_version_that_nobody_unpacks_is_refused():
    file = damaged(workbook(), *DAMAGES["a version nobody unpacks"])

    with pytest.raises(ValidationError):
        check_upload(SimpleUploadedFile("dati.xlsx", file))
