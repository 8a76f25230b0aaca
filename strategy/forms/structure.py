"""Forms of the structure: branches of the tree, dashboards, rows, indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from indicators.enums import MeasurementArea
from indicators.models import Indicator, Source
from organization.models import Unit
from strategy.branches import MODELS, Branch, branches_of, fields_of, parent_of, root_of
from strategy.enums import BranchKind, DashboardKind
from strategy.fingerprints import fingerprint
from strategy.models import Action, Dashboard, DashboardRow, Plan, StrategicObjective
from strategy.operations import dashboards as dashboard_operations
from strategy.operations.indicators import FIELDS as INDICATOR_FIELDS
from strategy.operations.indicators import indicator_fingerprint
from strategy.operations.rows import WeightChange
from strategy.reports.structure import TypedWeight

PARENTS = {BranchKind.OBJECTIVE: BranchKind.PERSPECTIVE, BranchKind.ACTION: BranchKind.OBJECTIVE}
WEIGHT = re.compile(r"[0-9]{1,4}([.,][0-9]{1,2})?", re.ASCII)


class StaleForm(forms.Form):
    """A form that knows upon which words it was filled in."""

    was = forms.CharField(required=False, widget=forms.HiddenInput, max_length=12)

    def bring_up_to_date(self, was: str) -> None:
        """From now on the form stands upon what the database says: saving it again is meant."""
        data: Any = self.data
        data = data.copy()
        data[self.add_prefix("was")] = was
        self.data = data


class BranchForm(StaleForm):
    """The words of a perspective, an objective or an action, and what it is part of."""

    code = forms.CharField(
        label=_("Code of the objective"),
        max_length=8,
        required=False,
        help_text=_("As the plan prints it before the name: 1.1, 4.1."),
    )
    name = forms.CharField(
        label=_("Name"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    map_name = forms.CharField(
        label=_("Name on the map"),
        max_length=200,
        required=False,
        help_text=_("Only when the map (3.1) words it otherwise than the dashboards."),
    )
    mission = forms.CharField(label=_("National mission (MiSE)"), max_length=200, required=False)
    parent = forms.ModelChoiceField(
        label=_("Part of"), queryset=StrategicObjective.objects.none(), empty_label=None
    )

    def __init__(
        self,
        plan: Plan,
        kind: BranchKind,
        data: Any = None,
        *,
        branch: Branch | None = None,
        chart: str = "",
        parent: Any = None,
    ) -> None:
        initial = {name: getattr(branch, name) for name in fields_of(branch)} if branch else {}
        if branch:
            initial |= {"was": fingerprint(branch, fields_of(branch)), "parent": parent_of(branch)}
        else:
            initial["parent"] = parent
        super().__init__(data, initial=initial)
        fields: dict[str, Any] = self.fields
        longest = MODELS[kind]._meta.get_field("name").max_length
        fields["name"].max_length = longest
        fields["name"].widget.attrs["maxlength"] = str(longest)
        if kind != BranchKind.OBJECTIVE:
            for name in ("code", "map_name", "mission"):
                del fields[name]
        if kind == BranchKind.PERSPECTIVE:
            del fields["parent"]
            return
        chart = root_of(branch).chart if branch else chart
        above = branches_of(plan, PARENTS[kind]).filter(
            **{"chart" if kind == BranchKind.OBJECTIVE else "perspective__chart": chart}
        )
        order = ["position"] if kind == BranchKind.OBJECTIVE else TREE_ORDER
        fields["parent"].queryset = above.order_by(*order)
        fields["parent"].label = (
            _("Perspective") if kind == BranchKind.OBJECTIVE else _("Objective")
        )

    def clean_name(self) -> str:
        """One line, whatever keys were pressed."""
        name = " ".join(self.cleaned_data["name"].split())
        limit = self.fields["name"].max_length  # type: ignore[attr-defined]  # a CharField
        if len(name) > limit:
            raise forms.ValidationError(
                _("It is too long: at most %(limit)s characters, it has %(length)s.")
                % {"limit": limit, "length": len(name)}
            )
        return name

    def words(self) -> dict[str, str]:
        """What was written, without the parent."""
        return {
            name: text for name, text in self.cleaned_data.items() if name not in ("was", "parent")
        }


TREE_ORDER = ["perspective__position", "position"]
ACTION_ORDER = ["objective__perspective__position", "objective__position", "position"]


class MoveForm(forms.Form):
    """What is moved by a step, or dropped at a place: names as the page calls them."""

    item = forms.CharField(max_length=40)
    direction = forms.ChoiceField(choices=[("up", "up"), ("down", "down")], required=False)
    parent = forms.CharField(max_length=40, required=False)
    index = forms.IntegerField(min_value=0, max_value=9999, required=False)


class ActionIterator(ModelChoiceIterator):
    """The actions under the heading of their objective."""

    def __iter__(self) -> Iterator[Any]:
        yield ("", self.field.empty_label)
        for objective, actions in groupby(self.queryset, attrgetter("objective")):
            yield (objective.heading, [self.choice(action) for action in actions])


class ActionChoice(forms.ModelChoiceField):
    """An action, under the objective it is of."""

    iterator = ActionIterator

    def __init__(self) -> None:
        super().__init__(
            label=_("Action"),
            queryset=Action.objects.none(),
            empty_label=_("Choose the action"),
            error_messages={"required": _("Choose the action under which it goes.")},
        )


def actions_of(plan: Plan, dashboard: Dashboard) -> Any:
    """The actions that a dashboard may have rows on: those of its tree."""
    actions = branches_of(plan, BranchKind.ACTION).filter(
        objective__perspective__chart=dashboard.chart
    )
    return actions.select_related("objective__perspective").order_by(*ACTION_ORDER)


class RowMoveForm(forms.Form):
    """Under which action a row goes."""

    action = ActionChoice()
    everywhere = forms.BooleanField(
        label=_("Move it also on the other dashboards where it stands under the same action"),
        required=False,
        initial=True,
    )

    def __init__(self, row: DashboardRow, others: int, data: Any = None) -> None:
        super().__init__(data, initial={"action": row.action_id, "everywhere": True})
        self.fields["action"].queryset = actions_of(row.dashboard.plan, row.dashboard)  # type: ignore[attr-defined]  # a ModelChoiceField
        if not others:
            del self.fields["everywhere"]


class RowAddForm(forms.Form):
    """Under which action an indicator is put."""

    action = ActionChoice()

    def __init__(self, plan: Plan, dashboard: Dashboard, data: Any = None, **given: Any) -> None:
        super().__init__(data, **given)
        self.fields["action"].queryset = actions_of(plan, dashboard)  # type: ignore[attr-defined]  # a ModelChoiceField


class IndicatorForm(StaleForm):
    """What an indicator is: its name, what it divides, its source, who supplies it."""

    action = ActionChoice()
    name = forms.CharField(
        label=_("Name"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    definition = forms.CharField(
        label=_("Definition"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What is counted and how, so that who comes after counts the same."),
    )
    source = forms.ModelChoiceField(
        label=_("Source of the figure"),
        queryset=Source.objects.all(),
        required=False,
        empty_label=_("Not stated yet"),
    )
    new_source = forms.CharField(
        label=_("A source that is not in the list"),
        max_length=120,
        required=False,
        help_text=_("It is added to the list and chosen."),
    )
    supplier = forms.ModelChoiceField(
        label=_("Unit that supplies the figure"),
        queryset=Unit.objects.all(),
        required=False,
        empty_label=_("Not stated yet"),
    )
    unit_of_measure = forms.CharField(label=_("Unit of measure"), max_length=60, required=False)
    numerator = forms.CharField(
        label=_("Numerator"),
        max_length=400,
        required=False,
        help_text=_("For an indicator that divides two counts: what stands above the line."),
    )
    denominator = forms.CharField(label=_("Denominator"), max_length=400, required=False)
    is_share = forms.BooleanField(
        label=_("The numerator is part of the denominator"),
        required=False,
        help_text=_(
            "People out of people, practices out of practices: a larger numerator is then refused. "
            "Not of two different amounts, such as what is spent and its budget."
        ),
    )
    is_project = forms.BooleanField(
        label=_("It measures the progress of a project"), required=False
    )
    measurement_area = forms.ChoiceField(
        label=_("Area of art. 8 D.Lgs. 150/2009"),
        required=False,
        choices=[("", _("None"))] + [(area.value, area.label) for area in MeasurementArea],
    )
    is_another = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        indicator: Indicator | None = None,
        dashboard: Dashboard | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        said = {name: getattr(indicator, name) for name in INDICATOR_FIELDS} if indicator else {}
        if indicator:
            said["was"] = indicator_fingerprint(indicator)
        super().__init__(data, initial={**said, **(initial or {})})
        if dashboard is None:
            del self.fields["action"], self.fields["is_another"]
        else:
            actions: Any = self.fields["action"]
            actions.queryset = actions_of(dashboard.plan, dashboard)

    def clean_name(self) -> str:
        """One line, whatever keys were pressed."""
        return " ".join(self.cleaned_data["name"].split())

    def clean(self) -> dict[str, Any]:
        """A denominator without numerator is no ratio; without a denominator nothing is a share."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("denominator") and not cleaned.get("numerator"):
            self.add_error("numerator", _("A ratio with a denominator needs its numerator."))
        if cleaned.get("is_share") and not cleaned.get("denominator"):
            self.add_error("is_share", _("Only a ratio is a share of something."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What was said of the indicator itself."""
        return {name: self.cleaned_data[name] for name in INDICATOR_FIELDS}


class RetireForm(forms.Form):
    """Why an indicator is not used any more."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The register keeps it: who reads the series later knows why it ends."),
    )


