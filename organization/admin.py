"""Administration of institution, units, people, appointments, accounts and the trace."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from import_export import fields
from import_export.instance_loaders import CachedInstanceLoader

from organization import audit_phrases
from organization.forms import AppointmentForm
from organization.models import (
    Appointment,
    AuditEvent,
    Delegation,
    EstablishedPosts,
    Institution,
    Person,
    PersonalData,
    Unit,
    User,
)
from organization.operations import appoint, end_appointment
from organization.reference_data import (
    Named,
    ReadOnlyAdminMixin,
    ReferenceAdminMixin,
    ReferenceMeta,
    ReferenceResource,
    TrackedAdmin,
    VisibleAdminMixin,
)

admin.site.site_header = _("Administration")
admin.site.site_title = _("Administration")
admin.site.index_title = _("Data of the performance cycle")
# Rights come from appointments, not from groups.
admin.site.unregister(Group)


class UnitResource(ReferenceResource):
    parent = fields.Field("parent", column_name="parent", widget=Named(Unit, "slug"))

    class Meta(ReferenceMeta):
        model = Unit
        import_id_fields = ["slug"]
        instance_loader_class = CachedInstanceLoader
        fields = ["slug", "name", "short_name", "code", "kind", "parent", "position", "mission"]


class PersonResource(ReferenceResource):
    unit = fields.Field("unit", column_name="unit", widget=Named(Unit, "slug"))

    class Meta(ReferenceMeta):
        model = Person
        import_id_fields = ["employee_number"]
        instance_loader_class = CachedInstanceLoader
        fields = [
            "employee_number",
            "last_name",
            "first_name",
            "category",
            "gender",
            "part_time_percent",
            "hired_on",
            "left_on",
            "unit",
        ]

    def filter_export(self, queryset: QuerySet, **kwargs: Any) -> QuerySet:
        """Employees only: people of outside bodies have no number to be recognised by."""
        return queryset.exclude(employee_number="")


class EstablishedPostsResource(ReferenceResource):
    class Meta(ReferenceMeta):
        model = EstablishedPosts
        import_id_fields = ["act", "category"]
        fields = ["act", "category", "posts", "position"]


@admin.register(Institution)
class InstitutionAdmin(admin.ModelAdmin):
    list_display = ["name", "city", "ipa_code", "tax_code"]
    search_fields = ["name", "short_name"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Institution.objects.exists()


@admin.register(Unit)
class UnitAdmin(ReferenceAdminMixin, TrackedAdmin):
    resource_classes = [UnitResource]
    list_display = ["name", "code", "kind", "parent", "position"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name", "short_name", "code"]
    prepopulated_fields = {"slug": ["short_name"]}


class AppointmentInline(ReadOnlyAdminMixin, admin.TabularInline):
    model = Appointment
    extra = 0
    fields = ["role", "unit", "starts_on", "ends_on"]
    show_change_link = True


@admin.register(Person)
class PersonAdmin(ReferenceAdminMixin, TrackedAdmin):
    resource_classes = [PersonResource]
    list_display = ["last_name", "first_name", "unit", "category", "part_time_percent", "hired_on"]
    list_display_links = ["last_name", "first_name"]
    list_filter = ["category", "gender", "unit"]
    list_select_related = ["unit"]
    search_fields = ["last_name", "first_name", "employee_number"]
    inlines = [AppointmentInline]

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, Any, Any]:
        """Without the kinds of the rows that hold a person, which Django would name: that there is
        a report of an accident tells of health."""
        told, count, lacking, protected = super().get_deleted_objects(objs, request)
        held = {_("what is kept of the person")} if lacking or protected else set()
        return told, count, held, []


@admin.register(Appointment)
class AppointmentAdmin(TrackedAdmin):
    """Appointments are made and ended by the operations, so that the trace tells of them."""

    form = AppointmentForm
    list_display = ["person", "role", "unit", "starts_on", "ends_on"]
    list_filter = ["role", "unit"]
    list_select_related = ["person", "unit"]
    search_fields = ["person__last_name", "person__first_name", "unit__name"]
    date_hierarchy = "starts_on"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        if obj is None:
            return []
        made = ["person", "role", "unit", "starts_on"]
        return made if obj.ends_on is None else [*made, "ends_on"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        by = cast("User", request.user)
        if not change:
            made = appoint(
                person=obj.person,
                role=obj.role,
                unit=obj.unit,
                starts_on=obj.starts_on,
                ends_on=obj.ends_on,
                by=by,
            )
            obj.pk = made.pk
            obj._state.adding = False
        elif "ends_on" in form.changed_data:
            end_appointment(appointment=obj, ends_on=obj.ends_on, by=by)


@admin.register(Delegation)
class DelegationAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    list_display = ["unit", "head", "delegate", "starts_on", "ends_on", "taken_back_at"]
    list_select_related = ["unit", "head", "delegate"]
    list_filter = ["unit"]
    search_fields = ["unit__name", "head__last_name", "delegate__last_name"]
    date_hierarchy = "starts_on"


@admin.register(EstablishedPosts)
class EstablishedPostsAdmin(ReferenceAdminMixin, admin.ModelAdmin):
    resource_classes = [EstablishedPostsResource]
    list_display = ["act", "category", "posts"]
    list_filter = ["act"]
    search_fields = ["act"]


@admin.register(User)
class UserAdmin(TrackedAdmin, DjangoUserAdmin):
    list_display = ["username", "person", "email", "is_active", "is_staff"]
    list_filter = ["is_active", "is_staff"]
    list_select_related = ["person"]
    search_fields = ["username", "person__last_name", "person__first_name"]
    filter_horizontal = ()
    fieldsets = [
        (None, {"fields": ["username", "password", "person", "email"]}),
        (_("Access"), {"fields": ["is_active", "is_staff", "is_superuser", "last_login"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "classes": ["wide"],
                "fields": ["username", "person", "usable_password", "password1", "password2"],
            },
        ),
    ]
    readonly_fields = ["last_login"]


@admin.register(AuditEvent)
class AuditEventAdmin(VisibleAdminMixin, admin.ModelAdmin):
    list_display = ["at", "actor_label", "act", "target_label"]
    list_filter = ["verb"]
    search_fields = ["actor_label", "target_label"]
    date_hierarchy = "at"

    @admin.display(description=_("what"), ordering="verb")
    def act(self, event: AuditEvent) -> Any:
        return audit_phrases.phrase(event.verb)


@admin.register(PersonalData)
class PersonalDataAdmin(ReadOnlyAdminMixin, admin.ModelAdmin):
    """Whose data there are; what they say is for HR alone."""

    list_display = ["person"]
    list_select_related = ["person"]
    search_fields = ["person__last_name"]
    exclude = ["tax_code", "born_on", "birthplace_code", "employment"]
