"""Administration of sources, indicators and targets: what plans share and what each expects. It
stands here because only here it is known which plan holds them."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from import_export import fields
from import_export.instance_loaders import CachedInstanceLoader

from indicators.admin import ActualInline, YearMixin
from indicators.models import Indicator, Source, Target
from indicators.values import TYPED
from organization.models import Unit
from organization.reference_data import (
    Named,
    ReadOnlyAdminMixin,
    ReferenceAdminMixin,
    ReferenceMeta,
    TrackedAdmin,
)
from strategy.administration import (
    PartAdmin,
    PartInline,
    PartOfCycle,
    PartResource,
    SharedByPlans,
)
from strategy.models import Plan


class SourceResource(SharedByPlans, PartResource):
    class Meta(ReferenceMeta):
        model = Source
        import_id_fields = ["name"]
        instance_loader_class = CachedInstanceLoader
        fields = ["name"]


class IndicatorResource(SharedByPlans, PartResource):
    source = fields.Field("source", column_name="source", widget=Named(Source, "name"))
    supplier = fields.Field("supplier", column_name="supplier", widget=Named(Unit, "slug"))

    class Meta(ReferenceMeta):
        model = Indicator
        import_id_fields = ["name"]
        instance_loader_class = CachedInstanceLoader
        fields = [
            "name",
            "definition",
            "numerator",
            "denominator",
            "is_share",
            "unit_of_measure",
            "is_project",
            "measurement_area",
            "source",
            "supplier",
        ]


@admin.register(Source)
class SourceAdmin(SharedByPlans, ReferenceAdminMixin, PartAdmin):
    resource_classes = [SourceResource]
    list_display = ["name"]
    search_fields = ["name"]


class TargetInline(PartOfCycle, PartInline):
    """The targets of the plans that planning may edit; a new one enters no other plan."""

    model = Target
    extra = 0
    fields = ["cycle", "year", "printed", "kind", "polarity", "is_polarity_confirmed"]
    readonly_fields = ["kind"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).exclude(cycle__in=_held_cycles())


class HeldTargetInline(ReadOnlyAdminMixin, admin.TabularInline):
    """The others, as they were adopted or proposed."""

    model = Target
    extra = 0
    fields = ["cycle", "year", "printed", "kind", "polarity", "is_polarity_confirmed"]
    verbose_name_plural = _("targets of plans that are not open for changes")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(cycle__in=_held_cycles())


def _held_cycles() -> QuerySet:
    return Plan.objects.held().values("first_year")


@admin.register(Indicator)
class IndicatorAdmin(SharedByPlans, ReferenceAdminMixin, PartAdmin, TrackedAdmin):
    resource_classes = [IndicatorResource]
    list_display = ["name", "source", "supplier", "measurement_area", "is_project", "retired_on"]
    list_filter = ["is_project", "measurement_area", "supplier", "source"]
    list_select_related = ["source", "supplier"]
    search_fields = ["name", "definition"]
    inlines = [TargetInline, HeldTargetInline, ActualInline]


@admin.register(Target)
class TargetAdmin(PartOfCycle, PartAdmin, YearMixin, TrackedAdmin):
    list_display = ["indicator", "cycle_shown", "year_shown", "printed", "kind", "polarity"]
    list_filter = ["cycle", "year", "kind", "availability", "polarity"]
    list_select_related = ["indicator"]
    search_fields = ["indicator__name", "printed"]
    readonly_fields = TYPED  # read from the printed text, never written by hand

    @admin.display(description=_("first year of the plan"), ordering="cycle")
    def cycle_shown(self, target: Target) -> str:
        return str(target.cycle)
