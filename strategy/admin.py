"""Administration of plans, their branches, dashboards, document and editions."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from organization.reference_data import ReadOnlyAdminMixin, ReferenceAdminMixin, TrackedAdmin
from strategy import (  # noqa: F401 - they register themselves
    indicator_admin,
    oversight_admin,
    report_admin,
)
from strategy.administration import PartAdmin
from strategy.models import (
    Action,
    ActivityResult,
    Consultation,
    Dashboard,
    DashboardRow,
    DeviationReason,
    Edition,
    Evidence,
    MonitoringPeriod,
    Perspective,
    Plan,
    ProjectActivity,
    ProjectSheet,
    Recording,
    ReferenceColumn,
    ReferenceRow,
    ReferenceTable,
    Reminder,
    Resolution,
    Section,
    SectionBlock,
    SectionImage,
    SectionPresence,
    StrategicObjective,
    YearClosing,
    YearReopening,
)
from strategy.resources import (
    ActionResource,
    ObjectiveResource,
    PerspectiveResource,
    ReferenceRowResource,
)


@admin.register(Plan)
class PlanAdmin(PartAdmin, TrackedAdmin):
    """State, revision and limits of the bands change through the operations only; the triennium of
    a plan with editions does not change, since their addresses and the targets are kept under it.
    """

    list_display = ["title", "triennium", "revision", "state", "reference_date", "changed_at"]
    list_filter = ["state"]
    search_fields = ["title"]
    readonly_fields = [
        "state",
        "revision",
        "beyond_above",
        "reached_from",
        "partly_reached_from",
        "changed_at",
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        kept = obj is not None and obj.editions.exists()
        return [*self.readonly_fields, "triennium"] if kept else self.readonly_fields

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["first_year"] if "triennium" in self.get_readonly_fields(request, obj) else []

    def plans_of(self, thing: Plan) -> list[Plan]:
        """Its own title page; a new plan is held by none."""
        return [thing] if thing.pk else []

    @admin.display(description=_("triennium"), ordering="first_year")
    def triennium(self, plan: Plan) -> str:
        """The years of the plan; a year alone would be written as an amount, with its point."""
        return plan.label


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    list_display = ["plan", "revision", "act", "adopted_at"]
    list_select_related = ["plan"]
    list_filter = ["plan"]
    search_fields = ["plan__title", "act_number"]
    exclude = ["snapshot", "pdf"]


@admin.register(Consultation)
class ConsultationAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    list_display = ["plan", "revision", "body", "held_on", "outcome"]
    list_select_related = ["plan"]
    list_filter = ["plan", "body", "outcome"]
    search_fields = ["note"]


class ProjectActivityInline(admin.TabularInline):
    model = ProjectActivity
    extra = 0
    fields = ["position", "name", "responsible", "starts_on", "ends_on", "printed", "weight"]
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ProjectSheet)
class ProjectSheetAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    list_display = ["indicator", "plan", "responsible"]
    list_select_related = ["indicator", "plan", "responsible"]
    list_filter = ["plan"]
    search_fields = ["indicator__name", "purpose"]
    inlines = [ProjectActivityInline]


@admin.register(ProjectActivity)
class ProjectActivityAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    list_display = ["name", "sheet", "responsible", "starts_on", "ends_on", "printed", "weight"]
    list_select_related = ["sheet__indicator", "responsible"]
    list_filter = ["sheet__plan"]
    search_fields = ["name", "sheet__indicator__name"]


@admin.register(ActivityResult)
class ActivityResultAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    list_display = ["activity", "measured_on", "printed", "recorded_at", "recorded_by_label"]
    list_select_related = ["activity"]
    list_filter = ["activity__sheet__plan"]
    search_fields = ["activity__name", "note"]


@admin.register(MonitoringPeriod)
class MonitoringPeriodAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    list_display = ["ends_on", "plan", "opens_on", "closes_on", "is_locked", "changed_by_label"]
    list_select_related = ["plan"]
    list_filter = ["plan", "is_locked"]
    search_fields = ["plan__title", "reopening_reason"]


@admin.register(Resolution)
class ResolutionAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    """Decided on the page of the closing, where each has its right and its trace."""

    list_display = ["indicator", "plan", "year_shown", "treatment", "state", "proposed_by"]
    list_select_related = ["plan", "indicator", "proposed_by__person"]
    list_filter = ["plan", "treatment", "state"]
    search_fields = ["indicator__name", "reason"]

    @admin.display(description=_("year"), ordering="year")
    def year_shown(self, resolution: Resolution) -> str:
        return str(resolution.year)


@admin.register(DeviationReason)
class DeviationReasonAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    list_display = ["indicator", "plan", "year_shown", "cause", "written_at", "written_by"]
    list_select_related = ["plan", "indicator", "written_by__person"]
    list_filter = ["plan", "cause"]
    search_fields = ["indicator__name", "reason"]

    @admin.display(description=_("year"), ordering="year")
    def year_shown(self, told: DeviationReason) -> str:
        return str(told.year)


@admin.register(YearClosing)
class YearClosingAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    list_display = ["plan", "year_shown", "number", "closed_at", "closed_by_label"]
    list_select_related = ["plan"]
    list_filter = ["plan"]
    search_fields = ["snapshot_sha256"]
    exclude = ["snapshot", "indicator_ids"]

    @admin.display(description=_("year"), ordering="year")
    def year_shown(self, closing: YearClosing) -> str:
        return str(closing.year)


@admin.register(YearReopening)
class YearReopeningAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    list_display = ["closing", "reopened_at", "reopened_by_label"]
    list_select_related = ["closing__plan"]
    search_fields = ["reason"]


@admin.register(Recording)
class RecordingAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    list_display = ["indicator", "period", "printed", "state", "supplier", "is_current"]
    list_select_related = ["indicator", "period__plan", "supplier"]
    list_filter = ["state", "is_current", "supplier"]
    search_fields = ["indicator__name", "printed"]


@admin.register(Evidence)
class EvidenceAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    list_display = ["name", "recording", "content_type", "size", "uploaded_at", "uploaded_by"]
    list_select_related = ["recording", "uploaded_by__person"]
    list_filter = ["content_type"]
    search_fields = ["name"]
    exclude = ["file"]


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    list_display = ["subject", "user", "kind", "period", "sent_at"]
    list_select_related = ["user__person", "period__plan"]
    list_filter = ["kind"]
    search_fields = ["subject", "user__username"]


@admin.register(SectionImage)
class SectionImageAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    list_display = ["alt", "plan", "width", "height", "uploaded_at", "uploaded_by_label"]
    list_select_related = ["plan"]
    list_filter = ["plan"]
    search_fields = ["alt"]
    exclude = ["file"]


@admin.register(SectionPresence)
class SectionPresenceAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    list_display = ["section", "user", "seen_at"]
    list_select_related = ["section__plan", "user__person"]


class ObjectiveInline(admin.TabularInline):
    model = StrategicObjective
    extra = 0
    fields = ["position", "code", "name", "map_name"]
    show_change_link = True


@admin.register(Perspective)
class PerspectiveAdmin(ReferenceAdminMixin, PartAdmin, TrackedAdmin):
    resource_classes = [PerspectiveResource]
    list_display = ["name", "plan", "chart", "position"]
    list_filter = ["plan", "chart"]
    list_select_related = ["plan"]
    search_fields = ["name"]
    inlines = [ObjectiveInline]


class ActionInline(admin.TabularInline):
    model = Action
    extra = 0
    fields = ["position", "name"]
    show_change_link = True


@admin.register(StrategicObjective)
class ObjectiveAdmin(ReferenceAdminMixin, PartAdmin, TrackedAdmin):
    plan_path = "perspective.plan"
    resource_classes = [ObjectiveResource]
    list_display = ["code", "name", "perspective", "mission", "position"]
    list_display_links = ["code", "name"]
    list_filter = ["perspective__plan", "perspective__chart", "perspective"]
    list_select_related = ["perspective"]
    search_fields = ["code", "name", "map_name"]
    inlines = [ActionInline]


@admin.register(Action)
class ActionAdmin(ReferenceAdminMixin, PartAdmin, TrackedAdmin):
    plan_path = "objective.perspective.plan"
    resource_classes = [ActionResource]
    list_display = ["name", "objective", "position"]
    list_filter = ["objective__perspective__plan", "objective__perspective"]
    list_select_related = ["objective"]
    search_fields = ["name", "objective__name"]


class DashboardRowInline(admin.TabularInline):
    """Order, weight and printed name; which indicator on which action is chosen row by row."""

    model = DashboardRow
    extra = 0
    fields = ["position", "action", "indicator", "weight", "printed_name"]
    readonly_fields = ["action", "indicator"]
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("action__objective", "indicator")


@admin.register(Dashboard)
class DashboardAdmin(PartAdmin, TrackedAdmin):
    list_display = ["heading", "plan", "kind", "unit", "code", "position"]
    list_filter = ["plan", "kind"]
    list_select_related = ["plan", "unit"]
    search_fields = ["heading", "code", "unit__name"]
    inlines = [DashboardRowInline]


class DashboardFilter(admin.RelatedFieldListFilter):
    """The dashboards by name, with their units at once."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[Any]:
        return [(each.pk, str(each)) for each in Dashboard.objects.select_related("unit")]


