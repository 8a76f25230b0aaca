"""What is asked for the limits of the bands."""

from __future__ import annotations

from django import forms

from strategy.models import Plan
from strategy.operations.bands import LIMITS


class BandLimitsForm(forms.ModelForm):
    """The three limits in percent points, written as the office writes numbers."""

    class Meta:
        model = Plan
        fields = list(LIMITS)
        localized_fields = "__all__"
