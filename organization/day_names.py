"""Days and months by their names, as they stand within a sentence."""

from __future__ import annotations

import datetime

from django.utils.formats import date_format
from django.utils.translation import get_language


def in_sentence(text: str) -> str:
    """Names of days and months are small in Italian, and keep their capital in English."""
    return text if (get_language() or "").startswith("en") else text.lower()


def named(day: datetime.date, form: str) -> str:
    """A day or a month written with its names: mercoledì 24 febbraio."""
    return in_sentence(date_format(day, form))
