"""Is an indicator that somebody is about to write there already, in other letters? Pure.

The plan spells the same indicator in two ways (OCR and OCRI, a bracket not closed, capitals,
accents) and names different ones with the same words (surveys of satisfaction): likeness is shown
to who writes, who decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import NamedTuple

ALIKE = 0.86  # from here on two names are shown as alike; 1 is the same name
SHORTEST = 4  # letters of a name under which nothing is said
MOST = 5


class Likeness(NamedTuple):
    """How much a name is like the one being written, from 0 to 1."""

    ratio: float
    name: str
    pk: int

    @property
    def is_same(self) -> bool:
        """Nothing but case, accents, spaces or punctuation sets them apart."""
        return self.ratio == 1


def plain(name: str) -> str:
    """A name without what does not make another indicator: case, accents, spaces, punctuation."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", kept))


def alike(name: str, others: Iterable[tuple[int, str]]) -> list[Likeness]:
    """The names most like the one given, the nearest first, at most five.

    `others` are identifiers with their names.
    """
    wanted = plain(name)
    if len(wanted) < SHORTEST:
        return []
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    found = []
    for pk, other in others:
        matcher.set_seq1(plain(other))
        # The two quick ones are never below the true ratio, and cost a tenth of it.
        if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE:
            ratio = matcher.ratio()
            if ratio >= ALIKE:
                found.append(Likeness(ratio, other, pk))
    return sorted(found, key=lambda one: (-one.ratio, one.name))[:MOST]
