"""Administration of agile work: rules, activities, agreements, days, months lived."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from organization.reference_data import ReadOnlyAdminMixin, TrackedAdmin, VisibleAdminMixin
from pola.models import (
    Absence,
    Activity,
    ActivityAssignment,
    ActivityMapping,
    ActivitySheet,
    AgileConsultation,
    AgileDay,
    AgileMonth,
    Agreement,
    AgreementEvaluation,
    AgreementReminder,
    AgreementVersion,
    CalendarFeed,
    Closure,
    DayNotice,
    Equipment,
    Exemption,
    FigureDecision,
    GuidelineArticle,
    GuidelineRule,
    Incident,
    Interest,
    MonthPlan,
    Norm,
    SafetyNotice,
    SafetyReceipt,
    Suspension,
    TrainingAttendance,
    TrainingCourse,
    Withdrawal,
)
from pola.models.monitoring import WORDS
from strategy.administration import PartAdmin
from strategy.models import Plan


@admin.register(AgileMonth)
class AgileMonthAdmin(PartAdmin, TrackedAdmin):
    """A month is printed by the plan of the triennium that begins the year after."""

    list_display = ["month", "employees", "potential", "effective", "days", "mean_days_per_week"]
    date_hierarchy = "month"

    def plans_of(self, thing: AgileMonth) -> Iterable[Plan]:
        return Plan.objects.filter(first_year=thing.month.year + 1)


class GuidelineRuleInline(admin.TabularInline):
    model = GuidelineRule
    extra = 0
    show_change_link = True


@admin.register(GuidelineArticle)
class GuidelineArticleAdmin(PartAdmin, TrackedAdmin):
    list_display = ["number", "title", "plan"]
    list_display_links = ["number", "title"]
    list_filter = ["plan"]
    list_select_related = ["plan"]
    search_fields = ["title"]
    inlines = [GuidelineRuleInline]


@admin.register(GuidelineRule)
class GuidelineRuleAdmin(PartAdmin, TrackedAdmin):
    plan_path = "article.plan"
    list_display = ["number", "text", "effect", "article"]
    list_filter = ["effect", "article"]
    list_select_related = ["article"]
    search_fields = ["text", "article__title"]
    ordering = ["article__number", "position"]


@admin.register(Norm)
class NormAdmin(ReadOnlyAdminMixin, TrackedAdmin):
    """Set from a day on by an act, on the page of the rule, which leaves its trace."""

    list_display = ["key", "printed", "starts_on", "article", "act", "page"]
    readonly_fields = ["page"]
    list_filter = ["key"]
    search_fields = ["act"]

    @admin.display(description=_("article"))
    def article(self, norm: Norm) -> str:
        """The article that fixes it."""
        return norm.reference

    @admin.display(description=_("where it is set"))
    def page(self, norm: Norm) -> str:
        """The way to the page of the rule."""
        address = reverse("pola:norm-detail", args=[norm.key])
        return format_html('<a href="{}">{}</a>', address, _("Page of the rule"))


@admin.register(Activity)
class ActivityAdmin(TrackedAdmin):
    """The grade comes from the mapping of the activity, and is given nowhere else."""

    readonly_fields = ["grade"]
    list_display = ["title", "unit", "grade"]
    list_filter = ["grade", "unit"]
    list_select_related = ["unit"]
    search_fields = ["title"]


@admin.register(ActivityAssignment)
class ActivityAssignmentAdmin(TrackedAdmin):
    list_display = ["person", "activity", "starts_on", "ends_on"]
    list_select_related = ["person", "activity"]
    search_fields = ["person__last_name", "activity__title"]


@admin.register(ActivityMapping)
class ActivityMappingAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    list_display = ["activity", "mapped_on", "grade", "recorded_by_label"]
    list_filter = ["grade"]
    list_select_related = ["activity"]
    date_hierarchy = "mapped_on"
    search_fields = ["activity__title"]


@admin.register(Equipment)
class EquipmentAdmin(ReadOnlyAdminMixin, TrackedAdmin):
    list_display = ["person", "kind", "number", "delivered_on", "returned_on"]
    list_filter = ["kind"]
    list_select_related = ["person"]
    search_fields = ["person__last_name", "number"]


@admin.register(TrainingCourse)
class TrainingCourseAdmin(ReadOnlyAdminMixin, TrackedAdmin):
    list_display = ["title", "held_on", "hours", "provider"]
    search_fields = ["title"]


@admin.register(TrainingAttendance)
class TrainingAttendanceAdmin(ReadOnlyAdminMixin, TrackedAdmin):
    list_display = ["person", "course"]
    list_select_related = ["person", "course"]
    search_fields = ["person__last_name", "course__title"]


@admin.register(SafetyNotice)
class SafetyNoticeAdmin(ReadOnlyAdminMixin, TrackedAdmin):
    list_display = ["title", "issued_on"]
    search_fields = ["title"]


@admin.register(SafetyReceipt)
class SafetyReceiptAdmin(ReadOnlyAdminMixin, TrackedAdmin):
    list_display = ["person", "notice", "received_on"]
    list_select_related = ["person", "notice"]
    search_fields = ["person__last_name", "notice__title"]


@admin.register(Incident)
class IncidentAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    """Without what it says and of whom: an accident tells of health, and is for HR alone."""

    list_display = ["happened_on", "kind"]
    list_filter = ["kind"]
    date_hierarchy = "happened_on"
    exclude = ["person", "description", "follow_up", "reported_by_label"]


@admin.register(AgileConsultation)
class AgileConsultationAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    list_display = ["actor", "phase", "held_on"]
    list_filter = ["actor", "phase"]
    search_fields = ["outcome"]
    exclude = ["file"]


@admin.register(Agreement)
class AgreementAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    """Without its history: the day on which the last day was set gives the notice (art. 8); without
    why it was not concluded, which is for HR and the parties."""

    exclude = ["drop_reason"]
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
class AgileDayAdmin(VisibleAdminMixin, admin.ModelAdmin):
    """Without the days of a month that is still being written, and without the reason of a
    revocation, which is for HR, the person and who decides."""

    exclude = ["reason"]
    list_display = ["day", "person", "state"]
    list_filter = ["state"]
    list_select_related = ["person"]
    date_hierarchy = "day"
    search_fields = ["person__last_name", "person__employee_number"]


@admin.register(MonthPlan)
class MonthPlanAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    """Without why it was returned, for the same readers; nor its history, which would say it."""

    exclude = ["reason"]
    list_display = ["month", "person", "state"]
    list_filter = ["state"]
    list_select_related = ["person"]
    date_hierarchy = "month"
    search_fields = ["person__last_name", "person__employee_number"]


@admin.register(ActivitySheet)
class ActivitySheetAdmin(ReadOnlyAdminMixin, TrackedAdmin):
    """What was written and evaluated stays between the person and who leads: states alone."""

    exclude = WORDS

    list_display = ["month", "person", "state"]
    list_filter = ["state"]
    list_select_related = ["person"]
    date_hierarchy = "month"
    search_fields = ["person__last_name", "person__employee_number"]


@admin.register(FigureDecision)
class FigureDecisionAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    list_display = ["indicator", "measured_on", "printed", "is_accepted", "decided_at"]
    list_filter = ["is_accepted"]
    list_select_related = ["indicator"]
    search_fields = ["indicator__name"]


@admin.register(Interest)
class InterestAdmin(ReadOnlyAdminMixin, TrackedAdmin):
    """Without what was judged, which is for HR, who decides and the person; why a request has
    precedence is not in the administration at all: whose it is would be told already."""

    exclude = ["criterion_a", "criterion_b", "criterion_c", "decision_reason"]
    list_display = ["person", "unit", "state", "sent_at"]
    list_filter = ["state", "unit"]
    list_select_related = ["person", "unit"]
    search_fields = ["person__last_name", "person__employee_number"]


@admin.register(AgreementVersion)
class AgreementVersionAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    """Without its history: the day on which a renewal fell with a withdrawal gives the notice."""

    list_display = ["agreement", "number", "state", "text_sha256"]
    list_filter = ["state"]
    list_select_related = ["agreement__person"]
    search_fields = ["agreement__person__last_name", "text_sha256"]


@admin.register(AgreementEvaluation)
class AgreementEvaluationAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    """That there was one; the judgement is for HR and the parties."""

    fields = ["agreement", "evaluated_at", "evaluated_by_label"]
    list_display = ["agreement", "evaluated_at"]
    list_select_related = ["agreement__person"]
    search_fields = ["agreement__person__last_name"]


@admin.register(Withdrawal)
class WithdrawalAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    """Without reason, cause and notice, which are for HR and the parties; nor in the order in which
    they were given, which beside the last days would tell of the notice."""

    list_display = ["agreement", "party", "last_day"]
    ordering = ["-last_day", "agreement"]
    list_filter = ["party"]
    list_select_related = ["agreement__person"]
    search_fields = ["agreement__person__last_name"]
    fields = ["agreement", "party", "last_day"]


@admin.register(AgreementReminder)
class AgreementReminderAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    list_display = ["agreement", "user", "due_on", "sent_at"]
    list_select_related = ["agreement__person", "user__person"]
    search_fields = ["agreement__person__last_name"]


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


@admin.register(CalendarFeed)
class CalendarFeedAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    """Without the secret, which is the owner's alone."""

    list_display = ["owner", "unit", "made_at", "revoked_at"]
    list_select_related = ["owner", "unit"]
    search_fields = ["owner__last_name"]
    exclude = ["token"]


@admin.register(DayNotice)
class DayNoticeAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    """To whom, and whether it was sent; what it says, reasons too, is for who receives it. Neither
    when nor in which order: days that fall with a withdrawal would tell its day, and the notice."""

    fields = ["person", "is_sent"]
    list_display = ["person", "is_sent"]
    readonly_fields = ["is_sent"]
    ordering = ["person"]
    list_select_related = ["person"]
    search_fields = ["person__last_name"]

    @admin.display(description=_("sent"), boolean=True)
    def is_sent(self, notice: DayNotice) -> bool:
        """It has left, whenever that was."""
        return notice.sent_at is not None
