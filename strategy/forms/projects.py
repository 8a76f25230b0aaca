"""Forms of the projects: the facts of a sheet, an activity, its dates, its result."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from indicators.enums import TargetKind
from indicators.values import MAX_LENGTH, NotationError, read
from organization.filters import DayInput
from organization.models import Person
from strategy.models import ProjectActivity, ProjectSheet
from strategy.reports.project_words import plain_words

FEW_ROWS = {"rows": 3}
WEIGHT_DECIMALS = 2
WEIGHT_LIMIT = Decimal(10_000)
NOBODY = gettext_lazy("Nobody yet")


class WeightField(forms.Field):
    """A weight as the office writes it: 1, 0,5; above zero, two decimals at most.

    Not a field of numbers: those read a point as thousands, or as decimals, by the language.
    """

    def to_python(self, value: Any) -> Decimal | None:
        """The number that the text states; none when nothing is written."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            weight = read(text)
        except NotationError as error:
            raise forms.ValidationError(error.said("1, 2, 0,5")) from error
        number = weight.number
        if weight.kind != TargetKind.NUMBER or weight.comparator or number is None or number <= 0:
            raise forms.ValidationError(_("A weight is a number above zero: 1, 2 or 0,5."))
        if number >= WEIGHT_LIMIT or -int(number.as_tuple().exponent) > WEIGHT_DECIMALS:
            raise forms.ValidationError(_("A weight is below 10.000 and has two decimals at most."))
        return number


class PersonField(forms.ModelChoiceField):
    """One of the people in service, or whoever answers already."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Person.objects.none(), required=False, empty_label=NOBODY, **kwargs
        )

    def label_from_instance(self, person: Person) -> str:
        """The surname first, by which people are looked for."""
        return f"{person.last_name} {person.first_name}"


def _offer_people(field: Any, today: datetime.date, held: int | None) -> None:
    in_service = Person.objects.in_service(on=today).values("pk")
    field.queryset = Person.objects.filter(Q(pk__in=in_service) | Q(pk=held))


class SheetForm(forms.Form):
    """Who answers for a project and what it is for; `version` is what the person has seen."""

    responsible = PersonField(label=gettext_lazy("Who answers for the project"))
    purpose = forms.CharField(
        label=gettext_lazy("Purpose"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs=FEW_ROWS),
        help_text=gettext_lazy("What will be there when the project is finished."),
    )
    notes = forms.CharField(
        label=gettext_lazy("Notes"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs=FEW_ROWS),
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, sheet: ProjectSheet, data: Any = None, *, today: datetime.date) -> None:
        names = ("responsible", "purpose", "notes", "version")
        super().__init__(data, initial={name: getattr(sheet, name) for name in names})
        _offer_people(self.fields["responsible"], today, sheet.responsible_id)


class ActivityForm(forms.Form):
    """An activity, new or as it stands."""

    name = forms.CharField(label=gettext_lazy("Activity"), max_length=300)
    responsible = PersonField(label=gettext_lazy("Who answers for the activity"))
    starts_on = forms.DateField(label=gettext_lazy("From"), widget=DayInput())
    ends_on = forms.DateField(label=gettext_lazy("To"), widget=DayInput())
    printed = forms.CharField(
        label=gettext_lazy("Target"),
        max_length=MAX_LENGTH,
        help_text=gettext_lazy("As the plan writes it: 100%, 30.6.2021, 12, ≤ 3, SI."),
    )
    weight = WeightField(
        label=gettext_lazy("Weight"),
        initial="1",
        help_text=gettext_lazy("Against the other activities: 1 unless this one counts more."),
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        activity: ProjectActivity | None = None,
        today: datetime.date,
    ) -> None:
        super().__init__(data, initial=_activity_facts(activity))
        if activity is None:
            del self.fields["version"]
        else:
            self.fields["version"].required = True
        _offer_people(self.fields["responsible"], today, getattr(activity, "responsible_id", None))


def _activity_facts(activity: ProjectActivity | None) -> dict[str, Any]:
    if activity is None:
        return {}
    names = ("name", "responsible", "starts_on", "ends_on", "printed", "version")
    facts = {name: getattr(activity, name) for name in names}
    return facts | {"weight": plain_words(activity.weight)}


class DatesForm(forms.Form):
    """New dates of an activity, with their reason."""

    starts_on = forms.DateField(label=gettext_lazy("From"), widget=DayInput())
    ends_on = forms.DateField(label=gettext_lazy("To"), widget=DayInput())
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs=FEW_ROWS)
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, activity: ProjectActivity, data: Any = None) -> None:
        names = ("starts_on", "ends_on", "version")
        super().__init__(data, initial={name: getattr(activity, name) for name in names})


class ResultForm(forms.Form):
    """What came out of an activity."""

    printed = forms.CharField(
        label=pgettext_lazy("activity of a project", "Result"),
        max_length=MAX_LENGTH,
        required=False,
    )
    measured_on = forms.DateField(label=gettext_lazy("Measured on"), widget=DayInput())
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs=FEW_ROWS),
        help_text=gettext_lazy("If it is late, say why."),
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(
        self, activity: ProjectActivity, data: Any = None, *, today: datetime.date
    ) -> None:
        super().__init__(data, initial={"measured_on": today, "version": activity.version})
        self.fields["printed"].help_text = _result_help(activity)


def _result_help(activity: ProjectActivity) -> str:
    """How a result of this target is written; a hint is markup, hence the escape (≤ may be <=)."""
    target = {"target": escape(activity.printed)}
    if activity.day:
        words = _(
            "The target is “%(target)s”: write the day on which it ended or, before that, how far "
            "it is, for example 80%%. A day after the target counts zero."
        )
        return words % target
    if activity.is_yes is not None:
        return _("The target is “%(target)s”: SI or NO.") % target
    return _("The target is “%(target)s”: written in the same way.") % target