@admin.register(DashboardRow)
class DashboardRowAdmin(PartAdmin, TrackedAdmin):
    plan_path = "dashboard.plan"
    list_display = ["indicator", "dashboard", "action", "position", "weight"]
    list_filter = [("dashboard", DashboardFilter)]
    list_select_related = ["indicator", "dashboard__unit", "action"]
    search_fields = ["indicator__name", "printed_name", "action__name"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "dashboard":
            kwargs["queryset"] = Dashboard.objects.select_related("unit")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class SectionBlockInline(admin.StackedInline):
    model = SectionBlock
    extra = 0


@admin.register(Section)
class SectionAdmin(PartAdmin, TrackedAdmin):
    list_display = ["number", "title", "plan", "level", "is_annex", "position"]
    list_display_links = ["number", "title"]
    list_filter = ["plan", "level", "is_annex"]
    list_select_related = ["plan"]
    search_fields = ["number", "title", "body"]
    readonly_fields = ["version", "edited_at", "edited_by_label"]
    inlines = [SectionBlockInline]


@admin.register(SectionBlock)
class SectionBlockAdmin(PartAdmin, TrackedAdmin):
    plan_path = "section.plan"
    list_display = ["section", "position", "kind", "caption", "table"]
    list_filter = ["kind"]
    list_select_related = ["section", "table"]
    search_fields = ["caption", "kind", "section__title"]


class ReferenceColumnInline(admin.TabularInline):
    model = ReferenceColumn
    extra = 0


class ReferenceRowInline(admin.TabularInline):
    model = ReferenceRow
    extra = 0


@admin.register(ReferenceTable)
class ReferenceTableAdmin(PartAdmin, TrackedAdmin):
    list_display = ["caption", "slug", "plan", "source_note"]
    list_filter = ["plan"]
    list_select_related = ["plan"]
    search_fields = ["caption", "slug"]
    inlines = [ReferenceColumnInline, ReferenceRowInline]


@admin.register(ReferenceColumn)
class ReferenceColumnAdmin(PartAdmin):
    plan_path = "table.plan"
    list_display = ["table", "position", "heading", "is_numeric"]
    list_filter = ["table"]
    list_select_related = ["table"]
    search_fields = ["heading"]


@admin.register(ReferenceRow)
class ReferenceRowAdmin(ReferenceAdminMixin, PartAdmin):
    plan_path = "table.plan"
    resource_classes = [ReferenceRowResource]
    list_display = ["table", "position", "level", "cells"]
    list_filter = ["table"]
    list_select_related = ["table"]
    search_fields = ["table__caption"]
