"""What of a plan may the administration change? What the pages may, while planning may edit it.

An adopted plan changes only by a revision that is adopted in its turn: what it holds is looked at
here and not changed, neither in a form, nor in a list, nor by an import.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from indicators.models import Indicator, Source, Target
from organization.reference_data import ReferenceResource
from strategy.enums import PlanState
from strategy.models import Plan


def holding(plans: Iterable[Plan]) -> Plan | None:
    """The plan that holds a thing of these plans fast; none while planning may edit one of them."""
    found = list(plans)
    if any(one.state in PlanState.editable for one in found):
        return None
    return found[0] if found else None


def held_words(plan: Plan) -> str:
    """Why nothing of a plan changes now, and how it can."""
    return _(
        "%(plan)s is %(state)s: what it holds is not changed here. Open an update of the plan "
        "first, on the page of its life."
    ) % {"plan": plan.version_label, "state": str(plan.get_state_display()).lower()}


def refuse_held(plans: Iterable[Plan]) -> None:
    """Lock the plans until the transaction ends; refuse (code `state`) to change what they hold."""
    locked = Plan.objects.select_for_update().filter(pk__in=[one.pk for one in plans])
    if plan := holding(locked.order_by("pk")):
        raise ValidationError(held_words(plan), code="state")


class PartOfPlan:
    """What stands in one plan, and the way from it to the plan."""

    plan_path = "plan"

    def plans_of(self, thing: Any) -> Iterable[Plan]:
        """The plans that hold it."""
        return [attrgetter(self.plan_path)(thing)]


class PartOfCycle(PartOfPlan):
    """A target stands in the plan of its triennium."""

    def plans_of(self, thing: Target) -> Iterable[Plan]:
        return Plan.objects.filter(first_year=thing.cycle)


class SharedByPlans(PartOfPlan):
    """An indicator, or a source, stands in every plan with a row of it; as on the pages, planning
    describes it anew while it may edit one of them."""

    rows = {Indicator: "dashboards__rows__indicator", Source: "dashboards__rows__indicator__source"}

    def plans_of(self, thing: Indicator | Source) -> Iterable[Plan]:
        return Plan.objects.filter(**{self.rows[type(thing)]: thing.pk}).distinct()


class PartForm(forms.ModelForm):
    """Refuses what is held by a plan, as it was and as it would be: nothing enters an adopted one
    or leaves it."""

    part: PartOfPlan

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_stored = self.is_bound and self.instance.pk
        self.was_in = list(self.part.plans_of(self.instance)) if is_stored else []

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            with transaction.atomic():
                refuse_held(self.was_in)
                refuse_held(self.part.plans_of(self.instance))
        except ValidationError as refusal:
            self.add_error(None, refusal)


class PartInline(PartOfPlan, admin.TabularInline):
    """Rows inside the form of something that is not of their plan."""

    form = PartForm

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.form.part = self
        return formset


class PartAdmin(PartOfPlan, admin.ModelAdmin):
    """The administration of what a plan holds: shown always, changed while no plan holds it fast;
    else the page says why and leads to the life of the plan."""

    form = PartForm

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.part = self
        return form

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        form: Any = super().get_changelist_form(request, **{"form": PartForm} | kwargs)
        form.part = self
        return form

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and not self._held_by(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and not self._held_by(request, obj)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if plan := self._held_by(request, obj):
            context |= {"held_by": plan, "held_words": held_words(plan)}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def changeform_view(
        self, request: Any, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """403 with the reason, to a form that comes after the plan was adopted."""
        if request.method == "POST" and object_id:
            self._refuse(request, object_id)
        shown: HttpResponse = super().changeform_view(request, object_id, *args, **kwargs)
        return shown

    def delete_view(self, request: Any, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        self._refuse(request, object_id)
        shown: HttpResponse = super().delete_view(request, object_id, *args, **kwargs)
        return shown

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """With the reason of each plan that holds one of the things chosen."""
        told, count, lacking, protected = super().get_deleted_objects(objs, request)
        held = filter(None, (self._held_by(request, one) for one in objs))
        return told, count, lacking | {held_words(plan) for plan in held}, protected

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with transaction.atomic():
            self._refuse_now([obj])
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        with transaction.atomic():
            self._refuse_now(queryset)
            super().delete_queryset(request, queryset)

    def _held_by(self, request: Any, thing: Any) -> Plan | None:
        """The plan that holds a thing fast as it is stored, looked for once in a request."""
        if thing is None or thing.pk is None:
            return None
        looked = request.__dict__.setdefault("_held_things", {})
        key = (type(thing), thing.pk)
        if key not in looked:
            looked[key] = holding(self.plans_of(thing))
        found: Plan | None = looked[key]
        return found

    def _refuse(self, request: Any, object_id: str) -> None:
        thing = self.get_object(request, unquote(object_id))
        if plan := self._held_by(request, thing):
            raise PermissionDenied(held_words(plan))

    def _refuse_now(self, things: Iterable[Any]) -> None:
        """The same with the plans locked: one may have been adopted since the page was asked."""
        try:
            for thing in things:
                refuse_held(self.plans_of(thing))
        except ValidationError as refusal:
            raise PermissionDenied(*refusal.messages) from refusal


class PartResource(PartOfPlan, ReferenceResource):
    """Rows of a file: one that would change what a plan holds fast is refused, and the file with
    it. Rows that change nothing are skipped as ever."""

    def validate_instance(self, instance: Any, *args: Any, **kwargs: Any) -> None:
        super().validate_instance(instance, *args, **kwargs)
        refuse_held(self.plans_of(instance))
