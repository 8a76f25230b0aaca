"""Fields that the forms of agile work share."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from organization.days import written
from organization.filters import DayInput

FEW_ROWS = {"rows": 3}
RESERVED = _("Read by the personnel office and by who decides, by nobody else.")
READ_BY_THE_PERSON = _("Read by the person, the personnel office and who decides, by nobody else.")


# No day of agile work is outside them: whoever types another year is told at once.
FIRST_DAY, LAST_DAY = datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)


def is_plausible(day: datetime.date) -> bool:
    """The day is one that the office could mean."""
    return FIRST_DAY <= day <= LAST_DAY


class HourInput(forms.TimeInput):
    """An hour of the day."""

    input_type = "time"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(format="%H:%M", attrs=attrs)


def hour_field(label: Any, *, required: bool = True) -> forms.TimeField:
    """An hour of the day."""
    return forms.TimeField(label=label, widget=HourInput(), required=required)


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A day of the calendar."""
    return forms.DateField(
        label=label,
        widget=DayInput(),
        required=required,
        help_text=help_text,
        validators=[refuse_implausible],
    )


def refuse_implausible(day: datetime.date) -> None:
    """A day of another century is a slip of the keyboard."""
    if not is_plausible(day):
        words = _("Write a day from %(first)s to %(last)s.")
        said = {"first": written(FIRST_DAY), "last": written(LAST_DAY)}
        raise ValidationError(words, params=said, code="implausible")


def words_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    """A few lines of text."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=2000,
        widget=forms.Textarea(attrs=FEW_ROWS),
        help_text=help_text,
    )


def weekdays_field() -> forms.TypedMultipleChoiceField:
    """The usual days, Monday to Friday."""
    return forms.TypedMultipleChoiceField(
        label=_("Usual days"),
        coerce=int,
        required=False,
        choices=[(day, WEEKDAYS[day]) for day in range(5)],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those of an ordinary week; each month's calendar may differ."),
    )


def days_field() -> forms.TypedChoiceField:
    """How many days a week."""
    return forms.TypedChoiceField(
        label=_("Days a week"),
        coerce=int,
        choices=[(number, str(number)) for number in range(1, 6)],
        widget=forms.RadioSelect,
    )
