"""“E se…”: values tried on a scorecard, read from the address; nothing is saved.

`provato=12:95%` is a value already tried, once for each indicator; `prova=12` and `valore=95%` are
the form: the indicator chosen and what was written for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from indicators.values import FIGURES, MAX_LENGTH, NotationError, Value, read

TRIED, INDICATOR, TEXT = "provato", "prova", "valore"
Obstacle = Callable[[int, Value], str]


@dataclass(frozen=True, slots=True)
class Chip:
    """A value tried, with the address of the page without it."""

    label: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class Trial:
    """The values tried, and the form as it was sent: what stood in it, what is wrong with it."""

    values: Mapping[int, Value] = field(default_factory=dict)
    chosen: int | None = None
    text: str = ""
    error: str = ""
    is_open: bool = False

    @property
    def pairs(self) -> list[str]:
        """The values tried as the address carries them."""
        return [f"{pk}:{value.printed}" for pk, value in self.values.items()]


def read_trial(parameters: QueryDict, allowed: Iterable[int], obstacle: Obstacle) -> Trial:
    """The values tried for the indicators allowed; what the form holds is read last.

    `obstacle` says why a value gives no degree against the target of an indicator. What cannot be
    read or compared stays in the form with the sentence that says why; an address that was tampered
    with tries nothing.
    """
    known = {str(pk): pk for pk in allowed}
    values: dict[int, Value] = {}
    for pair in parameters.getlist(TRIED):
        number, _colon, text = pair.partition(":")
        value = _read(text)
        pk = known.get(number)
        if pk is not None and value is not None and not obstacle(pk, value):
            values[pk] = value
    chosen = known.get(parameters.get(INDICATOR, ""))
    if TEXT not in parameters:
        return Trial(values, chosen, is_open=bool(values) or chosen is not None)
    written = str(parameters[TEXT]).replace("\0", "")[: MAX_LENGTH + 1]
    error = _error(chosen, written, obstacle)
    if error or chosen is None:
        return Trial(values, chosen, written, error, is_open=True)
    return Trial({**values, chosen: read(written.strip())}, is_open=True)


def _error(chosen: int | None, written: str, obstacle: Obstacle) -> str:
    if chosen is None:
        return _("Choose an indicator of this scorecard.")
    if not written.strip():
        return _("Write the value to try, for example 90%, 4.500 or 30.6.2021.")
    try:
        return obstacle(chosen, read(written.strip()))
    except NotationError as error:
        return error.said(FIGURES)


def _read(text: str) -> Value | None:
    try:
        value = read(text.strip())
    except NotationError:
        return None
    return value if text.strip() else None


def trial_chips(trial: Trial, names: Mapping[int, str], kept: Mapping[str, str]) -> list[Chip]:
    """The values tried, each with the address that takes it away and keeps year and order."""
    return [
        Chip(f"{names[pk]}: {value.printed}", address_without(trial, pk, kept))
        for pk, value in trial.values.items()
    ]


def address_without(trial: Trial, removed: int, kept: Mapping[str, str]) -> str:
    """The query of the page without one of the values tried."""
    pairs = [(name, text) for name, text in kept.items() if text]
    pairs += [
        (TRIED, f"{pk}:{value.printed}") for pk, value in trial.values.items() if pk != removed
    ]
    return f"?{urlencode(pairs)}"
