"""Administration of agile work: rules, activities, agreements, days, months lived."""

from django.contrib import admin

from organization.reference_data import ReadOnlyAdminMixin, TrackedAdmin
from pola.models import (
    Activity,
    ActivityAssignment,
    AgileDay,
    AgileMonth,
    Agreement,
    AgreementEvaluation,
    AgreementReminder,
    AgreementVersion,
    Exemption,
    GuidelineArticle,
    GuidelineRule,
    Interest,
    MonthPlan,
    Norm,
    PriorityGround,
    Suspension,
    Withdrawal,
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
    """Without the reason, which is for HR and the parties."""

    fields = ["agreement", "starts_on", "ends_on", "decided_at", "decided_by_label"]
    list_display = ["agreement", "starts_on", "ends_on"]
    list_select_related = ["agreement__person"]
    search_fields = ["agreement__person__last_name"]


@admin.register(Exemption)
class ExemptionAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    """Without the reason, which is for HR and the deciding dirigente alone."""

    list_display = ["agreement", "days_per_week", "starts_on", "ends_on"]
    list_select_related = ["agreement__person"]
    search_fields = ["agreement__person__last_name"]
    exclude = ["reserved_reason"]


@admin.register(AgileDay)
class AgileDayAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
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


@admin.register(Interest)
class InterestAdmin(ReadOnlyAdminMixin, TrackedAdmin):
    list_display = ["person", "unit", "state", "sent_at"]
    list_filter = ["state", "unit"]
    list_select_related = ["person", "unit"]
    search_fields = ["person__last_name", "person__employee_number"]


@admin.register(PriorityGround)
class PriorityGroundAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    """Without the ground, which is for HR and the deciding dirigente alone."""

    list_display = ["interest"]
    list_select_related = ["interest__person", "interest__unit"]
    search_fields = ["interest__person__last_name"]
    fields = ["interest"]


@admin.register(AgreementVersion)
class AgreementVersionAdmin(ReadOnlyAdminMixin, TrackedAdmin):
    list_display = ["agreement", "number", "state", "text_sha256"]
    list_filter = ["state"]
    list_select_related = ["agreement__person"]
    search_fields = ["agreement__person__last_name", "text_sha256"]


@admin.register(AgreementEvaluation)
class AgreementEvaluationAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    list_display = ["agreement", "is_positive", "evaluated_at"]
    list_filter = ["is_positive"]
    list_select_related = ["agreement__person"]
    search_fields = ["agreement__person__last_name"]


@admin.register(Withdrawal)
class WithdrawalAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    """Without reason and notice, which are for HR and the parties."""

    list_display = ["agreement", "party", "last_day"]
    list_filter = ["party"]
    list_select_related = ["agreement__person"]
    search_fields = ["agreement__person__last_name"]
    fields = ["agreement", "party", "last_day"]


@admin.register(AgreementReminder)
class AgreementReminderAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    list_display = ["agreement", "user", "due_on", "sent_at"]
    list_select_related = ["agreement__person", "user__person"]
    search_fields = ["agreement__person__last_name"]
