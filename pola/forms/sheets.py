"""What is asked of an activity sheet, and of its evaluation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pola.enums import WorkGrade


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class SheetForm(forms.Form):
    """Objectives, output, quality of a month; the version that was read."""

    objectives = forms.CharField(
        label=_("Objectives of the month"),
        max_length=4000,
        required=False,
        widget=_text(4),
        help_text=_("As your agreement puts them, one on each line."),
    )
    output = forms.CharField(
        label=_("What was done"),
        max_length=4000,
        required=False,
        widget=_text(6),
        help_text=_("With numbers where there are some: 42 files closed, 3 reports written."),
    )
    quality = forms.CharField(
        label=_("Quality and difficulties"),
        max_length=4000,
        required=False,
        widget=_text(4),
        help_text=_(
            "Times kept, errors, what went wrong with tools or connections. Nothing on health or "
            "family: this is not the place for it."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @property
    def texts(self) -> dict[str, str]:
        """What was written."""
        data: dict[str, Any] = self.cleaned_data
        return {name: data[name] for name in ("objectives", "output", "quality")}


class EvaluationForm(forms.Form):
    """How the month compares with work in the office (art. 13)."""

    quantity = forms.ChoiceField(
        label=_("Quantity of the work"), choices=WorkGrade.choices, widget=forms.RadioSelect
    )
    quality = forms.ChoiceField(
        label=_("Quality of the work"), choices=WorkGrade.choices, widget=forms.RadioSelect
    )
    evaluation = forms.CharField(
        label=_("Evaluation"),
        max_length=2000,
        required=False,
        widget=_text(4),
        help_text=_("Read by the person. Needed when something is below the work of the office."),
    )


class ReturnForm(forms.Form):
    """Why a sheet is given back."""

    return_reason = forms.CharField(label=_("Reason"), max_length=1000, widget=_text(3))
