"""Administration of sources, indicators, targets and results."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from import_export import fields
from import_export.instance_loaders import CachedInstanceLoader

from indicators.models import Actual, Indicator, Source, Target
from indicators.values import TYPED
from organization.models import Unit
from organization.reference_data import (
    Named,
    ReadOnlyAdminMixin,
    ReferenceAdminMixin,
    ReferenceMeta,
    ReferenceResource,
    TrackedAdmin,
)


class SourceResource(ReferenceResource):
    class Meta(ReferenceMeta):
        model = Source
        import_id_fields = ["name"]
        instance_loader_class = CachedInstanceLoader
        fields = ["name"]


class IndicatorResource(ReferenceResource):
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
class SourceAdmin(ReferenceAdminMixin, admin.ModelAdmin):
    resource_classes = [SourceResource]
    list_display = ["name"]
    search_fields = ["name"]


class TargetInline(admin.TabularInline):
    model = Target
    extra = 0
    fields = ["cycle", "year", "printed", "kind", "polarity", "is_polarity_confirmed"]
    readonly_fields = ["kind"]


class ActualInline(ReadOnlyAdminMixin, admin.TabularInline):
    """Results are written at work, where those of a closed year are refused."""

    model = Actual
    extra = 0
    fields = ["year", "measured_on", "printed", "kind", "is_current"]


@admin.register(Indicator)
class IndicatorAdmin(ReferenceAdminMixin, TrackedAdmin):
    resource_classes = [IndicatorResource]
    list_display = ["name", "source", "supplier", "measurement_area", "is_project", "retired_on"]
    list_filter = ["is_project", "measurement_area", "supplier", "source"]
    list_select_related = ["source", "supplier"]
    search_fields = ["name", "definition"]
    inlines = [TargetInline, ActualInline]


class YearMixin:
    """Years as years: a number in a list would be written as an amount, with its point."""

    @admin.display(description=_("year"), ordering="year")
    def year_shown(self, stored: Target | Actual) -> str:
        return str(stored.year)


@admin.register(Target)
class TargetAdmin(YearMixin, TrackedAdmin):
    list_display = ["indicator", "cycle_shown", "year_shown", "printed", "kind", "polarity"]
    list_filter = ["cycle", "year", "kind", "availability", "polarity"]
    list_select_related = ["indicator"]
    search_fields = ["indicator__name", "printed"]
    readonly_fields = TYPED  # read from the printed text, never written by hand

    @admin.display(description=_("first year of the plan"), ordering="cycle")
    def cycle_shown(self, target: Target) -> str:
        return str(target.cycle)


@admin.register(Actual)
class ActualAdmin(ReadOnlyAdminMixin, YearMixin, TrackedAdmin):
    """Read only: see above."""

    list_display = ["indicator", "year_shown", "measured_on", "printed", "kind", "is_current"]
    list_filter = ["year", "is_current", "kind", "availability"]
    list_select_related = ["indicator"]
    search_fields = ["indicator__name", "printed"]
    raw_id_fields = ["supersedes"]
