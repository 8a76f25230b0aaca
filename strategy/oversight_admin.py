"""What the OIV wrote, in the administration: looked at by whoever may read it, changed only on its
own pages."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from organization.reference_data import ReadOnlyAdminMixin
from strategy.models import CriterionFinding, OversightNote, ReportExamination


class VisibleAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    """Shows what the pages show to the same person."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        found: Any = super().get_queryset(request)
        return found.visible_to(request.user)


@admin.register(OversightNote)
class OversightNoteAdmin(VisibleAdmin):
    list_display = ["__str__", "plan", "written_by", "written_at", "withdrawn_at"]
    list_select_related = ["plan", "written_by__person"]
    list_filter = ["plan"]
    search_fields = ["text", "subject_label"]


@admin.register(ReportExamination)
class ReportExaminationAdmin(VisibleAdmin):
    list_display = ["edition", "outcome", "meeting_on", "saved_by", "saved_at"]
    list_select_related = ["edition__report", "saved_by__person"]
    list_filter = ["outcome"]
    search_fields = ["notes"]


@admin.register(CriterionFinding)
class CriterionFindingAdmin(VisibleAdmin):
    list_display = ["criterion", "answer", "examination"]
    list_select_related = ["examination__edition__report"]
    list_filter = ["criterion", "answer"]
    search_fields = ["observation"]
