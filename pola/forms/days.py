"""What is asked about days: which, from when to when, why."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.models import Person, Unit
from organization.refusals import refusals_at
from pola.forms.fields import day_field, is_plausible
from pola.operations.asking import range_of
from pola.problems.days import in_words

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)


def month_read(text: str | None) -> datetime.date | None:
    """The first day of the month of an address, 2021-02; nothing when it is not one."""
    found = MONTH.fullmatch(text or "")
    return datetime.date(int(found[1]), int(found[2]), 1) if found else None


def month_asked(text: str | None, default: datetime.date) -> datetime.date:
    """The month of an address; the one of the default when it is not one."""
    return month_read(text) or default.replace(day=1)


def days_asked(texts: Iterable[str]) -> set[datetime.date]:
    """The days of a form, 2021-02-09; what is not one, or is of another century, is left out."""
    found = set()
    for text in texts:
        try:
            found.add(datetime.date.fromisoformat(text))
        except ValueError:
            continue
    return set(filter(is_plausible, found))


def keys_asked(texts: Iterable[str]) -> list[int]:
    """The keys of a form; what is not one is left out."""
    return [int(text) for text in texts if text.isdecimal() and len(text) < 18]


class RangeForm(forms.Form):
    """From a day to a day."""

    first = day_field(_("From"))
    last = day_field(_("To"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last:
            with refusals_at(self):
                range_of(first, last)
        return cleaned


class PatternForm(RangeForm):
    """The same days of each week, from a day to a day."""

    weekdays = forms.TypedMultipleChoiceField(
        label=pgettext_lazy("of the week", "Days"),
        coerce=int,
        choices=[(number, WEEKDAYS[number]) for number in range(5)],
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("weekdays", "first", "last")


class ReasonForm(forms.Form):
    """Why: the person reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person reads it."),
    )


class InsteadForm(forms.Form):
    """Another day in the place of a revoked one."""

    instead = forms.TypedChoiceField(label=_("Day"), coerce=datetime.date.fromisoformat)

    def __init__(self, free: Collection[datetime.date], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["instead"]
        choices = [(day.isoformat(), in_words(day)) for day in free]
        field.choices = choices if field.required else [("", _("no day")), *choices]


class RevokeForm(ReasonForm, InsteadForm):
    """Why a day is revoked, and which one is proposed in its place."""

    instead = forms.TypedChoiceField(
        label=_("Another day in its place"),
        coerce=datetime.date.fromisoformat,
        required=False,
        empty_value=None,
        help_text=_("Of the same week or of the next, within the limits of art. 4."),
    )
    field_order = ("reason", "instead")


class ClosureForm(RangeForm):
    """Days on which the office is closed."""

    unit = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("the whole Chamber"),
    )
    reason = forms.CharField(label=_("Reason"), max_length=160)
    field_order = ("unit", "first", "last", "reason")

    def __init__(self, units: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.queryset = units


class AbsenceForm(RangeForm):
    """Days on which a person is absent: why is not asked."""

    person = forms.ModelChoiceField(
        label=_("Person"), queryset=Person.objects.none(), empty_label=_("Choose the person")
    )
    field_order = ("person", "first", "last")

    def __init__(self, people: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = people
