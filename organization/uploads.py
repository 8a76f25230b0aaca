"""Which uploaded files may be read or kept: small, of their kind, not larger inside than they
say."""

from __future__ import annotations

import struct
import zlib
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
MEGABYTE = 1024 * 1024
MAX_EVIDENCE_BYTES = 10 * MEGABYTE
# Kinds of file that prove a figure, by the end of their name: what they are called, what they
# begin with, which member says what an archive is.
EVIDENCE_KINDS = {
    ".pdf": ("application/pdf", b"%PDF-", ""),
    ".png": ("image/png", b"\x89PNG\r\n\x1a\n", ""),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff", ""),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff", ""),
    ".xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ZIP_MAGIC,
        "xl/workbook.xml",
    ),
    ".docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ZIP_MAGIC,
        "word/document.xml",
    ),
    ".ods": ("application/vnd.oasis.opendocument.spreadsheet", ZIP_MAGIC, "content.xml"),
    ".odt": ("application/vnd.oasis.opendocument.text", ZIP_MAGIC, "content.xml"),
    ".csv": ("text/csv", b"", ""),
    ".txt": ("text/plain", b"", ""),
}
# What the library says of an archive damaged, encrypted or of a kind that it does not unpack.
UNREADABLE = (
    BadZipFile,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    struct.error,
    ValueError,
    zlib.error,
)
MACROS = ("vbaproject.bin", "basic/", "scripts/")


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


def check_evidence(file: Any) -> str:
    """The media type of a file that proves a figure, looked into and not believed.

    Refuses one empty or too large, of a kind that is not kept, or whose content is not what its
    name says.
    """
    if not file.size:
        raise ValidationError(_("The file is empty."))
    if file.size > MAX_EVIDENCE_BYTES:
        raise ValidationError(
            _("The file weighs %(size)s MB: at most %(most)s."),
            params={
                "size": -(-file.size // MEGABYTE),
                "most": MAX_EVIDENCE_BYTES // MEGABYTE,
            },
        )
    suffix = PurePath(file.name).suffix.lower()
    if suffix not in EVIDENCE_KINDS:
        raise ValidationError(_("Only PDF, PNG, JPEG, XLSX, DOCX, ODS, ODT, CSV and TXT are kept."))
    media_type, magic, member = EVIDENCE_KINDS[suffix]
    file.seek(0)
    is_told = file.read(len(magic)) == magic
    if is_told and member:
        is_told = _is_document(file, media_type, member)
    elif is_told and not magic:
        is_told = _is_text(file)
    if not is_told:
        raise ValidationError(
            _("The file says that it is %(kind)s and is not."), params={"kind": suffix[1:].upper()}
        )
    file.seek(0)
    return media_type


def _is_document(file: Any, media_type: str, member: str) -> bool:
    """An office document of that kind; refuses one with macros or that unpacks beyond measure."""
    file.seek(0)
    try:
        archive = ZipFile(file)
    except UNREADABLE:
        return False
    names = archive.namelist()
    if any(name.lower().startswith(MACROS) or name.lower().endswith(MACROS[0]) for name in names):
        raise ValidationError(_("The document holds macros: save it without."))
    _refuse_bomb(archive)
    if "mimetype" in names:
        return _content(archive, "mimetype").strip() == media_type
    return member in names and "[Content_Types].xml" in names


def _content(archive: ZipFile, member: str) -> str:
    """What a member says, nothing when it cannot be unpacked."""
    try:
        return archive.read(member).decode("ascii", "replace")
    except UNREADABLE:
        return ""


def _is_text(file: Any) -> bool:
    """Lines of text, in UTF-8 or as older spreadsheets write them; no other control signs."""
    file.seek(0)
    content = file.read()
    return not any(sign < 32 and sign not in b"\t\r\n" for sign in content)


def _check_workbook(file: Any) -> None:
    """A workbook is a ZIP archive of a reasonable size once unpacked."""
    file.seek(0)
    if file.read(4) != ZIP_MAGIC:
        raise ValidationError(_("This is not an XLSX file."))
    file.seek(0)
    try:
        archive = ZipFile(file)
    except UNREADABLE as error:
        raise ValidationError(_("This is not an XLSX file.")) from error
    _refuse_bomb(archive)


def _refuse_bomb(archive: ZipFile) -> None:
    members = archive.infolist()
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
