"""Which files may prove a figure: small, of a known kind, and of the kind that their name says."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from documents.pictures import inspected
from documents.received_pdf import read_pdf
from organization.uploads import EVIDENCE_KINDS, check_evidence

MAX_FILES = 10
MAX_NAME = 120
UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\\"<>|:*?]")
ACCEPT = ",".join(EVIDENCE_KINDS)


@dataclass(frozen=True)
class Received:
    """A file that may be kept."""

    name: str
    content: bytes
    content_type: str

    @property
    def sha256(self) -> str:
        """The hash of its content."""
        return hashlib.sha256(self.content).hexdigest()


def received(file: Any) -> Received:
    """The content of an uploaded file, inspected.

    Refuses one too large, empty, of another kind than it says, a picture that cannot be read, or
    one that acts when it is opened (scripts in a PDF, macros in a document).
    """
    content_type = check_evidence(file)
    if content_type == "application/pdf":
        content = read_pdf(file, size=file.size)
    else:
        if content_type.startswith("image/"):
            _look_at(file)
        file.seek(0)
        content = file.read()
    return Received(clean_name(file.name), content, content_type)


def _look_at(file: Any) -> None:
    """A proof is kept as it came, once it can be looked at; of the kinds of pictures, two prove."""
    try:
        inspected(file, size=file.size)
    except ValidationError as error:
        if error.code != "format":
            raise
        raise ValidationError(
            _("This is not a picture that can be read: save it again as PNG or JPEG.")
        ) from error


def clean_name(name: str) -> str:
    """The name under which the file is saved again: no folders, no signs that a disk refuses."""
    path = PurePath(UNSAFE.sub(" ", name.replace("\\", "/").rpartition("/")[2]).strip() or "file")
    suffix = path.suffix[:10].lower()
    return path.name.removesuffix(path.suffix)[: MAX_NAME - len(suffix)] + suffix
