"""A PDF of others is kept only when it is whole, small, open and holds nothing that acts."""

import io

import pytest
from django.core.exceptions import ValidationError

from documents.received_pdf import MAX_BYTES, read_pdf

WHOLE = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF\n"


def read(content: bytes, *, size: int | None = None) -> bytes:
    return read_pdf(io.BytesIO(content), size=len(content) if size is None else size)


def test_a_plain_pdf_is_read_as_it_is() -> None:
    assert read(WHOLE) == WHOLE


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "kind"),
        (b"PK\x03\x04 a workbook", "kind"),
        (b"<html>%PDF-1.7 %%EOF", "kind"),
        (WHOLE.replace(b"%%EOF", b""), "cut"),
        (WHOLE + b"x" * 5000, "cut"),
        (WHOLE.replace(b"/Catalog", b"/Catalog /Encrypt 5 0 R"), "key"),
        (WHOLE.replace(b"/Catalog", b"/Catalog /OpenAction <</S /JavaScript>>"), "acting"),
        (WHOLE.replace(b"/Catalog", b"/Catalog /JS (app)"), "acting"),
        (WHOLE.replace(b"/Catalog", b"/Catalog /Launch"), "acting"),
        (WHOLE.replace(b"/Catalog", b"/Catalog /EmbeddedFile"), "acting"),
    ],
)
def test_anything_else_is_refused(content, code) -> None:
    with pytest.raises(ValidationError) as refusal:
        read(content)

    assert refusal.value.code == code


def test_a_file_too_large_is_not_even_read() -> None:
    with pytest.raises(ValidationError) as refusal:
        read(WHOLE, size=MAX_BYTES + 1)

    assert refusal.value.code == "size"


def test_what_lies_about_its_size_is_cut_and_so_refused() -> None:
    content = WHOLE.removesuffix(b"%%EOF\n") + b" " * MAX_BYTES + b"%%EOF"

    with pytest.raises(ValidationError) as refusal:
        read(content, size=1)

    assert refusal.value.code == "cut"
