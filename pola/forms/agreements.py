"""What is asked about the text of an agreement, and about what happens to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organization.enums import UnitKind
from organization.models import Unit
from pola.contact_windows import Window
from pola.enums import AgreementState, Letter
from pola.forms.fields import (
    READ_BY_THE_PERSON,
    RESERVED,
    day_field,
    days_field,
    hour_field,
    weekdays_field,
    words_field,
)
from pola.models import Norm
from pola.quotas import WORKING_DAYS
from pola.terms import Objective, Terms


class TermsForm(forms.Form):
    """The nine contents of art. 6; any of them may still be empty. The text that was read."""

    starts_on = day_field(_("From"), required=False)
    ends_on = day_field(_("To"), required=False)
    days_per_week = days_field()
    weekdays = weekdays_field()
    objectives = forms.TypedMultipleChoiceField(
        label=_("Performance objectives, from the dashboard of the unit"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Measurable, of the year; with the target that the plan prints (art. 13)."),
    )
    returns = words_field(_("Number and rhythm of the returns to the office"), required=False)
    day_begins_at = hour_field(_("The day begins at"))
    day_ends_at = hour_field(_("The day ends at"))
    availability = words_field(_("Hours of availability"), required=False)
    morning_from = hour_field(_("Reached in the morning from"), required=False)
    morning_to = hour_field(_("Reached in the morning to"), required=False)
    afternoon_from = hour_field(_("Reached in the afternoon from"), required=False)
    afternoon_to = hour_field(_("Reached in the afternoon to"), required=False)
    place = forms.CharField(label=_("Place of agile work"), required=False, max_length=300)
    equipment = words_field(_("Equipment"), required=False)
    indicators = words_field(_("Indicators of measurement"), required=False)
    monitoring = words_field(_("Monitoring"), required=False)
    notice = words_field(_("Notice of withdrawal"), required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, offered: tuple[Objective, ...], is_renewal: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if is_renewal:
            first_day: Any = self.fields["starts_on"]
            first_day.disabled = True
            first_day.help_text = _("A renewal begins on the day after the agreement ends.")
        self.offered = {one.row: one for one in offered}
        field: Any = self.fields["objectives"]
        field.choices = [(one.row, one.words) for one in offered]

    def terms(self, *, trial_ends_on: Any, whole_end: Any) -> Terms:
        """The terms as they were written; cut when the trial ends before the usual duration."""
        data = dict(self.cleaned_data)
        for part in ("morning", "afternoon"):
            data[part] = Window(data.pop(f"{part}_from"), data.pop(f"{part}_to"))
        data.pop("seen")
        data["weekdays"] = tuple(data["weekdays"])
        data["objectives"] = tuple(self.offered[row] for row in data["objectives"])
        is_cut = data["ends_on"] == trial_ends_on and whole_end is not None
        return Terms(**data, is_cut=is_cut and whole_end > trial_ends_on)


def initial_terms(terms: Terms) -> dict[str, Any]:
    """What the form shows of the terms that are there."""
    names = (
        "starts_on",
        "ends_on",
        "days_per_week",
        "day_begins_at",
        "day_ends_at",
        "place",
        "returns",
        "availability",
        "equipment",
        "indicators",
        "monitoring",
        "notice",
    )
    return {name: getattr(terms, name) for name in names} | {
        "weekdays": list(terms.weekdays),
        "objectives": list(terms.objective_rows),
        "morning_from": terms.morning.start,
        "morning_to": terms.morning.end,
        "afternoon_from": terms.afternoon.start,
        "afternoon_to": terms.afternoon.end,
    }


class GiveBackForm(forms.Form):
    """What is to be changed in a text."""

    reason = words_field(_("What is to be changed"))


class RenewalForm(forms.Form):
    """The evaluation that comes before a renewal (art. 6), and until when it lasts."""

    effects = words_field(_("Effects on the service"))
    complexity = words_field(_("Complexity of the objectives"))
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[("yes", _("favourable: renew")), ("no", _("not favourable: it ends"))],
        widget=forms.RadioSelect,
    )
    ends_on = day_field(_("Renewed until"), help_text=_("At the latest the end of the trial."))


class SuspensionForm(forms.Form):
    """The days of a suspension, both included, and why (art. 8)."""

    starts_on = day_field(_("From"))
    ends_on = day_field(_("To"), help_text=_("The last day, included."))
    reason = words_field(_("Reason"), help_text=READ_BY_THE_PERSON)


def _notices() -> list[tuple[str, Any]]:
    """With notice, or the cause without: in the language of the page, so asked anew each time."""
    causes = ((letter.value, f"{letter.value}) {letter.label}") for letter in Letter)
    return [("", _("with notice")), *causes]


class WithdrawalForm(forms.Form):
    """What the Chamber says when it withdraws (art. 8)."""

    letter = forms.ChoiceField(
        label=_("Notice"),
        required=False,
        choices=_notices,
        widget=forms.RadioSelect,
        help_text=_("Without notice only for the causes a, b, c of art. 8."),
    )
    is_protected = forms.BooleanField(
        label=_("The longer notice of art. 8 applies"), required=False, help_text=READ_BY_THE_PERSON
    )
    last_day = day_field(_("Last day of the agreement"))
    reason = words_field(_("Specific reason"), help_text=READ_BY_THE_PERSON)


class OwnWithdrawalForm(forms.Form):
    """What the employee says when withdrawing (art. 8)."""

    last_day = day_field(_("Last day of the agreement"))
    reason = words_field(_("Specific reason"), help_text=RESERVED)


class UnitForm(forms.Form):
    """Where the person goes, and from which day."""

    unit = forms.ModelChoiceField(
        label=_("New unit"),
        queryset=Unit.objects.exclude(kind=UnitKind.BODY).in_order(),
        empty_label=_("Choose the unit"),
    )
    from_day = day_field(_("From"))


class DropForm(forms.Form):
    """Why an agreement is not concluded."""

    reason = words_field(_("Reason"), help_text=READ_BY_THE_PERSON)


class ExemptionForm(forms.Form):
    """More days a week for some time; why is reserved (art. 4)."""

    days_per_week = forms.TypedChoiceField(
        label=_("Days a week"),
        coerce=int,
        widget=forms.RadioSelect,
    )
    starts_on = day_field(_("From"))
    ends_on = day_field(_("To"), help_text=_("The last day, included."))
    reserved_reason = words_field(_("Reserved reason"), help_text=READ_BY_THE_PERSON)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = Norm.objects.in_force().max_days_per_week
        field: Any = self.fields["days_per_week"]
        field.choices = [(days, str(days)) for days in range(most + 1, WORKING_DAYS + 1)]


ENDING = "in-scadenza"  # no state of its own: in force, with the last days at hand


class RegisterForm(forms.Form):
    """How the register of agreements is narrowed."""

    q = forms.CharField(label=_("Person"), required=False)
    stato = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all")), (ENDING, _("about to end")), *AgreementState.choices],
    )
    unita = forms.ModelChoiceField(
        label=_("Unit"),
        required=False,
        queryset=Unit.objects.in_order(),
        to_field_name="slug",
        empty_label=pgettext_lazy("units", "all"),
    )
