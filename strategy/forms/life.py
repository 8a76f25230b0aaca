"""What is asked for each act in the life of a plan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from documents.received_pdf import MAX_BYTES, MEGABYTE, read_pdf
from organization.filters import DayInput
from strategy.enums import PlanAct
from strategy.models import Consultation

FEW_ROWS = {"rows": 3}


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


class AdoptionForm(ActForm):
    """The act of adoption and its file."""

    act_type = forms.CharField(
        label=pgettext_lazy("deliberation", "Act"), max_length=80, initial="Delibera"
    )
    act_body = forms.CharField(label=_("Body that adopts"), max_length=80, initial="Giunta")
    act_number = forms.CharField(label=_("Number of the act"), max_length=20)
    act_date = forms.DateField(label=_("Date of the act"), widget=DayInput())
    act_file = forms.FileField(
        label=_("File of the act"),
        help_text=_("PDF, at most %(most)s MB; published with the edition.")
        % {"most": MAX_BYTES // MEGABYTE},
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )

    def clean_act_file(self) -> bytes:
        """The content of the file, looked at before it is kept."""
        file = self.cleaned_data["act_file"]
        return read_pdf(file, size=file.size)


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