class DashboardForm(StaleForm):
    """Whose dashboard it is and how it is printed."""

    kind = forms.ChoiceField(label=_("Kind"), choices=DashboardKind.choices)
    heading = forms.CharField(
        label=_("Heading as printed"),
        max_length=160,
        help_text=_("The title over its table in the document."),
    )
    code = forms.CharField(
        label=_("Sign"),
        max_length=8,
        required=False,
        help_text=_("Two or three letters shown beside indicators: AG, SG, DIR."),
    )
    unit = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Unit.objects.all(),
        required=False,
        empty_label=_("The whole ente"),
    )

    def __init__(self, data: Any = None, *, dashboard: Dashboard | None = None) -> None:
        fields = dashboard_operations.FIELDS
        initial = {name: getattr(dashboard, name) for name in fields} if dashboard else {}
        if dashboard:
            initial["was"] = fingerprint(dashboard, fields)
        super().__init__(data, initial=initial)
        if dashboard:
            del self.fields["kind"]

    def facts(self) -> dict[str, Any]:
        """What was said of the dashboard."""
        return {name: self.cleaned_data[name] for name in dashboard_operations.FIELDS}


def typed_weights(data: Mapping[str, str]) -> dict[int, TypedWeight]:
    """The weights as a page sent them: `w-12` what was typed, `was-12` what it was loaded with."""
    typed = {}
    for name, text in data.items():
        pk = name.removeprefix("w-")
        if pk != name and pk.isascii() and pk.isdigit() and len(pk) <= 18:
            was = data.get(f"was-{pk}", "")
            is_wrong = _weight(text) is None or _weight(was) is None
            typed[int(pk)] = TypedWeight(text.strip(), was, is_wrong)
    return typed


def weight_changes(data: Mapping[str, str]) -> tuple[dict[int, WeightChange], list[int]]:
    """The weights that no longer say what the page was loaded with, and those that cannot be read.

    A weight is above zero, with two decimals at most.
    """
    changes: dict[int, WeightChange] = {}
    typed = typed_weights(data)
    for pk, weight in typed.items():
        wanted, was = _weight(weight.text), _weight(weight.was)
        if wanted is not None and was is not None and wanted != was:
            changes[pk] = WeightChange(weight=wanted, was=was)
    return changes, [pk for pk, weight in typed.items() if weight.is_wrong]


def _weight(text: str) -> Decimal | None:
    written = WEIGHT.fullmatch(text.strip())
    if written is None:
        return None
    return Decimal(written[0].replace(",", ".")) or None
