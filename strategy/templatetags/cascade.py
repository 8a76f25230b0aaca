"""Names of dashboards at the head of narrow columns."""

from __future__ import annotations

import re

from django import template

register = template.Library()

LONG_WORD = re.compile(r"[^\W\d_]{10,}")
# Italian divides before a consonant that a vowel follows: Co-mu-ni-ca-zio-ne.
SYLLABLE = re.compile(r"(?<=[aeiou])(?=[bcdfglmnpqrstvz][aeiou])")
SOFT_HYPHEN = "\u00ad"


@register.filter
def soft_hyphens(name: str) -> str:
    """A name of an office with the places where its long words may be divided: browsers do not all
    know how to."""
    return LONG_WORD.sub(lambda word: SYLLABLE.sub(SOFT_HYPHEN, word[0]), name)
