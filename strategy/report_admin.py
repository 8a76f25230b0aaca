"""Relazioni in the administration: looked at, changed only on their own pages."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from organization.reference_data import ReadOnlyAdminMixin
from strategy.models import PerformanceReport, ReportEdition, ReportSection, ReportValidation


@admin.register(PerformanceReport)
class PerformanceReportAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    list_display = ["year_shown", "plan", "state", "opened_at", "opened_by_label"]
    list_select_related = ["plan"]
    list_filter = ["plan", "state"]
    search_fields = ["plan__title", "rework_reason"]

    @admin.display(description=_("year"), ordering="year")
    def year_shown(self, report: PerformanceReport) -> str:
        return str(report.year)


@admin.register(ReportSection)
class ReportSectionAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    list_display = ["number", "title", "report", "is_required", "is_done", "edited_at"]
    list_display_links = ["number", "title"]
    list_select_related = ["report"]
    list_filter = ["report__plan", "is_required", "is_done"]
    search_fields = ["number", "title", "body"]


@admin.register(ReportEdition)
class ReportEditionAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    list_display = ["report", "number", "act", "approved_at", "approved_by_label"]
    list_select_related = ["report"]
    search_fields = ["act_number", "pdf_sha256"]
    exclude = ["snapshot", "pdf"]


@admin.register(ReportValidation)
class ReportValidationAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    list_display = ["edition", "outcome", "validated_at", "validated_by_label"]
    list_select_related = ["edition__report"]
    list_filter = ["outcome"]
    search_fields = ["notes"]
