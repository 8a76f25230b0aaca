"""What is asked in the registers: courses, notices, items, people ticked many at once, reports."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organization.models import Person
from organization.row_fields import RowsField
from pola.enums import ConsultationPhase, ConsultedActor, EquipmentKind, IncidentKind
from pola.forms.fields import day_field, hour_field
from strategy.evidence import ACCEPT, Received, received

SOME_ROWS = {"rows": 4}


class CourseForm(forms.Form):
    """A course on agile work."""

    title = forms.CharField(label=_("Course"), max_length=200)
    held_on = day_field(_("Course held on"), help_text=_("The day on which it ended."))
    hours = forms.DecimalField(
        label=_("Hours"),
        min_value=Decimal("0.5"),
        max_value=Decimal(200),
        decimal_places=1,
        localize=True,
    )
    provider = forms.CharField(
        label=_("Held by"),
        max_length=120,
        required=False,
        help_text=_("For example Unioncamere, or the office itself."),
    )


class NoticeForm(forms.Form):
    """A safety notice."""

    title = forms.CharField(label=_("Safety notice"), max_length=200)
    issued_on = day_field(_("Issued on"))


class PeopleForm(forms.Form):
    """Many people ticked at once."""

    people = RowsField(
        queryset=Person.objects.none(),
        error_messages={"required": _("Tick at least one person.")},
    )

    def __init__(self, people: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["people"]
        field.queryset = people


class ReceiptsForm(PeopleForm):
    """Who received the notice, and when."""

    received_on = day_field(_("Received on"))


class EquipmentForm(forms.Form):
    """An item handed over."""

    person = forms.ModelChoiceField(
        label=_("Person"), queryset=Person.objects.none(), empty_label=_("Choose the person")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=EquipmentKind)
    number = forms.CharField(
        label=_("Inventory number"),
        max_length=60,
        required=False,
        help_text=_("Of the PC, or the name of the access."),
    )
    delivered_on = day_field(_("Delivered on"))
    note = forms.CharField(label=_("Note"), max_length=250, required=False)

    def __init__(self, people: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = people


class ReturnForm(forms.Form):
    """The day on which an item came back."""

    returned_on = day_field(_("Returned on"))


class IncidentForm(forms.Form):
    """What happened while one worked remotely."""

    person = forms.ModelChoiceField(
        label=_("Person"), queryset=Person.objects.none(), empty_label=None
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=IncidentKind, widget=forms.RadioSelect)
    happened_on = day_field(_("Day"))
    happened_time = hour_field(_("Hour"), required=False)
    description = forms.CharField(
        label=_("What happened"),
        max_length=2000,
        widget=forms.Textarea(attrs=SOME_ROWS),
        help_text=_("Where, doing what, with which consequences."),
    )

    def __init__(self, people: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = people


class FollowForm(forms.Form):
    """What HR did about a report."""

    follow_up = forms.CharField(
        label=_("What was done"), max_length=2000, widget=forms.Textarea(attrs=SOME_ROWS)
    )


class ConsultationForm(forms.Form):
    """A step of an actor of 5.3, with its file."""

    actor = forms.ChoiceField(label=_("Who"), choices=ConsultedActor)
    phase = forms.ChoiceField(label=_("Phase"), choices=ConsultationPhase)
    held_on = day_field(_("Date"))
    outcome = forms.CharField(
        label=_("Outcome"),
        max_length=2000,
        widget=forms.Textarea(attrs=SOME_ROWS),
        help_text=_("What was said, asked or decided, in short."),
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("Minutes or opinion: PDF, document or picture, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )

    def clean_file(self) -> Received | None:
        """The content, looked at before it is kept."""
        file = self.cleaned_data["file"]
        return received(file) if file else None

    def clean(self) -> dict[str, Any]:
        """With a mistake elsewhere the file is to be chosen again: no browser keeps it."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors and data.get("file"):
            self.add_error("file", _("Choose the file again: the browser does not keep it."))
        return data
