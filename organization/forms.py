"""What is asked on the organization's pages."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from organization.filters import DayInput
from organization.models import Appointment, Person, Unit, User


class SignInForm(AuthenticationForm):
    """User name and password. A name longer than any account's is refused before it is counted as
    an attempt: the table of the attempts could not hold it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].validators.append(
            MaxLengthValidator(self.username_field.max_length)
        )


class StaffDayForm(forms.Form):
    """The day at which the staff is counted."""

    day = forms.DateField(label=_("Day"), widget=DayInput(), required=False)

    def day_or(self, default: datetime.date) -> datetime.date:
        """The day asked for, the default when none is or it cannot be read."""
        return (self.is_valid() and self.cleaned_data["day"]) or default


class AppointmentForm(forms.ModelForm):
    """An appointment; once made, only its last day may be added."""

    class Meta:
        model = Appointment
        fields = ["person", "role", "unit", "starts_on", "ends_on"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts_on = cleaned.get("starts_on") or self.instance.starts_on
        ends_on = cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("An appointment ends on or after the day it starts."))
        person = cleaned.get("person")
        if person and starts_on and person.left_on and person.left_on <= starts_on:
            self.add_error("person", _("This person has left by that day."))
        return cleaned


class SubstituteForm(forms.Form):
    """Who stands in for the head of a unit, from a day to a day."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)
    delegate = forms.ModelChoiceField(
        label=_("Substitute"),
        queryset=Person.objects.none(),
        empty_label=_("Choose the person"),
        help_text=_("People in service who have an account."),
    )
    starts_on = forms.DateField(label=_("From"), widget=DayInput())
    ends_on = forms.DateField(
        label=_("To"), widget=DayInput(), help_text=_("The last day, included.")
    )

    def __init__(self, units: Any, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whoever leads the unit, as its head or above it, does all that a substitute does.
        others = Person.objects.in_service().filter(user__is_active=True).exclude(pk=by.person_id)
        choices = {"unit": units, "delegate": others}
        for name, rows in choices.items():
            field: Any = self.fields[name]
            field.queryset = rows
