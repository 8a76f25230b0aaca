"""What the OIV wrote, in the administration: looked at by whoever may read it, changed only on its
own pages."""

from __future__ import annotations

from django.contrib import admin

from organization.reference_data import VisibleAdminMixin
from strategy.models import CriterionFinding, OversightNote, ReportExamination


@admin.register(OversightNote)
class OversightNoteAdmin(VisibleAdminMixin, admin.ModelAdmin):
    list_display = ["__str__", "plan", "written_by", "written_at", "withdrawn_at"]
    list_select_related = ["plan", "written_by__person"]
    list_filter = ["plan"]
    search_fields = ["text", "subject_label"]


@admin.register(ReportExamination)
class ReportExaminationAdmin(VisibleAdminMixin, admin.ModelAdmin):
    list_display = ["edition", "outcome", "meeting_on", "saved_by", "saved_at"]
    list_select_related = ["edition__report", "saved_by__person"]
    list_filter = ["outcome"]
    search_fields = ["notes"]


@admin.register(CriterionFinding)
class CriterionFindingAdmin(VisibleAdminMixin, admin.ModelAdmin):
    list_display = ["criterion", "answer", "examination"]
    list_select_related = ["examination__edition__report"]
    list_filter = ["criterion", "answer"]
    search_fields = ["observation"]
