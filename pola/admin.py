"""Administration of agile work: months lived, articles and rules of the guidelines."""

from django.contrib import admin

from organization.reference_data import TrackedAdmin
from pola.models import AgileMonth, GuidelineArticle, GuidelineRule


@admin.register(AgileMonth)
class AgileMonthAdmin(TrackedAdmin):
    list_display = ["month", "employees", "potential", "effective", "days", "mean_days_per_week"]
    date_hierarchy = "month"


class GuidelineRuleInline(admin.TabularInline):
    model = GuidelineRule
    extra = 0
    show_change_link = True


@admin.register(GuidelineArticle)
class GuidelineArticleAdmin(TrackedAdmin):
    list_display = ["number", "title", "plan"]
    list_display_links = ["number", "title"]
    list_filter = ["plan"]
    list_select_related = ["plan"]
    search_fields = ["title"]
    inlines = [GuidelineRuleInline]


@admin.register(GuidelineRule)
class GuidelineRuleAdmin(TrackedAdmin):
    list_display = ["number", "text", "effect", "article"]
    list_filter = ["effect", "article"]
    list_select_related = ["article"]
    search_fields = ["text", "article__title"]
    ordering = ["article__number", "position"]
