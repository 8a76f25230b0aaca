"""What is asked to map an activity: ten parameters with their scales; who does it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organization.models import Person, Unit
from pola.forms.fields import FEW_ROWS, day_field
from pola.mapping import NAMES, PARAMETERS


class ActivityForm(forms.Form):
    """A new activity of a unit that one leads."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)
    title = forms.CharField(
        label=_("Activity"),
        max_length=250,
        help_text=_("In a few words, as the office calls it."),
    )

    def __init__(self, units: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.queryset = units


class MappingForm(forms.Form):
    """The ten parameters of 5.2.2, each on its scale, and a note."""

    note = forms.CharField(
        label=_("Note"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs=FEW_ROWS),
        help_text=_("In a review, why it changes; it stays in the story of the activity."),
    )
    field_order = (*NAMES, "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, parameter in enumerate(PARAMETERS, start=1):
            self.fields[parameter.name] = forms.TypedChoiceField(
                label=f"{number}. {parameter.question}",
                choices=parameter.choices,
                coerce=int,
                widget=forms.RadioSelect,
                help_text=_("%(rule)s: at the lowest level the activity cannot be done remotely.")
                % {"rule": parameter.reference}
                if parameter.letter
                else "",
                error_messages={"required": _("Choose a level.")},
            )
        self.order_fields(self.field_order)

    @property
    def levels(self) -> Mapping[str, int]:
        """The ten answers of a valid form."""
        return {name: self.cleaned_data[name] for name in NAMES}


class AssignmentForm(forms.Form):
    """Who does the activity from a day on."""

    person = forms.ModelChoiceField(
        label=_("Person"), queryset=Person.objects.none(), empty_label=_("Choose the person")
    )
    starts_on = day_field(_("From"))

    def __init__(self, people: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = people


class LastDayForm(forms.Form):
    """The last day on which somebody does an activity, or holds an item."""

    day = day_field(_("Last day"))
