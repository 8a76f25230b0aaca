"""Addresses of agile work."""

from django.urls import path

from pola import views

app_name = "pola"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("indicatori/", views.indicators, name="indicators"),
    path("linee-guida/", views.guidelines, name="guidelines"),
]
