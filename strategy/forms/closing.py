"""What is asked when a year comes to its end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from strategy.monitoring_enums import YearAct

FEW_ROWS = {"rows": 3}
NOTHING_CHOSEN = {"required": _("Choose at least one indicator.")}


class ChosenForm(forms.Form):
    """What was ticked in a list, among what the list offers."""

    chosen = forms.TypedMultipleChoiceField(
        coerce=int, error_messages=NOTHING_CHOSEN, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, offered: Iterable[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["chosen"]
        field.choices = [(pk, str(pk)) for pk in offered]


class DecisionForm(ChosenForm):
    """The indicators ticked, and why they are left out or count zero."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs=FEW_ROWS),
        help_text=_("One for all that are ticked. Needed to exclude them."),
    )


class RefusalForm(ChosenForm):
    """The exclusions ticked, and why they are refused."""

    reason = forms.CharField(
        label=_("Reason of the refusal"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs=FEW_ROWS),
        help_text=_("Needed only to refuse."),
    )


class ReasonForm(forms.Form):
    """Why a closed year is opened again."""

    reason = forms.CharField(
        label=_("Reason"), max_length=4000, widget=forms.Textarea(attrs=FEW_ROWS)
    )


class SureForm(forms.Form):
    """Nothing is asked but the act itself."""


FORMS: dict[YearAct, type[forms.Form]] = {
    YearAct.EXCLUDE: DecisionForm,
    YearAct.ZERO: DecisionForm,
    YearAct.APPROVE: RefusalForm,
    YearAct.REFUSE: RefusalForm,
    YearAct.WITHDRAW: ChosenForm,
    YearAct.CLOSE: SureForm,
    YearAct.REOPEN: ReasonForm,
}
