"""Which norms held on which day? Pure: the values of every act are given at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from pola.norms import Norms, norms_of

Value = tuple[str, str, datetime.date]


class DatedNorms:
    """The values that acts gave to the rules, each from its day on: what was decided before an act
    keeps the rule of its day."""

    def __init__(self, values: Iterable[Value] = ()) -> None:
        """Values are rule, text, first day."""
        self._values = sorted(values, key=lambda one: one[2])
        self._known: dict[int, Norms] = {}

    def on(self, day: datetime.date) -> Norms:
        """The norms in force on a day, of each rule the latest begun."""
        begun = sum(starts_on <= day for _key, _text, starts_on in self._values)
        if begun not in self._known:
            texts = {key: text for key, text, _starts_on in self._values[:begun]}
            self._known[begun] = norms_of(texts)
        return self._known[begun]
