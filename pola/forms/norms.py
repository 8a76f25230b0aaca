"""What is asked for a new value of a rule."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pola.enums import NormKey
from pola.forms.fields import day_field
from pola.models.norms import OUT_OF_RANGE
from pola.norms import range_missed, read_norm
from pola.reports.norms import WAYS


class NormForm(forms.Form):
    """The value, the day from which it holds, the act that fixes it."""

    printed = forms.CharField(label=_("New value"), max_length=20)
    starts_on = day_field(
        _("In force from"), help_text=_("What was decided before keeps the rule of its day.")
    )
    act = forms.CharField(
        label=_("Act"),
        max_length=160,
        help_text=_("For example Delibera di Giunta n. 2 del 25.1.2021"),
    )
    is_confirmed = forms.BooleanField(
        label=_("I have read it: set the value"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, key: NormKey, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.key = key
        self.fields["printed"].help_text = WAYS[key.kind]

    def clean_printed(self) -> str:
        """A value that is not read says how it is written; one that cannot be, what can."""
        printed: str = self.cleaned_data["printed"]
        try:
            value = read_norm(self.key.value, printed)
        except (ValueError, KeyError):
            raise ValidationError(
                _("“%(text)s” is not read. %(way)s.")
                % {"text": printed, "way": WAYS[self.key.kind]}
            ) from None
        if missed := range_missed(self.key.value, value):
            raise ValidationError(OUT_OF_RANGE % {"least": missed[0], "most": missed[1]})
        return printed

    def ask(self) -> None:
        """Show the box that says that the cautions were read."""
        self.fields["is_confirmed"].widget = forms.CheckboxInput()
