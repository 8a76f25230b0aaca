"""Which words the trace speaks: one phrase for each verb an operation records.

The applications above add their own with `speak`, from their `AppConfig.ready`.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PHRASES: dict[str, str | Promise] = {
    "appointment.made": _("Appointment made"),
    "appointment.ended": _("Appointment ended"),
}


def speak(phrases: Mapping[str, str | Promise]) -> None:
    """Teach the trace the verbs of another application."""
    PHRASES.update(phrases)


def phrase(verb: str) -> str | Promise:
    """The words of a verb; an unknown one speaks for itself."""
    return PHRASES.get(verb, verb)


def choices() -> list[tuple[str, str | Promise]]:
    """Every verb with its words, in the order of the words."""
    return sorted(PHRASES.items(), key=lambda pair: str(pair[1]))
