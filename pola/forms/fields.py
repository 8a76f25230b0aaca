"""Fields that the forms of agile work share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from organization.filters import DayInput

FEW_ROWS = {"rows": 3}
RESERVED = _("Read by the personnel office and by who decides, by nobody else.")
READ_BY_THE_PERSON = _("Read by the person, the personnel office and who decides, by nobody else.")


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
    return forms.DateField(label=label, widget=DayInput(), required=required, help_text=help_text)


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
