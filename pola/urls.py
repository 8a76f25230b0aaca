"""Addresses of agile work."""

from django.urls import path

from pola import views

app_name = "pola"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("indicatori/", views.indicators, name="indicators"),
    path("linee-guida/", views.guidelines, name="guidelines"),
    # Monitoring
    path("monitoraggio/", views.monitoring, name="monitoring"),
    path("monitoraggio/valori/", views.figure_list, name="figure-list"),
    path("monitoraggio/<int:year>/pdf/", views.monitoring_pdf, name="monitoring-pdf"),
    path("schede/", views.sheet_list, name="sheet-list"),
    path("schede/<int:pk>/", views.sheet_detail, name="sheet-detail"),
    path("schede/<str:month>/scrivi/", views.sheet_write, name="sheet-write"),
]
