"""Which PDF of others may be kept and given out again: a whole file, small, with nothing that acts.

The file is looked at as it is written, not interpreted: it is given out as it came, to be saved.
"""

from __future__ import annotations

import re
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MEGABYTE = 1024 * 1024
MAX_BYTES = 10 * MEGABYTE
TAIL = 2048  # the end of a PDF stands within its last bytes
# Scripts, programs to be started, files to be unpacked, forms that send what is written.
ACTING = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|SubmitForm|ImportData|RichMedia)\b")
LOCKED = re.compile(rb"/Encrypt\b")


def read_pdf(file: BinaryIO, *, size: int) -> bytes:
    """The content of an uploaded PDF; refuses one too large, not whole, locked or that acts.

    No more than the largest size is read, whatever the upload says of itself.
    """
    if size > MAX_BYTES:
        raise ValidationError(
            _("The file weighs %(size)s MB: at most %(most)s.")
            % {"size": -(-size // MEGABYTE), "most": MAX_BYTES // MEGABYTE},
            code="size",
        )
    file.seek(0)
    content = file.read(MAX_BYTES)
    if not content.startswith(b"%PDF-"):
        raise ValidationError(_("This is not a PDF file."), code="kind")
    if b"%%EOF" not in content[-TAIL:]:
        raise ValidationError(_("The PDF is not whole: send it again."), code="cut")
    if LOCKED.search(content):
        raise ValidationError(_("The PDF is locked with a password: send one without."), code="key")
    if ACTING.search(content):
        raise ValidationError(
            _("The PDF holds scripts or other files: print it again as a plain PDF."),
            code="acting",
        )
    return content
