"""Which uploaded files may be read: small, of their kind, and not larger inside than they say."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED_BYTES = 50 * 1024 * 1024
MAX_RATIO = 100
MAX_ROWS = 10_000
ZIP_MAGIC = b"PK\x03\x04"


def check_upload(file: Any) -> None:
    """Refuse a file too large, not of its kind, or made to unpack beyond measure."""
    if file.size > MAX_BYTES:
        raise ValidationError(
            _("The file weighs %(size)s MB: at most 5."),
            params={"size": -(-file.size // (1024 * 1024))},
        )
    suffix = PurePath(file.name).suffix.lower()
    if suffix == ".xlsx":
        _check_workbook(file)
    elif suffix == ".csv":
        _check_text(file)
    else:
        raise ValidationError(_("Only CSV and XLSX files are read."))
    file.seek(0)


def _check_workbook(file: Any) -> None:
    """A workbook is a ZIP archive of a reasonable size once unpacked."""
    file.seek(0)
    if file.read(4) != ZIP_MAGIC:
        raise ValidationError(_("This is not an XLSX file."))
    file.seek(0)
    try:
        members = ZipFile(file).infolist()
    except BadZipFile as error:
        raise ValidationError(_("This is not an XLSX file.")) from error
    unpacked = sum(member.file_size for member in members)
    packed = max(sum(member.compress_size for member in members), 1)
    if unpacked > MAX_UNPACKED_BYTES or unpacked > MAX_RATIO * packed:
        raise ValidationError(_("The file unpacks to far more than it weighs: it is not read."))


def _check_text(file: Any) -> None:
    """A CSV file is text in UTF-8 without null characters."""
    file.seek(0)
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(_("A CSV file is read as UTF-8 text.")) from error
    if "\0" in text:
        raise ValidationError(_("This is not a CSV file."))
