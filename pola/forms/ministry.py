"""What is asked for the list of agreements: the month, and the data of a person."""

from __future__ import annotations

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from organization.enums import EmploymentKind
from pola.forms.fields import day_field, refuse_implausible


class MonthInput(forms.DateInput):
    """A month as the browser offers it, 2021-01."""

    input_type = "month"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m")


class MonthForm(forms.Form):
    """The month in which the agreements begin."""

    month = forms.DateField(
        label=_("Agreements that begin in"),
        widget=MonthInput(),
        input_formats=["%Y-%m"],
        validators=[refuse_implausible],
    )

    def month_or(self, default: datetime.date) -> datetime.date:
        """The month asked for, the default when none is or it cannot be read."""
        return self.cleaned_data["month"] if self.is_valid() else default


class PersonalDataForm(forms.Form):
    """What the Ministry asks of a person."""

    tax_code = forms.CharField(label=_("Tax code"), max_length=16)
    born_on = day_field(_("Born on"))
    birthplace_code = forms.CharField(
        label=_("Code of the birthplace"),
        max_length=4,
        help_text=_("Of the municipality or country, such as A794 for Bergamo"),
    )
    employment = forms.ChoiceField(label=_("Employment"), choices=EmploymentKind)

    def clean_tax_code(self) -> str:
        """In capitals, as it is printed."""
        return str(self.cleaned_data["tax_code"]).upper()

    def clean_birthplace_code(self) -> str:
        """In capitals likewise."""
        return str(self.cleaned_data["birthplace_code"]).upper()
