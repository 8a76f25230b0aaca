"""What is asked of the employee, of HR and of the dirigente about a request."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organization.row_fields import RowsField
from pola.enums import Place, PriorityKind, Purpose
from pola.forms.fields import (
    FEW_ROWS,
    RESERVED,
    day_field,
    days_field,
    hour_field,
    weekdays_field,
    words_field,
)
from pola.models import Activity


class ActivitiesForm(forms.Form):
    """First step: what would be done remotely, and for which purposes of art. 1."""

    activities = RowsField(
        label=_("Activities that you would do remotely"),
        queryset=Activity.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those of your unit that can be done remotely, wholly or in part."),
    )
    other_activities = forms.CharField(
        label=_("Other activities"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs=FEW_ROWS),
    )
    purposes = forms.MultipleChoiceField(
        label=_("Purposes (art. 1)"),
        required=False,
        choices=[(one.value, f"{one.value}) {one.label}") for one in Purpose],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["activities"]
        field.queryset = offered
        if not offered:
            del self.fields["activities"]
        choices: Any = self.fields["purposes"]
        choices.choices = [(one.value, f"{one.value}) {one.label}") for one in Purpose]


class DaysForm(forms.Form):
    """Second step: from when, how many days, where, when reached."""

    starts_on = day_field(_("From"), required=False)
    days_per_week = days_field()
    weekdays = weekdays_field()
    place = forms.ChoiceField(
        label=_("Place of agile work"), choices=Place.choices, widget=forms.RadioSelect
    )
    place_detail = forms.CharField(
        label=_("Address"),
        required=False,
        max_length=200,
        help_text=_("Where the place is neither residence nor domicile."),
    )
    day_begins_at = hour_field(_("The day begins at"))
    day_ends_at = hour_field(_("The day ends at"))
    morning_from = hour_field(_("Reached in the morning from"))
    morning_to = hour_field(_("Reached in the morning to"))
    afternoon_from = hour_field(_("Reached in the afternoon from"), required=False)
    afternoon_to = hour_field(_("Reached in the afternoon to"), required=False)
    own_equipment = forms.BooleanField(
        label=_("I would use equipment of my own (only if agreed, art. 9)"), required=False
    )

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        """Up to `most` days a week (art. 4); what was kept under another rule stays to be read."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["days_per_week"]
        kept = self.initial["days_per_week"]
        field.choices = [one for one in field.choices if one[0] <= max(most, kept)]


class PriorityForm(forms.Form):
    """Third step, reserved and free: why the request has precedence (art. 3)."""

    kinds = forms.MultipleChoiceField(
        label=_("Reasons of precedence"),
        required=False,
        choices=PriorityKind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=RESERVED,
    )
    leave_ended_on = day_field(_("Maternity leave ended on"), required=False)
    note = words_field(_("Reserved note"), required=False, help_text=RESERVED)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if PriorityKind.MATERNITY in data.get("kinds", []) and not data.get("leave_ended_on"):
            self.add_error("leave_ended_on", _("Say on which day the leave ended."))
        if data.get("note") and not data.get("kinds"):
            self.add_error("kinds", _("Choose the reason that the note is about."))
        return data


class EligibilityForm(forms.Form):
    """What HR enters where the registers know nothing: training (art. 11) and safety notice (art.
    10). What they know is not asked."""

    training_on = day_field(
        _("Training done on (art. 11)"),
        required=False,
        help_text=_(
            "The register of courses does not have it: the day you write holds for "
            "this request and is marked as not in the register."
        ),
    )
    safety_on = day_field(
        _("Safety notice received on (art. 10)"),
        required=False,
        help_text=_(
            "The register of safety notices does not have it: the day you write holds for "
            "this request and is marked as not in the register."
        ),
    )

    def __init__(self, *args: Any, known: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in known:
            del self.fields[name]

    @property
    def days(self) -> dict[str, Any]:
        """Both days, as they were typed: none for what is not asked."""
        return {name: self.cleaned_data.get(name) for name in self.base_fields}


MET = [("yes", _("met")), ("no", _("not met"))]


class AssessmentForm(forms.Form):
    """The criteria of art. 3, the decision and its reason."""

    criterion_a = forms.ChoiceField(
        label=_("a) The activities can be done remotely and the service allows it"),
        choices=MET,
        widget=forms.RadioSelect,
        help_text=_(
            "Part of the tasks remote, suitable technology, autonomy, measurable results (art. 2)."
        ),
    )
    criterion_b = forms.ChoiceField(
        label=_("b) The IT equipment is available"), choices=MET, widget=forms.RadioSelect
    )
    criterion_c = forms.ChoiceField(
        label=_("c) Services stay regular, continuous, efficient, in the times of the law"),
        choices=MET,
        widget=forms.RadioSelect,
    )
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("grant", _("I grant it")), ("refuse", _("I refuse it"))],
        widget=forms.RadioSelect,
    )
    reason = words_field(
        _("Reason"),
        required=False,
        help_text=_("Needed to refuse; the employee reads it. Write nothing about health."),
    )

    @property
    def criteria(self) -> tuple[bool, bool, bool]:
        """The three answers."""
        a, b, c = (self.cleaned_data[f"criterion_{x}"] == "yes" for x in "abc")
        return a, b, c

    @property
    def is_granted(self) -> bool:
        """What was decided."""
        return bool(self.cleaned_data["decision"] == "grant")


class PlacesForm(forms.Form):
    """How many requests can be granted."""

    posti = forms.IntegerField(label=_("Places available"), required=False, min_value=0)
