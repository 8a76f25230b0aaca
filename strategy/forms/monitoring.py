"""What is asked about the calendar of the monitoring."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organization.filters import DayInput
from organization.row_fields import RowsField
from strategy.models import MonitoringPeriod, Plan

FEW_ROWS = {"rows": 3}


class PeriodForm(forms.Form):
    """The three days of a period."""

    ends_on = forms.DateField(
        label=_("Figures at"),
        widget=DayInput(),
        help_text=_("The day at which the figures are stated, for example 30 June."),
    )
    opens_on = forms.DateField(label=_("Opens on"), widget=DayInput())
    closes_on = forms.DateField(
        label=_("Closes on"),
        widget=DayInput(),
        help_text=_("The last day on which figures can be sent."),
    )


class PeriodsForm(forms.Form):
    """The periods chosen in the list."""

    periods = RowsField(
        queryset=MonitoringPeriod.objects.none(),
        error_messages={"required": _("Choose at least one period.")},
    )

    def __init__(self, plan: Plan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["periods"]
        field.queryset = plan.periods.select_related("plan")


class ReopenForm(PeriodsForm):
    """The periods chosen, why they are reopened and until when."""

    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs=FEW_ROWS)
    )
    closes_on = forms.DateField(label=_("Open until"), widget=DayInput())
