"""Which words the trace speaks: one phrase for each verb an operation records.

The applications above add their own with `speak`, from their `AppConfig.ready`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PHRASES: dict[str, str | Promise] = {
    "appointment.made": _("Appointment made"),
    "appointment.ended": _("Appointment ended"),
    "delegation.named": _("Substitute named"),
    "delegation.ended": _("Substitution ended"),
    "personal_data.written": _("Data for the Ministry written"),
}


# What a value of an act is called; an unknown one keeps its own name.
FIELDS: dict[str, str | Promise] = {
    "revision": _("Revision"),
    "act": pgettext_lazy("deliberation", "Act"),
    "snapshot_sha256": _("SHA-256 of the data"),
    "pdf_sha256": _("SHA-256 of the PDF"),
    "act_file_sha256": _("SHA-256 of the file of the act"),
    "body": _("Body heard"),
    "held_on": _("Held on"),
    "outcome": _("Outcome"),
    "doubts": _("Questions for the office"),
    "state": _("State"),
    "person": _("Person"),
    "role": _("Role"),
    "unit": _("Unit"),
    "head": _("Stands in for"),
    "delegate": _("Substitute"),
    "starts_on": _("From"),
    "ends_on": _("To"),
}


# Acts whose very moment, or whose object, tells what is reserved: kept like the others, shown only
# on the page of what they were done to, to who reads it.
RESERVED: set[str] = set()

# What a value that an act keeps as a word of a vocabulary is called, field by field: the trace is
# read in the language of the reader, whoever wrote it.
VALUES: dict[str, dict[str, str | Promise]] = {}


def value_words(name: str, value: Any) -> Any:
    """The words for a value of a field; what no vocabulary has stands as it is."""
    words = VALUES.get(name, {})
    return words.get(value, value) if isinstance(value, str) else value


def field_name(name: str) -> str | Promise:
    """The words for a value of an act."""
    return FIELDS.get(name, name)


def speak(
    phrases: Mapping[str, str | Promise],
    fields: Mapping[str, str | Promise] | None = None,
    values: Mapping[str, Mapping[str, str | Promise]] | None = None,
    reserved: Collection[str] = (),
) -> None:
    """Teach the trace the verbs of another application, the values its acts carry, what those that
    are words of a vocabulary are called, and which verbs are reserved."""
    PHRASES.update(phrases)
    FIELDS.update(fields or {})
    for name, words in (values or {}).items():
        VALUES.setdefault(name, {}).update(words)
    RESERVED.update(reserved)


def phrase(verb: str) -> str | Promise:
    """The words of a verb; an unknown one speaks for itself."""
    return PHRASES.get(verb, verb)


def choices() -> list[tuple[str, str | Promise]]:
    """Every verb of the register with its words, in the order of the words."""
    told = [(verb, words) for verb, words in PHRASES.items() if verb not in RESERVED]
    return sorted(told, key=lambda pair: str(pair[1]))
