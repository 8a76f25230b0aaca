"""What is asked for each act in the life of a Relazione."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from documents.received_pdf import MAX_BYTES, MEGABYTE
from strategy.forms.life import ActForm, AdoptionForm, ReasonForm
from strategy.report_enums import ReportAct


class ApprovalForm(AdoptionForm):
    """The act of approval and its file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act_body"].label = _("Body that approves")
        self.fields["act_file"].help_text = _(
            "PDF, at most %(most)s MB; published with the Relazione."
        ) % {"most": MAX_BYTES // MEGABYTE}


FORMS: dict[ReportAct, type[forms.BaseForm]] = {
    ReportAct.APPROVE: ApprovalForm,
    ReportAct.REWORK: ReasonForm,
}


def form_for(
    act: ReportAct, data: Any = None, files: MultiValueDict[str, Any] | None = None
) -> forms.BaseForm:
    """The form of an act; the identifiers of its fields are its own on a page of several."""
    made: forms.BaseForm = FORMS.get(act, ActForm)(data, files, auto_id=f"{act.value}-%s")
    return made
