"""What is asked of a deviation."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from strategy.monitoring_enums import DeviationCause


class DeviationForm(forms.Form):
    """Why the target is missed, the cause, what is done about it; the text that was read."""

    reason = forms.CharField(
        label=_("Reason of the deviation"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("As the Relazione and the OIV will read it."),
    )
    cause = forms.ChoiceField(
        label=_("Cause"),
        choices=DeviationCause.choices,
        widget=forms.RadioSelect,
        help_text=_("Exogenous: it came from outside the Chamber."),
    )
    corrective_action = forms.CharField(
        label=_("Corrective action"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
