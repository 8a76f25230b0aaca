"""What an uploaded picture must be to stand in a document: looked into, then written anew.

A file is never kept as it came: it is decoded and encoded again, which leaves out places, names of
cameras and whatever else hid in it. Drawings with scripts (SVG) are not pictures of this kind.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from documents.file_sizes import file_size

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_PIXELS = 50_000_000
# On paper 165 mm wide this is more than 400 dots per inch.
LONGEST_SIDE = 2800
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
JPEG_QUALITY = 88
SOLID = {"1", "L", "RGB"}


@dataclass(frozen=True)
class Picture:
    """A picture fit for page and paper."""

    content: bytes
    suffix: str
    width: int
    height: int

    @property
    def sha256(self) -> str:
        """What names the file: the same picture twice is one file."""
        return sha256(self.content).hexdigest()


def inspected(file: Any, *, size: int) -> Picture:
    """The picture in an open file, upright, without what hides in it, no larger than paper shows.

    Refuses files over 10 MB, more than 50 million pixels, and whatever is not PNG, JPEG, GIF or
    WebP, whatever its name says.
    """
    if size > LARGEST_FILE:
        raise ValidationError(
            _("The file weighs %(size)s: at most %(most)s.")
            % {"size": file_size(size), "most": file_size(LARGEST_FILE)},
            code="size",
        )
    try:
        with warnings.catch_warnings():
            # The limit of the library is a warning; ours, lower, is a refusal.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return _read(file)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(
            _("This is not a picture that can be read. Choose a PNG, JPEG, GIF or WebP file."),
            code="format",
        ) from error


def _read(file: Any) -> Picture:
    with Image.open(file, formats=FORMATS) as opened:
        if opened.width * opened.height > LARGEST_PIXELS:
            raise ValidationError(
                _("The picture is %(width)s by %(height)s pixels: too many. Make it smaller.")
                % {"width": opened.width, "height": opened.height},
                code="pixels",
            )
        is_photograph = opened.format == "JPEG"
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return _written(upright, is_photograph=is_photograph)


def _written(image: Image.Image, *, is_photograph: bool) -> Picture:
    """The picture encoded anew: photographs as JPEG, the others as PNG."""
    out = BytesIO()
    if is_photograph:
        plain = image.convert("L" if image.mode == "L" else "RGB")
        plain.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True)
    else:
        has_holes = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
        mode = "RGBA" if has_holes else image.mode if image.mode in SOLID else "RGB"
        plain = image.convert(mode)
        # Pixels alone: text chunks, profiles and comments stay behind.
        plain.info.clear()
        plain.save(out, "PNG", optimize=True)
    suffix = ".jpg" if is_photograph else ".png"
    return Picture(out.getvalue(), suffix, plain.width, plain.height)
