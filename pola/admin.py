"""Administration of agile work: rules, activities, agreements, days, months lived."""

from django.contrib import admin

from organization.reference_data import ReadOnlyAdminMixin, TrackedAdmin
from pola.models import (
    Absence,
    Activity,
    ActivityAssignment,
    AgileDay,
    AgileMonth,
    Agreement,
    CalendarFeed,
    Closure,
    DayEvent,
    DayNotice,
    Exemption,
    GuidelineArticle,
    GuidelineRule,
    MonthPlan,
    Norm,
    Suspension,
)


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


@admin.register(Norm)
class NormAdmin(TrackedAdmin):
    list_display = ["key", "printed", "starts_on", "reference", "act"]
    list_filter = ["key"]
    search_fields = ["act"]


@admin.register(Activity)
class ActivityAdmin(TrackedAdmin):
    list_display = ["title", "unit", "grade"]
    list_filter = ["grade", "unit"]
    list_select_related = ["unit"]
    search_fields = ["title"]


@admin.register(ActivityAssignment)
class ActivityAssignmentAdmin(TrackedAdmin):
    list_display = ["person", "activity", "starts_on", "ends_on"]
    list_select_related = ["person", "activity"]
    search_fields = ["person__last_name", "activity__title"]


@admin.register(Agreement)
class AgreementAdmin(ReadOnlyAdminMixin, TrackedAdmin):
    list_display = ["person", "unit", "state", "starts_on", "ends_on", "days_per_week"]
    list_filter = ["state", "unit"]
    list_select_related = ["person", "unit"]
    search_fields = ["person__last_name", "person__employee_number"]


@admin.register(Suspension)
class SuspensionAdmin(ReadOnlyAdminMixin, TrackedAdmin):
    list_display = ["agreement", "starts_on", "ends_on"]
    list_select_related = ["agreement__person"]
    search_fields = ["agreement__person__last_name"]


@admin.register(Exemption)
class ExemptionAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Without the reason, which is for HR and the deciding dirigente alone."""

    list_display = ["agreement", "days_per_week", "starts_on", "ends_on"]
    list_select_related = ["agreement__person"]
    search_fields = ["agreement__person__last_name"]
    exclude = ["reserved_reason"]


@admin.register(AgileDay)
class AgileDayAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ["day", "person", "state"]
    list_filter = ["state"]
    list_select_related = ["person"]
    date_hierarchy = "day"
    search_fields = ["person__last_name", "person__employee_number"]


@admin.register(MonthPlan)
class MonthPlanAdmin(ReadOnlyAdminMixin, TrackedAdmin):
    list_display = ["month", "person", "state"]
    list_filter = ["state"]
    list_select_related = ["person"]
    date_hierarchy = "month"
    search_fields = ["person__last_name", "person__employee_number"]


@admin.register(Closure)
class ClosureAdmin(ReadOnlyAdminMixin, TrackedAdmin):
    list_display = ["reason", "unit", "starts_on", "ends_on"]
    list_select_related = ["unit"]
    search_fields = ["reason"]


@admin.register(Absence)
class AbsenceAdmin(ReadOnlyAdminMixin, TrackedAdmin):
    list_display = ["person", "starts_on", "ends_on"]
    list_select_related = ["person"]
    search_fields = ["person__last_name", "person__employee_number"]


@admin.register(DayEvent)
class DayEventAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ["at", "act", "day", "by_label", "acted_for_label"]
    list_filter = ["act"]
    list_select_related = ["day__person"]
    search_fields = ["day__person__last_name"]


@admin.register(CalendarFeed)
class CalendarFeedAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Without the secret, which is the owner's alone."""

    list_display = ["owner", "unit", "made_at", "revoked_at"]
    list_select_related = ["owner", "unit"]
    search_fields = ["owner__last_name"]
    exclude = ["token"]


@admin.register(DayNotice)
class DayNoticeAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ["queued_at", "person", "subject", "sent_at"]
    list_select_related = ["person"]
    search_fields = ["person__last_name", "subject"]
    exclude = ["days"]
