"""Addresses of the organization: units, people, trace of the acts."""

from django.urls import path

from organization import views

app_name = "organization"

unit_urls = [
    path("organizzazione/", views.unit_list, name="unit-list"),
    path("organizzazione/personale/", views.staff, name="staff"),
    path("organizzazione/<slug:slug>/", views.unit_detail, name="unit-detail"),
]
person_urls = [
    path("persone/", views.person_list, name="person-list"),
    path("persone/<int:pk>/", views.person_detail, name="person-detail"),
]
delegation_urls = [
    path("deleghe/", views.delegation_list, name="delegation-list"),
    path("deleghe/<int:pk>/termina/", views.delegation_end, name="delegation-end"),
]
trace_urls = [
    path("registro/", views.audit_list, name="audit-list"),
]

urlpatterns = [*unit_urls, *person_urls, *delegation_urls, *trace_urls]
