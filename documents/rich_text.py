"""What the text of a section may contain: structure and emphasis, never looks or scripts."""

import re

import nh3
from django.conf import settings

from documents.images import is_public_image

BLOCKS = {"p", "h3", "h4", "ul", "ol", "li", "blockquote", "br"}
TABLES = {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
WORDS = {"em", "strong", "a", "sub", "sup", "img"}
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "td": {"colspan"},
    "th": {"colspan", "scope"},
}
SCHEMES = {"http", "https", "mailto"}
SCOPES = {"col", "colgroup", "row", "rowgroup"}

# Written by the cleaner itself, hence always with quotes and without ">" inside.
_IMAGE = re.compile(r"<img\b[^>]*>")
_WHOLE_IMAGE = re.compile(r'(?=.*\ssrc="[^"]+")(?=.*\salt="[^"]+")')


def clean_html(html: str) -> str:
    """The text with only the allowed marks; an image without a description is left out."""
    clean = nh3.clean(
        html,
        tags=BLOCKS | TABLES | WORDS,
        attributes=ATTRIBUTES,
        attribute_filter=_allowed_value,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    return _IMAGE.sub(lambda match: match[0] if _WHOLE_IMAGE.match(match[0]) else "", clean)


def _allowed_value(tag: str, attribute: str, value: str) -> str | None:
    if (tag, attribute) == ("img", "src"):
        return value if _is_own_image(value) else None
    if attribute == "alt":
        return value.replace(">", "›").strip() or None
    if attribute == "scope":
        return value if value in SCOPES else None
    if attribute == "colspan":
        return value if value.isdecimal() and 1 < int(value) < 100 else None
    return value


def _is_own_image(address: str) -> bool:
    prefix = f"/{settings.MEDIA_URL.strip('/')}/".replace("//", "/")
    return address.startswith(prefix) and is_public_image(address.removeprefix(prefix))
