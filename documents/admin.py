"""Administration of builds: shown, never changed by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from documents.models import Build


@admin.register(Build)
class BuildAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ["kind", "state", "stage", "requested_by_label", "requested_at", "size"]
    list_filter = ["state", "kind"]
    search_fields = ["kind", "fingerprint", "sha256", "requested_by_label"]
    date_hierarchy = "requested_at"
    exclude = ["file"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
