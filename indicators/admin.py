"""Administration of results, which are looked at. What plans hold of the indicators themselves has
its administration where plans are known. See also: strategy.indicator_admin."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from indicators.models import Actual, Target
from organization.reference_data import ReadOnlyAdminMixin, TrackedAdmin


class ActualInline(ReadOnlyAdminMixin, admin.TabularInline):
    """Results are written at work, where those of a closed year are refused."""

    model = Actual
    extra = 0
    fields = ["year", "measured_on", "printed", "kind", "is_current"]


class YearMixin:
    """Years as years: a number in a list would be written as an amount, with its point."""

    @admin.display(description=_("year"), ordering="year")
    def year_shown(self, stored: Target | Actual) -> str:
        return str(stored.year)


@admin.register(Actual)
class ActualAdmin(ReadOnlyAdminMixin, YearMixin, TrackedAdmin):
    """Read only: see above."""

    list_display = ["indicator", "year_shown", "measured_on", "printed", "kind", "is_current"]
    list_filter = ["year", "is_current", "kind", "availability"]
    list_select_related = ["indicator"]
    search_fields = ["indicator__name", "printed"]
    raw_id_fields = ["supersedes"]
