"""What is asked for each act in the life of a plan."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from documents.received_pdf import MAX_BYTES, MEGABYTE, read_pdf
from organization import clock
from organization.filters import DayInput
from strategy.enums import ConsultationOutcome, PlanAct
from strategy.models import Consultation

FEW_ROWS = {"rows": 3}


def has_come(day: datetime.date) -> None:
    """What is recorded has happened; the operations refuse it too, here every field is told at
    once."""
    if day > clock.today():
        raise ValidationError(_("This day has yet to come."))


class ActForm(forms.Form):
    """An act that asks for nothing but the decision."""


class ReasonForm(ActForm):
    """An act that goes with its reason."""

    reason = forms.CharField(
        label=_("Reason"), max_length=4000, widget=forms.Textarea(attrs=FEW_ROWS)
    )


class ConsultationForm(forms.ModelForm):
    """What a body heard said, and when."""

    class Meta:
        model = Consultation
        fields = ["body", "held_on", "outcome", "note"]
        widgets = {"held_on": DayInput(), "note": forms.Textarea(attrs=FEW_ROWS)}
        help_texts = {"note": _("The remarks, in short; needed unless there are none.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].validators.append(has_come)

    def clean(self) -> dict[str, Any]:
        """Remarks are written in their field; the database asks for them too."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("outcome") in ConsultationOutcome.reasoned and not data.get("note"):
            self.add_error("note", _("Write what was remarked."))
        return data


class AdoptionForm(ActForm):
    """The act of adoption and its file."""

    act_type = forms.CharField(
        label=pgettext_lazy("deliberation", "Act"), max_length=80, initial="Delibera"
    )
    act_body = forms.CharField(label=_("Body that adopts"), max_length=80, initial="Giunta")
    act_number = forms.CharField(label=_("Number of the act"), max_length=20)
    act_date = forms.DateField(label=_("Date of the act"), widget=DayInput(), validators=[has_come])
    act_file = forms.FileField(
        label=_("File of the act"),
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act_file"].help_text = _(
            "PDF, at most %(most)s MB; published with the edition."
        ) % {"most": MAX_BYTES // MEGABYTE}

    def clean_act_file(self) -> bytes:
        """The content of the file, looked at before it is kept."""
        file = self.cleaned_data["act_file"]
        return read_pdf(file, size=file.size)

    def clean(self) -> dict[str, Any]:
        """With a mistake elsewhere the file is to be chosen again: no browser keeps it."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors and data.get("act_file"):
            self.add_error("act_file", _("Choose the file again: the browser does not keep it."))
        return data


FORMS: dict[PlanAct, type[forms.BaseForm]] = {
    PlanAct.RECORD_CONSULTATION: ConsultationForm,
    PlanAct.SEND_BACK: ReasonForm,
    PlanAct.ADOPT: AdoptionForm,
    PlanAct.OPEN_UPDATE: ReasonForm,
}


def form_for(
    act: PlanAct, data: Any = None, files: MultiValueDict[str, Any] | None = None
) -> forms.BaseForm:
    """The form of an act; the identifiers of its fields are its own on a page of several."""
    made: forms.BaseForm = FORMS.get(act, ActForm)(data, files, auto_id=f"{act.value}-%s")
    return made
