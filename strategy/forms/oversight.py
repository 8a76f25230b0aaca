"""What is asked on the pages of the OIV."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.received_pdf import MAX_BYTES, MEGABYTE, read_pdf
from organization.filters import DayInput
from strategy.operations.examinations import Finding
from strategy.oversight_enums import CriterionAnswer, ValidationCriterion
from strategy.report_enums import ReportOutcome


class NoteForm(forms.Form):
    """A note, or the answer to one."""

    text = forms.CharField(
        label=_("Text"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )


class AnswerForm(NoteForm):
    """The answer to a note."""

    text = forms.CharField(
        label=_("Answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class WithdrawForm(forms.Form):
    """Why a note is taken back."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The text stays readable, marked as withdrawn."),
    )


class ExaminationForm(forms.Form):
    """What the OIV finds of a Relazione, criterion by criterion; nothing is needed to save it."""

    meeting_on = forms.DateField(label=_("Day of the meeting"), widget=DayInput(), required=False)
    present = forms.CharField(
        label=_("Who was there"),
        max_length=300,
        required=False,
        help_text=_("Names, as the minutes will print them."),
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=ReportOutcome.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    notes = forms.CharField(
        label=_("Overall observations"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Needed unless the Relazione is validated without remarks."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion in ValidationCriterion:
            self.fields[f"answer_{criterion.value}"] = forms.ChoiceField(
                label=criterion.label,
                choices=CriterionAnswer.choices,
                widget=forms.RadioSelect,
                required=False,
            )
            self.fields[f"observation_{criterion.value}"] = forms.CharField(
                label=_("Observation"),
                max_length=2000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def criteria(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Answer and observation of each criterion, in the order of the minutes."""
        return [
            (self[f"answer_{one.value}"], self[f"observation_{one.value}"])
            for one in ValidationCriterion
        ]

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What was typed, in words, with the name of its field: kept readable where the form is
        not offered any more."""
        found = []
        for name, field in self.fields.items():
            value = str(self.data.get(name) or "")
            if value and name != "seen":
                words = dict(getattr(field, "choices", ())).get(value, value)
                found.append((str(field.label), str(words)))
        return found

    @property
    def given(self) -> dict[str, Any]:
        """What was written, as `save_examination` is told."""
        cleaned = self.cleaned_data
        findings = {
            one.value: Finding(cleaned[f"answer_{one.value}"], cleaned[f"observation_{one.value}"])
            for one in ValidationCriterion
        }
        own = ("meeting_on", "present", "outcome", "notes", "seen")
        return {name: cleaned[name] for name in own} | {"findings": findings}


class DecisionForm(forms.Form):
    """The minutes signed elsewhere, if they were, and which examination was read (`seen`)."""

    signed = forms.FileField(
        label=_("Signed minutes"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )
    # Not the identifier of the same field of the examination, which stands on the same page.
    seen = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"id": "decision-seen"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed"].help_text = _(
            "PDF, at most %(most)s MB. Without it the minutes made here are kept."
        ) % {"most": MAX_BYTES // MEGABYTE}

    def clean_signed(self) -> bytes:
        """The content of the file, looked at before it is kept; nothing without a file."""
        file = self.cleaned_data["signed"]
        return read_pdf(file, size=file.size) if file else b""
